-- zh: 同类机关比较：同一指标、年度、层级、职能之内的名次与百分位
-- en: Agencies among their peers: rank and percentile within indicator, year, level and function
-- grain: one row for each agency, year and indicator; the peers are all agencies of the same level and function
-- columns:
--   indicator_id = 指标标识 | Indicator
--   label_zh = 指标名称 | Chinese label
--   label_en = 指标英文名称 | English label
--   unit = 单位 | Unit
--   year = 年度 | Year
--   level = 同类组的层级 | Level of the peer group
--   function = 同类组的职能 | Function of the peer group
--   province = 省级行政区 | Province of the agency
--   region_name = 行政区划 | Region of the agency
--   agency_id = 机关标识 | Agency
--   name_zh = 机关全称 | Full official name
--   value = 数值 | Value
--   rank = 名次，1 为最大，同值同名次 | Rank among the peers, 1 for the largest; equal values share a rank
--   percentile = 百分位（0 至 100）：数值较小的同类占其余同类之比，不足 5 个机关为空 | Share of the other peers with a smaller value, 0 to 100; NULL below five peers
--   n = 同类机关数（有该值者） | Peers with a value
--   peer_median = 同类中位数 | Median of the peers
-- example:
--   SELECT rank, n, name_zh, value, percentile, peer_median
--   FROM agency_comparison
--   WHERE indicator_id = 'requests.received' AND year = 2018 AND level = 'county'
--   ORDER BY rank, name_zh
--   LIMIT 20
SELECT
    f.indicator_id,
    i.label_zh,
    i.label_en,
    f.unit,
    f.year,
    a.level,
    a.function,
    a.province,
    a.region_name,
    f.agency_id,
    a.name_zh,
    f.value,
    rank() OVER (peers ORDER BY f.value DESC) AS rank,
    CASE WHEN count(*) OVER peers >= 5
        THEN round(100 * percent_rank() OVER (peers ORDER BY f.value), 1)::DOUBLE
    END AS percentile,
    count(*) OVER peers AS n,
    (median(f.value) OVER peers)::DOUBLE AS peer_median
FROM fact_indicator AS f
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
WINDOW peers AS (PARTITION BY f.indicator_id, f.year, a.level, a.function)
