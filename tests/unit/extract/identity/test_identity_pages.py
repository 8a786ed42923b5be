"""What a web page is called against what the report on it says."""

from datetime import date

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document, Reading
from pipeline.model.report import DocType
from pipeline.readers.reading import read

BODY = (
    "根据《中华人民共和国政府信息公开条例》要求，编制本报告。",
    "一、主动公开情况。2018年主动公开政府信息56条。",
    "二、依申请公开情况。全年未收到公开申请。",
    "三、收费情况。未收取费用。",
    "四、行政复议、行政诉讼情况。未发生。",
    "五、存在的问题。公开不够及时。",
)


def identified(title: str, heading: str, *, signed: str = "") -> ReportIdentity:
    lines = "".join(f"<p>{line}</p>" for line in (*BODY, signed) if line)
    page = (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><h1>{heading}</h1>{lines}</body></html>"
    )
    (found,) = (one for one in read("page.html", page.encode()) if isinstance(one, Reading))
    assert isinstance(found.content, Document)
    (part,) = split(found.content)
    return identify(part, found.content)


def name_of(found: ReportIdentity) -> str:
    return found.agency.name_zh if found.agency else ""


def test_the_heading_is_believed_against_the_page() -> None:
    found = identified(
        "嘉祥县教育局2017年政府信息公开工作年度报告", "嘉祥县财政局2018年政府信息公开工作年度报告"
    )
    assert name_of(found) == "嘉祥县财政局"
    assert found.year == 2018
    assert found.title == "嘉祥县财政局2018年政府信息公开工作年度报告"
    assert any("嘉祥县教育局" in notice for notice in found.notices)
    assert [conflict.printed for conflict in found.conflicts] == [2017]


def test_the_signature_is_believed_against_the_page() -> None:
    found = identified(
        "嘉祥县教育局2018年政府信息公开工作年度报告",
        "2018年政府信息公开年度报告",
        signed="嘉祥县财政局 2019年2月1日",
    )
    assert name_of(found) == "嘉祥县财政局"
    assert any("嘉祥县教育局" in notice for notice in found.notices)


def test_the_page_tells_what_nothing_else_says() -> None:
    found = identified("嘉祥县教育局2018年政府信息公开工作年度报告", "2018年政府信息公开年度报告")
    assert name_of(found) == "嘉祥县教育局"
    assert found.year == 2018


def test_a_page_called_as_its_report_is_in_full_tells_who_reports() -> None:
    found = identified(
        "嘉祥县教育局2018年政府信息公开工作年度报告 - 嘉祥县人民政府",
        "2018年政府信息公开工作年度报告",
        signed="嘉祥县教育局办公室 2019年2月1日",
    )
    assert name_of(found) == "嘉祥县教育局"


def test_a_portal_s_name_names_no_reporter() -> None:
    found = identified("嘉祥县人民政府门户网站", "嘉祥县财政局2018年政府信息公开工作年度报告")
    assert name_of(found) == "嘉祥县财政局"
    assert not found.notices


def test_the_kind_of_paper_is_the_heading_s() -> None:
    found = identified(
        "嘉祥县财政局2018年政务公开工作要点", "嘉祥县财政局2018年政府信息公开工作年度报告"
    )
    assert found.doc_type is DocType.ANNUAL_REPORT


def test_an_unknown_county_s_bureau_is_seen() -> None:
    found = identified("", "嘉样县教育局2018年政府信息公开工作年度报告")
    assert found.agency is not None
    assert found.agency.agency_id.startswith("unresolved.")
    assert any("嘉样县教育局" in notice for notice in found.notices)


def plain(text: str) -> ReportIdentity:
    (found,) = (one for one in read("page.txt", text.encode()) if isinstance(one, Reading))
    assert isinstance(found.content, Document)
    (part,) = split(found.content)
    return identify(part, found.content)


def test_columns_of_the_site_are_no_titles_of_the_report() -> None:
    found = plain(
        "首页 政务公开 政府信息公开 政府信息公开年报 宜昌市人民政府2021年政府信息公开工作年度报告 "
        "发布时间：2022-01-29 " + "".join(BODY)
    )
    assert name_of(found) == "宜昌市人民政府"
    assert found.title == "宜昌市人民政府2021年政府信息公开工作年度报告"


