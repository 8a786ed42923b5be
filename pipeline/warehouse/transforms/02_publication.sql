-- Every report of those documents with its place in the line of publications for the same
-- agency and year. A replaced content counts only where a live one took over its place.
-- Copies of one publication, told by values that agree, are as new as the newest of them;
-- the one that gives most values as printed in cells is last, and so the current one. A report
-- on a year that was not over when its document was first seen has its year from a slip, and
-- gives no facts; some are made a month early.
WITH dated AS (
    SELECT
        r.* EXCLUDE (origin),
        o.origin,
        o.source_path,
        o.is_live,
        o.first_seen,
        coalesce(r.published_on, o.first_seen::DATE) AS known_on,
        o.first_seen::DATE >= coalesce(
            CASE WHEN year(r.period_end) = r.year THEN r.period_end END,
            make_date(r.year, 12, 31)
        ) - 31 AS is_over,
        r.doc_type = 'annual_report'
            AND r.year IS NOT NULL
            AND is_over
            AND r.agency_id IS NOT NULL
            AND NOT starts_with(r.agency_id, 'unresolved.') AS feeds_facts,
        CASE WHEN r.template = 'none' THEN u.form ELSE r.template END AS form
    FROM store_report AS r
    JOIN origin AS o USING (origin)
    LEFT JOIN declared_usual_form AS u ON r.year BETWEEN u.first_year AND u.last_year
),
several AS (
    FROM dated
    WHERE feeds_facts AND is_live
    QUALIFY count(*) OVER (PARTITION BY agency_id, year) > 1
),
alike AS (
    SELECT one.report_id, other.known_on, other.first_seen
    FROM several AS one
    JOIN several AS other
        ON other.agency_id = one.agency_id
        AND other.year = one.year
        AND other.form = one.form
        AND other.report_id <> one.report_id
    JOIN store_fact AS f ON f.report_id = one.report_id
    JOIN store_fact AS g ON g.report_id = other.report_id AND g.indicator_id = f.indicator_id
    GROUP BY one.report_id, other.report_id, other.known_on, other.first_seen
    HAVING bool_and(f.value = g.value) AND count(*) >= 5
),
copied AS (
    SELECT report_id, max(known_on) AS copied_on, max(first_seen) AS copied_seen
    FROM alike
    GROUP BY report_id
),
cells AS (
    SELECT report_id, count(*) AS cells
    FROM store_fact AS f
    JOIN copied USING (report_id)
    WHERE f.source = 'table'
    GROUP BY report_id
),
ordered AS (
    SELECT
        d.*,
        greatest(d.known_on, c.copied_on) AS newest_on,
        greatest(d.first_seen, c.copied_seen) AS newest_seen,
        coalesce(n.cells, 0) AS cells
    FROM dated AS d
    LEFT JOIN copied AS c USING (report_id)
    LEFT JOIN cells AS n USING (report_id)
),
placed AS (
    SELECT
        * EXCLUDE (newest_on, newest_seen, cells),
        count(*) FILTER (is_live) OVER (PARTITION BY agency_id, year) AS live_in_line,
        row_number() OVER line AS position,
        lead(report_id) OVER line AS next_report,
        count(*) OVER (PARTITION BY agency_id, year) AS line_length
    FROM ordered
    WHERE feeds_facts
    WINDOW line AS (
        PARTITION BY agency_id, year
        ORDER BY is_live, newest_on, newest_seen, cells, known_on, first_seen, source_path, part
    )
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
