"""What is seen of the characters painted on a page, and which way its text is up."""

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.readers.pdf.annotations import typed_on
from pipeline.readers.pdf.painted_pages import has_picture, seen_on

WHITE, BLACK, GREY, RED = (1.0,), (0.0,), (0.5,), (1.0, 0.0, 0.0)
LINE = "全年公开信息12"


def char(text: str, x: float, top: float = 100, size: float = 10, **other: Any) -> dict[str, Any]:
    """A black character, painted at its turn."""
    return {
        "text": text,
        "x0": x,
        "x1": x + size,
        "top": top,
        "bottom": top + size,
        "matrix": (1, 0, 0, 1, x, top),
        "upright": True,
        "tag": 0,
        "mcid": 5,
        "non_stroking_color": BLACK,
        **other,
    }


def line(text: str, top: float = 100, **other: Any) -> list[dict[str, Any]]:
    """Characters beside each other from 0 on, ten wide."""
    return [char(one, 10 * n, top, **other) for n, one in enumerate(text)]


def area(x0: float, x1: float, top: float, bottom: float, **other: Any) -> dict[str, Any]:
    """A filled white rectangle, painted after all characters."""
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "fill": True,
        "mcid": 9,
        "non_stroking_color": WHITE,
        "orientation": "h",
        **other,
    }


def stroke(x0: float, x1: float, at: float, **other: Any) -> dict[str, Any]:
    """A line drawn from left to right."""
    return area(x0, x1, at, at, **other)


def page(chars: list[dict[str, Any]], **things: Any) -> Any:
    """A page of 200 by 300 points."""
    return SimpleNamespace(
        page_number=1,
        bbox=(0, 0, 200, 300),
        width=200,
        height=300,
        chars=chars,
        **{"rects": [], "curves": [], "images": [], "edges": [], "annots": [], **things},
    )


def seen(chars: list[dict[str, Any]], **things: Any) -> tuple[str, int, int, int]:
    """The characters seen, how many figures are not, are marks, and how many rules are left."""
    found = seen_on(page(chars, **things))
    text = "".join(one["text"] for one in found.chars)
    return text, found.unseen, found.marks, len(found.rules)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"top": 200}, (f"{LINE}3", 0)),
        ({"top": -6}, (LINE, 1)),
        ({"top": -5}, (f"{LINE}3", 0)),
        ({"top": 294}, (f"{LINE}3", 0)),
        ({"top": 295}, (f"{LINE}3", 0)),
        ({"top": 296}, (LINE, 1)),
        ({"size": 0.9}, (LINE, 1)),
        ({"size": 1}, (f"{LINE}3", 0)),
        ({"size": 0}, (f"{LINE}3", 0)),
        ({"x0": -6, "x1": 4}, (LINE, 1)),
        ({"x0": -5, "x1": 5}, (f"{LINE}3", 0)),
        ({"x0": 195, "x1": 205}, (f"{LINE}3", 0)),
        ({"x0": 196, "x1": 206}, (LINE, 1)),
        ({"tag": 3}, (LINE, 1)),
        ({"tag": 7}, (LINE, 1)),
        ({"tag": 2}, (f"{LINE}3", 0)),
        ({"tag": -1}, (LINE, 1)),
        ({"matrix": (0.7, 0.7, -0.7, 0.7, 0, 0)}, (LINE, 0)),
        ({"matrix": (0, 1, -1, 0, 0, 0)}, (f"{LINE}3", 0)),
    ],
)
def test_characters_off_the_page_or_too_small_are_not_seen(
    other: dict[str, Any], expected: object
) -> None:
    assert seen([*line(LINE), char("3", 0, **other)])[:2] == expected


