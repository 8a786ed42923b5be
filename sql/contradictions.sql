-- zh: 矛盾：未通过的核验，左右两式及原文俱列
-- en: Contradictions: failed checks with both sides and both quotes
-- grain: one row for each failed check of a current report
-- columns:
--   severity = 严重程度 | How bad it is
--   rule_id = 规则标识 | Rule
--   kind = 规则类别 | What the rule compares
--   agency_id = 机关标识 | Agency
--   name_zh = 机关全称 | Full official name
--   level = 层级 | Tier of government
--   province = 省级行政区 | Province
--   year = 年度 | Year
--   message_zh = 中文说明 | What contradicts what, Chinese
--   message_en = 英文说明 | What contradicts what, English
--   expected = 应有值 | The side worked out
--   actual = 实有值 | The side printed
--   difference = 差额 | Actual minus expected
--   override_reason = 予以放行的理由；未放行为空 | Why it is let pass, NULL where it is not
--   indicator_ids = 涉及的指标 | Indicators involved
--   left_label = 左式标签原文 | Label of the left side as printed
--   left_value = 左式数值原文 | Value of the left side as printed
--   left_quote = 左式原文 | The left side as it stands in the document
--   right_labels = 右式标签原文 | Labels of the right side as printed
--   right_values = 右式数值原文 | Values of the right side as printed
--   right_quotes = 右式原文 | The right side as it stands in the document
--   source_path = 原始文件 | File
--   report_id = 报告 | Report
-- example:
--   SELECT severity, name_zh, year, message_zh, left_quote, right_quotes
--   FROM contradictions
--   WHERE severity = 'error'
--   ORDER BY year DESC, name_zh, rule_id
--   LIMIT 20
SELECT
    c.severity,
    c.rule_id,
    c.kind,
    c.agency_id,
    a.name_zh,
    a.level,
    a.province,
    c.year,
    c.message_zh,
    c.message_en,
    c.expected,
    c.actual,
    c.difference,
    c.override_reason,
    c.indicator_ids,
    c.labels[1] AS left_label,
    c.printed[1] AS left_value,
    c.quotes[1] AS left_quote,
    c.labels[2:] AS right_labels,
    c.printed[2:] AS right_values,
    c.quotes[2:] AS right_quotes,
    r.source_path,
    c.report_id
FROM check_result AS c
JOIN dim_report AS r USING (report_id)
LEFT JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE c.outcome = 'fail' AND r.is_current
