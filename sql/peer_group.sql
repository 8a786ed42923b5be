-- zh: 同类机关：同省、同层级、同职能的机关每年有多少家，其中多少家有报告
-- en: Peers: how many agencies of a province, tier and function there are in a year, and how many have a report
-- grain: one row for each province, level, function and year
-- columns:
--   province, level, function, year
--   agencies = 当年应有的机关数，尚未设立或已撤并的不计；从未有过报告者只见于 coverage | Agencies known for the year, without those not yet set up or abolished then; who never reported at all is counted in coverage alone
--   reports = 其中有报告的机关数 | Of these, agencies with a report
-- example:
--   SELECT year, province, level, function, agencies, reports
--   FROM peer_group
--   ORDER BY agencies DESC, year, province, level, function
--   LIMIT 20
SELECT
    y.province,
    y.level,
    y.function,
    y.year,
    count(*) AS agencies,
    count(y.report_id) AS reports
FROM agency_year AS y
SEMI JOIN dim_agency AS a ON a.agency_id = y.agency_id
WHERE y.status NOT IN ('not_yet_established', 'abolished')
GROUP BY ALL