@pytest.mark.parametrize(
    ("hidden", "things", "expected"),
    [
        (4, {"images": [area(0, 200, 0, 300)]}, ("1234", 0)),
        (5, {"images": [area(0, 200, 0, 300)]}, ("一二三四五123", 0)),
        (5, {}, ("123", 0)),
        (5, {"curves": [area(0, 1, 0, 1)] * 50}, ("123", 0)),
        (5, {"curves": [area(0, 1, 0, 1)] * 51}, ("一二三四五123", 0)),
    ],
)
def test_invisible_text_of_a_picture_stays_where_it_is_most(
    hidden: int, things: dict[str, Any], expected: object
) -> None:
    assert (
        seen(
            [*line("一二三四五六七八九十"[:hidden], tag=3), *line("12345678"[: 8 - hidden])],
            **things,
        )[:2]
        == expected
    )


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ({}, (LINE, 1)),
        ({"rects": [area(0, 20, 140, 170, mcid=4, non_stroking_color=RED)]}, (f"{LINE}3", 0)),
        ({"rects": [area(0, 20, 140, 170, mcid=5, non_stroking_color=RED)]}, (LINE, 1)),
        ({"rects": [area(0, 20, 140, 170, mcid=4, non_stroking_color=WHITE)]}, (LINE, 1)),
        ({"rects": [area(0, 20, 140, 170, mcid=4, non_stroking_color=RED, fill=False)]}, (LINE, 1)),
        ({"rects": [area(6, 20, 140, 170, mcid=4, non_stroking_color=RED)]}, (LINE, 1)),
        ({"rects": [area(5, 20, 155, 170, mcid=4, non_stroking_color=RED)]}, (f"{LINE}3", 0)),
        ({"rects": [area(0, 20, 156, 170, mcid=4, non_stroking_color=RED)]}, (LINE, 1)),
        ({"images": [area(0, 20, 140, 170, mcid=4)]}, (f"{LINE}3", 0)),
        ({"curves": [area(0, 20, 140, 170, mcid=4, non_stroking_color=RED)]}, (f"{LINE}3", 0)),
    ],
)
def test_white_characters_are_seen_on_what_is_painted_before_them(
    things: dict[str, Any], expected: object
) -> None:
    assert (
        seen([*line(LINE), char("3", 0, 150, non_stroking_color=WHITE)], **things)[:2] == expected
    )


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ({"rects": [area(60, 80, 90, 120)]}, ("全年公开信息", 2)),
        ({"rects": [area(60, 80, 90, 120, non_stroking_color=BLACK)]}, ("全年公开信息", 2)),
        ({"rects": [area(60, 80, 90, 120, non_stroking_color=RED)]}, (LINE, 0)),
        ({"rects": [area(60, 80, 90, 120, mcid=5)]}, (LINE, 0)),
        ({"rects": [area(60, 80, 90, 120, mcid=4)]}, (LINE, 0)),
        ({"rects": [area(60, 80, 90, 120, fill=False)]}, (LINE, 0)),
        ({"rects": [area(60, 80, 105, 106)]}, (LINE, 0)),
        ({"rects": [area(60, 80, 104.5, 106)]}, ("全年公开信息", 2)),
        ({"rects": [area(60, 160, 0, 150)]}, ("全年公开信息", 2)),
        ({"rects": [area(60, 161, 0, 150)]}, (LINE, 0)),
        ({"rects": [area(65, 75, 90, 120)]}, ("全年公开信息", 2)),
        ({"rects": [area(65.1, 74.9, 90, 120)]}, (LINE, 0)),
        ({"rects": [area(0, 40, 90, 120)]}, ("信息12", 0)),
        ({"rects": [area(0, 50, 90, 120)]}, (LINE, 0)),
    ],
)
def test_what_white_or_black_paint_covers_is_not_seen(
    things: dict[str, Any], expected: object
) -> None:
    assert seen(line(LINE), **things)[:2] == expected


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([stroke(60, 80, 105)], ("全年公开信息", 2, 0)),
        ([stroke(60, 80, 102.2)], ("全年公开信息", 2, 0)),
        ([stroke(60, 80, 102.1)], (LINE, 0, 1)),
        ([stroke(60, 80, 107.8)], ("全年公开信息", 2, 0)),
        ([stroke(60, 80, 107.9)], (LINE, 0, 1)),
        ([stroke(55.1, 80, 105)], ("全年公开信息", 2, 0)),
        ([stroke(55, 80, 105)], ("全年公开信", 2, 0)),
        ([stroke(60, 84.9, 105)], ("全年公开信息", 2, 0)),
        ([stroke(60, 85, 105)], (LINE, 0, 1)),
        ([stroke(0, 100, 105)], (LINE, 0, 1)),
        ([stroke(0, 101, 105)], (LINE, 0, 1)),
        ([stroke(60, 80, 105, orientation="v")], (LINE, 0, 1)),
        ([stroke(65, 66, 105)], (LINE, 0, 1)),
        ([stroke(65, 66.1, 105)], ("全年公开信息2", 1, 0)),
        ([stroke(65, 75, 105)], ("全年公开信息", 2, 0)),
        ([stroke(65.1, 75, 105)], ("全年公开信息1", 1, 0)),
        ([stroke(66, 74, 105)], (LINE, 0, 1)),
    ],
)
def test_a_line_through_the_middle_strikes_characters_from_end_to_end(
    edges: list[dict[str, Any]], expected: object
) -> None:
    assert seen(line(LINE), edges=edges)[:2] + seen(line(LINE), edges=edges)[3:] == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (100, "12345678901234"),
        (100.1, "一二三四五六七八九十12345678901234"),
    ],
)
def test_a_line_over_more_than_half_of_a_page_strikes_nothing(
    end: int | float, expected: str
) -> None:
    assert (
        seen(
            [*line("一二三四五六七八九十"), *line("12345678901234", 150)],
            edges=[stroke(0, end, 105)],
        )[0]
        == expected
    )


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ({}, ("公开", 0, 1)),
        ({"size": 8.5}, ("公开", 0, 1)),
        ({"size": 8.6}, ("公开", 0, 1)),
        ({"size": 8.7}, ("公开3", 0, 0)),
        ({"x": 22.9}, ("公开", 0, 1)),
        ({"x": 23}, ("公开3", 0, 0)),
        ({"x": 17.1}, ("公开", 0, 1)),
        ({"x": 17}, ("公开3", 0, 0)),
        ({"top": 103.4}, ("公开", 0, 1)),
        ({"top": 103.5}, ("公开3", 0, 0)),
        ({"top": 92.6}, ("公开", 0, 1)),
        ({"top": 92.5}, ("公开3", 0, 0)),
        ({"upright": False}, ("公开3", 0, 0)),
    ],
)
def test_small_raised_figures_behind_a_larger_character_are_marks_of_notes(
    mark: dict[str, Any], expected: object
) -> None:
    assert (
        seen([*line("公开"), char("3", **{"x": 20, "top": 99, "size": 5, **mark})])[:3] == expected
    )


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({}, ("公开", 0, 2)),
        ({"x": 26.4}, ("公开", 0, 2)),
        ({"x": 26.5}, ("公开2", 0, 1)),
        ({"top": 100.4}, ("公开", 0, 2)),
        ({"top": 101.5}, ("公开2", 0, 1)),
    ],
)
def test_figures_of_one_mark_stand_close_behind_each_other(
    second: dict[str, Any], expected: object
) -> None:
    assert (
        seen(
            [
                *line("公开"),
                char("1", 20, 99, 5),
                char("2", **{"x": 25, "top": 99, "size": 5, **second}),
            ]
        )[:3]
        == expected
    )


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ({}, False),
        ({"images": [area(0, 1, 0, 1)]}, True),
        ({"curves": [area(0, 1, 0, 1)] * 50}, False),
        ({"curves": [area(0, 1, 0, 1)] * 51}, True),
    ],
)
def test_a_page_holds_a_picture_or_letters_drawn_as_shapes(
    things: dict[str, Any], expected: bool
) -> None:
    assert has_picture(page([], **things)) is expected


