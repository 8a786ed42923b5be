-- zh: 分省合计：同一口径、同一层级、同一职能之内求和，并列出多少家中有多少家有数
-- en: Totals by province: sums over one scope, one tier and one function, with how many of how many agencies they come from
-- grain: one row for each indicator, year, province, level, function, scope, unit and group of joined forms
-- columns:
--   indicator_id, label_zh, label_en, unit, year, province, level
--   function = 职能代号；政府报告已含其部门，二者不可相加 | What the agencies do; a government's report sums up its agencies, so never add these up
--   scope = 统计口径；不同口径不可相加 | Whose numbers: agency, system or region; never add up over scopes
--   forms = 所含表式 | Forms of the reports in it
--   total = 合计，不含有矛盾的数；全部有矛盾时为空 | The sum without disputed values, NULL where all are disputed
--   n = 合计所含机关数 | Agencies in the sum
--   agencies = 该省该层级该职能当年应有的机关数，尚未设立或已撤并的不计（见 coverage） | Agencies of that province, level and function known for the year, without those not yet set up or abolished then (see coverage)
--   set_aside = 因有矛盾而未计入的机关数 | Agencies set aside, since their value is disputed
--   set_aside_total = 未计入之数的合计 | What their values add up to
--   elsewhere, without_number
--   without_report = 其中当年无报告的机关数 | Of these, agencies without a report for the year
--   confidence
--   standing = 所含各数中最差者 | The worst standing of the numbers in it
-- example:
--   SELECT year, level, scope, total, n, agencies, set_aside, without_number, without_report
--   FROM region_totals
--   WHERE indicator_id = 'requests.received' AND province = '山东省' AND function = 'government'
--   ORDER BY year, level, scope
--   LIMIT 40
WITH summed AS (
    SELECT
        f.indicator_id,
        f.unit,
        f.year,
        a.province,
        a.level,
        a.function,
        f.scope,
        coalesce(j.joined_as, f.form) AS joined_as,
        list_sort(list(DISTINCT f.form)) AS forms,
        sum(f.value) FILTER (NOT s.is_set_aside) AS total,
        count(*) FILTER (NOT s.is_set_aside) AS n,
        count(*) FILTER (s.is_set_aside) AS set_aside,
        sum(f.value) FILTER (s.is_set_aside) AS set_aside_total,
        min(f.confidence) FILTER (NOT s.is_set_aside) AS confidence,
        coalesce(max(s.rank) FILTER (NOT s.is_set_aside), max(s.rank)) AS worst
    FROM fact_indicator AS f
    JOIN dim_agency AS a USING (agency_id)
    JOIN dim_standing AS s USING (standing)
    LEFT JOIN indicator_form AS j ON j.indicator_id = f.indicator_id AND j.form = f.form
    WHERE a.province IS NOT NULL
    GROUP BY ALL
),
counted AS (
    SELECT
        *,
        sum(n + set_aside) OVER (
            PARTITION BY indicator_id, year, province, level, function
        )::BIGINT AS with_number
    FROM summed
)
SELECT
    c.indicator_id,
    i.label_zh,
    i.label_en,
    c.unit,
    c.year,
    c.province,
    c.level,
    c.function,
    c.scope,
    c.forms,
    c.total,
    c.n,
    p.agencies,
    c.set_aside,
    c.set_aside_total,
    c.with_number - c.n - c.set_aside AS elsewhere,
    p.reports - c.with_number AS without_number,
    p.agencies - p.reports AS without_report,
    c.confidence,
    s.standing
FROM counted AS c
JOIN dim_indicator AS i USING (indicator_id)
JOIN dim_standing AS s ON s.rank = c.worst
JOIN peer_group AS p
    ON p.province = c.province AND p.level = c.level AND p.function = c.function
    AND p.year = c.year
