"""Which lines at the head of a text are its title, and which names and years belong to it."""

import pytest

from pipeline.extract.identity import titles as heads
from pipeline.extract.identity.titles import Title
from pipeline.model.report import DocType, OtherKind

HEAD = "嘉祥县教育局2020年政府信息公开工作年度报告"
BARE = "2020年政府信息公开工作年度报告"
NO_YEAR = "政府信息公开工作年度报告"
SENTENCE = "甲，" + "乙" * 24


def found(text: str) -> list[tuple[str, ...]]:
    """The titles of a text, each with the names around it."""
    return [(one.text, *one.near) for one in heads.titles(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD, [(HEAD,)]),
        ("信息公开年报\n" + HEAD, [("信息公开年报",), (HEAD,)]),
        (
            "政府信息公开\n年度报告\n2020年嘉祥县教育局信息公开年度报告",
            [("政府信息公开 年度报告",), ("2020年嘉祥县教育局信息公开年度报告",)],
        ),
        # Torn at blanks, into three at the most, the subject in the first two.
        ("嘉祥县教育局2020年 政府信息公开工作年度报告", [(HEAD,)]),
        ("政府信息公开 工作年度报告", [("政府信息公开 工作年度报告",)]),
        ("2020年 政府信息公开 工作年度报告", [("2020年政府信息公开 工作年度报告",)]),
        (
            "2020年 嘉祥县教育局 政府信息公开 工作年度报告",
            [("2020年 政府信息公开 工作年度报告", "嘉祥县教育局")],
        ),
        (
            "2020年 嘉祥县 教育局 政府信息公开工作年度报告",
            [(NO_YEAR, "嘉祥县教育局", "教育局", "嘉祥县")],
        ),
        ("嘉祥县 教育局 政府信息公开工作年度报告", [(NO_YEAR, "嘉祥县教育局", "教育局", "嘉祥县")]),
        # Its rest on the line below belongs to it, a second rest does not.
        (HEAD + " 总结报告", [(f"{HEAD} 总结报告",)]),
        (HEAD + " 总结报告 年度报告", [(f"{HEAD} 总结报告",)]),
        (
            "关于嘉祥县教育局政府信息公开工作报告 有关事项的通知",
            [("关于嘉祥县教育局政府信息公开工作报告 有关事项的通知",)],
        ),
        (
            "嘉祥县教育局2020年政府信息公开工作 年度报告 统计表",
            [("嘉祥县教育局2020年政府信息公开工作 年度报告",)],
        ),
        # Words of the site or of a sentence do not go on with it.
        ("2020年度 根据条例政府信息公开报告", []),
        ("2020年度 首页政府信息公开报告", []),
        ("2020年度 政府信息公开，报告", []),
        ("2020年公开信息 某某 报告", [("2020年公开信息 某某 报告",)]),
        ("2020年公开信息 某某 某某 报告", []),
        # A column of the site stands above its reports.
        ("政府信息公开 " + HEAD, [("政府信息公开",), (HEAD,)]),
        ("政府信息公开年报 " + HEAD, [("政府信息公开年报",), (HEAD,)]),
        ("政府信息公开专栏 " + HEAD, [(HEAD,)]),
        ("政府信息公开专栏 年度报告", [("政府信息公开专栏 年度报告",)]),
        ("嘉祥县政府信息公开专栏 " + HEAD, [(f"嘉祥县政府信息公开专栏 {HEAD}",)]),
        # Seventy letters are the most.
        (
            "嘉祥县教育局" + "信" * 51 + "2020年政府信息公开报告",
            [("嘉祥县教育局" + "信" * 51 + "2020年政府信息公开报告",)],
        ),
        ("嘉祥县教育局" + "信" * 53 + "2020年政府信息公开报告", []),
        (
            "嘉祥县教育局2020年" + "信" * 40 + " " + "政府信息公开报告",
            [("嘉祥县教育局2020年" + "信" * 40 + " 政府信息公开报告",)],
        ),
        (
            "嘉祥县教育局2020年" + "信" * 51 + " " + "政府信息公开报告",
            [("嘉祥县教育局2020年" + "信" * 51 + " 政府信息公开报告",)],
        ),
        ("嘉祥县教育局2020年" + "信" * 52 + " " + "政府信息公开报告", [("政府信息公开报告",)]),
    ],
)
def test_a_title_ends_where_it_is_said_in_full(text: str, expected: list[tuple[str, ...]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"首页\n{SENTENCE}\n{HEAD}", False),
        (f"首页\n{SENTENCE[:-1]}\n{HEAD}", True),
        ("首页\n" + "甲" * 71 + f"\n{HEAD}", False),
        ("首页\n" + "甲" * 70 + f"\n{HEAD}", True),
        # A sentence in the first line is a description of the page, as one of the site is.
        (f"{SENTENCE}\n{HEAD}", True),
        (f"首页\n来源{SENTENCE}\n{HEAD}", True),
        # Behind the number of a section it is its text.
        (f"首页\n一、\n{SENTENCE}\n{HEAD}", True),
        # A line below a number is a section's title.
        (f"一、\n{HEAD}", False),
        (f"甲、\n{HEAD}", True),
        (f"一、概述\n{HEAD}", True),
        # A short clause does not end the head.
        (f"首页\n甲，{'乙' * 21}公开\n{HEAD}", True),
        (f"首页\n甲，{'乙' * 22}公开\n{HEAD}", False),
        (f"{HEAD}\n一、", True),
        # Fifteen hundred letters are the head.
        ("首页\n" * 492 + f"\n{HEAD}", True),
        ("首页\n" * 492 + f"\n\n{HEAD}", False),
    ],
)
def test_no_title_is_looked_for_below_the_first_sentence(text: str, expected: bool) -> None:
    assert bool(found(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"嘉祥县教育局\n{BARE}", [(BARE, "嘉祥县教育局")]),
        (f"{BARE}\n嘉祥县教育局", [(BARE, "嘉祥县教育局")]),
        (f"嘉祥县教育局\n{BARE}\n嘉祥县财政局", [(BARE, "嘉祥县教育局", "嘉祥县财政局")]),
        (f"嘉祥县教育局\n嘉祥县财政局\n{BARE}", [(BARE, "嘉祥县财政局", "嘉祥县教育局")]),
        (
            f"嘉祥县民政局\n嘉祥县教育局\n嘉祥县财政局\n{BARE}",
            [(BARE, "嘉祥县财政局", "嘉祥县教育局")],
        ),
        (f"嘉祥县教育局\n首页\n{BARE}", [(BARE,)]),
        (f"{BARE}\n首页\n嘉祥县教育局", [(BARE,)]),
        (f"{BARE}\n嘉祥县教育局\n嘉祥县财政局", [(BARE, "嘉祥县教育局")]),
        # Names have three letters to forty, and end as names do.
        (f"某局\n{BARE}", [(BARE,)]),
        (f"某某局\n{BARE}", [(BARE, "某某局")]),
        ("某" * 39 + f"局\n{BARE}", [(BARE, "某" * 39 + "局")]),
        ("某" * 40 + f"局\n{BARE}", [(BARE,)]),
        (f"嘉祥县教育\n{BARE}", [(BARE,)]),
        (f"（嘉祥县教育局）\n{BARE}", [(BARE, "（嘉祥县教育局）")]),
        (f"来源嘉祥县教育局\n{BARE}", [(BARE,)]),
        (f"我局，嘉祥县教育局\n{BARE}", [(BARE,)]),
        # A name torn in two is one.
        (f"临夏州\n政府办公室\n{BARE}", [(BARE, "临夏州政府办公室", "政府办公室", "临夏州")]),
        (f"临夏州人民\n临夏州政府办公室\n{BARE}", [(BARE, "临夏州政府办公室")]),
        (f"全部栏目\n政府办公室\n{BARE}", [(BARE, "政府办公室")]),
        (f"临夏州人民\n首页\n{BARE}", [(BARE,)]),
        (f"临夏州人民:\n政府办公室\n{BARE}", [(BARE, "政府办公室")]),
        (f"临夏州政府\n政府办公室\n{BARE}", [(BARE, "政府办公室", "临夏州政府")]),
    ],
)
def test_names_above_and_below_a_title_belong_to_it(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("嘉祥县\n教育局2020年政府信息公开工作年度报告", [(f"嘉祥县 教育局{BARE}",)]),
        (f"嘉祥县\n{HEAD}", [(HEAD, "嘉祥县")]),
        (f"汕尾市\n城区司法局\n{BARE}", [(BARE, "汕尾市城区司法局", "城区司法局", "汕尾市")]),
        (f"济宁市\n{BARE}", [(BARE, "济宁市")]),
        (f"本县\n教育局{BARE}", [(f"教育局{BARE}",)]),
        (f"芒市\n教育局{BARE}", [(f"芒市 教育局{BARE}",)]),
        (f"丙丁县\n教育局{BARE}", [(f"丙丁县 教育局{BARE}",)]),
        (f"丙丁县\n丙丁县教育局{BARE}", [(f"丙丁县教育局{BARE}", "丙丁县")]),
        (f"济宁市\n关于{BARE}", [(f"济宁市 关于{BARE}",)]),
        (f"济宁市\n对{BARE}", [(f"对{BARE}", "济宁市")]),
        (
            f"济宁市\n嘉祥县教育局\n{NO_YEAR}",
            [(NO_YEAR, "济宁市嘉祥县教育局", "嘉祥县教育局", "济宁市")],
        ),
        ("甲" * 14 + f"市\n教育局{BARE}", [("甲" * 14 + f"市 教育局{BARE}",)]),
        ("甲" * 15 + f"市\n教育局{BARE}", [(f"教育局{BARE}", "甲" * 15 + "市")]),
    ],
)
def test_a_place_above_a_name_stands_in_front_of_it(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{NO_YEAR}\n（2020年）\n嘉祥县教育局", [(f"{NO_YEAR} （2020年）", "嘉祥县教育局")]),
        (f"{NO_YEAR}\n2020\n嘉祥县教育局", [(f"{NO_YEAR} 2020", "嘉祥县教育局")]),
        (f"{NO_YEAR}\n嘉祥县教育局\n2020年", [(NO_YEAR, "嘉祥县教育局")]),
        (f"{BARE}\n（2019年）\n嘉祥县教育局", [(BARE, "嘉祥县教育局")]),
        (f"嘉祥县教育局\n2020年\n{NO_YEAR}", [(f"2020年 {NO_YEAR}", "嘉祥县教育局")]),
        (f"2020年\n嘉祥县教育局\n{NO_YEAR}", [(f"2020年 {NO_YEAR}", "嘉祥县教育局")]),
        (f"2019年\n嘉祥县教育局\n{BARE}", [(BARE, "嘉祥县教育局")]),
        (f"嘉祥县教育局2020年\n{NO_YEAR}", [(f"嘉祥县教育局2020年 {NO_YEAR}",)]),
        ("嘉" * 34 + f"2020年\n{NO_YEAR}", [("嘉" * 34 + f"2020年 {NO_YEAR}",)]),
        ("嘉" * 36 + f"2020年\n{NO_YEAR}", [("嘉" * 36 + f"2020年 {NO_YEAR}",)]),
        (f"来源教育局2020年\n{NO_YEAR}", [(NO_YEAR,)]),
        (f"首页\n嘉祥县教育局2020年\n{NO_YEAR}", [(f"嘉祥县教育局2020年 {NO_YEAR}",)]),
        (f"嘉祥县教育局2019年\n{BARE}", [(f"嘉祥县教育局2019年 {BARE}",)]),
        # Years under each other are those of a list.
        (f"2021年\n2020年\n{NO_YEAR}\n2020年\n2019年", [(f"2020年 {NO_YEAR}",)]),
        (f"{NO_YEAR}\n2020年\n2019年", [(NO_YEAR,)]),
        (f"{NO_YEAR}\n（2020年度）\n2019年", [(NO_YEAR,)]),
        (f"{NO_YEAR}\n（ 2020年度 ） \n2019年", [(NO_YEAR,)]),
        (f"首页\n2021年\n2022年\n{NO_YEAR}", [(f"2022年 {NO_YEAR}",)]),
    ],
)
def test_a_year_on_its_own_line_belongs_to_a_title_without_one(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"**{HEAD}**", [(HEAD,)]),
        (f"__{HEAD}__", [(HEAD,)]),
        (f"**{HEAD}", [(f"**{HEAD}",)]),
        (f"附件1：{HEAD}", [(HEAD,)]),
        (f"附件：{HEAD}", [(HEAD,)]),
        (f"标题：{HEAD}", [(HEAD,)]),
        (f"[2021-01-05]{HEAD}", [(HEAD,)]),
        (f"（2021年1月5日）{HEAD}", [(HEAD,)]),
        (f"2021年1月5日发布：{HEAD}", [(HEAD,)]),
        (f"{HEAD}来源：县教育局发布时间：2021", [(HEAD,)]),
        (f"{HEAD}浏览:25", [(HEAD,)]),
        (f"{HEAD}_", [(HEAD,)]),
        (f"{HEAD}--", [(HEAD,)]),
        (f"{HEAD}-嘉祥县人民政府", [(f"{HEAD}-嘉祥县人民政府",)]),
        # The act that publishes it is.
        (f"关于印发\n{HEAD}的通知", [(f"关于印发 {HEAD}的通知",)]),
        (f"嘉祥县教育局关于公布\n{BARE}的通知", [(f"嘉祥县教育局关于公布 {BARE}的通知",)]),
        (f"嘉祥县教育局关于\n{BARE}", [(f"嘉祥县教育局关于 {BARE}",)]),
        (f"嘉祥县教育局\n关于印发\n{BARE}的通知", [(f"关于印发 {BARE}的通知", "嘉祥县教育局")]),
        # Blanks inside years and names are none.
        (
            "互 助 县 教 育 局 2021年政府信息公开工作年度报告",
            [(f"2021年{NO_YEAR}", "互助县教育局")],
        ),
        ("互 助 县 2021年政府信息公开工作年度报告", [(f"2021年{NO_YEAR}",)]),
        ("嘉祥县教育局2020 年 度政府信息公开报告", [("嘉祥县教育局2020年度政府信息公开报告",)]),
        ("嘉祥县教育局2020　年政府信息公开报告", [("嘉祥县教育局2020年政府信息公开报告",)]),
        ("嘉祥县教育局 2020 年政府信息公开报告", [("2020年政府信息公开报告", "嘉祥县教育局")]),
    ],
)
def test_words_around_a_title_are_no_part_of_it(text: str, expected: list[tuple[str, ...]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"首页 > {HEAD}", [(HEAD, "", True)]),
        (f"首页 » 政府信息公开年报 » {HEAD}", [("政府信息公开年报", "", True), (HEAD, "", True)]),
        (f"首页 - {HEAD}", [(HEAD, "", False)]),
        (f"> {HEAD}", [(HEAD, "", True)]),
        (f"{HEAD} >", [(HEAD, "", False)]),
        (f" {HEAD}", [(HEAD, "", False)]),
        (HEAD, [(HEAD, "", False)]),
        (f"嘉祥县教育局 {BARE}", [(BARE, "嘉祥县教育局", False)]),
        (f"嘉祥县教育局　{BARE}", [(BARE, "嘉祥县教育局", False)]),
        (f"嘉祥县教育局  {BARE}", [(BARE, "", False)]),
        (f"嘉祥县教育局\n{BARE}", [(BARE, "", False)]),
        (f"嘉祥县教育 {BARE}", [(BARE, "", False)]),
    ],
)
def test_the_way_through_a_site_and_the_name_beside_are_told(text: str, expected: object) -> None:
    assert [(one.text, one.beside, one.is_crumb) for one in heads.titles(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("嘉祥县教育局政府信息公开情况统计表", [("嘉祥县教育局政府信息公开情况统计表",)]),
        (
            "文字。" * 900 + "\n嘉祥县教育局政府信息公开情况统计表\n（2020年度）\n指标",
            [("嘉祥县教育局政府信息公开情况统计表 （2020年度）",)],
        ),
        (
            "政府信息公开情况统计表\n2020年\n政府信息公开情况统计表\n2019年",
            [("政府信息公开情况统计表 2020年",), ("2020年 政府信息公开情况统计表",)],
        ),
        ("嘉祥县教育局\n政府信息公开情况统计表", [("政府信息公开情况统计表", "嘉祥县教育局")]),
        ("统计表\n政府信息公开情况统计表", [("政府信息公开情况统计表",)]),
        ("嘉祥县教育局政府信息公开情况统计表" + "文" * 300, []),
        # A name and a year above it belong to it, not the years of a list.
        (
            "嘉祥县教育局2020年\n政府信息公开情况统计表",
            [("嘉祥县教育局2020年 政府信息公开情况统计表",)],
        ),
        ("2020年\n政府信息公开情况统计表", [("2020年 政府信息公开情况统计表",)]),
        ("2021年\n2020年\n政府信息公开情况统计表", [("政府信息公开情况统计表",)]),
        ("嘉祥县教育局\n2021年\n2020年\n政府信息公开情况统计表", [("政府信息公开情况统计表",)]),
        (
            "嘉" * 35 + "2020年\n政府信息公开情况统计表",
            [("嘉" * 35 + "2020年 政府信息公开情况统计表",)],
        ),
        ("嘉" * 36 + "2020年\n政府信息公开情况统计表", [("政府信息公开情况统计表",)]),
        ("来源教育局2020年\n政府信息公开情况统计表", [("政府信息公开情况统计表",)]),
        ("以下简称教育局2020年\n政府信息公开情况统计表", [("政府信息公开情况统计表",)]),
        ("详见统计表", []),
        ("嘉祥县教育局\n" + "政" * 111 + "\n政府信息公开情况统计表", [("政府信息公开情况统计表",)]),
    ],
)
def test_titles_of_tables_stand_anywhere(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [(one.text, *one.near) for one in heads.table_titles(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("嘉祥县教育局2020年度报告", ["嘉祥县教育局2020年度报告"]),
        ("嘉祥县教育局2020年报告", ["嘉祥县教育局2020年报告"]),
        ("嘉祥县教育局2020工作报告", ["嘉祥县教育局2020工作报告"]),
        ("嘉祥县教育局2020年度工作总结", []),
        ("某某局2020年度报告", []),
        ("某某某局2020年度报告", ["某某某局2020年度报告"]),
        ("某" * 29 + "局2020年度报告", ["某" * 29 + "局2020年度报告"]),
        ("某" * 30 + "局2020年度报告", []),
        ("首页 " * 7 + "嘉祥县教育局2020年度报告", ["嘉祥县教育局2020年度报告"]),
        ("首页 " * 8 + "嘉祥县教育局2020年度报告", []),
        ("首" * 585 + " 嘉祥县教育局2020年度报告", ["嘉祥县教育局2020年度报告"]),
        ("首" * 586 + " 嘉祥县教育局2020年度报告", []),
    ],
)
def test_a_report_that_does_not_say_on_what_is_told_by_name_and_year(
    text: str, expected: list[str]
) -> None:
    assert [one.text for one in heads.plain_titles(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD, True),
        ("嘉祥县教育局政府信息公开", True),
        ("嘉祥县教育局政府信息公开工作", True),
        ("嘉祥县教育局工作报告", False),
        ("政府信息年度报告", True),
        ("政府信息公示栏", False),
        ("来源政府信息公开年报", False),
        ("政府信息公开年报范文", False),
        ("政府信息公开年报3篇", False),
        ("政府信息公开年报[2021-01-05", False),
        ("一、政府信息公开年报", False),
        ("政务公开情况表", True),
    ],
)
def test_words_that_read_like_a_title(text: str, expected: bool) -> None:
    assert heads.is_title(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政府信息公开年报", True),
        ("政府信息公开 > 年度报告", True),
        ("2020年政府信息公开", False),
        ("嘉祥县政府信息公开", False),
        ("县政府信息公开", True),
        ("2020政府信息公开", False),
        ("", False),
    ],
)
def test_a_column_of_a_site_names_nobody_and_no_year(text: str, expected: bool) -> None:
    assert heads.is_column(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BARE, 2020),
        (NO_YEAR, None),
        ("嘉祥县教育局2020年政府信息公开工作总结和2021年工作计划", 2020),
        ("2021年公布的2020年政府信息公开年报", 2020),
        ("2019年至2020年政府信息公开年报", None),
        ("2019-2020学年信息公开年报", 2020),
        ("2019-2020学年度信息公开工作报告", 2020),
        ("政府信息公开年报（2020年）", 2020),
        ("（2020）年政府信息公开年报", 2020),
        ("〔2020〕年政府信息公开年报", 2020),
        ("2019年政府信息公开年报（2020年1月公布）", 2019),
        ("2019年政府信息公开年报（2020年公布）", 2019),
        ("政府信息公开年报（2020年发布）", None),
    ],
)
def test_the_year_of_a_title_is_that_its_subject_follows(text: str, expected: int | None) -> None:
    assert Title(text).year == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年政府信息公开年报（嘉祥县教育局）", ("嘉祥县教育局", "嘉祥县财政局")),
        ("2020年政府信息公开年报——嘉祥县教育局", ("嘉祥县教育局", "嘉祥县财政局")),
        ("政府信息公开年报（2020年度）-嘉祥县教育局", ("嘉祥县教育局", "嘉祥县财政局")),
        ("2020年政府信息公开年报 嘉祥县教育局", ("嘉祥县财政局",)),
        ("2020年政府信息公开年报（" + "甲" * 30 + "）", ("甲" * 30, "嘉祥县财政局")),
        ("2020年政府信息公开年报（" + "甲" * 31 + "）", ("嘉祥县财政局",)),
        ("2020年政府信息公开年报（甲）", ("嘉祥县财政局",)),
    ],
)
def test_names_behind_a_title_are_those_in_brackets_or_behind_a_rule(
    text: str, expected: tuple[str, ...]
) -> None:
    assert Title(text, near=("嘉祥县财政局",)).named == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD, DocType.ANNUAL_REPORT),
        ("嘉祥县教育局2020年政府信息公开工作要点", DocType.WORK_SUMMARY),
        ("嘉祥县教育局2020年政府信息公开指南", DocType.OTHER),
        ("2020年政府信息公开情况统计表", DocType.ANNUAL_REPORT),
        ("2020年政府信息公开工作总结及2021年工作计划", DocType.WORK_SUMMARY),
        ("2020年政府信息公开工作总结（2020年工作要点）", DocType.WORK_SUMMARY),
        ("（2020年政府信息公开年报）", DocType.ANNUAL_REPORT),
        ("政务公开领导小组办公室2020年政府信息公开工作年度报告", DocType.ANNUAL_REPORT),
        ("2020年政务公开工作总结", DocType.WORK_SUMMARY),
        ("政务公开办2020年政府信息公开年度报告", DocType.ANNUAL_REPORT),
        ("2020年1月-12月政府信息公开工作年度报告", DocType.ANNUAL_REPORT),
        ("2020年1月-2月政府信息公开工作年度报告", DocType.OTHER),
        ("2020年11月-12月政府信息公开工作年度报告", DocType.OTHER),
        ("2020年政府信息公开年度报告（指南）", DocType.ANNUAL_REPORT),
        ("2020年政府信息公开指南（年度报告）", DocType.OTHER),
        ("嘉祥县教育局", None),
    ],
)
def test_the_kind_of_paper_is_told_by_its_title(text: str, expected: DocType | None) -> None:
    assert heads.doc_type(text) == expected


