SELECT *
FROM declared_rate_term
ORDER BY rate_id, template, role, place
