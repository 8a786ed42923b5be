-- Numbers beside which a report that is not replaced says another one in a sentence,
-- and those that are left of a table when a correction gave other numbers for some of its rows.
WITH told AS (
    SELECT
        w.agency_id,
        w.year,
        w.report_id,
        [w.indicator_id] AS indicator_ids,
        w.indicator_id,
        w.value AS actual,
        c.value AS expected,
        [w.observation_id, c.observation_id] AS observation_ids,
        [w.value, c.value] AS counted,
        c.report_id AS said_in
    FROM candidate AS w
    JOIN candidate AS c USING (agency_id, year, indicator_id)
    WHERE w.rank = 1
        AND NOT w.is_withheld
        AND w.qualifier = 'exact'
        -- Of two sentences whose order nobody knows I-T2 tells.
        AND (NOT w.is_narrative AND c.report_id <> w.report_id OR c.position > w.position)
        AND c.is_live
        AND c.is_narrative
        AND NOT c.is_replaced
        AND NOT c.is_withheld
        AND c.qualifier = 'exact'
        AND c.value <> w.value
),
corrected AS (
    SELECT
        o.agency_id,
        o.year,
        o.report_id,
        o.block,
        o.indicator_id,
        o.value AS actual,
        c.value AS expected,
        [o.observation_id] AS observation_ids,
        [o.value] AS counted,
        c.report_id AS said_in
    FROM candidate AS c
    JOIN candidate AS o
        ON o.report_id = c.source_id AND o.indicator_id = c.indicator_id AND o.value <> c.value
    WHERE c.rank = 1 AND c.is_narrative AND c.is_corrected_in_words
    QUALIFY row_number() OVER (PARTITION BY o.report_id, o.block ORDER BY o.indicator_id) = 1
),
remaining AS (
    SELECT report_id, block, list(indicator_id ORDER BY indicator_id) AS indicator_ids
    FROM candidate
    WHERE rank = 1 AND report_id = source_id AND NOT is_withheld
    GROUP BY report_id, block
),
outdated AS (
    SELECT *, false AS is_of_block
    FROM told
    UNION ALL BY NAME
    SELECT c.* EXCLUDE (block), r.indicator_ids, true AS is_of_block
    FROM corrected AS c
    JOIN remaining AS r USING (report_id, block)
),
worded AS (
    SELECT
        *,
        plain(actual) AS here,
        plain(expected) AS there
    FROM outdated
)
SELECT
    rule.rule_id,
    rule.kind,
    rule.severity,
    'fail' AS outcome,
    d.agency_id,
    d.year,
    d.report_id,
    d.indicator_ids,
    d.expected,
    d.actual,
    TRY_CAST(d.actual - d.expected AS DECIMAL(20, 6)) AS difference,
    i.label_zh || '：此表为 ' || d.here || '，同一机关同一年度的另一份报告（' || p.source_path
        || '）正文为 ' || d.there
        || CASE WHEN d.is_of_block THEN '，以更正为准；此表其余各数是否仍成立，无从得知' ELSE '' END
        AS message_zh,
    i.label_en || ': ' || d.here || ' in this table, ' || d.there
        || ' in a sentence of another report on this agency and year (' || p.source_path || ')'
        || CASE WHEN d.is_of_block
            THEN ', which corrects it; whether the other numbers of the table hold is not known'
            ELSE ''
        END AS message_en,
    d.observation_ids,
    1 AS left_count,
    d.counted
FROM worded AS d
JOIN ranked_report AS p ON p.report_id = d.said_in
JOIN dim_indicator AS i ON i.indicator_id = d.indicator_id
JOIN dim_rule AS rule ON rule.rule_id = 'I-T3'
