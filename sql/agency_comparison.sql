-- zh: 同类机关比较：同一指标、年度、层级、职能、单位、口径及可相接的表式之内的名次与百分位
-- en: Agencies among their peers: rank and percentile within indicator, year, level, function, unit, scope and forms that may be joined
-- grain: one row for each agency, year and indicator; the peers are all agencies of the same level and function
-- columns:
--   indicator_id, label_zh, label_en, unit, year
--   level = 同类组的层级 | Level of the peer group
--   function = 同类组的职能 | Function of the peer group
--   province = 省级行政区 | Province of the agency
--   region_name = 行政区划 | Region of the agency
--   agency_id, name_zh, value
--   rank = 名次，1 为最大，同值同名次；有矛盾的数不排名，为空 | Rank among the peers, 1 for the largest; equal values share a rank; NULL for a disputed value
--   percentile = 百分位（0 至 100）：数值较小的同类占其余同类之比，不足 5 个机关为空 | Share of the other peers with a smaller value, 0 to 100; NULL below five peers and for a disputed value
--   n = 参与排名的机关数 | Agencies that are ranked
--   peer_median = 参与排名者的中位数 | Median of those that are ranked
--   set_aside = 因有矛盾而不参与排名的机关数 | Agencies set aside, since their value is disputed
--   elsewhere, without_number
--   without_report = 当年无报告的机关数，尚未设立或已撤并的不计 | Agencies known here without a report for the year, but for those not yet set up or abolished then
--   form, scope
--   confidence = 可信度 | Confidence
--   errors_failing = 涉及它而未通过的 error 级核验数 | Checks of severity error that fail and name it
--   warnings_failing = 涉及它而未通过的 warn 级核验数 | The same of severity warn
--   standing = undisputed、doubtful 或 disputed | undisputed, doubtful or disputed (dim_standing)
-- example:
--   SELECT rank, n, set_aside, name_zh, value, percentile, peer_median, standing
--   FROM agency_comparison
--   WHERE indicator_id = 'requests.received' AND year = 2018 AND level = 'county'
--   ORDER BY rank NULLS LAST, name_zh
--   LIMIT 20
WITH peer AS (
    SELECT level, function, year, sum(agencies)::BIGINT AS peers, sum(reports)::BIGINT AS reports
    FROM peer_group
    GROUP BY ALL
),
valued AS (
    SELECT
        f.*,
        a.level,
        a.function,
        a.province,
        a.region_name,
        a.name_zh,
        coalesce(j.joined_as, f.form) AS joined_as,
        s.is_set_aside
    FROM fact_indicator AS f
    JOIN dim_agency AS a USING (agency_id)
    JOIN dim_standing AS s USING (standing)
    LEFT JOIN indicator_form AS j ON j.indicator_id = f.indicator_id AND j.form = f.form
),
compared AS (
    SELECT
        *,
        CASE WHEN NOT is_set_aside THEN rank() OVER (ranked ORDER BY value DESC) END AS rank,
        CASE WHEN NOT is_set_aside AND count(*) OVER ranked >= 5
            THEN round(100 * percent_rank() OVER (ranked ORDER BY value), 1)::DOUBLE
        END AS percentile,
        count(*) FILTER (NOT is_set_aside) OVER peers AS n,
        (median(value) FILTER (NOT is_set_aside) OVER peers)::DOUBLE AS peer_median,
        count(*) FILTER (is_set_aside) OVER peers AS set_aside,
        count(*) OVER (PARTITION BY indicator_id, year, level, function)
            - count(*) OVER peers AS elsewhere,
        count(*) OVER (PARTITION BY indicator_id, year, level, function) AS with_number
    FROM valued
    WINDOW
        peers AS (
            PARTITION BY indicator_id, year, level, function, unit, scope, joined_as
        ),
        ranked AS (
            PARTITION BY indicator_id, year, level, function, unit, scope, joined_as, is_set_aside
        )
)
SELECT
    c.indicator_id,
    i.label_zh,
    i.label_en,
    c.unit,
    c.year,
    c.level,
    c.function,
    c.province,
    c.region_name,
    c.agency_id,
    c.name_zh,
    c.value,
    c.rank,
    c.percentile,
    c.n,
    c.peer_median,
    c.set_aside,
    c.elsewhere,
    p.reports - c.with_number AS without_number,
    p.peers - p.reports AS without_report,
    c.form,
    c.scope,
    c.confidence,
    c.errors_failing,
    c.warnings_failing,
    c.standing
FROM compared AS c
JOIN dim_indicator AS i USING (indicator_id)
JOIN peer AS p ON p.level = c.level AND p.function = c.function AND p.year = c.year
