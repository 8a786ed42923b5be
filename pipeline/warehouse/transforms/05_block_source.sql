-- Which report each table of the form is taken from, where several speak about one agency and
-- year: the last one that prints any row of it; where none prints a table, the last one whose
-- sentences tell of it. Numbers of two reports in one table would make sums and rates that nobody
-- reported.
WITH told AS (
    SELECT agency_id, year, block, report_id, position, bool_or(is_cell) AS is_table
    FROM block_indicator
    GROUP BY ALL
)
SELECT *
FROM told
QUALIFY row_number() OVER (
    PARTITION BY agency_id, year, block ORDER BY is_table DESC, position DESC
) = 1
