SELECT *
FROM declared_indicator
