"""What an identity gives: which operands count, what each side is, and whether it holds."""

from decimal import Decimal

import pytest

from pipeline.forms.arithmetic import (
    Known,
    decidable,
    difference,
    equalities,
    holds,
    sides,
    sums_told,
    sums_within,
    totals_of,
    touches,
)
from pipeline.forms.catalogue import indicators
from pipeline.forms.identities import Identity, Relation, Term
from tests.generator.values import APPLICANTS

WHOLE, ONE, TWO, THREE, FOUR = [one for one in indicators() if ":" not in one][:5]
NAMES = {"w": WHOLE, "1": ONE, "2": TWO, "3": THREE, "4": FOUR}


def terms(written: str) -> tuple[Term, ...]:
    """Operands as letters: 12 for two, -2 for one taken away, ?2 for one that may be left out."""
    found: list[Term] = []
    sign, optional = 1, False
    for char in written:
        if char == "-":
            sign = -1
        elif char == "?":
            optional = True
        else:
            found.append(Term(indicator_id=NAMES[char], sign=sign, optional=optional))
            sign, optional = 1, False
    return tuple(found)


def rule(
    right: str, *alternatives: str, left: str = "w", relation: Relation = Relation.EQUAL
) -> Identity:
    return Identity(
        rule_id=right,
        forms=("D",),
        relation=relation,
        severity="error",
        source="hand",
        left=terms(left),
        right=terms(right),
        alternatives=tuple(map(terms, alternatives)),
    )


def ids(written: str) -> set[str]:
    return {NAMES[char] for char in written}


def letters(found: tuple[Term, ...]) -> str:
    back = {name: char for char, name in NAMES.items()}
    return "".join(back[term.indicator_id] for term in found)


@pytest.mark.parametrize(
    ("identity", "printed", "left", "right"),
    [
        (rule("12"), "", "w", "12"),
        (rule("1?2"), "w12", "w", "12"),
        (rule("1?2"), "w1", "w", "1"),
        (rule("1", "2", "34"), "12", "w", "12"),
        (rule("1", "2", "34"), "134", "w", "134"),
        (rule("1", "2", "34"), "1234", "w", "12"),
        # None is complete: the first is what is missing.
        (rule("1", "2", "34"), "13", "w", "12"),
        (rule("1", left="?w"), "1", "", "1"),
    ],
)
def test_operands_count_that_a_report_prints(
    identity: Identity, printed: str, left: str, right: str
) -> None:
    found = sides(identity, ids(printed))
    assert (letters(found.left), letters(found.right)) == (left, right)
    assert found.ids == tuple(NAMES[char] for char in left + right)


@pytest.mark.parametrize(
    ("right", "numbers", "less"),
    [
        ("12", {"w": 5, "1": 2, "2": 3}, 0),
        ("12", {"w": 5, "1": 2}, 3),
        ("12", {"1": 2, "2": 3}, -5),
        ("1-2", {"w": 5, "1": 8, "2": 3}, 0),
        ("12", {}, 0),
        ("12", {"w": 5, "1": 2, "2": 3, "3": 9}, 0),
    ],
)
def test_what_has_no_value_adds_nothing(right: str, numbers: dict[str, int], less: int) -> None:
    values = {NAMES[char]: Decimal(number) for char, number in numbers.items()}
    assert difference(rule(right), values) == less


@pytest.mark.parametrize(
    ("relation", "actual", "expected", "is_so"),
    [
        (Relation.EQUAL, "5", "5", True),
        (Relation.EQUAL, "5", "5.1", False),
        (Relation.AT_MOST, "5", "5", True),
        (Relation.AT_MOST, "5", "6", True),
        (Relation.AT_MOST, "6", "5", False),
        (Relation.POSITIVE_IF, "1", "3", True),
        (Relation.POSITIVE_IF, "0", "3", False),
        (Relation.POSITIVE_IF, "0", "0.5", False),
        (Relation.POSITIVE_IF, "0.5", "3", True),
        (Relation.POSITIVE_IF, "0", "0", True),
        # Near is five, or a fifth of the larger.
        (Relation.NEAR, "0", "5", True),
        (Relation.NEAR, "0", "5.1", False),
        (Relation.NEAR, "20", "25", True),
        (Relation.NEAR, "80", "100", True),
        (Relation.NEAR, "100", "80", True),
        (Relation.NEAR, "79.9", "100", False),
        (Relation.NEAR, "100", "79.9", False),
        (Relation.NEAR, "-80", "-100", True),
        (Relation.NEAR, "-100", "-79.9", False),
    ],
)
def test_a_relation_holds_up_to_its_bound(
    relation: Relation, actual: str, expected: str, is_so: bool
) -> None:
    assert holds(rule("1", relation=relation), Decimal(actual), Decimal(expected)) is is_so


