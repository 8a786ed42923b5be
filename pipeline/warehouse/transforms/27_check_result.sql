-- A failure takes the printed words along: to look each up among all observations would
-- cost every reader of contradictions a second.
WITH found AS (
    SELECT
        c.* EXCLUDE (origin),
        p.agency_id,
        p.year
    FROM store_check AS c
    JOIN publication AS p USING (origin, report_id)
    UNION ALL BY NAME
    FROM cross_year
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
printed AS (
    SELECT
        s.check_no,
        list(o.label_raw ORDER BY s.place) AS labels,
        list(o.value_raw ORDER BY s.place) AS printed,
        list(o.quote ORDER BY s.place) AS quotes
    FROM side AS s
    JOIN observation AS o USING (observation_id)
    GROUP BY s.check_no
)
SELECT
    n.* EXCLUDE (check_no),
    coalesce(p.labels, []) AS labels,
    coalesce(p.printed, []) AS printed,
    coalesce(p.quotes, []) AS quotes,
    CASE WHEN n.outcome = 'fail' THEN o.reason END AS override_reason
FROM numbered AS n
LEFT JOIN printed AS p USING (check_no)
LEFT JOIN declared_override AS o
    ON o.rule_id = n.rule_id AND o.agency_id = n.agency_id AND o.year = n.year
ORDER BY n.report_id, n.rule_id
