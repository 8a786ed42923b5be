"""The data files of the room: complete, consistent, quick to load."""

import csv
from importlib.resources import files

import pytest

from builders.regions import build
from pipeline.agencies.functions import functions, governing, read_function
from pipeline.agencies.region_history import narrow
from pipeline.agencies.regions import chains, region_of
from pipeline.agencies.resolver import resolve
from pipeline.agencies.succession import SuccessionKind, successions
from pipeline.forms.deadlines import deadlines
from pipeline.model.agency import Level
from tests.some import some


def rows(name: str) -> list[dict[str, str]]:
    text = (files("pipeline.agencies") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_region_has_its_parents() -> None:
    codes = {row["code"] for row in rows("regions.csv")} | {"000000"}
    assert {row["parent"] for row in rows("regions.csv")} <= codes
    assert {row["parent"] for row in rows("zones.csv")} <= codes
    assert {row["region_code"] for row in rows("zones.csv")} <= codes


@pytest.mark.slow
def test_the_region_file_is_what_its_sources_give() -> None:
    stored = [tuple(row.values()) for row in rows("regions.csv")]
    assert stored == build()


def test_every_county_of_today_is_there() -> None:
    today = [r for r in rows("regions.csv") if not r["valid_to"] and r["code"][4] != "7"]
    assert sum(row["level"] == "province" for row in today) == 34
    assert sum(row["level"] == "city" for row in today) == 333
    assert 2800 <= sum(row["level"] == "county" for row in today) <= 2900


def test_a_name_means_one_function() -> None:
    seen: dict[str, str] = {}
    meant = [
        (name, function.slug)
        for function in functions().values()
        for name in (*function.stems, *function.short)
    ]
    for name, slug in some(meant):
        assert seen.setdefault(name, slug) == slug, name


def test_successions_name_declared_functions() -> None:
    for row in some(rows("successions.csv")):
        assert {row["function"], row["successor"]} <= set(functions())
        assert row["year_local"] >= row["year_national"]
        ends = functions()[row["function"]].valid_to
        assert ends is None or ends == int(row["year_local"]), row["function"]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("质监局", "quality_supervision"),
        ("工商行政管理局", "industry_commerce"),
        ("国土资源局", "land_resources"),
        ("教育和体育局", "education_and_sports"),
        ("体育和教育局", "education_and_sports"),
        ("人民政府办公室", "government_office"),
        ("卫健委", "health_commission"),
    ],
)
def test_a_short_or_joined_name_is_not_taken_for_another_function(text: str, slug: str) -> None:
    found = read_function(text)
    assert found is not None
    assert (found.slug, found.unit) == (slug, "")


@pytest.mark.parametrize("text", ["", "局", "工作顺利开展", "认真做好政府信息公开工作"])
def test_sentences_are_no_functions(text: str) -> None:
    assert read_function(text) is None


def test_a_county_is_not_looked_for_in_another_province() -> None:
    chain = next(chains("山东省济宁市嘉祥县教育局"))
    assert [region.code for region in chain.regions] == ["370829"]
    assert not any(
        region.code == "370829" for found in chains("福建省嘉祥县") for region in found.regions
    )


def test_a_renumbered_county_is_one_place() -> None:
    both = [region for chain in chains("江达县") for region in chain.regions]
    assert {region.code for region in both} >= {"542122", "540321"}
    assert [region.code for region in narrow(both, 2010)] == ["542122"]
    assert [region.code for region in narrow(both, 2020)] == ["540321"]


def test_the_name_of_a_code_follows_the_year() -> None:
    assert region_of("130502", 2015).name == "桥东区"  # type: ignore[union-attr]
    assert region_of("130502", 2023).name == "襄都区"  # type: ignore[union-attr]
    assert region_of("999999") is None


def lineage(name: str, year: int) -> list[tuple[str, str, int, str]]:
    agency = resolve(name, year=year).agency
    assert agency is not None
    return [
        (step.agency_id, step.successor.agency_id, step.year, step.relation)
        for step in successions([agency])
    ]


