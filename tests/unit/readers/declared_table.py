"""One declared table, written as real files of every format."""

import io
from collections.abc import Iterable
from typing import NamedTuple

import docx
import openpyxl
from docx.enum.text import WD_BREAK

from pipeline.model.document import Document, Table

TITLE = "某县质量技术监督局政府信息公开工作年度报告"
SENTENCE = "根据《条例》要求，现公布2018年度报告，主动公开政府信息236条。"


class Declared(NamedTuple):
    """A cell as declared: text, origin and extent."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1


MERGED = (
    Declared("申请人情况", 0, 0, 2, 2),
    Declared("自然人", 0, 2),
    Declared("法人或其他组织", 0, 3, 1, 2),
    Declared("总计", 0, 5, 2),
    Declared("件", 1, 2),
    Declared("商业企业", 1, 3),
    Declared("其他", 1, 4),
    Declared("三、本年度办理结果", 2, 0, 2),
    Declared("（一）予以公开", 2, 1),
    Declared("50", 2, 2),
    Declared("0", 2, 3),
    Declared("", 2, 4),
    Declared("50", 2, 5),
    Declared("（二）部分公开", 3, 1),
    Declared("9", 3, 2),
    Declared("—", 3, 3),
    Declared("0.75", 3, 4),
    Declared("9.75", 3, 5),
)
ROWS, COLUMNS = 4, 6

PLAIN = (
    ("统计指标", "单位", "统计数"),
    ("一、主动公开情况", "——", ""),
    ("（一）主动公开政府信息数", "条", "236"),
    ("1.政府公报公开政府信息数", "条", "0"),
    ("（二）经费", "万元", "127.6"),
)


def declared_cells(document: Document) -> list[tuple[Declared, ...]]:
    """Returns the tables of a document in the form they are declared in."""
    return [
        tuple(Declared(c.text, c.row, c.col, c.rowspan, c.colspan) for c in block.cells)
        for block in document.blocks
        if isinstance(block, Table)
    ]


def grid(document: Document) -> list[list[list[str]]]:
    """Returns the texts of each table, row by row."""
    return [
        [[cell.text for cell in row] for row in block.rows()]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def assert_places(document: Document) -> None:
    """Every place points at the text it says, blocks follow each other."""
    behind = 0
    for block in document.blocks:
        assert block.place.start >= behind
        behind = block.place.end
        cells = block.cells if isinstance(block, Table) else (block,)
        for part in cells:
            assert document.text[part.place.start : part.place.end] == part.text


def merged_html() -> str:
    """The merged table as a web page."""
    return _page(_html_rows(MERGED))


def plain_html() -> str:
    """The plain table as a web page."""
    return _page("".join("<tr>" + "".join(f"<td>{t}</td>" for t in row) + "</tr>" for row in PLAIN))


def _page(rows: str) -> str:
    return (
        f"<html><head><title>{TITLE}</title></head><body><p>{SENTENCE}</p>"
        f"<table>{rows}</table></body></html>"
    )


def _html_rows(cells: Iterable[Declared]) -> str:
    rows: dict[int, str] = {}
    for cell in cells:
        rows[cell.row] = rows.get(cell.row, "") + (
            f'<td rowspan="{cell.rowspan}" colspan="{cell.colspan}">{cell.text or "&nbsp;"}</td>'
        )
    return "".join(f"<tr>{row}</tr>" for row in rows.values())


def merged_docx() -> bytes:
    """The merged table in a Word file, with a page break in the prose."""
    document = docx.Document()
    document.add_paragraph(SENTENCE).add_run().add_break(WD_BREAK.PAGE)
    table = document.add_table(ROWS, COLUMNS)
    for cell in MERGED:
        corner = table.cell(cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)
        table.cell(cell.row, cell.col).merge(corner).text = cell.text
    return saved(document)


def plain_docx() -> bytes:
    """The plain table in a Word file."""
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    table = document.add_table(len(PLAIN), 3)
    for row, texts in enumerate(PLAIN):
        for col, text in enumerate(texts):
            table.cell(row, col).text = text
    return saved(document)


def merged_xlsx() -> bytes:
    """The merged table in a spreadsheet, under a title."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([SENTENCE])
    for cell in MERGED:
        row, col = cell.row + 2, cell.col + 1
        sheet.cell(row, col).value = _number(cell.text)
        if cell.rowspan * cell.colspan > 1:
            sheet.merge_cells(
                start_row=row,
                start_column=col,
                end_row=row + cell.rowspan - 1,
                end_column=col + cell.colspan - 1,
            )
    return saved(book)


def plain_xlsx() -> bytes:
    """The plain table in a spreadsheet, under a title."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([SENTENCE])
    for row in PLAIN:
        sheet.append([_number(text) for text in row])
    return saved(book)


def plain_text() -> bytes:
    """The plain table parted by tabs."""
    rows = "\n".join("\t".join(row) for row in PLAIN)
    return f"{SENTENCE}\n\n{rows}\n".encode()


def _number(text: str) -> str | float | None:
    try:
        return float(text)
    except ValueError:
        return text or None


def saved(document: object) -> bytes:
    """Returns what a library's document saves."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
