"""Which agency a name stands for: its id, its name in full, of when it is, or why it is none."""

import pytest
from names_found import found

from pipeline.agencies.resolver import unknown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("嘉祥县教育局", "certain 370829.education 嘉祥县教育局 1983– county education as printed"),
        ("嘉祥教育局", "certain 370829.education 嘉祥县教育局 1983– county education as printed"),
        ("嘉祥县", "region_only: 嘉祥县 in 嘉祥县 (370829)"),
        (
            "嘉祥县人民政府",
            "certain 370829.government 嘉祥县人民政府 1983– county government as printed",
        ),
        ("嘉祥县政府", "certain 370829.government 嘉祥县人民政府 1983– county government"),
        (
            "嘉祥县质监局",
            (
                "certain 370829.quality_supervision 嘉祥县质量技术监督局 1983–2019 county "
                "quality_supervision"
            ),
        ),
        ("嘉祥县甲乙局", "certain 370829.other_# 嘉祥县甲乙局 1983– county other as printed"),
        (
            "嘉祥县公安局交警大队",
            (
                "certain 370829.public_security_unit_# 嘉祥县公安局交警大队 1983– county "
                "public_security_unit as printed"
            ),
        ),
        ("嘉祥县第一中学", "certain 370829.school_# 嘉祥县第一中学 1983– county school as printed"),
        ("山东省教育厅", "certain 370000.education 山东省教育厅 – province education as printed"),
        ("教育部", "certain 000000.education 教育部 – national education as printed"),
        (
            "国务院办公厅",
            (
                "certain 000000.government_office 国务院办公厅 – national government_office as "
                "printed"
            ),
        ),
        (
            "北京市教育委员会",
            "certain 110000.education 北京市教育委员会 – province education as printed",
        ),
        (
            "海淀区教育局",
            "certain 110108.education 北京市海淀区教育局 – county education as printed",
        ),
        ("鼓楼区教育局", "unresolved unresolved.# 鼓楼区教育局 – unknown education"),
        (
            "南京市鼓楼区教育局",
            "certain 320106.education 南京市鼓楼区教育局 – county education as printed",
        ),
        (
            "济宁市任城区教育局",
            "certain 370811.education 济宁市任城区教育局 1993– county education as printed",
        ),
        ("教育局", "unresolved unresolved.# 教育局 – unknown education"),
        ("甲乙市教育局", "not_a_name: no agency's name"),
        ("某某市教育局", "masked: part of the name is masked"),
        ("***教育局", "masked: part of the name is masked"),
        ("首页", "not_a_name: no agency's name"),
        (
            "大兴安岭地区行政公署",
            "certain 232700.government 大兴安岭地区行政公署 – city government as printed",
        ),
        (
            "大兴安岭地区人民政府",
            "certain 232700.government 大兴安岭地区行政公署 – city government as printed",
        ),
        (
            "锡林郭勒盟人民政府",
            "certain 152500.government 锡林郭勒盟行政公署 – city government as printed",
        ),
        (
            "嘉祥县教育局、嘉祥县财政局",
            "joint unresolved.# 嘉祥县教育局、嘉祥县财政局 – unknown education",
        ),
    ],
)
def test_the_region_and_the_function_make_the_id(name: str, expected: str) -> None:
    assert found(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "嘉祥县金屯镇",
            ("certain 370829.township_# 嘉祥县金屯镇人民政府 1983– township government as printed"),
        ),
        (
            "嘉祥县金屯镇人民政府",
            ("certain 370829.township_# 嘉祥县金屯镇人民政府 1983– township government as printed"),
        ),
        (
            "嘉祥县金屯镇政府",
            "certain 370829.township_# 嘉祥县金屯镇人民政府 1983– township government",
        ),
        (
            "嘉祥县金屯镇财政所",
            (
                "certain 370829.township_#_finance_unit_# 嘉祥县金屯镇财政所 1983– township "
                "finance_unit as printed"
            ),
        ),
        (
            "嘉祥金屯镇",
            ("certain 370829.township_# 嘉祥县金屯镇人民政府 1983– township government as printed"),
        ),
        (
            "济宁市金屯镇",
            ("certain 370829.township_# 嘉祥县金屯镇人民政府 1983– township government as printed"),
        ),
        (
            "嘉祥县卧龙山街道",
            (
                "certain 370829.township_# 嘉祥县卧龙山街道办事处 1983– township "
                "subdistrict_office as printed"
            ),
        ),
        ("金屯镇人民政府", "unresolved unresolved.# 金屯镇人民政府 – unknown government"),
        (
            "济宁高新技术产业开发区管理委员会",
            (
                "certain 370871.management_committee 济宁高新技术产业开发区管理委员会 – county "
                "management_committee as printed"
            ),
        ),
        (
            "济宁高新区财政局",
            ("certain 370871.finance 济宁高新技术产业开发区财政局 – county finance as printed"),
        ),
        (
            "嘉祥县经济开发区",
            (
                "certain 370829.zone_# 嘉祥县经济开发区管理委员会 1983– county "
                "management_committee as printed"
            ),
        ),
        (
            "嘉祥县经济开发区管委会",
            ("certain 370829.zone_# 嘉祥县经济开发区管理委员会 1983– county management_committee"),
        ),
        (
            "嘉祥县经济开发区财政局",
            (
                "certain 370829.zone_#_finance 嘉祥县经济开发区财政局 1983– county finance as "
                "printed"
            ),
        ),
        (
            "第九师161团",
            "certain 659012.township_# 第九师161团 2023– township government as printed",
        ),
        (
            "黄山风景区管理委员会",
            (
                "certain 341000.huangshan_scenic_management_committee 黄山风景区管理委员会 – "
                "county management_committee as printed"
            ),
        ),
        (
            "泰山风景名胜区管理局",
            (
                "certain 370900.taishan_scenic_management_committee 泰山风景名胜区管理局 – "
                "county management_committee as printed"
            ),
        ),
    ],
)
def test_towns_and_zones_have_ids_of_their_own(name: str, expected: str) -> None:
    assert found(name) == expected


