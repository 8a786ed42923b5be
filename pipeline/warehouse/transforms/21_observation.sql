SELECT o.* EXCLUDE (origin)
FROM store_observation AS o
SEMI JOIN publication USING (origin, report_id)
