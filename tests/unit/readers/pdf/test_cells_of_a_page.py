"""Ruled cells of a page and of the next: what lines enclose, what stands in them, what goes on."""

from itertools import pairwise
from typing import Any

import pytest

from pipeline.readers.document_builder import Spot
from pipeline.readers.pdf.grids import (
    PdfTable,
    continued,
    filled,
    parts_columns_alone,
    table_of,
)
from pipeline.readers.pdf.lines import Char
from pipeline.readers.pdf.ruled_cells import outlines_of

Edge = dict[str, Any]


def across(y: float, x0: float = 0, x1: float = 200) -> Edge:
    return {
        "object_type": "line",
        "orientation": "h",
        "x0": x0,
        "x1": x1,
        "top": y,
        "bottom": y,
        "width": x1 - x0,
        "height": 0,
    }


def down(x: float, top: float = 0, bottom: float = 60) -> Edge:
    return {
        "object_type": "line",
        "orientation": "v",
        "x0": x,
        "x1": x,
        "top": top,
        "bottom": bottom,
        "width": 0,
        "height": bottom - top,
    }


def mesh(xs: tuple[float, ...], ys: tuple[float, ...]) -> list[Edge]:
    return [
        *(across(y, xs[0], xs[-1]) for y in ys),
        *(down(x, ys[0], ys[-1]) for x in xs),
    ]


def shape(edges: list[Edge]) -> list[int]:
    """How many cells each table has."""
    return [len(cells) for cells in outlines_of(edges)]


@pytest.mark.parametrize(
    ("edges", "cells"),
    [
        (mesh((0, 100, 200), (0, 30, 60)), [4]),
        # A frame around lines of text is no table.
        (mesh((0, 200), (0, 30, 60)), []),
        ([across(0), across(30)], []),
        ([down(0), down(100)], []),
        # Upright rules alone part columns, and no rows.
        ([down(0), down(100), down(200)], []),
        ([down(0), down(100, 30), down(200), down(300)], []),
        ([], []),
        # Two tables, the upper one first; a strip of three points does not part them.
        (mesh((0, 100, 200), (100, 130)) + mesh((0, 100, 200), (0, 30, 60)), [4, 2]),
        (mesh((0, 100, 200), (0, 30)) + mesh((0, 100, 200), (33, 60)), [4]),
        (mesh((0, 100, 200), (0, 30)) + mesh((0, 100, 200), (33.1, 60)), [2, 2]),
        # The gap of a double rule is no cell.
        (mesh((0, 100, 104, 200), (0, 30)), [3]),
        (mesh((0, 100, 103.9, 200), (0, 30)), [2]),
        (mesh((0, 100, 200), (0, 30, 34, 60)), [6]),
        (mesh((0, 100, 200), (0, 30, 33.9, 60)), [4]),
        # A slanting edge is that of a letter.
        ([*mesh((0, 100, 200), (0, 30, 60)), across(15) | {"orientation": None}], [4]),
    ],
)
def test_lines_that_cross_enclose_cells(edges: list[Edge], cells: list[int]) -> None:
    assert shape(edges) == cells


@pytest.mark.parametrize(("rules", "cells"), [(3, [4]), (2, [])])
def test_a_side_left_open_is_closed_where_three_rules_end(rules: int, cells: list[int]) -> None:
    ys = (0, 30, 60)[:rules]
    assert shape([*(across(y) for y in ys), down(100, 0, ys[-1])]) == cells


@pytest.mark.parametrize(("end", "cells"), [(200, [4]), (203, [4]), (203.1, [])])
def test_rules_that_end_within_three_points_end_at_one_border(end: float, cells: list[int]) -> None:
    edges = [across(0), across(30), across(60, 0, end), down(0), down(100)]
    assert shape(edges) == cells


@pytest.mark.parametrize(("start", "cells"), [(3, [4]), (20, [4])])
def test_a_border_drawn_in_part_is_drawn_whole(start: float, cells: list[int]) -> None:
    assert shape([*(across(y) for y in (0, 30, 60)), down(0), down(100), down(200, start)]) == cells


