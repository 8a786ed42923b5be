"""A name without its region: what its own sites, accounts and papers are called by."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document
from pipeline.readers.text.plain_text import read_text


def identified(name: str, said: str, head: str = "") -> ReportIdentity:
    text = (
        f"2020年政府信息公开工作年度报告\n{head}\n现公布{name}2020年度政府信息公开工作年度报告。{said}\n"
        "一、总体情况\n全年主动公开政府信息117条。\n收到政府信息公开申请3件，均已办结。\n"
        "二、存在的问题\n公开的内容还不够充实，今后将加以改进。\n"
    )
    document = read_text(text.encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return identify(part, document)


@pytest.mark.parametrize(
    ("name", "said", "whole"),
    [
        ("成山镇", "利用“荣成成山”微信公众号发布信息。", "荣成市成山镇人民政府"),
        ("城关镇", "通过“舒城城关”微信公众号发布信息。", "舒城县城关镇人民政府"),
        ("市交通运输局", "“白银交通”微信公众号发布1136条。", "白银市交通运输局"),
        ("市文旅局", "“文旅丹东”微信公众号发布1136条。", "丹东市文化和旅游局"),
        ("市农业局", "利用中山市农业信息网公布信息。", "中山市农业局"),
        ("县国土资源局", "利用霍山县国土资源网发布信息。", "霍山县国土资源局"),
        ("市安监局", "依托鞍山市安全生产监督管理局网站发布信息。", "鞍山市安全生产监督管理局"),
        (
            "自治区人民政府办公厅",
            "全年通过新疆政府网微信公众号推送信息。",
            "新疆维吾尔自治区人民政府办公厅",
        ),
        (
            "区民政局",
            "“通州社会建设和民政”微信公众号推送，并与《北京日报》联系。",
            "北京市通州区民政局",
        ),
        ("冲口街道", "全年通过荔湾政府网发布信息。", "广州市荔湾区冲口街道办事处"),
        ("阿尔乡镇政府", "我镇通过彰武县电视台发布信息。", "彰武县阿尔乡镇人民政府"),
        ("区统计局", "坚持编发《渭滨统计》。", "宝鸡市渭滨区统计局"),
        ("新县镇", "落实《莆田市2012年度政府信息公开工作要点》。", "莆田市涵江区新县镇人民政府"),
        ("太平镇", "落实《宿州市埇桥区2019年政务公开工作要点》。", "宿州市埇桥区太平镇人民政府"),
        ("区教育局", "落实《成都市青羊区2020年政务公开工作要点》。", "成都市青羊区教育局"),
        ("经济开发区管委会", "报告可在定州市人民政府网站下载。", "定州市经济开发区管理委员会"),
    ],
)
def test_it_is_placed_and_says_by_what(name: str, said: str, whole: str) -> None:
    found = identified(name, said)
    assert found.agency is not None
    assert found.agency.name_zh == whole
    assert found.notices


@pytest.mark.parametrize(
    ("name", "number", "whole"),
    [
        ("北街街道", "620702081/2026-00007", "张掖市甘州区北街街道办事处"),
        ("城关镇", "11341522003215634Y/202101-00012", "霍邱县城关镇人民政府"),
        ("县教体局", "113708290043422934/2021-00005", "嘉祥县教育体育局"),
    ],
)
def test_the_number_of_the_paper_begins_with_its_region(name: str, number: str, whole: str) -> None:
    found = identified(name, "", f"索引号：{number}")
    assert found.agency is not None
    assert found.agency.name_zh == whole


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("市教育局", "与“上海教育”微信公众号交流。"),
        ("市水利局", "转载“宁波水利”微信公众号信息20条。"),
        ("市教育局", "《上海教育》刊登我市消息。"),
        ("市统计局", "《北京统计年鉴》可供查阅。"),
        ("区统计局", "参考《河南统计》《中国统计年鉴》。"),
        ("县水利局", "通过南阳水利网发布信息。"),
        ("市水利局", "通过河南省水利信息网发布信息。"),
        ("市水利局", "通过金华水利网报送信息。"),
        ("区民政局", "在“南阳民政”微信公众号投稿20条。"),
        ("区民政局", "“通州民政”微信公众号发布20条。"),
        ("市水利局", "落实《金华市2020年政务公开工作要点》。"),
        ("县水利局", "落实《南阳市2020年政务公开工作要点》。"),
        ("经济开发区管委会", "报告可在南阳市人民政府网站下载。"),
        ("高新区管委会", "报告可在河南省人民政府网站下载。"),
        ("县教体局", "索引号：370829004/2021-00005。"),
    ],
)
def test_what_others_are_called_by_places_nobody(name: str, said: str) -> None:
    found = identified(name, said)
    assert found.agency is not None
    assert not found.agency.is_placed
