-- zh: 事实与全部标签：日常查询用这一张
-- en: Facts with all their labels: what most people query
-- grain: one row for each agency, year and indicator
-- columns:
--   agency_id = 机关标识 | Agency
--   name_zh = 机关全称 | Full official name
--   province = 省级行政区 | Province
--   region_name = 行政区划 | Region
--   region_code = 行政区划代码 | Region code
--   level = 层级 | Tier of government
--   function = 职能代号 | What the agency does
--   year = 年度 | Year
--   indicator_id = 指标标识 | Indicator
--   measure = 不含分组的指标 | Indicator without its breakdown
--   breakdown = 分组 | Applicant type or other breakdown, NULL for the whole
--   label_zh = 指标名称 | Chinese label
--   label_en = 指标英文名称 | English label
--   path_zh = 表中层级 | Headings above it on the form
--   value = 数值 | Value
--   unit = 单位 | Unit
--   row_id = 表中的行：不分申请人与累计 | Row of the form, without applicant and period
--   applicant = 申请人类型；all 为全部，表式不区分者为空 | Kind of applicant, all for everybody, NULL where the forms tell none apart
--   period = year 当年数；cumulative 历年累计 | year: the year alone; cumulative: all years so far
--   parent_id = 上级指标 | Indicator it is a part of
--   is_total = 是否另有指标为其分项；不可据此取不重复的数，应取 facts_main | True where others are its parts; no filter for sums: take facts_main
--   source = 来源 | How the value came to be known
--   qualifier = 精确程度 | How exactly it is meant
--   scope = 统计口径：本机关、本系统、本区域；不同口径不可相加 | Whose numbers: agency, system or region; never add up over scopes
--   confidence = 可信度（0 至 1） | Confidence, 0 to 1
--   errors_failing = 涉及该值而未通过的 error 级核验数 | Checks of severity error that fail and name it
--   warnings_failing = 涉及该值而未通过的 warn 级核验数 | Checks of severity warn that fail and name it
--   standing = undisputed、doubtful 或 disputed，含义见 dim_standing | undisputed, doubtful or disputed, as dim_standing explains
--   template = 表式 | Form of the report
--   published_on = 发布日期 | Day of publication
--   source_path = 原始文件 | File it was read from
--   report_id = 报告 | Report
--   observation_id = 观测值 | Observation
--   claim_id = 该数的标识：同一报告、指标、数值与出处总是同一标识 | Id of the number: the same for the same report, indicator, value and place
--   is_current = 所在报告是否为该机关该年度所采用的一份；否者，所采用的一份未列此数 | Whether its report is the current one on that agency and year; where not, the current one leaves the number out
--   reports = 该机关该年度现有几份年度报告；数字不一者见核验 I-T2 | How many annual reports on that agency and year are here; I-T2 tells where they differ
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
    r.published_on,
    r.source_path,
    f.report_id,
    f.observation_id,
    left(
        sha256(concat_ws('|', f.report_id, f.indicator_id, f.value, f.observation_id)), 16
    ) AS claim_id,
    r.is_current,
    r.reports
FROM fact_indicator AS f
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
JOIN dim_report AS r USING (report_id)
