"""The roster: who is expected, by the history of regions; and what it refuses."""

import pytest
from pydantic import ValidationError

from pipeline.agencies.roster import Roster, RosterFile, expected, rosters
from pipeline.declared import declared


def _example() -> Roster:
    return declared("pipeline.agencies", "roster", RosterFile).example


def test_the_roster_expects_nobody_unless_it_is_filled() -> None:
    assert rosters() == ()


def test_a_region_that_ended_is_expected_to_its_end_and_its_heir_from_then_on() -> None:
    found = {one.agency.agency_id: one for one in expected([_example()])}
    assert found["371200.government"].last_year == 2019
    assert found["370116.government"].first_year == 2019
    assert found["370000.education"].agency.name_zh == "山东省教育厅"
    assert found["370103.government"].agency.name_zh == "济南市市中区人民政府"
    assert not any(one.agency.province != "山东省" for one in found.values())
    assert "370321.education" not in found


def test_who_is_expected_for_one_year_alone_is_expected() -> None:
    one_year = _example().model_copy(update={"first_year": 2019, "last_year": 2019})
    found = list(expected([one_year]))
    assert {(one.first_year, one.last_year) for one in found} == {(2019, 2019)}
    assert {"370000.education", "370116.government"} <= {one.agency.agency_id for one in found}


def test_nobody_is_expected_where_the_years_of_several_do_not_meet() -> None:
    before = _example().model_copy(update={"first_year": 2017, "last_year": 2018})
    assert "370116.government" not in {one.agency.agency_id for one in expected([before])}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"region": "999999"}, "no region has the code"),
        ({"functions": {"county": ["wizardry"]}}, "functions.csv has no"),
        ({"functions": {"township": ["government"]}}, "no divisions of level"),
    ],
)
def test_what_is_not_known_is_refused_with_its_place(changed: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=f"roster.yml: .*{told}|{told}"):
        Roster.model_validate({**_example().model_dump(), **changed})
