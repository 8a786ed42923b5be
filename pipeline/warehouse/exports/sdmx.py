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
from pipeline.warehouse.statements import statement

FACTS = "fact_indicator"
"""What is chosen of this table is written."""

FILE = "facts.sdmx.csv"
_LINES = "sdmx_lines"

_GAPS = f"SELECT count(*) FROM {_LINES} WHERE OBS_VALUE IS NULL"


def write(order: Order) -> Iterator[Resource]:
    """Writes the chosen facts and their structure message; yields the resource of the facts."""
    file = order.folder / FILE
    (chosen,) = (one for one in order.chosen if one.table.name == FACTS)
    order.progress(FACTS, 0, 0)
    select = statement(__name__, "sdmx_lines").format(structure=STRUCTURE_ID, where=chosen.where)
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
