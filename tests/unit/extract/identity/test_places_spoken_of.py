"""Regions that a report speaks of: which words name one, and how far into it they are looked for.

A hint is written as what it was named for and the region."""

import pytest

from pipeline.agencies.resolver import resolve
from pipeline.extract.identity.own_media import local_media, region_of_media
from pipeline.extract.identity.place_hints import (
    cited,
    namesakes,
    place_hints,
    tiers_said,
    zone_said,
)

TOWNS = """嘉祥县 鱼台县 金乡县 汶上县 泗水县 梁山县 微山县
任城区 兖州区 曲阜市 邹城市 沂南县 郯城县"""


def hints(text: str) -> list[str]:
    return [f"{hint.kind} {hint.place}" for hint in place_hints(text)]


def papers(text: str) -> list[str]:
    return [f"{hint.kind} {hint.place}" for hint in cited(text)]


def alike(text: str, name: str) -> list[str]:
    return [hint.place for hint in namesakes(text, name)]


def media(text: str, name: str) -> str:
    found = region_of_media(text, resolve(name), 2020)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开在嘉祥县人民政府网站", ["site 嘉祥县"]),
        ("公开在嘉祥县人民政府门户网站", ["site 嘉祥县"]),
        ("根据嘉祥县人民政府的要求", ["paper 嘉祥县"]),
        ("嘉祥县政府信息公开平台", ["site 嘉祥县"]),
        ("嘉祥县人民政府印发文件，网站", ["paper 嘉祥县"]),
        ("嘉祥县委、县政府", ["paper 嘉祥县"]),
        ("嘉祥县教育局", []),
        ("嘉祥县门户网站", ["site 嘉祥县"]),
        ("嘉祥县级机关", ["paper 嘉祥县"]),
        ("地址：嘉祥县中心街1号", ["address 嘉祥县"]),
        ("联系地址: 山东省嘉祥县中心街", ["address 山东省嘉祥县"]),
        ("地点 嘉祥县", ["address 嘉祥县"]),
        ("来源：嘉祥县人民政府", ["source 嘉祥县", "paper 嘉祥县"]),
        ("主办单位：嘉祥县", ["source 嘉祥县"]),
        ("地址：中心街1号嘉祥县", []),
        ("地址：山东省济宁市嘉祥县呈祥街道中心街道中心街道中心街", ["address 山东省济宁市嘉祥县"]),
        ("可在嘉祥县水利网下载", ["site 嘉祥县"]),
        ("可从嘉祥县水利网站查阅", ["site 嘉祥县"]),
        ("登陆嘉祥县水利网查询", ["site 嘉祥县"]),
        ("嘉祥县水利网下载", []),
        ("可在嘉祥县水利网公布。下载", []),
        ("可在水利网下载", []),
        ("“中国如东”政府门户网站", ["site 如东"]),
        ("中国·如东政府网", ["site 如东"]),
        ("通过如东政府网发布", ["site 如东"]),
        ("在如东政府网发布", ["site 如东"]),
        ("政务服务网-如东", ["site 如东"]),
        ("政务服务网-如东县水务局", []),
        ("通过水利政府网发布", []),
        ("首页 > 海伦市 > 海南乡", ["way 海伦市"]),
        ("首页 > 年度报告 > 海伦市", ["way 海伦市"]),
        ("当前位置：海伦市", ["way 海伦市"]),
        ("首页 > 嘉祥县 > 鱼台县", []),
        ("海伦市 > 年报 > 海南乡", ["way 海伦市"]),
        ("海伦市 > 年报", []),
        ("嘉祥县人民政府网站", ["site 嘉祥县", "header 嘉祥县"]),
        ("嘉祥县人民政府门户网站\n正文", ["site 嘉祥县", "header 嘉祥县"]),
        (" 嘉祥县人民政府网站 ", ["site 嘉祥县", "header 嘉祥县"]),
        ("访问嘉祥县人民政府网站", ["site 嘉祥县"]),
        ("嘉祥县人民政府网站，嘉祥县人民政府网站", ["site 嘉祥县"]),
    ],
)
def test_a_text_names_the_regions_of_its_sites_and_addresses(
    text: str, expected: list[str]
) -> None:
    assert hints(text) == expected


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (0, ["site 嘉祥县", "header 嘉祥县"]),
        (181, ["site 嘉祥县", "header 嘉祥县"]),
        (182, ["site 嘉祥县", "header 嘉祥县"]),
        (183, ["site 嘉祥县", "header 嘉祥县"]),
        (184, ["site 嘉祥县"]),
        (185, ["site 嘉祥县"]),
    ],
)
def test_what_stands_too_far_into_a_text_hints_at_nothing(fill: int, expected: list[str]) -> None:
    assert hints("字" * fill + "，嘉祥县教育局\n嘉祥县人民政府网站") == expected


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (3992, ["address 嘉祥县"]),
        (3993, ["address 嘉祥县"]),
        (3994, []),
        (3995, []),
    ],
)
def test_a_site_is_looked_for_in_the_first_stretch_of_a_text(
    fill: int, expected: list[str]
) -> None:
    assert hints("字" * fill + "，地址：嘉祥县") == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (11, 11),
        (12, 12),
        (13, 12),
    ],
)
def test_no_more_regions_than_a_dozen_are_named(size: int, expected: int) -> None:
    assert len(hints("".join(f"地址：{town}，" for town in TOWNS.split()[:size]))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《莆田市2012年度政府信息公开工作要点》", ["rules 莆田市"]),
        ("《莆田市政府信息公开目录》", ["rules 莆田市"]),
        ("《莆田市政务公开》", ["rules 莆田市"]),
        ("《莆田市人民政府关于》", ["rules 莆田市"]),
        ("《莆田市关于》", ["rules 莆田市"]),
        ("《莆田市年鉴》", []),
        ("《关于莆田市》", []),
        ("莆田市2012年", []),
        ("索引号：11370829004217709K/2019-5", ["code 济宁市嘉祥县"]),
        ("索引号 370829004/2021-00005", ["number 济宁市嘉祥县"]),
        ("索引：370829-5", ["number 济宁市嘉祥县"]),
        ("索引号：370829", []),
        ("索引号：999999004/2021", []),
        ("耿马融媒体中心", ["press 耿马"]),
        ("耿马县广播电视台", ["press 耿马县"]),
        ("嘉祥电视台", ["press 嘉祥"]),
        ("本县电视台", []),
        ("在嘉祥县开设的电视台", []),
    ],
)
def test_papers_cited_and_codes_name_their_regions(text: str, expected: list[str]) -> None:
    assert papers(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("嘉祥县气象局", "县气象局", ["嘉祥县"]),
        ("嘉祥县气象局和鱼台县气象局", "县气象局", ["嘉祥县", "鱼台县"]),
        ("嘉祥县 > 气象局", "县气象局", ["嘉祥县"]),
        ("嘉祥县的气象局", "县气象局", []),
        ("学习嘉祥县气象局", "县气象局", []),
        ("学习了嘉祥县气象局", "县气象局", []),
        ("学习贯彻会议的嘉祥县气象局", "县气象局", ["嘉祥县"]),
        ("气象局", "县气象局", []),
        ("嘉祥县水利局", "县气象局", []),
        ("嘉祥县局", "局", []),
        ("嘉祥县青龙镇", "青龙镇", ["嘉祥县"]),
    ],
)
def test_who_is_called_alike_stands_right_behind_its_region(
    text: str, name: str, expected: list[str]
) -> None:
    assert alike(text, name) == expected


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (7995, ["嘉祥县"]),
        (7996, []),
        (7997, []),
    ],
)
def test_namesakes_are_looked_for_twice_as_far(fill: int, expected: list[str]) -> None:
    assert alike("字" * fill + "，嘉祥县气象局", "县气象局") == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("岳阳市南湖新区", "南湖新区财政局", "岳阳市"),
        ("岳阳市南湖新区，岳阳市南湖新区", "南湖新区财政局", "岳阳市"),
        ("岳阳市南湖新区，长沙市南湖新区", "南湖新区财政局", ""),
        ("南湖新区", "南湖新区财政局", ""),
        ("岳阳市财政局", "财政局", ""),
    ],
)
def test_a_zone_lies_where_a_text_once_says(text: str, name: str, expected: str) -> None:
    assert zone_said(text, name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我市", ["市"]),
        ("我县、我市", ["县", "市"]),
        ("市委、市政府", ["市"]),
        ("全县", ["县"]),
        ("某市", []),
    ],
)
def test_the_tier_of_the_writer_is_as_it_says(text: str, expected: list[str]) -> None:
    assert sorted(tiers_said(text)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("利用“荣成成山”微信公众号发布信息。", "成山镇人民政府", "荣成市"),
        ("通过“铜陵城管”微信发布", "市城管局", "铜陵市"),
        ("依托铜陵城管微博发布", "市城管局", "铜陵市"),
        ("“铜陵城管”报纸", "市城管局", ""),
        ("与“铜陵城管”微信公众号交流", "市城管局", ""),
        ("转发“铜陵城管”微信公众号", "市城管局", ""),
        ("“铜陵城管”微信公众号投稿20条", "市城管局", ""),
        ("“铜陵城管”微信公众号，今年投稿20条", "市城管局", "铜陵市"),
        ("通过“铜陵城管”微信、“安庆城管”微信发布", "市城管局", ""),
        ("“通州民政”微信公众号发布20条。", "区民政局", ""),
        ("“通州民政”微信公众号发布20条，刊于北京日报。", "区民政局", "通州区"),
        ("通过铜陵市城管信息网发布", "市城管局", "铜陵市"),
        ("通过铜陵市城管网络发布", "市城管局", ""),
        ("编发《铜陵统计》", "市统计局", "铜陵市"),
        ("阅读《铜陵统计》", "市统计局", ""),
        ("编发《铜陵统计》", "县统计局", ""),
        ("编发《铜陵统计》", "市教育局", ""),
        ("通过嘉祥政府网发布信息", "县人民政府办公室", "嘉祥县"),
        ("通过“城管铜陵”微信发布", "市城管局", "铜陵市"),
        ("通过铜陵微信发布", "市城管局", ""),
    ],
)
def test_a_body_is_where_its_own_media_are_called_by(text: str, name: str, expected: str) -> None:
    assert media(text, name) == expected


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (3990, "铜陵市"),
        (3991, "铜陵市"),
        (3992, ""),
    ],
)
def test_own_media_are_looked_for_in_the_first_stretch(fill: int, expected: str) -> None:
    assert media("字" * fill + "，编发《铜陵统计》", "市统计局") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据抚顺市要求，顺城要闻刊登", ["抚顺市顺城"]),
        ("按照抚顺市要求，顺城融媒刊登", ["抚顺市顺城"]),
        ("抚顺市要求，顺城要闻刊登", []),
        ("根据抚顺市要求，沈阳要闻刊登", []),
        ("根据要求，顺城要闻刊登", []),
    ],
)
def test_media_of_a_county_hint_at_it_below_the_city_whose_orders_are_followed(
    text: str, expected: list[str]
) -> None:
    assert [hint.place for hint in local_media(text)] == expected
