SELECT *
FROM declared_roster
