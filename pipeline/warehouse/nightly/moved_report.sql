-- Reports that came, went, or count otherwise than in the publication before, with their
-- agency and year as they were and as they are.
SELECT DISTINCT report_id, agency_id, year
FROM (
    SELECT report_id, agency_id, year, hash(p) AS content, 1 AS side
    FROM before_ranked_report AS p
    UNION ALL
    SELECT report_id, agency_id, year, hash(p), -1
    FROM ranked_report AS p
)
GROUP BY report_id, agency_id, year, content
HAVING sum(side) <> 0
