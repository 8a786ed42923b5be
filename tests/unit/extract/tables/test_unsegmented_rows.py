"""Rows without cell borders: every reading that the identities allow, and none beside."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.tables.propose.constraints import solve, with_blank_column
from pipeline.extract.tables.propose.digit_split import Solution, Split, UnsegmentedRow
from pipeline.forms.arithmetic import Known, equalities
from pipeline.forms.identities import identities
from tests.generator.values import APPLICANTS
from tests.some import some

RULES = [rule for rule in identities() if "D" in rule.forms]
COURTS = tuple(
    f"{block}.{result}"
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    for result in ("upheld", "corrected", "other", "pending", "total")
)
Printed = tuple[tuple[int, ...], tuple[str, ...]]
NOTHING = Known({}, frozenset(), frozenset())


def applicants(measure: str) -> tuple[str, ...]:
    return (*(f"{measure}:{kind}" for kind in APPLICANTS), measure)


def granted(*pieces: str, known: Known = NOTHING) -> Solution:
    row = UnsegmentedRow(applicants("requests.processed.granted"), (pieces,))
    return solve([row], known, RULES)[0]


def split(*numbers: int | None) -> Split:
    return tuple(None if number is None else Decimal(number) for number in numbers)


def test_a_total_of_two_digits_is_found() -> None:
    assert granted("230", "000023").splits == (split(23, 0, 0, 0, 0, 0, 23),)


def test_the_row_of_table_4_has_one_reading() -> None:
    (solution,) = solve([UnsegmentedRow(COURTS, (("21317000001324019",),))], NOTHING, RULES)
    assert solution.splits == (split(2, 1, 3, 1, 7, 0, 0, 0, 0, 0, 13, 2, 4, 0, 19),)


def test_zeros_have_one_reading() -> None:
    assert granted("0000000").splits == (split(0, 0, 0, 0, 0, 0, 0),)


def test_six_digits_may_be_one_of_two_cells_and_are_several_of_three() -> None:
    for cells, is_one in ((2, True), (3, False)):
        ids = tuple(f"a{n}" for n in range(cells))
        (solution,) = solve([UnsegmentedRow(ids, (("123456",),))], NOTHING, ())
        assert (split(123456, *[None] * (cells - 1)) in solution.splits) is is_one


def test_no_number_begins_with_a_zero() -> None:
    solution = granted("1000", "001")
    numbers = some(number for one in solution.splits for number in one)
    assert [number for number in numbers if len(str(number)) > 1 and str(number)[0] == "0"] == []


def test_a_row_without_an_identity_keeps_every_reading() -> None:
    ids = tuple(f"normative_documents.{name}" for name in ("issued", "repealed", "in_force"))
    (solution,) = solve([UnsegmentedRow(ids, (("6233440",),))], NOTHING, RULES)
    assert split(6, 23, 3440) in solution.splits
    assert len(solution.splits) > 1


def test_six_pieces_may_be_six_cells_of_a_row_with_a_blank_one() -> None:
    splits = granted("12", "0", "0", "0", "0", "3").splits
    assert split(1, 2, 0, 0, 0, 0, 3) in splits
    assert split(12, 0, 0, 0, 0, 3, None) in splits


def test_a_column_decides_between_readings_of_a_row() -> None:
    natural = "requests.processed.granted:natural_person"
    terms = {
        term.indicator_id
        for rule in RULES
        if rule.rule_id == "CD-E2:natural_person"
        for term in rule.right
    }
    values = dict.fromkeys(terms - {natural}, Decimal(0))
    values["requests.processed:natural_person"] = Decimal(12)
    parts = ("not_amended", "not_paid", "residual")
    for part in parts:
        values[f"requests.processed.other.{part}:natural_person"] = Decimal(0)
    absent = frozenset({"requests.processed.other:natural_person"})
    splits = granted("12", "0", "0", "0", "0", "3", known=Known(values, frozenset(), absent)).splits
    assert splits == (split(12, 0, 0, 0, 0, 3, None),)


def test_a_missing_total_is_not_taken_for_zero() -> None:
    absent = frozenset(
        {"requests.processed:natural_person", "requests.processed.other:natural_person"}
    )
    assert granted("230", "000023", known=Known({}, frozenset(), absent)).splits


def test_a_piece_that_may_be_a_page_number_is_tried_with_and_without() -> None:
    pieces = ("0", "0", "9", "0", "0", "0", "9", "5")
    row = UnsegmentedRow(applicants("requests.carried_out"), (pieces[:-1], pieces[1:]))
    assert solve([row], NOTHING, RULES)[0].splits == (split(0, 0, 9, 0, 0, 0, 9),)


def test_a_search_without_end_gives_up_and_says_so() -> None:
    ids = tuple(f"unknown#{number}" for number in range(15))
    (solution,) = solve([UnsegmentedRow(ids, (("1" * 60,),))], NOTHING, RULES)
    assert solution.gave_up


def test_rows_that_contradict_their_totals_have_no_reading() -> None:
    assert granted("999999", "1").splits == ()


@st.composite
def printed_rows(draw: st.DrawFn) -> Printed:
    """Seven numbers that add up, printed in pieces that lost some of their borders."""
    count = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 999))
    parts = tuple(draw(count) for _ in APPLICANTS)
    numbers = (*parts, sum(parts))
    pieces = [str(numbers[0])]
    for number in numbers[1:]:
        if draw(st.booleans()):
            pieces.append(str(number))
        else:
            pieces[-1] += str(number)
    return numbers, tuple(pieces)


@settings(max_examples=150, deadline=None)
@given(printed_rows())
def test_the_true_reading_is_among_those_found(
    row: Printed,
) -> None:
    numbers, pieces = row
    solution = granted(*pieces)
    assert solution.gave_up or split(*numbers) in solution.splits


@settings(max_examples=150, deadline=None)
@given(printed_rows())
def test_every_reading_is_printed_and_adds_up(row: Printed) -> None:
    for found in some(granted(*row[1]).splits):
        assert "".join(str(number) for number in found if number is not None) == "".join(row[1])
        *parts, total = found
        assert total is None or sum((part or Decimal(0)) for part in parts) == total


@settings(max_examples=40, deadline=None)
@given(st.lists(printed_rows(), min_size=2, max_size=4))
def test_rows_together_never_lose_the_true_readings(
    drawn: list[Printed],
) -> None:
    measures = (
        "requests.received",
        "requests.carried_in",
        "requests.processed",
        "requests.carried_out",
    )
    rows = [
        UnsegmentedRow(applicants(measure), (pieces,))
        for measure, (_, pieces) in zip(measures, drawn, strict=False)
    ]
    for (numbers, _), solution in zip(some(drawn), solve(rows, NOTHING, RULES), strict=True):
        whole_table = len(drawn) == len(measures)
        assert solution.gave_up or whole_table or split(*numbers) in solution.splits


def rows_without(column: int) -> list[UnsegmentedRow]:
    """Five rows of seven cells, one column of which is blank in all."""
    rows = []
    for measure in ("received", "carried_in", "carried_out", "processed", "processed.granted"):
        full = [3, 1, 0, 2, 0, 5, 11]
        full[6] -= full[column] if column < 6 else 0
        pieces = tuple(str(number) for n, number in enumerate(full) if n != column)
        rows.append(UnsegmentedRow(applicants(f"requests.{measure}"), (pieces,)))
    return rows


def test_totals_left_blank_in_every_row_are_found() -> None:
    explained = with_blank_column(rows_without(6), NOTHING, equalities(RULES))
    assert [found.index(None) for found in explained.values()] == [6] * 5


@pytest.mark.parametrize("column", range(6))
def test_which_part_is_blank_in_every_row_no_identity_tells(column: int) -> None:
    assert with_blank_column(rows_without(column), NOTHING, equalities(RULES)) == {}


def test_blank_cells_here_and_there_are_no_blank_column() -> None:
    rows = [
        UnsegmentedRow(applicants(f"requests.{measure}"), (("0",) * 6,))
        for measure in ("received", "carried_in", "carried_out", "processed", "processed.granted")
    ]
    assert with_blank_column(rows, NOTHING, equalities(RULES)) == {}


def test_a_report_that_prints_its_zeros_leaves_no_cell_of_a_glued_row_blank() -> None:
    zeros = [UnsegmentedRow((f"z{row}a", f"z{row}b"), (("00",),)) for row in range(5)]
    row = UnsegmentedRow(("a", "b", "c"), (("107",),))
    assert solve([row], NOTHING, ())[0].only is None
    assert solve([*zeros[:4], row], NOTHING, ())[-1].only is None
    assert solve([*zeros, row], NOTHING, ())[-1].only == (1, 0, 7)


def test_a_sum_that_holds_in_one_block_proves_nothing_about_another() -> None:
    pieces = ["3", "1", "4", "2", "0", "2", "1", "0", "3", "5", "0", "0", "1", "6"]
    (solution,) = solve([UnsegmentedRow(COURTS, (tuple(pieces),))], NOTHING, RULES)
    assert solution.splits == (split(3, 1, 4, 2, None, 0, 2, 1, 0, 3, 5, 0, 0, 1, 6),)
    assert solution.only is None


def test_what_was_found_before_a_search_gave_up_is_not_certain() -> None:
    assert Solution((split(1, 2),)).only == split(1, 2)
    assert Solution((split(1, 2),), gave_up=True).only is None


def test_rows_that_say_nothing_of_each_other_do_not_use_the_search_up() -> None:
    measures = ("granted", "partly_granted", "denied.state_secret", "denied.prohibited_by_law")
    measures += ("denied.internal_affairs", "not_handled.petition", "other.residual")
    rows = [UnsegmentedRow(applicants(f"requests.processed.{one}"), (("0",),)) for one in measures]
    solutions = solve(rows, NOTHING, RULES)
    assert not any(solution.gave_up for solution in solutions)
    assert [len(solution.splits) for solution in solutions] == [len(rows[0].ids)] * len(rows)


def totals_blank(*rows: tuple[int, ...]) -> dict[int, Split]:
    measures = ("received", "carried_in", "carried_out", "processed", "processed.granted")
    printed = [
        UnsegmentedRow(applicants(f"requests.{measure}"), (tuple(map(str, row)),))
        for measure, row in zip(measures, rows, strict=True)
    ]
    return with_blank_column(printed, NOTHING, equalities(RULES))


def test_a_column_is_blank_only_where_no_other_explains_half_of_the_sums() -> None:
    """Some hundred tables drawn: where a rival column broke fewer, it was the true one at times."""
    doubtful = [
        (0, 0, 0, 0, 1, 2), (3, 1, 3, 1, 1, 3), (2, 1, 0, 0, 0, 0), (1, 0, 3, 1, 2, 5),
        (0, 0, 0, 1, 2, 1),
    ]  # fmt: skip
    assert totals_blank(*doubtful) == {}
    assert len(totals_blank(*[(3, 1, 0, 2, 0, 5)] * 5)) == 5


def test_a_column_is_blank_only_where_three_sums_say_so_and_hardly_one_fails() -> None:
    nought = (0, 0, 0, 0, 0, 0)
    received, granted = (0, 0, 1, 0, 0, 0), (0, 0, 2, 0, 2, 0)
    assert totals_blank(received, nought, nought, received, nought) == {}
    handled = (1, 0, 0, 0, 0, 0)
    assert len(totals_blank(handled, granted, granted, handled, (0, 1, 0, 0, 1, 1))) == 5
    whole = (4, 1, 2, 2, 0, 4)
    assert len(totals_blank(*[whole] * 5)) == 5
    assert totals_blank(*[whole] * 3, (4, 1, 2, 3, 0, 4), whole) == {}


def test_rows_on_the_two_sides_of_a_sum_keep_the_reading_they_agree_on() -> None:
    """All that is received is handled: what one row says is taken from the other."""
    rows = [
        UnsegmentedRow(applicants("requests.received"), (("10021211", "26"),)),
        UnsegmentedRow(applicants("requests.processed"), (("10", "02121126"),)),
    ]
    carried = [*applicants("requests.carried_in"), *applicants("requests.carried_out")]
    known = Known(dict.fromkeys(carried, Decimal(0)))
    for solution in some(solve(rows, known, RULES)):
        assert split(1, 0, 0, 2, 12, 11, 26) in solution.splits


def test_a_row_of_a_hundred_readings_is_not_given_up() -> None:
    (solution,) = solve(
        [UnsegmentedRow(("a", "b", "c", "d", "e"), (("1234567891",),))], NOTHING, ()
    )
    assert not solution.gave_up
    assert len(solution.splits) > 100
