"""Generated reports with a table or a row turned odd: nothing is read wrong in silence."""

import random
from decimal import Decimal
from functools import cache

import pytest

from pipeline.model.report import Report
from pipeline.parsing import parse_file
from tests.generator.corpus import AGENCY
from tests.generator.layouts import LAYOUTS
from tests.generator.paper import Cell, Grid, Style, set_form
from tests.generator.values import draw

YEARS = {"A": 2012, "B": 2016, "C": 2020, "D": 2022}
SEEDS = range(2)


def grids_of(form: str, seed: int) -> list[Grid]:
    return set_form(draw(form, random.Random(seed)), Style())


def printed(grids: list[Grid]) -> dict[str, Decimal]:
    cells = (cell for grid in grids for row in grid.rows for cell in row)
    return {cell.indicator: Decimal(cell.text) for cell in cells if cell.indicator}


def read(form: str, layout: str, grids: list[Grid]) -> Report:
    data = LAYOUTS[layout](AGENCY, YEARS[form], grids, random.Random(1))
    (document,) = parse_file(f"report.{layout}", data)
    (report,) = document.reports
    assert report.year == YEARS[form]
    return report


def facts(report: Report) -> dict[str, Decimal]:
    return {fact.indicator_id: fact.value for fact in report.facts}


@cache
def unspoilt(form: str, layout: str, seed: int) -> dict[str, Decimal]:
    """What is read of the report before anything is turned odd."""
    return facts(read(form, layout, grids_of(form, seed)))


def titled(text: str) -> Grid:
    return Grid([[Cell(text)]], heads=1)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("layout", ["html", "tabs", "flattened"])
@pytest.mark.parametrize("form", "ABCD")
@pytest.mark.parametrize("comes_first", [True, False])
def test_last_years_tables_beside_the_years_own(
    form: str, layout: str, seed: int, comes_first: bool
) -> None:
    own, last = grids_of(form, seed), grids_of(form, seed + 100)
    alone = unspoilt(form, layout, seed)
    year = YEARS[form]
    own, last = [titled(f"（{year}年度）"), *own], [titled(f"{year - 1}年度统计表"), *last]
    together = [*last, *own] if comes_first else [*own, *last]
    assert facts(read(form, layout, together)) == alone


@pytest.mark.parametrize("form", "BD")
def test_tables_twice_without_a_year_give_only_what_they_agree_in(form: str) -> None:
    own, other = grids_of(form, 5), grids_of(form, 6)
    agreed = printed(own).items() & printed(other).items()
    found = facts(read(form, "html", [*own, *other]))
    assert found.items() & printed(own).items() <= agreed
    assert found.items() & printed(other).items() <= agreed


def test_a_row_of_empty_cells_before_a_table_in_tabs_costs_nothing() -> None:
    grids = grids_of("B", 3)
    alone = unspoilt("B", "tabs", 3)
    grids[0].rows.insert(0, [Cell("") for _ in grids[0].rows[0]])
    assert facts(read("B", "tabs", grids)) == alone


@pytest.mark.parametrize("layout", ["html", "flattened"])
def test_blocks_of_lawsuits_in_another_order_are_told_apart_or_not_at_all(layout: str) -> None:
    grids = grids_of("D", 9)
    right = unspoilt("D", layout, 9)
    _, groups, _, values = grids[-1].rows
    groups[5], groups[6] = groups[6], groups[5]
    values[5:] = [*values[10:], *values[5:10]]
    report = read("D", layout, grids)
    kept = [one.value for one in report.observations if one.indicator_id is None]
    if layout == "html":
        assert facts(report) == right
        assert not kept
    else:
        assert facts(report).items() <= right.items()
        assert len(kept) == 15


@pytest.mark.parametrize("layout", ["html", "flattened", "cell_lines"])
@pytest.mark.parametrize("form", "AB")
@pytest.mark.parametrize(("one", "other"), [(1, 5), (3, -4)])
def test_rows_out_of_the_forms_order_are_read(form: str, layout: str, one: int, other: int) -> None:
    grids = grids_of(form, 4)
    alone = unspoilt(form, layout, 4)
    filled = [n for n, row in enumerate(grids[0].rows) if row[-1].indicator]
    rows, here, there = grids[0].rows, filled[one], filled[other]
    rows[here], rows[there] = rows[there], rows[here]
    assert facts(read(form, layout, grids)) == alone


@pytest.mark.parametrize("layout", ["html", "flattened", "cell_lines"])
@pytest.mark.parametrize("form", "AB")
def test_halves_of_a_form_side_by_side(form: str, layout: str) -> None:
    grids = grids_of(form, 4)
    alone = unspoilt(form, layout, 4)
    (grid,) = grids
    head, *rows = grid.rows
    middle = (len(rows) + 1) // 2
    right = [*rows[middle:], [Cell("") for _ in head]]
    grid.rows = [head * 2, *([*a, *b] for a, b in zip(rows[:middle], right, strict=False))]
    report = read(form, layout, grids)
    found = facts(report)
    assert found.items() <= alone.items()
    kept = sum(one.indicator_id is None for one in report.observations)
    assert len(alone) - len(found) <= kept


@pytest.mark.parametrize("layout", ["html", "tabs", "flattened"])
@pytest.mark.parametrize("form", "AB")
def test_a_form_turned_on_its_side_is_read_or_told(form: str, layout: str) -> None:
    grids = grids_of(form, 4)
    alone = unspoilt(form, layout, 4)
    rows = grids[0].rows
    grids[0].rows = [[row[0] for row in rows], [row[-1] for row in rows]]
    report = read(form, layout, grids)
    assert facts(report).items() <= alone.items()
    assert any("labels of form" in said for said in report.notices) or report.observations


