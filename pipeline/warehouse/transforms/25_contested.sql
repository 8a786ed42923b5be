-- Numbers of equals: another report on the agency and year prints another one, and nothing tells
-- which of the two is later. What stands is one of two, and no more than that.
SELECT
    rule.rule_id,
    rule.kind,
    rule.severity,
    'fail' AS outcome,
    w.agency_id,
    w.year,
    w.report_id,
    [w.indicator_id] AS indicator_ids,
    c.value AS expected,
    w.value AS actual,
    TRY_CAST(w.value - c.value AS DECIMAL(20, 6)) AS difference,
    i.label_zh || '：此报告为 ' || plain(w.value) || '，同一机关同一年度的另一份报告（'
        || p.source_path || '）为 ' || plain(c.value) || '，无从得知孰后' AS message_zh,
    i.label_en || ': ' || plain(w.value) || ' here, ' || plain(c.value)
        || ' in another report on this agency and year (' || p.source_path || '); nothing tells which is later' AS message_en,
    [w.observation_id, c.observation_id] AS observation_ids,
    1 AS left_count,
    [w.value, c.value] AS counted
FROM candidate AS w
JOIN rival AS r USING (report_id)
JOIN candidate AS c
    ON c.report_id = r.rival_id
    AND c.indicator_id = w.indicator_id
    AND c.is_narrative = w.is_narrative
    AND c.qualifier = w.qualifier
    AND c.value <> w.value
JOIN ranked_report AS p ON p.report_id = c.report_id
JOIN dim_indicator AS i ON i.indicator_id = w.indicator_id
JOIN dim_rule AS rule ON rule.rule_id = 'I-T2'
WHERE w.rank = 1 AND r.are_equals AND NOT w.is_withheld AND NOT c.is_withheld
