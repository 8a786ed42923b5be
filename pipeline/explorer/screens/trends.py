"""How an agency's numbers went over the years, with marks where the method changed."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from pipeline.explorer import address, charts
from pipeline.explorer.context import Explorer
from pipeline.explorer.elements import Column, draw, empty, folded, sum_link
from pipeline.explorer.markup import el, show
from pipeline.warehouse.lineage import Record

_CHARTS_A_ROW = 2
_CHARTS = 4


def trends(explorer: Explorer, key: str, rows: Sequence[Record]) -> None:
    """Shows the part of the page on trends.

    Args:
        explorer: The visit.
        key: Id of the agency.
        rows: Points of its series, series by series and by year.
    """
    say = explorer.say
    grouped = [list(group) for _, group in groupby(rows, key=lambda row: row["id"])]
    drawn = [points for points in grouped if len(points) > 1 and any(p["value"] for p in points)]
    show(el("h2", say("agency.trends")))
    if not drawn:
        show(empty(say("agency.no_trends"), say("agency.no_trends_remedy")))
        return
    chosen = address.choose_any(
        "series",
        say("agency.series"),
        drawn,
        show=lambda points: say.column(points[0], "label"),
        code=lambda points: str(points[0]["id"]),
        placeholder=say("agency.first_series", n=min(_CHARTS, len(drawn))),
    )
    drawn = chosen or drawn[:_CHARTS]
    for at in range(0, len(drawn), _CHARTS_A_ROW):
        for column, points in zip(
            st.columns(_CHARTS_A_ROW), drawn[at : at + _CHARTS_A_ROW], strict=False
        ):
            with column:
                title = f"{say.column(points[0], 'label')} ({points[0]['unit']})"
                chart = charts.trend(stretched(points), say, title)
                draw(chart, title)
    _trend_table(explorer, key, drawn)
    _break_notes(explorer, drawn)


def _trend_table(explorer: Explorer, key: str, drawn: Sequence[Sequence[Record]]) -> None:
    """The numbers of the charts, each with a way to what it was added up from."""
    say = explorer.say
    points = [{**point, "agency_id": key} for series in drawn for point in series]
    show(
        folded(
            say("agency.trend_table"),
            len(points),
            [
                Column(say("agency.trends")),
                Column(say("column.year"), True),
                Column(say("column.value"), True),
                Column(say("column.unit")),
                Column(say("column.break")),
            ],
            [
                [
                    say.column(point, "label"),
                    str(point["year"]),
                    sum_link(explorer, point, point["expression"].split(" + "), point["value"]),
                    point["unit"],
                    point["method_break"] or "",
                ]
                for point in points
            ],
        )
    )


def _break_notes(explorer: Explorer, drawn: Sequence[Sequence[Record]]) -> None:
    say = explorer.say
    notes = [
        f"{say.column(point, 'label')} {point['method_break']} ({point['year']}): "
        f"{say.column(point, 'note')}"
        for points in drawn
        for point in points
        if point["method_break"] and point["note_zh"]
    ]
    if notes:
        show(
            el(
                "details",
                el("summary", say("agency.breaks")),
                el("ul", [el("li", note) for note in notes]),
            )
        )


def stretched(points: Sequence[Record]) -> list[Record]:
    """Numbers the runs of neighboring years with the same method; only those are joined."""
    found: list[Record] = []
    for point in points:
        follows = found and point["year"] == found[-1]["year"] + 1 and not point["method_break"]
        before = found[-1]["stretch"] if found else 0
        found.append({**point, "stretch": before if follows else before + 1})
    return found
