"""Tables whose further columns stand in a table of their own, below or on pages behind."""

import pytest

from pipeline.model.document import Locator, Paragraph
from pipeline.readers.document_builder import Spot, rows_of
from pipeline.readers.wide_tables import columns_joined

FIRST = "项目|自然人\n新收|5\n结转|7\n办理|3"
LABELLED = "项目|总计\n新收|6\n结转|8\n办理|4"
BARE = "总计\n6\n8\n4"


def table(text: str, page: int | None = None, down: float = 0) -> list[Spot]:
    """A table written as lines; on a page its rows stand ten apart."""
    return [
        Spot(words, row, col, page=page, box=page and (0, row * 10 + down, 9, row * 10 + down + 9))  # type: ignore[arg-type]
        for row, line in enumerate(text.split("\n"))
        for col, words in enumerate(line.split("|"))
        if words != "~"
    ]


def joined(*blocks: str | list[Spot]) -> list[str]:
    """The blocks of a document: a paragraph is written as the number of its letters."""
    told = [
        Paragraph("文" * int(one), Locator(0, int(one)))
        if isinstance(one, str) and one.isdecimal()
        else table(one)
        if isinstance(one, str)
        else one
        for one in blocks
    ]
    shown = []
    for block in columns_joined(told):
        if isinstance(block, Paragraph):
            shown.append(str(len(block.text)))
        else:
            shown.append("/".join("|".join(cell.text for cell in row) for row in rows_of(block)))
    return shown


@pytest.mark.parametrize(
    ("first", "further", "expected"),
    [
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "项目|总计\n新收|6\n结转|8\n办理|4",
            ["项目|自然人|总计/新收|5|6/结转|7|8/办理|3|4"],
        ),
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "总计\n6\n8\n4",
            ["项目|自然人|总计/新收|5|6/结转|7|8/办理|3|4"],
        ),
        ("项目|自然人\n新收|5\n结转|7", "总计\n6\n8", ["项目|自然人/新收|5/结转|7", "总计/6/8"]),
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "总计\n6\n8",
            ["项目|自然人/新收|5/结转|7/办理|3", "总计/6/8"],
        ),
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "项目|总计\n新收|6\n结转|8\n答复|4",
            ["项目|自然人/新收|5/结转|7/办理|3", "项目|总计/新收|6/结转|8/答复|4"],
        ),
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "项目|自然人\n新收|6\n结转|8\n办理|4",
            ["项目|自然人/新收|5/结转|7/办理|3", "项目|自然人/新收|6/结转|8/办理|4"],
        ),
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "项目|\n新收|6\n结转|8\n办理|4",
            ["项目|自然人/新收|5/结转|7/办理|3", "项目|/新收|6/结转|8/办理|4"],
        ),
        ("甲|自然人\n4|5\n6|7\n2|3", "总计\n6\n8\n4", ["甲|自然人/4|5/6|7/2|3", "总计/6/8/4"]),
        (
            "申请\n项目|自然人\n新收|5\n结转|7\n办理|3",
            "总计\n6\n8\n4",
            ["申请/项目|自然人|总计/新收|5|6/结转|7|8/办理|3|4"],
        ),
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "合计\n其中|总计\n1|6\n2|8\n3|4",
            ["合计/项目|自然人|其中|总计/新收|5|1|6/结转|7|2|8/办理|3|3|4"],
        ),
        (
            "项目|自然人\n新收|5\n结转|7\n办理|3",
            "项目|企业|总计\n新收|1|6\n结转|1|8\n办理|1|4",
            ["项目|自然人|企业|总计/新收|5|1|6/结转|7|1|8/办理|3|1|4"],
        ),
        (
            "序号|项目|自然人\n1|新收|5\n2|结转|7\n3|办理|3",
            "项目|总计\n新收|6\n结转|8\n办理|4",
            ["序号|项目|自然人|总计/1|新收|5|6/2|结转|7|8/3|办理|3|4"],
        ),
    ],
)
def test_a_table_with_the_further_columns_of_that_above_is_its_right_half(
    first: str, further: str, expected: list[str]
) -> None:
    assert joined(first, further) == expected


