"""XLSX: one sheet a table with a frozen header, after a sheet that explains them."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.exports.resource import Resource, resource
from pipeline.warehouse.exports.table_batches import batches
from pipeline.warehouse.schema import Table, tables

NOTES = "说明 Notes"
FILE = "gongkai.xlsx"
ROWS_A_SHEET = 1_000_000
"""A sheet holds 1,048,576 rows; a longer table goes on in a second one."""

_LONGEST_CELL = 32_767
_WIDTH = 18


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Resource]:
    """Writes one workbook and yields a resource for each table in it."""
    workbook = Workbook(write_only=True)
    _write_notes(workbook)
    rows = {table.name: _write_table(workbook, connection, table) for table in tables().values()}
    file = folder / FILE
    workbook.save(file)
    for table in tables().values():
        yield resource(folder, file, table, rows[table.name])


def _write_notes(workbook: Any) -> None:
    sheet = workbook.create_sheet(NOTES)
    sheet.column_dimensions["C"].width = sheet.column_dimensions["D"].width = 3 * _WIDTH
    sheet.append(_header(sheet, ["table", "column", "说明", "description"]))
    for table in tables().values():
        sheet.append([table.name, "", table.zh, table.en])
        for column in table.columns:
            sheet.append([table.name, column.name, column.zh, column.en])


def _write_table(workbook: Any, connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    sheet = _new_sheet(workbook, table, table.name)
    rows = 0
    for batch in batches(connection, table):
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            if rows and rows % ROWS_A_SHEET == 0:
                sheet = _new_sheet(workbook, table, f"{table.name} ({rows // ROWS_A_SHEET + 1})")
            sheet.append([*(_cell(sheet, value) for value in row[:-1]), _last(sheet, row[-1])])
            rows += 1
    return rows


def _new_sheet(workbook: Any, table: Table, title: str) -> Any:
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number in range(len(table.columns)):
        sheet.column_dimensions[_letter(number)].width = _WIDTH
    sheet.append(_header(sheet, [column.name for column in table.columns]))
    return sheet


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
