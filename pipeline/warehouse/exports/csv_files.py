"""CSV that programs read with their defaults, and no cell that a spreadsheet would compute.

UTF-8 with BOM. A number that may have decimals always has its point: readers that judge a column
by its first rows are not misled.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.export_request import ExportRequest, Resource
from pipeline.warehouse.exports.plain import FORMULA, plain_text


def write(request: ExportRequest) -> Iterator[Resource]:
    """Writes every table and yields what was written."""
    for one in request.chosen:
        yield write_table(request, one)


def write_table(request: ExportRequest, one: Selection) -> Resource:
    """Writes one table and returns what was written."""
    file = request.folder / f"{one.table.name}.csv"
    rows = 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(column.name for column in one.table.columns)
        for batch in request.batches(one):
            columns = [column.to_pylist() for column in batch.columns]
            writer.writerows(map(cell, row) for row in zip(*columns, strict=True))
            rows += batch.num_rows
    return request.resource(file, one, rows)


def cell(value: object) -> str:
    """Returns a value as a spreadsheet shows it; a formula becomes text after an apostrophe."""
    text = plain_text(value)
    match value:
        case str() | list() if text.startswith(FORMULA) and len(text) > 1:
            return f"'{text}"
        case Decimal() if "." not in text:
            return f"{text}.0"
    return text
