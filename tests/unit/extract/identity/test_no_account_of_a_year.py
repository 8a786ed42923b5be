"""Papers that look like an annual report: half years, samples, lists, drafts; whose numbers."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import Part
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.model.report import DocType, OtherKind
from pipeline.parsing import parse_file
from pipeline.readers.text.plain_text import blocks_of

_TABLE = """
二、主动公开政府信息情况
第二十条第（一）项
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量\t33
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
"""


def of(title: str, said: str = "") -> ReportIdentity:
    account = "主动公开信息12条，收到依申请公开33件，未收取费用。"
    text = f"{title}\n\n{said}\n一、总体情况\n{account}{_TABLE}"
    whole = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    return identify(Part(1, whole.blocks, 0, len(text)), whole)


def rules(found: ReportIdentity) -> list[str]:
    return [one.rule_id for one in found.conflicts]


def spanning(first: str, last: str, year: int = 2022) -> str:
    return f"本报告所列数据的统计期限自{year}年{first}起至{year}年{last}止。"


@pytest.mark.parametrize(
    "title",
    [
        "长兴县教育局2022年上半年政府信息公开工作报告",
        "长兴县教育局2022年第四季度政府信息公开工作情况报告",
        "长兴县教育局2022年三季度政府信息公开年报",
        "长兴县教育局2022年1-6月政府信息公开工作报告",
        "长兴县教育局2022年1月至9月政府信息公开工作报告",
        "长兴县教育局2022年政府信息公开工作半年报",
        "长兴县教育局2022年9月份政府信息公开工作报告",
        "长兴县教育局2022年政府信息公开工作报告（上半年）",
    ],
)
def test_a_half_year_or_quarter_is_no_years_report(title: str) -> None:
    found = of(title, "根据《中华人民共和国政府信息公开条例》编制本报告。")
    assert (found.doc_type, found.other_kind) == (DocType.OTHER, OtherKind.PART_OF_YEAR)


@pytest.mark.parametrize(
    "days", [("1月1日", "6月30日"), ("7月1日", "12月31日"), ("1月1日", "10月31日")]
)
def test_a_period_within_the_year_makes_no_years_report(days: tuple[str, str]) -> None:
    found = of("长兴县教育局2022年政府信息公开工作报告", spanning(*days))
    assert found.other_kind is OtherKind.PART_OF_YEAR


@pytest.mark.parametrize(
    ("title", "days", "year", "is_doubted"),
    [
        ("年政府信息公开工作年度报告", ("1月1日", "10月31日"), 2022, True),
        ("年政府信息公开工作年度报告", ("1月1日", "12月30日"), 2022, False),
        ("年政府信息公开工作年度报告", ("3月1日", "12月31日"), 2019, True),
        ("年政府信息公开工作报告", ("1月1日", "12月10日"), 2022, True),
        ("年政府信息公开工作报告", ("5月1日", "12月31日"), 2008, False),
        ("年政府信息公开工作报告", ("1月1日", "12月31日"), 2022, False),
    ],
)
def test_an_odd_closing_day_of_an_annual_report_is_a_doubt_and_no_other_paper(
    title: str, days: tuple[str, str], year: int, is_doubted: bool
) -> None:
    found = of(f"长兴县教育局{year}{title}", spanning(*days, year))
    assert found.doc_type is DocType.ANNUAL_REPORT
    assert ("I-P1" in rules(found)) is is_doubted


@pytest.mark.parametrize(
    "title",
    [
        "长兴县教育局2022年1-12月政府信息公开工作报告",
        "长兴县教育局2022年政府信息公开工作年度报告（2023年1月）",
        "长兴县教育局2022年12月政府信息公开工作年度报告",
    ],
)
def test_a_month_beside_the_year_makes_no_part_of_it(title: str) -> None:
    found = of(title, "根据《中华人民共和国政府信息公开条例》编制本报告。")
    assert found.other_kind is None


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("安吉县水利局2022年政府信息公开工作年度报告（样表 供参考）", ""),
        ("政府信息公开工作年度报告格式模板", ""),
        ("安吉县水利局2022年政府信息公开工作年度报告", "填报示例，数据均为虚构。"),
    ],
)
def test_a_sample_to_fill_in_is_nobodys_report(title: str, said: str) -> None:
    found = of(title, said)
    assert (found.doc_type, found.other_kind) == (DocType.OTHER, OtherKind.SAMPLE)


def test_a_demonstration_zone_is_no_sample() -> None:
    found = of("平潭农业示范区管理委员会2022年政府信息公开工作年度报告")
    assert found.other_kind is None


def test_a_list_of_what_departments_did_is_no_report_of_their_county() -> None:
    title = "安吉县2022年各部门政府信息公开申请情况汇总表"
    text = f"{title}\n部门\t申请件数\n财政局\t12\n公安局\t31\n"
    whole = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    found = identify(Part(1, whole.blocks, 0, len(text)), whole)
    assert found.other_kind is OtherKind.LIST_OF_AGENCIES


def test_a_notice_that_corrects_a_report_is_no_report_and_is_kept() -> None:
    title = "关于更正宁波市统计局2022年政府信息公开工作年度报告的公告"
    text = f"{title}\n本年新收政府信息公开申请应为25件，特此更正。\n宁波市统计局\n2023年3月20日"
    (document,) = parse_file("a.txt", text.encode())
    (found,) = document.reports
    assert (found.doc_type, found.other_kind) == (DocType.OTHER, OtherKind.ERRATUM)
    assert (found.agency and found.agency.name_zh, found.year) == ("宁波市统计局", 2022)


_OF_ZHANGDIAN = "淄博市张店区人民政府2022年政府信息公开工作年度报告"


def notice(title: str, by: str, of: str = "") -> ReportIdentity:
    said = f"因工作人员统计疏漏，现将2023年1月30日发布的{of}有关数据更正如下：\n"
    row = "“一、本年新收政府信息公开申请数量”由246件更正为264件。"
    text = f"{title}\n{said}{row}\n特此公告。\n{by}\n2023年5月6日"
    whole = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    return identify(Part(1, whole.blocks, 0, len(text)), whole)


@pytest.mark.parametrize(
    "by", ["张店区人民政府办公室", "淄博市张店区人民政府办公室政务公开科", "张店区大数据中心"]
)
@pytest.mark.parametrize(
    ("title", "of"),
    [
        (f"关于更正《{_OF_ZHANGDIAN}》有关数据的公告", ""),
        (f"关于更正{_OF_ZHANGDIAN}有关数据的公告", ""),
        (f"关于对{_OF_ZHANGDIAN}进行更正的说明", ""),
        (f"张店区人民政府办公室关于更正《{_OF_ZHANGDIAN}》的公告", ""),
        (f"{_OF_ZHANGDIAN}更正公告", ""),
        (f"《{_OF_ZHANGDIAN}》勘误表", ""),
        ("关于更正2022年淄博市张店区政府信息公开工作年度报告的公告", ""),
        ("关于更正我区2022年政府信息公开工作年度报告的公告", ""),
        ("关于更正区政府2022年政府信息公开工作年度报告数据的说明", ""),
        ("更正公告", f"《{_OF_ZHANGDIAN}》"),
        ("更正公告", _OF_ZHANGDIAN),
    ],
)
def test_a_notice_is_on_the_report_that_it_names_and_not_on_its_signers(
    title: str, of: str, by: str
) -> None:
    found = notice(title, by, of)
    assert (found.doc_type, found.other_kind) == (DocType.OTHER, OtherKind.ERRATUM)
    assert (found.agency and found.agency.agency_id, found.year) == ("370303.government", 2022)


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        (
            "关于更正《张店区人民政府办公室2022年政府信息公开工作年度报告》的公告",
            "370303.government_office",
        ),
        ("关于更正2022年政府信息公开工作年度报告的公告", "370303.government_office"),
        (
            "关于《淄博市张店区教育和体育局2022年政府信息公开工作年度报告》的勘误说明",
            "370303.education_and_sports",
        ),
        ("关于更正区教体局2022年政府信息公开工作年度报告的公告", "370303.education_and_sports"),
    ],
)
def test_a_notice_on_an_offices_or_bureaus_own_report_is_none_on_the_governments(
    title: str, agency: str
) -> None:
    found = notice(title, "张店区人民政府办公室", "年度报告")
    assert (found.agency and found.agency.agency_id, found.other_kind) == (
        agency,
        OtherKind.ERRATUM,
    )


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        ("我区发布的2022年政府信息公开工作年度报告有误。", "370303.government"),
        ("我区发布的《2022年政府信息公开工作年度报告》有误。", "370303.government"),
        ("1月20日，我区在门户网站发布的2022年政府信息公开年报有误。", "370303.government"),
        ("现对我区2022年政府信息公开工作年度报告更正如下：", "370303.government"),
        ("我办发布的2022年政府信息公开工作年度报告有误。", "370303.government_office"),
        (
            "我区发布的《张店区水利局2022年政府信息公开工作年度报告》有误。",
            "370303.water",
        ),
    ],
)
def test_a_notice_on_our_regions_report_is_on_the_governments(said: str, agency: str) -> None:
    text = f"更正公告\n{said}\n特此公告。\n淄博市张店区人民政府办公室\n2023年5月6日"
    whole = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    found = identify(Part(1, whole.blocks, 0, len(text)), whole)
    assert found.other_kind is OtherKind.ERRATUM
    assert found.agency and found.agency.agency_id == agency


def test_what_was_bought_for_a_report_is_none() -> None:
    """The bid for its printing stood for the report of the year."""
    text = "嘉祥县财政局2022年政府信息公开年度报告印刷项目\n印数更正为120册。\n嘉祥县财政局"
    (document,) = parse_file("a.txt", text.encode())
    assert document.reports == ()


@pytest.mark.parametrize("mark", ["（更正）", "（更正版）", "（更正后）"])
def test_a_report_published_anew_is_a_report_and_no_notice(mark: str) -> None:
    found = of(f"{_OF_ZHANGDIAN}{mark}", "《国务院办公厅关于年度报告格式的通知》，特此更正。")
    assert (found.doc_type, found.other_kind) == (DocType.ANNUAL_REPORT, None)
    assert found.agency and found.agency.agency_id == "370303.government"


def test_a_whole_report_below_the_words_of_a_notice_is_a_report() -> None:
    account = "主动公开信息12条，收到依申请公开33件，未收取费用。"
    text = f"更正公告\n一、总体情况\n{account}{_TABLE}\n安吉县民政局\n2023年1月20日"
    whole = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    found = identify(Part(1, whole.blocks, 0, len(text)), whole)
    assert (found.doc_type, found.other_kind) == (DocType.ANNUAL_REPORT, None)


_CORRECTED_BELOW = "嘉祥县教育局2022年政府信息公开工作年度报告更正如下："
_CHAPTERS = "一、总体情况\n收到申请12件。\n{}二、存在的问题\n公开意识不强。"


@pytest.mark.parametrize(
    "below",
    [
        _CHAPTERS.format(""),
        "一、主动公开政府信息情况\n制发3件。\n二、收到和处理政府信息公开申请情况\n新收12件。",
        "第二十条第（一）项\n规章 0\n第二十条第（五）项\n行政许可 0\n本年新收政府信息公开申请 12",
    ],
)
def test_a_whole_report_below_a_title_that_ends_in_a_correction_is_a_report(below: str) -> None:
    """It was rejected: one line break between the title and 更正如下 decided."""
    (document,) = parse_file("a.txt", f"{_CORRECTED_BELOW}\n\n{below}".encode())
    (report,) = document.reports
    assert (report.doc_type, report.other_kind) == (DocType.ANNUAL_REPORT, None)
    assert (report.year, report.is_correction) == (2022, True)


@pytest.mark.parametrize(
    "below",
    [
        "申请12件。\n嘉祥县教育局",
        "申请10件改为12件。",
        "一、申请10件改为12件。\n二、规范性文件3件应为5件。",
        "“本年新收政府信息公开申请”由10件更正为12件。",
        _CHAPTERS.format("申请由10件更正为12件。\n"),
        _CHAPTERS.format("原公布申请10件，现公布12件。\n"),
    ],
)
def test_what_is_wrong_in_a_report_is_none_of_the_year(below: str) -> None:
    (document,) = parse_file("a.txt", f"{_CORRECTED_BELOW}\n\n{below}".encode())
    assert document.reports == ()


@pytest.mark.parametrize(
    "text",
    [
        "嘉祥县采购项目更正公告\n嘉祥县财政局2022年政府信息公开年度报告印刷项目（JX2022-01）"
        "采购文件更正如下：开标时间改为9月6日。\n特此公告。\n嘉祥县财政局\n2022年9月1日",
        "关于2022年部门预算公开的更正公告\n嘉祥县财政局部门预算公开表有误，"
        "参见2022年政府信息公开工作年度报告。\n嘉祥县财政局\n2022年9月1日",
    ],
)
def test_what_corrects_another_paper_is_no_notice_on_a_report(text: str) -> None:
    """A bid and a budget, each naming a report, put all numbers of that report in doubt."""
    whole = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    assert identify(Part(1, whole.blocks, 0, len(text)), whole).other_kind is None


def test_a_report_published_anew_with_a_word_on_why_keeps_its_numbers() -> None:
    text = (
        "更正说明\n因数据统计有误，现将《嘉祥县财政局2022年政府信息公开工作年度报告》重新发布。\n"
        "根据《中华人民共和国政府信息公开条例》编制本年度报告。\n"
        "2022年，我局主动公开政府信息120条，收到政府信息公开申请30件。\n嘉祥县财政局"
    )
    whole = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    found = identify(Part(1, whole.blocks, 0, len(text)), whole)
    assert (found.doc_type, found.other_kind) == (DocType.ANNUAL_REPORT, None)


@pytest.mark.parametrize("word", ["征求意见稿", "草案", "送审稿"])
def test_a_draft_is_in_doubt_as_a_whole(word: str) -> None:
    found = of(f"安吉县民政局2022年政府信息公开工作年度报告（{word}）")
    assert found.doc_type is DocType.ANNUAL_REPORT
    assert rules(found) == ["I-V1"]


_OF_A_SEAT = [
    "石门县人民政府（本级）{}",
    "石门县人民政府本级{}",
    "石门县本级{}",
    "石门县人民政府{}（本级）",
    "石门县人民政府{}（县政府本级）",
    "石门县人民政府{}（不含乡镇）",
    "石门县人民政府（机关）{}",
    "石门县人民政府（本级）\n{}",
    "石门县人民政府本级\n{}",
    "德州经济技术开发区管理委员会（本级）{}",
]
_OF_A_REGION = [
    "石门县人民政府{}（全县）",
    "石门县人民政府{}（含乡镇、部门）",
    "石门县人民政府{}（公开版）",
    "石门县2022年度本级政府信息公开工作年度报告",
]
_SAID_OF_A_SEAT = [
    "本报告数据统计范围为县政府及县政府办公室。",
    "本报告中数据均为县政府本级数据。",
    "本报告仅统计县政府办公室收到的申请。",
    "本年报数据只涵盖县政府和县政府办公室。",
    "备注：以上数据仅统计县政府及县政府办公室，不含县直部门和镇（街道）。",
    "数据统计口径：县政府本级。",
    "各部门、乡镇（街道）数据未纳入本报告。",
    "各乡镇、各部门数据由其单独公布，不计入本报告。",
    "本报告为县政府本级报告。",
    "本报告反映县政府（县政府办公室）政府信息公开工作情况。",
    "统计范围限于县政府及县政府办公室。",
    "统计范围为县政府本级（各乡镇、部门除外）。",
    "本报告统计数据为县政府及县政府办公室的数据，各乡镇数据另行公布。",
]
_SAID_OF_DEPARTMENTS = [
    "本报告数据包括市政府及其部门（不含县区）。",
    "本报告统计范围为市政府及市政府各部门。",
    "本报告数据为市级行政机关数据。",
    "统计范围为市政府本级（含市直部门）。",
]
_SAID_OF_A_REGION = [
    "本报告汇总全市数据。",
    "本报告数据包含市本级及各县（市、区）。",
    "本报告数据由市本级和各县区数据汇总而成。",
    "统计范围包括市政府本级、市政府各部门、各县（市、区）人民政府。",
    "本报告数据包括市政府（含市政府办公室）、市直各部门和各乡镇（街道）。",
    "数据统计范围：全市。",
]
_SAID_OF_NO_SCOPE = [
    "本报告数据不含12345热线咨询。",
    "本报告统计数据不包括涉密信息。",
    "本报告统计数据不含县政府转办的31件。",
    "上级部门转办件未纳入本报告统计。",
    "以上数据由县政府办公室统计。",
    "以上数据由各部门提供，县政府办公室汇总。",
    "本报告数据由县政府办公室负责解释。",
    "本报告仅在县人民政府网站公开。",
    "本报告是县政府办公室根据条例编制的年度报告。",
    "本报告由县政府办公室编制。",
]
_SAID_OF_A_SYSTEM = [
    "本报告包含局机关及所属学校、事业单位数据。",
    "本报告数据统计范围为局机关及所属单位。",
    "本报告统计范围为本局及二级单位。",
    "统计范围为局机关及各分局。",
]
_SAID_OF_A_BUREAU = [
    "统计范围为局机关。",
    "本报告数据为局机关数据，所属单位数据另行公布。",
    "本报告数据由局机关各科室提供。",
    "本报告所列数据仅限石门县水务局机关。",
    "本报告汇总本单位在县政府网站公开的数据。",
]


@pytest.mark.parametrize(
    ("title", "said", "scope"),
    [
        ("宁波市人民政府{}", "", Scope.REGION),
        ("宁波市人民政府{}（市本级）", "", Scope.AGENCY),
        ("宁波市人民政府{}", "本报告数据仅为市政府本级，不含各区（县、市）数据。", Scope.AGENCY),
        ("宁波市人民政府{}", "本报告统计数据不包括各县区。", Scope.AGENCY),
        ("台州市人民政府{}", "本报告数据包括市级部门和各县（市、区）。", Scope.REGION),
        ("台州市人民政府{}", "数据范围包括市政府各部门，不含县（市、区）。", Scope.SYSTEM),
        (
            "宁波市公安局{}",
            "本报告数据为全市公安系统数据，含各县（市）公安局及分局。",
            Scope.SYSTEM,
        ),
        ("宁波市公安局{}（全系统）", "", Scope.SYSTEM),
        ("宁波市公安局{}", "统计范围含各分局。", Scope.SYSTEM),
        ("宁波市公安局{}", "本报告数据不含各分局。", Scope.AGENCY),
        ("宁波市公安局{}", "注1：该数据为全系统汇总数。", Scope.AGENCY),
        (
            "宁波市公安局{}",
            "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
            Scope.AGENCY,
        ),
        ("宁波市公安局{}", "全系统共收到申请45件。", Scope.AGENCY),
        *((title, "", Scope.AGENCY) for title in _OF_A_SEAT),
        *((title, "", Scope.REGION) for title in _OF_A_REGION),
        *(("石门县人民政府{}", said, Scope.AGENCY) for said in _SAID_OF_A_SEAT),
        *(("德州市人民政府{}", said, Scope.SYSTEM) for said in _SAID_OF_DEPARTMENTS),
        *(("德州市人民政府{}", said, Scope.REGION) for said in _SAID_OF_A_REGION),
        *(("石门县人民政府{}", said, Scope.REGION) for said in _SAID_OF_NO_SCOPE),
        *(("石门县水务局{}", said, Scope.SYSTEM) for said in _SAID_OF_A_SYSTEM),
        *(("石门县水务局{}", said, Scope.AGENCY) for said in _SAID_OF_A_BUREAU),
    ],
)
def test_whose_numbers_a_report_gives_is_what_it_says(title: str, said: str, scope: Scope) -> None:
    assert of(title.format("2022年政府信息公开工作年度报告"), said).scope is scope
