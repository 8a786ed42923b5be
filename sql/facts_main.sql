-- zh: 主要事实：每机关、年度、表中每行一个当年数；不含申请人分列与历年累计，在同一口径、同一层级内求和不会重复
-- en: Main facts: one number of the year for each agency, year and row; no applicants, no running totals, so that a sum over one scope and one tier counts nothing twice
-- grain: one row for each agency, year and row of the form
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
--   SELECT year, sum(value) AS requests, count(*) AS agencies
--   FROM facts_main
--   WHERE row_id = 'requests.received' AND scope = 'agency'
--   GROUP BY year
--   ORDER BY year
SELECT *
FROM facts
WHERE period = 'year' AND coalesce(applicant, 'all') = 'all'
