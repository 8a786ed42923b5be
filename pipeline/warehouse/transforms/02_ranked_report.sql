-- Every report of those documents with its place in the line of reports on the same agency and
-- year; the last one is the current one. A replaced content counts only where a live one took over
-- its place. A report whose year or agency is in doubt comes before all that are not. Then the
-- later publication is the later one: by its day, by the word that it corrects another, by having
-- taken the other's place in the raw folder. The night a file came tells nothing: which site is asked
-- first is chance. One without a day is as new as any. Copies, told by values that agree, are as new
-- as the newest of them.
-- Where none of this tells, what a report says decides and no name of a file: one without errors,
-- then the one that gives most values as printed in cells. A report on a year that was not over
-- when its document was first seen has its year from a slip, and gives no facts; some are made a
-- month early.
WITH dated AS (
    SELECT
        r.* EXCLUDE (origin),
        o.origin,
        o.source_path,
        o.is_live,
        o.is_outlived,
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
    SELECT one.report_id, other.published_on
    FROM several AS one
    JOIN several AS other
        ON other.agency_id = one.agency_id
        AND other.year = one.year
        AND other.form = one.form
        AND other.report_id <> one.report_id
    JOIN store_fact AS f ON f.report_id = one.report_id
    JOIN store_fact AS g ON g.report_id = other.report_id AND g.indicator_id = f.indicator_id
    GROUP BY one.report_id, other.report_id, other.published_on
    HAVING bool_and(f.value = g.value) AND count(*) >= 5
),
copied AS (
    SELECT report_id, max(published_on) AS copied_on
    FROM alike
    GROUP BY report_id
),
given AS (
    SELECT
        report_id,
        count(*) FILTER (f.source = 'table') AS cells,
        count(*) AS facts
    FROM store_fact AS f
    JOIN several USING (origin, report_id)
    GROUP BY report_id
),
failed AS (
    SELECT
        report_id,
        count(*) FILTER (c.severity = 'error') AS errors,
        bool_or(r.concerns = 'report') AS is_doubted
    FROM store_check AS c
    JOIN several AS s USING (origin, report_id)
    JOIN declared_rule AS r USING (rule_id)
    ANTI JOIN declared_override AS o
        ON o.rule_id = c.rule_id AND o.agency_id = s.agency_id AND o.year = s.year
    WHERE c.outcome = 'fail'
    GROUP BY report_id
),
weighed AS (
    SELECT
        d.*,
        greatest(d.published_on, c.copied_on) AS dated_on,
        coalesce(f.is_doubted, false) AS is_doubted,
        coalesce(f.errors, 0) = 0 AS is_sound,
        coalesce(g.cells, 0) AS cells,
        coalesce(g.facts, 0) AS facts
    FROM dated AS d
    LEFT JOIN copied AS c USING (report_id)
    LEFT JOIN failed AS f USING (report_id)
    LEFT JOIN given AS g USING (report_id)
),
timed AS (
    SELECT
        *,
        coalesce(dated_on, max(dated_on) OVER (PARTITION BY agency_id, year)) AS as_new_as,
        CASE WHEN NOT is_live THEN first_seen END AS replaced_from
    FROM weighed
    WHERE feeds_facts
),
placed AS (
    SELECT
        * EXCLUDE (is_sound, cells, facts, as_new_as, replaced_from),
        count(*) FILTER (is_live) OVER (PARTITION BY agency_id, year) AS reports,
        row_number() OVER line AS position,
        lead(report_id) OVER line AS next_report,
        count(*) OVER (PARTITION BY agency_id, year) AS line_length
    FROM timed
    WINDOW line AS (
        PARTITION BY agency_id, year
        ORDER BY
            is_live, NOT is_doubted, as_new_as, is_correction, NOT is_outlived, replaced_from,
            is_sound, cells, facts, published_on NULLS FIRST, report_id
    )
)
SELECT
    * EXCLUDE (next_report),
    next_report AS superseded_by
FROM placed
WHERE reports > 0
UNION ALL BY NAME
SELECT
    *,
    1 AS position,
    1 AS line_length,
    NULL AS superseded_by
FROM dated
WHERE NOT feeds_facts AND is_live
