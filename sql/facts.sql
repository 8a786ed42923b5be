-- zh: 事实与全部标签：日常查询用这一张
-- en: Facts with all their labels: what most people query
-- grain: one row for each agency, year and indicator
-- columns:
--   agency_id, name_zh, province, region_name, region_code, level, function, year, indicator_id,
--   measure, breakdown, label_zh, label_en, path_zh, value, unit, row_id, applicant, period,
--   parent_id, is_total, source, qualifier
--   scope = 统计口径：本机关、本系统、本区域；不同口径不可相加 | Whose numbers: agency, system or region; never add up over scopes
--   confidence = 可信度（0 至 1） | Confidence, 0 to 1
--   errors_failing = 涉及该值而未通过的 error 级核验数 | Checks of severity error that fail and name it
--   warnings_failing = 涉及该值而未通过的 warn 级核验数 | Checks of severity warn that fail and name it
--   standing
--   template = 表式 | Form of the report
--   period_start = 报告自述的统计期起始日，未述为空；学年自上年 8 月或 9 月起 | First day of the period that the report states, NULL where it states none; a school year begins in August or September of the year before
--   period_end = 统计期终止日 | Last day of it
--   published_on, source_path, report_id, observation_id, claim_id, is_current, reports
--   vintage = 自第几次发布起即为此行，数值或可靠程度等有变即更新（见表 vintage） | Number of the publication that brought the row as it stands, see table vintage; new wherever its value, standing or place changed
-- example:
--   SELECT name_zh, year, label_zh, value, unit
--   FROM facts
--   WHERE indicator_id = 'disclosure.items'
--   ORDER BY value DESC
--   LIMIT 20
SELECT
    f.agency_id,
    a.name_zh,
    a.province,
    a.region_name,
    a.region_code,
    a.level,
    a.function,
    f.year,
    f.indicator_id,
    i.measure,
    i.breakdown,
    i.label_zh,
    i.label_en,
    i.path_zh,
    f.value,
    f.unit,
    i.row_id,
    i.applicant,
    i.period,
    i.parent_id,
    i.is_total,
    f.source,
    f.qualifier,
    f.scope,
    f.confidence,
    f.errors_failing,
    f.warnings_failing,
    f.standing,
    r.template,
    r.period_start,
    r.period_end,
    r.published_on,
    r.source_path,
    f.report_id,
    f.observation_id,
    left(
        sha256(concat_ws('|', f.report_id, f.indicator_id, f.value, f.observation_id)), 16
    ) AS claim_id,
    r.is_current,
    r.reports,
    f.vintage
FROM fact_indicator AS f
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
JOIN dim_report AS r USING (report_id)
