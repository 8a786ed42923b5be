"""Blocks to one text: what is written, what is left out, and where everything then stands."""

import pytest

from pipeline.model.document import Document, Locator, Paragraph, Table
from pipeline.readers.document_builder import Linearisation, Spot, only_arranges

Grid = list[tuple[str, int, int, int, int]]


def laid(*spots: Spot) -> Grid:
    """The cells of a table as it is kept."""
    out = Linearisation()
    out.table(spots)
    return [
        (cell.text, cell.row, cell.col, cell.rowspan, cell.colspan)
        for block in out.blocks
        if isinstance(block, Table)
        for cell in block.cells
    ]


def test_paragraphs_are_bare_lines_and_blank_ones_are_none() -> None:
    out = Linearisation()
    for text in (" 甲 ", "  ", "", "乙"):
        out.paragraph(text, 2, (0, 1, 2, 3))
    assert out.text == "甲\n乙\n"
    assert out.blocks == [
        Paragraph("甲", Locator(0, 1, 2, (0, 1, 2, 3))),
        Paragraph("乙", Locator(2, 3, 2, (0, 1, 2, 3))),
    ]


def test_a_table_is_rows_of_cells_parted_by_tabs_and_every_cell_has_its_place() -> None:
    out = Linearisation()
    out.paragraph("前文")
    spots = [
        Spot("", 1, 1),
        Spot("丙丁", 1, 0, page=2, box=(5, 5, 9, 9)),
        Spot("乙", 0, 1, page=1, box=(4, 0, 8, 2)),
        Spot("甲", 0, 0, page=1, box=(0, 1, 4, 3), confidence=0.5),
    ]
    out.table(spots)
    out.paragraph("后文")
    assert out.text == "前文\n甲\t乙\n丙丁\t\n后文\n"
    _, table, _ = out.blocks
    assert isinstance(table, Table)
    assert [out.text[cell.place.start : cell.place.end] for cell in table.cells] == [
        cell.text for cell in table.cells
    ]
    assert [cell.confidence for cell in table.cells] == [0.5, 1.0, 1.0, 1.0]
    # It lies around what stands on its first page.
    assert table.place == Locator(3, 10, 1, (0, 0, 8, 3))


def test_a_table_without_text_is_none_and_one_without_pages_lies_nowhere() -> None:
    assert laid() == []
    assert laid(Spot("", 0, 0), Spot("", 0, 1)) == []
    out = Linearisation()
    out.table([Spot("甲", 0, 0), Spot("", 0, 1)])
    assert out.blocks[0].place == Locator(0, 2)


