-- Who discloses how much, where, who asks, who gets it, and does the report add up?
WITH disclosed AS (
    SELECT
        agency_id,
        year,
        max(all_channels) AS through_channels,
        max_by(channel_zh, value) FILTER (value > 0) AS main_channel,
        max(share) AS main_share
    FROM channel_mix
    WHERE subject = 'disclosure'
    GROUP BY agency_id, year
),
asked AS (
    SELECT
        agency_id,
        year,
        max(received) AS received,
        max(rate) FILTER (outcome = 'granted') AS granted
    FROM request_outcomes
    GROUP BY agency_id, year
),
items AS (
    SELECT agency_id, year, value
    FROM fact_indicator
    WHERE indicator_id = 'disclosure.items'
)
SELECT
    c.name_zh AS 机关,
    c.year AS 年度,
    i.value AS 主动公开条数,
    d.through_channels AS 各渠道合计,
    regexp_replace(d.main_channel, '公开政府信息数$', '') AS 首要渠道,
    round(100 * d.main_share)::INTEGER || '%' AS 占比,
    a.received AS 收到申请,
    round(100 * a.granted)::INTEGER || '%' AS 同意公开率,
    c.checks_failed AS 未通过核验,
    c.status AS 状态
FROM coverage AS c
LEFT JOIN items AS i USING (agency_id, year)
LEFT JOIN disclosed AS d USING (agency_id, year)
LEFT JOIN asked AS a USING (agency_id, year)
WHERE c.status IN ('present', 'no_facts')
ORDER BY i.value DESC NULLS LAST, c.name_zh, c.year
LIMIT 30
