-- The status of every agency in every year: what its report gives, and where there is none, why
-- that may be. A day of publication in the year itself is a slip, and tells nobody was early.
SELECT
    f.agency_id,
    f.name_zh,
    f.level,
    f.function,
    f.province,
    f.year,
    CASE
        WHEN f.facts IS NOT NULL THEN 'present'
        WHEN f.papers IS NOT NULL THEN 'no_facts'
        WHEN f.year < f.valid_from OR o.status = 'not_yet_established' THEN 'not_yet_established'
        WHEN f.year > f.valid_to OR o.status = 'abolished' THEN 'abolished'
        WHEN f.first_year IS NULL THEN 'missing'
        WHEN f.year < f.first_year THEN 'before_first'
        WHEN f.year > f.last_year THEN 'after_last'
        ELSE 'gap'
    END AS status,
    CASE
        WHEN f.facts IS NOT NULL OR f.papers IS NULL THEN NULL
        WHEN f.best.doc_type <> 'annual_report'
            THEN coalesce(f.best.other_kind, f.best.doc_type)
        WHEN starts_with(f.agency_id, 'unresolved.') THEN 'agency_not_placed'
        WHEN f.year >= year(f.best.first_seen) THEN 'year_not_over'
        ELSE 'no_values'
    END AS reason,
    f.is_on_roster,
    coalesce(f.reports, 0) AS reports,
    coalesce(f.facts, 0) AS facts,
    coalesce(f.facts_elsewhere, 0) AS facts_elsewhere,
    coalesce(f.checks_failed, 0) AS checks_failed,
    f.best.source_path AS source_path,
    CASE WHEN f.facts IS NOT NULL OR f.best.doc_type = 'annual_report' THEN f.best.report_id END
        AS report_id,
    coalesce(nullif(f.best.template, 'none'), form.form) AS form,
    f.due_on,
    CASE
        WHEN f.has_line THEN f.published_on
        WHEN f.best.other_kind IS NULL THEN f.best.published_on
    END AS published_on,
    f.corrected_on,
    CASE
        WHEN f.best.doc_type = 'annual_report' AND day.published >= make_date(f.year, 12, 31) - 31
            THEN date_diff('day', f.due_on, day.published)
    END AS days_late
FROM known_year AS f
CROSS JOIN LATERAL (
    SELECT CASE WHEN f.has_line THEN f.published_on ELSE f.best.published_on END AS published
) AS day
LEFT JOIN owed_by_another AS o ON o.agency_id = f.agency_id AND o.year = f.year
LEFT JOIN dim_form AS form
    ON f.year BETWEEN form.usual_from AND coalesce(form.usual_until, f.year)
ORDER BY f.agency_id, f.year
