SELECT alias, agency_id, source
FROM declared_alias
SEMI JOIN dim_agency USING (agency_id)
UNION
SELECT agency_stated, agency_id, 'report'
FROM publication
WHERE agency_stated IS NOT NULL AND agency_id IS NOT NULL
ORDER BY agency_id, alias, source
