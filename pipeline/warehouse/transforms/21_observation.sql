SELECT o.* EXCLUDE (origin)
FROM store_observation AS o
SEMI JOIN ranked_report USING (origin, report_id)
