-- What is said of facts far from what is usual: beyond 6 scales with a warning. An outlier is a
-- question, not an error.
WITH distant_in_words AS (
    SELECT
        *,
        TRY_CAST(usual AS DECIMAL(20, 6)) AS usual_exact,
        coalesce(plain(usual_exact), usual::VARCHAR) AS usual_text
    FROM distant
)
SELECT
    d.rule_id,
    rule.kind,
    CASE WHEN d.distance > 6 THEN rule.severity ELSE 'info' END AS severity,
    'fail' AS outcome,
    f.agency_id,
    f.year,
    f.report_id,
    [f.indicator_id] AS indicator_ids,
    d.usual_exact AS expected,
    f.value AS actual,
    TRY_CAST(f.value - d.usual_exact AS DECIMAL(20, 6)) AS difference,
    i.label_zh || ' ' || plain(f.value) || '，' || d.against_zh || '的中位数为 ' || d.usual_text
        || '，相差悬殊，请核对原文' AS message_zh,
    i.label_en || ' ' || plain(f.value) || '; the median of '
        || d.against_en || ' is ' || d.usual_text || '; look at the document' AS message_en,
    [f.observation_id] AS observation_ids,
    1 AS left_count,
    [f.value] AS counted
FROM distant_in_words AS d
JOIN fact_indicator AS f ON f.rowid = d.fact
JOIN dim_indicator AS i USING (indicator_no)
JOIN dim_rule AS rule ON rule.rule_id = d.rule_id
