"""Rows and columns that a spreadsheet hides are not shown to a reader, and not read."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl
from declared_table import grid, saved

from pipeline.model.document import Document
from pipeline.readers.office.ods import read_ods
from pipeline.readers.office.sheets import read_sheets

FORMATS = Path(__file__).parents[3] / "golden" / "formats"
SHOWN = [["指标", "数"], ["收到申请数", "3"], ["办结数", "2"]]
ROWS = [["指标", "上年", "数"], ["收到申请数", 8, 3], ["收到申请数（旧）", 8, 9], ["办结数", 7, 2]]
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="表一"><table:table-column/>'
    '<table:table-column table:visibility="collapse"/><table:table-column/>{}'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)


def read(content: object) -> Document:
    assert isinstance(content, Document)
    return content


def test_what_excel_hides_is_left_out_and_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    content = read(read_sheets(saved(book)))
    assert [[cell for cell in row if cell] for row in grid(content)[0]] == SHOWN
    assert content.notices == ("6 cells in hidden rows or columns of sheet 'Sheet' were not read",)


def test_a_merged_cell_that_begins_in_a_hidden_row_is_shown_below_it() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["总体", "甲", 1], [None, "乙", 2], [None, "丙", 3]]:
        sheet.append(row)
    sheet.merge_cells("A1:A3")
    sheet.row_dimensions[1].hidden = True
    content = read(read_sheets(saved(book)))
    assert {"总体", "乙", "丙"} <= {cell for row in grid(content)[0] for cell in row}
    assert "甲" not in content.text


def test_nothing_hidden_is_nothing_told() -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    assert read(read_sheets(saved(book))).notices == ()
    assert read(read_sheets((FORMATS / "form.xls").read_bytes())).notices == ()


def test_what_the_old_excel_hides_is_left_out_and_told() -> None:
    data = (FORMATS / "form.xls").read_bytes()
    whole = read(read_sheets(data))
    filled = {cell.row for cell in whole.blocks[-1].cells if cell.text}
    header = struct.pack("<HHH", 0x208, 16, min(filled))
    at = data.index(header) + len(header) + 10
    less = read(read_sheets(data[:at] + bytes([data[at] | 0x20]) + data[at + 1 :]))
    assert len(less.text) < len(whole.text)
    assert "hidden rows" in less.notices[-1]


def test_the_last_of_several_columns_that_the_old_excel_hides_is_left_out_too() -> None:
    data = (FORMATS / "form.xls").read_bytes()
    column = struct.pack("<HHHH", 0x7D, 12, 0, 256)
    filled = {cell.col for cell in read(read_sheets(data)).blocks[-1].cells if cell.text}
    for last in (1, 2, 3):
        hiding = column[:4] + struct.pack("<HHHHH", 1, last, 2048, 15, 1)
        width = data[data.index(column) + 8 :][:6]
        content = read(read_sheets(data.replace(column + width, hiding)))
        shown = {cell.col for cell in content.blocks[-1].cells if cell.text}
        assert len(shown) == len(filled) - last


def opened(rows: Iterable[tuple[str, Sequence[object]]]) -> Document:
    """An open document of rows, each behind what its element says."""
    told = "".join(
        f"<table:table-row{said}>"
        + "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in cells)
        + "</table:table-row>"
        for said, cells in rows
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", ODS.format(told))
    return read(read_ods(packed.getvalue()))


def test_what_an_open_document_hides_is_left_out_and_told() -> None:
    hidden = ' table:visibility="filter"'
    content = opened((hidden if number == 2 else "", row) for number, row in enumerate(ROWS))
    assert [[cell for cell in row if cell] for row in grid(content)[0]] == SHOWN
    assert content.notices == ("6 cells in hidden rows or columns of sheet '表一' were not read",)


def test_rows_told_once_for_several_do_not_move_what_is_hidden_below_them() -> None:
    rows = [
        (' table:number-rows-repeated="3"', ("甲", 8, 1)),
        (' table:visibility="collapse"', ("乙", 8, 2)),
        ("", ("丙", 8, 3)),
    ]
    shown = [[cell for cell in row if cell] for row in grid(opened(rows))[0]]
    assert shown == [["甲", "1"]] * 3 + [["丙", "3"]]


def test_blank_rows_told_once_for_several_do_not_move_what_is_hidden_below_them() -> None:
    rows = [
        ("", ("甲", 8, 1)),
        (' table:number-rows-repeated="3"', ("", "", "")),
        ("", ("乙", 8, 2)),
        (' table:visibility="collapse"', ("丙", 8, 3)),
        ("", ("丁", 8, 4)),
    ]
    assert [word for word in opened(rows).text.split() if word in "甲乙丙丁"] == ["甲", "乙", "丁"]
