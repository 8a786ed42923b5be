-- Values far from what is usual: for the agency itself in other years (W-O1), and for its
-- peers in the same year (W-O2). Sizes are ln(1 + value). Usual is the median; the scale is
-- 1.4826 MAD, never below 0.3, with the counting noise 1 / (1 + median) added, so that 0
-- beside 3 is nothing odd. Beyond 4 scales a value is shown, beyond 6 with a warning.
-- Breakdowns by applicant are too thin to judge. An outlier is a question, not an error.
WITH judged AS NOT MATERIALIZED (
    SELECT
        f.agency_id,
        f.year,
        f.indicator_id,
        f.value::DOUBLE AS value,
        ln(1 + f.value)::DOUBLE AS size
    FROM fact_indicator AS f
    SEMI JOIN (FROM dim_indicator WHERE breakdown IS NULL) USING (indicator_id)
    WHERE f.value >= 0 AND f.source <> 'derived'
),
-- Windows and not groups: medians of millions of groups at once do not fit into memory.
own AS (
    SELECT
        agency_id,
        year,
        indicator_id,
        size,
        count(*) OVER series AS n,
        median(value) OVER series AS usual,
        mad(size) OVER series AS spread
    FROM judged
    WINDOW series AS (PARTITION BY indicator_id, agency_id)
),
peers AS (
    SELECT
        j.agency_id,
        j.year,
        j.indicator_id,
        j.size,
        count(*) OVER kind AS n,
        median(j.value) OVER kind AS usual,
        mad(j.size) OVER kind AS spread
    FROM judged AS j
    JOIN dim_agency AS a USING (agency_id)
    WINDOW kind AS (PARTITION BY j.indicator_id, j.year, a.level, a.function)
),
compared AS (
    SELECT
        *,
        'W-O1' AS rule_id,
        '本机关 ' || n || ' 年' AS against_zh,
        n || ' years of this agency' AS against_en
    FROM own
    WHERE n >= 5
    UNION ALL
    SELECT
        *,
        'W-O2',
        n || ' 个同类机关',
        n || ' agencies of its kind'
    FROM peers
    WHERE n >= 10
),
distant AS (
    SELECT
        *,
        TRY_CAST(usual AS DECIMAL(20, 6)) AS usual_exact,
        coalesce(regexp_replace(usual_exact::VARCHAR, '\.?0+$', ''), usual::VARCHAR) AS usual_text,
        greatest(1.4826 * spread, 0.3) AS scale,
        abs(size - ln(1 + usual)) / sqrt(scale * scale + 1 / (1 + usual)) AS distance
    FROM compared
    WHERE distance > 4
)
SELECT
    d.rule_id,
    rule.kind,
    CASE WHEN d.distance > 6 THEN rule.severity ELSE 'info' END AS severity,
    'fail' AS outcome,
    d.agency_id,
    d.year,
    f.report_id,
    [d.indicator_id] AS indicator_ids,
    d.usual_exact AS expected,
    f.value AS actual,
    TRY_CAST(f.value - d.usual_exact AS DECIMAL(20, 6)) AS difference,
    i.label_zh || ' ' || regexp_replace(f.value::VARCHAR, '\.?0+$', '') || '，'
        || d.against_zh
        || '的中位数为 ' || d.usual_text
        || '，相差悬殊，请核对原文' AS message_zh,
    i.label_en || ' ' || regexp_replace(f.value::VARCHAR, '\.?0+$', '') || '; the median of '
        || d.against_en || ' is '
        || d.usual_text
        || '; look at the document' AS message_en,
    [f.observation_id] AS observation_ids,
    1 AS left_count,
    [f.value] AS counted
FROM distant AS d
JOIN fact_indicator AS f USING (agency_id, year, indicator_id)
JOIN dim_indicator AS i ON i.indicator_id = d.indicator_id
JOIN dim_rule AS rule ON rule.rule_id = d.rule_id
