"""Files to take away: CSV and XLSX that no spreadsheet computes, and charts as PNG."""

import csv
import io
from collections.abc import Sequence

import vl_convert
from openpyxl import Workbook

from pipeline.warehouse.exports.csv_files import cell
from pipeline.warehouse.exports.sheet_cells import sheet_cell
from pipeline.warehouse.records import Record

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SCALE = 2.0


def as_csv(rows: Sequence[Record]) -> bytes:
    """Returns rows as UTF-8 with BOM; formulas become text after an apostrophe."""
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
        sheet.append([sheet_cell(sheet, name) for name in rows[0]])
    for row in rows:
        sheet.append([sheet_cell(sheet, value) for value in row.values()])
    if notes:
        beside = workbook.create_sheet("notes")
        for note in notes:
            beside.append([sheet_cell(beside, note)])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def as_png(svg: str) -> bytes:
    """Returns a picture in dots, set in the fonts of this machine."""
    png: bytes = vl_convert.svg_to_png(svg, scale=_SCALE)
    return png
