"""The declared identities: which exist, how repeated rules are written out, what is refused."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.forms import identities as module
from pipeline.forms.arithmetic import sums_within
from pipeline.forms.catalogue import indicators
from pipeline.forms.identities import Identity, Relation, derived_totals, identities
from tests.some import some

# Rules of a report's own table. B-I9 (nothing reported where the text says it is there) is
# held against sentences, by the rule X-C1 of facts; CD-E9 likewise by X-T1.
FAMILIES = {
    *(f"B-E{number}" for number in range(1, 8)),
    *(f"B-I{number}" for number in range(1, 9)),
    *(f"CD-E{number}" for number in (1, 2, 3, 4, 7, 8)),
    "C-E5",
    "D-E6",
}


def family(identity: Identity) -> str:
    return identity.rule_id.partition(":")[0]


def of(name: str) -> list[Identity]:
    return [identity for identity in identities() if family(identity) == name]


def test_every_rule_of_the_forms_is_declared() -> None:
    assert {family(identity) for identity in identities()} >= FAMILIES


def test_no_two_identities_share_an_id() -> None:
    counts = Counter((identity.rule_id, identity.forms) for identity in identities())
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "relation", "severity"),
    [
        ("B-E1", Relation.EQUAL, "error"),
        ("B-E5", Relation.EQUAL, "error"),
        ("B-I1", Relation.AT_MOST, "error"),
        ("B-I4", Relation.AT_MOST, "warn"),
        ("B-I5", Relation.POSITIVE_IF, "warn"),
        ("B-I7", Relation.NEAR, "info"),
        ("CD-E1", Relation.EQUAL, "error"),
        ("C-E5", Relation.EQUAL, "warn"),
        ("D-E6", Relation.EQUAL, "warn"),
        ("CD-E7", Relation.EQUAL, "warn"),
        ("CD-E8", Relation.AT_MOST, "warn"),
    ],
)
def test_a_rule_is_as_strict_as_its_source(name: str, relation: Relation, severity: str) -> None:
    assert {(identity.relation, identity.severity) for identity in of(name)} == {
        (relation, severity)
    }


@pytest.mark.parametrize(("name", "count"), [("CD-E1", 7), ("CD-E2", 7), ("CD-E7", 7)])
def test_a_rule_of_columns_is_written_out_for_all_seven(name: str, count: int) -> None:
    assert len(of(name)) == count
    for identity in of(name):
        suffixes = {term.indicator_id.partition(":")[2] for term in (*identity.left,)}
        others = {term.indicator_id.partition(":")[2] for term in identity.right}
        assert suffixes == others
        assert len(suffixes) == 1


def test_every_row_of_table_three_is_held_against_its_applicants() -> None:
    assert len(of("CD-E3")) == 26
    assert len(of("CD-E4")) == 3
    for identity in of("CD-E3"):
        (whole,) = identity.left
        assert len(identity.right) == 6
        assert {term.indicator_id.partition(":")[0] for term in identity.right} == {
            whole.indicator_id
        }


def test_other_outcomes_are_one_row_or_three() -> None:
    for identity in some(of("CD-E2")):
        assert [len(terms) for terms in identity.alternatives] == [1, 3]


def test_rules_between_years_are_told_apart() -> None:
    across = {family(identity) for identity in identities() if identity.spans_years}
    assert across == {"C-E5", "D-E6", "CD-E7"}


def test_a_total_never_stands_beside_its_own_parts() -> None:
    """Adding a total and its parts would count everything twice."""
    for identity in some(identities()):
        for side in (identity.left, identity.right):
            ids = {term.indicator_id for term in side if not term.previous}
            parents = {indicators()[one].parent_id for one in ids}
            assert (
                not (ids & parents)
                or identity.relation is not Relation.EQUAL
                or any(term.sign < 0 for term in side)
            ), identity.rule_id


def test_every_derived_total_is_in_the_catalogue_with_all_its_parts() -> None:
    for total in derived_totals():
        assert {total.indicator_id, *total.parts} <= indicators().keys()
        assert len(total.parts) > 1
    # Beside one way, one for reports that leave blanks.
    ways = Counter((total.indicator_id, total.is_of_blanks) for total in derived_totals())
    assert set(ways.values()) == {1}


@pytest.fixture
def rules_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Loads identities from the given rules."""

    def load(*rules: dict[str, Any]) -> tuple[Identity, ...]:
        declared = {"rules": list(rules), "derived": []}
        monkeypatch.setattr(module, "declaration_of", lambda _name: declared)
        return identities()

    identities.cache_clear()
    yield load
    identities.cache_clear()


RULE: dict[str, Any] = {
    "id": "T-1",
    "forms": ["C"],
    "relation": "equal",
    "severity": "error",
    "source": "试",
    "left": ["requests.processed"],
    "right": ["requests.processed.granted", "?-requests.carried_out@prev"],
}


def test_a_term_is_read_with_its_marks(rules_of: Any) -> None:
    (identity,) = rules_of(RULE)
    granted, carried = identity.right
    assert (granted.sign, granted.optional, granted.previous) == (1, False, False)
    assert (carried.sign, carried.optional, carried.previous) == (-1, True, True)
    assert carried.indicator_id == "requests.carried_out"


def test_an_unknown_indicator_is_named(rules_of: Any) -> None:
    with pytest.raises(ValidationError, match=r"requests\.lost is not in indicators\.csv"):
        rules_of({**RULE, "right": ["requests.lost"]})


def test_what_is_no_term_is_named(rules_of: Any) -> None:
    with pytest.raises(ValueError, match=r"identities\.yml: 'a \+ b' is not a term"):
        rules_of({**RULE, "right": ["a + b"]})


def test_an_unknown_relation_is_refused(rules_of: Any) -> None:
    with pytest.raises(ValidationError, match="relation"):
        rules_of({**RULE, "relation": "roughly"})


@pytest.mark.parametrize("parts", [("upheld", "corrected", "other"),
                                   ("upheld", "corrected", "other", "pending")])  # fmt: skip
def test_of_two_sums_of_a_row_the_one_that_takes_in_more_of_it_counts(
    parts: tuple[str, ...],
) -> None:
    (rule,) = sums_within(tuple(f"reconsideration.{one}" for one in (*parts, "total")))
    assert [term.indicator_id for term in rule.right] == [f"reconsideration.{p}" for p in parts]
