-- Every agency with every year of the corpus, and everybody the roster expects: what is there.
-- What is said of a year that was not over then, by a plan or by a slip, makes no year of the
-- corpus.
WITH counted AS (
    SELECT
        f.agency_id,
        f.year,
        sum(f.facts)::BIGINT AS facts,
        coalesce(sum(f.facts) FILTER (f.position <> p.position), 0)::BIGINT AS facts_elsewhere
    FROM (
        SELECT agency_id, year, position, count(*) AS facts
        FROM fact_indicator
        GROUP BY agency_id, year, position
    ) AS f
    JOIN ranked_report AS p
        ON p.agency_id = f.agency_id AND p.year = f.year
        AND p.feeds_facts AND p.superseded_by IS NULL
    GROUP BY f.agency_id, f.year
),
-- What was published first counts for the deadline, also where its content was replaced since; a
-- correction tells nothing of when that was.
published AS (
    SELECT
        agency_id,
        year,
        coalesce(
            min(published_on) FILTER (NOT is_correction AND NOT is_doubted),
            min(published_on) FILTER (NOT is_correction)
        ) AS published_on,
        max(published_on) FILTER (is_correction) AS corrected_on
    FROM ranked_report
    WHERE feeds_facts
    GROUP BY agency_id, year
),
ended AS (
    SELECT r.agency_id, r.year
    FROM dim_report AS r
    LEFT JOIN counted AS c USING (agency_id, year)
    WHERE r.agency_id IS NOT NULL AND (c.facts IS NOT NULL OR r.year < year(r.first_seen))
),
span AS (
    SELECT unnest(generate_series(min(year), max(year)))::INTEGER AS year
    FROM ended
),
expected AS (
    SELECT DISTINCT ON (r.agency_id, s.year) r.*, s.year
    FROM roster AS r
    JOIN span AS s ON s.year BETWEEN r.first_year AND coalesce(r.last_year, s.year)
),
place AS (
    SELECT a.agency_id, a.name_zh, a.level, a.function, a.province, a.valid_from, a.valid_to, s.year
    FROM dim_agency AS a
    CROSS JOIN span AS s
    UNION ALL
    SELECT a.agency_id, a.name_zh, a.level, a.function, a.province, a.valid_from, a.valid_to, r.year
    FROM dim_agency AS a
    JOIN (SELECT DISTINCT agency_id, year FROM dim_report) AS r USING (agency_id)
    WHERE r.year IS NOT NULL AND r.year NOT IN (FROM span)
    UNION ALL
    SELECT e.agency_id, e.name_zh, e.level, e.function, e.province, NULL, NULL, e.year
    FROM expected AS e
    ANTI JOIN dim_agency AS a ON a.agency_id = e.agency_id
),
reported AS (
    SELECT
        agency_id,
        year,
        count(*) AS papers,
        count(*) FILTER (other_kind IS NULL) AS reports,
        first(r ORDER BY doc_type = 'annual_report' DESC, is_current DESC, report_id) AS best
    FROM dim_report AS r
    WHERE agency_id IS NOT NULL AND year IS NOT NULL
    GROUP BY agency_id, year
),
line AS (
    SELECT
        r.agency_id,
        coalesce(min(e.year), min(r.year)) AS first_year,
        coalesce(max(e.year), max(r.year)) AS last_year
    FROM reported AS r
    LEFT JOIN ended AS e ON e.agency_id = r.agency_id AND e.year = r.year
    GROUP BY r.agency_id
),
failed AS (
    SELECT c.agency_id, c.year, count(*) AS checks_failed
    FROM check_result AS c
    JOIN dim_report AS r USING (report_id)
    WHERE c.outcome = 'fail' AND r.is_current
    GROUP BY c.agency_id, c.year
)
SELECT
    p.*,
    r.papers,
    r.reports,
    r.best,
    f.facts,
    f.facts_elsewhere,
    d.agency_id IS NOT NULL AS has_line,
    d.published_on,
    d.corrected_on,
    c.checks_failed,
    l.first_year,
    l.last_year,
    e.agency_id IS NOT NULL AS is_on_roster,
    coalesce(own.due_on, other.due_on) AS due_on
FROM place AS p
LEFT JOIN reported AS r ON r.agency_id = p.agency_id AND r.year = p.year
LEFT JOIN counted AS f ON f.agency_id = p.agency_id AND f.year = p.year
LEFT JOIN published AS d ON d.agency_id = p.agency_id AND d.year = p.year
LEFT JOIN failed AS c ON c.agency_id = p.agency_id AND c.year = p.year
LEFT JOIN line AS l ON l.agency_id = p.agency_id
LEFT JOIN expected AS e ON e.agency_id = p.agency_id AND e.year = p.year
LEFT JOIN declared_deadline AS own ON own.function = p.function AND own.year = p.year
LEFT JOIN declared_deadline AS other ON other.function IS NULL AND other.year = p.year
