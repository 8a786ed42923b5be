"""Columns that place alone tells: under which heads they are, and what is refused.

A cell is written behind the column that it begins in, with the columns it covers where several.
"""

import pytest

from pipeline.readers.text.aligned import aligned_tables
from pipeline.readers.text.aligned_blocks import blocks_of
from pipeline.readers.text.aligned_heads import leaf_heads
from pipeline.readers.text.display_words import lines_on_pages
from pipeline.readers.text.text_lines import width

HEADS = "类别      自然人  企业  总计\n"
WIDE = "类别      自然人数  企业数量  其他数量  总计数量\n"
FIRST = "收到数    1       2     3\n"
LAST = "\n结转数    5             5"
MORE = (
    "\n办结数    5         6         7         18"
    "\n结转数    5                             5"
    "\n新收数              6                   6"
)


def heads(text: str) -> list[str]:
    """The heads of columns of the first block, with where they begin and end."""
    lines = lines_on_pages(text.split("\n"))
    block = next(iter(blocks_of(lines, 0, len(lines), width)))
    return [
        f"{'+'.join(word.text for word in head.words)} {head.left}-{head.right}"
        for head in leaf_heads(block.heads, block.rows)
    ]


def tables(text: str) -> list[list[str]]:
    found = []
    for table in aligned_tables(text.split("\n")):
        rows: dict[int, list[str]] = {}
        for cell in table.cells:
            span = f"-{cell.col + cell.colspan - 1}" if cell.colspan > 1 else ""
            rows.setdefault(cell.row, []).append(f"{cell.col}{span}:{cell.text}")
        found.append([" ".join(row) for row in rows.values()])
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADS + FIRST, ["自然人 10-16", "企业 18-22", "总计 24-28"]),
        # Heads of groups stand above others, and the first words of a head above one.
        (
            "          行政复议          行政诉讼\n"
            "类别      维持  纠正  总计  维持  总计\n收到数    1     2     3     4     4",
            ["维持 10-14", "纠正 16-20", "总计 22-26", "维持 28-32", "总计 34-38"],
        ),
        (
            "          商业  科研\n类别      企业  机构  总计\n收到数    1     2     3",
            ["企业+商业 10-14", "机构+科研 16-20", "总计 22-26"],
        ),
        (f"                  商业\n{HEADS}{FIRST}",
         ["自然人 10-16", "企业+商业 18-22", "总计 24-28"]),
        ("类别      数量\n收到数    1  2", ["数量 10-14"]),
        # A head of one character may go on below two, and three are those of a group.
        ("          商业  科研\n类别      企    机    总计\n收到数    1     2     3",
         ["企+商业 10-14", "机+科研 16-20", "总计 22-26"]),
        ("          商业类  科研类\n类别      企      机      总计\n收到数    1       2       3",
         ["企 10-12", "机 18-20", "总计 26-30"]),
        # Behind the figures stand labels, and no heads above them.
        (
            "自然人  企业  总计  类别\n1       2     3     收到数量\n"
            "        4     4     办结数量\n5             5     结转数量",
            ["自然人 0-6", "企业 8-12", "总计 14-18"],
        ),
        ("自然人  企业  总计\n1       2     3", ["自然人 0-6", "企业 8-12", "总计 14-18"]),
    ],
)  # fmt: skip
def test_heads_of_columns_are_the_lowest_that_stand_above_figures(
    text: str, expected: list[str]
) -> None:
    assert heads(text) == expected


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("办结数            4     4", "0:办结数 1: 2:4 3:4"),
        # A little off its column a figure is in it still.
        ("办结数             4    4", "0:办结数 1: 2:4 3:4"),
        # A total without parts, or parts without one, are not where they belong.
        ("办结数                  4", "0:办结数 1-3:4"),
        ("办结数    4", "0:办结数 1-3:4"),
        ("办结数    4       2", "0:办结数 1-2:4 2-3:2"),
        # Zeros that are left out lack nothing.
        ("办结数    0", "0:办结数 1:0 2: 3:"),
        ("办结数    0             0", "0:办结数 1:0 2: 3:0"),
    ],
)
def test_a_figure_is_below_its_head_unless_totals_tell_otherwise(row: str, told: str) -> None:
    assert tables(HEADS + FIRST + row + LAST) == [
        ["0:类别 1:自然人 2:企业 3:总计", "0:收到数 1:1 2:2 3:3", told, "0:结转数 1:5 2: 3:5"]
    ]


def test_rows_that_are_whole_need_no_place() -> None:
    assert tables(f"{HEADS}{FIRST}办结数    0       4     4\n结转数    5       0     5") == []


@pytest.mark.parametrize(
    ("first", "is_told"),
    [
        ("收到数    1         2         3         6", True),
        # Below one head stand two figures: perhaps one number with a blank for its thousands.
        ("收到数    1 234                       1 234", False),
        ("收到数    1  234                        1235", False),
    ],
)
def test_two_figures_below_one_head_tell_no_columns(first: str, is_told: bool) -> None:
    assert bool(tables(WIDE + first + MORE)) is is_told


BELOW = ("收到数  1   2   3", "办结数  4       4", "结转数      1   1")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (BELOW, [["0:收到数 1:1 2:2 3:3", "0:办结数 1:4 2: 3:4", "0:结转数 1: 2:1 3:1"]]),
        # Two rows without heads tell no columns.
        (BELOW[:2], []),
        (
            ("1   2   3  收到数量", "4       4  办结数量", "    1   1  结转数量"),
            [["0:收到数量 1:1 2:2 3:3", "0:办结数量 1:4 2: 3:4", "0:结转数量 1: 2:1 3:1"]],
        ),
    ],
)
def test_three_rows_without_heads_tell_columns(
    lines: tuple[str, ...], expected: list[list[str]]
) -> None:
    assert tables("\n".join(lines)) == expected


FIVE = (
    "收到数量    1     2     3     6",
    "办结数量    4           5     9",
    "结转数量    1                 1",
    "新收数量          2           2",
    "上年数量    7     1     1     9",
)


@pytest.mark.parametrize(("rows", "is_told"), [(5, True), (4, False)])
def test_four_columns_without_heads_are_told_by_five_rows(rows: int, is_told: bool) -> None:
    found = tables("\n".join(["", *FIVE[5 - rows :], "", "说明"]))
    expected = [
        "0:收到数量 1:1 2:2 3:3 4:6", "0:办结数量 1:4 3:5 4:9", "0:结转数量 1:1 4:1",
        "0:新收数量 2:2 4:2", "0:上年数量 1:7 2:1 3:1 4:9",
    ]  # fmt: skip
    assert found == ([expected] if is_told else [])


def test_rows_go_on_behind_a_blank_line_and_other_heads_begin_another_table() -> None:
    rows = f"{HEADS}{FIRST}办结数            4     4\n\n"
    going_on = tables(f"{rows}结转数    5             5\n新收数            1     1")
    assert [len(table) for table in going_on] == [5]
    other = "类别      个人    单位  合计\n结转数    5             5\n新收数            1     1"
    first, second = tables(rows + other)
    assert first[-1] == "0:办结数 1: 2:4 3:4"
    assert second == [
        "0:类别 1:个人 2:单位 3:合计", "0:结转数 1:5 2: 3:5", "0:新收数 1: 2:1 3:1",
    ]  # fmt: skip