def test_the_top_and_bottom_that_a_page_cuts_off_are_closed_too() -> None:
    assert shape([down(0), down(100), down(200), across(30)]) == [4]
    assert shape([down(0), down(200), across(30)]) == []


def rect(edge: Edge, **others: Any) -> Edge:
    """An edge of a painted rectangle: thin, or of an area."""
    height = others.pop("thick", 1)
    x0, x1, top = edge["x0"], edge["x1"], edge["top"]
    return edge | {
        "object_type": "rect_edge",
        "pts": [(x0, top), (x1, top), (x1, top + height), (x0, top + height)],
        **others,
    }


@pytest.mark.parametrize(
    ("paint", "is_seen"),
    [
        ({}, True),
        ({"thick": 3}, True),
        ({"thick": 3.1}, False),
        ({"non_stroking_color": (1, 1, 1)}, False),
        ({"non_stroking_color": (0, 0, 0)}, True),
        ({"thick": 30, "stroke": True}, True),
        ({"thick": 30, "stroke": True, "stroking_color": (1, 1, 1)}, False),
        ({"thick": 30, "stroke": True, "stroking_color": (0, 0, 0)}, True),
    ],
    ids=str,
)
def test_an_edge_that_nobody_sees_is_no_rule(paint: dict[str, Any], is_seen: bool) -> None:
    edges = [*mesh((0, 100, 200), (0, 60)), rect(across(30), **paint)]
    assert shape(edges) == [4 if is_seen else 2]


def test_white_lines_are_no_rules() -> None:
    white = across(30) | {"stroke": True, "stroking_color": (1, 1, 1)}
    assert shape([*mesh((0, 100, 200), (0, 60)), white]) == [2]


def char(text: str, x: float, top: float, **others: Any) -> Char:
    """A character ten points high and wide."""
    place = {"x0": x, "x1": x + 10, "top": top, "bottom": top + 10}
    return {"text": text, "upright": True, "matrix": (1, 0, 0, 1, 0, 0), **place, **others}


CELLS = [(0, 0, 100, 30), (100, 0, 200, 60), (0, 30, 100, 60)]


def held(*chars: Char) -> list[str]:
    table = filled(CELLS, chars)
    return ["".join(one["text"] for one in own) for own in (*table.held, table.loose)]


@pytest.mark.parametrize(
    ("x", "top", "place"),
    [(10, 5, 0), (94, 5, 0), (95, 5, 1), (150, 25, 1), (10, 40, 2), (10, 100, 3), (-20, 5, 3)],
)
def test_a_character_is_in_the_cell_that_its_middle_is_in(x: float, top: float, place: int) -> None:
    assert held(char("a", x, top)) == ["a" if n == place else "" for n in range(4)]


def test_a_cell_over_rows_or_columns_says_how_many() -> None:
    table = filled(CELLS, [char("a", 150, 25), char("b", 10, 5, confidence=0.5)])
    assert table.areas == [(0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 1)]
    read = table_of(table, 3)
    assert [(one.text, one.row, one.col, one.rowspan, one.colspan) for one in read.spots] == [
        ("b", 0, 0, 1, 1),
        ("a", 0, 1, 2, 1),
        ("", 1, 0, 1, 1),
    ]
    assert [(one.page, one.confidence) for one in read.spots] == [(3, 0.5), (3, 1.0), (3, 1.0)]
    assert (read.box, read.rows, read.edges) == ((0, 0, 200, 60), 2, (0, 100, 200))


@pytest.mark.parametrize(("offset", "columns"), [(3, 2), (3.1, 3)])
def test_borders_within_three_points_are_one(offset: float, columns: int) -> None:
    cells = [(0, 0, 100, 30), (100, 0, 200, 30), (0, 30, 100 + offset, 60), (103, 30, 200, 60)]
    assert len(filled(cells, ()).xs) == columns + 1


@pytest.mark.parametrize(
    ("top", "upper"),
    [
        # Less than a quarter of a letter beyond a rule is no crossing.
        (22.4, "乙"),
        (24.9, "乙"),
        (25, ""),
    ],
)
def test_a_line_across_a_rule_is_where_its_middle_is_if_other_words_are_there_too(
    top: float, upper: str
) -> None:
    above, below, line = char("上", 10, 8), char("下", 10, 45), char("乙", 10, top)
    assert held(above, line, below)[0] == "上" + upper
    assert held(line, below)[0] == upper
    assert held(above, line)[0] == "上" + upper


