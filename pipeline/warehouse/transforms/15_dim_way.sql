SELECT *
FROM declared_way
