-- zh: 申请办理结果：各类答复的比率，分子分母俱列；与 not_told（未列明）合为一
-- en: What became of requests: rates with numerator and denominator; with not_told they add up to one
-- grain: one row for each agency, year and outcome whose numerator and denominator are reported, and one for what is not told
-- columns:
--   agency_id, name_zh, level, function, province, year
--   outcome = 结果代号，在各表式中含义相同 | Outcome; it means one thing on all forms
--   outcome_zh = 结果 | Outcome, Chinese
--   outcome_en = 结果英文名称 | Outcome, English
--   numerator_ids = 分子指标（相加），须全部有值；未列明者为空列表 | Indicators that add up to the numerator; all must be reported; none for what is not told
--   denominator_id = 分母指标 | Indicator of the denominator
--   numerator = 分子 | Numerator
--   denominator, rate, rate_low, rate_high
--   received = 当年收到的申请数 | Requests received in the year
--   template, relation, method_break, note_zh, note_en, scope, confidence, errors_failing,
--   warnings_failing
--   standing = undisputed、doubtful 或 disputed，取所含各数中最差者 | undisputed, doubtful or disputed (dim_standing), the worst of the numbers in it
-- example:
--   SELECT name_zh, year, outcome_zh, numerator, denominator, round(100 * rate, 1) AS percent, method_break
--   FROM request_outcomes
--   WHERE outcome = 'granted'
--   ORDER BY rate DESC NULLS LAST
--   LIMIT 20
SELECT
    o.agency_id,
    o.name_zh,
    o.level,
    o.function,
    o.province,
    o.year,
    o.rate_id AS outcome,
    o.label_zh AS outcome_zh,
    o.label_en AS outcome_en,
    o.numerator_ids,
    o.denominator_ids[1] AS denominator_id,
    o.numerator,
    o.denominator,
    o.rate,
    o.rate_low,
    o.rate_high,
    r.value AS received,
    o.template,
    o.relation,
    o.method_break,
    o.note_zh,
    o.note_en,
    o.scope,
    o.confidence,
    o.errors_failing,
    o.warnings_failing,
    o.standing
FROM rates AS o
LEFT JOIN fact_indicator AS r
    ON r.indicator_id = 'requests.received' AND r.agency_id = o.agency_id AND r.year = o.year
WHERE o.topic = 'outcomes' AND o.is_outcome
