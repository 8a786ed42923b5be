-- A failure takes the printed words along: to look each up among all observations would
-- cost every reader of contradictions a second. One that is about a whole report names all that
-- it gives.
WITH found AS (
    SELECT
        c.* EXCLUDE (origin),
        p.agency_id,
        p.year
    FROM store_check AS c
    JOIN ranked_report AS p USING (origin, report_id)
    -- What reading leaves to the years before is told by what holds it against them.
    WHERE c.kind <> 'cross_year'
    UNION ALL BY NAME
    FROM not_over
    UNION ALL BY NAME
    FROM contested
    UNION ALL BY NAME
    FROM outdated
    UNION ALL BY NAME
    FROM erratum
    UNION ALL BY NAME
    FROM cross_year
    UNION ALL BY NAME
    FROM told_change
    UNION ALL BY NAME
    FROM repeated
    UNION ALL BY NAME
    FROM outlier
),
numbered AS (
    SELECT
        *,
        row_number() OVER () AS check_no
    FROM found
),
side AS (
    SELECT
        check_no,
        unnest(observation_ids) AS observation_id,
        generate_subscripts(observation_ids, 1) AS place
    FROM numbered
    WHERE outcome = 'fail'
),
sides AS (
    SELECT
        s.check_no,
        list_sort(list({
            place: s.place, label: o.label_raw, value: o.value_raw, quote: o.quote
        })) AS sides
    FROM side AS s
    JOIN observation AS o USING (observation_id)
    GROUP BY s.check_no
),
named AS (
    SELECT f.report_id, list(f.indicator_id ORDER BY f.indicator_no) AS indicator_ids
    FROM fact_indicator AS f
    SEMI JOIN (
        SELECT n.report_id
        FROM numbered AS n
        JOIN dim_rule AS r USING (rule_id)
        WHERE n.outcome = 'fail' AND r.concerns = 'report'
    ) AS c USING (report_id)
    GROUP BY f.report_id
)
SELECT
    n.* EXCLUDE (check_no) REPLACE (
        CASE
            WHEN n.outcome = 'fail' AND r.concerns = 'report' THEN coalesce(a.indicator_ids, [])
            ELSE n.indicator_ids
        END AS indicator_ids
    ),
    coalesce([one.label FOR one IN s.sides], []) AS labels,
    coalesce([one.value FOR one IN s.sides], []) AS printed,
    coalesce([one.quote FOR one IN s.sides], []) AS quotes,
    CASE WHEN n.outcome = 'fail' THEN o.reason END AS override_reason
FROM numbered AS n
LEFT JOIN sides AS s USING (check_no)
LEFT JOIN dim_rule AS r ON r.rule_id = n.rule_id
LEFT JOIN named AS a ON a.report_id = n.report_id
LEFT JOIN declared_override AS o
    ON o.rule_id = n.rule_id AND o.agency_id = n.agency_id AND o.year = n.year
ORDER BY n.agency_id, n.year, n.report_id, n.rule_id
