-- Annual reports on a year that was not over when their document was first seen.
SELECT
    rule.rule_id,
    rule.kind,
    rule.severity,
    'fail' AS outcome,
    p.agency_id,
    p.year,
    p.report_id,
    []::VARCHAR[] AS indicator_ids,
    year(p.first_seen)::DECIMAL(20, 6) AS expected,
    p.year::DECIMAL(20, 6) AS actual,
    NULL::DECIMAL(20, 6) AS difference,
    '报告年度读作' || p.year || '年，而文件首次发现于' || p.first_seen::DATE
        || '，该年度尚未结束；不作为事实' AS message_zh,
    'the year is read as ' || p.year || ', and was not over when the document was first seen on '
        || p.first_seen::DATE || '; it gives no facts' AS message_en,
    []::VARCHAR[] AS observation_ids,
    0 AS left_count,
    []::DECIMAL(20, 6)[] AS counted
FROM ranked_report AS p
JOIN dim_rule AS rule ON rule.rule_id = 'I-Y2'
WHERE p.doc_type = 'annual_report' AND NOT p.is_over
