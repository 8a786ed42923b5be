-- Every value of a key that was published, with why it changed.
WITH revised AS (
    SELECT *
    FROM revision
    WHERE agency_id = $agency AND year = $year AND indicator_id = $indicator
),
begun AS (
    FROM vintage WHERE vintage = (SELECT max(vintage) FROM vintage WHERE previous IS NULL)
),
told AS (
    -- What the earliest revision found was there from the beginning, or else what is there now.
    SELECT
        b.published_at,
        b.publication,
        CASE WHEN r.vintage IS NULL THEN f.value ELSE r.old_value END AS value,
        'first' AS cause,
        CASE WHEN r.vintage IS NULL THEN f.report_id ELSE r.old_report_id END AS report_id
    FROM begun AS b
    LEFT JOIN (
        FROM revised WHERE vintage > (SELECT vintage FROM begun) ORDER BY vintage LIMIT 1
    ) AS r ON true
    LEFT JOIN fact_indicator AS f
        ON f.agency_id = $agency AND f.year = $year AND f.indicator_id = $indicator
    UNION ALL
    SELECT
        published_at,
        publication,
        new_value,
        cause,
        CASE WHEN cause = 'withheld' THEN old_report_id
            ELSE coalesce(new_report_id, old_report_id)
        END
    FROM revised
)
SELECT t.*, coalesce(r.source_path, (
        SELECT max_by(p.source_path, p.until) FROM report_past AS p
        WHERE p.report_id = t.report_id
    )) AS source_path
FROM told AS t
LEFT JOIN dim_report AS r USING (report_id)
ORDER BY t.published_at
