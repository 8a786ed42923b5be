"""Where the body of a short name is: what the report prints elsewhere than at its places."""

import pytest

from pipeline.extract.identity.identify import identify
from pipeline.extract.identity.segmentation import split
from pipeline.readers.text.plain_text import read_text


def placed(opening: str, said: str = "") -> tuple[str, str | None]:
    title = "2022年政府信息公开工作年度报告"
    body = "一、总体情况\n全年主动公开政府信息117条，其中政府网站公开67条。\n"
    text = f"{title}\n\n现公布{opening}{title}。{said}\n{body}二、存在的问题\n不够充实。\n"
    document = read_text(text.encode())
    (part,) = split(document)
    found = identify(part, document).agency
    return (found.name_zh, found.region_code) if found else ("", None)


@pytest.mark.parametrize(
    ("town", "said", "county"),
    [
        ("卧虎沟乡", "其中喀左县基层政务公开专栏8条。", "211324"),
        ("巴彦呼舒镇", "在科尔沁右翼中旗“三务”公开网站上发布。", "152222"),
        ("建平乡", "按照镇赉县及相关部门部署开展工作。", "220821"),
        ("建平乡", "按照镇赉县部署开展工作，赴嘉祥县交流。", "220821"),
        ("建平乡", "赴嘉祥县交流。", None),
        ("建平乡", "学习镇赉县的做法。", None),
        ("城关镇", "帮扶单位为湖北省房县交通局。", None),
        ("建平乡", "对口支援的镇赉县已公开。", None),
    ],
)
def test_a_town_is_in_the_county_printed_that_has_it(
    town: str, said: str, county: str | None
) -> None:
    assert placed(f"{town}人民政府", said)[1] == county


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("可在宣城市住房和城乡建设局政府信息公开平台下载。", "宣城市住房和城乡建设局"),
        ("按照宣城市住房和城乡建设局要求公开。", "市住建局"),
        ("宣城市住房和城乡建设局对公开工作进行了考核。", "市住建局"),
        ("可在宣城市财政局政府信息公开平台下载。", "市住建局"),
        ("参加宣城市住房和城乡建设局组织的培训。", "市住建局"),
        ("行政复议由宣城市住房和城乡建设局办理。", "市住建局"),
        ("按照安庆市住房和城乡建设局部署，落实宣城市住房和城乡建设局经验。", "市住建局"),
        ("宣城市住房和城乡建设局、滁州市住房和城乡建设局均有平台。", "市住建局"),
    ],
)
def test_a_bureau_is_the_one_of_its_work_that_is_printed_in_full(said: str, whole: str) -> None:
    assert placed("市住建局", said)[0] == whole


@pytest.mark.parametrize(
    ("bureau", "said", "code"),
    [
        ("县统计局", "公开《嘉祥县统计公报》和嘉祥县经济指标。", "370829"),
        ("县统计局", "公开嘉祥县经济指标。", None),
        ("县统计局", "嘉祥县、嘉祥县、鱼台县。", None),
        ("统计局", "公开《嘉祥县统计公报》和嘉祥县经济指标。", None),
        ("县统计局", "申请人来自兰陵县。兰陵县居民申请2件。", None),
        ("市统计局", "公开《凌源市统计公报》和凌源市经济指标。", "211382"),
        ("市统计局", "落实朝阳市要求，参加朝阳市会议。", None),
        ("市统计局", "在朝阳市网上大厅公开，可在朝阳市统计平台查询。", "211300"),
        ("市统计局", "在朝阳市网上大厅公开。", None),
        ("市统计局", "落实《关于印发眉山市2022年工作安排的通知》。", "511400"),
        ("市统计局", "落实《关于印发朝阳市2022年工作安排的通知》。", None),
        ("区统计局", "佳木斯市前进区公报，佳木斯市前进区指标。", "230804"),
        ("区统计局", "前进区的公报，前进区的指标。", None),
        ("区统计局", "建设老城区和新城区，改造新城区。", None),
    ],
)
def test_a_bureau_is_in_the_one_region_of_its_tier_that_is_printed_twice(
    bureau: str, said: str, code: str | None
) -> None:
    assert placed(bureau, said)[1] == code


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("地址：安顺经济技术开发区迎宾路34号。", "安顺经济技术开发区管理委员会"),
        ("安顺经济技术开发区和遵义经济技术开发区交流。", "经开区"),
        ("地址：安顺高新技术产业开发区。", "经开区"),
    ],
)
def test_a_kind_of_zone_alone_is_the_one_zone_of_it_that_is_printed(said: str, whole: str) -> None:
    assert placed("经开区", said)[0] == whole


def test_a_town_is_of_the_zone_whose_site_it_publishes_on() -> None:
    said = "在西咸新区门户网站政府信息公开平台上公开。"
    assert placed("北杜街道办事处", said) == ("西咸新区北杜街道办事处", "610000")
