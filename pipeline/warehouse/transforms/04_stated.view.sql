-- What reports that count say of their agency and year, with what was withheld marked.
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
    f.confidence,
    p.scope,
    p.form,
    p.known_on,
    p.position,
    p.line_length,
    p.is_live,
    p.is_correction,
    c.report_id IS NOT NULL AS is_withheld
FROM store_fact AS f
JOIN ranked_report AS p USING (origin, report_id)
LEFT JOIN correction AS c
    ON c.report_id = f.report_id AND c.indicator_id = f.indicator_id AND c.is_applied
WHERE p.feeds_facts
