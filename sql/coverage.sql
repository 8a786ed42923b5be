-- zh: 覆盖情况：哪个机关哪一年有报告；没有的是尚未设立、早于首份、晚于末份还是中间有缺；何日到期何日公布；哪些文件被隔离
-- en: Coverage: which agency has a report for which year; where none, whether that is a gap, before its first, after its last, or before it was set up; when reports were due and published; what is in quarantine
-- grain: one row for each agency and year of the corpus, and for each the roster expects; one row for each quarantined file, without agency
-- columns:
--   agency_id = 机关标识；隔离文件为空 | Agency, NULL for a quarantined file
--   name_zh, level, function, province
--   year = 年度；隔离文件为空 | Year, NULL for a quarantined file
--   status = present 有事实；no_facts 有报告而无事实；gap 首末份之间缺报告；before_first 早于首份；after_last 晚于末份；not_yet_established 尚未设立；abolished 已撤并；变更之年前后两机关合报一份，由其一报告者，另一个不算缺；missing 名册上而从无报告；quarantined 隔离 | present: facts; no_facts: a report without facts; gap: none between its first and last report; before_first, after_last: outside these; not_yet_established, abolished: no such agency then, or in the years of its change the agency before or after it owes their one report; missing: on the roster and no report ever; quarantined: a file that could not be read
--   reports = 报告数 | Reports
--   facts = 事实数 | Facts
--   facts_elsewhere = 其中出自同一年度另一份报告的事实数：现行报告整张未印的表 | Of these, facts of another report on the year: of tables that the current one does not print at all
--   checks_failed = 未通过的核验数 | Checks that fail
--   source_path = 原始文件；有数份者取现行年度报告 | File, that of the current annual report where there are several
--   reason = 无事实的原因或隔离原因 | Why a report gives no facts, or why a file is in quarantine
--   is_on_roster = 名册上应报；隔离文件为空 | Whether the roster expects a report
--   due_on = 法定公布期限 | Day it was due by law
--   published_on = 自述的公布日期；有数份者取首份，更正件不计 | Day of publication as stated; of several reports that of the first, corrections aside
--   corrected_on = 更正件自述的公布日期，取最后一份；无更正为空 | Day of the last correction as stated, NULL where there is none
--   days_late = 逾期天数，提前为负 | Days after that day, negative before it
-- example:
--   SELECT year, status, count(*) AS agencies
--   FROM coverage
--   GROUP BY ALL
--   ORDER BY year, status
SELECT
    agency_id,
    name_zh,
    level,
    function,
    province,
    year,
    status,
    reports,
    facts,
    facts_elsewhere,
    checks_failed,
    source_path,
    reason,
    is_on_roster,
    due_on,
    published_on,
    corrected_on,
    days_late
FROM agency_year
UNION ALL BY NAME
SELECT
    'quarantined' AS status,
    0 AS reports,
    0 AS facts,
    0 AS facts_elsewhere,
    0 AS checks_failed,
    source_path,
    reason
FROM quarantine
