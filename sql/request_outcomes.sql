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
--   numerator_ids = 分子指标（相加），须全部有值 | Indicators that add up to the numerator; all must be reported
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
WITH definition (outcome, outcome_zh, numerator_ids, denominator_id) AS (
    VALUES
        ('already_public', '已主动公开', ['requests.answered.already_public'], 'requests.answered'),
        ('granted', '同意公开', ['requests.answered.granted'], 'requests.answered'),
        ('partly_granted', '部分公开', ['requests.answered.partly_granted'], 'requests.answered'),
        ('denied', '不同意公开', ['requests.answered.denied'], 'requests.answered'),
        ('not_this_agency', '非本机关公开', ['requests.answered.not_this_agency'], 'requests.answered'),
        ('not_exist', '信息不存在', ['requests.answered.not_exist'], 'requests.answered'),
        ('clarification_asked', '告知补正', ['requests.answered.clarification_asked'], 'requests.answered'),
        ('redirected', '其他途径办理', ['requests.answered.redirected'], 'requests.answered'),
        ('closed_on_time', '按时办结', ['requests.closed.on_time'], 'requests.closed'),
        ('closed_late', '延期办结', ['requests.closed.extended'], 'requests.closed'),
        ('granted', '予以公开', ['requests.processed.granted'], 'requests.processed'),
        ('partly_granted', '部分公开', ['requests.processed.partly_granted'], 'requests.processed'),
        ('denied', '不予公开', [
            'requests.processed.denied.state_secret',
            'requests.processed.denied.prohibited_by_law',
            'requests.processed.denied.security_stability',
            'requests.processed.denied.third_party_rights',
            'requests.processed.denied.internal_affairs',
            'requests.processed.denied.deliberative_process',
            'requests.processed.denied.enforcement_file',
            'requests.processed.denied.administrative_inquiry'
        ], 'requests.processed'),
        ('not_available', '无法提供', [
            'requests.processed.not_available.not_held',
            'requests.processed.not_available.no_existing_information',
            'requests.processed.not_available.still_unclear'
        ], 'requests.processed'),
        ('not_handled', '不予处理', [
            'requests.processed.not_handled.petition',
            'requests.processed.not_handled.duplicate',
            'requests.processed.not_handled.published_material',
            'requests.processed.not_handled.excessive',
            'requests.processed.not_handled.reconfirmation'
        ], 'requests.processed'),
        ('other', '其他处理', ['requests.processed.other'], 'requests.processed'),
        ('other', '其他处理', [
            'requests.processed.other.not_amended',
            'requests.processed.other.not_paid',
            'requests.processed.other.residual'
        ], 'requests.processed')
),
member AS (
    SELECT *, unnest(numerator_ids) AS indicator_id
    FROM definition
),
numerator AS (
    SELECT
        f.agency_id,
        f.year,
        m.outcome,
        m.outcome_zh,
        m.numerator_ids,
        m.denominator_id,
        sum(f.value) AS value
    FROM member AS m
    JOIN fact_indicator AS f USING (indicator_id)
    GROUP BY f.agency_id, f.year, m.outcome, m.outcome_zh, m.numerator_ids, m.denominator_id
    HAVING count(*) = len(m.numerator_ids)
    -- A form that prints a total and its parts must not speak twice, nor may two forms where
    -- a correction came on another one; then the newer form counts.
    QUALIFY row_number() OVER (
        PARTITION BY f.agency_id, f.year, m.outcome
        ORDER BY m.denominator_id DESC, len(m.numerator_ids)
    ) = 1
)
SELECT
    n.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    n.year,
    n.outcome,
    n.outcome_zh,
    n.numerator_ids,
    n.denominator_id,
    n.value AS numerator,
    d.value AS denominator,
    (n.value / nullif(d.value, 0))::DOUBLE AS rate,
    r.value AS received
FROM numerator AS n
JOIN fact_indicator AS d
    ON d.indicator_id = n.denominator_id AND d.agency_id = n.agency_id AND d.year = n.year
JOIN dim_agency AS a ON a.agency_id = n.agency_id
LEFT JOIN fact_indicator AS r
    ON r.indicator_id = 'requests.received' AND r.agency_id = n.agency_id AND r.year = n.year
