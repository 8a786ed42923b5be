-- Facts with another value, or without one, since the publication $number.
CREATE TEMP TABLE revised AS
SELECT
    agency_id,
    year,
    indicator_id,
    o.value AS old_value,
    n.value AS new_value,
    o.report_id AS old_report_id,
    n.report_id AS new_report_id
FROM (
    SELECT agency_id, year, indicator_id FROM fact_past WHERE until = $number
    UNION
    SELECT agency_id, year, indicator_id FROM begun
    WHERE relation = 'fact_indicator' AND vintage = $number
)
LEFT JOIN (FROM fact_past WHERE until = $number) AS o USING (agency_id, year, indicator_id)
LEFT JOIN gongkai_fact_indicator AS n
    USING (agency_id, year, indicator_id)
WHERE o.value IS DISTINCT FROM n.value
