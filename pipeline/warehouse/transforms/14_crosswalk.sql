SELECT *
FROM declared_crosswalk
ORDER BY series_id, template, indicator_id
