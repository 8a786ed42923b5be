-- Facts where several publications speak about the same agency and year. A table beats a
-- sentence, then the last report of their line wins; replaced contents never win.
SELECT
    * EXCLUDE (line_length),
    source = 'narrative' AS is_narrative,
    row_number() OVER (
        PARTITION BY agency_id, year, indicator_id
        ORDER BY is_live DESC, source = 'narrative', position DESC
    ) AS rank
FROM stated
WHERE line_length > 1
