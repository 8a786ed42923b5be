"""Names that several places bear, or one place under several codes, through the years.

``names_by_year.csv`` is written from the decisions of the State Council, not from the
program's own list of regions. An empty code means that the name alone says too little.
"""

import csv
from pathlib import Path

import pytest

from pipeline.agencies.resolver import Certainty, resolve
from pipeline.agencies.succession import successions

with Path(__file__).with_name("names_by_year.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']} {row['year']}")
def test_a_report_goes_to_the_place_of_that_name_in_its_year(row: dict[str, str]) -> None:
    found = resolve(f"{row['name']}财政局", year=int(row["year"]))
    assert found.agency is not None
    if not row["code"]:
        assert found.certainty is Certainty.UNRESOLVED
        return
    assert found.certainty is Certainty.CERTAIN
    place, _, until = row["code"].partition(".")
    assert found.agency.agency_id == f"{place}.{until and until + '_'}finance"
    assert found.agency.valid_to == (int(row["valid_to"]) if row["valid_to"] else None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("重庆市万盛区财政局", 2010), "500110.finance"),
        (("重庆市双桥区民政局", 2009), "500111.civil_affairs"),
        (("定安县财政局", 2005), "469021.finance"),
        (("加格达奇区财政局", 2008), "232761.finance"),
    ],
)
def test_a_division_whose_code_another_has_now_is_followed_by_its_heir(
    before: tuple[str, int], after: str
) -> None:
    agency = resolve(before[0], year=before[1]).agency
    assert agency is not None
    (step,) = successions([agency])
    assert step.successor.agency_id == after != agency.agency_id


def test_a_town_stays_itself_when_the_district_around_it_is_joined_to_another() -> None:
    ids = [
        resolve("重庆市万盛区丛林镇人民政府", year=2010),
        resolve("重庆市綦江区丛林镇人民政府", year=2013),
    ]
    first, second = (found.agency for found in ids)
    assert first is not None
    assert second is not None
    assert first.agency_id == second.agency_id
    assert not list(successions([first]))


@pytest.mark.parametrize(
    ("year", "ends"), [(2010, 2011), (2015, 2019)], ids=["with its region", "with its function"]
)
def test_an_agency_ends_with_the_first_of_its_region_and_its_function(year: int, ends: int) -> None:
    agency = resolve("庐江县质监局", year=year).agency
    assert agency is not None
    assert agency.valid_to == ends


@pytest.mark.parametrize(
    ("name", "ends"),
    [("绵阳市食品药品监督管理局", 2019), ("嘉祥县食药监局", 2019), ("河南省药品监督管理局", None)],
)
def test_an_agency_merged_in_its_city_ends_though_those_of_provinces_stay(
    name: str, ends: int | None
) -> None:
    agency = resolve(name, year=2016).agency
    assert agency is not None
    assert agency.valid_to == ends


@pytest.mark.parametrize(
    ("name", "hint", "code"),
    [
        ("吉林教育局", "长春市", "220000"),
        ("朝阳教育局", "北票市", "211300"),
        ("海南教育局", "共和县", "632500"),
    ],
)
def test_a_place_below_a_candidate_says_which_is_meant(name: str, hint: str, code: str) -> None:
    found = resolve(name, year=2018, hints=(hint,))
    assert found.certainty is Certainty.HINTED
    assert found.region is not None
    assert found.region.code == code


def test_a_place_below_two_candidates_says_nothing() -> None:
    assert resolve("吉林财政局", year=2018, hints=("蛟河市",)).certainty is Certainty.UNRESOLVED


@pytest.mark.parametrize(
    "name",
    [
        "嘉祥县教育局和嘉祥县教育局招生办",
        "平潭县公安局、平潭县公安局交警大队",
        "山东省质量技术监督局、稽查局",
    ],
)
def test_a_unit_beside_its_own_office_is_no_second_agency(name: str) -> None:
    found = resolve(name, year=2016)
    assert found.certainty is Certainty.CERTAIN


@pytest.mark.parametrize("name", ["嘉祥县卫生局、教育局", "福州市国家税务局、平潭县地方税务局"])
def test_two_agencies_under_one_name_are_neither(name: str) -> None:
    found = resolve(name, year=2012)
    assert found.certainty is Certainty.JOINT
    assert found.agency is not None
    assert found.agency.agency_id.startswith("unresolved.")
