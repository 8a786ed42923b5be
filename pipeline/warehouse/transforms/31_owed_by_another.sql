-- Years of a change in which an agency owes no report since another one does, by the status that
-- makes it: a successor that is not there yet, or an agency that is there no more.
WITH RECURSIVE
-- Who followed whom among those here: one that never reported hands on to what it became itself.
followed AS (
    SELECT agency_id, successor_id, first_year, year
    FROM declared_succession
    UNION
    SELECT f.agency_id, s.successor_id, s.first_year, s.year
    FROM followed AS f
    ANTI JOIN known_year AS p ON p.agency_id = f.successor_id
    JOIN declared_succession AS s ON s.agency_id = f.successor_id
),
-- Years in which both may have existed. Where the change founded the successor they begin with
-- it; one that was there before tells by its own reports nothing of the other.
shared AS (
    SELECT
        o.agency_id,
        n.agency_id AS successor_id,
        o.year,
        o.papers IS NULL AND o.year > coalesce(o.last_year, 0) AS is_silent,
        n.valid_from BETWEEN s.first_year AND s.year
            AND n.papers IS NULL
            AND (n.first_year IS NULL OR n.year < n.first_year)
            AND (NOT is_silent OR o.year < s.year) AS is_awaited
    FROM followed AS s
    JOIN known_year AS o ON o.agency_id = s.agency_id
    JOIN known_year AS n ON n.agency_id = s.successor_id AND n.year = o.year
    WHERE o.year BETWEEN coalesce(o.valid_from, o.year) AND coalesce(o.valid_to, s.year)
        AND o.year BETWEEN coalesce(n.valid_from, o.year) AND coalesce(n.valid_to, o.year)
        AND (o.year >= s.year OR n.valid_from BETWEEN s.first_year AND s.year)
),
-- They owe one report a year: until the successor reports, or the year of the change is there,
-- the earlier agency owes it, and from then on the successor.
awaited AS (
    SELECT DISTINCT successor_id AS agency_id, year FROM shared WHERE is_awaited
)
SELECT agency_id, year, 'not_yet_established' AS status
FROM awaited
UNION
SELECT s.agency_id, s.year, 'abolished'
FROM shared AS s
ANTI JOIN awaited AS a ON a.agency_id = s.successor_id AND a.year = s.year
ANTI JOIN awaited AS o ON o.agency_id = s.agency_id AND o.year = s.year
WHERE s.is_silent