@pytest.mark.parametrize(("top", "moves"), [(22.4, False), (22.5, True)])
def test_a_line_goes_over_a_rule_to_words_that_have_no_room_in_their_row(
    top: float, moves: bool
) -> None:
    cells = [(0, 0, 100, 30), (0, 30, 100, 40), (0, 40, 100, 70), (100, 0, 200, 70)]
    chars = [char("上", 10, 8), char("甲", 10, top), char("乙", 10, 33), char("下", 10, 52)]
    table = filled(cells, chars)
    found = ["".join(one["text"] for one in own) for own in table.held]
    assert found == (["上", "甲乙", "下", ""] if moves else ["上甲", "乙", "下", ""])


def test_a_label_over_both_its_rules_stays_whole() -> None:
    cells = [(0, 0, 100, 30), (0, 30, 100, 40), (0, 40, 100, 70), (100, 0, 200, 70)]
    chars = [char("上", 10, 8), char("甲", 10, 24), char("乙", 10, 33), char("下", 10, 52)]
    table = filled(cells, chars)
    assert ["".join(one["text"] for one in own) for own in table.held] == ["上", "甲乙", "下", ""]


@pytest.mark.parametrize(
    ("ys", "tops", "outside", "alone"),
    [
        ((0, 60), (5, 25), 30, True),
        ((0, 60), (5,), 30, False),
        ((0, 30, 60), (5, 18), 40, False),
        ((0, 60), (5, 25), 0, False),
        ((0, 60), (5, 25), 50, False),
        ((0, 60), (5, 25), 49.9, True),
        ((0, 60), (5, 25), 80, False),
    ],
)
def test_rules_that_part_no_rows_are_no_table_beside_their_rest(
    ys: tuple[float, ...], tops: tuple[float, ...], outside: float, alone: bool
) -> None:
    cells = [(0, a, 100, b) for a, b in pairwise(ys)]
    table = filled(cells, [char(str(n), 10, top) for n, top in enumerate(tops)])
    assert parts_columns_alone(table, [char("甲", 300, outside)]) is alone
    assert not parts_columns_alone(table, [])
    words = filled(cells, [char("甲", 10, top) for top in tops])
    assert not parts_columns_alone(words, [char("甲", 300, outside)])


def column_of(x: float, lines: str) -> list[Char]:
    """Lines below one another in a column; the characters of one touch, but for a blank."""
    return [
        char(text, x + 10 * place, 5 + 14 * n)
        for n, line in enumerate(lines.split("/"))
        for place, text in enumerate(line)
        if text != " "
    ]


@pytest.mark.parametrize(
    ("columns", "alone"),
    [
        (("甲/乙", "1/2", "3/4", "5/6"), True),
        (("甲/乙", "1/2", "3/4", "丙"), False),
        (("甲/乙", "1   2   3/4   5   6", "丙", "丁"), True),
        (("1.甲/2.乙", "3.丙", "4.丁", "5.戊", "1/2", "3/4", "5/6"), True),
        # In narrow cells some numbers take two lines: 123/456.
        (("甲", "123/456", "1", "2", "3", "4", "5", "12/34", "56/78"), False),
        (("甲/1", "乙/2", "丙/3", "丁/4", "戊/5"), True),
        (("甲/1", "乙/2", "丙/3", "丁/4", "戊"), False),
        (("甲1/1", "乙1/2", "丙1/3", "丁1/4", "戊1/5"), False),
    ],
)
def test_columns_whose_rows_no_rule_parts_are_no_table(
    columns: tuple[str, ...], *, alone: bool
) -> None:
    cells = [(200.0 * n, 0, 200.0 * n + 200, 60) for n in range(len(columns))]
    chars = [one for n, lines in enumerate(columns) for one in column_of(200.0 * n + 5, lines)]
    assert parts_columns_alone(filled(cells, chars), []) is alone


