SELECT agency_id, year, indicator_id, value, unit, source, qualifier, report_id, observation_id
FROM stated
WHERE line_length = 1
UNION ALL
SELECT agency_id, year, indicator_id, value, unit, source, qualifier, report_id, observation_id
FROM claim
WHERE rank = 1 AND is_live
ORDER BY indicator_id, year, agency_id
