-- Values that came before the one that holds, of the same kind of source or corrected in words, and
-- not those of which nobody knows whether they did. A value repeated
-- by the next publication lived on and is listed once, from its first day. A file that was
-- overwritten by one that bears an earlier date ends on the day it began, not before.
WITH line AS (
    SELECT
        c.*,
        w.value AS winning,
        w.position AS winning_position
    FROM candidate AS c
    JOIN candidate AS w
        ON w.rank = 1 AND NOT w.is_withheld
        AND w.agency_id = c.agency_id AND w.year = c.year AND w.indicator_id = c.indicator_id
    ANTI JOIN rival AS r
        ON r.report_id = w.report_id AND r.rival_id = c.report_id AND c.value <> w.value
    WHERE (c.is_narrative = w.is_narrative OR w.is_corrected_in_words)
        AND c.position <= w.position
        AND NOT c.is_withheld
),
changes AS (
    SELECT
        *,
        lag(value) OVER steps IS DISTINCT FROM value AS begins
    FROM line
    WINDOW steps AS (PARTITION BY agency_id, year, indicator_id ORDER BY position)
),
spans AS (
    SELECT
        *,
        lead(known_on) OVER (
            PARTITION BY agency_id, year, indicator_id ORDER BY position
        ) AS next_known_on
    FROM changes
    WHERE begins
)
SELECT
    agency_id,
    year,
    indicator_id,
    value,
    report_id,
    known_on AS valid_from,
    greatest(known_on, next_known_on) AS valid_to
FROM spans
WHERE next_known_on IS NOT NULL
ORDER BY indicator_id, year, agency_id, valid_from