@pytest.mark.parametrize(
    ("title", "head", "expected"),
    [
        ("2020年政府信息公开工作年度报告", "", None),
        ("2020年上半年政府信息公开工作报告", "", OtherKind.PART_OF_YEAR),
        ("2020年11月政府信息公开工作报表", "", OtherKind.PART_OF_YEAR),
        ("2020年11月政府信息公开工作年度报告", "", None),
        ("2020年政府信息公开工作年度报告", "（样表）", OtherKind.SAMPLE),
        ("2020年政府信息公开工作年度报告", "样表", None),
        ("", "以下数据均为虚 构", OtherKind.SAMPLE),
        ("各单位公开情况一览表", "", OtherKind.LIST_OF_AGENCIES),
    ],
)
def test_a_paper_that_is_no_account_of_a_year_is_told_by_its_title_or_head(
    title: str, head: str, expected: OtherKind | None
) -> None:
    assert heads.other_kind(title, head) == expected


@pytest.mark.parametrize(
    ("title", "text", "start", "end", "expected"),
    [
        ("2020年政府信息公开年报（更正）", "本局公开信息。", 0, 7, True),
        ("2020年政府信息公开年报", "本局公开信息。", 0, 7, False),
        (None, "本局公开信息。", 0, 7, False),
        (None, "2020年年报（更正版）\n本局公开信息。", 12, 19, True),
        (None, "2020年年报（更正版）\n\n本局公开信息。", 13, 20, True),
        (None, "2020年年报（更正版）\n首页\n本局公开信息。", 15, 22, False),
        ("年报", "文" * 290 + "以此为准，特此更正。", 0, 300, True),
        ("年报", "文" * 295 + "（勘误）。", 0, 400, True),
        ("年报", "文" * 296 + "（勘误）。", 0, 400, True),
        ("年报", "文" * 297 + "（勘误）。", 0, 400, False),
        ("年报", "文" * 295 + "[订正]。", 0, 400, True),
        ("年报", "文" * 5 + "（更正版）", 0, 5, False),
        ("年报", "文" * 5 + "（更正版）", 0, 10, True),
    ],
)
def test_a_report_in_the_place_of_an_earlier_one_says_so_at_its_head(
    title: str | None, text: str, start: int, end: int, expected: bool
) -> None:
    assert heads.is_correction(title, text, start, end) is expected
