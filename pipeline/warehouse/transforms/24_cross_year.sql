-- Identities between two years of an agency, wherever the later year prints the left side.
-- An operand that is missing makes the rule not assessable; it is never taken for 0.
WITH rule AS (
    SELECT DISTINCT rule_id, forms, terms, severity, statement_zh, statement_en
    FROM declared_cross_year
),
side AS (
    SELECT
        t.rule_id,
        f.agency_id,
        f.year + t.years_back AS on_year,
        sum(f.value * t.sign) FILTER (t.is_left) AS actual,
        sum(f.value * t.sign) FILTER (NOT t.is_left) AS expected,
        arg_min(f.report_id, t.place) FILTER (t.is_left AND t.years_back = 0) AS report_id,
        (count(*) FILTER (t.is_left))::INTEGER AS left_count,
        -- Numbers of two reports on one year are no sides of one sum.
        (min(f.position) FILTER (t.years_back = 0) <> max(f.position) FILTER (t.years_back = 0))
            OR (min(f.position) FILTER (t.years_back = 1)
                <> max(f.position) FILTER (t.years_back = 1)) AS is_mixed,
        min(f.scope) <> max(f.scope) AS is_over_scopes,
        -- Sorted at once and not one column after the other, since sorting is what costs.
        list_sort(list({
            place: t.place,
            indicator: f.indicator_id,
            observation: f.observation_id,
            signed: f.value * t.sign
        })) AS operands
    FROM declared_cross_year AS t
    JOIN fact_indicator AS f USING (indicator_id)
    GROUP BY t.rule_id, f.agency_id, on_year
),
weighed AS (
    SELECT
        s.* EXCLUDE (on_year),
        s.on_year AS year,
        r.* EXCLUDE (rule_id, forms, terms),
        CASE
            WHEN len(s.operands) < r.terms OR s.is_mixed OR s.is_over_scopes THEN 'not_assessable'
            WHEN s.actual = s.expected THEN 'pass'
            ELSE 'fail'
        END AS outcome,
        plain(s.actual) AS actual_text,
        plain(s.expected) AS expected_text
    FROM side AS s
    JOIN ranked_report AS p USING (report_id)
    JOIN rule AS r ON r.rule_id = s.rule_id AND list_contains(r.forms, p.template)
)
SELECT
    rule_id,
    'cross_year' AS kind,
    severity,
    outcome,
    agency_id,
    year,
    report_id,
    [one.indicator FOR one IN operands] AS indicator_ids,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(expected AS DECIMAL(20, 6)) END AS expected,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(actual AS DECIMAL(20, 6)) END AS actual,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(actual - expected AS DECIMAL(20, 6)) END
        AS difference,
    statement_zh || CASE
        WHEN is_over_scopes THEN '：两年统计口径不同，不作比较'
        WHEN outcome = 'pass' THEN '：左边 ' || actual_text || '，右边 ' || expected_text || '，成立'
        WHEN outcome = 'fail' THEN '：左边 ' || actual_text || '，右边 ' || expected_text || '，不成立'
        ELSE '：上一年或本年缺项，无法核验'
    END AS message_zh,
    statement_en || CASE
        WHEN is_over_scopes THEN ': the two years are of different scopes'
        WHEN outcome = 'pass' THEN ': left ' || actual_text || ', right ' || expected_text || ', holds'
        WHEN outcome = 'fail' THEN ': left ' || actual_text || ', right ' || expected_text || ', does not hold'
        ELSE ': a number of this or the earlier year is missing'
    END AS message_en,
    [one.observation FOR one IN operands] AS observation_ids,
    left_count,
    CASE WHEN outcome = 'fail' THEN [one.signed FOR one IN operands] ELSE [] END AS counted
FROM weighed
