"""Several reports of figures alone in one document: each of its own year and bureau, or nobody's.

Workbooks keep them on sheets, papers below one another; what says whose figures these are may be
a title, the name of a sheet, or nothing.
"""

import io
import random
from collections.abc import Mapping

import openpyxl
import pytest

from pipeline.model.observation import Source
from pipeline.model.report import Report
from pipeline.parsing import parse_file
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


def test_the_same_report_printed_twice_is_one():
    values = filled(1)
    read = page(f"<h2>{title(2018)}</h2>", table(values), f"<h2>{title(2018)}</h2>", table(values))
    assert len(read) == 1
    assert agrees(read[0], values)
