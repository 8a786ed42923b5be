"""Rows that sums link: what one says of another, and where nobody can tell."""

from decimal import Decimal

from pipeline.forms.arithmetic import Share
from pipeline.forms.linked_rows import completed


def ways(*numbers: int | None) -> list[tuple[Decimal | None]]:
    return [(None if number is None else Decimal(number),) for number in numbers]


TOTAL, PART = Share(((0, 1),), (0,)), Share(((0, -1),), ())


def test_a_row_that_breaks_a_sum_with_every_other_is_not_kept() -> None:
    rows = [ways(3, 5), ways(1, 3, 4)]
    assert completed(rows, [(Decimal(0), [TOTAL, PART])]) == [
        frozenset(ways(3)),
        frozenset(ways(3)),
    ]


def test_a_blank_total_rules_nothing_out() -> None:
    rows = [ways(None), ways(1, 3)]
    assert completed(rows, [(Decimal(0), [TOTAL, PART])]) == [
        frozenset(ways(None)),
        frozenset(ways(1, 3)),
    ]


def test_what_is_known_outside_the_rows_counts() -> None:
    assert completed([ways(1, 4)], [(Decimal(4), [PART])]) == [frozenset(ways(4))]


def test_rows_with_too_many_ways_to_combine_are_given_up_and_not_guessed() -> None:
    many = ways(*range(100))
    assert completed([many, many], [(Decimal(0), [TOTAL, PART])]) is None
