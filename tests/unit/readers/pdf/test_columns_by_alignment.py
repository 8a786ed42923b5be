"""Where rows and columns without rules begin and end, point by point."""

from collections.abc import Sequence

import pytest

from pipeline.readers.pdf.borderless import borderless_tables
from pipeline.readers.pdf.lines import Char

XS = (300, 350, 400, 450)
FULL = ("1 2 3 6", "4 5 6 15", "7 8 9 24", "1 1 1 3", "2 2 2 6")
Grid = list[list[str]]


def put(text: str, x: float, top: float) -> list[Char]:
    """Text that begins at x: letters ten points high and five wide."""
    return [
        {
            "text": one,
            "x0": x + 5 * n,
            "x1": x + 5 * n + 5,
            "top": top,
            "bottom": top + 10,
            "upright": True,
        }
        for n, one in enumerate(text)
        if one != " "
    ]


def figures(row: str, top: float, xs: Sequence[float] = XS) -> list[Char]:
    """Figures in the middle of their columns."""
    return [
        char
        for one, x in zip(row.split(), xs, strict=False)
        if one != "_"
        for char in put(one, x - 2.5 * len(one), top)
    ]


def rows(*printed: str, top: float = 100, step: float = 20, labels: bool = True) -> list[Char]:
    """Rows of figures with their labels, row0 and so on."""
    return [
        char
        for n, row in enumerate(printed)
        for char in (
            *(put(f"row{n}", 80, top + step * n) if labels else ()),
            *figures(row, top + step * n),
        )
    ]


def rule(top: float, x0: float = 80, x1: float = 500) -> dict[str, float]:
    return {"top": top, "x0": x0, "x1": x1}


def grids(chars: Sequence[Char], rules: Sequence[dict[str, float]] = ()) -> list[Grid]:
    """The cells of every table: how many rows and columns one spans stands behind its text."""
    tables, _ = borderless_tables(chars, rules, 1)
    found = []
    for table in tables:
        grid: Grid = [[] for _ in range(table.rows)]
        for spot in table.spots:
            spans = (spot.rowspan, spot.colspan)
            mark = "" if spans == (1, 1) else f"@{spans[0]}x{spans[1]}"
            grid[spot.row].append(spot.text.replace("\n", "/") + mark)
        found.append(grid)
    return found


def labelled(*printed: str) -> Grid:
    return [[f"row{n}", *row.replace("_", " ").split(" ")] for n, row in enumerate(printed)]


def blanked(row: str) -> list[str]:
    return ["" if one == "_" else one for one in row.split()]


@pytest.mark.parametrize(("size", "is_table"), [(4, True), (3, False)])
def test_four_rows_make_a_table(size: int, is_table: bool) -> None:
    printed = FULL[:size]
    assert grids(rows(*printed)) == ([labelled(*printed)] if is_table else [])


@pytest.mark.parametrize(("columns", "is_table"), [(4, True), (3, False)])
def test_four_columns_make_a_table(columns: int, is_table: bool) -> None:
    printed = [" ".join(row.split()[:columns]) for row in FULL]
    assert bool(grids(rows(*printed))) is is_table


def test_what_stands_in_no_table_is_left() -> None:
    below = put("prose", 80, 300)
    tables, rest = borderless_tables([*rows(*FULL), *below], (), 7)
    assert rest == below
    (table,) = tables
    assert {spot.page for spot in table.spots} == {7}
    assert table.box == (80, 100, 455, 190)
    assert table.edges[0] == 78.5
    assert list(table.edges[2:-1]) == [325, 375, 423.75]
    assert borderless_tables(below, (), 1) == ([], below)


@pytest.mark.parametrize(("gap", "size"), [(90, 4), (90.1, 0)])
def test_rows_nine_lines_apart_are_of_one_table(gap: float, size: int) -> None:
    chars = [*rows(*FULL[:2]), *rows(*FULL[2:4], top=130 + gap)]
    assert [len(grid) for grid in grids(chars)] == ([size] if size else [])


def test_two_tables_below_each_other_are_two() -> None:
    chars = [*rows(*FULL), *rows(*FULL, top=400)]
    assert grids(chars) == [labelled(*FULL)] * 2


def test_the_columns_are_those_of_most_rows_and_the_more_of_two() -> None:
    xs = (*XS, 500)
    wide = [char for n in range(4) for char in figures("1 2 3 4 10", 100 + 20 * n, xs)]
    narrow = [char for n in range(4) for char in figures("1 2 3 6", 180 + 20 * n)]
    (grid,) = grids([*wide, *narrow])
    assert grid == [["1", "2", "3", "4", "10"]] * 4 + [["1", "2", "3", "6", ""]] * 4
    more = [char for n in range(5) for char in figures("1 2 3 6", 180 + 20 * n)]
    assert grids([*wide, *more]) == []


