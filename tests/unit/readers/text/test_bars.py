"""Cells parted by bars: where a table of them begins and ends, and what each cell holds."""

import pytest

from pipeline.readers.text.bars import bar_opened, barred, begins_opened_row
from pipeline.readers.text.text_lines import Rows, joined, lines_of, width

Read = tuple[list[str], int]


def shown(text: str, rows: Rows) -> list[str]:
    return ["|".join(text[cell.start : cell.end].strip() for cell in row) for row in rows]


def closed(text: str, at: int = 0) -> Read:
    rows, end = barred(list(lines_of(text)), at)
    return shown(text, rows), end


def opened(text: str, at: int = 0) -> Read:
    rows, end = bar_opened(list(lines_of(text)), at)
    return shown(text, rows), end


LONG = "文" * 120


@pytest.mark.parametrize(
    ("text", "rows", "end"),
    [
        pytest.param("甲 | 1\n乙 | 2\n", ["甲|1", "乙|2"], 2, id="a row a line"),
        pytest.param("| 甲 | 1 |\n| 乙 | 2 |", ["甲|1", "乙|2"], 2, id="outer bars"),
        pytest.param("甲 | 1", [], 1, id="one row is no table"),
        pytest.param("| 甲 | 乙 |\n|---|---|", ["甲|乙"], 2, id="a head alone"),
        pytest.param("| 甲 | 乙 |\n| :-- | --: |\n| 1 | 2 |", ["甲|乙", "1|2"], 3, id="markdown"),
        pytest.param("甲 | 1\n\n乙 | 2", ["甲|1", "乙|2"], 3, id="a blank line between"),
        pytest.param("甲 | 1\n+----+----+\n乙 | 2", ["甲|1", "乙|2"], 3, id="a drawn line"),
        pytest.param("甲 | 1\n| | |\n乙 | 2", ["甲|1", "乙|2"], 3, id="a row of blanks"),
        pytest.param("甲 | 1\n|\n乙 | 2", ["甲|1", "", "乙|2"], 3, id="a bar alone"),
        # A cell may begin on lines above its bar, two at the most.
        pytest.param("收到\n申请 | 1\n乙 | 2", ["收到\n申请|1", "乙|2"], 3, id="a wrapped cell"),
        pytest.param("甲 | 1\n收\n到\n申 | 1", ["甲|1", "收\n到\n申|1"], 4, id="two lines above"),
        pytest.param("甲 | 1\n乙 | 2\n收\n到\n申\n请 | 1", ["甲|1", "乙|2"], 2, id="three above"),
        pytest.param(
            f"甲 | 1\n{LONG}\n乙 | 2", ["甲|1", f"{LONG}\n乙|2"], 3, id="as long as a cell"
        ),
        pytest.param(
            f"甲 | 1\n乙 | 2\n{LONG}文\n丙 | 3", ["甲|1", "乙|2"], 2, id="longer than a cell"
        ),
        # Lines between two rows in outer bars are in none of their cells.
        pytest.param(
            "| 甲 | 1 |\n| 乙 | 2 |\n文\n| 丙 | 3 |", ["甲|1", "乙|2"], 2, id="prose between"
        ),
        # What stands above the head that a rule closes is another table, or none.
        pytest.param(
            "甲 | 1 | x\n| 乙 | 丙 |\n|---|---|\n| 2 | 3 |", [], 1, id="a line with a bar above"
        ),
        pytest.param(
            "甲 | 1 | x\n丁 | 5 | y\n| 乙 | 丙 |\n|---|---|\n| 2 | 3 |",
            ["甲|1|x", "丁|5|y"],
            2,
            id="a table above",
        ),
        # Values that a long row goes on with on the next line, where the rule has no outer bars.
        pytest.param(
            "甲 | 乙 | 丙\n---|---|---\n丁 | 1 |\n2",
            ["甲|乙|丙", "丁|1|2"],
            4,
            id="one value more",
        ),
        pytest.param("甲 | 乙\n---|---\n丁 |\n2", ["甲|乙", "丁"], 3, id="one bar closes a cell"),
        pytest.param(
            "甲 | 乙 | 丙\n---|---|---\n丁 | 1 |\n2 | 3",
            ["甲|乙|丙", "丁|1|2|3"],
            4,
            id="goes on behind a bar at the end",
        ),
        pytest.param(
            "甲 | 乙 | 丙\n---|---|---\n丁 | 1\n| 2",
            ["甲|乙|丙", "丁|1|2"],
            4,
            id="goes on with a bar",
        ),
        pytest.param(
            "甲 | 乙 | 丙\n---|---|---\n丁 | 1\n2 | 3",
            ["甲|乙|丙", "丁|1", "2|3"],
            4,
            id="a row of its own",
        ),
        pytest.param(
            "甲 | 乙 | 丙\n---|---|---\n丁 | 1\n| 戊",
            ["甲|乙|丙", "丁|1", "|戊"],
            4,
            id="words do not go on",
        ),
        pytest.param(
            "| 甲 | 乙 |\n|---|---|\n| 丁 | 1 |\n| 2 | 3 |",
            ["甲|乙", "丁|1", "2|3"],
            4,
            id="rows in outer bars are whole",
        ),
    ],
)
def test_cells_that_a_bar_closes(text: str, rows: list[str], end: int) -> None:
    assert closed(text) == (rows, end)
    assert closed(f"前文\n{text}", 1) == (rows, end + 1)


