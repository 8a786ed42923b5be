"""Whom an opening, a title and a page name, and how much of what is printed is the name."""

from collections.abc import Iterable

import pytest

from pipeline.extract.identity import mentions as said
from pipeline.extract.identity.mentions import NameMention, Where
from pipeline.extract.identity.titles import Title

BUREAU = "嘉祥县教育局"
TOWN = "嘉祥县卧龙山街道"


def names(mentions: Iterable[NameMention]) -> list[tuple[str, str]]:
    return [(one.where.name.lower(), one.name.name) for one in mentions]


def placed(mentions: Iterable[NameMention]) -> list[tuple[str, str | None]]:
    """The names with the agencies that they are."""
    return [(one.name.name, one.name.agency and one.name.agency.name_zh) for one in mentions]


def opened(text: str) -> list[tuple[str, str]]:
    return names(said.in_opening(text, 2019))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"本报告由{BUREAU}编制。", [("compiled", BUREAU)]),
        (f"本报告由{BUREAU}负责编写。", [("compiled", BUREAU), ("compiled", BUREAU)]),
        (f"本报告由{BUREAU}根据《条例》编制。", [("compiled", BUREAU), ("compiled", BUREAU)]),
        (f"{BUREAU}编制了本报告。", [("compiled", BUREAU)]),
        (f"我县的{BUREAU}编制。", [("compiled", BUREAU)]),
        ("自由嘉祥编制。", []),
        (f"由我局和{BUREAU}汇总。", [("compiled", BUREAU)]),
        ("由嘉祥县人力资源和社会保障局编制。", [("compiled", "嘉祥县人力资源和社会保障局")]),
        ("由嘉祥县各单位编制。", []),
        (f"由各单位与{BUREAU}编制。", [("compiled", BUREAU)]),
        (f"{BUREAU}。编制本报告。", []),
        (f"{BUREAU}认真落实，工作人员" + "文" * 60 + "编制", []),
        (f"由{BUREAU}认真编制", [("compiled", BUREAU)]),
        (f"由{BUREAU}科学编制", [("compiled", BUREAU)]),
        ("由卧龙山街道编制", [("compiled", "卧龙山街道")]),
        ("由白云街编制", [("compiled", "白云街道")]),
        ("由嘉祥县编制", []),
        ("由县局编制", []),
        (f"由{BUREAU}的编制", [("compiled", BUREAU)]),
        (f"由{TOWN}编制", [("compiled", TOWN)]),
        (f"由{TOWN}党政办编制", [("compiled", f"{TOWN}党政办")]),
        (f"由{TOWN}扎实编制", [("compiled", TOWN)]),
        (f"，{BUREAU}科学编制", []),
        (f"由{BUREAU}编制。{'文' * 200}", [("compiled", BUREAU)]),
        ("由嘉祥县各教育局编制", []),
        ("由科学的人力资源和社会保障局编制", [("compiled", "人力资源和社会保障局")]),
        ("由某某某某中心编制", [("compiled", "某某某某中心")]),
        ("由嘉祥县某某某中心编制", [("compiled", "嘉祥县某某某中心")]),
        ("由嘉祥县融媒体中心编制", [("compiled", "嘉祥县融媒体中心")]),
        ("由济宁高新技术产业开发区编制", []),
        ("由某某*局编制", [("compiled", "某某*局")]),
        ("由人行编制", []),
        ("由国税局编制", [("compiled", "国税局")]),
    ],
)
def test_who_compiles_a_report_stands_before_the_word(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert opened(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"本年报由{BUREAU}根据条例写成。", [("compiled", BUREAU)]),
        (f"本年报是由{BUREAU}根据条例写成。", [("compiled", BUREAU)]),
        (f"本年报是{BUREAU}发布的第三份。", [("compiled", BUREAU)]),
        (f"本年报系{BUREAU}自2019年以来所写。", [("compiled", BUREAU)]),
        (f"本年报系{BUREAU}写成。", []),
        ("本年报由嘉祥县在网上公布。", []),
        ("本年报由某某在网上公布。", []),
        (f"本年报由{BUREAU}招生办公室根据条例写成。", [("compiled", f"{BUREAU}招生办公室")]),
        (f"本年报由{TOWN}在网上公布。", [("compiled", TOWN)]),
    ],
)
def test_who_a_report_is_by_stands_behind_it(text: str, expected: list[tuple[str, ...]]) -> None:
    assert opened(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"现将{BUREAU}2019年政府信息公开情况公布如下", [("subject", BUREAU)]),
        (f"现公布{BUREAU}2019年年度报告", [("subject", BUREAU)]),
        (f"按照{BUREAU}2019年工作实际", [("subject", BUREAU)]),
        (f"按照{BUREAU}2019年工作部署", []),
        (f"按照{BUREAU}2019年度第三次会议的部署", []),
        (f"编制了2019年{BUREAU}信息公开年度报告。", [("subject", BUREAU), ("subject", BUREAU)]),
        (
            "编制2019年嘉祥县人民政府信息公开年度报告。",
            [("subject", "嘉祥县人民政府"), ("subject", "嘉祥县人民政府")],
        ),
        ("编制2019年嘉祥县政府信息公开年度报告", [("subject", "嘉祥县政府")]),
        (f"现将{BUREAU}政府信息公开工作情况报告如下", [("subject", BUREAU)]),
        (f"现将本年度{BUREAU}信息公开年度报告公布", [("subject", BUREAU)]),
        ("现将我局信息公开年度报告公布", []),
        ("现将卧龙山街道2019年情况公布", [("subject", "卧龙山街道")]),
        ("现将嘉祥县2019年情况公布", []),
        (f"{BUREAU}现向社会公布2019年年度报告", [("subject", BUREAU)]),
        (f"{BUREAU}特向社会公布2019年年度报告", [("subject", BUREAU)]),
        (f"{BUREAU}向社会公布了2019年年度报告", []),
        (f"{BUREAU}办公室向社会公布2019年年度报告", [("subject", f"{BUREAU}办公室")]),
        ("县教育局向社会公布2019年年度报告", []),
        (f"{BUREAU}招生办公室向社会公布2019年年度报告", [("subject", f"{BUREAU}招生办公室")]),
        ("现将某某某某中心2019年情况公布", [("subject", "某某某某中心")]),
        (f"《{BUREAU}招生办公室2019年政府信息公开年度报告》", [("subject", f"{BUREAU}招生办公室")]),
        (f"内容涵盖{BUREAU}2019年的工作", [("subject", BUREAU)]),
        (f"内容涵盖了{BUREAU}2019年的工作", [("subject", BUREAU)]),
        (f"为做好{BUREAU}政府信息公开工作，现将情况报告如下", [("subject", BUREAU)]),
        (f"为进一步规范{BUREAU}信息公开工作，我局报告如下", [("subject", BUREAU)]),
        (f"为进一步规范{BUREAU}信息公开工作，本市报告如下", []),
        (f"{'文' * 581}为做好{BUREAU}政府信息公开工作，现", [("subject", BUREAU)]),
        (f"{'文' * 582}为做好{BUREAU}政府信息公开工作，现", []),
        (f"《{BUREAU}2019年政府信息公开年度报告》", [("subject", BUREAU)]),
        (f"《2019年{BUREAU}信息公开年报》", [("subject", BUREAU)]),
        (f"《2019年{TOWN}信息公开年报》", [("subject", TOWN)]),
    ],
)
def test_whose_year_is_published_is_the_name_before_it(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert opened(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"2019年，{BUREAU}认真落实条例", [("subject", BUREAU)]),
        (f"2019年{BUREAU}认真落实条例", [("subject", BUREAU)]),
        (f"2018-2019学年，{BUREAU}认真落实条例", [("subject", BUREAU)]),
        (f"2019年以来，{BUREAU}教研室认真落实条例", [("subject", f"{BUREAU}教研室")]),
        ("2019年，卧龙山街道主动公开", [("subject", "卧龙山街道")]),
        ("2019年，我街道主动公开", []),
        ("2019年，卧龙山街道的工作", []),
        ("2019年，嘉祥县委高度重视", []),
        ("2019年，嘉祥县各局认真落实", []),
        (f"2019年，{BUREAU}招生办公室认真落实", [("subject", f"{BUREAU}招生办公室")]),
        (f"2019年，各镇和{BUREAU}认真落实", []),
        ("2019年，嘉祥县质量技术监督局聚焦中心工作", [("subject", "嘉祥县质量技术监督局")]),
        ("2019年，县局聚焦中心", []),
        ("2019年，某县局聚焦中心", [("subject", "某县局")]),
        (f"{'文' * 588}2019年，{BUREAU}", [("subject", BUREAU)]),
        (f"{'文' * 589}2019年，{BUREAU}", []),
        ("2019年，嘉祥县教育局政府信息公开", [("subject", BUREAU)]),
        ("2019年，某*局认真落实条例", [("subject", "某*局")]),
        ("2019年，嘉祥县某某局认真落实条例", [("subject", "嘉祥县某某局")]),
        ("2019年，嘉祥县教育局和嘉祥县财政局认真", [("subject", BUREAU)]),
        ("2019年，某某镇和嘉祥县财政局认真", [("subject", "某某镇")]),
    ],
)
def test_who_is_said_to_have_worked_in_a_year(text: str, expected: list[tuple[str, ...]]) -> None:
    assert opened(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"请与{BUREAU}联系。", [("contact", BUREAU)]),
        (f"请与{BUREAU}办公室联系。", [("contact", BUREAU)]),
        (f"请与{BUREAU}招生办公室联系。", [("contact", f"{BUREAU}招生办公室")]),
        (f"请直接联系：{BUREAU}，电话", [("contact", BUREAU)]),
        (f"请向{BUREAU}（地址：嘉祥县建设路1号）联系", [("contact", BUREAU)]),
        (f"请向{BUREAU}（地址：{'路' * 160}）联系", []),
        (f"{BUREAU}联系电话：123", [("contact", BUREAU)]),
        (f"请{BUREAU}联系电话：123", []),
        (f"请与{TOWN}党政办公室联系。", [("contact", TOWN)]),
        (f"请与{TOWN}联系。", [("contact", TOWN)]),
        (
            "请与济宁高新技术产业开发区办公室联系。",
            [("contact", "济宁高新技术产业开发区管理委员会")],
        ),
        (
            "请与济宁高新技术产业开发区党政办公室联系。",
            [("contact", "济宁高新技术产业开发区管理委员会")],
        ),
        ("请与卧龙山街道办事处党政办公室联系", [("contact", "卧龙山街道办事处党政办公室")]),
        ("请与县局联系", []),
        ("请与我联系", []),
    ],
)
def test_whom_to_ask_is_the_agency_its_unit_is_in(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert opened(text) == expected


@pytest.mark.parametrize(
    ("text", "beside", "near", "expected"),
    [
        ("嘉祥县教育局2019年政府信息公开年报", "", (), [(BUREAU, BUREAU)]),
        ("2019年政府信息公开年报", "", ("嘉祥县教育局",), [(BUREAU, BUREAU)]),
        (
            "嘉祥县教育局2019年政府信息公开年报",
            "",
            ("嘉祥县财政局",),
            [(BUREAU, BUREAU), ("嘉祥县财政局", "嘉祥县财政局")],
        ),
        # Two heads over one paper are both its writers.
        (
            "嘉祥县教育局2019年政府信息公开年报",
            "嘉祥县财政局",
            (),
            [(f"嘉祥县财政局、{BUREAU}", f"嘉祥县财政局、{BUREAU}")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("嘉祥县财政局", "嘉祥县教育局"),
            [(f"{BUREAU}、嘉祥县财政局", f"{BUREAU}、嘉祥县财政局")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("嘉祥县财政局", "嘉祥县教育局", "嘉祥县民政局"),
            [(f"{BUREAU}、嘉祥县财政局", f"{BUREAU}、嘉祥县财政局")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("嘉祥县财政局", "嘉祥县财政局"),
            [("嘉祥县财政局", "嘉祥县财政局"), ("嘉祥县财政局", "嘉祥县财政局")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("嘉祥县财政局", "泗水县教育局"),
            [("嘉祥县财政局", "嘉祥县财政局"), ("泗水县教育局", "泗水县教育局")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("嘉祥县财政局", "济宁市教育局"),
            [("嘉祥县财政局", "嘉祥县财政局"), ("济宁市教育局", "济宁市教育局")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("嘉祥县财政局", "嘉祥县人民政府"),
            [("嘉祥县财政局", "嘉祥县财政局"), ("嘉祥县人民政府", "嘉祥县人民政府")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("嘉祥县财政局", "教育局"),
            [("嘉祥县财政局", "嘉祥县财政局"), ("教育局", "教育局")],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("县财政局", "嘉祥县教育局"),
            [("县财政局", "县财政局"), (BUREAU, BUREAU)],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("某某财政局", "嘉祥县教育局"),
            [("某某财政局", None), (BUREAU, BUREAU)],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("中国人民银行济南分行", "国家外汇管理局山东省分局"),
            [
                (
                    "国家外汇管理局山东省分局、中国人民银行济南分行",
                    "国家外汇管理局山东省分局、中国人民银行济南分行",
                )
            ],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("国家外汇管理局山东省分局", "中国人民银行济南分行"),
            [
                (
                    "中国人民银行济南分行、国家外汇管理局山东省分局",
                    "中国人民银行济南分行、国家外汇管理局山东省分局",
                )
            ],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("中国人民银行济南分行", "国家外汇管理局河北省分局"),
            [
                ("中国人民银行济南分行", "中国人民银行济南分行"),
                ("国家外汇管理局河北省分局", "国家外汇管理局河北省分局"),
            ],
        ),
        (
            "2019年政府信息公开年报",
            "",
            ("中国人民银行济南分行", "山东省财政厅"),
            [("中国人民银行济南分行", "中国人民银行济南分行"), ("山东省财政厅", "山东省财政厅")],
        ),
        # A place behind a title says where the agency of the title is.
        ("教育局2019年政府信息公开年报（嘉祥县）", "", (), [("教育局", BUREAU), ("嘉祥县", None)]),
        (
            "教育局2019年政府信息公开年报（嘉祥县）",
            "",
            ("嘉祥县",),
            [("教育局", BUREAU), ("嘉祥县", None), ("嘉祥县", None)],
        ),
        ("2019年政府信息公开年报（嘉祥县教育局）", "", (), [(BUREAU, BUREAU)]),
    ],
)
def test_what_stands_in_a_title_is_a_name_or_two_of_one_place(
    text: str, beside: str, near: tuple[str, ...], expected: object
) -> None:
    assert placed(said.in_title(Title(text, near, beside), Where.TITLE, 2019)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"制定了《{BUREAU}工作制度》", [("quoted", BUREAU)]),
        (f"学习了《{BUREAU}工作制度》", []),
        (f"制定了《关于{BUREAU}工作制度》", []),
        ("制定" + "文" * 12 + f"《{BUREAU}工作制度》", [("quoted", BUREAU)]),
        ("制定" + "文" * 13 + f"《{BUREAU}工作制度》", []),
        (f"制定《{BUREAU}{'文' * 74}》", [("quoted", BUREAU)]),
        (f"制定《{BUREAU}{'文' * 75}》", []),
        ("制定《嘉祥县工作制度》", []),
    ],
)
def test_papers_a_report_says_it_issued_name_their_writer(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert names(said.own_papers(text, 2019)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"发布机构：{BUREAU}", [("page", BUREAU)]),
        (f"发布机构 | {BUREAU} | 发布日期", [("page", BUREAU)]),
        (f"公开主体:{BUREAU}", [("page", BUREAU)]),
        (f"本文来自{BUREAU}", []),
        ("发布机构：某某", []),
        (f"{'文' * 389}发布机构：{BUREAU}", [("page", BUREAU)]),
        (f"{'文' * 390}发布机构：{BUREAU}", []),
    ],
)
def test_the_publisher_of_a_page_is_called_so_at_its_head(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert names(said.publishers(text, 2019)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BUREAU}根据条例", [("subject", BUREAU)]),
        (f"，{BUREAU}全面落实", [("subject", BUREAU)]),
        (f"我们{BUREAU}全面落实", []),
        (f"{BUREAU}网站全面落实", []),
        ("嘉祥县网站主动公开", []),
        ("某某某某中心全面落实", []),
        ("济宁高新技术产业开发区全面落实", [("subject", "济宁高新技术产业开发区")]),
        ("嘉祥县某某中心全面落实", []),
        ("嘉祥县全面落实", [("subject", "嘉祥县")]),
        ("嘉祥县委全面落实", []),
        ("嘉祥县委办公室全面落实", []),
        ("卧龙山街道全面落实", [("subject", "卧龙山街道")]),
        ("卧龙山街全面落实", [("subject", "卧龙山街")]),
        ("某某全面落实", []),
        ("嘉祥县持续推进", [("subject", "嘉祥县"), ("subject", "嘉祥县")]),
        ("嘉祥县人民政府持续推进", [("subject", "嘉祥县人民政府"), ("subject", "嘉祥县人民政府")]),
        (f"{BUREAU}持续推进", [("subject", BUREAU)]),
        ("卧龙山镇持续推进", [("subject", "卧龙山镇"), ("subject", "卧龙山镇")]),
        ("持续推进", []),
        (f"结合{BUREAU}工作实际，编写", [("subject", BUREAU)]),
        (f"结合{BUREAU}工作实际编写", [("subject", BUREAU)]),
        ("综合嘉祥县各乡镇年度报告", [("subject", "嘉祥县")]),
        ("综合嘉祥县人民政府所属各部门的年度报告", [("subject", "嘉祥县")]),
        ("综合嘉祥县财政局各科的年度报告", []),
        ("根据《条例》和嘉祥县各镇的情况", [("subject", "嘉祥县")]),
        (f"现将{BUREAU}2019年情况公布", [("subject", BUREAU)]),
    ],
)
def test_who_does_something_is_a_last_resort(text: str, expected: list[tuple[str, ...]]) -> None:
    assert names(said.at_work(text, 2019)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布机构：某某\n" + "文" * 500, []),
        ("现将某某某2019年情况公布", ["某某某"]),
        ("本年报由某某某根据条例写成。", ["某某某"]),
        ("本报告由某某编制", ["某某"]),
        ("本制度由某某编制", []),
        ("《2019年某某某某信息公开年报》", ["某某某某"]),
        ("为做好某某某某信息公开工作，现报告", ["某某某某"]),
        ("文" * 1490 + "现将某某某2019年情况公布", ["某某某"]),
        ("文" * 1491 + "现将某某某2019年情况公布", []),
        ("文" * 400 + "某某某局2019年1月5日", []),
    ],
)
def test_words_where_the_writer_stands_are_told_whatever_they_are(
    text: str, expected: list[str]
) -> None:
    assert list(said.in_its_place(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现将嘉祥县2019年情况公布", [("subject", "嘉祥县")]),
        (f"现将{BUREAU}2019年情况公布", []),
        ("本报告由嘉祥县编制", [("subject", "嘉祥县")]),
    ],
)
def test_a_region_where_the_writer_stands_is_told(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert names(said.regions_in_its_place(text, 2019)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BUREAU}\n2020年1月\n" + "文" * 900, [("signature", BUREAU)]),
        (f"{BUREAU}\n\n2020年一月  \n" + "文" * 900, [("signature", BUREAU)]),
        (
            f"{BUREAU}\n2020年1月5日印发的文件\n" + "文" * 900,
            [("signature", BUREAU), ("signature", BUREAU)],
        ),
        (f"首页{BUREAU}。\n2020年1月\n" + "文" * 900, []),
        ("国务院\n2020年1月\n" + "文" * 900, [("signature", "国务院")]),
        (f"{'文' * 900}\n国务院", []),
        (f"{'文' * 900}\n{BUREAU}\n来源：{BUREAU}", [("signature", BUREAU)]),
        (f"{'文' * 900}{BUREAU}（盖章）2020年1月5日", []),
        (f"{'文' * 900}\n{BUREAU} 2020年1月5日至10日", []),
    ],
)
def test_the_name_on_a_covering_page_signs_the_report(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert names(said.signatures(text, 2019)) == expected
