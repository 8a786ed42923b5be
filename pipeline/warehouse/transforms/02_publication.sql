-- Every report of those documents with its place in the line of publications for the same
-- agency and year. A replaced content counts only where a live one took over its place.
WITH dated AS (
    SELECT
        r.* EXCLUDE (origin),
        o.origin,
        o.source_path,
        o.is_live,
        o.first_seen,
        coalesce(r.published_on, o.first_seen::DATE) AS known_on,
        r.doc_type = 'annual_report'
            AND r.year IS NOT NULL
            AND r.agency_id IS NOT NULL
            AND NOT starts_with(r.agency_id, 'unresolved.') AS feeds_facts,
        CASE WHEN r.template = 'none' THEN u.form ELSE r.template END AS form
    FROM store_report AS r
    JOIN origin AS o USING (origin)
    LEFT JOIN declared_usual_form AS u ON r.year BETWEEN u.first_year AND u.last_year
),
placed AS (
    SELECT
        *,
        count(*) FILTER (is_live) OVER line AS live_in_line,
        row_number() OVER (
            line ORDER BY is_live, known_on, first_seen, source_path, part
        ) AS position,
        lead(report_id) OVER (
            line ORDER BY is_live, known_on, first_seen, source_path, part
        ) AS next_report,
        count(*) OVER line AS line_length
    FROM dated
    WHERE feeds_facts
    WINDOW line AS (PARTITION BY agency_id, year)
)
SELECT
    * EXCLUDE (live_in_line, next_report),
    next_report AS superseded_by
FROM placed
WHERE live_in_line > 0
UNION ALL BY NAME
SELECT
    *,
    1 AS position,
    1 AS line_length,
    NULL AS superseded_by
FROM dated
WHERE NOT feeds_facts AND is_live