@pytest.mark.parametrize(("slant", "expected"), [(0.2, f"{LINE}3"), (0.21, LINE)])
def test_characters_that_run_aslant_are_a_watermark(slant: float, expected: str) -> None:
    slanting = char("3", 0, 150, matrix=(1, slant, -slant, 1, 0, 0))
    assert seen([*line(LINE), slanting])[0] == expected


@pytest.mark.parametrize(("gap", "expected"), [(0.4, (LINE, 0)), (0.6, (LINE[:-2] + "2", 1))])
def test_a_picture_over_half_a_number_covers_none_of_it(gap: float, expected: object) -> None:
    picture = area(59, 71, 90, 120, stream=SimpleNamespace(attrs={}), tag=0)
    number = [char("1", 60), char("2", 70 + gap)]
    assert seen([*line(LINE[:-2]), *number], images=[picture])[:2] == expected


@pytest.mark.parametrize(
    ("high", "wide", "size"),
    [(40, 200, 10), (8, 200, 6), (40, 6, 4), (14, 200, 10), (13, 200, 9.75)],
)
def test_typed_words_are_as_high_as_print_and_fit_their_field(
    high: float, wide: float, size: float
) -> None:
    """One square character and one of half its width."""
    note = {"Subtype": "FreeText", "Contents": b"\xfe\xff" + "共1".encode("utf-16-be")}
    field = {"data": note, "x0": 0, "top": 0, "width": wide, "height": high}
    first, second = typed_on(SimpleNamespace(annots=[field]))
    assert first["bottom"] - first["top"] == pytest.approx(size)
    assert first["x1"] - first["x0"] == pytest.approx(2 * (second["x1"] - second["x0"]))
