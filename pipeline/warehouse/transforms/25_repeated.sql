-- Reports that give the very same numbers as another one: a copy under another year or name.
-- Reports with few numbers, or nothing but zeros, may agree by chance.
WITH print AS (
    SELECT
        report_id,
        agency_id,
        year,
        count(*) AS facts,
        sum(value) AS total,
        bit_xor(hash(indicator_id, value)) AS signature
    FROM fact_indicator
    GROUP BY report_id, agency_id, year
    HAVING count(*) >= 20 AND count(*) FILTER (value <> 0) >= 5
),
ranked AS (
    SELECT
        *,
        first_value(report_id) OVER same AS first_report,
        first_value(agency_id) OVER same AS first_agency,
        first_value(year) OVER same AS first_year
    FROM print
    WINDOW same AS (
        PARTITION BY signature, facts, total ORDER BY year, agency_id
    )
)
SELECT
    rule.rule_id,
    rule.kind,
    rule.severity,
    'fail' AS outcome,
    agency_id,
    year,
    report_id,
    []::VARCHAR[] AS indicator_ids,
    NULL::DECIMAL(20, 6) AS expected,
    NULL::DECIMAL(20, 6) AS actual,
    NULL::DECIMAL(20, 6) AS difference,
    '全部 ' || facts || ' 个数值与 ' || a.name_zh || ' ' || first_year
        || ' 年的报告（' || first_report || '）相同，疑为误用' AS message_zh,
    'All ' || facts || ' values equal those of ' || first_agency || ' for ' || first_year
        || ' (' || first_report || '); one may be a copy under a wrong name or year' AS message_en,
    []::VARCHAR[] AS observation_ids,
    0 AS left_count,
    []::DECIMAL(20, 6)[] AS counted
FROM ranked
JOIN (SELECT agency_id AS named, name_zh FROM dim_agency) AS a ON a.named = first_agency
JOIN dim_rule AS rule
    ON rule.rule_id = CASE WHEN agency_id = first_agency THEN 'W-D1' ELSE 'W-D2' END
WHERE report_id <> first_report
