-- What several publications say about one agency and year, and which of it stands (`rank` 1).
-- A table of the form is taken from its source alone; sentences add what that report does not
-- print at all, where they stand in a report that is not known to be replaced. A correction whose
-- numbers stand in sentences alone takes the place of the table it corrects. What was withheld
-- keeps its rank, so that no other number comes in its place; replaced contents never win, as they
-- come before all that is there and no block has them for its source.
WITH said AS (
    SELECT
        s.* EXCLUDE (line_length, is_correction),
        s.source = 'narrative' AS is_narrative,
        i.block,
        b.report_id AS source_id,
        s.position < b.position AND q.report_id IS NULL AS is_replaced,
        t.report_id IS NOT NULL AS is_printed_there,
        b.is_table AND r.report_id IS NULL AND s.position > b.position AND s.is_correction
            AS is_corrected_in_words
    FROM stated AS s
    JOIN declared_indicator AS i USING (indicator_id)
    LEFT JOIN block_source AS b
        ON b.agency_id = s.agency_id AND b.year = s.year AND b.block = i.block
    LEFT JOIN rival AS r ON r.report_id = s.report_id AND r.rival_id = b.report_id
    LEFT JOIN rival AS q ON q.report_id = b.report_id AND q.rival_id = s.report_id
    LEFT JOIN block_indicator AS t
        ON t.report_id = b.report_id AND t.indicator_id = s.indicator_id
    WHERE s.line_length > 1
),
weighed AS (
    SELECT
        * EXCLUDE (is_printed_there),
        CASE
            WHEN is_narrative AND is_corrected_in_words THEN 1
            WHEN report_id = source_id THEN 2
            WHEN is_narrative AND NOT is_replaced AND NOT is_printed_there THEN 3
        END AS precedence
    FROM said
)
SELECT
    * EXCLUDE (precedence),
    CASE WHEN precedence IS NOT NULL THEN row_number() OVER (
        PARTITION BY agency_id, year, indicator_id
        ORDER BY precedence NULLS LAST, position DESC
    ) END AS rank
FROM weighed
