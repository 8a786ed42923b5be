-- zh: 指标覆盖：某机关某年某指标有没有数，没有的原印是什么
-- en: Coverage of an indicator: whether an agency gives it for a year, and what stands there if not
-- grain: one row for each agency and year of coverage and each indicator; filter by indicator, or by agency and year
-- columns:
--   agency_id, name_zh, level, function, province, year, indicator_id
--   status = fact 有数；zero 数为零；blank 空白；dash 横线；not_applicable 不适用；masked 遮盖；unreadable 无法读取；disagreeing 数处不一；not_adding_up 表内合计不符；no_unit 单位未印或不明；too_large 位数过多；year_not_over 该年度尚未结束；withheld 已停用；not_printed 表式有而报告未列；not_on_this_form 表式无此项；no_report 无报告；not_yet_established、abolished 当年无此机关（见 coverage） | fact: a value; zero: the value is 0; blank, dash, not_applicable, masked, unreadable: what stands in the cell; disagreeing: printed with several values; not_adding_up: of a table whose sums do not hold; no_unit: no unit tells what is counted; too_large: more digits than a column holds; year_not_over: the year was not over when the document was first seen; withheld: known to be wrong; not_printed: on the form, left out of the report; not_on_this_form; no_report; not_yet_established, abolished: no such agency then, as in coverage
--   value = 数值；没有事实为空 | Value, NULL without a fact
--   standing = 可靠程度；没有事实为空 | What it is worth, NULL without a fact
--   observation_id = 观测值；未印则为空 | Observation, NULL where nothing is printed
--   value_raw = 所印原文；有事实者见观测值 | What is printed where there is no fact
--   candidates = 仍属可能的各种读法 | Readings that remain possible
--   report_id = 现行年度报告 | Current annual report
-- example:
--   SELECT status, count(*) AS agencies
--   FROM indicator_coverage
--   WHERE indicator_id = 'requests.received' AND year = 2018 AND level = 'county'
--   GROUP BY status
--   ORDER BY status
WITH printed_on AS (
    -- What no form prints is worked out from rows below it, so it is of their forms.
    SELECT
        i.indicator_id,
        list_distinct(flatten(list(coalesce(part.templates, i.templates)))) AS forms
    FROM dim_indicator AS i
    LEFT JOIN dim_indicator AS part
        ON list_contains(i.templates, 'derived')
        AND part.parent_id = i.row_id
        AND part.breakdown IS NOT DISTINCT FROM i.breakdown
    GROUP BY i.indicator_id
)
SELECT
    y.agency_id,
    y.name_zh,
    y.level,
    y.function,
    y.province,
    y.year,
    i.indicator_id,
    CASE
        WHEN f.value = 0 THEN 'zero'
        WHEN f.value IS NOT NULL THEN 'fact'
        WHEN y.status IN ('not_yet_established', 'abolished') THEN y.status
        WHEN y.report_id IS NULL THEN 'no_report'
        WHEN g.status IS NOT NULL THEN g.status
        WHEN list_contains(i.forms, y.form) THEN 'not_printed'
        ELSE 'not_on_this_form'
    END AS status,
    f.value,
    f.standing,
    coalesce(f.observation_id, g.observation_id) AS observation_id,
    CASE WHEN f.value IS NULL THEN g.value_raw END AS value_raw,
    CASE WHEN f.value IS NULL THEN coalesce(g.candidates, []) ELSE [] END AS candidates,
    y.report_id
FROM agency_year AS y
CROSS JOIN printed_on AS i
LEFT JOIN fact_indicator AS f
    ON f.agency_id = y.agency_id AND f.year = y.year AND f.indicator_id = i.indicator_id
LEFT JOIN fact_gap AS g
    ON g.agency_id = y.agency_id AND g.year = y.year AND g.indicator_id = i.indicator_id
