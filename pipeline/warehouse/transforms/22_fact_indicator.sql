-- What a number is worth is written last, once all checks are known. What is the same for all
-- is added behind the order: sorting carries every column along.
WITH chosen AS (
    SELECT * EXCLUDE (known_on, line_length, is_live, is_correction, is_withheld)
    FROM stated
    WHERE line_length = 1 AND NOT is_withheld
    UNION ALL
    SELECT * EXCLUDE (
        known_on, is_live, is_withheld, is_narrative, block, source_id, is_replaced,
        is_corrected_in_words, rank
    )
    FROM candidate
    WHERE rank = 1 AND NOT is_withheld
),
ordered AS (
    SELECT c.*, i.indicator_no
    FROM chosen AS c
    LEFT JOIN dim_indicator AS i USING (indicator_id)
    ORDER BY i.indicator_no, c.year, c.agency_id
)
SELECT
    *,
    1 AS vintage,
    0 AS errors_failing,
    0 AS warnings_failing,
    (SELECT standing FROM dim_standing WHERE rank = 1) AS standing
FROM ordered