def test_a_title_printed_bold_is_not_masked() -> None:
    found = plain(
        "# 鄄城县民政局2017年政府信息公开年度报告\n\n"
        f"{''.join(BODY)}\n\n**附：政府信息公开统计表**\n"
    )
    assert name_of(found) == "鄄城县民政局"


def test_an_untitled_page_is_of_whom_it_is_published_for() -> None:
    found = plain(
        "根据《中华人民共和国政府信息公开条例》规定,现公布武侯区统计局2023年政府信息公开工作年度报告。\n"
        + "\n".join(BODY[1:])
    )
    assert name_of(found).endswith("武侯区统计局")


def test_the_day_of_publication_is_not_that_of_writing_or_repeal() -> None:
    lines = (
        "发布机构:嘉祥县审计局 | 关 键 词:政务 | |",
        "文 号 | 成文日期:2016-03-31 | 发布日期 | 2016-04-08 |",
        "体 裁 | 生效日期:2016-05-01 | 废止日期 |",
        "嘉祥县审计局2015年政府信息公开工作年度报告",
        *BODY,
    )
    (found,) = read("page.txt", "\n".join(lines).encode())
    assert isinstance(found, Reading)
    assert isinstance(found.content, Document)
    (part,) = split(found.content)
    assert identify(part, found.content).published_on == date(2016, 4, 8)


def test_the_office_that_writes_for_a_government_is_no_other_reporter() -> None:
    found = identified(
        "",
        "嘉祥县人民政府2018年政府信息公开工作年度报告",
        signed="嘉祥县人民政府办公室 2019年3月1日",
    )
    assert name_of(found) == "嘉祥县人民政府"
    assert found.notices == ()


def test_a_report_may_be_signed_on_the_last_day_of_its_year() -> None:
    heading = "嘉祥县财政局2018年政府信息公开工作年度报告"
    last = identified("", heading, signed="嘉祥县财政局 2018年12月31日")
    assert last.conflicts == ()
    early = identified("", heading, signed="嘉祥县财政局 2018年11月30日")
    assert [conflict.rule_id for conflict in early.conflicts] == ["I-D1"]


@pytest.mark.parametrize(
    ("published", "signed", "printed", "is_doubted"),
    [
        ("2021-01-27", "2021年1月26日", "2020年1月26日印发", False),
        ("2021-01-27", "2020年1月26日", "2021年1月26日印发", False),
        ("2021-01-27", "2020年1月26日", "2020年1月26日印发", True),
        ("2021-01-27", "2020年1月26日", "", True),
        ("2020-01-27", "2021年1月26日", "2020年1月26日印发", True),
        ("", "2021年1月26日", "2020年1月26日印发", True),
    ],
)
def test_a_slip_beside_a_signature_and_the_day_of_publication_is_no_doubt(
    published: str, signed: str, printed: str, is_doubted: bool
) -> None:
    name = "平潭综合实验区经济发展局"
    lines = (
        f"<p>发布日期：{published}</p>",
        *(f"<p>{line}</p>" for line in BODY),
        f"<p>{name} {signed}</p>",
        f"<p>{name}办公室 {printed}</p>",
    )
    page = f"<h1>{name}2020年政府信息公开工作年度报告</h1>{''.join(lines)}"
    (found,) = (one for one in read("page.html", page.encode()) if isinstance(one, Reading))
    assert isinstance(found.content, Document)
    (part,) = split(found.content)
    said = identify(part, found.content)
    assert ("I-D1" in {one.rule_id for one in said.conflicts}) is is_doubted
    assert any("signed on 2020-01-26" in one for one in said.notices) is not is_doubted


def test_a_head_behind_its_number_is_no_title() -> None:
    found = identified("", "一、 政府信息主动公开和依申请公开情况")
    assert found.title is None


def test_the_first_day_of_a_period_signs_nothing() -> None:
    heading = "嘉祥县财政局2018年政府信息公开工作年度报告"
    found = identified("", heading, signed="本报告涵盖嘉祥县财政局2018年1月1日至12月31日的情况。")
    assert found.conflicts == ()
