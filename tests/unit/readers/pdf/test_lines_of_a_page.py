"""Characters to words, lines and paragraphs: what a gap, a height and a margin part."""

import pytest

from pipeline.readers.pdf.lines import (
    Char,
    PdfLine,
    cell_text,
    digit_gap_of,
    joined,
    lines_of,
    paragraphs_of,
    without_page_number,
)
from pipeline.readers.pdf.words import words_on


def char(text: str, x: float, top: float = 0, **others: float) -> Char:
    """A character ten points high and wide."""
    width, height = others.get("width", 10), others.get("height", 10)
    return {
        "text": text,
        "x0": x,
        "x1": x + width,
        "top": top,
        "bottom": top + height,
        "upright": "turn" not in others,
        "matrix": (0, others.get("turn", 0), 0, 0, 0, 0),
    }


def two(text: str, gap: float, **others: float) -> list[Char]:
    """Characters with the same gap between any two."""
    return [char(one, n * (10 + gap), **others) for n, one in enumerate(text)]


def texts(chars: list[Char]) -> list[str]:
    return [line.text for line in lines_of(chars)]


@pytest.mark.parametrize(
    ("text", "gap", "line"),
    [
        # Digits of one number touch.
        ("12", 1.5, "12"),
        ("12", 1.6, "1 2"),
        # Words are parted by a third of their height, those of square letters by more than one.
        ("ab", 3, "ab"),
        ("ab", 3.1, "a b"),
        ("a1", 3, "a1"),
        ("1a", 3.1, "1 a"),
        ("1收", 3, "1收"),
        ("收1", 3.1, "收 1"),
        ("收到", 12, "收到"),
        ("收到", 12.1, "收 到"),
        ("⺀收", 12, "⺀收"),
        ("收⺀", 12, "收⺀"),
        ("⹿收", 3.1, "⹿ 收"),
        ("收⹿", 3.1, "收 ⹿"),
    ],
)
def test_a_gap_parts_digits_words_and_square_letters(text: str, gap: float, line: str) -> None:
    assert texts(two(text, gap)) == [line]


@pytest.mark.parametrize(("size", "line"), [(8.5, "12"), (8.4, "1 2")])
def test_a_raised_digit_is_none_of_the_number_before_it(size: float, line: str) -> None:
    assert texts([char("1", 0), char("2", 10, height=size)]) == [line]
    assert texts([char("1", 0, height=size), char("2", 10)]) == [line]
    assert texts([char("1", 0), char("a", 10, height=size)]) == ["1a"]


def test_the_smaller_of_two_characters_tells_how_wide_a_gap_is() -> None:
    for sizes in ((10, 20), (20, 10)):
        left, right = sizes
        chars = [char("a", 0, height=left), char("b", 13.1, height=right)]
        assert texts(chars) == ["a b"]


@pytest.mark.parametrize(("below", "lines"), [(7, ["ab"]), (7.1, ["a", "b"])])
def test_most_of_a_height_below_is_another_line(below: float, lines: list[str]) -> None:
    assert texts([char("b", 10, below), char("a", 0)]) == lines


def test_a_line_goes_down_from_its_first_character_and_not_from_its_last() -> None:
    assert texts([char("a", 0, 0), char("b", 10, 6), char("c", 20, 8)]) == ["ab", "c"]


@pytest.mark.parametrize(("shift", "line"), [(3, "收"), (3.1, "收收")])
def test_a_letter_printed_again_on_its_spot_is_bold(shift: float, line: str) -> None:
    assert texts([char("收", 0), char("收", shift)]) == [line]
    assert texts([char("收", 0), char("到", shift)]) == ["收到"]


def test_a_line_lies_around_its_characters_and_is_as_high_as_most_of_them() -> None:
    chars = [char("a", 5, 1), char("b", 15, 0, height=12), char("c", 25, 1, width=4)]
    (line,) = lines_of(chars)
    assert line == PdfLine("abc", (5, 0, 29, 12), 10, tuple(chars))
    (wide,) = lines_of([char("a", 0, width=50), char("b", 20, 2)])
    assert wide.box == (0, 0, 50, 12)