def test_a_reform_joins_agencies() -> None:
    merged = ("370829.quality_supervision", "370829.market_regulation", 2019, SuccessionKind.MERGED)
    assert lineage("嘉祥县质监局", 2018) == [merged]


def test_a_reform_and_a_renamed_region_follow_each_other() -> None:
    assert lineage("洪泽县国土资源局", 2014) == [
        ("320829.land_resources", "320813.land_resources", 2016, SuccessionKind.RENAMED),
        ("320813.land_resources", "320813.natural_resources", 2019, SuccessionKind.RENAMED),
    ]


@pytest.mark.parametrize("name", ["开封县朱仙镇人民政府", "开封县朱仙镇财政所"])
def test_nobody_says_that_a_town_went_where_its_county_went(name: str) -> None:
    assert [heir for _, heir, _, _ in lineage("开封县水利局", 2013)] == ["410212.water"]
    assert lineage(name, 2013) == []


@pytest.mark.parametrize(
    ("name", "year", "is_merger"),
    [
        ("南通市崇川区人民政府", 2019, True),
        ("南通市港闸区人民政府", 2019, True),
        ("上海市闸北区人民政府", 2014, True),
        ("佳木斯市东风区人民政府", 2014, None),
        ("洛阳市孟津县人民政府", 2020, True),
        ("射洪县人民政府", 2018, False),
        ("宁乡县人民政府", 2016, False),
        ("保亭黎族苗族自治县人民政府", 2006, False),
        ("简阳市人民政府", 2015, False),
    ],
)
def test_a_division_that_others_joined_or_that_joined_another_was_merged(
    name: str, year: int, is_merger: bool | None
) -> None:
    kinds = {kind for _, _, _, kind in lineage(name, year)}
    told = {True: {SuccessionKind.MERGED}, False: {SuccessionKind.RENAMED}, None: set()}
    assert kinds == told[is_merger]


def test_the_central_government_reformed_earlier() -> None:
    assert lineage("国土资源部", 2015) == [
        ("000000.land_resources", "000000.natural_resources", 2018, SuccessionKind.RENAMED)
    ]


def test_agencies_without_a_region_have_no_succession() -> None:
    assert lineage("鼓楼区质监局", 2018) == []
    assert resolve("鼓楼区质监局").agency.level is Level.UNKNOWN  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "year", "line"),
    [
        ("嘉祥县工商行政管理局", 2016, "market_regulation 2019"),
        ("嘉祥县食品药品监督管理局", 2016, "market_regulation 2019"),
        ("嘉祥县物价局", 2012, "development_reform 2019"),
        ("嘉祥县环境保护局", 2016, "ecology_environment 2019"),
        ("嘉祥县卫生局", 2012, "health_family_planning 2014, health_commission 2019"),
        ("嘉祥县人事局", 2008, "human_resources 2010"),
        ("嘉祥县国家税务局", 2016, "tax 2018"),
        ("嘉祥县地方税务局", 2016, "tax 2018"),
        ("嘉祥县旅游局", 2016, "culture_tourism 2019"),
        ("嘉祥县农业局", 2016, "agriculture_rural 2019"),
        ("嘉祥县安全生产监督管理局", 2016, "emergency_management 2019"),
        ("嘉祥县粮食局", 2016, "grain_reserves 2019"),
        ("环境保护部", 2016, "ecology_environment 2018"),
        ("卫生部", 2012, "health_family_planning 2013, health_commission 2018"),
        ("国家旅游局", 2016, "culture_tourism 2018"),
    ],
)
def test_the_reforms_of_2008_to_2018_are_those_that_were_decided(
    name: str, year: int, line: str
) -> None:
    heirs = [(heir.partition(".")[2], when) for _, heir, when, _ in lineage(name, year)]
    assert ", ".join(f"{function} {when}" for function, when in heirs) == line


