-- Of the reports that count, and of one on a year that was not over where nothing else is known of
-- that year. A fact of another publication may fill a gap; it stays here.
SELECT
    p.agency_id,
    p.year,
    g.* EXCLUDE (origin)
FROM store_gap AS g
JOIN publication AS p USING (origin, report_id)
WHERE p.feeds_facts AND p.is_live AND p.superseded_by IS NULL
UNION ALL BY NAME
SELECT
    p.agency_id,
    p.year,
    f.indicator_id,
    'year_not_over' AS status,
    f.observation_id,
    o.value_raw,
    []::VARCHAR[] AS candidates,
    f.report_id
FROM store_fact AS f
JOIN (
    SELECT p.origin, p.report_id, p.agency_id, p.year
    FROM publication AS p
    ANTI JOIN publication AS q
        ON q.agency_id = p.agency_id AND q.year = p.year AND q.feeds_facts
    WHERE NOT p.is_over
        AND p.doc_type = 'annual_report'
        AND NOT starts_with(p.agency_id, 'unresolved.')
    QUALIFY row_number() OVER (PARTITION BY p.agency_id, p.year ORDER BY p.report_id) = 1
) AS p USING (origin, report_id)
JOIN store_observation AS o USING (origin, report_id, observation_id)
ORDER BY indicator_id, year, agency_id
