-- What sentences print of a change on last year, against last year's report. Reading leaves the change
-- on the left and the lowest and highest number of last year that it may be one on; nothing is held
-- against a report of another scope, of a number that means something else there, in the years of a
-- merger, or where a number is in doubt. Of several reports on a year nobody knows which one a sentence
-- went by: it may fit the one that holds, and is not accused.
WITH printed AS (
    SELECT
        c.* EXCLUDE (origin, outcome, expected, difference, left_count),
        p.agency_id,
        p.year,
        p.template,
        p.line_length,
        c.indicator_ids[1] AS indicator_id
    FROM store_check AS c
    JOIN ranked_report AS p USING (origin, report_id)
    WHERE c.rule_id = 'X-Y1'
),
held AS (
    SELECT
        s.*,
        n.observation_id AS now_id,
        b.observation_id AS before_id,
        b.report_id AS before_report,
        b.value AS before,
        p.template AS before_template,
        greatest(s.line_length, p.line_length) > 1 AS are_several,
        n.scope IS DISTINCT FROM b.scope AS is_over_scopes,
        least(n.confidence, b.confidence) AS confidence,
        n.value = s.actual
            AND n.report_id = s.report_id
            AND n.qualifier = 'exact'
            AND b.qualifier = 'exact' AS are_known
    FROM printed AS s
    LEFT JOIN fact_indicator AS n USING (agency_id, year, indicator_id)
    LEFT JOIN fact_indicator AS b
        ON b.agency_id = s.agency_id AND b.year = s.year - 1 AND b.indicator_id = s.indicator_id
    LEFT JOIN ranked_report AS p ON p.report_id = b.report_id
),
doubting AS (
    SELECT c.rule_id, c.report_id, c.indicator_ids, c.observation_ids
    FROM (
        SELECT c.* EXCLUDE (origin), p.agency_id, p.year
        FROM store_check AS c
        JOIN ranked_report AS p USING (origin, report_id)
        WHERE c.report_id IN (SELECT unnest([report_id, before_report]) FROM held)
        UNION ALL BY NAME
        FROM repeated
        WHERE rule_id = 'W-D1'
    ) AS c
    ANTI JOIN declared_override AS o
        ON o.rule_id = c.rule_id AND o.agency_id = c.agency_id AND o.year = c.year
    WHERE c.outcome = 'fail'
        AND (
            c.severity = 'error'
            OR c.rule_id IN (SELECT unnest(rules_failing) FROM dim_standing)
        )
),
doubted AS (
    SELECT h.report_id, h.observation_ids
    FROM held AS h
    JOIN doubting AS d ON d.report_id IN (h.report_id, h.before_report)
    LEFT JOIN dim_rule AS r ON r.rule_id = d.rule_id
    WHERE r.concerns = 'report'
        OR list_contains(d.indicator_ids, h.indicator_id)
        OR list_has_any(d.observation_ids, [h.now_id, h.before_id])
),
-- Where the forms of the two years print one id for two things, or one of them nothing comparable.
comparable AS (
    SELECT DISTINCT one.indicator_id, one.template, other.template AS before_template
    FROM crosswalk AS one
    JOIN crosswalk AS other USING (series_id, indicator_id)
    WHERE one.relation = 'same' AND other.relation = 'same'
),
weighed AS (
    SELECT
        h.*,
        h.counted[1] AS change,
        CASE WHEN h.counted[2] = h.counted[3] THEN h.actual - h.before
            ELSE (h.actual - h.before) * 100 / nullif(h.before, 0)
        END AS worked_out,
        CASE
            WHEN h.before IS NULL THEN 'absent'
            WHEN h.is_over_scopes THEN 'scopes'
            WHEN NOT h.are_known
                OR h.confidence < (SELECT max(confidence_below) FROM dim_standing)
                OR d.report_id IS NOT NULL
                OR h.template <> h.before_template AND c.indicator_id IS NULL
                OR m.successor_id IS NOT NULL THEN 'unsure'
            WHEN h.before BETWEEN h.counted[2] AND h.counted[3] THEN 'pass'
            WHEN h.are_several OR e.agency_id IS NOT NULL THEN 'unsure'
            ELSE 'fail'
        END AS found
    FROM held AS h
    LEFT JOIN (SELECT DISTINCT report_id, observation_ids FROM doubted) AS d
        ON d.report_id = h.report_id AND d.observation_ids = h.observation_ids
    LEFT JOIN comparable AS c USING (indicator_id, template, before_template)
    LEFT JOIN (SELECT DISTINCT successor_id, unnest([year, year + 1]) AS year FROM agency_succession) AS m
        ON m.successor_id = h.agency_id AND m.year = h.year
    LEFT JOIN (
        SELECT DISTINCT agency_id, unnest([year, year + 1]) AS year
        FROM ranked_report
        WHERE other_kind = 'erratum'
    ) AS e ON e.agency_id = h.agency_id AND e.year = h.year
)
SELECT
    rule_id,
    kind,
    severity,
    CASE WHEN found IN ('pass', 'fail') THEN found ELSE 'not_assessable' END AS outcome,
    agency_id,
    year,
    report_id,
    indicator_ids,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(worked_out AS DECIMAL(20, 6)) END AS expected,
    CASE WHEN outcome <> 'not_assessable' THEN change END AS actual,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(change - worked_out AS DECIMAL(20, 6)) END
        AS difference,
    message_zh || CASE found
        WHEN 'absent' THEN '：没有上年报告的数，无法核验'
        WHEN 'scopes' THEN '：两年统计口径不同，不作比较'
        WHEN 'unsure' THEN '：两年之数存疑、曾更正或不可比，不作比较'
        ELSE '：上年报告为 ' || plain(before) || '，应为 ' || plain(round(worked_out, 2))
            || CASE WHEN found = 'pass' THEN '，相符' ELSE '，不符' END
    END AS message_zh,
    message_en || CASE found
        WHEN 'absent' THEN ': there is no number of last year''s report'
        WHEN 'scopes' THEN ': the two years are of different scopes'
        WHEN 'unsure' THEN ': a number of the two years is in doubt, was corrected or means something else'
        ELSE ': last year''s report gives ' || plain(before) || ', so it is ' || plain(round(worked_out, 2))
            || CASE WHEN found = 'pass' THEN ', which fits' ELSE ', which does not fit' END
    END AS message_en,
    -- The sentence, this year's number and last year's.
    [one FOR one IN [observation_ids[1], coalesce(now_id, observation_ids[2]), before_id]
        IF one IS NOT NULL] AS observation_ids,
    1 AS left_count,
    CASE WHEN outcome = 'fail' THEN [change, actual, before] ELSE [] END AS counted
FROM weighed