@pytest.mark.parametrize(
    ("name", "heirs"),
    [
        ("山东省国土资源厅", ["山东省自然资源厅"]),
        ("嘉祥县国土资源局", ["嘉祥县自然资源局"]),
        ("济南市卫生局", ["济南市卫生和计划生育委员会", "济南市卫生健康委员会"]),
        ("嘉祥县卫生和计划生育局", ["嘉祥县卫生健康局"]),
        ("国土资源部", ["自然资源部"]),
    ],
)
def test_an_heir_is_called_as_agencies_of_its_tier_are(name: str, heirs: list[str]) -> None:
    agency = resolve(name, year=2012).agency
    assert agency is not None
    assert [step.successor.name_zh for step in successions([agency])] == heirs


@pytest.mark.parametrize(
    ("name", "year", "code", "heir"),
    [
        ("上饶县", 2019, "361121", "361104"),
        ("崇礼县", 2016, "130733", "130709"),
        ("蓟县", 2016, "120225", "120119"),
        ("南京市白下区", 2013, "320103", "320104"),
        ("清新县", 2013, "441827", "441803"),
        ("遵义县", 2016, "520321", "520304"),
    ],
)
def test_a_county_that_became_a_district_goes_on_as_that_one(
    name: str, year: int, code: str, heir: str
) -> None:
    line = lineage(f"{name}教育局", 2012)
    assert [step[:3] for step in line] == [(f"{code}.education", f"{heir}.education", year)]


@pytest.mark.parametrize(
    ("name", "hints", "agency_id"),
    [
        ("公安局", ("山东省", "济宁市", "嘉祥县"), "370829.public_security"),
        ("公安局", ("山东省", "济宁市"), "370800.public_security"),
        ("市公安局", ("济宁市", "嘉祥县"), "370800.public_security"),
        ("市公安局", ("如皋市",), "320682.public_security"),
    ],
)
def test_of_the_regions_a_paper_names_the_smallest_that_fits_has_the_agency(
    name: str, hints: tuple[str, ...], agency_id: str
) -> None:
    found = resolve(name, year=2015, hints=hints)
    assert found.agency is not None
    assert found.agency.agency_id == agency_id


def test_no_name_begins_with_a_line_that_only_gathers_divisions() -> None:
    names = [resolve(f"{one}教育局").agency for one in ("神农架林区", "嘉祥县", "济宁市任城区")]
    assert [one and one.name_zh for one in names] == [
        "神农架林区教育局",
        "嘉祥县教育局",
        "济宁市任城区教育局",
    ]


@pytest.mark.parametrize(
    ("name", "agency_id"),
    [
        ("九江市万福经济技术开发区管委会", "360423.zone_f59b8be1"),
        ("南昌市万福经济技术开发区管委会", "360100.zone_f59b8be1"),
        ("济宁市生态环境局", "370800.ecology_environment"),
        ("济宁市生态环境分局", "370800.other_87ccd8c4"),
        ("嘉祥县生态环境分局", "370829.ecology_environment"),
        ("吉林消防救援总队", "220000.fire_rescue"),
        ("吉林市消防救援支队", "220200.fire_rescue"),
        ("拱北海关", "440400.customs_79e91011"),
    ],
    ids=[
        "a zone in the city that it is in",
        "one of the same name in another city",
        "a city's bureau",
        "a branch of a city is none of its districts' bureaus",
        "a branch of a county is its bureau",
        "no city has a 总队",
        "a 支队 is a city's",
        "a customs house in its own city",
    ],
)
def test_who_is_meant_by_a_name_that_another_could_bear(name: str, agency_id: str) -> None:
    agency = resolve(name, year=2020).agency
    assert agency is not None
    assert agency.agency_id == agency_id


def test_an_office_writes_for_a_body_that_governs() -> None:
    every = functions()
    offices = {row.slug: row.office_of for row in every.values() if row.office_of}
    assert offices["government_office"] == "government"
    assert [slug for slug, body in offices.items() if not every[body].governs] == []


def test_the_law_calls_governments_who_governs_a_place() -> None:
    assert set(deadlines().governments) == governing("division", "zone", "subdistrict")
