"""Files to take away: CSV and XLSX that no spreadsheet computes, and charts as PNG."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import vl_convert
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from pipeline.warehouse.exports.delimited import cell
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.records import Record

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL = 32_767
_SCALE = 2.0


def as_csv(rows: Sequence[Record]) -> bytes:
    """Returns rows as UTF-8 with BOM; formulas become text behind an apostrophe."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    if rows:
        writer.writerow(cell(name) for name in rows[0])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Record], notes: Sequence[str] = ()) -> bytes:
    """Returns rows as a workbook in which every text is a text.

    Args:
        rows: What the first sheet holds.
        notes: Lines of a second sheet: what was chosen, and how to cite it.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("gongkai")
    sheet.freeze_panes = "A2"
    if rows:
        sheet.append([_typed(sheet, name) for name in rows[0]])
    for row in rows:
        sheet.append([_typed(sheet, value) for value in row.values()])
    if notes:
        beside = workbook.create_sheet("notes")
        for note in notes:
            beside.append([_typed(beside, note)])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def as_png(svg: str) -> bytes:
    """Returns a picture in dots, set in the fonts of this machine."""
    png: bytes = vl_convert.svg_to_png(svg, scale=_SCALE)
    return png


def _typed(sheet: object, value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.replace(microsecond=0, tzinfo=None)
    text = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", plain_text(value))[:_LONGEST_CELL])
    text.data_type = "s"
    text.quotePrefix = True
    return text
