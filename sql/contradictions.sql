-- zh: 矛盾：未通过的核验，左右两式及原文俱列
-- en: Contradictions: failed checks with both sides and both quotes
-- grain: one row for each failed check of a report that a fact is taken from, current or not
-- columns:
--   severity = 严重程度，排序即由重到轻 | How bad it is; sorts error, warn, info
--   rule_id = 规则标识 | Rule
--   kind = 规则类别 | What the rule compares
--   agency_id, name_zh, level, province, year
--   message_zh = 中文说明 | What contradicts what, Chinese
--   message_en = 英文说明 | What contradicts what, English
--   expected = 应有值 | The side worked out
--   actual = 实有值 | The side printed
--   difference = 差额 | Actual minus expected
--   override_reason = 予以放行的理由；未放行为空 | Why it is let pass, NULL where it is not
--   indicator_ids = 涉及的指标 | Indicators involved
--   left_labels = 左式各项标签原文 | Labels of the left side as printed
--   left_values = 左式各项计入的数，减项为负；等式中相加即实有值 | What each counts as, negative where it is subtracted; of a sum they add up to actual
--   left_quotes = 左式各项原文 | The left side as it stands in the document
--   right_labels = 右式各项标签原文 | Labels of the right side as printed
--   right_values = 右式各项计入的数；等式中相加即应有值 | What each counts as; of a sum they add up to expected
--   right_quotes = 右式各项原文 | The right side as it stands in the document
--   left_label = 左式第一项标签 | First label of the left side
--   left_value = 左式第一项的数 | First value of the left side
--   left_quote = 左式第一项原文 | First quote of the left side
--   title_zh = 规则名称 | Name of the rule, Chinese
--   title_en = 规则英文名称 | Name of the rule, English
--   what_to_do_zh = 如何处理 | What to do about it, Chinese
--   what_to_do_en = 如何处理（英文） | What to do about it, English
--   source_path = 原始文件 | File
--   report_id
-- example:
--   SELECT severity, name_zh, year, message_zh, left_quote, right_quotes
--   FROM contradictions
--   WHERE severity = 'error'
--   ORDER BY year DESC, name_zh, rule_id
--   LIMIT 20
WITH taken AS (
    -- Of a report that another took the place of, some numbers may still be the year's.
    SELECT DISTINCT f.report_id
    FROM dim_report AS r
    JOIN fact_indicator AS f USING (report_id)
    WHERE NOT r.is_current
)
SELECT
    c.severity::ENUM ('error', 'warn', 'info') AS severity,
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
    c.labels[: c.left_count] AS left_labels,
    [regexp_replace(one::VARCHAR, '\.0*$|(\.\d*[1-9])0+$', '\1')
        FOR one IN c.counted[: c.left_count]] AS left_values,
    c.quotes[: c.left_count] AS left_quotes,
    c.labels[c.left_count + 1 :] AS right_labels,
    [regexp_replace(one::VARCHAR, '\.0*$|(\.\d*[1-9])0+$', '\1')
        FOR one IN c.counted[c.left_count + 1 :]] AS right_values,
    c.quotes[c.left_count + 1 :] AS right_quotes,
    left_labels[1] AS left_label,
    left_values[1] AS left_value,
    left_quotes[1] AS left_quote,
    rule.title_zh,
    rule.title_en,
    rule.what_to_do_zh,
    rule.what_to_do_en,
    r.source_path,
    c.report_id
FROM check_result AS c
JOIN dim_report AS r USING (report_id)
LEFT JOIN dim_rule AS rule ON rule.rule_id = c.rule_id
LEFT JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE c.outcome = 'fail' AND (r.is_current OR r.report_id IN (FROM taken))
