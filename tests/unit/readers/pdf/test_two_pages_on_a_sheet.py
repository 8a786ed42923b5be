"""A strip in the middle of a sheet: two pages, two columns, or nothing."""

from typing import Any

import pytest

from pipeline.readers.pdf.lines import Char
from pipeline.readers.pdf.sheets_of_two import Gutter, are_alike, gutter_of, halves

WIDTH, HEIGHT = 1200.0, 500.0
PROSE = "嘉祥县主动公开政府信息共五十六条"[:15]
OTHER = "全年受理政府信息公开申请三十一件"[:15]


def line(text: str, x: float, top: float) -> list[Char]:
    return [
        {"text": one, "x0": x + 10 * n, "x1": x + 10 * n + 10, "top": top, "bottom": top + 10}
        | {"upright": True}
        for n, one in enumerate(text)
    ]


def sheet(left: list[str], right: list[str], *, right_at: float = 740) -> list[Char]:
    """Lines of each half, twenty points apart, from a hundred down."""
    return [
        char
        for lines, x in ((left, 100), (right, right_at))
        for n, text in enumerate(lines)
        for char in line(text, x, 100 + 20 * n)
    ]


def found(chars: list[Char], width: float = WIDTH, height: float = HEIGHT) -> Gutter | None:
    return gutter_of(chars, (), width, height)


@pytest.mark.parametrize(("lines", "is_two"), [(5, True), (4, False)])
def test_both_halves_have_five_lines(lines: int, is_two: bool) -> None:
    assert (found(sheet([PROSE] * lines, [OTHER] * 6)) is not None) is is_two
    assert (found(sheet([PROSE] * 6, [OTHER] * lines)) is not None) is is_two


@pytest.mark.parametrize(("long", "is_two"), [(3, True), (2, False)])
def test_prose_has_three_lines_of_fifteen_letters_in_each_half(long: int, is_two: bool) -> None:
    half = [PROSE] * long + [PROSE[:14]] * 4
    assert (found(sheet(half, [OTHER] * 6)) is not None) is is_two
    assert (found(sheet([OTHER] * 6, half)) is not None) is is_two


@pytest.mark.parametrize(
    ("right_at", "at"),
    [
        # Half way between what stands left, which ends at 250, and what stands right.
        (710, 480.0),
        (709, None),
        (1190, 720.0),
        (1191, None),
    ],
)
def test_the_strip_is_in_the_middle_fifth(right_at: float, at: float | None) -> None:
    gutter = found(sheet([PROSE] * 6, [OTHER] * 6, right_at=right_at))
    assert gutter == (at and Gutter(at))


def test_of_several_strips_the_widest_parts_the_halves() -> None:
    left = [char for n in range(6) for char in line(PROSE, 330, 100 + 20 * n)]
    middle = [char for n in range(6) for char in line("文", 590, 100 + 20 * n)]
    right = [char for n in range(6) for char in line(OTHER, 740, 100 + 20 * n)]
    assert found([*left, *middle, *right]) == Gutter(670.0)
    assert found([]) is None


def test_a_line_over_both_halves_leaves_one_page() -> None:
    across = line(PROSE * 3, 300, 300)
    assert found([*sheet([PROSE] * 6, [OTHER] * 6), *across]) is None


@pytest.mark.parametrize(("width", "is_two"), [(600, True), (599.9, False)])
def test_a_sheet_is_a_fifth_wider_than_high(width: float, is_two: bool) -> None:
    """Labels alone are two pages on a sheet, and one page elsewhere."""
    labels = ["收到申请", "予以公开", "部分公开", "不予公开", "其他处理"]
    chars = [
        char
        for x in (100, 400)
        for n, text in enumerate(labels)
        for char in line(text, x, 100 + 20 * n)
    ]
    assert (found(chars, width, 500) is not None) is is_two


@pytest.mark.parametrize(("head", "is_two"), [(130, True), (150, True), (151, False)])
def test_a_title_over_two_columns_ends_in_the_upper_third(head: float, is_two: bool) -> None:
    chars = [char for x in (60, 320) for n in range(6) for char in line(PROSE, x, 200 + 20 * n)]
    title = line(PROSE * 2, 100, head - 10)
    gutter = found([*title, *chars], 520, 500)
    assert (gutter is not None) is is_two
    assert gutter is None or gutter.top == head


@pytest.mark.parametrize(("gap", "is_two"), [(8.1, True), (8, False)])
def test_columns_of_a_page_stand_eight_points_apart(gap: float, is_two: bool) -> None:
    chars = [
        char for x in (100, 250 + gap) for n in range(6) for char in line(PROSE, x, 200 + 20 * n)
    ]
    assert (found(chars, 500, 500) is not None) is is_two


def edge(x: float, y: float, orientation: str = "h") -> dict[str, Any]:
    return {"x0": x, "x1": x + 100, "top": y, "bottom": y, "orientation": orientation}


@pytest.mark.parametrize(
    ("left", "right", "is_two"),
    [((1, 2, 3), (1, 2, 3), True), ((1, 2), (1, 2, 3), False), ((1, 2, 3), (1, 2), False)],
)
def test_columns_are_ruled_where_three_lines_run_across_each(
    left: tuple[int, ...], right: tuple[int, ...], is_two: bool
) -> None:
    chars = [
        char for x in (100, 300) for n in range(6) for char in line("收到申请", x, 200 + 20 * n)
    ]
    edges = [edge(x, 200 + 20 * n) for x, ys in ((100, left), (300, right)) for n in ys]
    upright = [edge(100, 240 + n, "v") for n in range(4)]
    assert (gutter_of(chars, edges, 500, 500) is not None) is is_two
    assert (gutter_of(chars, [*edges, *upright], 500, 500) is not None) is is_two


def test_the_head_above_two_columns_is_with_the_left_one() -> None:
    things = [edge(100, 10), edge(300, 20), edge(300, 20.1), edge(99, 300), edge(200, 300)]
    left, right = halves(things, Gutter(200, 20))
    assert left == [things[0], things[1], things[3]]
    assert right == [things[2], things[4]]


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("甲乙 丙丁 戊己 庚辛 壬癸", "甲乙 丙丁 戊己", True),
        ("甲乙 丙丁 戊己 庚辛 壬癸", "甲乙 丙丁", False),
        ("甲乙 丙丁 戊己 庚辛", "甲乙 丙丁 戊己 庚辛", False),
        # A single letter is no label.
        ("甲乙 丙丁 戊己 庚辛 壬", "甲乙 丙丁 戊己 庚辛 壬", False),
        ("甲乙 丙丁 戊己 庚辛 壬癸 子", "甲乙 丙丁 戊己", True),
    ],
)
def test_columns_are_alike_that_share_three_labels_of_five(
    left: str, right: str, alike: bool
) -> None:
    assert are_alike(left.split(), right.split()) is alike
