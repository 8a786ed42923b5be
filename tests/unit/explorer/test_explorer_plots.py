"""Charts: what is joined, what is named, and that no value is lost or misplaced."""

from typing import Any

import pytest

from pipeline.explorer.plots import (
    bars,
    dots,
    logarithmic,
    scatter,
    spark,
    stack,
    straight,
    stretches,
    trend,
)
from pipeline.explorer.provinces import provinces
from pipeline.explorer.rendering import environment, number, percent
from pipeline.explorer.screens.agency_page import outcome_kinds
from pipeline.forms.rates import rates


def years(*marks: tuple[int, str | None]) -> list[dict[str, Any]]:
    return [{"year": year, "value": 1, "method_break": mark, "doubt": ""} for year, mark in marks]


def named(*values: float) -> list[dict[str, Any]]:
    return [
        {"agency_id": str(n), "name_zh": f"第{n}局", "value": value, "year": 2020 + n,
         "method_break": None, "doubt": "", "other": value + 1, "to": None}
        for n, value in enumerate(values)
    ]  # fmt: skip


def drawn(plot: object) -> str:
    page = environment().from_string(
        "{% from 'plots.html' import draw with context %}{{ draw(p) }}"
    )
    return page.render(p=plot)


def test_a_line_joins_neighboring_years_of_one_method_only() -> None:
    points = years((2014, None), (2015, None), (2017, None), (2018, None), (2019, "B→C"))
    assert [len(one) for one in stretches(points)] == [2, 2, 1]
    plot = trend(points, "甲", number)
    assert plot is not None
    assert [len(line.split()) for line in plot.lines] == [2, 2, 1]
    assert [mark.text for mark in plot.breaks] == ["B→C"]
    assert 'class="break-name"' in drawn(plot)
    alone = [len(set(line.split())) for line in spark(points, 2014, 2019).lines]
    assert alone == [2, 2, 1]


def test_no_line_runs_through_a_number_that_is_set_aside() -> None:
    points = years((2014, None), (2015, None), (2016, None), (2017, None), (2018, None))
    points[2] |= {"is_aside": True, "sign": "▲", "doubt": "有矛盾"}
    for point, value in zip(points, (1, 2, 9, 3, 4), strict=True):
        point |= {"value": value, "name_zh": "甲"}
    plot = trend(points, "甲", number)
    assert plot is not None
    apart = plot.marks[2]
    assert apart.kind == "aside"
    assert not any(f"{apart.x},{apart.y}" in line for line in plot.lines)
    assert [len(line.split()) for line in plot.lines] == [2, 2]
    small = spark(points, 2014, 2018)
    assert [len(line.split()) for line in small.lines] == [2, 2]
    assert len(small.aside) == 1
    way = dots([points[2:4]], "甲", number, "", is_log=False)
    assert way.lines == []
    assert [mark.kind for mark in way.marks] == ["aside", "last"]


def test_one_year_is_no_line() -> None:
    assert trend(years((2014, None)), "甲", number) is None


def test_a_doubt_is_marked_and_told_in_every_chart() -> None:
    rows = named(3, 2)
    rows[1] |= {"doubt": "有矛盾", "sign": "▲"}
    told = "两个机关"
    for plot in (
        trend(rows, "甲", number),
        bars(rows, "甲", number, told),
        dots([rows], "甲", number, told, is_log=False),
        scatter(rows, "甲", (number, number), ("甲", "乙"), told, is_log=True),
        stack(
            [{**row, "part": "丙", "kind": "p-other", "value": 0.5} for row in rows], "甲", percent
        ),
    ):
        svg = drawn(plot)
        assert "▲" in svg and "有矛盾" in svg, plot


@pytest.mark.parametrize(
    "values", [(0.0,), (0.0, 0.07), (3.0, 12.0), (1.0, 1_234_567.0), (0.5, 99.25)]
)
def test_every_value_lies_on_its_scale(values: tuple[float, ...]) -> None:
    for made in (straight, logarithmic):
        scale = made(values, 10, 110)
        for value in values:
            assert 10 <= scale.at(value) <= 110, (made, value)
    assert straight(values, 10, 110).at(0) == 10


def test_equal_ratios_are_equal_lengths_on_a_logarithmic_scale() -> None:
    scale = logarithmic([1, 1000], 0, 300)
    assert [scale.at(one) for one in (1, 10, 100, 1000)] == [0, 100, 200, 300]


def test_parts_are_drawn_in_their_order_and_years_without_any_stay_open() -> None:
    rows = [
        {"year": year, "part": part, "kind": "p-other", "value": 0.5, "method_break": None}
        for year in (2016, 2018)
        for part in ("先", "后")
    ]
    plot = stack(rows, "甲", percent)
    assert plot is not None
    assert [mark.text for mark in plot.up] == ["2016", "2017", "2018"]
    assert [part for part, _ in plot.legend] == ["先", "后"]
    assert {mark.y for mark in plot.marks} == {8.0, 68.0}


def test_what_a_document_says_never_becomes_markup_in_a_chart() -> None:
    rows = named(3)
    rows[0]["name_zh"] = '"><script>'
    svg = drawn(bars(rows, '"><script>', number, ""))
    assert "<script" not in svg and "&lt;script&gt;" in svg


def test_every_outcome_has_its_colour_and_every_province_its_tile() -> None:
    declared = {
        rate_id
        for rate_id, rate in rates().rates.items()
        if rate.topic == "outcomes" or rate_id == "not_told"
    }
    assert declared <= set(outcome_kinds()) | {"not_told"}
    assert len(provinces()) == 34
