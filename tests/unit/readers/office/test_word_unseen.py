"""Words that Word does not show as said are not read."""

import docx
import pytest
from declared_table import saved

from pipeline.readers.office.word import read_docx


@pytest.mark.parametrize("mark", ["hidden", "strike", "double_strike"])
@pytest.mark.parametrize(("marked", "read"), [(True, "5"), (False, "95"), (None, "95")])
def test_hidden_and_struck_digits_in_a_cell_do_not_join_the_figure(mark, marked, read):
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(
        (one for row in table.rows for one in row.cells), ("信函", "", "传真", "7"), strict=True
    ):
        cell.text = text
    figure = table.cell(0, 1).paragraphs[0]
    setattr(figure.add_run("9").font, mark, marked)
    figure.add_run("5")
    (block,) = read_docx(saved(document)).blocks
    assert [cell.text for cell in block.cells] == ["信函", read, "传真", "7"]


@pytest.mark.parametrize("mark", ["1", "[1]", "（注）", "①"])
def test_the_raised_mark_of_a_note_does_not_join_the_figure(mark):
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "信函", "传真"
    figure = table.cell(0, 1).paragraphs[0]
    figure.add_run("84")
    figure.add_run(mark).font.superscript = True
    table.cell(1, 1).paragraphs[0].add_run("7").font.superscript = True
    (block,) = read_docx(saved(document)).blocks
    assert [cell.text for cell in block.cells] == ["信函", "84", "传真", "7"]
