"""Places of figures without heads: told where they stand free, open where they were pushed."""

from pipeline.readers.tracks import Span, columns_by_place, places_in_order

FREE = -2.0


def span(left: float, figure: str) -> Span:
    return Span(left, left + len(figure))


def row(**figures: int) -> list[Span]:
    """Figures by what they print, and where each begins."""
    return [span(left, figure.lstrip("_")) for figure, left in figures.items()]


def places(*rows: list[Span], before: float = FREE) -> list[list[list[int]]]:
    found = places_in_order(rows, [before] * len(rows), 1)
    return [[list(place) for place in own] for own in found]


def test_figures_that_end_at_one_place_are_of_one_column() -> None:
    rows = [row(_12=10, _7=21, _19=30), row(_5=21, _6=31), row(_345=9, _1345=28)]
    assert places(*rows) == [[[0], [1], [2]], [[1], [2]], [[0], [2]]]


def test_a_figure_right_behind_another_may_be_of_any_column_further_left() -> None:
    rows = [row(_1=10, _2=20, _3=30), row(_98765432109=10, _4=22, _5=30), row(_8=20, _6=30)]
    assert places(*rows)[1] == [[0], [1], [2]]
    rows = [row(_1=10, _2=14, _3=30), row(_98765=10, _4=16, _5=30), row(_8=14, _6=30)]
    assert places(*rows)[1] == [[0], [1], [2]]
    rows = [row(_1=10, _2=14, _9=20, _3=30), row(_9876543210=10, _4=21, _5=30)]
    assert places(*rows)[1] == [[0], [1, 2], [3]]


def test_a_label_that_is_too_long_may_push_the_first_figure() -> None:
    rows = [row(_1=10, _2=14, _3=30), row(_4=14, _5=30)]
    found = places_in_order(rows, [FREE, 13], 1)
    assert [list(place) for place in found[1]] == [[0, 1], [2]]


def test_two_figures_of_a_row_at_one_place_contradict_it() -> None:
    alone = [row(_4=left, _5=20) for left in (11, 12, 13)]
    assert places(row(_1=10, _2=14, _3=20), *alone) == []


def test_a_figure_two_blanks_behind_an_overlong_label_may_be_pushed() -> None:
    rows = [row(_1=10, _2=14, _3=30), row(_4=14, _5=30)]
    found = places_in_order(rows, [FREE, 12], 1)
    assert [list(place) for place in found[1]] == [[0, 1], [2]]


def test_a_row_pushed_out_of_all_places_is_told_by_its_count() -> None:
    whole = row(_111=10, _222=14, _333=18, _444=22)
    rows = [whole, row(_1=10, _9=30), row(_2=12, _7=30)]
    assert places(*rows)[0] == [[0], [1], [2], [3]]


def test_a_page_without_figures_has_no_columns() -> None:
    assert places([], []) == [[], []]
    assert columns_by_place([[], []], [Span(0, 4)], 1) == {}
