"""XLSX: one sheet a table with a frozen header, after a sheet that explains them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.exports.resource import Resource, resource
from pipeline.warehouse.exports.table_batches import batches
from pipeline.warehouse.schema import Table

NOTES = "说明 Notes"
FILE = "gongkai.xlsx"
ROWS_A_SHEET = 1_000_000
"""A sheet holds 1,048,576 rows; a longer table goes on in a second one."""

_LONGEST_CELL = 32_767
_WIDTHS = {"VARCHAR": 24, "VARCHAR[]": 36, "INTEGER": 9, "BOOLEAN": 9, "DATE": 12, "TIMESTAMP": 20}
_WIDTH = 14
_WIDTH_OF_A_LETTER = 1.3
_WIDTH_OF_NOTES = 54


def write(
    connection: duckdb.DuckDBPyConnection, folder: Path, chosen: Sequence[Selection]
) -> Iterator[Resource]:
    """Writes one workbook and yields a resource for each table in it."""
    workbook = Workbook(write_only=True)
    _write_notes(workbook, [one.table for one in chosen])
    rows = [_write_table(workbook, connection, one) for one in chosen]
    file = folder / FILE
    workbook.save(file)
    for one, number in zip(chosen, rows, strict=True):
        yield resource(folder, file, one.table, number)


def _write_notes(workbook: Any, listed: Sequence[Table]) -> None:
    sheet = workbook.create_sheet(NOTES)
    sheet.column_dimensions["C"].width = sheet.column_dimensions["D"].width = _WIDTH_OF_NOTES
    sheet.append(_header(sheet, ["table", "column", "说明", "description"]))
    for table in listed:
        sheet.append([table.name, "", table.zh, table.en])
        for column in table.columns:
            sheet.append([table.name, column.name, column.zh, column.en])


def _write_table(workbook: Any, connection: duckdb.DuckDBPyConnection, chosen: Selection) -> int:
    table = chosen.table
    sheet = _new_sheet(workbook, table, table.name)
    rows = 0
    for batch in batches(connection, table, chosen.where):
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            if rows and rows % ROWS_A_SHEET == 0:
                _filter(sheet, table, ROWS_A_SHEET)
                sheet = _new_sheet(workbook, table, f"{table.name} ({rows // ROWS_A_SHEET + 1})")
            sheet.append([*(_cell(sheet, value) for value in row[:-1]), _last(sheet, row[-1])])
            rows += 1
    _filter(sheet, table, rows)
    return rows


def _new_sheet(workbook: Any, table: Table, title: str) -> Any:
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns):
        width = max(_WIDTHS.get(column.type, _WIDTH), _WIDTH_OF_A_LETTER * len(column.name))
        sheet.column_dimensions[_letter(number)].width = width
    sheet.append(_header(sheet, [column.name for column in table.columns]))
    return sheet


def _filter(sheet: Any, table: Table, rows: int) -> None:
    """Lets people filter by any column; a filter without rows damages the file for some."""
    if rows:
        last = (rows - 1) % ROWS_A_SHEET + 2
        sheet.auto_filter.ref = f"A1:{_letter(len(table.columns) - 1)}{last}"


def _header(sheet: Any, names: list[str]) -> list[Any]:
    cells = [WriteOnlyCell(sheet, name) for name in names]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _cell(sheet: Any, value: object) -> object:
    match value:
        case list():
            return _cell(sheet, plain_text(value))
        case str():
            return _text(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL])
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.replace(microsecond=0)
    return value


def _last(sheet: Any, value: object) -> object:
    """Returns the last cell of a row; one that is written though empty keeps rows equally wide."""
    if value is not None:
        return _cell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell.font = Font(size=11)
    return cell


def _text(sheet: Any, text: str) -> object:
    """Returns text that no spreadsheet takes for a formula."""
    if not text.startswith(("=", "+", "-", "@")):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _letter(number: int) -> str:
    """Returns the letters of a column, from 0."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters
