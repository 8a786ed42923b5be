"""What the last half of a name says: the function, the words written out, a unit inside."""

import pytest

from pipeline.agencies.functions import (
    FunctionReading,
    functions,
    is_apart,
    is_desk,
    is_kind,
    looks_like_agency,
    read_function,
    without_tier,
)
from pipeline.model.agency import Level

LONG = "甲" * 13


@pytest.mark.parametrize(
    ("text", "slug", "name", "unit"),
    [
        ("教育局", "education", "教育局", ""),
        ("质监局", "quality_supervision", "质量技术监督局", ""),
        ("市场监督管理局", "market_regulation", "市场监督管理局", ""),
        ("文广新局", "culture_broadcasting", "文化广电新闻出版局", ""),
        # Two functions, however they are joined.
        ("教体局", "education_and_sports", "教育体育局", ""),
        ("教育和体育局", "education_and_sports", "教育和体育局", ""),
        ("教育、体育局", "education_and_sports", "教育、体育局", ""),
        ("教育暨体育局", "education_and_sports", "教育暨体育局", ""),
        # What several in short are called together in full, each county decides.
        ("科技工信局", "industry_it_and_science_technology", "科技工信局", ""),
        ("科学技术和工信局", "industry_it_and_science_technology", "科学技术和工信局", ""),
        ("教育卫生体育局", "education_and_health_and_sports", "教育卫生体育局", ""),
        ("文旅体局", "culture_tourism", "文化旅游体育局", ""),
        # 建设 behind a word says what is done with it, joined to it what else is done.
        ("水利建设局", "water", "水利建设局", ""),
        ("水利和建设局", "housing_construction_and_water", "水利和建设局", ""),
        # What a bureau has besides makes no second body of it.
        ("林业和竹业局", "forestry", "林业和竹业局", ""),
        ("文体广电和旅游局", "culture_tourism", "文体广电和旅游局", ""),
        ("住房和城乡建设局", "housing_construction", "住房和城乡建设局", ""),
        ("建设局", "housing_construction", "建设局", ""),
        ("数字化建设局", "big_data", "数字化建设局", ""),
        # 委 is short itself, and its words with it.
        ("发改委", "development_reform", "发展和改革委员会", ""),
        ("发展改革委", "development_reform", "发展和改革委员会", ""),
        ("发展和改革委员会", "development_reform", "发展和改革委员会", ""),
        # Whom an office works for.
        ("政府办公室", "government_office", "人民政府办公室", ""),
        ("行署外事办公室", "foreign_affairs", "行政公署外事办公室", ""),
        ("人民政府外事办公室", "foreign_affairs", "人民政府外事办公室", ""),
        # Units inside: none for a desk that writes papers.
        ("公安局交警大队", "public_security", "公安局", "交警大队"),
        ("公安局甲所", "public_security", "公安局", "甲所"),
        (f"公安局{LONG}所", "public_security", "公安局", f"{LONG}所"),
        ("公安局办公室", "public_security", "公安局", ""),
        ("公安局综合科", "public_security", "公安局", ""),
        # Institutions, branches, kinds and forms.
        ("公路管理处", "highway", "", "公路管理处"),
        (
            "公共资源交易服务中心兖州分中心",
            "public_resources",
            "公共资源交易服务中心",
            "兖州分中心",
        ),
        ("第一中学", "school", "第一中学", ""),
        ("人民医院", "hospital", "人民医院", ""),
        ("瓷局", "local_industry", "瓷局", ""),
        ("残联", "disabled_federation", "残疾人联合会", ""),
        ("残疾人联合会", "disabled_federation", "残疾人联合会", ""),
    ],
)
def test_a_name_says_what_an_agency_does(text: str, slug: str, name: str, unit: str) -> None:
    found = read_function(text)
    assert found == FunctionReading(slug, name, unit)
    assert found.in_full == name + unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "局",
        "教育",
        "甲乙局",
        "公安局甲",
        "教育局所",
        f"公安局甲{LONG}所",
        "教育局贯彻落实局",
        "市气象局",
        "市瓷局",
        "领导小组办公室",
        "疫情防控指挥部办公室",
        "教育体育卫生旅游财政局",
        "甲乙服务中心兖州分中心",
    ],
)
def test_what_no_declared_words_explain_has_no_function(text: str) -> None:
    assert read_function(text) is None


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("市气象局", "气象局"),
        ("自治区教育厅", "教育厅"),
        ("市场监管局", "市场监管局"),
        # A tier before a single letter is no tier.
        ("省厅", "省厅"),
        ("区局", "区局"),
        ("市", "市"),
        ("气象局", "气象局"),
    ],
)
def test_the_tier_before_a_name_is_left_out(name: str, bare: str) -> None:
    assert without_tier(name) == bare


@pytest.mark.parametrize(
    ("name", "looks_so"),
    [
        ("教育局", True),
        ("甲中心", True),
        ("甲股", True),
        ("甲部", True),
        ("教育", False),
        ("按照要求局", False),
        ("坚持局", False),
    ],
)
def test_a_name_ends_as_those_of_agencies_do(name: str, looks_so: bool) -> None:
    assert looks_like_agency(name) is looks_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        *((one, True) for one in ("办公室", "综合科", "政策法规科", "机关本级", "人秘股")),
        ("政务公开工作领导小组办公室", True),
        ("交警大队", False),
        ("办公室主任", False),
        ("", False),
    ],
)
def test_a_desk_only_writes_papers(text: str, is_so: bool) -> None:
    assert is_desk(text) is is_so


@pytest.mark.parametrize(
    ("text", "apart", "kind"),
    [
        ("档案馆", True, False),
        ("档案局", False, False),
        ("教育局", False, False),
        ("人民医院", True, True),
        ("第一中学", True, True),
        ("公安局交警大队", False, False),
    ],
)
def test_bodies_beside_the_main_one_and_kinds_of_body(text: str, apart: bool, kind: bool) -> None:
    found = read_function(text)
    assert found is not None
    assert (is_apart(found), is_kind(found)) == (apart, kind)
    unknown = FunctionReading("no_such_function", text)
    assert not is_apart(unknown)
    assert not is_kind(unknown)


@pytest.mark.parametrize(
    ("slug", "level", "bureau", "name"),
    [
        ("education", Level.COUNTY, "局", "教育局"),
        ("education", Level.PROVINCE, "厅", "教育厅"),
        ("development_reform", Level.PROVINCE, "厅", "发展和改革委员会"),
        ("disabled_federation", Level.COUNTY, "局", "残疾人联合会"),
    ],
)
def test_the_official_name_goes_by_the_tier(
    slug: str, level: Level, bureau: str, name: str
) -> None:
    assert functions()[slug].official_name(level, bureau) == name
