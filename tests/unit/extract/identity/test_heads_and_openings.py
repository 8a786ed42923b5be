"""Heads set in blanks, two heads on a line, and who speaks where no title names anybody."""

import pytest

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import Part
from pipeline.model.document import Document
from pipeline.model.report import DocType
from pipeline.readers.text.plain_text import blocks_of

_BODY = (
    "本报告所列数据的统计期限为2021年1月1日至2021年12月31日。\n一、总体情况\n"
    "全年主动公开政府信息120条，其中政府网站公开60条。\n收到政府信息公开申请3件。\n"
    "第二十条第（五）项行政许可12件。\n二、存在的主要问题\n公开的内容还不够充实。\n"
)


def identified(head: str, opening: str = "", end: str = "2022年1月12日") -> ReportIdentity:
    text = f"{head}\n{opening}{_BODY}{end}\n"
    document = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    return identify(Part(1, document.blocks, 0, len(text)), document)


def named(found: ReportIdentity) -> str | None:
    return found.agency.name_zh if found.agency else None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("互 助 县 教 育 局 2021年政府信息公开工作年度报告", "互助土族自治县教育局"),
        ("互 助 县 教 育 局\n2021年政府信息公开工作年度报告", "互助土族自治县教育局"),
        (
            "乌拉特中旗巴音乌兰苏木 2021 年政府信息 公开工作年度报告",
            "乌拉特中旗巴音乌兰苏木人民政府",
        ),
        ("淮安市淮阴区 财政局2021年政府信息公开工作年度报告", "淮安市淮阴区财政局"),
    ],
)
def test_letters_set_apart_are_a_head(head: str, name: str) -> None:
    found = identified(head)
    assert (named(found), found.year) == (name, 2021)


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("由佛冈县公安局指挥中心办公室编制。2014年佛冈县公安局重视公开。", "佛冈县公安局"),
        (
            "由嘉祥县教育局招生办公室编制。我办重视公开。",
            "嘉祥县教育局招生办公室",
        ),
        (
            "公布梅州市公安局年度报告，内容涵盖梅州市公安局梅县区分局2021年1月1日以来的公开情况。",
            "梅州市公安局梅县区分局",
        ),
        ("本报告由银川市网络信息工程局根据《条例》编制而成。", "银川市网络信息工程局"),
        (
            "编写沙洋县2021年度政府信息公开工作年度报告。我县重视公开。"
            "请与沙洋县电子政务办公室联系。",
            "沙洋县人民政府",
        ),
        ("请与沙洋县政府信息中心联系。", "沙洋县人民政府"),
        (
            "由奉贤区政府办公室编制。\n2021年，奉贤区全面贯彻落实《条例》。",
            "上海市奉贤区人民政府",
        ),
        (
            "由奉贤区政府办公室编制。\n2021年，我办全面贯彻落实《条例》。",
            "上海市奉贤区人民政府办公室",
        ),
        (
            "2021年,本街道在政府官网上公开信息。请联系：杭州市滨江区人民政府长河街道办事处；",
            "杭州市滨江区长河街道办事处",
        ),
        ("阿拉山口市对2021年政府信息公开进行梳理，形成本报告。", "阿拉山口市人民政府"),
    ],
)
def test_whose_report_it_is_goes_before_who_wrote_it(opening: str, name: str) -> None:
    assert named(identified("", opening)) == name


def test_a_town_that_calls_itself_so_in_its_head_is_the_one_that_answers() -> None:
    found = identified(
        "镇人民政府2021年政府信息公开工作年度报告",
        "我镇重视公开。请与德清县新市镇党政综合办公室联系。",
    )
    assert named(found) == "德清县新市镇人民政府"


@pytest.mark.parametrize(
    "said",
    [
        "一是机构概况；二是发布分局2020年度政府信息公开工作年度报告。",
        "按规定及时发布2020年度政府信息公开年报。",
    ],
)
def test_a_paper_published_in_the_year_is_that_of_the_year_before(said: str) -> None:
    found = identified("", f"由国家税务总局上海市税务局第三税务分局编制。{said}")
    assert found.year == 2021
    assert found.conflicts == ()


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_two_heads_on_a_line_are_joint(blank: str) -> None:
    found = identified(f"松滋市财政局{blank}松滋市国有资产监督管理局2021年政府信息公开工作年度报告")
    assert found.agency is not None
    assert not found.agency.is_placed
    assert found.agency_stated == "松滋市财政局、松滋市国有资产监督管理局"


def test_a_site_named_on_the_line_above_is_no_second_head() -> None:
    found = identified("松滋市人民政府 松滋市财政局2021年政府信息公开工作年度报告")
    assert named(found) == "松滋市财政局"


def test_several_compilers_are_joint_and_not_the_last_of_them() -> None:
    found = identified("", "本年报由上海市财政局、上海市国家税务局、上海市地方税务局编制。")
    assert found.agency is not None
    assert not found.agency.is_placed


