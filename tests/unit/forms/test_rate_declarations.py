"""The declared rates against the forms, and what a wrong declaration says."""

import copy
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from pipeline.forms.catalogue import DATA
from pipeline.forms.identities import Relation, identities
from pipeline.forms.rates import NOT_TOLD, Rates, all_parts, rates
from tests.some import some

Declared = dict[str, Any]


@pytest.fixture
def declared() -> Declared:
    return copy.deepcopy(yaml.safe_load((DATA / "rates.yml").read_text("utf-8")))


@pytest.mark.parametrize("form", ["B", "C", "D"])
def test_the_outcomes_of_a_form_leave_out_no_answer(form: str) -> None:
    """The sum of the form's own identity is parted into outcomes without a rest."""
    (whole,) = rates().parts(NOT_TOLD)[form].denominator  # type: ignore[index]
    (identity,) = [
        one
        for one in identities()
        if form in one.forms
        and one.relation is Relation.EQUAL
        and [term.indicator_id for term in one.left] == [whole]
        and len(one.right) > 6
        and ":" not in one.right[0].indicator_id
    ]
    counted = {
        indicator_id
        for name in rates().outcomes[form]  # type: ignore[index]
        for indicator_id in rates().parts(name)[form].numerator or ()  # type: ignore[index]
    }
    choices = [{term.indicator_id for term in one} for one in identity.alternatives] or [set()]
    assert counted in [{term.indicator_id for term in identity.right} | one for one in choices]


def test_no_rate_counts_the_whole_of_what_it_is_among() -> None:
    for rate_id, _, form, part in some(all_parts()):
        counted, among = set(part.numerator or ()), set(part.denominator)
        assert not counted >= among, (rate_id, form)


def test_a_break_always_says_what_differs() -> None:
    for rate_id, _, form, part in some(all_parts()):
        assert (part.relation == "comparable") == bool(part.zh and part.en), (rate_id, form)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["rates"]["granted"].update(of="requests.garnted"), "neither a quantity"),
        (
            lambda d: d["quantities"]["requests.closed"].update(B=["requests.clossed"]),
            r"requests\.clossed",
        ),
        (lambda d: d["rates"]["granted"].update(topic="outcome"), "no topic"),
        (
            lambda d: d["quantities"].update(
                {"x": {"B": ["requests.answered.denied"], "C": ["requests.processed.denied"]}}
            ),
            "x joins",
        ),
        (lambda d: d["outcomes"]["B"].append("granted_or_partly"), "twice"),
        (lambda d: d["outcomes"]["B"].append("denied"), "no rate on form B"),
        (lambda d: d["outcomes"]["B"].append("on_time"), "another topic"),
        (
            lambda d: d["rates"]["redirected"].update(among="requests.received"),
            "another whole",
        ),
        (
            lambda d: d["rates"]["on_time"].update(among="requests.to_handle"),
            "no form has both",
        ),
        (lambda d: d["rates"]["denied"].update(zh="予以公开"), "two rates"),
    ],
)
def test_a_wrong_rate_is_refused_with_its_name(
    declared: Declared, change: Any, message: str
) -> None:
    change(declared)
    with pytest.raises((ValidationError, ValueError), match=message):
        Rates.model_validate(declared)
