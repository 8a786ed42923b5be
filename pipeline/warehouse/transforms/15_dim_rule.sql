SELECT *
FROM declared_rule
