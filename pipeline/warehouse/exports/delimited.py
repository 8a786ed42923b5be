"""CSV for spreadsheets: UTF-8 with BOM, and no cell that a spreadsheet would compute."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.exports.resource import Resource, resource
from pipeline.warehouse.exports.table_batches import batches

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(
    connection: duckdb.DuckDBPyConnection, folder: Path, chosen: Sequence[Selection]
) -> Iterator[Resource]:
    """Writes every table and yields what was written."""
    for one in chosen:
        file = folder / f"{one.table.name}.csv"
        yield resource(folder, file, one.table, _write(connection, file, one))


def _write(connection: duckdb.DuckDBPyConnection, file: Path, chosen: Selection) -> int:
    table = chosen.table
    rows = 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)
        for batch in batches(connection, table, chosen.where):
            columns = [column.to_pylist() for column in batch.columns]
            writer.writerows([cell(value) for value in row] for row in zip(*columns, strict=True))
            rows += batch.num_rows
    return rows


def cell(value: object) -> str:
    """Returns a value as a spreadsheet shows it; a formula becomes text behind an apostrophe."""
    text = plain_text(value)
    is_formula = isinstance(value, str | list) and text.startswith(_FORMULA) and len(text) > 1
    return f"'{text}" if is_formula else text
