-- What a number is worth is written last, once all checks are known.
WITH chosen AS (
    SELECT * EXCLUDE (known_on, position, line_length, is_live)
    FROM stated
    WHERE line_length = 1
    UNION ALL
    SELECT * EXCLUDE (known_on, position, is_live, is_narrative, rank)
    FROM claim
    WHERE rank = 1 AND is_live
)
SELECT
    c.*,
    i.indicator_no,
    1 AS vintage,
    0 AS errors_failing,
    0 AS warnings_failing,
    (SELECT standing FROM dim_standing WHERE rank = 1) AS standing
FROM chosen AS c
LEFT JOIN dim_indicator AS i USING (indicator_id)
ORDER BY i.indicator_no, c.year, c.agency_id
