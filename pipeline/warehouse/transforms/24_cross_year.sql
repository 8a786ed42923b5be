-- Identities between two years of an agency, wherever the later year prints the left side.
-- An operand that is missing makes the rule not assessable; it is never taken for 0.
WITH operand AS (
    SELECT
        t.*,
        f.agency_id,
        f.year + t.years_back AS on_year,
        f.value * t.sign AS signed,
        f.report_id,
        f.observation_id
    FROM declared_cross_year AS t
    JOIN fact_indicator AS f USING (indicator_id)
),
side AS (
    SELECT
        rule_id,
        agency_id,
        on_year AS year,
        any_value(forms) AS forms,
        any_value(terms) AS terms,
        any_value(severity) AS severity,
        any_value(statement_zh) AS statement_zh,
        any_value(statement_en) AS statement_en,
        count(*) AS found,
        sum(signed) FILTER (is_left) AS actual,
        sum(signed) FILTER (NOT is_left) AS expected,
        any_value(report_id) FILTER (is_left AND years_back = 0) AS report_id,
        list(indicator_id ORDER BY place) AS indicator_ids,
        list(observation_id ORDER BY place) AS observation_ids,
        (count(*) FILTER (is_left))::INTEGER AS left_count,
        list(signed ORDER BY place) AS counted
    FROM operand
    GROUP BY rule_id, agency_id, on_year
),
weighed AS (
    SELECT
        s.*,
        CASE
            WHEN s.found < s.terms THEN 'not_assessable'
            WHEN s.actual = s.expected THEN 'pass'
            ELSE 'fail'
        END AS outcome,
        regexp_replace(s.actual::VARCHAR, '\.?0+$', '') AS actual_text,
        regexp_replace(s.expected::VARCHAR, '\.?0+$', '') AS expected_text
    FROM side AS s
    JOIN publication AS p USING (report_id)
    WHERE list_contains(s.forms, p.template)
)
SELECT
    rule_id,
    'cross_year' AS kind,
    severity,
    outcome,
    agency_id,
    year,
    report_id,
    indicator_ids,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(expected AS DECIMAL(20, 6)) END AS expected,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(actual AS DECIMAL(20, 6)) END AS actual,
    CASE WHEN outcome <> 'not_assessable' THEN TRY_CAST(actual - expected AS DECIMAL(20, 6)) END
        AS difference,
    statement_zh || CASE outcome
        WHEN 'pass' THEN '：左边 ' || actual_text || '，右边 ' || expected_text || '，成立'
        WHEN 'fail' THEN '：左边 ' || actual_text || '，右边 ' || expected_text || '，不成立'
        ELSE '：上一年或本年缺项，无法核验'
    END AS message_zh,
    statement_en || CASE outcome
        WHEN 'pass' THEN ': left ' || actual_text || ', right ' || expected_text || ', holds'
        WHEN 'fail' THEN ': left ' || actual_text || ', right ' || expected_text || ', does not hold'
        ELSE ': a number of this or the earlier year is missing'
    END AS message_en,
    observation_ids,
    left_count,
    CASE WHEN outcome = 'fail' THEN counted ELSE [] END AS counted
FROM weighed