ODD_CELLS = ("8O", "84千", "84k", "84+", "≥84", "↑84", ">84", "1.084", "84.5", "84/90", "84→90")


@pytest.mark.parametrize("layout", ["html", "tabs", "flattened"])
@pytest.mark.parametrize("form", "BD")
@pytest.mark.parametrize("cell", ODD_CELLS)
def test_an_odd_cell_gives_no_number(form: str, layout: str, cell: str) -> None:
    grids = grids_of(form, 4)
    right = unspoilt(form, layout, 4)
    indicator = "meetings.held" if form == "B" else "requests.received:enterprise"
    cells = (cell for grid in grids for row in grid.rows for cell in row)
    odd = next(one for one in cells if one.indicator == indicator)
    odd.text = cell
    report = read(form, layout, grids)
    assert indicator not in facts(report)
    assert facts(report).items() <= right.items()
    told = [one for one in report.observations if one.indicator_id == indicator]
    assert told
    assert not any(one.value for one in told)


@pytest.mark.parametrize("mark", ["，", "。", ";"])
def test_a_mark_behind_a_value_makes_no_sentence_of_a_row_with_its_unit(mark: str) -> None:
    grids = grids_of("B", 4)
    right = unspoilt("B", "flattened", 4)
    grids[0].rows[-5][-1].text += mark
    assert facts(read("B", "flattened", grids)) == right


@pytest.mark.parametrize("layout", ["html", "tabs"])
def test_last_years_column_beside_the_column_of_the_form(layout: str) -> None:
    grids = grids_of("B", 4)
    right = unspoilt("B", layout, 4)
    head, *rows = grids[0].rows
    head.append(Cell(f"{YEARS['B'] - 1}年"))
    for row in rows:
        row.append(Cell("77" if row[-1].indicator else ""))
    assert facts(read("B", layout, grids)) == right


@pytest.mark.parametrize("form", "AB")
def test_values_before_their_labels_are_nobodys(form: str) -> None:
    grids = grids_of(form, 4)
    for row in grids[0].rows:
        row.insert(0, row.pop())
    report = read(form, "flattened", grids)
    assert not facts(report)
    assert any("before their labels" in said for said in report.notices)


def test_a_figure_whose_cell_reaches_over_two_rows_is_of_neither() -> None:
    grids = grids_of("B", 4)
    right = unspoilt("B", "html", 4)
    rows = [row for row in grids[0].rows if row[-1].indicator]
    one, other = rows[12], rows[13]
    shared = {one[-1].indicator, other[-1].indicator}
    one[-1].rowspan = 2
    other.pop()
    found = facts(read("B", "html", grids))
    assert found.items() == {key: right[key] for key in right.keys() - shared}.items()


@pytest.mark.parametrize("layout", ["html", "tabs", "flattened"])
def test_the_first_row_twice_with_other_figures_gives_none(layout: str) -> None:
    grids = grids_of("A", 4)
    first = grids[0].rows[1]
    grids[0].rows.insert(1, [*first[:-1], Cell("7")])
    assert first[-1].indicator not in facts(read("A", layout, grids))


@pytest.mark.parametrize("layout", ["html", "tabs"])
def test_a_cell_twice_in_a_row_without_a_total_makes_it_unreadable(layout: str) -> None:
    grids = grids_of("D", 4)
    row = grids[0].rows[-1]
    right = unspoilt("D", layout, 4)
    row.insert(1, Cell(row[1].text))
    found = facts(read("D", layout, grids))
    assert found.items() <= right.items()
    assert not found.keys() & {cell.indicator for cell in row}


@pytest.mark.parametrize("layout", ["html", "tabs"])
@pytest.mark.parametrize("form", "CD")
def test_a_column_beside_those_of_the_form_takes_no_number_away(form: str, layout: str) -> None:
    grids = grids_of(form, 4)
    for row in grids[0].rows[1:]:
        row.append(Cell("77"))
    grids[0].rows[0].append(Cell("备注"))
    assert facts(read(form, layout, grids)) == unspoilt(form, layout, 4)


@pytest.mark.parametrize("layout", ["html", "bars", "flattened"])
def test_a_table_of_one_row_under_a_torn_label_is_kept(layout: str) -> None:
    grids = grids_of("C", 4)
    torn = grids[-3].rows[-1]
    torn[0].text = torn[0].text[:3]
    torn[1].text = "4321"
    kept = [one.value for one in read("C", layout, grids).observations if not one.indicator_id]
    assert Decimal(4321) in kept


@pytest.mark.parametrize("layout", ["html", "tabs"])
@pytest.mark.parametrize("form", "ABCD")
def test_figures_whose_label_was_lost_are_kept(form: str, layout: str) -> None:
    grids = grids_of(form, 4)
    right = unspoilt(form, layout, 4)
    row = next(row for row in grids[0].rows[3:] if row[-1].indicator)
    row[0].text, row[-1].text = "", "4321"
    report = read(form, layout, grids)
    assert facts(report).items() <= right.items()
    assert Decimal(4321) in [one.value for one in report.observations if not one.indicator_id]


@pytest.mark.parametrize(
    "said", ["[1] 不含垂管单位", "1-12月", "2023-12-31", "第4页", "注：2件撤回"]
)
def test_what_stands_between_a_unit_and_its_value_is_not_the_value(said: str) -> None:
    grids = grids_of("A", 4)
    right = unspoilt("A", "cell_lines", 4)
    row = grids[0].rows[-5]
    row[1].text += f"\n{said}"
    report = read("A", "cell_lines", grids)
    assert facts(report).items() <= right.items()
