SELECT DISTINCT
    agency_stated AS alias,
    agency_id,
    'report' AS source
FROM ranked_report
WHERE agency_stated IS NOT NULL AND agency_id IS NOT NULL
UNION ALL
SELECT
    former_id AS alias,
    agency_id,
    'former_id' AS source
FROM declared_renamed_id
WHERE agency_id IN (SELECT agency_id FROM dim_agency)
    AND former_id NOT IN (SELECT agency_id FROM dim_agency)
ORDER BY agency_id, alias, source
