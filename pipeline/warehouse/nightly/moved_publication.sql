-- Reports that came, went, or count otherwise than in the publication before: as they were
-- and as they are.
FROM (FROM before_publication EXCEPT ALL FROM publication)
UNION ALL BY NAME
FROM (FROM publication EXCEPT ALL FROM before_publication)
