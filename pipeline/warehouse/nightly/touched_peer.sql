-- Agencies and years that are measured against a kind of agencies in which something moved,
-- be it that an agency is of another kind now.
WITH kind AS (
    SELECT agency_id, level, function
    FROM dim_agency
    UNION
    SELECT agency_id, level, function
    FROM old.dim_agency
),
resettled AS (
    SELECT agency_id
    FROM kind
    GROUP BY agency_id
    HAVING count(*) > 1
),
line AS (
    SELECT agency_id, year
    FROM ranked_report
    UNION
    SELECT agency_id, year
    FROM before_ranked_report
),
disturbed AS (
    SELECT k.level, k.function, t.year
    FROM touched_line AS t
    JOIN kind AS k USING (agency_id)
    UNION
    SELECT k.level, k.function, l.year
    FROM line AS l
    SEMI JOIN resettled USING (agency_id)
    JOIN kind AS k USING (agency_id)
)
SELECT DISTINCT k.agency_id, d.year
FROM disturbed AS d
JOIN kind AS k USING (level, function)
