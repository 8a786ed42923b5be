-- Of the reports that count. A fact of another publication may fill a gap; it stays here.
SELECT
    p.agency_id,
    p.year,
    g.* EXCLUDE (origin)
FROM store_gap AS g
JOIN publication AS p USING (origin, report_id)
WHERE p.feeds_facts AND p.is_live AND p.superseded_by IS NULL
ORDER BY g.indicator_id, p.year, p.agency_id
