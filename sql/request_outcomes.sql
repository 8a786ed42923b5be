-- zh: 申请办理结果：各类答复的比率，分子分母俱列
-- en: What became of requests: rates with numerator and denominator
-- grain: one row for each agency, year and outcome whose numerator and denominator are reported
-- columns:
--   agency_id = 机关标识 | Agency
--   name_zh = 机关全称 | Full official name
--   level = 层级 | Tier of government
--   function = 职能代号 | What the agency does
--   province = 省级行政区 | Province
--   year = 年度 | Year
--   outcome = 结果代号 | Outcome
--   outcome_zh = 结果 | Outcome, Chinese
--   numerator_id = 分子指标 | Indicator of the numerator
--   denominator_id = 分母指标 | Indicator of the denominator
--   numerator = 分子 | Numerator
--   denominator = 分母 | Denominator
--   rate = 比率；分母为零时为空 | Numerator by denominator, NULL where the denominator is 0
--   received = 当年收到的申请数 | Requests received in the year
-- example:
--   SELECT name_zh, year, outcome_zh, numerator, denominator, round(100 * rate, 1) AS percent
--   FROM request_outcomes
--   WHERE outcome = 'granted'
--   ORDER BY rate DESC NULLS LAST
--   LIMIT 20
WITH definition (outcome, outcome_zh, numerator_id, denominator_id) AS (
    VALUES
        ('already_public', '已主动公开', 'requests.answered.already_public', 'requests.answered'),
        ('granted', '同意公开', 'requests.answered.granted', 'requests.answered'),
        ('partly_granted', '部分公开', 'requests.answered.partly_granted', 'requests.answered'),
        ('denied', '不同意公开', 'requests.answered.denied', 'requests.answered'),
        ('not_this_agency', '非本机关公开', 'requests.answered.not_this_agency', 'requests.answered'),
        ('not_exist', '信息不存在', 'requests.answered.not_exist', 'requests.answered'),
        ('clarification_asked', '告知补正', 'requests.answered.clarification_asked', 'requests.answered'),
        ('redirected', '其他途径办理', 'requests.answered.redirected', 'requests.answered'),
        ('closed_on_time', '按时办结', 'requests.closed.on_time', 'requests.closed'),
        ('closed_late', '延期办结', 'requests.closed.extended', 'requests.closed'),
        ('granted', '予以公开', 'requests.processed.granted', 'requests.processed'),
        ('partly_granted', '部分公开', 'requests.processed.partly_granted', 'requests.processed'),
        ('denied', '不予公开', 'requests.processed.denied', 'requests.processed'),
        ('not_available', '无法提供', 'requests.processed.not_available', 'requests.processed'),
        ('not_handled', '不予处理', 'requests.processed.not_handled', 'requests.processed'),
        ('other', '其他处理', 'requests.processed.other', 'requests.processed'),
        ('carried_out', '结转下年度', 'requests.carried_out', 'requests.received')
)
SELECT
    n.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    n.year,
    d.outcome,
    d.outcome_zh,
    d.numerator_id,
    d.denominator_id,
    n.value AS numerator,
    m.value AS denominator,
    n.value / nullif(m.value, 0) AS rate,
    r.value AS received
FROM definition AS d
JOIN fact_indicator AS n ON n.indicator_id = d.numerator_id
JOIN fact_indicator AS m
    ON m.indicator_id = d.denominator_id AND m.agency_id = n.agency_id AND m.year = n.year
JOIN dim_agency AS a ON a.agency_id = n.agency_id
LEFT JOIN fact_indicator AS r
    ON r.indicator_id = 'requests.received' AND r.agency_id = n.agency_id AND r.year = n.year
