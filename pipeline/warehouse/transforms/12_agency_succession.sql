SELECT *
FROM declared_succession
