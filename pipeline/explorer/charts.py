"""The charts, as Vega-Lite; drawn by the browser from what is in the page, nothing fetched."""

from collections import Counter
from collections.abc import Sequence

import altair as alt

from pipeline.explorer.elements import plain
from pipeline.explorer.texts import Speech
from pipeline.warehouse.story import Record

_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK = "#1b2430"
_BLUE = "#2a6fb0"
_DEEP = "#0b3c6f"
_AMBER = "#c77700"
_GREY = "#d5dae1"
_ROW = 22
_FRAME = 90


def states_by_year(rows: Sequence[Record], say: Speech, present: str) -> alt.Chart:
    """Returns agencies by years, each cell colored by whether there is a report."""
    states = sorted({row["state"] for row in rows}, key=lambda one: one != present)
    base = alt.Chart(_values(rows)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("name_zh:N", title=None, axis=alt.Axis(labelLimit=260)),
        tooltip=[
            alt.Tooltip("name_zh:N", title=say("column.agency")),
            alt.Tooltip("year:O", title=say("column.year")),
            alt.Tooltip("state:N", title=say("column.status")),
            alt.Tooltip("facts:Q", title=say("overview.facts")),
            alt.Tooltip("checks_failed:Q", title=say("overview.failing")),
        ],
    )
    colors = [
        _BLUE if one == present else grey for one, grey in zip(states, _shades(), strict=False)
    ]
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color(
            "state:N",
            title=None,
            scale=alt.Scale(domain=states, range=colors),
            legend=alt.Legend(orient="bottom"),
        )
    )
    names = {row["agency_id"] for row in rows}
    return _styled(cells, height=_ROW * len(names) + _FRAME)


def _shades() -> list[str]:
    return [_BLUE, _GREY, "#e8b44f", "#b9c2cd"]


def shares_by_year(rows: Sequence[Record], say: Speech) -> alt.Chart:
    """Returns groups of agencies by years, colored by the share that has a report with facts."""
    base = alt.Chart(_values(rows)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("name:N", title=None, axis=alt.Axis(labelLimit=260)),
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1).encode(
        color=alt.Color(
            "share:Q",
            title=say("coverage.share"),
            scale=alt.Scale(domain=[0, 1], range=["#f1f4f8", _DEEP]),
            legend=alt.Legend(orient="bottom", format=".0%"),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=say("coverage.by")),
            alt.Tooltip("year:O", title=say("column.year")),
            alt.Tooltip("share:Q", title=say("coverage.share"), format=".1%"),
            alt.Tooltip("agencies:Q", title=say("overview.agencies"), format=","),
        ],
    )
    texts = base.mark_text(fontSize=11).encode(
        text=alt.Text("share:Q", format=".0%"),
        color=alt.condition("datum.share > 0.5", alt.value("white"), alt.value(_INK)),
    )
    groups = {row["name"] for row in rows}
    return _styled(cells + texts, height=_ROW * len(groups) + _FRAME)


def bars(rows: Sequence[Record], say: Speech, title: str) -> alt.Chart:
    """Returns agencies ranked by value."""
    labelled = told_apart(rows)
    base = alt.Chart(_values(labelled)).encode(
        y=alt.Y(
            "label:N",
            sort=[row["label"] for row in labelled],
            title=None,
            axis=alt.Axis(labelLimit=220),
        ),
        x=alt.X("value:Q", title=None, axis=alt.Axis(tickMinStep=1)),
        tooltip=[
            alt.Tooltip("label:N", title=say("column.agency")),
            alt.Tooltip("value:Q", title=say("column.value"), format=",~f"),
            alt.Tooltip("rank:Q", title=say("column.rank")),
            alt.Tooltip("percentile:Q", title=say("column.percentile")),
        ],
    )
    texts = base.mark_text(align="left", dx=4, color=_INK).encode(
        text=alt.Text("value:Q", format=",~f")
    )
    layers = base.mark_bar(color=_BLUE, height=14) + texts
    return _styled(layers, title=title, height=_ROW * len(rows) + 70)


def spread(rows: Sequence[Record], say: Speech, title: str) -> alt.Chart:
    """Returns how many agencies have values of which size."""
    chart = (
        alt.Chart(_values([{"value": row["value"]} for row in rows]))
        .mark_bar(color=_BLUE)
        .encode(
            x=alt.X("value:Q", bin=alt.Bin(maxbins=24, minstep=1), title=say("column.value")),
            y=alt.Y("count():Q", title=say("overview.agencies"), axis=alt.Axis(tickMinStep=1)),
            tooltip=[alt.Tooltip("count():Q", title=say("overview.agencies"))],
        )
    )
    return _styled(chart, title=title, height=260)


