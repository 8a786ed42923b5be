"""Tables drawn with plus signs and dashes keep their cells, however they are wrapped."""

import pytest

from pipeline.model.document import Document, Reading, Table
from pipeline.readers.reading import read
from pipeline.readers.text.delimited import read_csv
from pipeline.readers.text.plain_text import read_text

SPANNING = """前言

+------+-------------+------+
| 申请 | 法人        | 总计 |
| 人   +------+------+      |
|      | 企业 | 其他 |      |
+======+======+======+======+
| 新收 | 12   | 0    | 12   |
| 申请 |      |      |      |
+------+------+------+------+
| 结转 |      | 3    | 3    |
+------+------+------+------+

后记
"""


FRAMED = """前言

┌──────┬─────────────┬──────┐
│ 申请 │ 法人        │ 总计 │
│ 人   ├──────┬──────┤      │
│      │ 企业 │ 其他 │      │
├──────┼──────┼──────┼──────┤
│ 新收 │ 12   │ 0    │ 12   │
│ 申请 │      │      │      │
├──────┼──────┼──────┼──────┤
│ 结转 │      │ 3    │ 3    │
└──────┴──────┴──────┴──────┘

后记
"""


def tables(text: str) -> list[Table]:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                assert document.text[cell.place.start : cell.place.end] == cell.text
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("drawing", [SPANNING, FRAMED])
def test_cells_over_several_rows_and_columns_keep_their_place(drawing: str) -> None:
    (table,) = tables(drawing)
    found = {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table.cells}
    assert found["申请人"] == (0, 0, 2, 1)
    assert found["法人"] == (0, 1, 1, 2)
    assert found["总计"] == (0, 3, 2, 1)
    assert [[cell.text for cell in row] for row in table.rows()][2:] == [
        ["新收申请", "12", "0", "12"],
        ["结转", "", "3", "3"],
    ]


@pytest.mark.parametrize("drawing", [SPANNING, FRAMED])
def test_text_around_a_drawn_table_is_prose(drawing: str) -> None:
    document = read_text(drawing.encode())
    assert isinstance(document, Document)
    assert [b.text for b in document.blocks if not isinstance(b, Table)] == ["前言", "后记"]


def test_cells_drawn_too_narrow_are_told_by_their_bars():
    drawn = "+---+---+\n| 甲 | 乙 |\n+---+---+\n| 8 | 1 |\n| 8 |   |\n+---+---+\n"
    (table,) = tables(drawn)
    assert [cell.text for cell in table.cells] == ["甲", "乙", "8\n8", "1"]


def test_a_drawn_row_with_a_cell_too_many_keeps_all_of_them():
    drawn = "+---+---+\n| 甲 | 乙 |\n+---+---+\n| 8 | 1 | 5 |\n| 8 |   |\n+---+---+\n"
    document = read_text(drawn.encode())
    assert isinstance(document, Document)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [[cell.text for cell in row] for row in table.rows()][1] == ["8", "1", "5"]


def test_a_drawing_that_is_no_table_stays_text():
    assert tables("+---+\n一个框\n+---+\n") == []


def test_cells_parted_by_semicolons_keep_commas_in_them():
    document = read_csv("信息内容;数量\n行政许可;1,284\n行政处罚;0,5\n".encode())
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.cells][-4:] == ["行政许可", "1,284", "行政处罚", "0,5"]


GLUED = """| 指标 | 个人 | 总计 |
| --- | --- | --- |
| 一、新收<br>二、结转 | 677<br>11 | 718<br/>12 |
| 三、办理结果<br>（予以公开） | 5 | 5 |
"""


@pytest.mark.parametrize("text", [GLUED, GLUED.rstrip()])
def test_rows_that_a_converter_put_into_one_are_rows_and_a_broken_label_is_one(text):
    (table,) = tables(text)
    assert [[cell.text for cell in row] for row in table.rows()] == [
        ["指标", "个人", "总计"],
        ["一、新收", "677", "718"],
        ["二、结转", "11", "12"],
        ["三、办理结果（予以公开）", "5", "5"],
    ]


def test_figures_of_unlike_many_lines_are_not_dealt_out():
    (table,) = tables(GLUED.replace("677<br>11", "677"))
    assert ["一、新收二、结转", "677", "718\n12"] in [
        [cell.text for cell in row] for row in table.rows()
    ]


def test_a_breaks_tag_makes_a_markdown_file_no_page():
    (reading,) = read("report.md", f"{GLUED}\n甲<br>乙\n".encode())
    assert isinstance(reading, Reading)
    assert isinstance(reading.content, Document)
    assert reading.content.media_type == "text/plain"
    assert reading.content.text.endswith("甲\n乙\n")


def test_what_converters_print_for_a_blank_cell_is_one():
    page = "| 指标 | Unnamed: 1 | 数 |\n| --- | --- | --- |\n| 一、新收 | NaN | 5 |\n"
    document = read_text(page.encode())
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.cells] == ["指标", "", "数", "一、新收", "", "5"]
