SELECT agency_id, successor_id, year, relation
FROM declared_succession
WHERE agency_id IN (SELECT agency_id FROM dim_agency)
    OR successor_id IN (SELECT agency_id FROM dim_agency)
ORDER BY agency_id, successor_id, year
