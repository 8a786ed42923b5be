"""What is declared once in the program, held against tables written by hand beside it.

The tables come from the forms as published and from notes on what each form counts. A slip
in the declarations would otherwise be as consistent as the truth.
"""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.forms.crosswalk import SeriesPart, crosswalk
from pipeline.forms.deadlines import deadlines
from pipeline.forms.identities import Identity, Relation, Term, identities
from pipeline.forms.rates import rates

HERE = Path(__file__).parent
SIGNS = {
    Relation.EQUAL: "=",
    Relation.AT_MOST: "≤",
    Relation.POSITIVE_IF: ">0 if",
    Relation.NEAR: "≈",
}


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def added(names: Iterable[str]) -> str:
    return " + ".join(sorted(names))


SERIES = rows("crosswalk_by_hand.csv")


@pytest.mark.parametrize("row", SERIES, ids=lambda row: row["series"])
def test_a_series_takes_from_each_form_what_counts_the_same(row: dict[str, str]) -> None:
    forms = crosswalk().series[row["series"]].forms
    taken = {form: added(forms[form].sum) if form in forms else "" for form in "BCD"}
    assert taken == {form: row[form] for form in "BCD"}


def test_no_series_is_left_out_of_the_table() -> None:
    assert {row["series"] for row in SERIES} == set(crosswalk().series)


@pytest.mark.parametrize(
    ("relation", "says"), [("comparable", {}), ("same", {"zh": "另计", "en": "x"})]
)
def test_what_differs_is_said_of_what_is_comparable_only(
    relation: str, says: dict[str, str]
) -> None:
    with pytest.raises(ValidationError, match="differs"):
        SeriesPart.model_validate({"sum": ["requests.received"], "relation": relation, **says})


def term(one: Term) -> str:
    sign, optional, previous = "-" * (one.sign < 0), "?" * one.optional, "@" * one.previous
    return f"{sign}{one.indicator_id}{optional}{previous}"


def written(identity: Identity) -> tuple[str, str, str, str]:
    left, right = (added(map(term, side)) for side in (identity.left, identity.right))
    return identity.severity, left, SIGNS[identity.relation], right


@pytest.mark.parametrize(
    "row", rows("identities_by_hand.csv"), ids=lambda row: f"{row['form']} {row['left']}"
)
def test_a_rule_has_its_operands_on_their_sides(row: dict[str, str]) -> None:
    declared = [
        written(one)
        for one in identities()
        if one.rule_id.startswith(row["rule"]) and row["form"] in one.forms
    ]
    assert (row["severity"], row["left"], row["relation"], row["right"]) in declared


@pytest.mark.parametrize(
    "row", rows("rates_by_hand.csv"), ids=lambda row: f"{row['rate']} {row['form']}"
)
def test_a_rate_is_of_what_it_says_among_what_it_says(row: dict[str, str]) -> None:
    parts = {str(letter): part for letter, part in rates().parts(row["rate"]).items()}
    part = parts[row["form"]]
    assert (added(part.numerator or ()), added(part.denominator)) == (row["of"], row["among"])


@pytest.mark.parametrize(
    ("function", "year", "day"),
    [
        ("government", 2018, date(2019, 3, 31)),
        ("finance", 2018, date(2019, 3, 31)),
        ("government", 2019, date(2020, 3, 31)),
        ("finance", 2019, date(2020, 1, 31)),
    ],
)
def test_a_report_is_due_when_the_regulations_of_its_year_say(
    function: str, year: int, day: date
) -> None:
    """Article 31 of 2007: all by the end of March. Article 49 of 2019: bureaus by January's."""
    kind = deadlines().kind_of(function)
    in_force = (
        one
        for one in deadlines().deadlines
        if one.first_year <= year <= (one.last_year or year) and kind in one.of
    )
    assert next(in_force).due_on(year) == day
