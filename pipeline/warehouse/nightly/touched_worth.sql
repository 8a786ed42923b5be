-- Agencies whose facts may be worth something else: facts moved, or checks that name them.
WITH said AS (
    SELECT 1 AS side, c.* FROM replaced_check_result AS c
    UNION ALL BY NAME
    SELECT -1 AS side, c.* FROM made_check_result AS c
),
compared AS (
    SELECT
        side,
        agency_id,
        hash(
            rule_id, severity, outcome, override_reason, report_id, indicator_ids, observation_ids
        ) AS content
    FROM said
)
SELECT agency_id
FROM touched_agency
UNION
SELECT agency_id
FROM compared
GROUP BY agency_id, content
HAVING sum(side) <> 0
