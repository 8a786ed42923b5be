"""XLSX: one sheet a table with a frozen header and names beside ids, after a sheet of notes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from rich.cells import cell_len

from pipeline.warehouse.exports.choice import ChoiceError, Selection
from pipeline.warehouse.exports.export_request import ExportRequest, Resource
from pipeline.warehouse.exports.sheet_cells import sheet_cell
from pipeline.warehouse.schema import ColumnSchema, TableSchema

_NAME = "SELECT {name} FROM {table} WHERE {key} = given.{column}"
_NAMES = {
    "dim_agency": _NAME.format(name="name_zh", table="dim_agency", key="agency_id", column="{0}"),
    "dim_indicator": _NAME.format(
        name="label_zh", table="dim_indicator", key="indicator_id", column="{0}"
    ),
    "dim_report": (
        "SELECT concat_ws(' ', coalesce(name_zh, agency_stated, title), r.year)"
        " FROM dim_report AS r LEFT JOIN dim_agency USING (agency_id)"
        " WHERE r.report_id = given.{0}"
    ),
}

NOTES = "说明 Notes"
FILE = "gongkai.xlsx"
ROWS_A_SHEET = 1_048_575
"""What a sheet holds below its header."""

_WIDTHS = {"VARCHAR": 24, "VARCHAR[]": 36, "INTEGER": 9, "BOOLEAN": 9, "DATE": 12, "TIMESTAMP": 20}
_WIDTH = 14
_WIDTH_OF_A_LETTER = 1.3
_WIDTH_OF_NOTES = 60
_HEIGHT_OF_A_LINE = 15
_WIDTH_OF_AN_ID = 34


def write(request: ExportRequest) -> Iterator[Resource]:
    """Writes one workbook and yields a resource for each table in it.

    Raises:
        ChoiceError: A table is longer than a sheet.
    """
    chosen = [labelled(one) for one in request.chosen]
    for one in chosen:
        _must_fit(one.table.name, request.rows(one))
    workbook = Workbook(write_only=True)
    _write_notes(workbook, request, [one.table for one in chosen])
    rows = [_write_table(workbook, request, one) for one in chosen]
    file = request.folder / FILE
    workbook.save(file)
    for one, number in zip(chosen, rows, strict=True):
        yield request.resource(file, one, number)


def _must_fit(name: str, rows: int) -> None:
    if rows > ROWS_A_SHEET:
        raise ChoiceError(
            f"{name} has {rows:,} rows, and a sheet holds {ROWS_A_SHEET:,}: narrow it with --year, "
            "--province or --indicator, leave it out by naming others with --table, "
            "or take --format csv or parquet"
        )


def _write_notes(workbook: Any, request: ExportRequest, listed: Sequence[TableSchema]) -> None:
    sheet = workbook.create_sheet(NOTES)
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    for letter in "ABCD":
        sheet.column_dimensions[letter].width = _WIDTH_OF_AN_ID if letter < "C" else _WIDTH_OF_NOTES
    for number, (names, texts) in enumerate(_notes(request, listed), 1):
        # As high as its texts are: not every program sees to that itself.
        lines = max((ceil(cell_len(text) / _WIDTH_OF_NOTES) for text in texts), default=1)
        sheet.row_dimensions[number].height = _HEIGHT_OF_A_LINE * lines
        cells = names if texts and names[1] else _header(sheet, names)
        sheet.append([*cells, *(_wrapped(sheet, text) for text in texts)])


def _notes(
    request: ExportRequest, listed: Sequence[TableSchema]
) -> Iterator[tuple[list[str], list[str]]]:
    """Yields the rows of the sheet of notes: subject and text."""
    for name, text in request.about.lines():
        yield [name, ""], [text]
    yield [], []
    yield ["table", "column", "说明", "description"], []
    for table in listed:
        yield [table.name, ""], [table.zh, table.en]
        for column in table.columns:
            yield [table.name, column.name], [column.zh, column.en]


def _write_table(workbook: Any, request: ExportRequest, one: Selection) -> int:
    sheet = _new_sheet(workbook, one.table)
    rows = 0
    for batch in request.batches(one):
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            sheet.append([*(sheet_cell(sheet, value) for value in row[:-1]), _last(sheet, row[-1])])
        rows += batch.num_rows
    if rows:  # a filter without rows damages the file for some
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(one.table.columns))}{rows + 1}"
    return rows


def _new_sheet(workbook: Any, table: TableSchema) -> Any:
    sheet = workbook.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    for number, column in enumerate(table.columns, 1):
        usual = _WIDTH_OF_AN_ID if column.name.endswith("_id") else _WIDTHS.get(column.type, _WIDTH)
        width = max(usual, _WIDTH_OF_A_LETTER * len(column.name))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append(_header(sheet, [column.name for column in table.columns]))
    return sheet


def _header(sheet: Any, names: list[str]) -> list[Any]:
    cells = [WriteOnlyCell(sheet, name) for name in names]
    for cell in cells:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    return cells


def _wrapped(sheet: Any, text: str) -> Any:
    cell = sheet_cell(sheet, text)
    if not isinstance(cell, Cell):
        cell = WriteOnlyCell(sheet, cell)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _last(sheet: Any, value: object) -> object:
    """Returns the last cell of a row; one that is written though empty keeps rows equally wide."""
    if value is not None:
        return sheet_cell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell.font = Font(size=11)
    return cell


def labelled(one: Selection) -> Selection:
    """Returns a selection with a column of names after each id that stands for a row elsewhere."""
    columns: list[ColumnSchema] = []
    names: list[str] = []
    for column in one.table.columns:
        columns.append(column)
        if column.refers_to in _NAMES:
            beside = f"{column.name.removesuffix('_id')}_zh"
            zh, en = f"{column.zh}：名称", f"{column.en}: its name"
            columns.append(ColumnSchema(name=beside, type="VARCHAR", optional=True, zh=zh, en=en))
            names.append(f'({_NAMES[column.refers_to].format(column.name)}) AS "{beside}"')
    if not names:
        return one
    query = f"SELECT given.*, {', '.join(names)} FROM {one.relation} AS given"
    return replace(one, table=one.table.having(columns), query=query)
