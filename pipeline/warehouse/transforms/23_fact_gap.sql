-- Of the reports that count: where several do, of the one a table of the form is taken from. What is
-- withheld is a gap as well, and so is what a report says on a year that was not over, where nothing
-- else is known of that year. A sentence may give what the table leaves open; the gap stays here.
WITH withheld AS (
    SELECT agency_id, year, indicator_id, report_id, observation_id
    FROM stated
    WHERE is_withheld AND line_length = 1
    UNION ALL
    SELECT agency_id, year, indicator_id, report_id, observation_id
    FROM candidate
    WHERE is_withheld AND rank = 1
),
open AS (
    SELECT p.agency_id, p.year, g.* EXCLUDE (origin)
    FROM store_gap AS g
    JOIN ranked_report AS p USING (origin, report_id)
    WHERE p.feeds_facts AND p.is_live AND p.line_length = 1
    UNION ALL BY NAME
    SELECT p.agency_id, p.year, g.* EXCLUDE (origin)
    FROM store_gap AS g
    JOIN ranked_report AS p USING (origin, report_id)
    JOIN declared_indicator AS i USING (indicator_id)
    JOIN block_source AS b ON b.report_id = g.report_id AND b.block = i.block
)
SELECT *
FROM open
ANTI JOIN withheld USING (agency_id, year, indicator_id)
UNION ALL BY NAME
SELECT
    w.*,
    'withheld' AS status,
    o.value_raw,
    []::VARCHAR[] AS candidates
FROM withheld AS w
JOIN ranked_report AS p USING (report_id)
JOIN store_observation AS o
    ON o.origin = p.origin AND o.report_id = w.report_id AND o.observation_id = w.observation_id
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
    FROM ranked_report AS p
    ANTI JOIN ranked_report AS q
        ON q.agency_id = p.agency_id AND q.year = p.year AND q.feeds_facts
    WHERE NOT p.is_over
        AND p.doc_type = 'annual_report'
        AND NOT starts_with(p.agency_id, 'unresolved.')
    QUALIFY row_number() OVER (PARTITION BY p.agency_id, p.year ORDER BY p.report_id) = 1
) AS p USING (origin, report_id)
JOIN store_observation AS o USING (origin, report_id, observation_id)
ORDER BY indicator_id, year, agency_id