def test_blanks_and_lines_of_blanks_are_not_printed() -> None:
    assert texts([char(" ", 0), char("a", 10), char(" ", 20), char("\xa0", 30), char("b", 40)]) == [
        "a b"
    ]
    assert texts([char(" ", 0)]) == []
    assert texts([char("(cid:7)", 0), char("a", 10)]) == ["\ufffda"]


def test_a_turned_text_is_read_the_way_it_runs() -> None:
    up = [char(one, 0, 30 - 10 * n, turn=1) for n, one in enumerate("收到")]
    down = [char(one, 20, 10 * n, turn=-1) for n, one in enumerate("申请")]
    assert cell_text([*down, *up, char("a", 50)]) == "a\n收到\n申请"
    beside = [char(one, x, 0, turn=-1) for x, one in ((0, "乙"), (20, "甲"))]
    assert cell_text(beside) == "甲\n乙"
    beside = [char(one, x, 0, turn=1) for x, one in ((0, "甲"), (20, "乙"))]
    assert cell_text(beside) == "甲\n乙"


@pytest.mark.parametrize(
    ("numbers", "gap"),
    [
        (["1234"], None),
        (["123"], None),
        # All set apart by two points: what parts two numbers is wider.
        (["1:2:3:4"], 0.35),
        (["1:2:3"], None),
        (["1:2", "3:4", "5:6"], 0.35),
        (["1:2:3", "45"], None),
        (["1:a:2:b:3"], None),
        (["1:2:3:4", "1a"], 0.35),
        (["1:2:3:4", "a1"], 0.35),
    ],
)
def test_digits_that_are_all_set_apart_are_of_one_number(
    numbers: list[str], gap: float | None
) -> None:
    found = digit_gap_of(
        [two(number.replace(":", ""), 2 if ":" in number else 0) for number in numbers]
    )
    assert found == (gap and pytest.approx(gap))


@pytest.mark.parametrize(
    ("gaps", "apart"),
    [
        ((1.6, 1.6, 1.6), True),
        ((1.5, 1.6, 1.6), False),
        ((2, 2, 3.5), True),
        ((2, 2, 3.6), False),
        ((8, 8, 8.9), True),
        ((8, 8, 9), False),
    ],
)
def test_only_even_and_narrow_gaps_are_those_within_a_number(
    gaps: tuple[float, ...], apart: bool
) -> None:
    places = [0.0]
    for gap in gaps:
        places.append(places[-1] + 10 + gap)
    chars = [char("1", x) for x in places]
    widest = max(gaps) / 10 + 0.15
    assert digit_gap_of([chars]) == (pytest.approx(widest) if apart else None)


@pytest.mark.parametrize(("below", "apart"), [(4.9, True), (5, False)])
def test_digits_of_two_lines_tell_nothing_of_gaps(below: float, apart: bool) -> None:
    chars = [char("1", 12 * n, below * (n % 2)) for n in range(4)]
    assert (digit_gap_of([chars]) is not None) is apart


def test_the_gap_that_parts_two_numbers_may_be_given() -> None:
    assert cell_text(two("12", 3), 0.3) == "12"
    assert cell_text(two("12", 3), 0.29) == "1 2"


def page_line(text: str, top: float, bottom: float | None = None, x: float = 0) -> PdfLine:
    return PdfLine(text, (x, top, x + 10, top + 10 if bottom is None else bottom), 10)


@pytest.mark.parametrize(
    ("top", "bottom", "text", "kept"),
    [
        (880.1, 890, "12", False),
        (880, 890, "12", True),
        (10, 119.9, "12", False),
        (10, 120, "12", True),
        (880.1, 890, "1234", False),
        (880.1, 890, "12345", True),
        (880.1, 890, "— 12 —", False),
        (880.1, 890, "第 12 页，共 30 页", False),
        (880.1, 890, "12/30", False),
        (880.1, 890, "12件", True),
        (10, 119.9, "12件", True),
    ],
)
def test_a_number_in_the_margin_is_the_pages(
    top: float, bottom: float, text: str, kept: bool
) -> None:
    line, body = page_line(text, top, bottom), page_line("正文", 500)
    lines = [body, line] if top > 500 else [line, body]
    assert without_page_number(lines, 1000) == (lines if kept else [body])
    assert without_page_number([], 1000) == []
    other = [line, body] if top > 500 else [body, line]
    assert without_page_number(other, 1000) == other


