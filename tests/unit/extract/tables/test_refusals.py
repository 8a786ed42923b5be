"""What must not become a number: just where a reading is taken, and just where it is not."""

import random
from decimal import Decimal

import pytest

from pipeline.model.report import Report
from pipeline.parsing import parse_file
from tests.generator.corpus import AGENCY
from tests.generator.layouts import as_html
from tests.generator.paper import Cell, Grid, Style, set_form
from tests.generator.values import draw

GRANTED, PARTLY = "requests.processed.granted", "requests.processed.partly_granted"
KINDS = (
    ":natural_person", ":enterprise", ":research", ":public_interest", ":legal_service",
    ":other_organisation", "",
)  # fmt: skip
HEADS = "申请人情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
B_ROWS = [
    ("（一）主动公开政府信息数", "条", 17, 117),
    ("其中：主动公开规范性文件数", "条", 5, 15),
    ("制发规范性文件总数", "件", 6, 16),
    ("（一）收到申请数", "件", 8, 18),
    ("1.当面申请数", "件", 3, 13),
    ("2.传真申请数", "件", 0, 0),
    ("3.网络申请数", "件", 5, 5),
    ("4.信函申请数", "件", 0, 0),
    ("5.其他形式", "件", 0, 0),
    ("（二）申请办结数", "件", 8, 18),
    ("1.按时办结数", "件", 8, 18),
    ("2.延期办结数", "件", 0, 0),
]


def parsed(name: str, text: str) -> Report:
    (document,) = parse_file(name, text.encode())
    (report,) = document.reports
    return report


def in_text(body: str, year: int = 2016) -> Report:
    return parsed(
        "a.txt",
        f"{AGENCY}{year}年政府信息公开工作年度报告\n\n本报告依据条例编制。\n一、概述\n"
        f"我局做好公开工作。\n统计表\n{body}\n{AGENCY}\n{year + 1}年1月20日\n",
    )


def facts(report: Report) -> dict[str, Decimal]:
    return {fact.indicator_id: fact.value for fact in report.facts}


def form_d() -> tuple[list[Grid], list[list[Cell]], int]:
    """A form D, the rows of its third table, and which of them counts what was granted."""
    grids = set_form(draw("D", random.Random(1)), Style())
    for grid in grids:
        for n, row in enumerate(grid.rows):
            if any(cell.indicator == f"{GRANTED}:natural_person" for cell in row):
                return grids, grid.rows, n
    raise AssertionError


def fill(row: list[Cell], *values: int) -> None:
    cells = [cell for cell in row if cell.indicator]
    for cell, value in zip(cells, values, strict=True):
        cell.text = str(value)


def numbers(report: Report, indicator: str) -> list[Decimal | None]:
    found = facts(report)
    return [found.get(f"{indicator}{kind}") for kind in KINDS]


def page(grids: list[Grid]) -> Report:
    return parsed("a.html", as_html(AGENCY, 2022, grids, random.Random(1)).decode())


@pytest.mark.parametrize("values", [(0, 2, 0, 0, 0, 2, 4), (3, 2, 0, 1, 0, 0, 6)])
def test_a_row_pushed_one_cell_to_the_right_gives_no_neighbour_its_number(
    values: tuple[int, ...],
) -> None:
    """The figures of 0 2 0 0 0 2 4 add up where they stand as well as where they belong."""
    grids, rows, n = form_d()
    row = rows[n]
    fill(row, *values)
    first = next(at for at, cell in enumerate(row) if cell.indicator)
    row.insert(first, Cell(""))
    for found, value in zip(numbers(page(grids), GRANTED), values, strict=True):
        assert found in (None, value)


@pytest.mark.parametrize("total", [4, 5], ids=["adds up", "does not"])
def test_a_cell_from_the_row_above_and_one_figure_more_move_no_number(total: int) -> None:
    grids, rows, n = form_d()
    values = (0, 2, 0, 0, 0, 2, total)
    fill(rows[n + 1], *values)
    rows[n + 1].append(Cell("3"))
    next(cell for cell in rows[n] if cell.indicator).rowspan = 2
    for found, value in zip(numbers(page(grids), PARTLY), values, strict=True):
        assert found in (None, value)


