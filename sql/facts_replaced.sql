-- zh: 被更正的旧值，附机关与指标的名称
-- en: Values that a later report replaced, with the names of agency and indicator
-- grain: one row for each agency, year, indicator and earlier report
-- columns:
--   agency_id, name_zh, province, level, function, year, indicator_id, label_zh, label_en, path_zh
--   value = 旧值 | The earlier value
--   unit
--   valid_from = 旧值生效日（发布日，不详则为首次发现日） | Day it was published, or first seen where that is not known
--   valid_to = 旧值被取代之日 | Day the next value replaced it
--   source_path = 旧值所在文件 | File that gave it
--   report_id = 旧值所在报告 | Report that gave it
-- example:
--   SELECT o.name_zh, o.year, o.label_zh, o.value AS was, f.value AS is_now, o.valid_to
--   FROM facts_replaced AS o
--   LEFT JOIN facts AS f USING (agency_id, year, indicator_id)
--   ORDER BY o.valid_to DESC, o.name_zh, o.indicator_id
--   LIMIT 20
SELECT
    h.agency_id,
    a.name_zh,
    a.province,
    a.level,
    a.function,
    h.year,
    h.indicator_id,
    i.label_zh,
    i.label_en,
    i.path_zh,
    h.value,
    i.unit,
    h.valid_from,
    h.valid_to,
    r.source_path,
    h.report_id
FROM fact_history AS h
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
JOIN dim_report AS r USING (report_id)
