"""Spreadsheets: values as a person reads them, sheets and lines around tables kept apart."""

import datetime
import io

import openpyxl
import pytest
from declared_table import assert_places, grid, saved

from pipeline.model.document import Document, Paragraph, Reason, Rejection
from pipeline.readers.office.sheets import read_sheets


def book(*rows: list[object]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    return made


def document(made: openpyxl.Workbook) -> Document:
    content = read_sheets(saved(made))
    assert isinstance(content, Document), content
    assert_places(content)
    return content


def prose(content: Document) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (236, "236"),
        (236.0, "236"),
        (0, "0"),
        (127.6, "127.6"),
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
        (12345678.25, "12345678.25"),
        (" 条 ", "条"),
        ("007", "007"),
        (datetime.date(2019, 1, 30), "2019-01-30"),
        (datetime.datetime(2019, 1, 30, 9, 5), "2019-01-30 09:05:00"),
    ],
)
def test_values_read_as_a_person_reads_them(value, text):
    assert grid(document(book(["指标", "值"], ["甲", value]))) == [[["指标", "值"], ["甲", text]]]


def test_title_and_notes_around_the_table_are_prose():
    content = document(
        book(
            ["某局统计表"],
            ["（2018年度）"],
            ["指标", "数"],
            ["甲", 1],
            ["注：说明"],
            ["填报人：某"],
        )
    )
    assert prose(content) == ["某局统计表", "（2018年度）", "注：说明", "填报人：某"]
    assert grid(content) == [[["指标", "数"], ["甲", "1"]]]


def test_a_line_right_above_a_table_parted_by_such_lines_belongs_to_it():
    content = document(
        book(["年度报告"], ["第二十条第（一）项"], ["规章", 1], ["第二十条第（五）项"], ["许可", 2])
    )
    assert prose(content) == ["年度报告"]
    assert grid(content)[0][0][0] == "第二十条第（一）项"


def test_blank_rows_part_tables_of_different_width_only():
    content = document(
        book(["a", "b"], ["c", 1], [], ["d", 2], [], ["三、申请"], ["x", "y", "z"], ["u", 1, 2])
    )
    assert [len(table) for table in grid(content)] == [3, 2]
    assert prose(content) == ["三、申请"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_every_visible_sheet_is_read_and_hidden_ones_are_named(state):
    made = book(["指标", "数"], ["甲", 1])
    second = made.create_sheet("表二")
    second.append(["指标", "数"])
    hidden = made.create_sheet("旧")
    hidden.append(["指标", 99])
    hidden.sheet_state = state
    content = document(made)
    assert len(grid(content)) == 2
    assert "99" not in content.text
    assert content.notices == ("sheet '旧' is hidden and was not read",)


def test_formulas_nobody_computed_are_named():
    content = document(book(["指标", "数"], ["甲", "=1+1"], ["乙", 3]))
    assert grid(content)[0][1] == ["甲", ""]
    assert content.notices[0].startswith("1 formulas hold no stored value")


def test_cells_far_apart_do_not_fill_the_memory():
    made = book(["甲", 1])
    made.active.cell(1_048_576, 16_384).value = "x"
    content = read_sheets(saved(made))
    assert isinstance(content, Rejection)
    assert content.reason is Reason.TOO_LARGE


def test_empty_book_and_broken_book():
    assert read_sheets(saved(openpyxl.Workbook())).reason is Reason.NO_TEXT
    assert read_sheets(saved(book(["a", 1]))[:500]).reason is Reason.DAMAGED


@pytest.mark.slow
def test_large_sheet_is_read_whole():
    rows = [["指标", *range(5)] for _ in range(5_000)]
    content = read_sheets(saved(book(*rows)))
    assert isinstance(content, Document)
    assert len(content.blocks[0].cells) == 30_000
    assert io.StringIO(content.text).readline() == "指标\t0\t1\t2\t3\t4\n"


def test_tables_side_by_side_are_read_apart_and_one_with_a_free_column_is_not():
    beside = [["甲", 1, None, "乙", "丙", 2], ["丁", 3, None, "戊", "己", 4]]
    whole = [[tuple(str(one) if one else "" for one in row) for row in beside]]
    assert grid(document(book(*beside))) == [[list(row) for row in whole[0]]]
    left, right = grid(document(book(*beside, [None, None, None, "庚", "辛", 5])))
    assert left == [["甲", "1"], ["丁", "3"]]
    assert right == [["乙", "丙", "2"], ["戊", "己", "4"], ["庚", "辛", "5"]]
