-- zh: 渠道构成：主动公开的渠道与申请的提交方式各占多少
-- en: Mix of channels: through which the agency discloses, and how requests reach it
-- grain: one row for each agency, year, subject and channel reported
-- columns:
--   agency_id = 机关标识 | Agency
--   name_zh = 机关全称 | Full official name
--   level = 层级 | Tier of government
--   function = 职能代号 | What the agency does
--   province = 省级行政区 | Province
--   year = 年度 | Year
--   subject = disclosure 主动公开；requests 申请 | disclosure: items published; requests: requests received
--   indicator_id = 渠道指标 | Indicator of the channel
--   channel_zh = 渠道 | Channel, Chinese
--   channel_en = 渠道英文名称 | Channel, English
--   value = 该渠道数量 | Number through this channel
--   all_channels = 各渠道之和；一条信息可走多个渠道 | Sum over channels; one item may take several
--   share = 该渠道占各渠道之和之比，和为零时为空 | Share of that sum, NULL where it is 0
--   total = 报告所列总数 | Total as the report states it
-- example:
--   SELECT name_zh, channel_zh, value, round(100 * share, 1) AS percent
--   FROM channel_mix
--   WHERE subject = 'disclosure' AND year = 2018
--   ORDER BY name_zh, value DESC
--   LIMIT 40
WITH channel AS (
    SELECT
        indicator_id,
        label_zh,
        label_en,
        parent_id,
        CASE parent_id WHEN 'disclosure.items' THEN 'disclosure' ELSE 'requests' END AS subject
    FROM dim_indicator
    WHERE breakdown IS NULL
        AND (
            starts_with(indicator_id, 'disclosure.channel.')
            OR (starts_with(indicator_id, 'requests.received.') AND parent_id = 'requests.received')
        )
)
SELECT
    f.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    f.year,
    c.subject,
    f.indicator_id,
    c.label_zh AS channel_zh,
    c.label_en AS channel_en,
    f.value,
    sum(f.value) OVER mix AS all_channels,
    (f.value / nullif(sum(f.value) OVER mix, 0))::DOUBLE AS share,
    t.value AS total
FROM fact_indicator AS f
JOIN channel AS c USING (indicator_id)
JOIN dim_agency AS a USING (agency_id)
LEFT JOIN fact_indicator AS t
    ON t.agency_id = f.agency_id AND t.year = f.year AND t.indicator_id = c.parent_id
WINDOW mix AS (PARTITION BY f.agency_id, f.year, c.subject)
