-- Facts where several publications speak about the same agency and year. A table beats a
-- sentence, then the latest publication wins; replaced contents never win.
SELECT
    p.agency_id,
    p.year,
    f.indicator_id,
    f.value,
    f.unit,
    f.source,
    f.qualifier,
    f.report_id,
    f.observation_id,
    p.known_on,
    p.position,
    f.source = 'narrative' AS is_narrative,
    p.is_live,
    row_number() OVER (
        PARTITION BY p.agency_id, p.year, f.indicator_id
        ORDER BY p.is_live DESC, f.source = 'narrative', p.position DESC
    ) AS rank
FROM store_fact AS f
JOIN publication AS p USING (origin, report_id)
WHERE p.feeds_facts AND p.line_length > 1
