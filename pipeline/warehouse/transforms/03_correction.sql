-- Decisions to withhold a number, of the reports that are here. One whose guard is not met
-- withholds nothing.
SELECT
    c.report_id,
    c.indicator_id,
    c.expect,
    c.reason,
    c.decided_on,
    f.value IS NOT NULL AND f.value = c.expect AS is_applied,
    f.value AS found
FROM declared_correction AS c
SEMI JOIN ranked_report AS p ON p.report_id = c.report_id
LEFT JOIN store_fact AS f ON f.report_id = c.report_id AND f.indicator_id = c.indicator_id
ORDER BY c.report_id, c.indicator_id
