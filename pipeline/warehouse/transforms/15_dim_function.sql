SELECT *
FROM declared_function
