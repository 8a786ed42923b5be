"""Tables drawn with plus signs and dashes keep their cells, however they are wrapped."""

from pipeline.model.document import Document, Table
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


def tables(text: str) -> list[Table]:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                assert document.text[cell.place.start : cell.place.end] == cell.text
    return [block for block in document.blocks if isinstance(block, Table)]


def test_cells_over_several_rows_and_columns_keep_their_place():
    (table,) = tables(SPANNING)
    found = {cell.text: (cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table.cells}
    assert found["申请人"] == (0, 0, 2, 1)
    assert found["法人"] == (0, 1, 1, 2)
    assert found["总计"] == (0, 3, 2, 1)
    assert [[cell.text for cell in row] for row in table.rows()][2:] == [
        ["新收申请", "12", "0", "12"],
        ["结转", "", "3", "3"],
    ]


def test_text_around_a_drawn_table_is_prose():
    document = read_text(SPANNING.encode())
    assert isinstance(document, Document)
    assert [b.text for b in document.blocks if not isinstance(b, Table)] == ["前言", "后记"]


def test_cells_drawn_too_narrow_are_told_by_their_bars():
    drawn = "+---+---+\n| 甲 | 乙 |\n+---+---+\n| 8 | 1 |\n| 8 |   |\n+---+---+\n"
    (table,) = tables(drawn)
    assert [cell.text for cell in table.cells] == ["甲", "乙", "8\n8", "1"]


def test_a_drawing_that_is_no_table_stays_text():
    assert tables("+---+\n一个框\n+---+\n") == []


def test_cells_parted_by_semicolons_keep_commas_in_them():
    document = read_csv("信息内容;数量\n行政许可;1,284\n行政处罚;0,5\n".encode())
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.cells][-4:] == ["行政许可", "1,284", "行政处罚", "0,5"]
