"""SDMX-CSV 2.0: one observation a line, with its status in the standard's code list.

Values that a current report leaves blank, masks or declares not applicable are lines
without a value, so that a reader can tell them from what was never asked.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.delimited import cell
from pipeline.warehouse.exports.resource import Resource, resource
from pipeline.warehouse.exports.table_batches import BATCH
from pipeline.warehouse.schema import Column, Table
from pipeline.warehouse.standing import standings

STRUCTURE = "GONGKAI:FACTS(1.0)"
FACTS = "fact_indicator"
"""What is chosen of this table is written."""

FILE = "facts.sdmx.csv"

TABLE = Table(
    name="facts",
    zh="事实（SDMX-CSV 2.0）",
    en="Facts as SDMX-CSV 2.0",
    key=("AGENCY", "TIME_PERIOD", "INDICATOR", "BREAKDOWN"),
    columns=(
        Column(name="STRUCTURE", type="VARCHAR", zh="结构类别", en="Kind of structure"),
        Column(name="STRUCTURE_ID", type="VARCHAR", zh="结构标识", en="Id of the structure"),
        Column(name="ACTION", type="VARCHAR", zh="动作", en="I for information"),
        Column(name="AGENCY", type="VARCHAR", zh="机关", en="Agency"),
        Column(name="TIME_PERIOD", type="INTEGER", zh="年度", en="Year"),
        Column(name="INDICATOR", type="VARCHAR", zh="指标", en="Measure"),
        Column(name="BREAKDOWN", type="VARCHAR", zh="分组，合计为 _T", en="Breakdown, _T in all"),
        Column(name="OBS_VALUE", type="DECIMAL(20,6)", optional=True, zh="数值", en="Value"),
        Column(
            name="OBS_STATUS",
            type="VARCHAR",
            values=("A", "E", "M", "O", "Q"),
            zh="状态：A 正常，E 估计，M 不适用，O 缺失，Q 遮盖",
            en="A normal, E estimated, M cannot exist, O missing, Q suppressed",
        ),
        Column(name="UNIT_MEASURE", type="VARCHAR", zh="单位", en="Unit"),
        Column(
            name="SCOPE", type="VARCHAR", zh="统计口径", en="Whose numbers: never add up scopes"
        ),
        Column(
            name="CONFIDENCE", type="DOUBLE", optional=True, zh="可信度", en="Confidence, 0 to 1"
        ),
        Column(
            name="ERRORS_FAILING",
            type="INTEGER",
            optional=True,
            zh="未通过的 error 级核验数",
            en="Checks of severity error that fail and name it",
        ),
        Column(
            name="WARNINGS_FAILING",
            type="INTEGER",
            optional=True,
            zh="未通过的 warn 级核验数",
            en="Checks of severity warn that fail and name it",
        ),
        Column(
            name="STANDING",
            type="VARCHAR",
            optional=True,
            values=tuple(standings()),
            zh="可靠程度：" + "；".join(f"{k} {one.meaning_zh}" for k, one in standings().items()),
            en="; ".join(f"{k}: {one.meaning_en}" for k, one in standings().items()),
        ),
        Column(name="REPORT_ID", type="VARCHAR", zh="报告", en="Report"),
        Column(name="OBSERVATION_ID", type="VARCHAR", zh="观测值", en="Observation"),
    ),
)

_SELECT = """
WITH given AS (
    SELECT
        f.agency_id, f.year, f.indicator_id, i.measure, i.breakdown, f.value,
        CASE WHEN f.qualifier <> 'exact' OR f.source IN ('derived', 'reconstructed')
            THEN 'E' ELSE 'A' END AS status,
        f.unit, f.scope, f.confidence, f.errors_failing, f.warnings_failing, f.standing,
        f.report_id, f.observation_id
    FROM fact_indicator AS f
    JOIN dim_indicator AS i USING (indicator_id)
),
withheld AS (
    SELECT
        r.agency_id, r.year, o.indicator_id, i.measure, i.breakdown, NULL AS value,
        CASE o.value_status WHEN 'not_applicable' THEN 'M' WHEN 'masked' THEN 'Q' ELSE 'O' END
            AS status,
        i.unit, r.scope, NULL, NULL, NULL, NULL, o.report_id, o.observation_id
    FROM observation AS o
    JOIN dim_report AS r USING (report_id)
    JOIN dim_indicator AS i USING (indicator_id)
    WHERE o.value_status IN ('blank', 'dash', 'not_applicable', 'masked', 'unreadable')
        AND o.source = 'table' AND o.year IS NULL AND r.is_current
        AND r.doc_type = 'annual_report'
        AND r.agency_id IS NOT NULL AND NOT starts_with(r.agency_id, 'unresolved.')
        AND r.year IS NOT NULL
        AND NOT EXISTS (
            FROM fact_indicator AS f
            WHERE f.agency_id = r.agency_id AND f.year = r.year
                AND f.indicator_id = o.indicator_id
        )
    QUALIFY row_number() OVER (
        PARTITION BY r.agency_id, r.year, o.indicator_id ORDER BY o.observation_id
    ) = 1
)
SELECT
    'dataflow', '{structure}', 'I', agency_id, year, measure, coalesce(breakdown, '_T'),
    value, status, unit, scope, confidence, errors_failing, warnings_failing, standing,
    report_id, observation_id
FROM (FROM given UNION ALL FROM withheld)
WHERE {where}
ORDER BY agency_id, year, measure, breakdown NULLS FIRST
"""


def write(
    connection: duckdb.DuckDBPyConnection, folder: Path, chosen: Sequence[Selection]
) -> Iterator[Resource]:
    """Writes the facts that are chosen and yields the file."""
    file = folder / FILE
    where = next((one.where for one in chosen if one.table.name == FACTS), "true")
    result = connection.execute(_SELECT.format(structure=STRUCTURE, where=where))
    rows = 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(column.name for column in TABLE.columns)
        while chunk := result.fetchmany(BATCH):
            writer.writerows([cell(value) for value in row] for row in chunk)
            rows += len(chunk)
    yield resource(folder, file, TABLE, rows)