def test_a_column_of_remarks_beside_a_whole_row_costs_nothing() -> None:
    grids, rows, n = form_d()
    fill(rows[n], 3, 2, 0, 1, 0, 0, 6)
    rows[n].append(Cell("7"))
    assert numbers(page(grids), GRANTED) == [3, 2, 0, 1, 0, 0, 6]


@pytest.mark.parametrize(("letters", "is_read"), [(0, True), (56, True), (112, False)])
def test_heads_are_sought_so_far_above_the_first_row(letters: int, is_read: bool) -> None:
    note = ("不同渠道公开相同信息计一条由各科室核对后填报" * 6)[:letters]
    rows = [f"{label} {unit} {last} {own}" for label, unit, own, last in B_ROWS[:8]]
    found = facts(in_text("\n".join([f"统计指标 单位 2015年 2016年 {note}", *rows])))
    assert found.get("requests.received") == (8 if is_read else None)
    assert 18 not in found.values()


def test_a_total_printed_before_its_parts_is_no_natural_person() -> None:
    labels = (
        "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量",
        "（一）予以公开", "（二）部分公开", "1.属于国家秘密",
    )  # fmt: skip
    parts = ((4, 1, 0, 0, 0, 2), (3, 1, 1, 0, 0, 0), (2, 1, 0, 0, 0, 1), (1, 1, 0, 0, 0, 1))
    values = [(sum(row), *row) for row in (*parts, (5, 2, 0, 0, 0, 2))]
    rows = [f"{label} {' '.join(map(str, row))}" for label, row in zip(labels, values, strict=True)]
    report = in_text("\n".join(["三、收到和处理政府信息公开申请情况", *rows]), 2022)
    assert facts(report) == {}
    assert any("order of columns" in notice for notice in report.notices)


@pytest.mark.parametrize(("year", "form"), [(2019, "C"), (2020, "C"), (2021, "D"), (2022, "D")])
def test_where_print_does_not_tell_the_form_its_year_does(year: int, form: str) -> None:
    rows = [
        "一、本年新收政府信息公开申请数量 4 1 0 0 0 2 7",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "（一）予以公开 3 1 0 0 0 0 4",
        "（二）部分公开 1 0 0 0 0 2 3",
        "1.属于国家秘密 0 0 0 0 0 0 0",
        "（七）总计 4 1 0 0 0 2 7",
    ]
    report = in_text("\n".join(["三、收到和处理政府信息公开申请情况", HEADS, *rows]), year)
    assert report.template == form
    assert facts(report)["requests.received"] == 7


@pytest.mark.parametrize(("labels", "is_told"), [(5, False), (8, False), (9, True), (12, True)])
def test_a_table_whose_numbers_are_lost_is_told(labels: int, is_told: bool) -> None:
    report = in_text("\n".join(["统计指标", *(row[0] for row in B_ROWS[:labels])]))
    assert facts(report) == {}
    assert any("have no values" in notice for notice in report.notices) is is_told


OUTCOMES = (
    "予以公开", "部分公开", "属于国家秘密", "其他法律行政法规禁止公开", "危及“三安全一稳定”",
    "保护第三方合法权益", "属于三类内部事务信息", "属于四类过程性信息",
)  # fmt: skip

TOTAL = 7


def turned(outcomes: int = 8, kinds: int = 7, lacking: int | None = None, first: int = 1) -> Report:
    """A table of applicants on its side; in the row of enterprises a cell may be lacking."""
    rows = [["申请人", *OUTCOMES[:outcomes]]]
    rows += [
        [kind, *(str(n + at if n < TOTAL else 21 + 6 * at) for at in range(outcomes))]
        for n, kind in enumerate(HEADS.split()[first : kinds + 1], first)
    ]
    if lacking is not None:
        del rows[2][lacking]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return parsed(
        "a.html",
        f"<p>{AGENCY}2022年政府信息公开工作年度报告</p><p>本报告依据条例编制。</p>"
        f"<p>三、收到和处理政府信息公开申请情况</p><table>{cells}</table><p>{AGENCY}</p>",
    )


