"""Which of what lines enclose on a picture are cells, and which of these are one table.

A page is a thousand pixels wide and two thousand high, and has two pixels a point.
"""

import pytest

from pipeline.readers.scan.ruling import Enclosed, tables_of

WIDTH, HEIGHT, POINTS = 1000, 2000, 0.5


def found(*boxes: tuple[int, int, int, int], filled: float = 1.0) -> list[list[tuple[int, ...]]]:
    """The tables of a page, cells by their left, upper, right and lower sides in pixels."""
    enclosed = [
        Enclosed(
            left, top, right - left, bottom - top, int((right - left) * (bottom - top) * filled)
        )
        for left, top, right, bottom in boxes
    ]
    return [
        [tuple(round(side / POINTS) for side in box) for box in table]
        for table in tables_of(enclosed, WIDTH, HEIGHT, POINTS)
    ]


FIRST, SECOND, BELOW = (100, 100, 200, 150), (203, 100, 300, 150), (100, 153, 200, 200)


def test_cells_that_touch_are_one_table_in_the_order_of_their_rows() -> None:
    assert found(SECOND, BELOW, FIRST) == [[FIRST, SECOND, BELOW]]


@pytest.mark.parametrize(
    ("beside", "is_one"),
    [
        # Eight pixels, four points, may lie between.
        ((208, 100, 300, 150), True),
        ((209, 100, 300, 150), False),
        ((203, 158, 300, 200), True),
        ((203, 159, 300, 200), False),
        ((0, 100, 92, 150), True),
        ((0, 100, 91, 150), False),
        ((203, 0, 300, 92), True),
        ((203, 0, 300, 91), False),
        ((0, 158, 97, 200), True),
        ((0, 159, 97, 200), False),
    ],
)
def test_cells_touch_across_a_line_and_no_wider_gap(
    beside: tuple[int, int, int, int], is_one: bool
) -> None:
    assert bool(found(FIRST, beside)) is is_one


def test_a_cell_that_touches_two_tables_makes_them_one() -> None:
    left, right, between = (100, 100, 200, 150), (400, 100, 500, 150), (203, 120, 397, 150)
    (table,) = found(left, right, between)
    assert sorted(table) == [left, between, right]
    assert found(left, right) == []


@pytest.mark.parametrize(
    ("second", "is_table"),
    [
        ((203, 100, 300, 150), True),
        ((100, 153, 200, 200), False),
        # Set a little askew, it is one column still.
        ((108, 153, 200, 200), False),
        ((92, 153, 200, 200), False),
        ((109, 153, 200, 200), True),
    ],
)
def test_a_column_alone_is_no_table(second: tuple[int, int, int, int], is_table: bool) -> None:
    assert bool(found(FIRST, second)) is is_table


def test_tables_stand_from_the_top_down() -> None:
    lower = [(100, 900, 200, 950), (203, 900, 300, 950)]
    upper = [(500, 300, 600, 350), (603, 300, 700, 350)]
    assert found(*lower, *upper) == [upper, lower]


@pytest.mark.parametrize(
    ("box", "is_cell"),
    [
        # Six points wide and high at least.
        ((203, 100, 215, 150), True),
        ((203, 100, 214, 150), False),
        ((203, 100, 300, 112), True),
        ((203, 100, 300, 111), False),
        # Not as wide or as high as the page.
        ((203, 100, 1173, 150), True),
        ((203, 100, 1174, 150), False),
        ((203, 100, 300, 2040), True),
        ((203, 100, 300, 2041), False),
    ],
)
def test_a_cell_is_neither_a_speck_nor_the_page(
    box: tuple[int, int, int, int], is_cell: bool
) -> None:
    assert bool(found(FIRST, box)) is is_cell


@pytest.mark.parametrize(("filled", "is_cell"), [(0.91, True), (0.9, False), (0.5, False)])
def test_what_fills_its_box_is_a_cell_and_a_ring_is_none(filled: float, is_cell: bool) -> None:
    assert bool(found(FIRST, SECOND, filled=filled)) is is_cell


@pytest.mark.parametrize(("count", "is_read"), [(3_000, True), (3_001, False)])
def test_a_page_of_specks_is_not_looked_through(count: int, is_read: bool) -> None:
    specks = [Enclosed(0, 0, 1, 1, 1)] * (count - 2)
    cells = [Enclosed(100, 100, 100, 50, 5000), Enclosed(203, 100, 97, 50, 4850)]
    assert bool(tables_of([*specks, *cells], WIDTH, HEIGHT, POINTS)) is is_read
