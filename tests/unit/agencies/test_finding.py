"""Agencies found by what people call them."""

import pytest

from pipeline.agencies.finding import NamedAgency, government_of, ranked

AGENCIES = (
    NamedAgency("370829.quality_supervision", "嘉祥县质量技术监督局", ("嘉祥县质监局",)),
    NamedAgency("370829.market_regulation", "嘉祥县市场监督管理局"),
    NamedAgency("370829.government", "嘉祥县人民政府"),
    NamedAgency("370303.market_regulation", "淄博市张店区市场监督管理局"),
    NamedAgency("652800.finance", "巴音郭楞蒙古自治州财政局"),
    NamedAgency("350200.education", "厦门市教育局"),
)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("嘉祥县质监局", "370829.quality_supervision"),
        ("370829.government", "370829.government"),
        ("张店区市监局", "370303.market_regulation"),
        ("巴州财政局", "652800.finance"),
        ("质监局", "370829.quality_supervision"),
        ("jxzjj", "370829.quality_supervision"),
        ("JXXRMZF", "370829.government"),
        ("xmsjyj", "350200.education"),
        ("xjj", "350200.education"),
        ("jxzf", "370829.government"),
        ("张店 市场监督", "370303.market_regulation"),
        # A part of another name that it is known by.
        ("县质监", "370829.quality_supervision"),
    ],
)
def test_what_people_type_finds_the_agency(words: str, first: str) -> None:
    assert ranked(words, AGENCIES)[:1] == [first]


def test_a_former_name_finds_what_became_of_it() -> None:
    assert ranked("嘉祥县工商局", AGENCIES) == ["370829.market_regulation"]
    assert set(ranked("嘉祥县市监局", AGENCIES)[:2]) == {
        "370829.market_regulation",
        "370829.quality_supervision",
    }


def test_what_a_bureau_became_stands_before_names_that_hold_its_own() -> None:
    station = NamedAgency("370829.station", "嘉祥县质监局检验所")
    found = ranked("嘉祥县质监局", [station, *AGENCIES[1:]])
    assert found == ["370829.market_regulation", "370829.station"]


@pytest.mark.parametrize("words", ["", "  ", "qqq", "不存在的局"])
def test_nothing_fits(words: str) -> None:
    assert ranked(words, AGENCIES) == []


def test_letters_that_a_name_holds_are_no_initials_only() -> None:
    named = NamedAgency("370322.other_apec", "APEC中小企业局")
    assert ranked("APEC", [named]) == ["370322.other_apec"]


def test_a_county_by_its_name_alone_is_its_government_before_its_bureaus() -> None:
    bureau = NamedAgency("370829.water", "嘉祥县水利局")
    assert ranked("嘉祥县", [bureau, *AGENCIES])[0] == "370829.government"
    meant = government_of("嘉祥县", year=2018)
    assert meant is not None and meant.agency is not None
    assert meant.agency.agency_id == "370829.government"
    assert government_of("西湖区") is None  # there are several
    assert government_of("嘉祥县水利局") is None
