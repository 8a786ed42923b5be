"""Several reports of figures alone in one document: each of its own year and bureau, or nobody's.

Workbooks keep them on sheets, papers below one another; what says whose figures these are may be
a title, the name of a sheet, or nothing.
"""

import io
import random
from collections.abc import Mapping

import openpyxl
import pytest

from pipeline.extract.identity.forms_again import sheet_of_form
from pipeline.extract.identity.named_sheets import year_of_sheet
from pipeline.model.check import Outcome
from pipeline.model.document import Document, Reading
from pipeline.model.observation import Source
from pipeline.model.report import Report
from pipeline.parsing import parse_file
from pipeline.readers.reading import read
from tests.generator.paper import Grid, Style, set_form
from tests.generator.values import Values, draw

AGENCY = "紫阳县粮食局"


def filled(seed: int, form: str = "B") -> Values:
    return draw(form, random.Random(seed))


def book(sheets: Mapping[str, tuple[str, Values | None]]) -> list[Report]:
    """Reads a workbook: under the name of each sheet the line in its first cell and its form."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, (line, values) in sheets.items():
        sheet = made.create_sheet(name)
        if line:
            sheet.append([line])
        for grid in set_form(values, Style()) if values else ():
            for row in grid.rows:
                sheet.append([int(c.text) if c.text.isdecimal() else c.text for c in row])
    return saved(made)


def saved(made: openpyxl.Workbook) -> list[Report]:
    file = io.BytesIO()
    made.save(file)
    return reports("book.xlsx", file.getvalue())


def reports(name: str, data: bytes) -> list[Report]:
    (document,) = parse_file(name, data)
    assert document.rejection is None
    return list(document.reports)


def page(*parts: str) -> list[Report]:
    body = "".join(parts)
    return reports("page.html", f"<html><body>{body}</body></html>".encode())


def table(values: Values) -> str:
    (grid,) = set_form(values, Style())
    return f"<table>{''.join(map(row_of, grid.rows))}</table>"


def row_of(row: list) -> str:
    cells = (f"<td colspan={cell.colspan}>{cell.text}</td>" for cell in row)
    return f"<tr>{''.join(cells)}</tr>"


def given(report: Report) -> dict[str, int]:
    printed = (fact for fact in report.facts if fact.source is Source.TABLE)
    return {fact.indicator_id: int(fact.value) for fact in printed}


def agrees(report: Report, values: Values) -> bool:
    """Whether a report gives facts, and none but those of a form."""
    facts = given(report)
    return len(facts) > 40 and all(
        values.by_indicator.get(key) == value for key, value in facts.items()
    )


def title(year: int, agency: str = AGENCY) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


def test_the_sheet_of_each_year_is_a_report_of_that_year():
    newer, older = filled(1), filled(2)
    read = book({"2018年": (title(2018), newer), "2017年": (title(2017), older)})
    assert [one.year for one in read] == [2018, 2017]
    assert agrees(read[0], newer)
    assert agrees(read[1], older)


@pytest.mark.parametrize("first", [f"{AGENCY}政府信息公开情况统计表", title(2018)])
def test_a_sheet_without_a_title_is_of_the_year_it_is_named_after(first):
    newer, older = filled(1), filled(2)
    read = book({"2018": (first, newer), "2017": ("", older)})
    assert [one.year for one in read] == [2018, 2017]
    assert [one.agency and one.agency.name_zh for one in read] == [AGENCY, AGENCY]
    assert agrees(read[1], older)


def test_a_sheet_of_all_years_before_them_does_not_hold_their_sheets_together():
    newer, older = filled(1), filled(2)
    made = openpyxl.Workbook()
    made.active.title = "近两年对比"
    for row in (["年度", "主动公开政府信息数", "收到申请数"], [2018, 5, 4], [2017, 3, 2]):
        made.active.append(row)
    for year, values in ((2018, newer), (2017, older)):
        sheet = made.create_sheet(f"{year}年年报")
        sheet.append([title(year)])
        put(sheet, set_form(values, Style())[0], 2)
    read = saved(made)
    assert [one.year for one in read] == [2018, 2017]
    assert agrees(read[1], older)


def test_the_sheet_of_the_year_is_no_part_of_the_quarter_before_it():
    quarter, year = filled(1), filled(2)
    first = (f"{AGENCY}2017年第一季度政府信息公开情况统计表", quarter)
    read = book({"一季度": first, "全年": (title(2017), year)})
    assert given(read[0]) == {}
    assert agrees(read[1], year)


def test_the_name_of_a_sheet_is_no_part_of_the_title_below_it():
    read = book({"2018年年报": (title(2018), filled(1)), "2017年年报": (title(2017), filled(2))})
    assert [one.title for one in read] == [title(2018), title(2017)]
    assert [one.agency.name_zh for one in read] == [AGENCY, AGENCY]


def test_sheets_of_two_bureaus_are_a_report_of_each():
    one, two = filled(1), filled(2)
    read = book(
        {
            "政府办": (title(2017, "寿县人民政府办公室"), one),
            "水利局": (title(2017, "寿县水利局"), two),
        }
    )
    assert [report.agency.name_zh for report in read] == ["寿县人民政府办公室", "寿县水利局"]
    assert agrees(read[0], one)
    assert agrees(read[1], two)


def test_a_sheet_that_says_neither_year_nor_name_gives_nothing_and_is_told():
    own, other = filled(1), filled(2)
    read = book({"本年": (title(2018), own), "上年": ("", other)})
    assert agrees(read[0], own)
    assert [given(one) for one in read[1:]] == [{}]
    assert any("上年" in notice for notice in read[1].notices)
    assert read[1].observations


@pytest.mark.parametrize("names", [("民政局", "教育局"), ("一季度", "二季度")])
def test_parts_of_what_the_title_speaks_of_are_not_taken_for_it(names):
    one, two = filled(1), filled(2)
    first, second = names
    read = book({first: (title(2017, "扶沟县人民政府"), one), second: ("", two)})
    assert [given(report) for report in read] == [{}, {}]


def test_tables_of_one_report_stay_together_on_their_sheets():
    values = filled(3, "D")
    grids = set_form(values, Style())
    made = openpyxl.Workbook()
    made.active.append([title(2021)])
    for number, grid in enumerate(grids):
        sheet = made.create_sheet(f"表{number}")
        put(sheet, grid)
    (only,) = saved(made)
    assert only.year == 2021
    assert agrees(only, values)


def put(sheet, grid: Grid, first: int = 1) -> None:
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(grid.rows, first):
        col = 1
        for cell in row:
            while (at, col) in taken:
                col += 1
            sheet.cell(at, col, int(cell.text) if cell.text.isdecimal() else cell.text)
            end = (at + cell.rowspan - 1, col + cell.colspan - 1)
            taken |= {(n, k) for n in range(at, end[0] + 1) for k in range(col, end[1] + 1)}
            sheet.merge_cells(None, at, col, *end)


def test_two_titled_forms_on_a_page_are_two_reports():
    newer, older = filled(1), filled(2)
    read = page(f"<h2>{title(2018)}</h2>", table(newer), f"<h2>{title(2017)}</h2>", table(older))
    assert [one.year for one in read] == [2018, 2017]
    assert agrees(read[0], newer)
    assert agrees(read[1], older)


def test_a_title_within_a_table_parts_its_rows():
    newer, older = filled(1), filled(2)
    rows = [
        f"<tr><td colspan=3>{title(year)}</td></tr>{table(values)[7:-8]}"
        for year, values in ((2018, newer), (2017, older))
    ]
    read = page(f"<table>{''.join(rows)}</table>")
    assert [one.year for one in read] == [2018, 2017]
    assert agrees(read[1], older)
    assert {one.table_no for report in read for one in report.observations} == {1}


@pytest.mark.parametrize(
    "below",
    [
        f"<p>上一篇：</p><p>{title(2017)}</p>",
        f"<p>{title(2017)}</p><p>{'本年度主动公开信息，方便群众查阅。' * 30}</p>",
    ],
)
def test_the_title_of_another_year_without_its_form_parts_nothing(below):
    values = filled(1)
    read = page(f"<h2>{title(2018)}</h2>", table(values), below)
    assert [one.year for one in read] == [2018]
    assert agrees(read[0], values)


@pytest.mark.parametrize(
    "lines",
    [
        (f"{AGENCY}{{}}年", "政府信息公开工作年度报告"),
        (AGENCY, "政府信息公开工作年度报告", "（{}年）"),
        (f"{AGENCY}{{}}年度政府信息公开", "工作年度报告"),
        (f"{AGENCY}政府信息公开情况统计表", "统计期间：{0}年1月1日至{0}年12月31日"),
    ],
)
def test_a_form_below_a_title_over_several_lines_is_not_lost(lines):
    newer, older = filled(1), filled(2)
    heads = ["".join(f"<p>{line.format(year)}</p>" for line in lines) for year in (2018, 2017)]
    read = page(heads[0], table(newer), heads[1], table(older))
    assert [(one.agency and one.agency.name_zh, one.year) for one in read] == [
        (AGENCY, 2018),
        (AGENCY, 2017),
    ]
    assert agrees(read[0], newer)
    assert agrees(read[1], older)


@pytest.mark.parametrize("head", [f"<p>{AGENCY}2018年</p>", f"<p>{AGENCY}</p>"])
def test_a_title_over_several_lines_printed_again_parts_nothing(head):
    values = filled(1)
    again = f"{head}<p>政府信息公开工作年度报告</p>"
    (only,) = page(f"<h2>{title(2018)}</h2>", table(values), again, table(values))
    assert agrees(only, values)


def test_the_same_report_printed_twice_is_one():
    values = filled(1)
    read = page(f"<h2>{title(2018)}</h2>", table(values), f"<h2>{title(2018)}</h2>", table(values))
    assert len(read) == 1
    assert agrees(read[0], values)


def contradicts_its_year(report: Report) -> bool:
    return any(one.rule_id == "I-Y1" and one.outcome is Outcome.FAIL for one in report.checks)


@pytest.mark.parametrize("years", [(2021, 2020), (2021, 2022)])
def test_the_cover_of_a_workbook_does_not_give_the_year_of_the_first_sheet_below_it(years):
    forms = filled(1), filled(2)
    sheets = {str(year): ("", values) for year, values in zip(years, forms, strict=True)}
    read = book({"封面": (title(2022), None)} | sheets)
    assert [one.year for one in read] == list(years)
    assert all(map(agrees, read, forms))
    assert contradicts_its_year(read[0])


def test_a_cover_and_the_only_sheet_below_it_of_other_years_are_of_none():
    (only,) = book({"封面": (title(2022), None), "2021": ("", filled(1))})
    assert only.year is None
    assert given(only) == {}
    assert contradicts_its_year(only)


@pytest.mark.parametrize(
    ("sheets", "years"),
    [
        # Named after the years they were filed in, as a cover or one that prints its year shows.
        ({"封面": 2022, "2023年报": None, "2024年报": None}, [None, None]),
        ({"2023年报": 2022, "2024年报": None}, [2022, None]),
        ({"2022": None, "2021": 2021, "2020": 2019}, [None, 2021, 2019]),
        # The look-alikes: a cover of the latest year, sheets that all print what they are called.
        ({"封面": 2022, "2022": None, "2021": None}, [2022, 2021]),
        ({"2022": 2022, "2021": 2021, "2020": None}, [2022, 2021, 2020]),
    ],
)
def test_names_of_sheets_that_a_cover_or_another_sheet_belies_give_no_year(sheets, years):
    lines = {name: (title(year) if year else "", None) for name, year in sheets.items()}
    forms = {name: filled(n) for n, name in enumerate(sheets) if name != "封面"}
    read = book({name: (line, forms.get(name)) for name, (line, _) in lines.items()})
    assert [one.year for one in read] == years
    for report, year, values in zip(read, years, forms.values(), strict=True):
        assert agrees(report, values) if year else given(report) == {}
        assert year or contradicts_its_year(report)


def test_a_period_below_a_title_without_a_year_tells_the_sheets_of_two_years_apart():
    line = f"{AGENCY}政府信息公开情况统计表（{{0}}年1月1日至{{0}}年12月31日）"
    newer, older = filled(1), filled(2)
    read = book({"甲": (line.format(2018), newer), "乙": (line.format(2017), older)})
    assert [one.year for one in read] == [2018, 2017]
    assert agrees(read[0], newer)
    assert agrees(read[1], older)


def test_a_cover_and_a_sheet_below_it_of_one_year_are_of_that_year():
    values = filled(1)
    (only,) = book({"封面": (title(2022), None), "2022年年报": ("", values)})
    assert only.year == 2022
    assert agrees(only, values)
    assert not contradicts_its_year(only)


def test_the_year_that_a_sheet_below_a_cover_prints_itself_is_its_own():
    first, second = filled(1), filled(2)
    read = book(
        {
            "封面": (f"{AGENCY}2022年年度报告", None),
            "2023年报": (title(2022), first),
            "2022年报": (title(2021), second),
        }
    )
    assert [one.year for one in read] == [2022, 2021]
    assert all(map(contradicts_its_year, read))


@pytest.mark.parametrize(
    "name",
    ["2023", "2023年", "2023年度统计表", "2023年年报", "粮食局2023", "政府信息公开年报（2023年）"],
)
def test_a_sheet_is_named_after_a_year(name):
    assert year_of_sheet(name) == 2023


@pytest.mark.parametrize(
    "name",
    ["2023.1", "2023-01", "20230115", "2023年1月", "2023年计划", "2023年预算", "2022-2023", "表一"],
)
def test_a_month_or_a_plan_of_a_year_in_the_name_of_a_sheet_is_not_the_year_reported_on(name):
    assert year_of_sheet(name) is None


def test_sheets_named_after_the_month_they_were_made_in_give_no_year():
    line = f"{AGENCY}政府信息公开情况统计表"
    read = book({"2023.1": (line, filled(1)), "2022.1": (line, filled(2))})
    assert {one.year for one in read} == {None}


def test_one_form_over_two_dated_sheets_is_one_report():
    values = filled(1)
    (grid,) = set_form(values, Style())
    middle = len(grid.rows) // 2
    made = openpyxl.Workbook()
    made.active.title = "2022年表一"
    made.active.append([title(2022)])
    for row in grid.rows[:middle]:
        made.active.append([cell.text for cell in row])
    rest = made.create_sheet("2023年1月填报表二")
    for row in grid.rows[middle:]:
        rest.append([cell.text for cell in row])
    (only,) = saved(made)
    assert (only.year, only.title) == (2022, title(2022))
    assert agrees(only, values)


@pytest.mark.parametrize(("name", "year"), [("2023年计划", 2022), ("2023年", None)])
def test_a_sheet_without_a_form_is_no_report_of_the_year_it_is_named_after(name, year):
    values = filled(1)
    made = openpyxl.Workbook()
    made.active.title = "2022"
    made.active.append([title(2022)])
    put(made.active, set_form(values, Style())[0], 2)
    plan = made.create_sheet(name)
    for row in (["工作任务安排", "责任单位名称"], ["主动公开信息条数", 20]):
        plan.append(row)
    read = saved(made)
    assert agrees(read[0], values)
    assert read[-1].year == year
    assert {one.year for one in read} == {2022, year}


@pytest.mark.parametrize("part", ["上半年", "1-6月", "一季度"])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_sheet_of_the_whole_year_is_the_report_before_or_behind_that_of_a_part(part, is_first):
    whole, half = filled(1), filled(2)
    sheets = {part: (title(2022), half), "全年": (title(2022), whole)}
    order = list(sheets) if is_first else list(sheets)[::-1]
    read = book({name: sheets[name] for name in order})
    of_part, of_year = read if is_first else read[::-1]
    assert (of_part.year, given(of_part)) == (None, {})
    assert of_year.year == 2022
    assert agrees(of_year, whole)


def test_a_sheet_named_after_a_bureau_is_of_the_bureau_that_filled_it_in():
    forms = filled(1), filled(2)
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, values in zip(("粮食局", "教育局"), forms, strict=True):
        sheet = made.create_sheet(name)
        sheet.append(["政府信息公开情况统计表（2022年度）"])
        sheet.append([f"填报单位：紫阳县{name}"])
        put(sheet, set_form(values, Style())[0], 3)
    read = saved(made)
    assert [(one.agency.name_zh, one.year) for one in read] == [
        ("紫阳县粮食局", 2022),
        ("紫阳县教育局", 2022),
    ]
    assert all(map(agrees, read, forms))


@pytest.mark.parametrize("line", ["填报单位：紫阳县{}  2022年度", "2022年政府信息公开统计表"])
def test_what_is_told_of_a_sheet_that_is_nobodys_is_no_more_than_is_so(line):
    sheets = {f"紫阳县{name}": (line.format(name), filled(1)) for name in ("粮食局", "教育局")}
    read = book(sheets)
    assert [given(report) for report in read] == [{}, {}]
    told = ["".join(report.notices) for report in read]
    assert ["says neither" in one for one in told] == [False, False]
    assert ["not told surely" in one for one in told] == [True, True]


@pytest.mark.parametrize(
    ("labels", "letters", "name"),
    [(8, 4, "统计表"), (7, 4, "封面"), (8, 3, "封面")],
)
def test_a_sheet_of_eight_labels_holds_a_form(labels: int, letters: int, name: str) -> None:
    made = openpyxl.Workbook()
    cover = made.active
    cover.title = "封面"
    cover.append(["紫阳县粮食局政府信息公开统计"])
    form = made.create_sheet("统计表")
    for label in "甲乙丙丁戊己庚辛"[:labels]:
        form.append([label * letters, 5])
    file = io.BytesIO()
    made.save(file)
    (reading,) = read("book.xlsx", file.getvalue())
    assert isinstance(reading, Reading)
    document = reading.content
    assert isinstance(document, Document)
    assert sheet_of_form(document, 0, len(document.text)).name == name
