-- zh: 渠道构成：主动公开的渠道与申请的提交方式各占多少
-- en: Mix of channels: through which the agency discloses, and how requests reach it
-- grain: one row for each agency, year, subject and channel reported
-- columns:
--   agency_id, name_zh, level, function, province, year
--   subject = disclosure 主动公开；requests 申请 | disclosure: items published; requests: requests received
--   indicator_id = 渠道指标 | Indicator of the channel
--   channel_zh = 渠道 | Channel, Chinese
--   channel_en = 渠道英文名称 | Channel, English
--   value = 该渠道数量 | Number through this channel
--   all_channels = 各渠道之和；一条信息可走多个渠道 | Sum over channels; one item may take several
--   share = 该渠道占各渠道之和之比；表式所列渠道未齐、其和亦非总数者为空，和为零时亦为空 | Share of that sum; NULL where it is 0, or where a channel of the form is missing and the sum is not the total
--   total = 报告所列总数 | Total as the report states it
--   form, scope
--   confidence = 可信度，取构成中最低者 | Confidence, the lowest in the mix
--   errors_failing = 涉及它而未通过的 error 级核验数，取构成中最多者 | Checks of severity error that fail and name it, the most of any in the mix
--   warnings_failing = 涉及它而未通过的 warn 级核验数，取构成中最多者 | The same of severity warn
--   standing = undisputed、doubtful 或 disputed，取构成中最差者：占比由全部渠道得出 | undisputed, doubtful or disputed (dim_standing), the worst in the mix, since a share is made of all channels
-- example:
--   SELECT name_zh, channel_zh, value, round(100 * share, 1) AS percent
--   FROM channel_mix
--   WHERE subject = 'disclosure' AND year = 2018
--   ORDER BY name_zh, value DESC
--   LIMIT 40
WITH listed AS (
    SELECT c.subject, t.form, count(*) AS channels
    FROM channel AS c
    JOIN dim_indicator AS i USING (indicator_id)
    CROSS JOIN unnest(i.templates) AS t (form)
    GROUP BY c.subject, t.form
)
SELECT
    f.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    f.year,
    c.subject,
    c.indicator_id,
    i.label_zh AS channel_zh,
    i.label_en AS channel_en,
    f.value,
    sum(f.value) OVER mix AS all_channels,
    CASE
        WHEN min(f.position) OVER mix = max(f.position) OVER mix
            AND (
                count(*) OVER mix = l.channels
                OR (all_channels = t.value AND t.position = f.position)
            )
            THEN (f.value / nullif(all_channels, 0))::DOUBLE
    END AS share,
    t.value AS total,
    f.form,
    f.scope,
    min(f.confidence) OVER mix AS confidence,
    max(f.errors_failing) OVER mix AS errors_failing,
    max(f.warnings_failing) OVER mix AS warnings_failing,
    max_by(f.standing, s.rank) OVER mix AS standing
FROM channel AS c
JOIN dim_indicator AS i USING (indicator_id)
JOIN fact_indicator AS f ON f.indicator_no = i.indicator_no
JOIN dim_standing AS s USING (standing)
JOIN dim_agency AS a USING (agency_id)
LEFT JOIN listed AS l ON l.subject = c.subject AND l.form = f.form
LEFT JOIN fact_indicator AS t
    ON t.agency_id = f.agency_id AND t.year = f.year AND t.indicator_id = c.total_id
WINDOW mix AS (PARTITION BY f.agency_id, f.year, c.subject)