def part(*rows: list[str], edges: tuple[float, ...] = ()) -> PdfTable:
    """A table of plain cells; a text that ends in | goes on below, one that ends in - beside."""
    spots = [
        Spot(text.rstrip("|"), n, col, 1 + text.count("|"))
        for n, row in enumerate(rows)
        for col, text in enumerate(row)
        if text != "^"
    ]
    width = max(map(len, rows))
    return PdfTable(
        tuple(spots), edges or tuple(100.0 * n for n in range(width + 1)), (0, 0, 1, 1), len(rows)
    )


def joined(above: PdfTable, below: PdfTable) -> list[tuple[str, int, int, int]] | None:
    whole = continued(above, below)
    if whole is None:
        return None
    return sorted((one.text, one.row, one.col, one.rowspan) for one in whole.spots)


def rows_of(whole: list[tuple[str, int, int, int]] | None) -> list[str]:
    """The texts row by row, with how many rows one spans where it is more than one."""
    assert whole is not None
    lines: dict[int, list[str]] = {}
    for text, row, _, span in sorted(whole, key=lambda one: one[1:3]):
        lines.setdefault(row, []).append(text.replace("\n", "/") + (f"@{span}" if span > 1 else ""))
    return ["|".join(lines[row]) for row in sorted(lines)]


LABEL = "1.属于国家"
ABOVE = ["指标", "甲", "乙"], [LABEL, "1", "2"]


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        # A row after the other; a repeated head is left out, unless nothing stands below it.
        (ABOVE, (["丙", "3", "4"],), ["指标|甲|乙", f"{LABEL}|1|2", "丙|3|4"]),
        (
            ABOVE,
            (["指标", "甲", "乙"], ["丙", "3", "4"]),
            ["指标|甲|乙", f"{LABEL}|1|2", "丙|3|4"],
        ),
        (
            ABOVE,
            (["指标", " 甲", "乙"], ["丙", "3", "4"]),
            ["指标|甲|乙", f"{LABEL}|1|2", "丙|3|4"],
        ),
        (
            (*ABOVE, ["丙", "3", "4"]),
            (*ABOVE, ["丁", "5", "6"]),
            ["指标|甲|乙", f"{LABEL}|1|2", "丙|3|4", "丁|5|6"],
        ),
        # The rest of a label cut by the break, below a whole row.
        (ABOVE, (["秘密", "", ""],), ["指标|甲|乙", f"{LABEL}/秘密@2|1@2|2@2"]),
        (
            ABOVE,
            (["秘密", "", ""], ["丙", "3", "4"]),
            ["指标|甲|乙", f"{LABEL}/秘密@2|1@2|2@2", "丙|3|4"],
        ),
        (ABOVE, (["秘密" * 6, "", ""],), ["指标|甲|乙", f"{LABEL}/{'秘密' * 6}@2|1@2|2@2"]),
        (
            ABOVE,
            (["秘密" * 6 + "等", "", ""],),
            ["指标|甲|乙", f"{LABEL}|1|2", "秘密" * 6 + "等||"],
        ),
        (ABOVE, (["秘密2", "", ""],), ["指标|甲|乙", f"{LABEL}|1|2", "秘密2||"]),
        (ABOVE, (["2.秘密", "", ""],), ["指标|甲|乙", f"{LABEL}|1|2", "2.秘密||"]),
        (ABOVE, (["秘密", "3", ""],), ["指标|甲|乙", f"{LABEL}|1|2", "秘密|3|"]),
        (
            (["指标", "甲", "乙"], [LABEL, "1", ""]),
            (["秘密", "", ""],),
            ["指标|甲|乙", f"{LABEL}|1|", "秘密||"],
        ),
        (
            (["指标", "甲", "乙"], ["属于国家", "1", "2"]),
            (["秘密", "", ""],),
            ["指标|甲|乙", "属于国家|1|2", "秘密||"],
        ),
        # A label on one side of the break and its three figures on the other.
        (
            (["甲", "", "", ""],),
            (["", "1", "2", "3"],),
            ["甲@2|1@2|2@2|3@2"],
        ),
        (
            (["", "1", "2", "—"],),
            (["甲", "", "", ""],),
            ["甲@2|1@2|2@2|—@2"],
        ),
        ((["甲", "", ""],), (["", "1", "2"],), ["甲||", "|1|2"]),
        ((["甲", "", "", ""],), (["乙", "1", "2", "3"],), ["甲|||", "乙|1|2|3"]),
        ((["甲", "", "", ""],), (["", "1", "2", "丙"],), ["甲|||", "|1|2|丙"]),
        ((["4", "", "", ""],), (["", "1", "2", "3"],), ["4|||", "|1|2|3"]),
        ((["", "", "", ""],), (["", "1", "2", "3"],), ["|||", "|1|2|3"]),
    ],
)
def test_a_table_goes_on_behind_a_page_break(
    above: tuple[list[str], ...], below: tuple[list[str], ...], expected: list[str]
) -> None:
    assert rows_of(joined(part(*above), part(*below))) == expected