@pytest.mark.parametrize("lacking", [1, 3])
def test_a_turned_table_that_lacks_a_cell_gives_no_number(lacking: int) -> None:
    assert facts(turned(lacking=lacking)) == {}


@pytest.mark.parametrize(("outcomes", "kinds"), [(8, 7), (6, 7), (5, 7), (2, 7), (8, 3), (8, 2)])
def test_a_turned_table_of_few_outcomes_or_kinds_of_applicants_is_read(
    outcomes: int, kinds: int
) -> None:
    found = facts(turned(outcomes, kinds))
    assert len(found) == outcomes * kinds
    assert found[f"{PARTLY}:enterprise"] == 3


def test_rows_called_other_and_total_alone_are_no_kinds_of_applicants() -> None:
    assert facts(turned(first=6)) == {}


@pytest.mark.parametrize("rows", [8, 9, 12], ids=["as long", "a row more", "half as long again"])
@pytest.mark.parametrize("comes_first", [True, False])
def test_last_years_longer_table_is_last_years(rows: int, comes_first: bool) -> None:
    own = [f"{label} {unit} {value}" for label, unit, value, _ in B_ROWS[:8]]
    last = [f"{label} {unit} {value}" for label, unit, _, value in B_ROWS[:rows]]
    tables = [["2016年度统计表", *own], ["2015年度统计表", *last]]
    if comes_first:
        tables.reverse()
    found = facts(in_text("\n".join("\n".join(table) for table in tables)))
    assert list(found.values()) == [value for _, _, value, _ in B_ROWS[:8]]


def test_last_years_numbers_take_no_part_in_reading_this_years() -> None:
    rows = [f"{label} {unit} {last} {own}" for label, unit, own, last in B_ROWS[:8]]
    rows[4] = "1.当面申请数 件 133"
    found = facts(in_text("\n".join(["统计指标 单位 2015年 2016年", *rows])))
    assert found["requests.received.in_person"] == 3
    assert found["requests.received"] == 8


OWN = [f"{label} {unit} {value}" for label, unit, value, _ in B_ROWS]


@pytest.mark.parametrize(("rows", "form"), [(4, "none"), (5, "B"), (12, "B")])
def test_five_rows_in_running_text_are_a_table(rows: int, form: str) -> None:
    report = in_text("\n".join(OWN[:rows]))
    assert (report.template, len(facts(report))) == (form, rows if form == "B" else 0)


@pytest.mark.parametrize(("rows", "form"), [(1, "none"), (2, "A"), (3, "A")])
def test_two_rows_with_unit_and_all_columns_are_a_table(rows: int, form: str) -> None:
    labels = ("主动公开信息数", "其中：1.网站公开", "2.政府公报公开")
    printed = [f"{label} 条 {n + 2} {n + 12}" for n, label in enumerate(labels)]
    report = in_text("\n".join(["指标名称 计量单位 2016年度 历年累计", *printed[:rows]]))
    assert (report.template, len(facts(report))) == (form, 2 * rows if form == "A" else 0)


@pytest.mark.parametrize(("letters", "is_told"), [(120, True), (170, True), (230, False)])
def test_a_caption_says_its_year_over_so_long_a_note(letters: int, is_told: bool) -> None:
    """Where it no longer does, two prints disagree and neither is taken."""
    note = ("本表各项由科室填报并经办公室核对" * 20)[:letters]
    last = [f"{label} {unit} {value}" for label, unit, _, value in B_ROWS[:8]]
    body = "\n".join(["2015年度统计表", note, *last, "2016年度统计表", *OWN[:8]])
    assert facts(in_text(body)).get("requests.received") == (8 if is_told else None)


