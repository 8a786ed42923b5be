-- zh: 覆盖情况：哪个机关哪一年有报告、缺报告，哪些文件被隔离
-- en: Coverage: which agency has a report for which year, who is missing, what is in quarantine
-- grain: one row for each agency and year of the corpus; one row for each quarantined file, without agency
-- columns:
--   agency_id = 机关标识；隔离文件为空 | Agency, NULL for a quarantined file
--   name_zh = 机关全称 | Full official name
--   level = 层级 | Tier of government
--   function = 职能代号 | What the agency does
--   province = 省级行政区 | Province
--   year = 年度；隔离文件为空 | Year, NULL for a quarantined file
--   status = present 有事实；no_facts 有报告而无事实；missing 缺；quarantined 隔离 | present: facts; no_facts: a report without facts; missing: nothing; quarantined: a file that could not be read
--   reports = 报告数 | Reports
--   facts = 事实数 | Facts
--   checks_failed = 未通过的核验数 | Checks that fail
--   source_path = 原始文件；有数份者取现行年度报告 | File, that of the current annual report where there are several
--   reason = 隔离原因 | Reason of the quarantine
-- example:
--   SELECT year, status, count(*) AS agencies
--   FROM coverage
--   GROUP BY ALL
--   ORDER BY year, status
WITH span AS (
    SELECT unnest(generate_series(min(year), max(year)))::INTEGER AS year
    FROM dim_report
    WHERE agency_id IS NOT NULL
),
reported AS (
    SELECT
        agency_id,
        year,
        count(*) AS reports,
        first(
            source_path ORDER BY doc_type = 'annual_report' DESC, is_current DESC, report_id
        ) AS source_path
    FROM dim_report
    WHERE agency_id IS NOT NULL AND year IS NOT NULL
    GROUP BY agency_id, year
),
counted AS (
    SELECT agency_id, year, count(*) AS facts
    FROM fact_indicator
    GROUP BY agency_id, year
),
failed AS (
    SELECT c.agency_id, c.year, count(*) AS checks_failed
    FROM check_result AS c
    JOIN dim_report AS r USING (report_id)
    WHERE c.outcome = 'fail' AND r.is_current
    GROUP BY c.agency_id, c.year
)
SELECT
    a.agency_id,
    a.name_zh,
    a.level,
    a.function,
    a.province,
    s.year,
    CASE
        WHEN f.facts IS NOT NULL THEN 'present'
        WHEN r.reports IS NOT NULL THEN 'no_facts'
        ELSE 'missing'
    END AS status,
    coalesce(r.reports, 0)::BIGINT AS reports,
    coalesce(f.facts, 0)::BIGINT AS facts,
    coalesce(c.checks_failed, 0)::BIGINT AS checks_failed,
    r.source_path,
    NULL::VARCHAR AS reason
FROM dim_agency AS a
CROSS JOIN span AS s
LEFT JOIN reported AS r ON r.agency_id = a.agency_id AND r.year = s.year
LEFT JOIN counted AS f ON f.agency_id = a.agency_id AND f.year = s.year
LEFT JOIN failed AS c ON c.agency_id = a.agency_id AND c.year = s.year
WHERE r.reports IS NOT NULL
    OR s.year BETWEEN coalesce(a.valid_from, s.year) AND coalesce(a.valid_to, s.year)
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, 'quarantined', 0, 0, 0, source_path, reason
FROM quarantine