def test_a_page_of_two_numbers_loses_both() -> None:
    assert without_page_number([page_line("1", 10), page_line("1", 900)], 1000) == []


def column(*tops: float) -> list[PdfLine]:
    """Figures of a table, one below another."""
    return [page_line(str(n + 20), top) for n, top in enumerate(tops)]


FROM_TOP = [80, 95, 110, 125]


# Rows without a figure, as headings have none, stand below the first one.
@pytest.mark.parametrize("first", [80, 65, 50])
def test_the_first_figure_of_a_column_is_not_lost_as_a_page_number(first: float) -> None:
    lines = [*column(first, *FROM_TOP[1:]), page_line("正文", 500)]
    assert without_page_number(lines, 1000) == lines


@pytest.mark.parametrize(
    ("x", "top", "kept"), [(0.9, 80, True), (1, 80, False), (0, 80.9, True), (0, 81, False)]
)
def test_a_figure_off_its_column_or_its_row_is_a_page_number(
    x: float, top: float, *, kept: bool
) -> None:
    rest = [*column(*FROM_TOP[1:]), page_line("正文", 500)]
    assert (len(without_page_number([page_line("20", top, x=x), *rest], 1000)) > len(rest)) is kept


def test_the_last_figure_of_a_column_is_not_lost_as_a_page_number() -> None:
    lines = column(850, 865, 880, 895)
    assert without_page_number(lines, 1000) == lines
    number = page_line("12", 950, x=3)
    assert without_page_number([*lines, number], 1000) == lines


@pytest.mark.parametrize(
    "number",
    [
        # Elsewhere than the column, than its rows, too far from them; with the signs of a page.
        page_line("12", 80, x=40),
        page_line("12", 73),
        page_line("12", 35),
        page_line("- 12 -", 80),
        page_line("3/12", 80),
        page_line("第12页", 80),
    ],
)
def test_a_page_number_above_a_column_of_figures_is_dropped(number: PdfLine) -> None:
    lines = column(*FROM_TOP[1:])
    assert without_page_number([number, *lines], 1000) == lines


@pytest.mark.parametrize("text", ["条", "2018年", "1 2"])
def test_a_page_number_above_lines_of_words_is_dropped(text: str) -> None:
    lines = [page_line(text, top) for top in FROM_TOP[1:]]
    assert without_page_number([page_line("12", FROM_TOP[0]), *lines], 1000) == lines


def test_a_page_number_above_two_figures_is_dropped() -> None:
    lines = column(95, 110)
    assert without_page_number([page_line("12", 80), *lines], 1000) == lines


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("收到", "申请", "收到申请"),
        ("open", "data", "open data"),
        ("open", "1", "open1"),
        ("1", "open", "1open"),
        ("open", "申请", "open申请"),
        ("申请", "open", "申请open"),
        ("é", "data", "édata"),
        ("open", "é", "opené"),
        ("open-", "data", "open-data"),
        ("éa", "data", "éa data"),
        ("1a", "data", "1a data"),
        ("open", "aé", "open aé"),
        ("open", "a1", "open a1"),
        ("", "data", "data"),
        ("open", "", "open"),
    ],
)
def test_only_latin_words_are_parted_where_a_line_is_wrapped(
    one: str, other: str, whole: str
) -> None:
    assert joined(one, other) == whole


LEFT, RIGHT = 100.0, 500.0


def wrapped(*, end: float = 500, begin: float = 100, size: float = 10, gap: float = 5) -> list[str]:
    """The paragraphs of two lines."""
    first = PdfLine("收到", (100, 0, end, 10), 10)
    second = PdfLine("申请", (begin, 10 + gap, 300, 10 + gap + size), size)
    return [one.text for one in paragraphs_of([first, second], LEFT, RIGHT)]


@pytest.mark.parametrize(
    ("line", "goes_on"),
    [
        ({}, True),
        ({"end": 478}, True),
        ({"end": 477.9}, False),
        ({"begin": 112}, True),
        ({"begin": 112.1}, False),
        ({"size": 11.5}, True),
        ({"size": 8.5}, True),
        ({"size": 11.6}, False),
        ({"size": 8.4}, False),
        ({"gap": 20}, True),
        ({"gap": 20.1}, False),
    ],
    ids=str,
)
def test_a_paragraph_goes_on_behind_a_full_line(line: dict[str, float], goes_on: bool) -> None:
    assert wrapped(**line) == (["收到申请"] if goes_on else ["收到", "申请"])


