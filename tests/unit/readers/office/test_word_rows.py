"""Rows of a Word table that begin behind its first column or end before its last."""

from typing import Any

import docx
import pytest
from declared_table import saved
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.model.document import Cell, Document, Table
from pipeline.readers.office.word import read_docx


def without_cells(row: Any, before: int, after: int) -> None:
    """Takes cells off the ends of a row, as Word does where rows are of unlike length."""
    cells = row.findall(qn("w:tc"))
    for cell in [*cells[:before], *cells[len(cells) - after :]]:
        row.remove(cell)
    properties = row.get_or_add_trPr()
    for name, count in (("w:gridBefore", before), ("w:gridAfter", after)):
        if count:
            mark = OxmlElement(name)
            mark.set(qn("w:val"), str(count))
            properties.append(mark)


def read(before: int, after: int) -> list[Cell]:
    document = docx.Document()
    table = document.add_table(2, 4)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), "甲乙丙丁1234", strict=True
    ):
        cell.text = text
    without_cells(table.rows[1]._tr, before, after)
    (block,) = read_docx(saved(document)).blocks
    assert isinstance(block, Table)
    return [cell for cell in block.cells if cell.row == 1 and cell.text]


@pytest.mark.parametrize(("before", "after"), [(0, 0), (1, 0), (2, 0), (0, 1), (1, 2)])
def test_every_figure_stays_under_its_head(before: int, after: int) -> None:
    found = {cell.col: cell.text for cell in read(before, after)}
    assert found == {col: str(col + 1) for col in range(before, 4 - after)}


@pytest.mark.parametrize("figures", [["5"], ["5", "6"]])
def test_figures_in_tables_of_their_own_inside_cells_stand_in_the_table(figures):
    document = docx.Document()
    table = document.add_table(2, 3)
    for cell, text in zip(table.rows[0].cells, "甲乙丙", strict=True):
        cell.text = text
    table.cell(1, 0).text = "行"
    filled = table.cell(1, 1).merge(table.cell(1, 2)) if len(figures) > 1 else table.cell(1, 1)
    for cell, text in zip(filled.add_table(1, len(figures)).rows[0].cells, figures, strict=True):
        cell.text = text
    found = read_docx(saved(document))
    (block,) = found.blocks
    assert isinstance(block, Table)
    assert [cell.text for cell in block.cells if cell.row == 1 and cell.text] == ["行", *figures]
    assert not found.notices


def test_a_cell_whose_table_stands_behind_its_own_is_told():
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, "甲乙", strict=True):
        cell.text = text
    inner = table.cell(1, 1).add_table(2, 2)
    for row in inner.rows:
        for cell in row.cells:
            cell.text = "5"
    assert read_docx(saved(document)).notices == (
        "1 cells hold a table and no words; it stands behind their own, and they read as blank",
    )


@pytest.mark.parametrize(("middle", "texts"), [("continue", ["甲"]), (None, ["甲", "乙", ""])])
def test_a_merged_cell_ends_where_another_begins(middle: str | None, texts: list[str]) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for row, (text, merge) in enumerate((("甲", "restart"), ("乙", middle), ("", "continue"))):
        table.cell(row, 0).text, table.cell(row, 1).text = text, str(row)
        if merge:
            mark = OxmlElement("w:vMerge")
            mark.set(qn("w:val"), merge)
            table.cell(row, 0)._tc.get_or_add_tcPr().append(mark)
    (block,) = read_docx(saved(document)).blocks
    assert isinstance(block, Table)
    assert [cell.text for cell in block.cells if cell.col == 0] == texts
    assert [cell.text for cell in block.cells if cell.col == 1] == ["0", "1", "2"]


def test_a_table_of_its_own_that_does_not_fill_a_cell_evenly_stays_below_it() -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for cell, text in zip(table.rows[0].cells, "甲乙丙丁", strict=True):
        cell.text = text
    table.cell(1, 0).text = "行"
    wide = table.cell(1, 1).merge(table.cell(1, 3))
    for cell, text in zip(wide.add_table(1, 2).rows[0].cells, "56", strict=True):
        cell.text = text
    outer, inner = read_docx(saved(document)).blocks
    assert [cell.text for cell in outer.cells if cell.row == 1] == ["行", ""]
    assert [cell.text for cell in inner.cells] == ["5", "6"]


def with_part(name: str, kind: str, content: bytes) -> Document:
    """A Word file of a paragraph and a part of another kind."""
    document = docx.Document()
    document.add_paragraph("甲")
    part = Part(PackURI(f"/word/{name}"), kind, content, document.part.package)
    chunk = OxmlElement("w:altChunk")
    chunk.set(qn("r:id"), document.part.relate_to(part, RELATIONSHIP_TYPE.A_F_CHUNK))
    document.element.body.insert(1, chunk)
    read = read_docx(saved(document))
    assert isinstance(read, Document)
    return read


def test_a_page_put_into_the_file_is_read_where_it_stands():
    page = "<p>乙</p><table><tr><td rowspan=2>丙<td>1<tr><td>2</table>"
    read = with_part("a.html", "text/html", f"<html><body>{page}".encode())
    above, within, table = read.blocks
    assert [above.text, within.text] == ["甲", "乙"]
    assert [(cell.text, cell.rowspan) for cell in table.cells] == [("丙", 2), ("1", 1), ("2", 1)]
    assert read.notices == ()


def test_a_part_that_cannot_be_read_is_told():
    read = with_part("a.bin", "application/x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert [block.text for block in read.blocks] == ["甲"]
    assert read.notices
