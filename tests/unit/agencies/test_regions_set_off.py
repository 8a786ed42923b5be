"""A region that brackets or a sign set off from the name of who is in it."""

import pytest

from pipeline.agencies.resolver import Certainty, resolve

TOWN = "211021.township_62fd4258"
"""下达河乡 in 辽阳县."""


@pytest.mark.parametrize(
    "name",
    [
        "【辽阳县】下达河乡2019年政府信息公开工作年度报告",
        "（辽阳县）下达河乡2019年",
        "辽阳县-下达河乡",
        "辽阳县——下达河乡2019年",
        "辽阳县：下达河乡",
        "辽阳县|下达河乡人民政府",
        "辽阳县【下达河乡】2019年",
        "下达河乡（辽阳县）2019年",
        "下达河乡人民政府——辽阳县2019年",
    ],
)
def test_a_town_is_not_its_county_and_keeps_one_id(name: str) -> None:
    agency = resolve(name, year=2019).agency
    assert agency is not None
    assert (agency.agency_id, agency.name_zh) == (TOWN, "辽阳县下达河乡人民政府")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("【年报】嘉祥县教育局2019年政府信息公开年度报告", "嘉祥县教育局"),
        ("【2019年年报】嘉祥县教育局", "嘉祥县教育局"),
        ("【嘉祥县教育局】政府信息公开年度报告", "嘉祥县教育局"),
        ("（嘉祥县教育局2019年）", "嘉祥县教育局"),
        ("〔2016〕年度昌乐县物价局", "昌乐县物价局"),
        ("2024年度孟津区人民政府信息公开年度报告", "洛阳市孟津区人民政府"),
        ("北京住房公积金管理中心2021年年报", "北京住房公积金管理中心"),
        ("海伦市市水务局", "海伦市水务局"),
        ("海伦市市场监督管理局", "海伦市市场监督管理局"),
    ],
)
def test_a_heading_is_no_part_of_a_name_and_no_name_is_a_heading(name: str, shown: str) -> None:
    agency = resolve(name).agency
    assert agency is not None
    assert agency.name_zh == shown


@pytest.mark.parametrize(
    "name",
    [
        "辽阳县、下达河乡",
        "【朝阳】前进街道",
        "城关镇（大连市）",
        "济宁市生态环境局（嘉祥县）",
    ],
    ids=["two", "a stem of two places", "a city without that town", "perhaps a branch"],
)
def test_what_a_sign_leaves_open_is_not_placed(name: str) -> None:
    found = resolve(name, year=2019)
    assert found.certainty not in {Certainty.CERTAIN, Certainty.HINTED}


@pytest.mark.parametrize(
    ("name", "region", "elsewhere"),
    [
        ("浦江海关", "310000", "浦江县"),
        ("中华人民共和国榕城海关", "350100", "榕城区"),
        ("太平海关", "441900", "太平区"),
        ("金陵海关", "320100", ""),
    ],
)
def test_a_customs_house_is_not_in_the_county_of_its_name(
    name: str, region: str, elsewhere: str
) -> None:
    agency = resolve(name, year=2022).agency
    assert agency is not None
    assert agency.region_code == region
    assert not elsewhere or agency.region_name != elsewhere
