-- What reports that count say of their agency and year, less what was withheld.
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
    p.is_live
FROM store_fact AS f
JOIN publication AS p USING (origin, report_id)
ANTI JOIN correction AS c
    ON c.report_id = f.report_id AND c.indicator_id = f.indicator_id AND c.is_applied
WHERE p.feeds_facts
