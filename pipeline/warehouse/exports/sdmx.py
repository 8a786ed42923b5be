"""SDMX-CSV 2.0: one observation a line, with its status in the standard's code list.

Values that a current report leaves blank, masks or declares not applicable are lines
without a value, so that a reader can tell them from what was never asked.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace

from pipeline.warehouse.exports import sdmx_structure
from pipeline.warehouse.exports.export_request import BATCH, ExportRequest, Resource
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.exports.sdmx_structure import FACTS as TABLE
from pipeline.warehouse.exports.sdmx_structure import STRUCTURE_ID
from pipeline.warehouse.statements import statement

FACTS = "fact_indicator"
"""What is chosen of this table is written."""

FILE = "facts.sdmx.csv"
_LINES = "sdmx_lines"

_GAPS = f"SELECT count(*) FROM {_LINES} WHERE OBS_VALUE IS NULL"


def write(request: ExportRequest) -> Iterator[Resource]:
    """Writes the chosen facts and their structure message; yields the resource of the facts."""
    file = request.folder / FILE
    (chosen,) = (one for one in request.chosen if one.table.name == FACTS)
    request.progress(FACTS, 0, 0)
    select = statement(__name__, "sdmx_lines").format(structure=STRUCTURE_ID, where=chosen.where)
    names = ", ".join(column.name for column in TABLE.columns)
    request.connection.execute(f"CREATE OR REPLACE TEMP TABLE {_LINES} ({names}) AS {select}")
    result = request.connection.execute(f"FROM {_LINES} ORDER BY {', '.join(TABLE.key)}")
    rows = 0
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(column.name for column in TABLE.columns)
        while lines := result.fetchmany(BATCH):
            writer.writerows([plain_text(value) for value in line] for line in lines)
            rows += len(lines)
            request.progress(FACTS, rows, 0)
    sdmx_structure.write(request, _LINES)
    ((gaps,),) = request.connection.execute(_GAPS).fetchall()
    written = request.resource(file, replace(chosen, table=TABLE), rows)
    yield replace(written, without_value=gaps)