@pytest.mark.parametrize(("end", "is_table"), [(340, True), (340.1, False)])
def test_columns_that_overlap_are_none(end: float, is_table: bool) -> None:
    """Figures of one column may reach to where the next begins in another row."""
    chars = rows(*FULL[:4])
    chars += figures("_ 2 3 6", 180) + put("1", end - 5, 180) + figures("1 2222 3 6", 200)
    assert bool(grids([char for char in chars if char["x1"] > 200])) is is_table


@pytest.mark.parametrize(("odd", "is_table"), [(3, True), (4, False)])
def test_more_than_half_of_the_rows_stand_in_the_columns(odd: int, is_table: bool) -> None:
    """Two figures in one column are of another table."""
    chars = rows(*FULL[:4])
    for n in range(odd):
        chars += put("1", 292, 180 + 20 * n) + put("1", 304, 180 + 20 * n)
    assert bool(grids(chars)) is is_table


@pytest.mark.parametrize(
    ("below", "last"), [(30, ["", "9", "", "", ""]), (40, ["", "9", "", "", ""]), (40.1, None)]
)
def test_a_single_figure_near_the_last_row_is_a_row(below: float, last: list[str] | None) -> None:
    (grid,) = grids([*rows(*FULL), *figures("9", 190 + below)])
    assert len(grid) == (6 if last else 5)
    if last:
        assert grid[5][-4:] == last[1:]


def test_a_figure_before_the_first_row_or_beside_the_columns_is_none_of_them() -> None:
    assert len(grids([*rows(*FULL), *figures("9", 40)])[0]) == 5
    # Far to the right of the last column: then it is no table of these columns.
    assert grids([*rows(*FULL), *put("9", 520, 140)]) == []
    (grid,) = grids([*rows(*FULL), *put("9", 60, 140)])
    assert grid[2][-4:] == ["7", "8", "9", "24"]


def test_figures_left_out_leave_blank_cells_and_two_in_one_column_are_one_cell() -> None:
    printed = (*FULL, "_ 2 _ 2", "3 _ _ 3")
    (grid,) = grids(rows(*printed))
    assert [row[-4:] for row in grid] == [blanked(row) for row in printed]


@pytest.mark.parametrize(("over", "has_heads"), [(22, True), (22.1, False)])
def test_heads_stand_two_lines_above_the_first_row(over: float, has_heads: bool) -> None:
    heads = [char for n, x in enumerate(XS) for char in put(f"h{n}", x - 5, 90 - over)]
    (grid,) = grids([*heads, *rows(*FULL)])
    assert (grid[0][-4:] == ["h0", "h1", "h2", "h3"]) is has_heads
    assert grid[int(has_heads) :] == labelled(*FULL)


def test_heads_over_heads_are_heads_one_after_the_other() -> None:
    heads = [char for n, x in enumerate(XS) for char in put(f"h{n}", x - 5, 80)]
    upper = put("overall words", 290, 55)
    corner = put("corner", 85, 80)
    (grid,) = grids([*upper, *corner, *heads, *rows(*FULL)])
    assert grid[0] == ["corner@2x1", "overall@1x1", "words"] or grid[0][0] == "corner@2x1"
    assert grid[1][-4:] == ["h0", "h1", "h2", "h3"]


@pytest.mark.parametrize(
    ("x", "length", "span"),
    [(288, 15, 2), (288, 7, 1), (323.1, 10, 1), (322.9, 10, 2), (332, 9, 1), (332, 10, 2)],
)
def test_a_head_lies_over_the_columns_it_reaches_two_points_into(
    x: float, length: int, span: int
) -> None:
    heads = [char for n, x_ in enumerate(XS) for char in put(f"h{n}", x_ - 5, 80)]
    (grid,) = grids([*put("w" * length, x, 62), *heads, *rows(*FULL)])
    over = [cell for row in grid for cell in row if cell.startswith("ww")]
    assert over == [f"{'w' * length}@1x{span}" if span > 1 else over[0]]


@pytest.mark.parametrize(("x", "is_table"), [(475, True), (475.1, False)])
def test_words_far_to_the_right_are_those_of_prose(x: float, is_table: bool) -> None:
    assert bool(grids([*rows(*FULL), *put("ab", x, 120)])) is is_table