@pytest.mark.parametrize(
    "opening",
    [
        "如有疑问请与鄂温克族自治旗政务服务与数据管理局政务公开办公室联系。我旗坚持公开为常态。",
        "本报告由鄂温克族自治旗政务公开领导小组办公室编制。全旗政府系统工作有序。",
    ],
)
def test_the_office_of_open_government_writes_for_its_region(opening: str) -> None:
    assert named(identified("", opening)) == "鄂温克族自治旗人民政府"


def test_a_bureau_that_speaks_of_itself_reports_for_itself() -> None:
    opening = "如有疑问请与鄂温克族自治旗政务服务与数据管理局联系。我局坚持公开为常态。"
    assert named(identified("", opening)) == "鄂温克族自治旗政务服务与数据管理局"


def test_a_letter_spaced_title_leaves_the_name_to_the_signature() -> None:
    end = "门源回族自治县水利局\n2022年1月12日"
    found = identified("政 府 信 息 公 开 工 作 年 度 报 告\n（2021年）", end=end)
    assert named(found) == "门源回族自治县水利局"


def test_a_notice_that_brings_the_report_is_the_report() -> None:
    head = "霍州市人民政府办公室关于印发2021年政府信息公开工作年度报告的通知"
    found = identified(head, "现公布本机关2021年度政府信息公开工作年度报告。")
    assert found.doc_type is DocType.ANNUAL_REPORT
    assert named(found) == "霍州市人民政府办公室"


def test_a_notice_that_only_asks_for_reports_is_none() -> None:
    text = (
        "关于公布2021年政府信息公开工作年度报告的通知\n各单位：请按照《条例》要求编制年度报告，内容"
        "包括主动公开政府信息情况、依申请公开情况、复议情况和存在的主要问题，于1月31日前公布。\n"
    )
    document = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    found = identify(Part(1, document.blocks, 0, len(text)), document)
    assert found.doc_type is DocType.OTHER


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("本报告由徐水区人民政府综合全区各部门年度报告编制而成。", "保定市徐水区人民政府"),
        ("本报告由高邮市教育局会同有关单位编制。", "高邮市教育局"),
        ("现公布西宁经济技术开发区2021年度政府信息公开年度报告。", "西宁经济技术开发区管理委员会"),
        ("2021年，在县委领导下，嘉祥县教育局认真贯彻条例。", "嘉祥县教育局"),
        ("2021年，徐水区深入贯彻条例。", "保定市徐水区人民政府"),
    ],
)
def test_an_opening_names_who_works_where_no_title_does(opening: str, name: str) -> None:
    assert named(identified("2021年政府信息公开工作年度报告", opening)) == name


@pytest.mark.parametrize(
    "opening",
    [
        "2021年，我局在县委领导下开展工作，嘉祥县高度重视。",
        "2021年，嘉祥县委高度重视，本单位认真贯彻条例。",
        "本机关按照要求编制本报告，嘉祥县人民政府高度重视，我局积极落实。",
    ],
)
def test_who_is_above_a_writer_without_a_name_is_not_the_writer(opening: str) -> None:
    assert named(identified("2021年政府信息公开工作年度报告", opening)) is None


def test_a_source_on_a_line_is_no_part_of_the_name_behind_it() -> None:
    found = identified(
        "2008年张义镇人民政府信息公开工作年度报告", end="来源：凉州区张义镇人民政府\n2009年1月12日"
    )
    assert named(found) == "武威市凉州区张义镇人民政府"


def untitled(text: str) -> ReportIdentity:
    document = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    return identify(Part(1, document.blocks, 0, len(text)), document)


@pytest.mark.parametrize(("before", "year"), [(3_000, 2018), (4_100, None)])
def test_a_period_tells_the_year_of_a_paper_on_its_first_pages(
    before: int, year: int | None
) -> None:
    filling = ("本局认真贯彻落实条例，健全制度，完善目录。" * before)[:before]
    found = untitled(f"{filling}\n统计期限自2018年1月1日起至2018年12月31日止。\n")
    assert found.year == year


def test_a_day_in_the_opening_tells_no_year() -> None:
    found = untitled("嘉祥县财政局\n自2008年5月1日条例施行以来，我局2018年主动公开5条。\n")
    assert (found.year, found.conflicts) == (2018, ())


@pytest.mark.parametrize("word", ["生效", "废止", "失效"])
def test_the_day_on_which_a_paper_ceases_is_not_that_of_its_publication(word: str) -> None:
    body = "嘉祥县财政局2018年政府信息公开年度报告\n主动公开政府信息5条。\n"
    assert untitled(f"{word}日期：2020-12-31\n{body}").published_on is None
    day = untitled(f"{word}日期：2020-12-31\n发布日期：2019-01-15\n{body}").published_on
    assert day is not None and day.year == 2019


@pytest.mark.parametrize(("head", "is_found"), [(280, True), (560, True), (620, False)])
def test_the_day_of_publication_stands_in_the_head_of_a_page(head: int, *, is_found: bool) -> None:
    column = "".join(f"栏目{n:03}\n" for n in range(head // 6))
    page = f"{column}发布日期：2019-01-15\n嘉祥县财政局2018年政府信息公开年度报告\n公开5条。\n"
    assert (untitled(page).published_on is not None) == is_found
