-- zh: 跨表式序列：按对照表把各代表式接成一条，断点处有标记；只是名称相像的不接
-- en: Series joined across the forms by the crosswalk, with break marks; look-alikes are not joined
-- grain: one row for each series, agency and year whose parts are all reported
-- columns:
--   series_id = 序列标识 | Id of the series
--   label_zh = 序列名称 | Chinese name
--   label_en = 序列英文名称 | English name
--   unit, agency_id, name_zh, level, function, province, year, value
--   template = 表式 | Form the value comes from
--   expression = 由哪些指标相加 | Indicators that were added up
--   relation, method_break, note_zh, note_en, scope, confidence, errors_failing, warnings_failing
--   standing = undisputed、doubtful 或 disputed，取所含各数中最差者 | undisputed, doubtful or disputed (dim_standing), the worst of the numbers in it
-- example:
--   SELECT name_zh, year, value, template, method_break, note_zh
--   FROM series
--   WHERE series_id = 'requests.granted'
--   ORDER BY name_zh, year
--   LIMIT 20
WITH defined AS (
    SELECT
        series_id,
        template,
        any_value(label_zh) AS label_zh,
        any_value(label_en) AS label_en,
        any_value(unit) AS unit,
        any_value(relation) AS relation,
        any_value(note_zh) AS note_zh,
        any_value(note_en) AS note_en,
        any_value(members) AS members,
        string_agg(indicator_id, ' + ' ORDER BY indicator_id) AS expression,
        is_instead
    FROM crosswalk
    GROUP BY series_id, template, is_instead
),
summed AS (
    SELECT
        c.series_id,
        c.template,
        c.is_instead,
        f.agency_id,
        f.year,
        count(*) AS found,
        min(f.scope) AS scope,
        min(f.position) <> max(f.position) OR min(f.scope) <> max(f.scope) AS is_mixed,
        min(f.confidence) AS confidence,
        max(f.errors_failing) AS errors_failing,
        max(f.warnings_failing) AS warnings_failing,
        max(s.rank) AS worst,
        sum(f.value) AS value
    FROM crosswalk AS c
    JOIN dim_indicator AS i USING (indicator_id)
    JOIN fact_indicator AS f ON f.indicator_no = i.indicator_no AND f.form = c.template
    JOIN dim_standing AS s USING (standing)
    GROUP BY c.series_id, c.template, c.is_instead, f.agency_id, f.year
),
point AS (
    SELECT s.*
    FROM summed AS s
    JOIN defined AS d USING (series_id, template, is_instead)
    WHERE s.found = d.members AND NOT s.is_mixed
    -- A correction on another form leaves no table of the report it corrects. Where sentences tell
    -- of a year on another form, the later form counts; the rows of a form count before the one
    -- that some reports print in their place.
    QUALIFY row_number() OVER (
        PARTITION BY series_id, s.agency_id, s.year
        ORDER BY template DESC, is_instead
    ) = 1
),
joined AS (
    SELECT
        *,
        lag(template) OVER line AS previous_template,
        CASE WHEN scope <> lag(scope) OVER line
            THEN lag(scope) OVER line || '→' || scope
        END AS scope_break
    FROM point
    WINDOW line AS (PARTITION BY series_id, agency_id ORDER BY year)
),
marked AS (
    SELECT
        j.*,
        d.* EXCLUDE (series_id, template, is_instead, members),
        CASE
            WHEN j.template <> p.template AND 'comparable' IN (d.relation, p.relation)
                THEN p.template || '→' || j.template
        END AS form_break,
        p.note_zh AS previous_note_zh,
        p.note_en AS previous_note_en
    FROM joined AS j
    JOIN defined AS d
        ON d.series_id = j.series_id AND d.template = j.template AND d.is_instead = j.is_instead
    LEFT JOIN defined AS p
        ON p.series_id = j.series_id AND p.template = j.previous_template AND NOT p.is_instead
)
SELECT
    m.series_id,
    m.label_zh,
    m.label_en,
    m.unit,
    m.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    m.year,
    m.value,
    m.template,
    m.expression,
    m.relation,
    nullif(concat_ws(' ', m.form_break, m.scope_break), '') AS method_break,
    coalesce(
        CASE WHEN m.scope_break IS NOT NULL THEN '两年统计口径不同，不可相比' END,
        m.note_zh,
        CASE WHEN m.form_break IS NOT NULL THEN m.previous_note_zh END
    ) AS note_zh,
    coalesce(
        CASE WHEN m.scope_break IS NOT NULL THEN 'the two years are of different scopes and not to be compared' END,
        m.note_en,
        CASE WHEN m.form_break IS NOT NULL THEN m.previous_note_en END
    ) AS note_en,
    m.scope,
    m.confidence,
    m.errors_failing,
    m.warnings_failing,
    s.standing
FROM marked AS m
JOIN dim_agency AS a USING (agency_id)
JOIN dim_standing AS s ON s.rank = m.worst
