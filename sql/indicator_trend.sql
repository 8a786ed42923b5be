-- zh: 指标走势：同一机关同一指标与上一年相比，并标出表式更换与缺年
-- en: Trend of an indicator: change on the year before, with marks where the form changed or a year is missing
-- grain: one row for each agency, indicator and year with a value
-- columns:
--   agency_id = 机关标识 | Agency
--   name_zh = 机关全称 | Full official name
--   level = 层级 | Tier of government
--   function = 职能代号 | What the agency does
--   province = 省级行政区 | Province
--   indicator_id = 指标标识 | Indicator
--   label_zh = 指标名称 | Chinese label
--   unit = 单位 | Unit
--   year = 年度 | Year
--   value = 数值 | Value
--   previous_year = 之前最近一个有值的年度 | The nearest earlier year with a value
--   previous_value = 该年数值 | Its value
--   change = 比上一年增减；缺年时为空 | Change on the year before, NULL where that year is missing
--   change_rate = 增减率；上一年为零或缺年时为空 | Change by the earlier value, NULL where that is 0 or missing
--   has_gap = 与之前年度之间有缺年 | True where years are missing in between
--   method_break = 表式更换，如 B→C；未更换为空 | Change of form, such as B→C; NULL where it is the same
-- example:
--   SELECT name_zh, year, value, change, round(100 * change_rate, 1) AS percent, method_break
--   FROM indicator_trend
--   WHERE indicator_id = 'requests.received'
--   ORDER BY name_zh, year
--   LIMIT 20
WITH step AS (
    SELECT
        f.agency_id,
        f.indicator_id,
        f.unit,
        f.year,
        f.value,
        r.template,
        lag(f.year) OVER line AS previous_year,
        lag(f.value) OVER line AS previous_value,
        lag(r.template) OVER line AS previous_template
    FROM fact_indicator AS f
    JOIN dim_report AS r USING (report_id)
    WINDOW line AS (PARTITION BY f.agency_id, f.indicator_id ORDER BY f.year)
)
SELECT
    s.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    s.indicator_id,
    i.label_zh,
    s.unit,
    s.year,
    s.value,
    s.previous_year,
    s.previous_value,
    CASE WHEN s.previous_year = s.year - 1
        THEN s.value - s.previous_value
    END AS change,
    CASE WHEN s.previous_year = s.year - 1
        THEN ((s.value - s.previous_value) / nullif(s.previous_value, 0))::DOUBLE
    END AS change_rate,
    coalesce(s.previous_year < s.year - 1, false) AS has_gap,
    CASE WHEN s.template <> s.previous_template
        THEN s.previous_template || '→' || s.template
    END AS method_break
FROM step AS s
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