@pytest.mark.parametrize(
    ("tops", "first_column"),
    [
        # One line a row.
        ((100, 140, 180, 220), ["a", "b", "c", "d"]),
        # A second line above or below is of the row it is nearest to.
        ((100, 140, 151, 180, 220), ["a", "b/c", "d", "e"]),
        ((100, 129, 140, 180, 220), ["a", "b/c", "d", "e"]),
        ((93, 107, 140, 180, 220), ["a/b", "c", "d", "e"]),
        ((100, 140, 180, 213, 227), ["a", "b", "c", "d/e"]),
        # Half way between two rows it may be either's, or none.
        ((93, 107, 133, 147, 173, 187, 213, 227), ["a/b", "c/d", "e/f", "g/h"]),
        ((90, 100, 110, 130, 140, 150, 170, 180, 190, 220), ["a/b/c", "d/e/f", "g/h/i", "j"]),
    ],
)
def test_lines_of_a_label_are_of_the_row_they_stand_around(
    tops: tuple[int, ...], first_column: list[str]
) -> None:
    chars = rows(*FULL[:4], step=40, labels=False)
    for name, top in zip("abcdefghij", tops, strict=False):
        chars += put(name * 3, 80, top)
    (grid,) = grids(chars)
    assert [row[0].replace(row[0][:1] * 3, row[0][:1]) for row in grid] == [
        "/".join(part * 3 if n else part for n, part in enumerate(label.split("/")))
        for label in first_column
    ]
    assert [row[-4:] for row in grid] == [row.split() for row in FULL[:4]]


@pytest.mark.parametrize(("apart", "has_row"), [(34, True), (33.9, False)])
def test_a_label_as_far_from_others_as_rows_are_is_a_row_without_figures(
    apart: float, has_row: bool
) -> None:
    """Rows stand forty apart, and labels of two rows no nearer than that by a sixth."""
    chars = rows(*FULL[:2], step=40)
    chars += put("blank", 80, 140 + apart)
    chars += rows(*FULL[2:], top=140 + 2 * apart, step=40)
    (grid,) = grids(chars)
    assert (["blank", "", "", "", ""] in grid) is has_row
    assert len(grid) == 5 + has_row


@pytest.mark.parametrize(
    ("rules", "row"),
    [
        ((), 1),
        ((rule(150),), 2),
        ((rule(145),), 1),
        ((rule(185),), 1),
        ((rule(165),), 1),
        ((rule(150), rule(165)), 2),
        # One that does not go all the way across parts some cells only.
        ((rule(150, x0=285),), 2),
        ((rule(150, x0=285.1),), 1),
        ((rule(150, x1=445),), 2),
        ((rule(150, x1=444.9),), 1),
    ],
)
def test_a_rule_between_rows_parts_them_and_the_widest_gap_where_there_is_none(
    rules: tuple[dict[str, float], ...], row: int
) -> None:
    chars = rows(*FULL, step=40) + put("beside", 80, 151)
    (grid,) = grids(chars, rules)
    assert "beside" in grid[row][0]
    assert [line[-4:] for line in grid] == [line.split() for line in FULL]


@pytest.mark.parametrize(("over", "in_head"), [(96, True), (65, True), (65.1, False)])
def test_a_rule_over_the_first_row_parts_it_from_the_heads(over: float, in_head: bool) -> None:
    """Four lines above it and no further."""
    heads = [char for n, x in enumerate(XS) for char in put(f"h{n}", x - 5, 82)]
    (grid,) = grids([*heads, *rows(*FULL)], (rule(over),))
    assert (grid[0][-4:] == ["h0", "h1", "h2", "h3"]) is in_head


def grouped(size: int, *words: tuple[str, float, float]) -> Grid:
    """What stands before the figures of so many rows, twenty points apart, with their groups."""
    chars = []
    for n in range(size):
        chars += put(f"c{n}", 150, 100 + 20 * n) + figures(f"{n} 1 1 9", 100 + 20 * n)
    for word, x, top in words:
        chars += put(word, x, top)
    (grid,) = grids(chars)
    assert [row[-4:] for row in grid] == [[f"{n}", "1", "1", "9"] for n in range(size)]
    return [row[:-4] for row in grid]


