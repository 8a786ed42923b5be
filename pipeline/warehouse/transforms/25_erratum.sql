-- Reports that a notice corrects: which of their numbers hold is not known, unless a report that
-- says it corrects them is here.
SELECT
    rule.rule_id,
    rule.kind,
    rule.severity,
    'fail' AS outcome,
    p.agency_id,
    p.year,
    p.report_id,
    []::VARCHAR[] AS indicator_ids,
    NULL::DECIMAL(20, 6) AS expected,
    NULL::DECIMAL(20, 6) AS actual,
    NULL::DECIMAL(20, 6) AS difference,
    '另有文件更正此报告（' || min(e.source_path) || '），其中哪些数仍成立，无从得知' AS message_zh,
    'another paper corrects this report (' || min(e.source_path)
        || '); which of its numbers hold is not known' AS message_en,
    []::VARCHAR[] AS observation_ids,
    0 AS left_count,
    []::DECIMAL(20, 6)[] AS counted
FROM ranked_report AS p
JOIN ranked_report AS e ON e.agency_id = p.agency_id AND e.year = p.year
JOIN dim_rule AS rule ON rule.rule_id = 'I-T4'
WHERE p.feeds_facts AND p.is_live AND NOT p.is_correction AND e.other_kind = 'erratum'
GROUP BY ALL