def test_a_paragraph_tells_where_it_lies_and_whether_it_may_go_on() -> None:
    lines = [
        PdfLine("收到", (112.1, 0, 490, 10), 10),
        PdfLine("申请", (90, 12, 478, 22), 10),
        PdfLine("三件", (100, 24, 300, 34), 10),
    ]
    (one,) = paragraphs_of(lines[:2], LEFT, RIGHT)
    assert one == ("收到申请", (90, 0, 490, 22), True, True)
    (one,) = paragraphs_of(lines, LEFT, RIGHT)
    assert one == ("收到申请三件", (90, 0, 490, 34), True, False)
    assert paragraphs_of([], LEFT, RIGHT) == []


@pytest.mark.parametrize(
    ("gap", "words"), [(6, ["ab"]), (6.1, ["a", "b"]), (0, ["ab"]), (-2, ["ab"])]
)
def test_a_wide_gap_parts_two_words(gap: float, words: list[str]) -> None:
    assert [word.text.replace(" ", "") for word in words_on(two("ab", gap))] == words


def test_a_blank_between_words_that_stand_close_is_theirs_and_no_other_is() -> None:
    text = [char(" ", 0), char("a", 10), char(" ", 20, width=3), char("b", 23), char(" ", 33)]
    (word,) = words_on(text)
    assert word.text == "a b"
    assert (word.x0, word.x1) == (10, 33)
    apart = [*text, char("c", 50)]
    assert [word.text for word in words_on(apart)] == ["a b", "c"]


@pytest.mark.parametrize(
    ("print_", "words"),
    [
        # Digits touch in the second number, so that blanks part numbers.
        ("1 23", ["1", "23"]),
        ("12 3 45", ["12", "3", "45"]),
        # No digits touch anywhere, or blanks stand before every three.
        ("1 2", ["1 2"]),
        ("1 234", ["1 234"]),
        ("12 345 678", ["12 345 678"]),
        ("12 34", ["12", "34"]),
        ("1234 567", ["1234", "567"]),
        ("12件 3", ["12件 3"]),
    ],
)
def test_numbers_that_stand_close_are_several_where_digits_touch(
    print_: str, words: list[str]
) -> None:
    chars, x = [], 0.0
    for one in print_:
        if one == " ":
            x += 4
        else:
            chars.append(char(one, x))
            x += 10
    assert [word.text for word in words_on(chars)] == words


@pytest.mark.parametrize(("gap", "words"), [(1.6, ["1", "23"]), (2, ["1", "23"]), (1.4, ["123"])])
def test_a_blank_narrower_than_a_gap_between_numbers_parts_none(
    gap: float, words: list[str]
) -> None:
    chars = [char("1", 0), char(" ", 10, width=gap), char("2", 10 + gap), char("3", 20 + gap)]
    assert [word.text for word in words_on(chars)] == words


@pytest.mark.parametrize(("below", "words"), [(5, ["b", "a"]), (5.1, ["a", "b"])])
def test_words_half_a_height_apart_stand_on_one_height(below: float, words: list[str]) -> None:
    chars = [char("a", 40), char("b", 0, below)]
    assert [word.text for word in words_on(chars)] == words


def test_words_are_read_line_by_line_and_turned_ones_left_out() -> None:
    chars = [char("b", 0, 20), char("a", 40, 0), char("c", 80, 0), char("d", 0, 0, turn=1)]
    assert [word.text for word in words_on(chars)] == ["a", "c", "b"]
    (word,) = words_on([char("a", 5, 1), char("b", 15, 0, height=12)])
    assert word[1:5] == (5, 0, 25, 12)
    assert (word.middle, word.center) == (6, 15)


@pytest.mark.parametrize(
    ("text", "is_figure"),
    [("12", True), ("1,234.5%", True), ("-", True), ("——", True), ("———", False), ("12件", False)],
)
def test_a_number_or_a_dash_is_a_figure(text: str, is_figure: bool) -> None:
    (word,) = words_on(two(text, 0))
    assert word.is_figure is is_figure
