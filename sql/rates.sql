-- zh: 比率：人们所比较的每一种比率，定义一次，跨表式同口径，断点处有标记
-- en: Rates: every rate that people compare, defined once, like for like across the forms, with break marks
-- grain: one row for each rate, agency and year whose numerator and denominator are reported; not_told wherever the whole is
-- columns:
--   rate_id = 比率标识；在各表式中含义相同 | Id of the rate; it means one thing on all forms
--   label_zh = 比率名称 | Chinese name
--   label_en = 比率英文名称 | English name
--   topic, agency_id, name_zh, level, function, province, year
--   numerator = 分子；not_told 为分母减去已列明者，所列超过总数时为负 | Numerator; for not_told what is left of the denominator, negative where the parts exceed the whole
--   denominator, rate, rate_low, rate_high, template, relation, method_break, note_zh, note_en,
--   scope, confidence, errors_failing, warnings_failing
--   standing = undisputed、doubtful 或 disputed，取所含各数中最差者；比率越出 0 至 1 者为 disputed，分母取自正文，或有一类只列出部分分项的 not_told 至少为 doubtful | undisputed, doubtful or disputed (dim_standing), the worst of the numbers in it; disputed too where the rate is outside 0 to 1, and not_told doubtful where the whole stands in a sentence or an outcome is told in some of its parts only
--   numerator_ids = 分子指标（相加） | Indicators that add up to the numerator
--   denominator_ids = 分母指标（相加） | Indicators that add up to the denominator
--   is_outcome = 是否为办理结果之一；同一机关、年度的各结果与 not_told 合为一 | Whether it is an outcome; with not_told those of an agency and year add up to one
-- example:
--   SELECT name_zh, year, numerator, denominator, round(100 * rate, 1) AS percent, method_break, note_zh
--   FROM rates
--   WHERE rate_id = 'granted' AND standing = 'undisputed'
--   ORDER BY name_zh, year
--   LIMIT 20
WITH newest AS NOT MATERIALIZED (
    -- Where an agency reported a year on two forms, the newer one counts, and nothing beside it.
    FROM rate_sums
    QUALIFY template = max(template) OVER (PARTITION BY topic, rate_id, agency_id, year)
),
point AS (
    -- What only the definition says is joined to it last: windows carry what they need alone.
    SELECT
        topic,
        rate_id,
        agency_id,
        year,
        template,
        is_instead,
        numerator,
        denominator,
        scope,
        confidence,
        errors_failing,
        warnings_failing,
        worst,
        NULL AS in_parts
    FROM newest
    WHERE numerators > 0 AND found = numerators AND NOT is_mixed
    UNION ALL
    SELECT
        p.topic,
        p.rate_id,
        p.agency_id,
        p.year,
        p.template,
        false,
        p.denominator - coalesce(t.numerator, 0),
        p.denominator,
        p.scope,
        least(p.confidence, t.confidence),
        greatest(p.errors_failing, t.errors_failing),
        greatest(p.warnings_failing, t.warnings_failing),
        -- A sentence need not name every outcome, and naming some it may not be read whole. What is
        -- told of some parts of an outcome is in the rest as well, where others stand blank.
        greatest(p.worst, t.worst, CASE
            WHEN p.is_from_sentence OR t.in_parts IS NOT NULL THEN d.rank
        END),
        t.in_parts
    FROM newest AS p
    JOIN dim_standing AS d ON d.standing = 'doubtful'
    LEFT JOIN (
        SELECT
            agency_id,
            year,
            template,
            sum(numerator) FILTER (is_whole) AS numerator,
            min(confidence) FILTER (is_whole) AS confidence,
            max(errors_failing) FILTER (is_whole) AS errors_failing,
            max(warnings_failing) FILTER (is_whole) AS warnings_failing,
            max(worst) FILTER (is_whole) AS worst,
            bool_or(is_mixed) FILTER (is_whole) AS is_mixed,
            sum(numerator) FILTER (NOT is_whole) AS in_parts
        FROM (
            SELECT *, found = numerators AS is_whole
            FROM rate_sums
            WHERE is_outcome AND numerators > 0 AND found > 0
        )
        GROUP BY agency_id, year, template
    ) AS t USING (agency_id, year, template)
    WHERE p.topic = 'outcomes'
        AND p.rate_id = 'not_told'
        AND NOT p.is_mixed
        AND t.is_mixed IS NOT TRUE
),
followed AS (
    SELECT
        *,
        lag(template) OVER line AS previous_template,
        CASE WHEN scope <> lag(scope) OVER line
            THEN lag(scope) OVER line || '→' || scope
        END AS scope_break
    FROM point
    WINDOW line AS (PARTITION BY topic, rate_id, agency_id ORDER BY year)
),
joined AS (
    SELECT
        f.*,
        d.* EXCLUDE (topic, rate_id, template, numerator_ids, instead_ids),
        coalesce(CASE WHEN f.is_instead THEN d.instead_ids ELSE d.numerator_ids END, [])
            AS numerator_ids,
        numerator < 0 OR numerator > denominator AS is_impossible,
        CASE WHEN denominator >= d.least THEN (numerator / denominator)::DOUBLE END AS rate,
        CASE WHEN NOT is_impossible THEN rate END AS share,
        1.959964 AS z,
        share + z * z / (2 * denominator) AS centre,
        z * sqrt(share * (1 - share) / denominator + (z / (2 * denominator)) ** 2) AS margin,
        CASE
            WHEN f.template <> p.template AND 'comparable' IN (d.relation, p.relation)
                THEN p.template || '→' || f.template
        END AS form_break,
        p.note_zh AS previous_note_zh,
        p.note_en AS previous_note_en
    FROM followed AS f
    JOIN rate_definition AS d USING (topic, rate_id, template)
    LEFT JOIN rate_definition AS p
        ON p.topic = f.topic AND p.rate_id = f.rate_id AND p.template = f.previous_template
)
SELECT
    j.rate_id,
    j.label_zh,
    j.label_en,
    j.topic,
    j.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    j.year,
    j.numerator,
    j.denominator,
    j.rate,
    -- `greatest` and `least` pass over NULL.
    CASE WHEN share IS NOT NULL
        THEN greatest(0, (centre - margin) / (1 + z * z / denominator))
    END AS rate_low,
    CASE WHEN share IS NOT NULL
        THEN least(1, (centre + margin) / (1 + z * z / denominator))
    END AS rate_high,
    j.template,
    j.relation,
    nullif(concat_ws(' ', j.form_break, j.scope_break), '') AS method_break,
    CASE
        WHEN j.in_parts IS NOT NULL
            THEN format('其中 {} 件印在分项中，其所属一类另有空格或未读出的行', j.in_parts::BIGINT)
        WHEN j.scope_break IS NOT NULL THEN '两年统计口径不同，不可相比'
        ELSE coalesce(j.note_zh, CASE WHEN j.form_break IS NOT NULL THEN previous_note_zh END)
    END AS note_zh,
    CASE
        WHEN j.in_parts IS NOT NULL THEN format(
            '{} of these are printed in rows of an outcome that has other rows blank or not read',
            j.in_parts::BIGINT
        )
        WHEN j.scope_break IS NOT NULL
            THEN 'the two years are of different scopes and not to be compared'
        ELSE coalesce(j.note_en, CASE WHEN j.form_break IS NOT NULL THEN previous_note_en END)
    END AS note_en,
    j.scope,
    j.confidence,
    j.errors_failing,
    j.warnings_failing,
    s.standing,
    j.numerator_ids,
    j.denominator_ids,
    j.is_outcome
FROM joined AS j
JOIN dim_agency AS a USING (agency_id)
JOIN dim_standing AS s
    ON s.rank = CASE WHEN is_impossible THEN (SELECT max(rank) FROM dim_standing) ELSE worst END
