-- Facts far from what is usual: for the agency itself in other years (W-O1), and for its
-- peers in the same year (W-O2), within one scope. Sizes are ln(1 + value). Usual is the median; the scale is
-- 1.4826 MAD, never below 0.3, with the counting noise 1 / (1 + median) added, so that 0
-- beside 3 is nothing odd. Beyond 4 scales a value is far. Breakdowns by applicant are too
-- thin to judge.
WITH agency AS (
    SELECT
        agency_id,
        row_number() OVER () AS agency_no,
        dense_rank() OVER (ORDER BY level, function) AS kind_no
    FROM dim_agency
),
-- Numbers and no texts: all of it is sorted twice.
judged AS NOT MATERIALIZED (
    SELECT
        f.rowid AS fact,
        f.indicator_no,
        f.year,
        list_position(['agency', 'system', 'region', 'unknown'], f.scope)::UTINYINT AS scope_no,
        a.agency_no,
        a.kind_no,
        f.value::DOUBLE AS value,
        ln(1 + f.value)::DOUBLE AS size
    FROM fact_indicator AS f
    JOIN agency AS a USING (agency_id)
    SEMI JOIN (FROM dim_indicator WHERE breakdown IS NULL) AS i
        ON i.indicator_no = f.indicator_no
    WHERE f.value >= 0 AND f.source <> 'derived'
),
-- Windows and not groups: medians of millions of groups at once do not fit into memory.
own AS (
    SELECT
        fact,
        size,
        count(*) OVER series AS n,
        median(value) OVER series AS usual,
        mad(size) OVER series AS spread
    FROM judged
    WINDOW series AS (PARTITION BY indicator_no, agency_no, scope_no)
),
peers AS (
    SELECT
        fact,
        size,
        count(*) OVER kind AS n,
        median(value) OVER kind AS usual,
        mad(size) OVER kind AS spread
    FROM judged
    WINDOW kind AS (PARTITION BY indicator_no, year, kind_no, scope_no)
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
)
SELECT
    fact,
    rule_id,
    against_zh,
    against_en,
    usual,
    greatest(1.4826 * spread, 0.3) AS scale,
    abs(size - ln(1 + usual)) / sqrt(scale * scale + 1 / (1 + usual)) AS distance
FROM compared
WHERE distance > 4
