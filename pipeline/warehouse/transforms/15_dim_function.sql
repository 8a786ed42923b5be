-- Every function with a name of its own, and those that agencies here join of several.
SELECT * EXCLUDE (is_joined)
FROM declared_function
WHERE NOT is_joined OR function IN (SELECT function FROM dim_agency)