@pytest.mark.parametrize(
    ("text", "rows", "end"),
    [
        pytest.param(
            "甲\n| 1\n|\n乙\n| 2\n|\n丙\n| 3\n|", ["甲|1", "乙|2", "丙|3"], 9, id="a cell a line"
        ),
        pytest.param("甲\n| 1\n|\n乙\n| 2\n|", [], 6, id="two rows are no table"),
        pytest.param(
            "甲\n| 1\n|\n| 5\n|\n乙\n| 2\n|\n丙\n| 3\n|",
            ["甲|1||5", "乙|2", "丙|3"],
            11,
            id="a bar alone before another is a blank cell",
        ),
        pytest.param(
            "收到\n申请\n| 1\n|\n乙\n| 2\n|\n丙\n| 3\n|",
            ["收到\n申请|1", "乙|2", "丙|3"],
            10,
            id="a first cell of two lines",
        ),
        pytest.param(
            "甲\n| 1\n件\n|\n乙\n| 2\n|\n丙\n| 3\n|",
            ["甲|1\n件", "乙|2", "丙|3"],
            10,
            id="a later cell of two lines",
        ),
        pytest.param(
            "甲\n| 1\n|\n乙\n| 2\n|\n丙\n| 3\n|\n文",
            ["甲|1", "乙|2", "丙|3"],
            9,
            id="prose behind",
        ),
        pytest.param(
            f"甲\n| 1\n|\n乙\n| 2\n|\n丙\n| 3\n|\n丁\n| 4\n{LONG}文\n|",
            ["甲|1", "乙|2", "丙|3"],
            9,
            id="a line too long for a cell",
        ),
        pytest.param("甲\n\n| 1\n|\n乙\n| 2\n|\n丙\n| 3\n|", [], 1, id="a blank line"),
    ],
)
def test_cells_that_a_bar_opens(text: str, rows: list[str], end: int) -> None:
    assert opened(text) == (rows, end)
    assert opened(f"前文\n{text}", 1) == (rows, end + 1)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("甲\n| 1", True),
        ("甲\n乙\n| 1", True),
        ("甲\n乙\n丙\n| 1", False),
        ("| 1", False),
        ("甲\n1 |", False),
        ("甲\n| 1 | 2", False),
        ("甲\n|", False),
        ("甲\n\n| 1", False),
        (f"{LONG}\n| 1", True),
        (f"{LONG}文\n| 1", False),
        ("甲", False),
    ],
)
def test_a_first_cell_stands_two_lines_above_a_bar_at_most(text: str, begins: bool) -> None:
    assert begins_opened_row(list(lines_of(text)), 0) is begins


def test_lines_know_where_they_are_and_what_may_part_their_cells() -> None:
    found = [tuple(line[:3]) + tuple(line[4:]) for line in lines_of("甲｜乙\n \n1\t2")]
    assert found == [
        (0, "甲｜乙", False, True, False),
        (4, " ", True, False, False),
        (6, "1\t2", False, False, True),
    ]
    for size, may_be in ((20_000, True), (20_001, False)):
        (line,) = lines_of("|\t" + "x" * (size - 2))
        assert (line.may_be_row, line.has_bars, line.has_tabs) == (may_be,) * 3


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("收到", "申请"), "收到申请"),
        (("12", "34"), "12\n34"),
        (("12", "件"), "12件"),
        (("open", "data"), "open data"),
        (("收到", "open"), "收到open"),
        (("open", "收到"), "open收到"),
        (("a", "1"), "a 1"),
        (("1", "a"), "1 a"),
        (("⺀", "a"), "⺀a"),
        (("a", "⺀"), "a⺀"),
        ((" 收到 ", "", " ", "申请"), "收到申请"),
        ((), ""),
    ],
)
def test_lines_of_a_cell_are_joined_as_words_are(lines: tuple[str, ...], text: str) -> None:
    assert joined(lines) == text


def test_a_chinese_character_is_two_columns_wide() -> None:
    assert [width(text) for text in ("ab", "收到a", "１", "…")] == [2, 5, 2, 1]
    assert width("…", "WFA") == 2
