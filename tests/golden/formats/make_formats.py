"""Fills the official form with numbers and has LibreOffice write it in every format.

Run by hand, with ``soffice`` on the path, when the declared numbers change:
``python tests/golden/formats/make_formats.py``. The files it writes are committed, so that
tests need no office software.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.model.document import Document, Table
from pipeline.readers.office.word import read_docx

FOLDER = Path(__file__).parent
HEADER_ROWS = 3


def filled() -> docx.document.Document:
    """The blank form with a number of its own in every value cell."""
    document = docx.Document(str(FOLDER / "form_D_blank.docx"))
    number = 100
    for table in document.tables:
        for row in table.rows:
            for cell in row._tr.tc_lst:
                if not "".join(cell.itertext()).strip() and cell.vMerge is None:
                    paragraph = cell.p_lst[0]
                    paragraph.add_r().text = str(number)
                    number += 1
    return document


def with_repeated_header(document: docx.document.Document) -> None:
    """Marks the head rows of the application table as repeated on every page."""
    for row in document.tables[1].rows[:HEADER_ROWS]:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))


def with_rotated_label(document: docx.document.Document) -> None:
    """Turns the label of the big merged cell on its side."""
    for row in document.tables[1].rows:
        for cell in row._tr.tc_lst:
            if "本年度办理结果" in "".join(cell.itertext()):
                direction = OxmlElement("w:textDirection")
                direction.set(qn("w:val"), "btLr")
                cell.get_or_add_tcPr().append(direction)


def pushed_down(document: docx.document.Document) -> None:
    """Lets the application table begin low on a page, so that the break cuts it."""
    heading = next(p for p in document.paragraphs if p.text.startswith("三、"))
    heading.insert_paragraph_before().add_run().add_break(WD_BREAK.PAGE)
    for _ in range(9):
        heading.insert_paragraph_before("为了使表格跨页，这里写一段文字，内容没有意义。")


def spreadsheet(document: Document) -> openpyxl.Workbook:
    """The tables of a document, one a sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in enumerate(b for b in document.blocks if isinstance(b, Table)):
        sheet = book.create_sheet(f"表{number + 1}")
        for cell in table.cells:
            row, col = cell.row + 1, cell.col + 1
            sheet.cell(row, col).value = int(cell.text) if cell.text.isdecimal() else cell.text
            if cell.rowspan * cell.colspan > 1:
                end_row, end_col = row + cell.rowspan - 1, col + cell.colspan - 1
                sheet.merge_cells(None, row, col, end_row, end_col)
    return book


def convert(source: Path, ending: str, name: str) -> None:
    """Has LibreOffice convert a file and keeps the result under a name."""
    command = ["soffice", "--headless", "--convert-to", ending, "--outdir", source.parent, source]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    shutil.move(source.with_suffix("." + ending.split(":")[0]), FOLDER / name)


def main() -> None:
    """Writes all files."""
    form = filled()
    form.save(str(FOLDER / "form.docx"))
    broken = filled()
    pushed_down(broken)
    turned = filled()
    pushed_down(turned)
    with_repeated_header(turned)
    with_rotated_label(turned)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.docx")
        form.save(str(source))
        for ending in ("doc", "rtf", "odt", "html"):
            convert(source, ending, f"form.{ending}")
        for document, name in ((broken, "form_over_pages.pdf"), (turned, "form_repeated.pdf")):
            document.save(str(source))
            convert(source, "pdf", name)
        read = read_docx((FOLDER / "form.docx").read_bytes())
        assert isinstance(read, Document)
        book = Path(folder, "source.xlsx")
        spreadsheet(read).save(book)
        for ending in ("xls", "ods"):
            convert(book, ending, f"form.{ending}")
        shutil.move(book, FOLDER / "form.xlsx")


if __name__ == "__main__":
    main()