@pytest.mark.parametrize(
    ("name", "year", "hints", "expected"),
    [
        (
            "教育局",
            2020,
            ("嘉祥县",),
            "hinted 370829.education 嘉祥县教育局 1983– county education as printed",
        ),
        (
            "教育局",
            2020,
            ("嘉祥县", "济宁市"),
            "hinted 370829.education 嘉祥县教育局 1983– county education as printed",
        ),
        (
            "教育局",
            2020,
            ("嘉祥县", "泗水县"),
            "unresolved unresolved.# 教育局 – unknown education",
        ),
        (
            "县教育局",
            2020,
            ("嘉祥县", "济宁市"),
            "hinted 370829.education 嘉祥县教育局 1983– county education as printed",
        ),
        (
            "市教育局",
            2020,
            ("嘉祥县", "济宁市"),
            "hinted 370800.education 济宁市教育局 1983– city education as printed",
        ),
        (
            "省教育厅",
            2020,
            ("嘉祥县", "山东省"),
            "hinted 370000.education 山东省教育厅 – province education as printed",
        ),
        (
            "市教育局",
            2020,
            ("曲阜市", "济宁市"),
            "unresolved unresolved.# 市教育局 – unknown education",
        ),
        (
            "鼓楼区教育局",
            2020,
            ("南京市",),
            "hinted 320106.education 南京市鼓楼区教育局 – county education as printed",
        ),
        (
            "鼓楼区教育局",
            2020,
            ("江苏省",),
            "unresolved unresolved.# 鼓楼区教育局 – unknown education",
        ),
        (
            "鼓楼区教育局",
            2020,
            ("北京市",),
            "unresolved unresolved.# 鼓楼区教育局 – unknown education",
        ),
        (
            "鼓楼区教育局",
            2020,
            ("福州市", "福建省"),
            "hinted 350102.education 福州市鼓楼区教育局 – county education as printed",
        ),
        (
            "金屯镇人民政府",
            2020,
            ("嘉祥县",),
            ("hinted 370829.township_# 嘉祥县金屯镇人民政府 1983– township government as printed"),
        ),
        (
            "金屯镇人民政府",
            2020,
            ("济宁市",),
            ("hinted 370829.township_# 嘉祥县金屯镇人民政府 1983– township government as printed"),
        ),
        (
            "金屯镇人民政府",
            2020,
            ("北京市",),
            "unresolved unresolved.# 金屯镇人民政府 – unknown government",
        ),
        (
            "镇人民政府",
            2020,
            ("嘉祥县",),
            "unresolved unresolved.# 镇人民政府 – unknown government",
        ),
        (
            "嘉祥县教育局",
            2020,
            ("北京市",),
            "certain 370829.education 嘉祥县教育局 1983– county education as printed",
        ),
        ("甲乙丙局", 2020, ("嘉祥县",), "unresolved unresolved.# 甲乙丙局 – unknown unknown"),
    ],
)
def test_what_is_said_elsewhere_places_a_name(
    name: str, year: int, hints: tuple[str, ...], expected: str
) -> None:
    assert found(name, year, *hints) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "嘉祥县教育局（济宁市）",
            "certain 370829.education 嘉祥县教育局 1983– county education as printed",
        ),
        ("嘉祥县教育局（北京市）", "unresolved unresolved.# 嘉祥县教育局 – unknown education"),
        (
            "济宁市生态环境局（嘉祥县）",
            "unresolved unresolved.# 济宁市生态环境局 – unknown ecology_environment",
        ),
        (
            "教育局（嘉祥县）",
            "hinted 370829.education 嘉祥县教育局 1983– county education as printed",
        ),
        ("临空经济区（廊坊）", "not_a_name: no agency's name"),
    ],
)
def test_what_stands_behind_a_name_in_brackets_may_place_it_elsewhere(
    name: str, expected: str
) -> None:
    assert found(name) == expected


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        (
            "嘉祥县质量技术监督局",
            2010,
            (
                "certain 370829.quality_supervision 嘉祥县质量技术监督局 1983–2019 county "
                "quality_supervision as printed"
            ),
        ),
        (
            "嘉祥县质量技术监督局",
            2022,
            (
                "certain 370829.quality_supervision 嘉祥县质量技术监督局 1983–2019 county "
                "quality_supervision as printed"
            ),
        ),
        (
            "莱芜市教育局",
            2015,
            "certain 371200.education 莱芜市教育局 1992–2019 city education as printed",
        ),
        (
            "莱芜市教育局",
            2022,
            "certain 371200.education 莱芜市教育局 1992–2019 city education as printed",
        ),
        (
            "襄樊市教育局",
            2008,
            "certain 420600.education 襄樊市教育局 –2010 city education as printed",
        ),
        (
            "襄阳市教育局",
            2008,
            "certain 420600.education 襄阳市教育局 2010– city education as printed",
        ),
        (
            "襄阳市教育局",
            2015,
            "certain 420600.education 襄阳市教育局 2010– city education as printed",
        ),
        (
            "南京市浦口区教育局",
            2015,
            "certain 320111.education 南京市浦口区教育局 – county education as printed",
        ),
        (
            "隆昌县教育局",
            2010,
            "certain 511028.education 隆昌县教育局 1985–2017 county education as printed",
        ),
        (
            "隆昌县教育局",
            2022,
            "certain 511028.education 隆昌县教育局 1985–2017 county education as printed",
        ),
        (
            "隆昌教育局",
            2022,
            "certain 511083.education 隆昌市教育局 2017– county education as printed",
        ),
    ],
)
def test_the_year_tells_names_and_regions_apart(name: str, year: int, expected: str) -> None:
    assert found(name, year) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("甲乙新城", True),
        ("甲乙", False),
        ("甲乙丙", True),
        ("甲" * 30, True),
        ("甲" * 31, False),
        ("我市政府信息公开", False),
        ("甲乙不再公开", False),
        ("甲乙了解", False),
        ("***新城", False),
        ("办公室", False),
        ("甲乙1新城", False),
    ],
)
def test_words_in_which_nothing_is_known_may_still_be_a_name(name: str, expected: bool) -> None:
    assert bool(unknown(name)) is expected
