SELECT *
FROM declared_standing
ORDER BY rank
