-- zh: 无值可用之处，附机关与指标的名称：年度报告印有该指标而没有事实，原因何在
-- en: Gaps with the names of agency and indicator: what a report prints without giving a fact, and why
-- grain: one row for each agency, year and indicator that an annual report prints without giving a fact
-- columns:
--   agency_id, name_zh, province, level, function, year, indicator_id, label_zh, label_en, path_zh
--   status = 原因，含义见 fact_gap.status | Why there is none, as fact_gap.status explains
--   value_raw = 所印原文 | What is printed there
--   candidates = 仍属可能的各种读法 | Readings that remain possible
--   source_path, report_id, observation_id
-- example:
--   SELECT name_zh, year, label_zh, status, value_raw, source_path
--   FROM gaps
--   WHERE status NOT IN ('blank', 'dash', 'not_applicable')
--   ORDER BY name_zh, year, indicator_id
--   LIMIT 20
SELECT
    g.agency_id,
    a.name_zh,
    a.province,
    a.level,
    a.function,
    g.year,
    g.indicator_id,
    i.label_zh,
    i.label_en,
    i.path_zh,
    g.status,
    g.value_raw,
    g.candidates,
    r.source_path,
    g.report_id,
    g.observation_id
FROM fact_gap AS g
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
JOIN dim_report AS r USING (report_id)
