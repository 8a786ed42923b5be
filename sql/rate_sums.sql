-- zh: 比率的分子分母：视图 rates 由此而来，一般应查 rates
-- en: Numerators and denominators that the view rates is made of; ask rates first
-- grain: one row for each rate, agency, year and form whose whole is reported
-- columns:
--   topic
--   rate_id = 比率标识 | Id of the rate
--   agency_id, year, template
--   is_instead = 分子是否取自报告代各项而列的一行 | Whether the numerator is the one row that the report prints in the place of the form's
--   is_outcome = 是否为该表式办理结果之一 | Whether it is an outcome on that form
--   numerators = 分子的指标数，为空者该表式无此项 | How many indicators the numerator has; NULL where the form does not count it
--   least = 分母小于此数则无比率 | A smaller denominator gives no rate
--   relation, note_zh, note_en
--   label_zh = 比率名称 | Chinese name
--   label_en = 比率英文名称 | English name
--   numerator = 分子，部分有值者为其和 | Numerator; the sum of what is reported of it
--   denominator
--   found = 分子中有值的指标数 | How many indicators of the numerator are reported
--   scope = 统计口径 | Whose numbers
--   is_mixed = 所含各数是否出自几份报告或统计口径不一；是者无比率 | Whether its numbers are of several reports or scopes, which makes no rate
--   is_from_sentence = 分母是否取自正文，而非统计表 | Whether the denominator stands in a sentence, not in a table
--   confidence, errors_failing, warnings_failing
--   worst = 所含各数中最差的可靠程度的序号 | Rank of the worst standing in it (dim_standing)
--   numerator_ids = 分子的全部指标，无论有值与否 | All indicators of the numerator, reported or not
--   denominator_ids = 分母指标 | Indicators of the denominator
-- example:
--   SELECT rate_id, template, count(*) AS agency_years, count(*) FILTER (found = numerators) AS whole
--   FROM rate_sums
--   WHERE rate_id = 'denied'
--   GROUP BY ALL
--   ORDER BY ALL
WITH summed AS (
    SELECT
        t.topic,
        t.rate_id,
        t.template,
        f.agency_id,
        f.year,
        sum(f.value) FILTER (t.role = 'numerator') AS numerator,
        sum(f.value) FILTER (t.role = 'denominator') AS denominator,
        count(*) FILTER (t.role = 'numerator') AS found,
        count(*) FILTER (t.role = 'denominator') AS whole,
        min(f.scope) AS scope,
        min(f.position) <> max(f.position) OR min(f.scope) <> max(f.scope) AS is_mixed,
        bool_or(f.source = 'narrative') FILTER (t.role = 'denominator') AS is_from_sentence,
        min(f.confidence) FILTER (t.role <> 'instead') AS confidence,
        max(f.errors_failing) FILTER (t.role <> 'instead') AS errors_failing,
        max(f.warnings_failing) FILTER (t.role <> 'instead') AS warnings_failing,
        max(s.rank) FILTER (t.role <> 'instead') AS worst,
        any_value({
            value: f.value,
            confidence: f.confidence,
            errors: f.errors_failing,
            warnings: f.warnings_failing,
            worst: s.rank
        }) FILTER (t.role = 'instead') AS one_row
    FROM rate_term AS t
    JOIN dim_indicator AS i USING (indicator_id)
    JOIN fact_indicator AS f ON f.indicator_no = i.indicator_no AND f.form = t.template
    JOIN dim_standing AS s USING (standing)
    GROUP BY t.topic, t.rate_id, t.template, f.agency_id, f.year
)
SELECT
    topic,
    rate_id,
    agency_id,
    year,
    template,
    s.one_row IS NOT NULL AND s.found < d.numerators AS is_instead,
    d.is_outcome,
    d.numerators,
    d.least,
    d.relation,
    d.note_zh,
    d.note_en,
    d.label_zh,
    d.label_en,
    CASE WHEN is_instead THEN s.one_row.value ELSE s.numerator END AS numerator,
    s.denominator,
    CASE WHEN is_instead THEN d.numerators ELSE s.found END AS found,
    s.scope,
    s.is_mixed,
    s.is_from_sentence,
    -- `greatest` and `least` pass over NULL.
    least(s.confidence, CASE WHEN is_instead THEN s.one_row.confidence END) AS confidence,
    greatest(s.errors_failing, CASE WHEN is_instead THEN s.one_row.errors END) AS errors_failing,
    greatest(s.warnings_failing, CASE WHEN is_instead THEN s.one_row.warnings END)
        AS warnings_failing,
    greatest(s.worst, CASE WHEN is_instead THEN s.one_row.worst END) AS worst,
    CASE WHEN is_instead THEN d.instead_ids ELSE d.numerator_ids END AS numerator_ids,
    d.denominator_ids
FROM summed AS s
JOIN rate_definition AS d USING (topic, rate_id, template)
WHERE s.whole = d.denominators