def test_a_merged_cell_goes_on_where_its_rest_is_blank_or_the_end_of_its_label() -> None:
    above = part(["1.组|", "甲"], ["^", "乙"])
    assert rows_of(joined(above, part(["", "丙"]))) == ["1.组@3|甲", "乙", "丙"]
    assert rows_of(joined(above, part(["名", "丙"]))) == ["1.组/名@3|甲", "乙", "丙"]
    assert rows_of(joined(above, part(["2.组", "丙"]))) == ["1.组@2|甲", "乙", "2.组|丙"]
    assert rows_of(joined(part(["", "乙"]), part(["|", "丙"], ["^", "丁"])))[0] == "|乙"
    assert rows_of(joined(part(["组", "乙"]), part(["|", "丙"], ["^", "丁"]))) == [
        "组@3|乙",
        "丙",
        "丁",
    ]


@pytest.mark.parametrize(
    ("above", "below", "is_one"),
    [
        ((0, 100, 200), (0, 100, 200), True),
        ((0, 100, 200), (7, 107, 207), True),
        ((0, 100, 200), (7.1, 100, 200), False),
        ((0, 100, 200), (0, 100, 207.1), False),
        ((0, 100, 200), (0, 107, 200), True),
        ((0, 100, 200), (0, 107.1, 200), False),
        # One part may have columns that the other has not.
        ((0, 200), (0, 100, 200), True),
        ((0, 100, 200), (0, 200), True),
        ((0, 60, 200), (0, 100, 150, 200), False),
    ],
)
def test_parts_go_on_where_the_borders_of_one_are_the_others(
    above: tuple[float, ...], below: tuple[float, ...], is_one: bool
) -> None:
    upper = part(["甲"] * (len(above) - 1), edges=above)
    lower = part(["乙"] * (len(below) - 1), edges=below)
    whole = continued(upper, lower)
    assert (whole is not None) is is_one
    if whole:
        assert whole.edges == (above if len(above) >= len(below) else below)
        assert whole.rows == 2
        for spot in whole.spots:
            own = len(above) if spot.text == "甲" else len(below)
            assert spot.colspan == (len(whole.edges) - 1) // (own - 1)


NARROW = [(0, 0, 100, 30), (0, 30, 100, 45), (0, 45, 100, 75)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # One line over each rule of a blank cell: a label of two lines that its row is too low for.
        ({"上": 5, "甲": 24, "乙": 40, "下": 60}, ["上", "甲乙", "下"]),
        # Only over one: the line is where its middle is.
        ({"上": 5, "甲": 24, "下": 60}, ["上甲", "", "下"]),
        ({"上": 5, "乙": 41, "下": 60}, ["上", "", "乙下"]),
        # Words of its own in the cell: neither line is its.
        ({"上": 5, "甲": 24, "丙": 33, "乙": 41, "下": 60}, ["上甲", "丙", "乙下"]),
        # Nothing else beside: each line may be a row of its own.
        ({"甲": 24, "乙": 41}, ["甲", "", "乙"]),
    ],
)
def test_a_label_over_both_rules_of_a_low_row_is_in_that_row(
    lines: dict[str, int], expected: list[str]
) -> None:
    table = filled(NARROW, [char(text, 10, top) for text, top in lines.items()])
    assert ["".join(one["text"] for one in own) for own in table.held] == expected
