"""Who, which year, what kind: what the text says, and what must not be taken from around it."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import Part, split
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.model.report import DocType
from pipeline.readers.text.plain_text import blocks_of, read_text

RAW = Path(__file__).parents[4] / "data" / "raw"


def document(text: str, **fields: str) -> Document:
    return Document(text=text, blocks=blocks_of(text), media_type="text/plain", metadata=fields)


def of(text: str, **fields: str) -> ReportIdentity:
    whole = document(text, **fields)
    return identify(Part(1, whole.blocks, 0, len(text)), whole)


def agency_id(found: ReportIdentity) -> str:
    assert found.agency is not None
    return found.agency.agency_id


@pytest.mark.parametrize(
    ("folder", "agency", "name", "year"),
    [
        ("000_jiaxiang_quality_2018", "370829", "嘉祥县质量技术监督局", 2018),
        ("001_kaifeng_quality_2018", "410200", "开封市质量技术监督局", 2018),
        ("002_gaoqing_quality_2018", "370322", "高青县质量技术监督局", 2018),
        ("004_shandong_quality_2017", "370000", "山东省质量技术监督局", 2017),
    ],
)
def test_the_samples_report_under_their_own_names(
    folder: str, agency: str, name: str, year: int
) -> None:
    (file,) = (RAW / folder).glob("*.txt")
    whole = read_text(file.read_bytes())
    assert isinstance(whole, Document)
    (part,) = split(whole)
    found = identify(part, whole)
    assert agency_id(found) == f"{agency}.quality_supervision"
    assert found.agency is not None
    assert (found.agency.name_zh, found.agency_stated, found.year) == (name, name, year)
    assert found.doc_type is DocType.ANNUAL_REPORT
    assert found.scope is Scope.AGENCY


def test_six_masked_summaries_have_no_agency() -> None:
    (file,) = (RAW / "003_work_summaries_2018").glob("*.txt")
    whole = read_text(file.read_bytes())
    assert isinstance(whole, Document)
    for part in split(whole):
        found = identify(part, whole)
        assert found.agency is None
        assert (found.year, found.doc_type) == (2018, DocType.WORK_SUMMARY)


def test_a_short_title_is_made_whole_by_the_signature() -> None:
    found = of(
        "公安局2009年度政府信息公开工作年度报告\n根据《条例》编制本年度报告。\n"
        "曾编制《平潭县经贸局政府信息公开指南》。\n平潭县公安局\n二○一○年四月十日"
    )
    assert agency_id(found) == "350128.public_security"


def test_an_abbreviation_is_stated_in_full_where_the_text_has_it() -> None:
    found = of(
        "2018年，嘉祥县质监局认真公开信息。制定《嘉祥县质量技术监督局工作细则》。"
        "主动公开信息3条，依申请公开0件，未收取费用，无行政复议，存在的问题是宣传不够。"
    )
    assert found.agency_stated == "嘉祥县质量技术监督局"


def test_what_surrounds_the_text_proves_nothing() -> None:
    found = of(
        "2012年政府信息公开工作年度报告\n根据《条例》编制本年度报告，我局工作扎实。",
        发布机构="平潭县统计局",
        栏目="平潭县统计局年报",
        原文链接="https://www.pingtan.gov.cn/tjj/1.htm",
    )
    assert found.agency is None


def test_what_surrounds_the_text_may_choose_among_namesakes() -> None:
    text = "鼓楼区教育局2014年政府信息公开工作年度报告\n根据《条例》编制本年度报告。"
    assert agency_id(of(text)).startswith("unresolved.")
    assert agency_id(of(text, 发布机构="福州市鼓楼区教育局")) == "350102.education"


def test_a_report_of_a_region_is_its_governments() -> None:
    found = of("平潭县2011年政府信息公开工作年度报告\n根据《条例》编制本年度报告。")
    assert agency_id(found) == "350128.government"
    assert found.scope is Scope.REGION


def test_a_title_against_the_signature_is_noticed() -> None:
    found = of(
        "平潭县教育局2013年政府信息公开工作年度报告\n根据《条例》编制本年度报告。\n"
        "平潭县财政局\n2014年2月20日"
    )
    assert agency_id(found) == "350128.education"
    assert any("平潭县财政局" in notice for notice in found.notices)


@pytest.mark.parametrize(
    ("title", "table", "year", "others"),
    [("", 2012, 2013, {2012}), (2012, 2012, 2012, {2013}), (2012, 2013, 2013, {2012})],
    ids=["period against table", "title and table against period", "title against both"],
)
def test_a_stated_period_outweighs_one_table_and_no_title_with_a_table(
    title: int | str, table: int, year: int, others: set[int]
) -> None:
    found = of(
        f"平潭县教育局{title}{'年' if title else ''}政府信息公开工作年度报告\n"
        "根据《条例》编制。统计期限自2013年1月1日起至2013年12月31日止。\n"
        f"平潭县教育局{table}年政府信息公开情况统计表\n指标\t单位\t数\n收到申请数\t件\t1\n"
    )
    assert found.year == year
    assert {one.printed for one in found.conflicts if one.rule_id == "I-Y1"} == others


@pytest.mark.parametrize(("day", "year"), [("", 2018), ("2020-02-20", 2019), ("2021-02-20", 2018)])
def test_of_two_years_with_equal_evidence_the_day_of_publication_or_the_earlier_counts(
    day: str, year: int
) -> None:
    found = of(
        "平潭县教育局2019年政府信息公开工作年度报告\n根据《条例》编制。\n"
        "一、2018年政府信息公开总体情况\n平潭县教育局2018年政府信息公开情况统计表\n"
        "指标\t单位\t数\n收到申请数\t件\t1\n",
        发布时间=day,
    )
    assert found.year == year


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [
        ("2015年9月1日", "2016年8月31日", 2016),
        ("2015年8月1日", "2016年7月31日", 2016),
        ("2015年9月1日", "2016年6月30日", None),
        ("2015年7月1日", "2016年8月31日", None),
        ("2015年9月1日", "2017年8月31日", None),
    ],
)
def test_a_school_year_is_filed_under_the_year_it_ends_in(
    first: str, last: str, year: int | None
) -> None:
    found = of(
        f"平潭县教育局政府信息公开工作年度报告\n根据《条例》编制。统计期限自{first}起至{last}止。\n"
    )
    assert found.year == year


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"发布时间": "2014-02-20", "成文日期": "2014-01-10"}, date(2014, 2, 20)),
        ({"发布日期": "2014-02-20", "成文日期": "2014-01-10"}, date(2014, 2, 20)),
        ({"公开日期": "2014-02-20", "成文日期": "2014-01-10"}, date(2014, 2, 20)),
        ({"发文日期": "2014-02-20", "成文日期": "2014-01-10"}, date(2014, 2, 20)),
        ({"成文日期": "2014-01-10"}, date(2014, 1, 10)),
        ({"发布时间": "近日", "成文日期": "2014-01-10"}, date(2014, 1, 10)),
    ],
)
def test_the_day_on_the_page_counts_before_that_of_writing(
    fields: dict[str, str], day: date
) -> None:
    title = "平潭县教育局2013年政府信息公开工作年度报告\n根据《条例》编制。"
    assert of(title, **fields).published_on == day


@pytest.mark.parametrize(
    ("years", "year"),
    [("2015-2016学年", 2016), ("2015—2016学年度", 2016)],
)
def test_a_title_with_a_school_year_is_of_the_year_it_ends_in(years: str, year: int | None) -> None:
    assert of(f"厦门大学{years}信息公开工作年度报告\n根据《办法》编制。").year == year


def test_the_year_is_not_that_of_publication() -> None:
    found = of(
        "平潭县教育局政府信息公开工作年度报告\n根据《条例》编制。"
        "统计期限自2013年1月1日起至2013年12月31日止。",
        发布时间="2014-02-20 09:00",
    )
    assert found.year == 2013
    assert found.published_on == date(2014, 2, 20)
    assert (found.period_start, found.period_end) == (date(2013, 1, 1), date(2013, 12, 31))


def test_no_year_is_made_up() -> None:
    found = of("平潭县教育局政府信息公开工作年度报告\n根据《条例》编制。", 发布时间="2014-02-20")
    assert found.year is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("统计期限为2016月1日至2016年12月31日。", "the period is misprinted"),
        ("统计期限为2015年1月1日至2015年12月31日。", "the period says 2015"),
        ("统计期限为2015年7月1日至2016年6月30日。", "not one year"),
        ("\n平潭县教育局\n2016年1月11日", "signed on 2016-01-11"),
        ("\n附件\n平潭县教育局2015年政府信息公开情况统计表", "the table says 2015"),
    ],
)
def test_slips_in_dates_survive_with_a_conflict(body: str, message: str) -> None:
    found = of(f"平潭县教育局2016年政府信息公开工作年度报告\n根据《条例》编制。{body}")
    assert found.year == 2016
    assert any(message in conflict.message_en for conflict in found.conflicts)


def test_a_clean_report_gives_no_notice() -> None:
    found = of(
        "平潭县教育局2016年政府信息公开工作年度报告\n根据《条例》编制。"
        "统计期限为2016年1月1日至2016年12月31日。\n平潭县教育局\n2017年1月11日"
    )
    assert found.notices == found.conflicts == ()


def test_a_letter_with_the_report_in_it_is_a_report() -> None:
    letter = "平潭县教育局关于报送2016年政府信息公开工作年度报告的函\n县政府办：现将年度报告报送。"
    assert of(letter).doc_type is DocType.OTHER
    enclosed = (
        "\n本报告根据《条例》编制。主动公开政府信息3条。依申请公开0件。未收取费用。"
        "没有行政复议。存在的问题是宣传不够。"
    )
    assert of(letter + enclosed).doc_type is DocType.ANNUAL_REPORT


def test_page_fields_in_the_text_are_read() -> None:
    found = of(
        "标题: 平潭综合实验区审计局2019年政府信息公开工作年度报告\n发布时间: 2020-01-17 08:33\n"
        "发布机构: \n==================== 正文 ====================\n"
        "当前位置： 首页平潭县教育局年报 相关链接： 根据《条例》编制本年度报告。"
    )
    assert agency_id(found) == "350128.pingtan_zone_audit"
    assert (found.year, found.published_on) == (2019, date(2020, 1, 17))


def test_every_part_of_a_page_keeps_its_own_agency() -> None:
    one = "平潭县教育局2016年政府信息公开工作年度报告\n根据《条例》编制。\n"
    two = "平潭县财政局2015年政府信息公开工作年度报告\n根据《条例》编制。\n"
    whole = document(one + two)
    first = identify(Part(1, (), 0, len(one)), whole)
    second = identify(Part(2, (), len(one), len(one + two)), whole)
    assert (agency_id(first), first.year) == ("350128.education", 2016)
    assert (agency_id(second), second.year) == ("350128.finance", 2015)


@pytest.mark.parametrize(("published", "year"), [("2017-01-11", 2016), ("2016-01-11", 2015)])
def test_of_two_years_with_as_much_for_them_the_one_before_publication_is_meant(
    published: str, year: int
) -> None:
    found = of(
        "平潭县教育局2016年政府信息公开工作年度报告\n根据《条例》编制。\n"
        "一、2015年政府信息公开工作情况\n做好公开。\n"
        "平潭县教育局2015年政府信息公开情况统计表\n平潭县教育局\n",
        发布时间=published,
    )
    assert found.year == year
    assert found.conflicts


@pytest.mark.parametrize(
    ("region", "office", "scope"),
    [(3, 1, Scope.REGION), (1, 3, Scope.AGENCY), (2, 2, Scope.UNKNOWN)],
)
def test_an_unsigned_paper_speaks_for_whom_it_names_more_often(
    region: int, office: int, scope: Scope
) -> None:
    said = "我市公开政府信息。" * region + "我局公开政府信息。" * office
    found = of(f"2018年政府信息公开工作年度报告\n本报告依据条例编制。\n一、概述\n{said}\n")
    assert (found.agency, found.scope) == (None, scope)


@pytest.mark.parametrize("signed", ["嘉祥县经济开发区", "嘉祥县疃里镇", "嘉祥县曾子庙景区"])
def test_a_town_became_another_place_that_signed_because_neither_names_an_office(
    signed: str,
) -> None:
    found = of(
        f"城关镇2018年政府信息公开工作年度报告\n根据《条例》编制本年度报告。\n{signed}\n2019年1月10日"
    )
    assert found.agency is not None
    assert found.agency.name_zh == "嘉祥县城关镇人民政府"


def test_whoever_signed_a_paper_quoted_before_did_not_sign_the_report() -> None:
    found = of(
        "2018年政府信息公开工作年度报告\n一、概述\n工作按下列通知进行。\n嘉祥县财政局\n2018年5月3日\n"
        "二、主动公开情况\n全年公开信息5条。\n嘉祥县水务局\n2019年1月10日"
    )
    assert agency_id(found) == "370829.water"
