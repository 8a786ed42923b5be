-- What each report tells of, by table of the form, where several speak about one agency and year:
-- printed in a table, be it masked or unreadable, or told in a sentence.
WITH told AS (
    SELECT origin, report_id, indicator_id, source <> 'narrative' AS is_cell
    FROM store_fact
    UNION ALL
    SELECT origin, report_id, indicator_id, true AS is_cell
    FROM store_gap
)
SELECT
    p.agency_id,
    p.year,
    i.block,
    p.report_id,
    p.position,
    t.indicator_id,
    bool_or(t.is_cell) AS is_cell
FROM told AS t
JOIN ranked_report AS p USING (origin, report_id)
JOIN declared_indicator AS i USING (indicator_id)
WHERE p.feeds_facts AND p.is_live AND p.line_length > 1
GROUP BY ALL
