-- Agencies of which a year is to be made anew: what compares their years has to look again.
SELECT DISTINCT agency_id
FROM touched_line
WHERE agency_id IS NOT NULL