@pytest.mark.parametrize(
    ("size", "words", "first_columns"),
    [
        pytest.param(
            6,
            (("aa", 80, 120), ("bb", 80, 180)),
            [["aa@3x1", "c0"], ["c1"], ["c2"], ["bb@3x1", "c3"], ["c4"], ["c5"]],
            id="in the middle of theirs",
        ),
        pytest.param(
            6,
            (("aa", 80, 110), ("bb", 80, 150), ("cc", 80, 190)),
            [["aa@2x1", "c0"], ["c1"], ["bb@2x1", "c2"], ["c3"], ["cc@2x1", "c4"], ["c5"]],
            id="between two rows each",
        ),
        pytest.param(
            6,
            (("aa", 80, 113), ("ab", 80, 127), ("bb", 80, 180)),
            [["aa/ab@3x1", "c0"], ["c1"], ["c2"], ["bb@3x1", "c3"], ["c4"], ["c5"]],
            id="over two lines",
        ),
        pytest.param(
            6,
            (("aa", 80, 100), ("bb", 80, 140), ("cc", 80, 190)),
            [["aa", "c0"], ["bb@3x1", "c1"], ["c2"], ["c3"], ["cc@2x1", "c4"], ["c5"]],
            id="of one row, three and two",
        ),
        pytest.param(
            8,
            (
                *(("out", 60, 130), ("oth", 60, 210)),
                *(("aa", 100, 110), ("bb", 100, 150), ("cc", 100, 190), ("dd", 100, 230)),
            ),
            [
                *(["out@4x1", "aa@2x1", "c0"], ["c1"], ["bb@2x1", "c2"], ["c3"]),
                *(["oth@4x1", "cc@2x1", "c4"], ["c5"], ["dd@2x1", "c6"], ["c7"]),
            ],
            id="groups of groups",
        ),
        pytest.param(
            6,
            (("aa", 80, 120),),
            [["c0"], ["aa c1"], ["c2"], ["c3"], ["c4"], ["c5"]],
            id="one word alone is no group",
        ),
        pytest.param(
            5,
            (("aa", 80, 120), ("bbbbbbbbbbbbbb", 80, 180)),
            [["c0"], ["aa c1"], ["c2"], ["c3"], ["bbbbbbbbbbbbbbc4"]],
            id="a long one crosses the column",
        ),
    ],
)
def test_a_group_stands_before_the_first_of_the_rows_it_is_in_the_middle_of(
    size: int, words: tuple[tuple[str, float, float], ...], first_columns: Grid
) -> None:
    assert grouped(size, *words) == first_columns


@pytest.mark.parametrize(("apart", "is_one"), [(7, True), (7.1, False)])
def test_lines_of_a_group_stand_closer_than_two_groups(apart: float, is_one: bool) -> None:
    """Less than seven tenths of a line are between them."""
    above = 125 - 10 - apart / 2
    grid = grouped(8, ("aa", 80, above), ("ab", 80, above + 10 + apart), ("bb", 80, 220))
    assert (grid[0][0].startswith("aa/ab@")) is is_one


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # The first row begins with the line of its label above it, the last ends with that below.
        (((92, 0), (105, 0), (140, 1), (180, 2), (220, 3)), 5),
        (((100, 0), (140, 1), (180, 2), (216, 3), (228, 3), (240, 3)), 6),
        # What is further away is prose.
        (((60, None), (100, 0), (140, 1), (180, 2), (220, 3)), 4),
        (((100, 0), (140, 1), (180, 2), (220, 3), (262, None)), 4),
    ],
)
def test_a_table_begins_and_ends_with_the_lines_of_its_labels(
    lines: tuple[tuple[float, int | None], ...], expected: int
) -> None:
    chars = rows(*FULL[:4], step=40, labels=False)
    for n, (top, _) in enumerate(lines):
        chars += put(f"l{n}", 80, top)
    (grid,) = grids(chars)
    assert sum(len(row[0].split("/")) for row in grid) == expected
    for n, (_, row) in enumerate(lines):
        if row is not None:
            assert f"l{n}" in grid[row][0].split("/")


@pytest.mark.parametrize(
    ("tops", "row"),
    [
        # The widest gap parts two labels; of gaps that are much the same the one half way.
        ((112, 138), 0),
        ((112, 124), 0),
        ((116, 130), 1),
        ((108, 114, 120, 132), 0),
    ],
)
def test_the_widest_gap_between_lines_parts_two_rows(tops: tuple[float, ...], row: int) -> None:
    chars = rows(*FULL[:4], step=40)
    for top in tops:
        chars += put("x", 80, top)
    (grid,) = grids(chars)
    assert (f"row{row}" in grid[row][0]) and grid[row][0].count("x") >= 1
    assert sum(line[0].count("x") for line in grid) == len(tops)