@pytest.mark.parametrize(
    ("touched", "is_so"), [("w", True), ("1", True), ("2", True), ("3", True), ("4", False)]
)
def test_an_identity_is_about_all_its_operands(touched: str, is_so: bool) -> None:
    assert touches(rule("1", "2", "3"), ids(touched)) is is_so
    assert not touches(rule("1"), ())


@pytest.mark.parametrize(
    ("identity", "valued", "blank", "absent", "right"),
    [
        (rule("12"), "w12", "", "", "12"),
        (rule("12"), "w1", "2", "", "12"),
        (rule("12"), "w1", "", "", None),
        (rule("12"), "w1", "", "2", None),
        (rule("1?2"), "w1", "", "2", "1"),
        (rule("1?2"), "w1", "", "", None),
        # A total must have a value.
        (rule("12"), "12", "w", "", None),
        (rule("12"), "12", "", "w", None),
        # All parts but those that may be left out are there, or there is nothing to add.
        (rule("?1?2"), "w", "", "12", None),
        (rule("1", "2", "34"), "w12", "", "", "12"),
        (rule("1", "2", "34"), "w134", "", "", "134"),
        (rule("1", "2", "34"), "w13", "", "", None),
        (rule("1", "2", "34"), "w1", "2", "", "12"),
    ],
)
def test_an_identity_is_decided_where_every_operand_is_settled(
    identity: Identity, valued: str, blank: str, absent: str, right: str | None
) -> None:
    known = Known({}, frozenset(ids(blank)), frozenset(ids(absent)))
    found = [letters(one.right) for one in decidable([identity], ids(valued), known)]
    assert found == ([] if right is None else [right])
    assert not [one for one in decidable([identity], ids(valued), known) if one.alternatives]


def test_only_equalities_of_one_year_rule_a_reading_out() -> None:
    earlier = rule("1").model_copy(update={"right": (Term(indicator_id=ONE, previous=True),)})
    rules = [rule("1"), rule("1", relation=Relation.AT_MOST), earlier]
    assert equalities(rules) == rules[:1]


ROW = (*(f"requests.received:{kind}" for kind in APPLICANTS), "requests.received")


def told(*numbers: int | None) -> tuple[bool, bool]:
    found = sums_told(ROW, [None if one is None else Decimal(one) for one in numbers])
    assert len(found.holding) + len(found.broken) == len(sums_within(ROW))
    assert len(found.proofs) == len(found.holding)
    return bool(found.holding), found.all_hold


def test_a_row_adds_up_where_all_its_cells_are_known_and_do() -> None:
    assert told(1, 2, 0, 0, 0, 1, 4) == (True, True)
    assert told(1, 2, 0, 0, 0, 1, 5) == (False, False)
    # What is not known adds nothing, and so proves nothing.
    assert told(1, 2, 0, 0, 0, None, 3) == (False, False)
    assert told(0, 0, 0, 0, 0, 0, None) == (False, False)
    assert not sums_told(ROW[:3], [Decimal(1)] * 3).all_hold


def test_a_total_is_one_in_every_row() -> None:
    other = tuple(one.replace("received", "carried_in") for one in ROW)
    assert totals_of([ROW, other]) == {6: (0, 1, 2, 3, 4, 5)}
    assert totals_of([ROW, (*other[:6], "requests.received")]) == {}
    assert totals_of([]) == {}
    # Wherever it stands in the row.
    assert totals_of([(ROW[6], *ROW[:6])]) == {0: (1, 2, 3, 4, 5, 6)}
