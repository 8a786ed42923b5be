-- Values far from what is usual: for the agency itself in other years, and for its peers in
-- the same year. Median and MAD of ln(1 + value); the scale never falls below a spread of
-- 0.3 and has the counting noise 1 / (1 + median) added, so that 0 beside 3 is nothing odd.
-- Breakdowns by applicant are too thin to judge. An outlier is a question, not an error.
WITH judged AS (
    SELECT
        f.agency_id,
        f.year,
        f.indicator_id,
        f.value,
        f.report_id,
        f.observation_id,
        ln(1 + f.value)::FLOAT AS size,
        a.level,
        a.function
    FROM fact_indicator AS f
    JOIN dim_agency AS a USING (agency_id)
    SEMI JOIN (SELECT indicator_id FROM dim_indicator WHERE breakdown IS NULL)
        USING (indicator_id)
    WHERE f.value >= 0 AND f.source <> 'derived'
),
own AS (
    SELECT
        agency_id,
        indicator_id,
        count(*) AS n,
        median(value::DOUBLE)::DECIMAL(18, 1) AS usual,
        median(size) AS middle,
        greatest(1.4826 * mad(size), 0.3) AS spread
    FROM judged
    GROUP BY agency_id, indicator_id
    HAVING count(*) >= 5
),
peers AS (
    SELECT
        indicator_id,
        year,
        level,
        function,
        count(*) AS n,
        median(value::DOUBLE)::DECIMAL(18, 1) AS usual,
        median(size) AS middle,
        greatest(1.4826 * mad(size), 0.3) AS spread
    FROM judged
    GROUP BY indicator_id, year, level, function
    HAVING count(*) >= 10
),
measured AS (
    SELECT 'W-O1' AS rule_id, j.*, o.n, o.usual, o.middle, o.spread
    FROM judged AS j
    JOIN own AS o USING (agency_id, indicator_id)
    UNION ALL BY NAME
    SELECT 'W-O2' AS rule_id, j.*, p.n, p.usual, p.middle, p.spread
    FROM judged AS j
    JOIN peers AS p USING (indicator_id, year, level, function)
),
distant AS (
    SELECT
        *,
        abs(size - middle) / sqrt(spread * spread + exp(-middle)) AS distance
    FROM measured
    WHERE abs(size - middle) > 4 * spread
)
SELECT
    d.rule_id,
    'outlier' AS kind,
    CASE WHEN d.distance > 6 THEN 'warn' ELSE 'info' END AS severity,
    'fail' AS outcome,
    d.agency_id,
    d.year,
    d.report_id,
    [d.indicator_id] AS indicator_ids,
    d.usual::DECIMAL(18, 4) AS expected,
    d.value AS actual,
    (d.value - d.usual)::DECIMAL(18, 4) AS difference,
    i.label_zh || ' ' || regexp_replace(d.value::VARCHAR, '\.?0+$', '') || '，'
        || CASE d.rule_id WHEN 'W-O1' THEN '本机关 ' || d.n || ' 年' ELSE d.n || ' 个同类机关' END
        || '的中位数为 ' || regexp_replace(d.usual::VARCHAR, '\.0$', '')
        || '，相差悬殊，请核对原文' AS message_zh,
    i.label_en || ' ' || regexp_replace(d.value::VARCHAR, '\.?0+$', '') || '; the median of '
        || CASE d.rule_id WHEN 'W-O1' THEN d.n || ' years of this agency'
            ELSE d.n || ' agencies of its kind' END
        || ' is ' || regexp_replace(d.usual::VARCHAR, '\.0$', '')
        || '; look at the document' AS message_en,
    [d.observation_id] AS observation_ids
FROM distant AS d
JOIN dim_indicator AS i USING (indicator_id)
WHERE d.distance > 4
