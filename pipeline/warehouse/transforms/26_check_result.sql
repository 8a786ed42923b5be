SELECT
    c.* EXCLUDE (origin),
    p.agency_id,
    p.year
FROM store_check AS c
JOIN publication AS p USING (origin, report_id)
UNION ALL BY NAME
FROM cross_year
UNION ALL BY NAME
FROM repeated
ORDER BY report_id, rule_id
