"""Kinds of names and titles that were misread, each by places that no table of names holds."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document
from pipeline.model.report import DocType
from pipeline.readers.text.plain_text import read_text

TITLE = "2021年政府信息公开工作年度报告"
BODY = """本报告所列数据的统计期限为2021年1月1日至2021年12月31日。
一、总体情况
全年主动公开政府信息117条。全年收到政府信息公开申请3件，均已按期办结。
二、存在的问题
公开的内容还不够充实，今后将加以改进。
2022年1月18日
"""
LEAD = "根据《条例》要求，编制本报告。"


def report(title: str, lead: str = LEAD, extra: str = "") -> ReportIdentity:
    document = read_text(f"{title}\n\n{lead}{extra}{BODY}".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return identify(part, document)


def placed(name: str) -> tuple[str | None, str]:
    agency = report(name + TITLE).agency
    assert agency is not None
    return agency.region_code, agency.name_zh


@pytest.mark.parametrize(
    ("name", "region", "shown"),
    [
        ("国网滁州市南谯区供电公司", "341103", "国网滁州市南谯区供电公司"),
        ("嘉兴图书馆", "330400", "嘉兴图书馆"),
        ("宿州学院", "341300", "宿州学院"),
        (
            "中国（江苏）自由贸易试验区苏州片区管委会",
            "320500",
            "中国(江苏)自由贸易试验区苏州片区管理委员会",
        ),
        (
            "中国（河南）自由贸易试验区开封片区管委会",
            "410200",
            "中国(河南)自由贸易试验区开封片区管理委员会",
        ),
        ("洛阳市公安局交警支队涧西大队", "410305", "洛阳市公安局交警支队涧西大队"),
        ("洛阳市公安局交警支队第二大队", "410300", "洛阳市公安局交警支队第二大队"),
        ("江夏经开区（大桥）管委会", "420115", "江夏经开区管理委员会"),
        ("如东经济开发区科技园管委会", "320623", "如东经济开发区科技园管理委员会"),
        ("重庆涪陵工业园区管理委员会", "500102", "重庆涪陵工业园区管理委员会"),
        ("兵团八师", "659001", "新疆生产建设兵团第八师"),
        ("三师图木舒克市财政局", "659003", "第三师图木舒克市财政局"),
        ("大柴旦行政委员会", "632857", "大柴旦行政委员会"),
        ("〔2021〕年度嘉祥县财政局", "370829", "嘉祥县财政局"),
        ("（2021）年嘉祥县财政局", "370829", "嘉祥县财政局"),
    ],
)
def test_a_body_is_placed_and_shown_as_printed(name: str, region: str, shown: str) -> None:
    assert placed(name) == (region, shown)


@pytest.mark.parametrize(
    "name",
    ["朝阳图书馆", "吉林图书馆", "中山图书馆", "鼓楼图书馆", "朝阳医院", "自治区水利厅"],
)
def test_a_stem_of_several_places_or_of_a_person_places_nobody(name: str) -> None:
    agency = report(name + TITLE).agency
    assert agency is not None
    assert not agency.is_placed


@pytest.mark.parametrize("name", ["城管执法局", "政数局", "农机局"])
def test_a_short_form_of_several_names_is_not_written_out(name: str) -> None:
    assert placed(f"嘉祥县{name}")[1] == f"嘉祥县{name}"


def test_a_part_of_the_year_is_no_year_and_all_twelve_months_are() -> None:
    for months in ("1-12月", "1月至12月", "一至十二月", "1—12月份"):
        found = report(f"嘉祥县财政局2021年{months}政府信息公开年度报告")
        assert found.doc_type is DocType.ANNUAL_REPORT, months
    for months in ("1-6月", "11-12月", "12月", "1月"):
        found = report(f"嘉祥县财政局2021年{months}政府信息公开报告")
        assert found.doc_type is DocType.OTHER, months


@pytest.mark.parametrize("torn", ["\n", ""])
def test_a_notice_above_the_report_it_publishes_is_not_whose_report_it_is(torn: str) -> None:
    found = report(
        f"嘉祥县人民政府办公室关于印发{torn}嘉祥县{TITLE}的通知\n各镇人民政府：\n嘉祥县{TITLE}"
    )
    assert found.doc_type is DocType.ANNUAL_REPORT
    assert found.agency is not None
    assert found.agency.name_zh == "嘉祥县人民政府"


def test_who_a_report_is_compiled_of_is_no_longer_lost() -> None:
    found = report(TITLE, f"根据要求，编制郯城县泉源镇{TITLE}。")
    assert found.agency is not None
    assert found.agency.name_zh == "郯城县泉源镇人民政府"


@pytest.mark.parametrize("desk", ["办公室", "综合办公室", "党政办公室", "管委会办公室"])
def test_the_desk_of_a_zone_answers_for_its_committee(desk: str) -> None:
    found = report(TITLE, extra=f"如有疑问，请与昌乐经济开发区{desk}联系。")
    assert found.agency is not None
    assert found.agency.name_zh == "昌乐经济开发区管理委员会"


def test_an_autonomous_region_may_be_named_by_its_site() -> None:
    found = report(f"自治区财政厅{TITLE}", extra="电子版可在宁夏回族自治区财政厅网站下载。")
    assert found.agency is not None
    assert found.agency.name_zh == "宁夏回族自治区财政厅"


def test_the_central_bank_and_foreign_exchange_of_a_province_report_together() -> None:
    found = report(f"中国人民银行贵阳中心支行　国家外汇管理局贵州省分局{TITLE}")
    assert found.agency is not None
    assert not found.agency.is_placed
    assert found.agency.name_zh == "中国人民银行贵阳中心支行、国家外汇管理局贵州省分局"
