-- Reports that give the very same numbers for the very same indicators as another one, said of
-- each of them, since it is not known which is the copy under a wrong year or name. Reports
-- with few numbers, or nothing but zeros, may agree by chance. A hash of the hash, since hashes
-- of two columns cancel each other out where two values changed places. A report is on one agency
-- and year: to group by these as well takes twice as long.
WITH print AS (
    SELECT
        report_id,
        count(*) AS facts,
        sum(value) AS total,
        bit_xor(hash(hash(indicator_no, value))) AS signature
    FROM fact_indicator
    GROUP BY report_id
    HAVING count(*) >= 20 AND count(*) FILTER (value <> 0) >= 5
),
same AS (
    SELECT p.*, r.agency_id, r.year
    FROM print AS p
    JOIN dim_report AS r USING (report_id)
    QUALIFY count(*) OVER (PARTITION BY signature, facts, total) > 1
),
-- Of several others the first of its own agency, and the first of another one.
other AS (
    SELECT
        one.report_id,
        one.agency_id,
        one.year,
        one.facts,
        CASE WHEN two.agency_id = one.agency_id THEN 'W-D1' ELSE 'W-D2' END AS rule_id,
        min(struct_pack(year := two.year, agency_id := two.agency_id, report_id := two.report_id))
            AS first,
        count(*) AS others
    FROM same AS one
    JOIN same AS two USING (signature, facts, total)
    WHERE two.report_id <> one.report_id
    GROUP BY one.report_id, one.agency_id, one.year, one.facts, rule_id
)
SELECT
    rule.rule_id,
    rule.kind,
    rule.severity,
    'fail' AS outcome,
    o.agency_id,
    o.year,
    o.report_id,
    []::VARCHAR[] AS indicator_ids,
    NULL::DECIMAL(20, 6) AS expected,
    NULL::DECIMAL(20, 6) AS actual,
    NULL::DECIMAL(20, 6) AS difference,
    '全部 ' || o.facts || ' 个数值与' || a.name_zh || o.first.year || '年的报告（'
        || o.first.report_id || '）逐项相同'
        || CASE WHEN o.others > 1 THEN '，另有 ' || (o.others - 1) || ' 份亦同' ELSE '' END
        || '；或有一份误用了另一份' AS message_zh,
    'All ' || o.facts || ' values equal, one by one, those of ' || o.first.agency_id || ' for '
        || o.first.year || ' (' || o.first.report_id || ')'
        || CASE WHEN o.others > 1 THEN ', and of ' || (o.others - 1) || ' more' ELSE '' END
        || '; either may be a copy under a wrong name or year' AS message_en,
    []::VARCHAR[] AS observation_ids,
    0 AS left_count,
    []::DECIMAL(20, 6)[] AS counted
FROM other AS o
JOIN (SELECT agency_id AS named, name_zh FROM dim_agency) AS a ON a.named = o.first.agency_id
JOIN dim_rule AS rule ON rule.rule_id = o.rule_id
