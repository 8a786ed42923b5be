"""Two bodies of one place and field must never share an id: their reports would be one series."""

import pytest

from pipeline.agencies.resolver import Certainty, resolve
from pipeline.agencies.succession import successions

PAIRS = [
    ("山东省财政厅", "财政部山东监管局"),
    ("济南市审计局", "审计署济南特派办"),
    ("山东省能源局", "国家能源局山东监管办公室"),
    ("山东省粮食和物资储备局", "国家粮食和物资储备局山东局"),
    ("长江水利委员会", "黄河水利委员会"),
    ("山东省监狱管理局", "山东省戒毒管理局"),
    ("嘉祥县人民医院", "嘉祥县中医院"),
    ("嘉祥县档案局", "嘉祥县档案馆"),
    ("山东银监局", "山东保监局"),
    ("云南省民族事务委员会", "云南省宗教事务局"),
    ("国家民族事务委员会", "国家宗教事务局"),
    ("嘉祥县委宣传部", "嘉祥县委网信办"),
    ("国务院研究室", "国务院发展研究中心"),
    ("山东省煤田地质局", "山东省地质矿产勘查开发局"),
    ("嘉祥县林业局", "嘉祥县森林公安局"),
    ("中国矿业大学（北京）", "中国矿业大学"),
    ("中国地质大学（北京）", "中国地质大学（武汉）"),
    ("香港中文大学（深圳）", "香港中文大学"),
    ("国务院参事室", "国务院研究室"),
    ("北京市人民政府参事室", "北京市人民政府研究室"),
    ("济宁市广播电视台", "济宁日报社"),
    ("山东煤矿安全监察局", "山东省煤炭工业局"),
    ("平潭综合实验区国土资源局", "平潭综合实验区土地储备中心"),
    ("济宁市社科联", "济宁市社会科学院"),
    ("嘉祥县水务局", "嘉祥县水土保持局"),
    ("嘉祥县疾控中心", "嘉祥县疾控局"),
    ("共青团嘉祥县委", "中共嘉祥县委"),
    ("共青团嘉祥县委员会办公室", "中共嘉祥县委办公室"),
    ("嘉祥县第一中学", "嘉祥县第二中学"),
    ("济宁市公路局", "济宁市公路局嘉祥分局"),
]
SAME = [
    ("国家税务总局济宁市税务局", "济宁市税务局"),
    ("水利部黄河水利委员会", "黄河水利委员会"),
    ("烟台市芝罘供电公司", "烟台市芝罘区供电公司"),
    ("佛山市顺德区生态环境分局", "佛山市生态环境局顺德分局"),
    ("云南省民委", "云南省民族事务委员会"),
    ("湖南省参事室", "湖南省人民政府参事室"),
    ("嘉祥县疾控中心", "嘉祥县疾病预防控制中心"),
    ("嘉祥县团委", "共青团嘉祥县委员会"),
]
NAMES = [
    ("国家税务总局北京市朝阳区税务局", "国家税务总局北京市朝阳区税务局"),
    ("北京铁路局", "北京铁路局"),
    ("济南铁路公安局", "济南铁路公安局"),
    ("山东黄河河务局", "山东黄河河务局"),
    ("共青团嘉祥县委", "共青团嘉祥县委员会"),
    ("中国（上海）自由贸易试验区管理委员会", "中国(上海)自由贸易试验区管理委员会"),
    ("中国石油大学（华东）2020-2021学年信息公开年度报告", "中国石油大学(华东)"),
    ("嘉祥县财政局（本级机关）", "嘉祥县财政局"),
    ("嘉祥县财政局（机关）2020年政府信息公开年度报告", "嘉祥县财政局"),
    ("嘉祥县财政局（行政", "嘉祥县财政局"),
    ("任城区观音阁街道办事处党政综合办公室", "济宁市任城区观音阁街道办事处"),
    ("任城区观音阁街道政府", "济宁市任城区观音阁街道办事处"),
    ("嘉祥县马村镇党政办", "嘉祥县马村镇人民政府"),
]


def agency_id(name: str) -> str:
    found = resolve(name, year=2016)
    assert found.certainty is Certainty.CERTAIN
    assert found.agency is not None
    return found.agency.agency_id


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_bodies_have_two_ids(one: str, other: str) -> None:
    assert agency_id(one) != agency_id(other)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_names_of_a_body_have_one_id(one: str, other: str) -> None:
    assert agency_id(one) == agency_id(other)


@pytest.mark.parametrize(("printed", "name"), NAMES)
def test_names_are_not_invented(printed: str, name: str) -> None:
    found = resolve(printed)
    assert found.agency is not None
    assert found.agency.name_zh == name


def test_a_body_with_a_name_of_its_own_is_not_placed_by_others() -> None:
    found = resolve("延河大学", hints=["嘉祥县人民政府"])
    assert found.certainty is Certainty.UNRESOLVED


def test_a_body_apart_inherits_no_reform() -> None:
    found = resolve("嘉祥县土地储备中心", year=2016)
    assert found.agency is not None
    assert list(successions([found.agency])) == []


@pytest.mark.parametrize("name", ["鲁中监狱", "延河大学"])
def test_what_has_no_known_place_is_unresolved(name: str) -> None:
    found = resolve(name)
    assert found.certainty is Certainty.UNRESOLVED
    assert found.agency is not None
    assert not found.agency.is_placed
