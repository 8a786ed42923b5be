"""Rows that sums link: what one says of another, and where nobody can tell."""

from decimal import Decimal

from pipeline.forms.arithmetic import Share
from pipeline.forms.linked_rows import completed


def ways(*numbers: int | None) -> list[tuple[Decimal | None]]:
    return [(None if number is None else Decimal(number),) for number in numbers]


TOTAL, PART, NOTHING = Share(((0, 1),), (0,)), Share(((0, -1),), ()), Share((), ())


def test_a_row_that_breaks_a_sum_with_every_other_is_not_kept() -> None:
    rows = [ways(3, 5), ways(1, 3, 4)]
    assert completed(rows, [(Decimal(0), [TOTAL, PART])]).rows == [ways(3), ways(3)]


def test_a_blank_total_rules_nothing_out() -> None:
    rows = [ways(None), ways(1, 3)]
    assert completed(rows, [(Decimal(0), [TOTAL, PART])]).rows == rows


def test_what_is_known_outside_the_rows_counts() -> None:
    assert completed([ways(1, 4)], [(Decimal(4), [PART])]).rows == [ways(4)]


def test_rows_with_too_many_ways_to_combine_are_given_up_and_not_guessed() -> None:
    many = ways(*range(100))
    left = completed([many, many, ways(5)], [(Decimal(0), [TOTAL, PART, NOTHING])])
    assert left.rows == [many, many, ways(5)]
    assert left.unsure == {0, 1}


def test_what_one_sum_rules_out_is_ruled_out_where_all_are_too_many_to_try() -> None:
    """A hundred ways each, but every row by itself has to be five."""
    many = ways(*range(80))
    by_itself = [(Decimal(5), [PART, NOTHING]), (Decimal(5), [NOTHING, PART])]
    left = completed([many, many], [*by_itself, (Decimal(0), [TOTAL, PART])])
    assert left.rows == [ways(5), ways(5)]
    assert not left.unsure


def test_a_row_is_not_tried_with_what_the_rows_behind_it_cannot_make_up_for() -> None:
    """A total over rows of ones and twos: most ways are out after the first rows."""
    parts = [ways(1, 2) for _ in range(14)]
    rest = Decimal(14)
    left = completed(parts, [(rest, [PART] * len(parts))])
    assert left.rows == [ways(1)] * len(parts)
