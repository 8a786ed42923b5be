-- zh: 跨表式序列：按对照表把各代表式接成一条，断点处有标记；只是名称相像的不接
-- en: Series joined across the forms by the crosswalk, with break marks; look-alikes are not joined
-- grain: one row for each series, agency and year whose parts are all reported
-- columns:
--   series_id = 序列标识 | Id of the series
--   label_zh = 序列名称 | Chinese name
--   label_en = 序列英文名称 | English name
--   unit = 单位 | Unit
--   agency_id = 机关标识 | Agency
--   name_zh = 机关全称 | Full official name
--   level = 层级 | Tier of government
--   function = 职能代号 | What the agency does
--   province = 省级行政区 | Province
--   year = 年度 | Year
--   value = 数值 | Value
--   template = 表式 | Form the value comes from
--   expression = 由哪些指标相加 | Indicators that were added up
--   relation = same 同一概念；comparable 可比但有断点 | same: the same concept as on other forms; comparable: with a break
--   method_break = 断点，如 B→C；无断点为空 | Break against the year before, such as B→C; NULL where there is none
--   note_zh = 断点说明 | What differs, in Chinese
--   note_en = 断点英文说明 | What differs, in English
-- example:
--   SELECT name_zh, year, value, template, method_break, note_zh
--   FROM series
--   WHERE series_id = 'requests.granted'
--   ORDER BY name_zh, year
--   LIMIT 20
WITH form AS (
    SELECT
        report_id,
        is_current,
        CASE
            WHEN template <> 'none' THEN template
            WHEN year <= 2013 THEN 'A'
            WHEN year <= 2018 THEN 'B'
            WHEN year <= 2020 THEN 'C'
            ELSE 'D'
        END AS template
    FROM dim_report
),
point AS (
    SELECT
        c.series_id,
        f.agency_id,
        f.year,
        c.template,
        any_value(c.label_zh) AS label_zh,
        any_value(c.label_en) AS label_en,
        any_value(c.unit) AS unit,
        any_value(c.relation) AS relation,
        any_value(c.note_zh) AS note_zh,
        any_value(c.note_en) AS note_en,
        sum(f.value) AS value,
        string_agg(f.indicator_id, ' + ' ORDER BY f.indicator_id) AS expression
    FROM crosswalk AS c
    JOIN fact_indicator AS f USING (indicator_id)
    JOIN form AS r ON r.report_id = f.report_id AND r.template = c.template
    GROUP BY c.series_id, f.agency_id, f.year, c.template
    HAVING count(*) = any_value(c.members)
    -- Where a correction came on another form, the form of the correction counts.
    QUALIFY row_number() OVER (
        PARTITION BY c.series_id, f.agency_id, f.year
        ORDER BY bool_or(r.is_current) DESC, c.template DESC
    ) = 1
),
joined AS (
    SELECT
        *,
        lag(template) OVER line AS previous_template,
        lag(relation) OVER line AS previous_relation
    FROM point
    WINDOW line AS (PARTITION BY series_id, agency_id ORDER BY year)
)
SELECT
    j.series_id,
    j.label_zh,
    j.label_en,
    j.unit,
    j.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    j.year,
    j.value,
    j.template,
    j.expression,
    j.relation,
    CASE
        WHEN j.template <> j.previous_template
            AND 'comparable' IN (j.relation, j.previous_relation)
            THEN j.previous_template || '→' || j.template
    END AS method_break,
    j.note_zh,
    j.note_en
FROM joined AS j
JOIN dim_agency AS a USING (agency_id)