@pytest.mark.parametrize(
    ("between", "further", "expected"),
    [
        ("8", BARE, 2),
        ("9", BARE, 3),
        ("40", LABELLED, 2),
        ("41", LABELLED, 3),
    ],
)
def test_what_stands_between_two_halves_is_a_line_at_most(
    between: str, further: str, expected: int
) -> None:
    assert len(joined(FIRST, between, further)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            [FIRST, "项目|数量\n其他|9", BARE],
            ["项目|自然人/新收|5/结转|7/办理|3", "项目|数量/其他|9", "总计/6/8/4"],
        ),
        (
            [FIRST, "项目|数量\n其他|9", LABELLED],
            [
                "项目|自然人/新收|5/结转|7/办理|3",
                "项目|数量/其他|9",
                "项目|总计/新收|6/结转|8/办理|4",
            ],
        ),
        ([FIRST, "8", "8", BARE], ["项目|自然人/新收|5/结转|7/办理|3", "8", "8", "总计/6/8/4"]),
        ([FIRST, "4", "4", BARE], ["项目|自然人|总计/新收|5|6/结转|7|8/办理|3|4", "4", "4"]),
        (
            [FIRST, BARE, "企业\n1\n2\n3"],
            ["项目|自然人|总计|企业/新收|5|6|1/结转|7|8|2/办理|3|4|3"],
        ),
        (["8", BARE], ["8", "总计/6/8/4"]),
    ],
)
def test_columns_are_joined_to_the_last_table_whose_rows_they_have(
    text: list[str], expected: list[str]
) -> None:
    assert joined(*text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FIRST}\n{LABELLED}", ["项目|自然人|总计/新收|5|6/结转|7|8/办理|3|4"]),
        (
            f"{FIRST}\n{LABELLED}\n" + LABELLED.replace("总计", "企业"),
            ["项目|自然人|总计|企业/新收|5|6|6/结转|7|8|8/办理|3|4|4"],
        ),
        (
            "项目|自然人\n新收|5\n结转|7\n项目|总计\n新收|6\n结转|8",
            ["项目|自然人/新收|5/结转|7/项目|总计/新收|6/结转|8"],
        ),
        (
            f"{FIRST}\n" + LABELLED.replace("办理", "答复"),
            ["项目|自然人/新收|5/结转|7/办理|3/项目|总计/新收|6/结转|8/答复|4"],
        ),
        (f"项目|自然人\n{FIRST}", ["项目|自然人/项目|自然人/新收|5/结转|7/办理|3"]),
        (f"{FIRST}\n项目|总计", ["项目|自然人/新收|5/结转|7/办理|3/项目|总计"]),
        (f"{FIRST}\n总计\n6\n8\n4", ["项目|自然人/新收|5/结转|7/办理|3/总计/6/8/4"]),
    ],
)
def test_further_columns_below_the_first_stand_beside_them(text: str, expected: list[str]) -> None:
    assert joined(text) == expected


def paged(rows: int, down: float = 0) -> int:
    """How many tables two are, on pages behind each other, of so many rows and so far apart."""
    left = "项目|甲\n" + "\n".join(f"某项之{n}|{n * 2}" for n in range(rows))
    right = "乙\n" + "\n".join(f"{n * 3}" for n in range(rows))
    return len(joined(table(left, 1), table(right, 2, down)))


@pytest.mark.parametrize(
    ("rows", "down", "expected"),
    [
        (8, 0, 1),
        (7, 0, 2),
        (8, 3.0, 1),
        (8, 3.1, 2),
        (8, -3.1, 2),
    ],
)
def test_rows_of_two_pages_are_one_where_enough_of_them_stand_as_high(
    rows: int, down: int | float, expected: int
) -> None:
    assert paged(rows, down) == expected


def test_labels_are_the_same_wherever_their_lines_break() -> None:
    cells = [
        Spot(words, row, col)
        for row, line in enumerate(["项目|自然人", "本年\n新收|5", "结转|7", "办理|3"])
        for col, words in enumerate(line.split("|"))
    ]
    other = [
        Spot(words, row, col)
        for row, line in enumerate(["项目|总计", "本\n年新收|6", "结转|8", "办理|4"])
        for col, words in enumerate(line.split("|"))
    ]
    assert joined(cells, other) == ["项目|自然人|总计/本年\n新收|5|6/结转|7|8/办理|3|4"]


def test_a_table_goes_on_below_itself_on_the_next_page() -> None:
    lines = [*FIRST.split("\n"), *LABELLED.split("\n")]
    cells = [
        Spot(words, row, col, page=1 + row // 4, box=(0, row * 7, 9, row * 7 + 6))
        for row, line in enumerate(lines)
        for col, words in enumerate(line.split("|"))
    ]
    assert joined(cells) == ["项目|自然人|总计/新收|5|6/结转|7|8/办理|3|4"]
