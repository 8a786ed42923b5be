"""Labels to rows: the heaviest chain whose rows ascend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.tables.match.alignment import Match, Occurrence, align, without_contained


def found(label: str, start: int, weight: float = 1.0, length: int = 2) -> Occurrence:
    return Occurrence(label, start, start + length, weight)


def rows(matches: list[Match]) -> list[int]:
    return [match.row for match in matches]


def test_labels_in_order_get_their_rows() -> None:
    labels = [found("甲", 0), found("乙", 5), found("丙", 9)]
    assert rows(align(labels, {"甲": [0], "乙": [1], "丙": [2]}, 3)) == [0, 1, 2]


def test_a_missing_row_shifts_nobody() -> None:
    labels = [found("甲", 0), found("丙", 9)]
    assert rows(align(labels, {"甲": [0], "乙": [1], "丙": [2]}, 3)) == [0, 2]


def test_fifty_rows_passed_over_cost_as_much_as_a_label_is_worth() -> None:
    both = [found("甲", 0), found("乙", 5)]
    assert rows(align(both, {"甲": [0], "乙": [45]}, 84)) == [0, 45]
    assert rows(align(both, {"甲": [0], "乙": [60]}, 84)) == [0]


def test_a_label_that_recurs_follows_the_nearest_heading() -> None:
    rows_of = {"复议": [0], "其他": [1, 3], "诉讼": [2]}
    assert rows(align([found("复议", 0), found("其他", 5)], rows_of, 4)) == [0, 1]
    assert rows(align([found("诉讼", 0), found("其他", 5)], rows_of, 4)) == [2, 3]


def test_a_label_that_recurs_and_follows_none_is_the_first_row_of_its_name() -> None:
    assert rows(align([found("其他", 0)], {"其他": [1, 3]}, 4)) == [1]


def test_a_label_out_of_order_is_passed_over_for_the_heavier_chain() -> None:
    labels = [found("丙", 0), found("甲", 5), found("乙", 9)]
    assert rows(align(labels, {"甲": [0], "乙": [1], "丙": [2]}, 3)) == [0, 1]


def test_a_sure_label_outweighs_a_doubtful_one() -> None:
    labels = [found("丙", 0, weight=3), found("甲", 5), found("乙", 9)]
    assert rows(align(labels, {"甲": [0], "乙": [1], "丙": [2]}, 3)) == [2]


def test_the_first_of_two_copies_is_taken_whole() -> None:
    labels = [found("甲", 0), found("乙", 5), found("甲", 10), found("乙", 15)]
    chain = align(labels, {"甲": [0], "乙": [1]}, 2)
    assert [match.occurrence.start for match in chain] == [0, 5]


def test_words_of_no_row_align_to_nothing() -> None:
    assert align([found("甲", 0)], {}, 3) == []
    assert align([], {"甲": [0]}, 1) == []


def test_a_label_inside_a_longer_one_is_none() -> None:
    longer, shorter = Occurrence("行政规范性文件", 0, 7, 1), Occurrence("规范性文件", 2, 7, 1)
    assert without_contained([shorter, longer]) == [longer]


def test_of_overlapping_labels_the_longer_stays() -> None:
    first, second = Occurrence("甲乙", 0, 2, 1), Occurrence("乙丙丁", 1, 4, 1)
    assert without_contained([first, second]) == [second]


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        ([(0, 2), (2, 4)], [(0, 2), (2, 4)]),
        ([(0, 2), (1, 3)], [(0, 2)]),
        ([(0, 2), (5, 9), (6, 8)], [(0, 2), (5, 9)]),
        ([(0, 2), (3, 5), (4, 8)], [(0, 2), (4, 8)]),
        ([(0, 9), (10, 12), (11, 14)], [(0, 9), (11, 14)]),
        ([(3, 4), (0, 2)], [(0, 2), (3, 4)]),
        ([(0, 3), (0, 5)], [(0, 5)]),
    ],
)
def test_what_touches_a_label_stays_and_what_overlaps_it_does_not(
    places: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    labels = [Occurrence("甲", *place, 1) for place in places]
    assert [(one.start, one.end) for one in without_contained(labels)] == kept


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0.1, 3, allow_nan=False)), max_size=10))
def test_the_chain_is_the_heaviest_there_is(labels: list[tuple[int, float]]) -> None:
    occurrences = [found(str(row), 3 * at, weight) for at, (row, weight) in enumerate(labels)]
    chain = align(occurrences, {str(row): [row] for row in range(6)}, 6)
    assert rows(chain) == sorted(set(rows(chain)))
    got = sum(match.occurrence.weight for match in chain)
    # Passing over rows costs a little, so that a slightly lighter chain may win.
    assert got >= heaviest(labels) - 0.02 * 6 * 2


def heaviest(labels: list[tuple[int, float]]) -> float:
    best: list[float] = []
    for at, (row, weight) in enumerate(labels):
        before = [best[n] for n in range(at) if labels[n][0] < row]
        best.append(weight + max(before, default=0.0))
    return max(best, default=0.0)
