-- How many checks fail that name a fact, and its standing by them and by its confidence. A
-- check names a fact by its observation; one on a single report, by its indicator as well,
-- since a report may print a number twice, and one on two years too, where it is about all that
-- a report gives. What was worked out shares the failures of its
-- parts. A failure that was let pass counts for nothing. In a copy of a publication, what
-- failed there and holds now is counted again as well.
WITH failing AS (
    SELECT
        row_number() OVER () AS check_no,
        rule_id,
        severity,
        kind,
        report_id,
        indicator_ids,
        observation_ids
    FROM check_result
    WHERE outcome = 'fail' AND override_reason IS NULL AND severity IN ('error', 'warn')
),
named AS (
    SELECT c.check_no, c.rule_id, c.severity, f.rowid AS fact, f.report_id, f.indicator_id
    FROM (SELECT *, unnest(observation_ids) AS observation_id FROM failing) AS c
    JOIN fact_indicator AS f USING (observation_id)
    UNION
    SELECT c.check_no, c.rule_id, c.severity, f.rowid, f.report_id, f.indicator_id
    FROM (
        SELECT *, unnest(indicator_ids) AS indicator_id
        FROM failing
        WHERE kind <> 'cross_year'
            OR rule_id IN (SELECT rule_id FROM dim_rule WHERE concerns = 'report')
    ) AS c
    JOIN fact_indicator AS f USING (report_id, indicator_id)
),
shared AS (
    SELECT check_no, rule_id, severity, fact
    FROM named
    UNION
    SELECT n.check_no, n.rule_id, n.severity, f.rowid
    FROM named AS n
    JOIN declared_derived AS d ON d.part_id = n.indicator_id
    JOIN fact_indicator AS f
        ON f.report_id = n.report_id AND f.indicator_id = d.total_id AND f.source = 'derived'
),
counted AS (
    SELECT
        fact,
        count(*) FILTER (severity = 'error') AS errors,
        count(*) FILTER (severity = 'warn') AS warnings,
        list(rule_id) AS rules
    FROM shared
    GROUP BY fact
),
weighed AS (
    SELECT
        f.rowid AS fact,
        f.confidence,
        coalesce(c.errors, 0) AS errors,
        coalesce(c.warnings, 0) AS warnings,
        coalesce(c.rules, []) AS rules
    FROM fact_indicator AS f
    LEFT JOIN counted AS c ON c.fact = f.rowid
    WHERE c.fact IS NOT NULL
        OR f.errors_failing + f.warnings_failing > 0
        OR f.confidence < (SELECT max(confidence_below) FROM dim_standing)
)
SELECT
    w.fact AS row,
    w.errors AS errors_failing,
    w.warnings AS warnings_failing,
    max_by(s.standing, s.rank) AS standing
FROM weighed AS w
JOIN dim_standing AS s
    ON s.rank = 1
    OR w.errors >= s.errors_from
    OR w.confidence < s.confidence_below
    OR list_has_any(w.rules, s.rules_failing)
GROUP BY w.fact, w.errors, w.warnings