@pytest.mark.parametrize(
    ("letters", "end", "rows"),
    [(40, "。", 12), (80, "。", 8), (200, "报", 12), (280, "报", 12), (350, "报", 8)],
    ids=["a short sentence", "a sentence", "unknown rows", "many unknown rows", "too many"],
)
def test_a_table_goes_on_behind_a_few_words_and_not_behind_prose(
    letters: int, end: str, rows: int
) -> None:
    between = ("本项数据由办公室汇总后填报" * 30)[: letters - 1] + end
    found = facts(in_text("\n".join([*OWN[:8], between, *OWN[8:]])))
    assert len(found) == rows


@pytest.mark.parametrize(("rows", "kept"), [(1, 0), (2, 2), (3, 3)])
def test_two_rows_about_the_subject_are_kept_though_no_form_has_them(rows: int, kept: int) -> None:
    cells = "".join(f"<tr><td>公开专栏{n}</td><td>{n + 3}</td></tr>" for n in range(rows))
    report = parsed(
        "a.html",
        f"<p>{AGENCY}2016年政府信息公开工作年度报告</p><p>本报告依据条例编制。</p>"
        f"<table><tr><td>信息公开栏目</td><td>条数</td></tr>{cells}</table><p>{AGENCY}</p>",
    )
    assert facts(report) == {}
    assert len([one for one in report.observations if one.table_no]) == kept


def test_the_column_of_the_year_is_found_among_many_others() -> None:
    years = range(2016, 2008, -1)
    heads = "".join(f"<td>{year}年</td>" for year in years)
    rows = "".join(
        f"<tr><td>{label}</td><td>{unit}</td>"
        f"{''.join(f'<td>{value + 2016 - year}</td>' for year in years)}</tr>"
        for label, unit, value, _ in B_ROWS
    )
    report = parsed(
        "a.html",
        f"<p>{AGENCY}2016年政府信息公开工作年度报告</p><p>本报告依据条例编制。</p>"
        f"<table><tr><td>统计指标</td><td>单位</td>{heads}</tr>{rows}</table><p>{AGENCY}</p>",
    )
    assert list(facts(report).values()) == [value for _, _, value, _ in B_ROWS]


@pytest.mark.parametrize(
    ("row", "printed", "is_read"),
    [
        (4, "1.当而申请数", True),
        (2, "制发规范胜文仵总数", True),
        (2, "制发规范胜文仵总敉", False),
        (2, "制发规范性", True),
        (2, "制发规范", False),
    ],
    ids=["one of five letters", "two of nine", "three of nine", "begun", "hardly begun"],
)
def test_a_label_is_known_with_so_many_letters_wrong_or_lost(
    row: int, printed: str, is_read: bool
) -> None:
    rows = [f"{printed if n == row else label} {unit} {value}"
            for n, (label, unit, value, _) in enumerate(B_ROWS)]  # fmt: skip
    found = facts(in_text("\n".join(rows)))
    assert len(found) == len(B_ROWS) - (not is_read)
    names = ("requests.received.in_person", "normative_documents.issued_all")
    assert (found.get(names[row == 2]) == B_ROWS[row][2]) is is_read


def test_a_table_that_begins_again_does_not_inherit_the_year_of_the_one_before() -> None:
    last = [f"{label} {unit} {value}" for label, unit, _, value in B_ROWS[:8]]
    found = facts(in_text("\n".join(["2015年度统计表", *last, "统计表", *OWN[:8]])))
    assert not {13, 15, 16, 18, 117} & set(found.values())


@pytest.mark.parametrize(
    "said",
    [
        "行政诉讼3件，其中未经复议直接起诉2件（结果维持1件、尚未审结1件），复议后起诉1件（尚未审结1件）。",
        "复议后起诉总计1件（维持0、纠正0、其他0、尚未审结1）。",
    ],
)
def test_sentences_on_lawsuits_are_no_row_of_cells_without_borders(said: str) -> None:
    report = in_text(f"四、行政复议和行政诉讼情况\n{said}", 2021)
    assert report.template == "none"
    assert not any("without cell borders" in notice for notice in report.notices)
