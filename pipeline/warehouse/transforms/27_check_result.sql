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
    FROM not_over
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
sides AS (
    SELECT
        s.check_no,
        list_sort(list({
            place: s.place, label: o.label_raw, value: o.value_raw, quote: o.quote
        })) AS sides
    FROM side AS s
    JOIN observation AS o USING (observation_id)
    GROUP BY s.check_no
)
SELECT
    n.* EXCLUDE (check_no),
    coalesce([one.label FOR one IN s.sides], []) AS labels,
    coalesce([one.value FOR one IN s.sides], []) AS printed,
    coalesce([one.quote FOR one IN s.sides], []) AS quotes,
    CASE WHEN n.outcome = 'fail' THEN o.reason END AS override_reason
FROM numbered AS n
LEFT JOIN sides AS s USING (check_no)
LEFT JOIN declared_override AS o
    ON o.rule_id = n.rule_id AND o.agency_id = n.agency_id AND o.year = n.year
ORDER BY n.agency_id, n.year, n.report_id, n.rule_id
