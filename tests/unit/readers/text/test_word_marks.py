"""Tables in text saved out of old Word, parted by its marks alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.document import Document, Paragraph, Table
from pipeline.readers.text.plain_text import read_text
from pipeline.readers.text.word_control_chars import as_rows

MARK = "\x07"


def marked(rows: list[list[str]], end: str = MARK) -> str:
    return "".join("".join(cell + end for cell in row) + end for row in rows)


def lines(text: str) -> list[list[str]]:
    return [line.split("\t") for line in as_rows(text.replace("\r", "\n")).split("\n") if line]


GRID = [["", "自然人", "总计"], ["予以公开", "", "5"], ["部分公开", "2", ""]]


@pytest.mark.parametrize("end", [MARK, f"\r{MARK}"], ids=["of a file", "of a macro"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_table_between_paragraphs_is_a_grid(end: str, encoding: str) -> None:
    text = f"三、收到和处理政府信息公开申请情况\r{marked(GRID, end)}四、行政复议情况\r"
    document = read_text(text.encode(encoding))
    assert isinstance(document, Document)
    first, table, last = document.blocks
    assert isinstance(first, Paragraph) and isinstance(last, Paragraph)
    assert (first.text, last.text) == ("三、收到和处理政府信息公开申请情况", "四、行政复议情况")
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows()] == GRID


def test_rows_of_several_lengths_end_where_the_next_label_begins() -> None:
    rows = [
        ["统计指标", "统计数"],
        ["一、主动公开情况"],
        ["", "公开信息数", "8"],
        ["", "其中", "7"],
    ]
    assert lines(f"附表\r{marked(rows)}") == [["附表"], *rows]


def test_a_blank_among_rows_of_several_lengths_leaves_every_cell_a_line() -> None:
    found = lines(marked([["规章", "0", "", "4"], ["行政许可", "5"], ["行政处罚", "6"]]))
    assert all(len(row) == 1 for row in found)
    cells = ["规章", "0", "4", "行政许可", "5", "行政处罚", "6"]
    assert [row[0] for row in found if row[0].strip()] == cells


def test_prose_between_two_tables_is_in_neither() -> None:
    second = [["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"]]
    found = lines(f"{marked(GRID)}四、其他情况\r见下表。\r{marked(second)}")
    assert found == [*GRID, ["四、其他情况"], ["见下表。"], *second]


def test_lines_of_a_cell_are_one_text() -> None:
    found = lines(marked([["项目", "单位", "数量"], ["受理\r申请数", "件", "2"]]))
    assert found == [["项目", "单位", "数量"], ["受理 申请数", "件", "2"]]


def test_fields_leave_what_they_show() -> None:
    field = '\x13 HYPERLINK "a.htm" \x14公开信息数\x15'
    assert lines(marked([[field, "条", "3"], ["规范性文件", "件", "2"]]))[0][0] == "公开信息数"


def test_a_stray_mark_parts_nothing() -> None:
    assert as_rows(f"本年度公开信息{MARK}120条") == "本年度公开信息120条"


CELLS = st.sampled_from(["公开信息", "申请", "12", "0", ""])


@given(st.lists(st.tuples(st.just("标签"), CELLS, CELLS), min_size=2, max_size=9))
def test_no_cell_of_a_regular_table_is_lost_or_moved(rows: list[tuple[str, ...]]) -> None:
    assert lines(marked([list(row) for row in rows])) == [list(row) for row in rows]


@pytest.mark.parametrize(("row", "is_table"), [("甲1234", True), ("甲123", False)])
def test_six_marks_are_those_of_a_table(row: str, is_table: bool) -> None:
    assert (as_rows(marked([[*row]])) == "\t".join(row) + "\n") is is_table


@pytest.mark.parametrize(("length", "is_cell"), [(120, True), (121, False)])
def test_longer_paragraphs_than_cells_stand_between_two_tables(length: int, is_cell: bool) -> None:
    found = lines(marked(GRID) + marked([["文" * length + "\r规章", "1", "2"], *GRID[1:]]))
    assert (found[3] == ["文" * length + " 规章", "1", "2"]) is is_cell


@pytest.mark.parametrize(("label_at", "is_table"), [(2, True), (3, False)])
def test_a_label_is_one_of_the_first_three_cells(label_at: int, is_table: bool) -> None:
    row = ["1", "2", "3", "4", "5"]
    row[label_at] = "公开信息"
    rows = [["规章", "0"], row]
    assert (lines(marked(rows)) == rows) is is_table
