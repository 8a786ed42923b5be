SELECT DISTINCT
    agency_stated AS alias,
    agency_id,
    'report' AS source
FROM publication
WHERE agency_stated IS NOT NULL AND agency_id IS NOT NULL
ORDER BY agency_id, alias