@pytest.mark.parametrize(
    ("spots", "kept"),
    [
        # Rows and columns in which no cell begins are seen by nobody.
        (
            [Spot("甲", 0, 0), Spot("乙", 2, 0), Spot("丙", 2, 3)],
            [("甲", 0, 0, 1, 1), ("乙", 1, 0, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        (
            [Spot("甲", 0, 0, 3, 1), Spot("乙", 0, 1), Spot("丙", 2, 1)],
            [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        (
            [Spot("甲", 0, 0, 1, 4), Spot("乙", 1, 0), Spot("丙", 1, 2)],
            [("甲", 0, 0, 1, 2), ("乙", 1, 0, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        (
            [Spot("甲", 1, 0), Spot("乙", 1, 1, 1, 3), Spot("丙", 3, 0, 9, 1), Spot("丁", 3, 1)],
            [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)],
        ),
        # The border of a merged cell that crosses a row parts it into none.
        (
            [
                *(Spot("甲", 0, 0), Spot("乙", 0, 1, 2, 1), Spot("1", 0, 2, 2, 1)),
                *(Spot("", 1, 0, 2, 1), Spot("丙", 2, 1), Spot("2", 2, 2)),
            ],
            [
                *(("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("1", 0, 2, 1, 1)),
                *(("", 1, 0, 1, 1), ("丙", 1, 1, 1, 1), ("2", 1, 2, 1, 1)),
            ],
        ),
        (
            [Spot("甲", 0, 0), Spot("乙", 0, 1, 2, 1), Spot("1", 0, 2, 2, 1), Spot("", 1, 0)],
            [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("1", 0, 2, 1, 1)],
        ),
        # A row of a group that was left blank is one.
        (
            [
                *(Spot("甲", 0, 0, 2, 1), Spot("乙", 0, 1), Spot("1", 0, 2)),
                *(Spot("", 1, 1), Spot("", 1, 2)),
            ],
            [
                *(("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("1", 0, 2, 1, 1)),
                *(("", 1, 1, 1, 1), ("", 1, 2, 1, 1)),
            ],
        ),
        # What spans beyond the last row or column ends there.
        (
            [Spot("甲", 0, 0, 9, 1), Spot("乙", 0, 1, 1, 9), Spot("丙", 1, 1)],
            [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        (
            [Spot("甲", 0, 0, 1, 9), Spot("乙", 1, 0), Spot("丙", 1, 1)],
            [("甲", 0, 0, 1, 2), ("乙", 1, 0, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        (
            [Spot("甲", 0, 0, 1, 2), Spot("乙", 1, 0), Spot("丙", 1, 1, 2, 1)],
            [("甲", 0, 0, 1, 2), ("乙", 1, 0, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
        (
            [Spot("甲", 0, 0, 2, 1), Spot("乙", 0, 1, 1, 1), Spot("丙", 1, 1, 1, 1)],
            [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 1, 1, 1)],
        ),
    ],
)
def test_a_grid_has_the_rows_and_columns_that_cells_begin_in(spots: list[Spot], kept: Grid) -> None:
    assert laid(*spots) == kept
    assert laid(*reversed(spots)) == kept


@pytest.mark.parametrize(
    ("spots", "arranges"),
    [
        ([], True),
        ([Spot("甲", 0, 0)], True),
        ([Spot("甲", 0, 3), Spot("", 0, 1)], True),
        # One column, unless it is a figure below its label.
        ([Spot("甲", 0, 0), Spot("乙", 1, 0), Spot("丙", 2, 0)], True),
        ([Spot("收到申请", 0, 0), Spot("5", 1, 0)], False),
        ([Spot("收" * 60, 0, 0), Spot("5", 1, 0)], False),
        ([Spot("收" * 61, 0, 0), Spot("5", 1, 0)], True),
        ([Spot("收到申请", 0, 0), Spot("5件", 1, 0)], True),
        ([Spot("收到申请", 0, 0), Spot("5", 1, 0), Spot("6", 2, 0)], True),
        ([Spot("甲", 0, 0), Spot("乙", 0, 1)], False),
        # A long text with few others beside it.
        ([Spot("文" * 250, 0, 0), Spot("乙", 0, 1)], True),
        ([Spot("文" * 249, 0, 0), Spot("乙", 0, 1)], False),
        ([Spot("文" * 300, 0, 0), *(Spot("乙", 0, n) for n in range(1, 6))], True),
        ([Spot("文" * 300, 0, 0), *(Spot("乙", 0, n) for n in range(1, 7))], False),
        ([Spot("文" * 280, 0, 0), Spot("乙" * 120, 0, 1)], True),
        ([Spot("文" * 280, 0, 0), Spot("乙" * 121, 0, 1)], False),
        ([Spot("乙" * 200, 0, 0), Spot("文" * 490, 0, 1)], True),
    ],
)
def test_a_table_of_one_column_or_one_long_text_only_arranges(
    spots: list[Spot], arranges: bool
) -> None:
    assert only_arranges(spots) is arranges


def test_a_document_within_another_is_written_behind_what_is_there() -> None:
    inner = Linearisation()
    inner.paragraph("甲", 3, (0, 0, 1, 1))
    inner.table([Spot("乙", 0, 0, 2, 1, 3, (1, 1, 2, 2)), Spot("丙", 0, 1), Spot("丁", 1, 1)])
    document = Document(inner.text, tuple(inner.blocks), "text/plain")
    out = Linearisation()
    out.paragraph("前文")
    out.document(document)
    assert out.text == "前文\n" + inner.text
    _, paragraph, table = out.blocks
    assert paragraph.place == Locator(3, 4, 3, (0, 0, 1, 1))
    assert isinstance(table, Table)
    assert table.place == Locator(5, 10, 3, (1, 1, 2, 2))
    assert [(one.text, one.row, one.col, one.rowspan, one.colspan) for one in table.cells] == [
        ("乙", 0, 0, 2, 1),
        ("丙", 0, 1, 1, 1),
        ("丁", 1, 1, 1, 1),
    ]
