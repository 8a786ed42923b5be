"""The charts, as Vega-Lite; drawn by the browser from what is in the page, nothing fetched.

What a chart looks like does not depend on its numbers, so each kind is made and validated
once a language; a page only puts its rows, its title and its height in.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt

from pipeline.explorer.elements import MARK, doubt_of, plain
from pipeline.explorer.texts import Speech
from pipeline.warehouse.lineage import Record
from pipeline.warehouse.pages.function_names import Language

Chart = dict[str, Any]
"""A Vega-Lite specification with its data."""

_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK = "#1b2430"
_BLUE = "#2a6fb0"
_DEEP = "#0b3c6f"
_AMBER = "#b06000"
_STATES = {
    "present": _BLUE,
    "no_facts": "#e8b44f",
    "gap": "#c0563f",
    "missing": "#e3a99c",
    "before_first": "#dfe3e8",
    "after_last": "#dfe3e8",
    "not_yet_established": "#f4f6f8",
    "abolished": "#f4f6f8",
}
_ROWS = alt.NamedData("rows")
# A scale of numbers, so that years without a report leave their gap.
_YEARS = alt.X(
    "year:Q",
    title=None,
    axis=alt.Axis(format="d", tickMinStep=1, grid=False),
    scale=alt.Scale(zero=False, nice=False, padding=22),
)
# Heads of a heat map; where the screen is narrow, some years go without.
_HEADS = alt.X(
    "year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="parity", orient="top")
)
_ROW = 22
_FRAME = 90
_LEGEND = 40
_BINS = 24
_POINTS = 1_500
_NUMBER = ",~f"
_FORMATS = {
    "agencies:Q": ",",
    "share:Q": ".1%",
    **dict.fromkeys(("value:Q", "other:Q", "from:Q", "to:Q", "bottom:Q", "top:Q"), _NUMBER),
}
_FIELD = ("from", "to", "bottom", "top", "agencies")


def states_by_year(rows: Sequence[Record], say: Speech) -> Chart:
    """Returns agencies by years, colored by whether there is a report.

    Args:
        rows: Have ``label``, ``year``, ``state``, ``facts`` and ``checks_failed``.
        say: Speaks.
    """
    labels = {row["label"] for row in rows}
    columns = ("label", "year", "state", "facts", "checks_failed")
    return _filled(
        _states(say.language), rows, columns, height=_ROW * len(labels) + _FRAME + _LEGEND
    )


def shares_by_year(rows: Sequence[Record], say: Speech) -> Chart:
    """Returns groups of agencies by years, colored by the share that has a report with facts.

    Args:
        rows: Have ``label``, ``year``, ``share`` and ``agencies``.
        say: Speaks.
    """
    labels = {row["label"] for row in rows}
    columns = ("label", "year", "share", "agencies")
    return _filled(_shares_by_year(say.language), rows, columns, height=_ROW * len(labels) + _FRAME)


def bars(rows: Sequence[Record], say: Speech, title: str) -> Chart:
    """Returns agencies in the order given, with ``value``, ``rank`` and ``percentile``."""
    columns = ("label", "value", "rank", "percentile", "doubt")
    told = _doubted(told_apart(rows), say)
    return _filled(_bars(say.language), told, columns, height=_ROW * len(rows) + 70, title=title)


def spread(rows: Sequence[Record], say: Speech, title: str) -> Chart:
    """Returns how many agencies have a ``value`` of which size."""
    counted = _binned([float(row["value"]) for row in rows])
    return _filled(
        _spread(say.language), counted, ("from", "to", "agencies"), height=260, title=title
    )


def scatter(rows: Sequence[Record], say: Speech, x: str, y: str) -> Chart:
    """Returns agencies by two indicators: ``value`` across, ``other`` up.

    Where there are too many to tell apart, fields are colored by how many fall into them.
    """
    if len(rows) > _POINTS:
        chart = _filled(_density(say.language), _fields(rows), _FIELD, height=380)
    else:
        columns = ("label", "value", "other", "doubt")
        told = _doubted(told_apart(rows), say)
        chart = _filled(_scatter(say.language), told, columns, height=380)
    encoding = chart["encoding"]
    titled = {"x": {**encoding["x"], "title": x}, "y": {**encoding["y"], "title": y}}
    return {**chart, "encoding": {**encoding, **titled}}


def trend(points: Sequence[Record], say: Speech, title: str) -> Chart:
    """Returns values over years; the line is cut, and marked, where the method changed.

    Args:
        points: Rows with year, value, ``method_break`` and ``stretch``, the number of the
            run of years that may be joined by a line.
        say: Speaks.
        title: What is counted, with its unit.
    """
    columns = ("year", "value", "method_break", "stretch", "doubt")
    return _filled(_trend(say.language), _doubted(points, say), columns, height=200, title=title)


def shares(rows: Sequence[Record], say: Speech, title: str) -> Chart:
    """Returns parts of a whole year by year, as stacked bars: ``part`` and ``value``."""
    years = {row["year"] for row in rows}
    columns = ("year", "part", "value", "doubt")
    height = 30 * len(years) + 130
    return _filled(_shares(say.language), _doubted(rows, say), columns, height=height, title=title)


def told_apart(rows: Sequence[Record]) -> list[Record]:
    """Returns rows with a ``label`` that no two agencies share."""
    agencies = {row["agency_id"]: row["name_zh"] for row in rows}
    times = Counter(agencies.values())
    return [
        {
            **row,
            "label": row["name_zh"]
            if times[row["name_zh"]] == 1
            else f"{row['name_zh']} ({row['agency_id']})",
        }
        for row in rows
    ]


def _doubted(rows: Sequence[Record], say: Speech) -> list[Record]:
    """Returns rows with why their number must not be relied on, and a mark on their label."""
    doubts = [doubt_of(row, say.language) for row in rows]
    return [
        {
            **row,
            "doubt": doubt,
            **({"label": f"{row['label']} {MARK}"} if doubt and "label" in row else {}),
        }
        for row, doubt in zip(rows, doubts, strict=True)
    ]


def _binned(values: Sequence[float]) -> list[Record]:
    """Counts values in bins of equal width."""
    lowest, width = _bins(values, _BINS)
    counted = Counter(int((value - lowest) // width) for value in values)
    return [
        {"from": lowest + n * width, "to": lowest + (n + 1) * width, "agencies": times}
        for n, times in sorted(counted.items())
    ]


def _fields(rows: Sequence[Record]) -> list[Record]:
    """Counts rows in fields of equal size over both indicators."""
    across = [float(row["value"]) for row in rows]
    up = [float(row["other"]) for row in rows]
    left, width = _bins(across, _BINS)
    bottom, height = _bins(up, _BINS)
    counted = Counter(
        (int((x - left) // width), int((y - bottom) // height))
        for x, y in zip(across, up, strict=True)
    )
    return [
        {
            "from": left + x * width,
            "to": left + (x + 1) * width,
            "bottom": bottom + y * height,
            "top": bottom + (y + 1) * height,
            "agencies": times,
        }
        for (x, y), times in sorted(counted.items())
    ]


def _bins(values: Sequence[float], number: int) -> tuple[float, float]:
    """Returns where bins begin and how wide they are; whole numbers get a whole width."""
    lowest, highest = min(values), max(values)
    width = (highest - lowest) / number or 1.0
    if all(value.is_integer() for value in values):
        width = float(math.ceil(width))
    return lowest, width


@cache
def _states(language: Language) -> Chart:
    say = Speech(language)
    colors = {say.name("status", state): color for state, color in _STATES.items()}
    return _made(
        alt.Chart(_ROWS)
        .mark_rect(stroke="white", strokeWidth=2)
        .encode(
            x=_HEADS,
            y=alt.Y("label:N", title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.Color(
                "state:N",
                title=None,
                scale=alt.Scale(domain=list(colors), range=list(colors.values())),
                legend=alt.Legend(orient="bottom", columns=1),
            ),
            tooltip=_told(
                {
                    "label:N": say("column.agency"),
                    "year:O": say("column.year"),
                    "state:N": say("column.status"),
                    "facts:Q": say("overview.facts"),
                    "checks_failed:Q": say("overview.failing"),
                }
            ),
        )
    )


@cache
def _shares_by_year(language: Language) -> Chart:
    say = Speech(language)
    base = alt.Chart(_ROWS).encode(
        x=_HEADS,
        y=alt.Y("label:N", title=None, axis=alt.Axis(labelLimit=260)),
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        color=alt.Color(
            "share:Q",
            title=say("coverage.share"),
            scale=alt.Scale(domain=[0, 1], range=["#f1f4f8", _DEEP]),
            legend=alt.Legend(orient="bottom", format=".0%"),
        ),
        tooltip=_told(
            {
                "label:N": say("coverage.by"),
                "year:O": say("column.year"),
                "share:Q": say("coverage.share"),
                "agencies:Q": say("overview.agencies"),
            }
        ),
    )
    texts = base.mark_text(fontSize=11).encode(
        text=alt.Text("share:Q", format=".0%"),
        color=alt.condition("datum.share > 0.5", alt.value("white"), alt.value(_INK)),
    )
    return _made(cells + texts)


@cache
def _bars(language: Language) -> Chart:
    say = Speech(language)
    base = alt.Chart(_ROWS).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
        x=alt.X("value:Q", title=None, axis=alt.Axis(tickMinStep=1)),
        tooltip=_told(
            {
                "label:N": say("column.agency"),
                "value:Q": say("column.value"),
                "rank:Q": say("column.rank"),
                "percentile:Q": say("column.percentile"),
                "doubt:N": say("column.standing"),
            }
        ),
    )
    texts = base.mark_text(align="left", dx=4, color=_INK).encode(
        text=alt.Text("value:Q", format=_NUMBER)
    )
    return _made(base.mark_bar(color=_BLUE, height=14) + texts)


@cache
def _spread(language: Language) -> Chart:
    say = Speech(language)
    return _made(
        alt.Chart(_ROWS)
        .mark_bar(color=_BLUE, binSpacing=1)
        .encode(
            x=alt.X("from:Q", bin="binned", title=say("column.value")),
            x2="to:Q",
            y=alt.Y("agencies:Q", title=say("overview.agencies"), axis=alt.Axis(tickMinStep=1)),
            tooltip=_told(
                {
                    "from:Q": say("chart.from"),
                    "to:Q": say("chart.below"),
                    "agencies:Q": say("overview.agencies"),
                }
            ),
        )
    )


@cache
def _scatter(language: Language) -> Chart:
    say = Speech(language)
    return _made(
        alt.Chart(_ROWS)
        .mark_circle(size=55, opacity=0.55, color=_BLUE)
        .encode(
            x=alt.X("value:Q"),
            y=alt.Y("other:Q"),
            tooltip=_told(
                {
                    "label:N": say("column.agency"),
                    "value:Q": "→",
                    "other:Q": "↑",
                    "doubt:N": say("column.standing"),
                }
            ),
        )
    )


@cache
def _density(language: Language) -> Chart:
    say = Speech(language)
    return _made(
        alt.Chart(_ROWS)
        .mark_rect()
        .encode(
            x=alt.X("from:Q", bin="binned"),
            x2="to:Q",
            y=alt.Y("bottom:Q", bin="binned"),
            y2="top:Q",
            color=alt.Color(
                "agencies:Q",
                title=say("overview.agencies"),
                scale=alt.Scale(range=["#d6e4f2", _DEEP]),
            ),
            tooltip=_told(
                {
                    "from:Q": "→ " + say("chart.from"),
                    "to:Q": "→ " + say("chart.below"),
                    "bottom:Q": "↑ " + say("chart.from"),
                    "top:Q": "↑ " + say("chart.below"),
                    "agencies:Q": say("overview.agencies"),
                }
            ),
        )
    )


@cache
def _trend(language: Language) -> Chart:
    say = Speech(language)
    base = alt.Chart(_ROWS).encode(
        x=_YEARS,
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=True)),
        tooltip=_told(
            {
                "year:O": say("column.year"),
                "value:Q": say("column.value"),
                "method_break:N": say("column.break"),
                "doubt:N": say("column.standing"),
            }
        ),
    )
    line = base.mark_line(color=_BLUE).encode(detail="stretch:N")
    dots = base.mark_point(color=_BLUE, filled=True, size=60)
    texts = base.mark_text(dy=-12, color=_INK).encode(text=alt.Text("value:Q", format=_NUMBER))
    marks = (
        base.transform_filter("datum.doubt != ''")
        .mark_text(dy=14, color=_AMBER)
        .encode(text=alt.value(MARK))
    )
    broken = alt.Chart(_ROWS).transform_filter("datum.method_break != null").encode(x=_YEARS)
    rules = broken.mark_rule(color=_AMBER, strokeDash=[4, 3])
    # Above the plot, and above the number of a value that reaches its top.
    signs = broken.mark_text(color=_AMBER, dx=4, align="left").encode(
        y=alt.value(-20), text="method_break:N"
    )
    return _made(rules + line + dots + texts + marks + signs)


@cache
def _shares(language: Language) -> Chart:
    say = Speech(language)
    return _made(
        alt.Chart(_ROWS)
        .mark_bar()
        .encode(
            x=alt.X("value:Q", title=None, stack="zero", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("year:O", title=None, sort="descending"),
            color=alt.Color(
                "part:N",
                title=None,
                sort=None,
                scale=alt.Scale(scheme="tableau20"),
                legend=alt.Legend(orient="bottom", columns=3, labelLimit=200),
            ),
            tooltip=_told(
                {
                    "year:O": say("column.year"),
                    "part:N": say("column.part"),
                    "value:Q": say("column.value"),
                    "doubt:N": say("column.standing"),
                }
            ),
        )
    )


def _told(fields: Mapping[str, str]) -> list[alt.Tooltip]:
    """Returns what is told of a mark: its fields, each under a title."""
    return [
        alt.Tooltip(field, title=title, format=_FORMATS.get(field, alt.Undefined))
        for field, title in fields.items()
    ]


def _made(chart: alt.Chart | alt.LayerChart) -> Chart:
    """Returns a kind of chart as all charts look; it is as wide as its place on the page."""
    made: Chart = (
        chart.properties(width="container")
        .configure(font=_FONT, background="white")
        .configure_axis(labelColor=_INK, titleColor=_INK, gridColor="#e8ebf0", labelFontSize=12)
        .configure_legend(labelColor=_INK, titleColor=_INK, labelFontSize=12)
        .configure_view(stroke=None)
        .to_dict()
    )
    return made


def _filled(
    kind: Chart,
    rows: Sequence[Record],
    columns: Sequence[str],
    *,
    height: int,
    title: str | None = None,
) -> Chart:
    values = [{name: plain(row[name]) for name in columns} for row in rows]
    heading = {"title": {"text": title, "anchor": "start", "fontSize": 13}} if title else {}
    return {**kind, **heading, "height": height, "datasets": {"rows": values}}
