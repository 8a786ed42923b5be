WITH found AS (
    SELECT
        c.* EXCLUDE (origin),
        p.agency_id,
        p.year
    FROM store_check AS c
    JOIN publication AS p USING (origin, report_id)
    UNION ALL BY NAME
    FROM cross_year
    UNION ALL BY NAME
    FROM repeated
    UNION ALL BY NAME
    FROM outlier
)
SELECT
    f.*,
    CASE WHEN f.outcome = 'fail' THEN o.reason END AS override_reason
FROM found AS f
LEFT JOIN declared_override AS o
    ON o.rule_id = f.rule_id AND o.agency_id = f.agency_id AND o.year = f.year
ORDER BY f.report_id, f.rule_id
