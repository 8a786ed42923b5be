"""Names to agencies: what is certain, what is not, and what must never be placed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.agencies.resolver import Certainty, of_one_agency, resolve
from pipeline.model.agency import Level

NAMES = st.text(
    alphabet="平潭县市区省嘉祥鼓楼质监教育公安局委厅办镇乡人民政府综合实验开发xX*某0123年",
    max_size=20,
)
REAL_NAMES = st.sampled_from(
    [
        "嘉祥县质监局",
        "平潭综合实验区公安局",
        "福州市鼓楼区教育局",
        "山东省人民政府办公厅",
        "平潭县流水镇人民政府",
    ]
)


@given(NAMES)
@settings(max_examples=300, deadline=None)
def test_resolving_is_deterministic_and_never_raises(name: str) -> None:
    assert resolve(name) == resolve(name)


@given(REAL_NAMES, st.sampled_from(["xx", "**", "XX", "××", "某某"]), st.integers(0, 20))
def test_a_masked_name_never_resolves(name: str, mask: str, at: int) -> None:
    found = resolve(name[: at % len(name)] + mask + name[at % len(name) :])
    assert found.certainty is Certainty.MASKED
    assert found.agency is None


@given(REAL_NAMES, st.lists(st.integers(0, 30), max_size=4))
def test_spaces_in_a_name_change_nothing(name: str, gaps: list[int]) -> None:
    spaced = name
    for gap in gaps:
        at = gap % len(spaced)
        spaced = f"{spaced[:at]}　{spaced[at:]}"
    assert resolve(spaced).agency == resolve(name).agency


@given(REAL_NAMES, st.integers(2008, 2025))
def test_ids_begin_with_the_region_code(name: str, year: int) -> None:
    agency = resolve(name, year=year).agency
    assert agency is not None
    assert re.fullmatch(r"\d{6}\.[a-z0-9_]+", agency.agency_id)
    assert agency.agency_id.startswith(agency.region_code or "?")


def test_abbreviations_are_written_out() -> None:
    agency = resolve("嘉祥县质监局", year=2018).agency
    assert agency is not None
    assert agency.agency_id == "370829.quality_supervision"
    assert agency.name_zh == "嘉祥县质量技术监督局"
    assert (agency.region_name, agency.province) == ("嘉祥县", "山东省")
    assert (agency.level, agency.valid_to) == (Level.COUNTY, 2019)


@pytest.mark.parametrize(
    "name",
    ["嘉祥县质量技术监督局", "原嘉祥县质监局", "山东省济宁市嘉祥县质监局", "嘉祥县质监局办公室"],
)
def test_one_agency_has_one_id_and_one_name(name: str) -> None:
    assert resolve(name).agency == resolve("嘉祥县质监局").agency


@pytest.mark.parametrize(
    "name", ["济宁市嘉祥县第一中学", "山东省济宁市嘉祥县第一中学", "济宁嘉祥县第一中学"]
)
def test_a_school_is_its_countys_whatever_stands_above_the_county(name: str) -> None:
    assert resolve(name).agency == resolve("嘉祥县第一中学").agency


def test_a_name_several_places_share_is_not_guessed() -> None:
    found = resolve("鼓楼区教育局", year=2018)
    assert found.certainty is Certainty.UNRESOLVED
    assert found.agency is not None
    assert re.fullmatch(r"unresolved\.[0-9a-f]{8}", found.agency.agency_id)
    assert found.agency.region_code is None
    assert len(found.candidates) == 4
    assert "350102" in found.found


def test_of_a_name_that_many_places_share_six_are_told() -> None:
    found = resolve("郊区教育局")
    assert len(found.candidates) > 6
    assert found.found.count("郊区") == 6


def test_a_parent_or_a_hint_decides() -> None:
    printed = resolve("福州市鼓楼区教育局")
    hinted = resolve("鼓楼区教育局", hints=["福州市人民政府"])
    assert printed.agency == hinted.agency
    assert (printed.certainty, hinted.certainty) == (Certainty.CERTAIN, Certainty.HINTED)


def test_hints_that_disagree_decide_nothing() -> None:
    found = resolve("鼓楼区教育局", hints=["福州市", "南京市"])
    assert found.certainty is Certainty.UNRESOLVED


def test_a_hint_never_overrules_a_printed_region() -> None:
    found = resolve("平潭县公安局", hints=["福清市公安局"])
    assert found.certainty is Certainty.CERTAIN
    assert found.region is not None
    assert found.region.code == "350128"


def test_the_year_tells_namesakes_apart() -> None:
    assert resolve("龙华区人民政府", year=2012).certainty is Certainty.CERTAIN  # only 海口
    assert resolve("龙华区人民政府", year=2020).certainty is Certainty.UNRESOLVED  # 深圳 too


@pytest.mark.parametrize("town", ["纸坊镇", "大张楼镇"])
def test_a_town_behind_the_short_name_of_its_county_is_that_town(town: str) -> None:
    found = resolve(f"嘉祥{town}人民政府", hints=["济宁市"])
    assert (found.certainty, found.agency and found.agency.name_zh) == (
        Certainty.HINTED,
        f"嘉祥县{town}人民政府",
    )


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("洪泽县人民政府", 2014, "320829"),
        ("洪泽区人民政府", 2018, "320813"),
        ("金家庄区人民政府", 2010, "340502"),
        ("开封县人民政府", 2013, "410224"),
        ("莱芜市人民政府", 2015, "371200"),
    ],
)
def test_abolished_divisions_are_known(name: str, year: int, code: str) -> None:
    found = resolve(name, year=year)
    assert found.region is not None
    assert found.region.code == code


def test_a_zone_keeps_its_own_id_beside_the_county_it_covers() -> None:
    zone = resolve("平潭综合实验区公安局").agency
    county = resolve("平潭县公安局").agency
    assert zone is not None
    assert county is not None
    assert zone.region_code == county.region_code == "350128"
    assert zone.agency_id != county.agency_id


def test_a_unit_is_not_the_agency_it_belongs_to() -> None:
    agency, unit = resolve("平潭县公安局"), resolve("平潭县公安局交警大队")
    desk = resolve("平潭县公安局办公室")
    assert agency.agency is not None
    assert unit.agency is not None
    assert unit.agency.agency_id != agency.agency.agency_id
    assert desk.agency == agency.agency


def test_towns_of_one_name_in_different_counties_differ() -> None:
    ids = {
        found.agency_id
        for name in ("平潭县流水镇人民政府", "嘉祥县流水镇人民政府")
        if (found := resolve(name).agency)
    }
    assert len(ids) == 2


@pytest.mark.parametrize("name", ["我局", "本机关", "", "局", "2018年", "政府信息公开年度报告"])
def test_what_is_no_name_gives_no_agency(name: str) -> None:
    assert resolve(name).agency is None


@pytest.mark.parametrize("name", ["政府", "人民政府", "政府办公室", "街道办事处"])
def test_a_government_of_nowhere_is_placed_by_no_hint(name: str) -> None:
    assert resolve(name, hints=["嘉祥县人民政府"]).agency is None


def test_a_bare_region_is_no_agency_but_is_told() -> None:
    found = resolve("平潭综合实验区")
    assert found.certainty is Certainty.REGION_ONLY
    assert found.agency is None
    assert found.region is not None
    assert found.region.zone == "pingtan_zone"


@pytest.mark.parametrize(
    ("names", "agency_id"),
    [
        (["嘉祥县教育局", "山东省济宁市嘉祥县教育局"], "370829.education"),
        (["嘉祥县教育局", "微山县教育局"], None),
        (["嘉祥县教育局", "您好"], "370829.education"),
        ([], None),
    ],
)
def test_names_of_two_agencies_mean_neither(names: list[str], agency_id: str | None) -> None:
    meant = of_one_agency([resolve(name, year=2020) for name in names])
    assert (meant and meant.agency and meant.agency.agency_id) == agency_id


@pytest.mark.parametrize(
    ("name", "hints", "expected"),
    [
        ("教育局（嘉祥县）", (), "hinted 嘉祥县教育局"),
        ("嘉祥县教育局（济宁市）", (), "certain 嘉祥县教育局"),
        ("嘉祥县教育局（嘉祥县）", (), "certain 嘉祥县教育局"),
        ("嘉祥县教育局（金乡县）", (), "unresolved -"),
        ("济宁市生态环境局（嘉祥县）", (), "unresolved -"),
        ("济宁市生态环境局（山东省）", (), "certain 济宁市生态环境局"),
        ("镇政府", ("嘉祥县",), "unresolved -"),
        ("市教育局", ("济宁市",), "hinted 济宁市教育局"),
        ("市教育局", ("嘉祥县",), "unresolved -"),
        ("市教育局", ("济宁市", "嘉祥县"), "hinted 济宁市教育局"),
        ("县教育局", ("济宁市",), "unresolved -"),
        ("县教育局", ("嘉祥县",), "hinted 嘉祥县教育局"),
        ("县教育局", ("嘉祥县", "金乡县"), "unresolved -"),
        ("县教育局", ("嘉祥县", "济宁市"), "hinted 嘉祥县教育局"),
        ("鼓楼区教育局", ("南京市",), "hinted 南京市鼓楼区教育局"),
        ("鼓楼区教育局", ("江苏省",), "unresolved -"),
        ("鼓楼区教育局", ("南京市", "鼓楼区"), "hinted 南京市鼓楼区教育局"),
        ("鼓楼区教育局", ("南京市", "徐州市"), "unresolved -"),
        ("纸坊镇人民政府", ("嘉祥县",), "hinted 嘉祥县纸坊镇人民政府"),
        ("纸坊镇人民政府", ("济宁市",), "hinted 嘉祥县纸坊镇人民政府"),
        ("教育局", ("嘉祥县",), "hinted 嘉祥县教育局"),
        ("教育局", ("济宁市", "嘉祥县"), "hinted 嘉祥县教育局"),
        ("省教育厅", ("山东省",), "hinted 山东省教育厅"),
        ("省教育厅", ("济宁市",), "unresolved -"),
        ("市生态环境局嘉祥分局", ("济宁市",), "certain 济宁市生态环境局嘉祥分局"),
        ("市生态环境局嘉祥分局", (), "certain 济宁市生态环境局嘉祥分局"),
    ],
)
def test_a_name_is_placed_by_what_agrees_with_it_and_by_nothing_else(
    name: str, hints: tuple[str, ...], expected: str
) -> None:
    found = resolve(name, hints=hints)
    placed = found.agency.name_zh if found.agency and found.region else "-"
    assert f"{found.certainty} {placed}" == expected
