"""Sentences at the head of a report that name its writer, and those that name another."""

import pytest

from pipeline.extract.identity.identify import identify
from pipeline.extract.identity.name_patterns import (
    OpeningName,
    found_in,
    opening_names,
    patterns_of,
)
from pipeline.extract.identity.segmentation import Part
from pipeline.model.document import Document
from pipeline.readers.text.plain_text import blocks_of

_TITLE = "政府信息公开工作年度报告\n\n"
_PERIOD = "本报告所列数据的统计期限为2019年1月1日至2019年12月31日。"
_NAMES = {
    "松滋市水利局": "松滋市水利局",
    "松滋市南海镇人民政府": "松滋市南海镇人民政府",
    "松滋市": "松滋市人民政府",
    "国家税务总局松滋市税务局": "国家税务总局松滋市税务局",
}
"""Name as printed → the agency."""


def _agency(opening: str, head: str = "") -> str | None:
    text = f"{head}{_TITLE}{opening}{_PERIOD}\n全年主动公开政府信息120条。\n"
    document = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    agency = identify(Part(1, document.blocks, 0, len(text)), document).agency
    return agency.name_zh if agency and agency.is_placed else None


def test_every_way_to_be_named_in_an_opening_has_an_id_of_its_own() -> None:
    ids = [one.id for one in opening_names()]
    assert len(set(ids)) == len(ids) > 20


@pytest.mark.parametrize("one", opening_names(), ids=lambda one: one.id)
@pytest.mark.parametrize("printed", _NAMES)
def test_a_writer_is_named_by_each_example(one: OpeningName, printed: str) -> None:
    is_region = printed == "松滋市"
    is_meant = one.id != "asked" if is_region else one.last != "region" or "镇" in printed
    expected = _NAMES[printed] if is_meant else None
    assert _agency(one.example.replace("<name>", printed)) == expected


@pytest.mark.parametrize("one", opening_names(), ids=lambda one: one.id)
def test_each_example_is_found_by_its_own_pattern(one: OpeningName) -> None:
    ((_, pattern),) = patterns_of((one,))
    assert any(found_in(one.example.replace("<name>", "松滋市水利局"), one, pattern))


@pytest.mark.parametrize(
    "one", [one for one in opening_names() if all(one.words)], ids=lambda one: one.id
)
def test_one_of_its_words_stands_wherever_a_pattern_is_found(one: OpeningName) -> None:
    ((_, pattern),) = patterns_of((one,))
    said = [other.example.replace("<name>", name) for other in opening_names() for name in _NAMES]
    found = [text for text in said if pattern.search(f"\n{text}")]
    assert found
    assert all(any(word in text for word in one.words) for text in found)


@pytest.mark.parametrize(
    "said",
    [
        "参照《河南省2019年政府信息公开工作年度报告》，我局写成本报告。",
        "我局学习《浙江省2019年政府信息公开工作年度报告》。",
        "南阳市统一编制本年度目录，我单位落实。",
        "河南省组织编制《公开目录》，本机关贯彻。",
        "我局（南阳市水利局下属事业单位）有关情况如下。",
        "我单位（原南阳市水利局）有关情况如下。",
        "这是国务院发布的第三个条例，我局落实。",
        "2019年国务院在全国推行，本单位落实。",
        "2019年，南阳市通过政府网站公开信息，我局落实。",
        "南阳市水利局2019年政府信息公开工作年度报告已发布，我站年报如下，我站落实。",
        "本单位为南阳市财政全额拨款事业单位，我中心落实。",
        "我局系南阳市政府组成部门。",
        "2019年，南阳高新区加大督查，我局落实。",
    ],
)
def test_whoever_else_an_opening_speaks_of_is_not_the_writer(said: str) -> None:
    assert _agency(said) is None


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("由松滋市人民政府办公室编制。全市14个乡镇和各委、办、局均已公开。", "松滋市人民政府"),
        ("由松滋市人民政府办公室编制。我办指导全市14个乡镇。", "松滋市人民政府办公室"),
        (
            "2019年，区发改委认真落实。制定《杭州市上城区发展和改革局信息公开指南》。",
            "杭州市上城区发展和改革局",
        ),
        ("2019年，县住建局认真落实。公开《眉山市住房和城乡建设局权责清单》。", None),
        ("2019年，县水利局认真落实。参照《卢氏县水利局信息公开指南》。", None),
        (
            "工业园区管委会编制本报告。一年来，雅安工业园区管委会积极落实。",
            "雅安工业园区管理委员会",
        ),
        ("工业园区管委会编制本报告。雅安工业园区管委会到我园区考察。", None),
        (
            "莲花山度假区财政局编制本报告。报告在长春莲花山生态旅游度假区管理委员会网站公布。",
            "莲花山生态旅游度假区财政局",
        ),
        ("2019年，广州市越秀区大塘街认真落实条例。", "广州市越秀区大塘街道办事处"),
        ("2019年，武汉市认真落实条例。请与市政务服务和大数据管理局联系。", "武汉市人民政府"),
        ("2019年，湖北省加大力度。请与市政务服务和大数据管理局联系。", None),
        ("昌都市人民政府信息公开办公室汇总全市政府信息公开情况编制而成本报告。", "昌都市人民政府"),
        ("本报告涵盖2019年1月1日至12月31日期间全局政府信息公开情况。", None),
        (
            "大兴乡人民政府编制本报告。在耿马融媒体中心发布信息。",
            "耿马傣族佤族自治县大兴乡人民政府",
        ),
        ("大兴乡人民政府编制本报告。在河南融媒体中心发布信息。", None),
        (
            "严格按照要求在政府网站县林业和草原局专栏转载。进一步规范云县林业和草原局信息采编流程。",
            "云县林业和草原局",
        ),
    ],
)
def test_a_name_in_part_is_made_whole_by_what_is_its_own(opening: str, agency: str | None) -> None:
    assert _agency(opening) == agency


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        ("信息来源：\n松滋市水利局", "松滋市水利局"),
        ("发布机构：\n发布日期：", None),
        ("点击查看PDF版：松滋市水利局2019年度政务公开年度报告.pdf", "松滋市水利局"),
        ("松滋市水利局信息公开", "松滋市水利局"),
        ("中国松滋政府门户网站\n来源：本网", None),
    ],
)
def test_a_page_that_shows_a_report_may_tell_whose_it_is(head: str, agency: str | None) -> None:
    assert _agency("我局认真落实条例。", f"{head}\n") == agency


def test_todays_date_at_the_head_of_a_site_signs_nothing() -> None:
    head = "天津市宝坻区人民政府\n2019年12月3日星期二\n"
    said = "现公布天津市宝坻区文化和旅游局2019年政府信息公开工作年度报告。"
    assert _agency(said, head) == "天津市宝坻区文化和旅游局"
