-- Facts, and lines without a value where a current report has none.
WITH given AS (
    SELECT
        f.agency_id, f.year, f.indicator_id, i.measure, i.breakdown, f.value,
        CASE WHEN f.qualifier <> 'exact' OR f.source IN ('derived', 'reconstructed')
            THEN 'E' ELSE 'A' END AS status,
        f.unit, f.scope, f.confidence, f.errors_failing, f.warnings_failing, f.standing,
        f.report_id, f.observation_id
    FROM fact_indicator AS f
    JOIN dim_indicator AS i USING (indicator_id)
),
withheld AS (
    SELECT
        r.agency_id, r.year, o.indicator_id, i.measure, i.breakdown, NULL AS value,
        CASE o.value_status WHEN 'not_applicable' THEN 'M' WHEN 'masked' THEN 'Q' ELSE 'O' END
            AS status,
        i.unit, r.scope, NULL, NULL, NULL, NULL, o.report_id, o.observation_id
    FROM observation AS o
    JOIN dim_report AS r USING (report_id)
    JOIN dim_indicator AS i USING (indicator_id)
    WHERE o.value_status IN ('blank', 'dash', 'not_applicable', 'masked', 'unreadable')
        AND o.source = 'table' AND o.year IS NULL AND r.is_current
        AND r.doc_type = 'annual_report'
        AND r.agency_id IS NOT NULL AND NOT starts_with(r.agency_id, 'unresolved.')
        AND r.year IS NOT NULL
        AND NOT EXISTS (
            FROM fact_indicator AS f
            WHERE f.agency_id = r.agency_id AND f.year = r.year
                AND f.indicator_id = o.indicator_id
        )
    QUALIFY row_number() OVER (
        PARTITION BY r.agency_id, r.year, o.indicator_id ORDER BY o.observation_id
    ) = 1
)
SELECT
    'dataflow', '{structure}', 'I', replace(agency_id, '.', '-'), replace(measure, '.', '-'),
    coalesce(replace(breakdown, '.', '-'), '_T'), year, value, status, unit, scope,
    confidence, errors_failing, warnings_failing, standing, report_id, observation_id
FROM (FROM given UNION ALL FROM withheld)
WHERE {where}
