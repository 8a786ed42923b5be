"""SDMX-CSV 2.0: one observation a line, with its status in the standard's code list.

Values that a current report leaves blank, masks or declares not applicable are lines
without a value, so that a reader can tell them from what was never asked.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace

from pipeline.warehouse.exports import sdmx_structure
from pipeline.warehouse.exports.order import BATCH, Order, Resource
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.exports.sdmx_structure import FACTS as TABLE
from pipeline.warehouse.exports.sdmx_structure import STRUCTURE_ID

FACTS = "fact_indicator"
"""What is chosen of this table is written."""

FILE = "facts.sdmx.csv"
_LINES = "sdmx_lines"

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
    'dataflow', '{structure}', 'I', replace(agency_id, '.', '-'), replace(measure, '.', '-'),
    coalesce(replace(breakdown, '.', '-'), '_T'), year, value, status, unit, scope,
    confidence, errors_failing, warnings_failing, standing, report_id, observation_id
FROM (FROM given UNION ALL FROM withheld)
WHERE {where}
"""


_GAPS = f"SELECT count(*) FROM {_LINES} WHERE OBS_VALUE IS NULL"


def write(order: Order) -> Iterator[Resource]:
    """Writes the chosen facts and their structure message; yields the resource of the facts."""
    file = order.folder / FILE
    (chosen,) = (one for one in order.chosen if one.table.name == FACTS)
    order.progress(FACTS, 0, 0)
    select = _SELECT.format(structure=STRUCTURE_ID, where=chosen.where)
    names = ", ".join(column.name for column in TABLE.columns)
    order.connection.execute(f"CREATE OR REPLACE TEMP TABLE {_LINES} ({names}) AS {select}")
    result = order.connection.execute(f"FROM {_LINES} ORDER BY {', '.join(TABLE.key)}")
    rows = 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(column.name for column in TABLE.columns)
        while lines := result.fetchmany(BATCH):
            writer.writerows([plain_text(value) for value in line] for line in lines)
            rows += len(lines)
            order.progress(FACTS, rows, 0)
    sdmx_structure.write(order, _LINES)
    ((gaps,),) = order.connection.execute(_GAPS).fetchall()
    written = order.resource(file, replace(chosen, table=TABLE), rows)
    yield replace(written, without_value=gaps)
