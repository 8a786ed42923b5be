-- Agencies whose facts may be worth something else: facts moved, or checks that name them.
WITH before AS (
    SELECT rule_id, severity, outcome, override_reason, report_id, agency_id, indicator_ids,
        observation_ids
    FROM replaced_check_result
),
after AS (
    SELECT rule_id, severity, outcome, override_reason, report_id, agency_id, indicator_ids,
        observation_ids
    FROM made_check_result
)
SELECT agency_id
FROM touched_agency
UNION
SELECT agency_id
FROM (FROM before EXCEPT ALL FROM after)
UNION
SELECT agency_id
FROM (FROM after EXCEPT ALL FROM before)
