-- Agencies and years of which something is to be made anew: reports moved, a decision to
-- withhold one of their numbers was made or taken back, or a decision to let a check pass.
WITH withheld AS (
    FROM (FROM old.correction EXCEPT ALL FROM correction)
    UNION ALL
    FROM (FROM correction EXCEPT ALL FROM old.correction)
),
excused AS (
    SELECT DISTINCT
        rule_id,
        agency_id,
        year,
        override_reason AS reason
    FROM old.check_result
    WHERE override_reason IS NOT NULL
),
decided AS (
    SELECT rule_id, agency_id, year, reason
    FROM declared_override
)
SELECT agency_id, year
FROM moved_report
UNION
SELECT p.agency_id, p.year
FROM ranked_report AS p
SEMI JOIN withheld USING (report_id)
UNION
SELECT agency_id, year
FROM (FROM excused EXCEPT FROM decided)
UNION
SELECT agency_id, year
FROM (FROM decided EXCEPT FROM excused)
