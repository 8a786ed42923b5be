-- Reports that came, went, or count otherwise than in the publication before, with their
-- agency and year as they were and as they are.
WITH old AS (
    SELECT report_id, agency_id, year, hash(p) AS content
    FROM before_publication AS p
),
new AS (
    SELECT report_id, agency_id, year, hash(p) AS content
    FROM publication AS p
)
SELECT report_id, agency_id, year
FROM (FROM old EXCEPT FROM new)
UNION
SELECT report_id, agency_id, year
FROM (FROM new EXCEPT FROM old)
