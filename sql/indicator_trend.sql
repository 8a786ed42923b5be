-- zh: 指标走势：同一机关同一指标与上一年相比，并标出口径断点与缺年
-- en: Trend of an indicator: change on the year before, with marks where the method changed or a year is missing
-- grain: one row for each agency, indicator and year with a value
-- columns:
--   agency_id, name_zh, level, function, province, indicator_id, label_zh, unit, year, value
--   previous_year = 之前最近一个有值的年度 | The nearest earlier year with a value
--   previous_value = 该年数值 | Its value
--   change = 比上一年增减；缺年、两年统计口径不同或任一年的数有矛盾时为空 | Change on the year before, NULL where that year is missing, the two have other scopes, or either value is disputed
--   change_rate = 增减率；上一年为零或增减为空时为空 | Change by the earlier value, NULL where that is 0 or the change is NULL
--   has_gap = 与之前年度之间有缺年 | True where years are missing in between
--   method_break, note_zh, note_en, scope
--   confidence = 可信度 | Confidence
--   errors_failing = 涉及它而未通过的 error 级核验数 | Checks of severity error that fail and name it
--   warnings_failing = 涉及它而未通过的 warn 级核验数 | The same of severity warn
--   standing = undisputed、doubtful 或 disputed；列出增减的，取两年中较差者 | undisputed, doubtful or disputed (dim_standing); where a change is given, the worse of both years
--   value_standing = 本年数值本身的可靠程度 | Standing of the value alone
--   previous_standing = 之前年度数值的可靠程度 | Standing of the earlier value
--   form
-- example:
--   SELECT name_zh, year, value, change, round(100 * change_rate, 1) AS percent, method_break, standing,
--     previous_standing
--   FROM indicator_trend
--   WHERE indicator_id = 'requests.received'
--   ORDER BY name_zh, year
--   LIMIT 20
WITH step AS (
    SELECT
        f.*,
        s.rank,
        s.is_set_aside,
        coalesce(j.joined_as, f.form) AS joined_as,
        j.relation,
        j.note_zh AS own_note_zh,
        j.note_en AS own_note_en,
        lag(f.year) OVER line AS previous_year,
        lag(f.value) OVER line AS previous_value,
        lag(f.standing) OVER line AS previous_standing,
        lag(s.rank) OVER line AS previous_rank,
        lag(s.is_set_aside) OVER line AS is_previous_set_aside,
        lag(f.form) OVER line AS previous_form,
        lag(f.scope) OVER line AS previous_scope,
        lag(coalesce(j.joined_as, f.form)) OVER line AS previous_joined_as,
        lag(j.relation) OVER line AS previous_relation,
        lag(j.note_zh) OVER line AS previous_note_zh,
        lag(j.note_en) OVER line AS previous_note_en
    FROM fact_indicator AS f
    JOIN dim_standing AS s USING (standing)
    LEFT JOIN indicator_form AS j ON j.indicator_id = f.indicator_id AND j.form = f.form
    WINDOW line AS (PARTITION BY f.agency_id, f.indicator_id ORDER BY f.year)
),
marked AS (
    SELECT
        *,
        -- What is disputed at either end says nothing of how much changed, nor do other scopes.
        previous_year = year - 1
            AND NOT is_set_aside
            AND NOT is_previous_set_aside
            AND scope = previous_scope AS has_change,
        CASE
            WHEN form <> previous_form
                AND (
                    joined_as <> previous_joined_as
                    OR 'comparable' IN (relation, previous_relation)
                )
                THEN previous_form || '→' || form
        END AS form_break,
        CASE WHEN scope <> previous_scope THEN previous_scope || '→' || scope END AS scope_break
    FROM step
)
SELECT
    m.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    m.indicator_id,
    i.label_zh,
    m.unit,
    m.year,
    m.value,
    m.previous_year,
    m.previous_value,
    CASE WHEN m.has_change THEN m.value - m.previous_value END AS change,
    CASE WHEN m.has_change
        THEN ((m.value - m.previous_value) / nullif(m.previous_value, 0))::DOUBLE
    END AS change_rate,
    coalesce(m.previous_year < m.year - 1, false) AS has_gap,
    nullif(concat_ws(' ', m.form_break, m.scope_break), '') AS method_break,
    coalesce(
        CASE WHEN m.scope_break IS NOT NULL THEN '两年统计口径不同，不可相比' END,
        m.own_note_zh,
        CASE WHEN m.form_break IS NOT NULL THEN m.previous_note_zh END
    ) AS note_zh,
    coalesce(
        CASE WHEN m.scope_break IS NOT NULL THEN 'the two years are of different scopes and not to be compared' END,
        m.own_note_en,
        CASE WHEN m.form_break IS NOT NULL THEN m.previous_note_en END
    ) AS note_en,
    m.scope,
    m.confidence,
    m.errors_failing,
    m.warnings_failing,
    CASE WHEN m.has_change AND m.previous_rank > m.rank THEN m.previous_standing ELSE m.standing END
        AS standing,
    m.standing AS value_standing,
    m.previous_standing,
    m.form
FROM marked AS m
JOIN dim_agency AS a USING (agency_id)
JOIN dim_indicator AS i USING (indicator_id)