def scatter(rows: Sequence[Record], say: Speech, x: str, y: str) -> alt.Chart:
    """Returns agencies by two indicators: ``value`` across, ``other`` up."""
    chart = (
        alt.Chart(_values(told_apart(rows)))
        .mark_circle(size=55, opacity=0.55, color=_BLUE)
        .encode(
            x=alt.X("value:Q", title=x),
            y=alt.Y("other:Q", title=y),
            tooltip=[
                alt.Tooltip("label:N", title=say("column.agency")),
                alt.Tooltip("value:Q", title=x, format=",~f"),
                alt.Tooltip("other:Q", title=y, format=",~f"),
            ],
        )
    )
    return _styled(chart, title=None, height=360)


def trend(points: Sequence[Record], say: Speech, title: str) -> alt.Chart:
    """Returns values over years; the line is cut, and marked, where the method changed.

    Args:
        points: Rows with year, value, ``method_break`` and ``stretch``, the number of the
            run of years that may be joined by a line.
        say: Speaks.
        title: What is counted, with its unit.
    """
    base = alt.Chart(_values(points)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=True)),
        tooltip=[
            alt.Tooltip("year:O", title=say("column.year")),
            alt.Tooltip("value:Q", title=say("column.value"), format=",~f"),
            alt.Tooltip("method_break:N", title=say("column.break")),
        ],
    )
    line = base.mark_line(color=_BLUE).encode(detail="stretch:N")
    dots = base.mark_point(color=_BLUE, filled=True, size=60)
    texts = base.mark_text(dy=-12, color=_INK).encode(text=alt.Text("value:Q", format=",~f"))
    broken = base.transform_filter("datum.method_break != null")
    rules = broken.mark_rule(color=_AMBER, strokeDash=[4, 3]).encode(y=alt.Y())
    signs = broken.mark_text(color=_AMBER, y=8, dx=4, align="left").encode(
        y=alt.Y(), text="method_break:N"
    )
    return _styled(rules + line + dots + texts + signs, title=title, height=180)


def shares(rows: Sequence[Record], say: Speech, title: str) -> alt.Chart:
    """Returns parts of a whole year by year, as stacked bars: ``part`` and ``value``."""
    parts = list(dict.fromkeys(row["part"] for row in rows))
    chart = (
        alt.Chart(_values(rows))
        .mark_bar()
        .encode(
            x=alt.X("value:Q", title=None, stack="zero"),
            y=alt.Y("year:O", title=None, sort="descending"),
            color=alt.Color(
                "part:N",
                title=None,
                sort=parts,
                scale=alt.Scale(domain=parts, scheme="tableau10"),
                legend=alt.Legend(orient="bottom", columns=3, labelLimit=200),
            ),
            tooltip=[
                alt.Tooltip("year:O", title=say("column.year")),
                alt.Tooltip("part:N", title=say("column.part")),
                alt.Tooltip("value:Q", title=say("column.value"), format=",~f"),
            ],
        )
    )
    years = {row["year"] for row in rows}
    return _styled(chart, title=title, height=30 * len(years) + 130)


def told_apart(rows: Sequence[Record]) -> list[Record]:
    """Returns rows with a ``label`` that no two agencies share."""
    times = Counter(row["name_zh"] for row in rows)
    return [
        {
            **row,
            "label": row["name_zh"]
            if times[row["name_zh"]] == 1
            else f"{row['name_zh']} ({row['agency_id']})",
        }
        for row in rows
    ]


def _values(rows: Sequence[Record]) -> alt.InlineData:
    return alt.InlineData(
        values=[{name: plain(value) for name, value in row.items()} for row in rows]
    )


def _styled(
    chart: alt.Chart | alt.LayerChart, *, height: int, title: str | None = None
) -> alt.Chart:
    """Returns the chart as all charts look; its width is that of the page."""
    sized = chart.properties(height=height, width="container")
    if title is not None:
        sized = sized.properties(title=alt.TitleParams(title, anchor="start", fontSize=13))
    styled: alt.Chart = (
        sized.configure(font=_FONT, background="white")
        .configure_axis(labelColor=_INK, titleColor=_INK, gridColor="#e8ebf0", labelFontSize=12)
        .configure_legend(labelColor=_INK, titleColor=_INK, labelFontSize=12)
        .configure_view(stroke=None)
    )
    return styled
