SELECT
    c.* EXCLUDE (origin),
    p.agency_id,
    p.year
FROM store_check AS c
JOIN publication AS p USING (origin, report_id)
ORDER BY c.report_id, c.rule_id
