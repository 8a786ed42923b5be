"""Columns of a grid without heads: those of the form's that all sums together leave."""

import time
from decimal import Decimal

import pytest

from pipeline.extract.tables.propose.constraints import solve
from pipeline.extract.tables.propose.digit_split import Solution, Split, UnsegmentedRow
from pipeline.forms.arithmetic import Known
from pipeline.forms.identities import identities
from tests.generator.values import APPLICANTS

RULES = [rule for rule in identities() if "C" in rule.forms]
TABLE = (
    "received",
    "carried_in",
    "processed.granted",
    "processed.partly_granted",
    "processed.not_available.not_held",
    "processed",
    "carried_out",
)
PARTS = {
    term.indicator_id.removeprefix("requests.")
    for rule in RULES
    for term in rule.right
    if rule.left[0].indicator_id == "requests.processed" and ":" not in term.indicator_id
}
ONE_EACH = [range(1, 2), range(2, 3), range(3, 4)]


def ids_of(measure: str) -> tuple[str, ...]:
    return (*(f"requests.{measure}:{kind}" for kind in APPLICANTS), f"requests.{measure}")


def split(**numbers: int) -> Split:
    cells = [numbers.get(kind) for kind in (*APPLICANTS, "total")]
    return tuple(None if number is None else Decimal(number) for number in cells)


def known(received: dict[str, int], *, but: tuple[str, ...] = ()) -> Known:
    """A table where 25 requests were received, and every row not in ``but`` is left blank."""
    values = dict(zip(ids_of("received"), split(**received), strict=True))
    blank = {one for row in (*PARTS, *TABLE, "processed.other") for one in ids_of(row)}
    own = {one for row in but for one in ids_of(row)}
    told = {one: number for one, number in values.items() if number is not None}
    return Known(told, frozenset(blank - own - told.keys()))


def placed(measure: str, pieces: str, *places: range) -> UnsegmentedRow:
    return UnsegmentedRow(ids_of(measure), (tuple(pieces.split()),), places, grid=1)


def read(rows: list[UnsegmentedRow], received: dict[str, int]) -> list[Solution]:
    own = tuple(row.ids[-1].removeprefix("requests.") for row in rows)
    return solve(rows, known(received, but=own), RULES)


ROWS = [
    placed("processed.granted", "7 4 11", *ONE_EACH),
    placed("processed.not_available.not_held", "2 2", range(2, 3), range(3, 4)),
    placed("processed", "7 6 13", *ONE_EACH),
]


def test_figures_below_each_other_are_of_the_column_that_its_sums_leave() -> None:
    got = read(ROWS, {"enterprise": 7, "other_organisation": 6, "total": 13})
    assert [one.only for one in got] == [
        split(enterprise=7, other_organisation=4, total=11),
        split(other_organisation=2, total=2),
        split(enterprise=7, other_organisation=6, total=13),
    ]


def test_columns_that_no_sum_tells_apart_are_left_open() -> None:
    """Who asked is not told by figures that add up wherever they stand."""
    got = solve(ROWS, Known({}), RULES)
    assert [one.only for one in got] == [None] * 3


def test_a_choice_of_columns_needs_a_sum_over_rows_to_bear_it_out() -> None:
    """Seven columns can be chosen in one way; with rows missing that proves nothing."""
    row = placed("processed.granted", "7 4 11", range(1, 2), range(3, 4), range(7, 8))
    whole = placed("processed", "1 2 3 4 5 15", *(range(n, n + 1) for n in (2, 3, 4, 5, 6, 7)))
    assert [one.only for one in solve([row, whole], Known({}), RULES)] == [None, None]


def test_figures_that_may_stand_in_several_columns_are_told_by_sums() -> None:
    rows = [
        *ROWS[:1],
        placed("processed.not_available.not_held", "2 2", range(1, 3), range(3, 4)),
        *ROWS[2:],
    ]
    got = read(rows, {"enterprise": 7, "other_organisation": 6, "total": 13})
    assert got[1].only == split(other_organisation=2, total=2)


def test_places_that_no_columns_agree_with_are_left_aside() -> None:
    """A figure stands before that of a column which the form has before it."""
    rows = [
        placed("processed.granted", "7 4 11", *ONE_EACH),
        placed("processed", "7 4 11", range(1, 2), range(3, 4), range(4, 5)),
    ]
    with_places = solve(rows, known({}, but=("processed.granted", "processed")), RULES)
    bare = [UnsegmentedRow(row.ids, row.prints) for row in rows]
    assert with_places == solve(bare, known({}, but=("processed.granted", "processed")), RULES)


@pytest.mark.parametrize(("places", "kind"), [((1, 2), "enterprise"), ((2, 3), "research")])
def test_below_heads_a_figure_is_of_those_columns_that_it_stands_across(
    places: tuple[int, int], kind: str
) -> None:
    heads = tuple((n, n) for n in range(7))
    across = (range(*places), range(6, 7))
    row = UnsegmentedRow(ids_of("processed.granted"), (("4", "4"),), across, 1, heads)
    whole = UnsegmentedRow(ids_of("processed"), (("4", "4"),), (range(7), range(6, 7)), 1, heads)
    got = read([row, whole], {kind: 4, "total": 4})
    assert [one.only for one in got] == [split(**{kind: 4, "total": 4})] * 2


def test_choices_of_many_columns_are_soon_found_too_many():
    """15 cells of which 7 have figures: 6,435 splits a row, 6,435 choices of columns."""
    ids = tuple(f"indicator{n}" for n in range(15))
    figures = tuple(str(n) for n in range(1, 8))
    places = tuple(range(n, n + 1) for n in range(7))
    rows = [UnsegmentedRow(ids, (figures,), places, grid=1) for _ in range(20)]
    started = time.process_time()
    assert all(one.only is None for one in solve(rows, Known({}, frozenset()), RULES))
    assert time.process_time() - started < 4


def test_choices_that_many_places_are_looked_up_for_are_not_gone_through():
    """6,435 choices of columns, for each of which rows may stand in thousands of ways."""
    ids = tuple(f"indicator{n}" for n in range(15))
    figures = tuple(str(n) for n in range(1, 8))
    across = tuple(range(n, min(n + 5, 8)) for n in range(7))
    against = (range(7, 8), *[range(1)] * 6)
    rows = [UnsegmentedRow(ids, (figures,), own, grid=1) for own in (*[across] * 5, against)]
    started = time.process_time()
    assert all(one.only is None for one in solve(rows, Known({}, frozenset()), RULES))
    assert time.process_time() - started < 4
