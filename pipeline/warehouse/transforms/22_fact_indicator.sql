SELECT
    p.agency_id,
    p.year,
    f.indicator_id,
    f.value,
    f.unit,
    f.source,
    f.qualifier,
    f.report_id,
    f.observation_id
FROM store_fact AS f
JOIN publication AS p USING (origin, report_id)
WHERE p.feeds_facts AND p.line_length = 1
UNION ALL
SELECT agency_id, year, indicator_id, value, unit, source, qualifier, report_id, observation_id
FROM claim
WHERE rank = 1 AND is_live
ORDER BY indicator_id, year, agency_id
