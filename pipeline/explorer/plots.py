"""Geometry of the charts; ``templates/plots.html`` draws them as SVG.

A chart is a few kilobytes of markup with the page's own type and colours, a click on a mark
leads to its source, and nothing needs to be drawn in the browser. Lengths are in units of its
``viewBox``.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

from pipeline.explorer.provinces import Tile
from pipeline.warehouse.records import Record

Show = Callable[[Decimal | float | None], str]
"""Writes a value."""

WIDTH = 720
_ROW = 24
_NAMES = 230
_TICKS = 4
_LONGEST_NAME = 17


@dataclass(frozen=True, slots=True)
class ChartMark:
    """Something at a place of the chart.

    Attributes:
        x: Where it stands.
        y: Where it stands.
        text: What is written beside it or told of it.
        name: What it stands for.
        width: How wide it is, where it has a width.
        kind: Class of its colour.
        to: Address it leads to.
        doubt: Why it must not be relied on, empty where it may be.
        sign: What stands beside it for that.
    """

    x: float
    y: float
    text: str
    name: str = ""
    width: float = 0
    kind: str = ""
    to: str | None = None
    doubt: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart.

    Attributes:
        kind: Which macro draws it.
        title: What it shows.
        width: Its width.
        height: Its height.
        description: What a screen reader says of it: kind, number, extremes.
        lines: Points of each stretch of neighboring years with the same method.
        marks: Its values.
        breaks: Where the form or the way of counting changed.
        across: Grid lines with their values along the x axis.
        up: Grid lines with their values along the y axis.
        legend: Parts with the class of their colour, in the order they are drawn.
        labels: Names of the axes.
    """

    kind: Literal["lines", "bars", "stack", "dots", "scatter", "grid"]
    title: str
    width: int
    height: int
    description: str
    lines: Sequence[str] = ()
    marks: Sequence[ChartMark] = ()
    breaks: Sequence[ChartMark] = ()
    across: Sequence[ChartMark] = ()
    up: Sequence[ChartMark] = ()
    legend: Sequence[tuple[str, str]] = ()
    labels: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Scale:
    """Puts values at places: straight, or by their logarithm.

    Attributes:
        low: Least value.
        high: Greatest value.
        start: Place of the least.
        end: Place of the greatest.
        is_log: Whether equal ratios are equal lengths.
        ticks: Round values between them.
    """

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False
    ticks: Sequence[float] = ()

    def at(self, value: float) -> float:
        """Returns the place of a value."""
        low, high, here = self.low, self.high, value
        if self.is_log:
            low, high, here = math.log10(low), math.log10(high), math.log10(max(value, self.low))
        return round(self.start + (here - low) / ((high - low) or 1) * (self.end - self.start), 1)


def straight(values: Sequence[float], start: float, end: float) -> Scale:
    """Returns a scale from 0 to a round number that is not below any value."""
    levels = list(_levels(max([0.0, *values])))
    low = min([0.0, *values])
    return Scale(low, levels[-1], start, end, ticks=levels)


def logarithmic(values: Sequence[float], start: float, end: float) -> Scale:
    """Returns a scale of powers of ten around the values above 0; 0 stands at its start."""
    above = [value for value in values if value > 0] or [1.0]
    low = 10.0 ** math.floor(math.log10(min(above)))
    high = 10.0 ** math.ceil(math.log10(max(above)))
    high = high if high > low else low * 10
    ticks = [low * 10**n for n in range(round(math.log10(high / low)) + 1)]
    return Scale(low, high, start, end, is_log=True, ticks=ticks)


def trend(
    points: Sequence[Record],
    title: str,
    show: Show,
    *,
    highest: float = 0,
    years: tuple[int, int] | None = None,
) -> Plot | None:
    """Returns a line over years, None where one year alone has a value.

    A line joins neighboring years; it is interrupted where a year is missing, where the method
    changed, since the step between the two is no change of the thing counted, and where a number
    is set aside, which stands apart.

    Args:
        points: Rows with year, value, method_break, ``to`` and what is doubted of them, by year.
        title: What is counted.
        show: Writes values.
        highest: A value that its scale has to reach, where several are compared.
        years: The first and the last year it has to show, where several are compared.
    """
    if len(points) < 2:
        return None
    width, height = 320, 168
    left, right, top, bottom = 48, 16, 30, 24
    first, last = years or (int(points[0]["year"]), int(points[-1]["year"]))
    values = [float(point["value"]) for point in points]
    y = straight([*values, highest], height - bottom, top)
    x = Scale(first, last, left, width - right)
    marks = [
        ChartMark(
            x.at(point["year"]),
            y.at(float(point["value"])),
            show(point["value"]),
            str(point["year"]),
            kind="aside" if point.get("is_aside") else "",
            to=point.get("to"),
            **_doubt(point),
        )
        for point in points
    ]
    step = math.ceil((last - first + 1) / 6)
    return Plot(
        "lines",
        title,
        width,
        height,
        description="; ".join(f"{mark.name}: {mark.text}" for mark in marks),
        lines=[
            " ".join(f"{marks[n].x},{marks[n].y}" for n in stretch) for stretch in stretches(points)
        ],
        marks=marks,
        breaks=[
            ChartMark(x.at((points[n - 1]["year"] + point["year"]) / 2), top, point["method_break"])
            for n, point in enumerate(points)
            if n and point["method_break"]
        ],
        across=[
            ChartMark(x.at(year), height - 6, str(year)) for year in range(last, first - 1, -step)
        ],
        up=[ChartMark(left, y.at(tick), show(tick)) for tick in y.ticks],
    )


@dataclass(frozen=True, slots=True)
class Spark:
    """A chart as small as a word.

    Attributes:
        lines: Points of each stretch that may be joined.
        aside: Places of numbers that are set aside.
    """

    lines: Sequence[str]
    aside: Sequence[tuple[float, float]]


def spark(points: Sequence[Record], first: int, last: int) -> Spark:
    """Returns a chart as small as a word, over all years of its neighbours."""
    y = straight([float(point["value"]) for point in points], 18, 2)
    x = Scale(first, max(last, first + 1), 2, 78)
    places = [(x.at(point["year"]), y.at(float(point["value"]))) for point in points]
    return Spark(
        [
            # A year alone is a line to itself, which the style makes a dot.
            " ".join("{},{}".format(*places[n]) for n in (stretch if stretch[1:] else stretch * 2))
            for stretch in stretches(points)
        ],
        [place for place, point in zip(places, points, strict=True) if point.get("is_aside")],
    )


def bars(rows: Sequence[Record], title: str, show: Show, description: str) -> Plot:
    """Returns ranked bars: rows have ``name_zh``, ``value``, ``to`` and ``doubt``."""
    x = straight([float(row["value"]) for row in rows], _NAMES, WIDTH - 80)
    return Plot(
        "bars",
        title,
        WIDTH,
        _ROW * len(rows) + 44,
        description,
        marks=[
            ChartMark(
                _NAMES,
                44 + n * _ROW,
                show(row["value"]),
                _short(row["name_zh"]),
                max(x.at(float(row["value"])) - _NAMES, 0),
                to=row.get("to"),
                **_doubt(row),
            )
            for n, row in enumerate(rows)
        ],
        across=[ChartMark(x.at(tick), 36, show(tick)) for tick in x.ticks],
    )


def stack(rows: Sequence[Record], title: str, show: Show) -> Plot | None:
    """Returns shares of a whole year by year, parts in the order given.

    Args:
        rows: Have year, part, ``kind``, value (a share), and ``method_break``; parts in order.
        title: What they are parts of.
        show: Writes shares.
    """
    if not rows:
        return None
    years = sorted({int(row["year"]) for row in rows})
    every = list(range(years[0], years[-1] + 1))
    left, wide = 56, WIDTH - 56 - 12
    marks, breaks = [], []
    for n, year in enumerate(every):
        at, y = float(left), 8 + n * 30.0
        own = [row for row in rows if row["year"] == year]
        whole = max(sum(max(float(row["value"]), 0) for row in own), 1.0)
        if own and n and (mark := next((r["method_break"] for r in own if r["method_break"]), "")):
            breaks.append(ChartMark(left, y - 4, mark))
        for row in own:
            width = round(wide * max(float(row["value"]), 0) / whole, 1)
            if width:
                text = show(row["value"]) if width > 46 else ""
                marks.append(
                    ChartMark(round(at, 1), y, text, f"{year} {row['part']}: {show(row['value'])}",
                         width, row["kind"], row.get("to"), **_doubt(row))
                )  # fmt: skip
            at += width
    legend = list(dict.fromkeys((row["part"], row["kind"]) for row in rows))
    return Plot(
        "stack",
        title,
        WIDTH,
        8 + 30 * len(every),
        description="; ".join(mark.name for mark in marks),
        marks=marks,
        breaks=breaks,
        up=[ChartMark(left - 8, 24 + n * 30, str(year)) for n, year in enumerate(every)],
        legend=legend,
    )


def dots(
    series: Sequence[Sequence[Record]], title: str, show: Show, description: str, *, is_log: bool
) -> Plot:
    """Returns a line of dots for each agency: its first value, its last, and those between.

    Args:
        series: Points of each agency, by year.
        title: What is counted.
        show: Writes values.
        description: What a screen reader says.
        is_log: Whether equal ratios are equal lengths.
    """
    values = [float(point["value"]) for points in series for point in points]
    x = (logarithmic if is_log else straight)(values, _NAMES, WIDTH - 24)
    marks, lines = [], []
    for n, points in enumerate(series):
        y = 56 + n * _ROW
        places = [x.at(float(point["value"])) for point in points]
        relied = [n for n, point in enumerate(points) if not point.get("is_aside")]
        is_joined = len(relied) > 1 and not any(point["method_break"] for point in points[1:])
        if is_joined:
            lines.append(f"{places[relied[0]]},{y} {places[relied[-1]]},{y}")
        kinds = dict.fromkeys(relied, "between")
        kinds |= dict.fromkeys(relied[:1], "first") | dict.fromkeys(relied[-1:], "last")
        for at, (place, point) in enumerate(zip(places, points, strict=True)):
            text = f"{point['name_zh']} {point['year']}: {show(point['value'])}"
            name = _short(point["name_zh"]) if point is points[-1] else ""
            marks.append(ChartMark(place, y, text, name, kind=kinds.get(at, "aside"),
                              to=point.get("to"), **_doubt(point)))  # fmt: skip
    return Plot(
        "dots",
        title,
        WIDTH,
        _ROW * len(series) + 60,
        description,
        lines=lines,
        marks=marks,
        across=[ChartMark(x.at(tick), 36, show(tick)) for tick in x.ticks],
    )


def scatter(
    rows: Sequence[Record], title: str, shows: tuple[Show, Show], labels: tuple[str, str],
    description: str, *, is_log: bool,
) -> Plot:  # fmt: skip
    """Returns agencies by two measures, those that stand apart with their names.

    Args:
        rows: Have ``value`` (across), ``other`` (up), ``name_zh``, ``to`` and ``doubt``.
        title: What it shows.
        shows: Write the values of either.
        labels: Names of the axes.
        description: What a screen reader says.
        is_log: Whether equal ratios are equal lengths.
    """
    height, made = 460, logarithmic if is_log else straight
    x = made([float(row["value"]) for row in rows], 64, WIDTH - 24)
    y = made([float(row["other"]) for row in rows], height - 52, 20)
    placed = [(x.at(float(row["value"])), y.at(float(row["other"])), row) for row in rows]
    named: list[tuple[float, float, float]] = []
    with_name: set[str] = set()
    marks = []
    # From the corner of the greatest down; a name is written where no other one stands.
    for at, up, row in sorted(placed, key=lambda one: one[1] - one[0]):
        start, end = _span(at, _short(row["name_zh"]))
        is_free = all(abs(up - u) > 14 or end < a or start > z for a, z, u in named) and not any(
            start - 5 < a < end + 5 and abs(up - u) < 10 for a, u, one in placed if one is not row
        )
        if is_free and len(named) < 24:
            named.append((start, end, up))
            with_name.add(row["agency_id"])
        text = f"{row['name_zh']}: {shows[0](row['value'])}, {shows[1](row['other'])}"
        name = _short(row["name_zh"]) if row["agency_id"] in with_name else ""
        marks.append(ChartMark(at, up, text, name,
                          kind="end" if at > WIDTH - 220 else "", to=row.get("to"),
                          **_doubt(row)))  # fmt: skip
    return Plot(
        "scatter",
        title,
        WIDTH,
        height,
        description,
        marks=marks,
        across=[ChartMark(x.at(tick), height - 34, shows[0](tick)) for tick in x.ticks],
        up=[ChartMark(56, y.at(tick), shows[1](tick)) for tick in y.ticks],
        labels=labels,
    )


def grid(tiles: Sequence[Tile], title: str, show: Show, description: str) -> Plot:
    """Returns a map of tiles."""
    side = WIDTH / 8
    return Plot(
        "grid",
        title,
        WIDTH,
        round(side * max(tile.place.row for tile in tiles)) + 4,
        description,
        marks=[
            ChartMark(
                round((tile.place.column - 1) * side + 2, 1),
                round((tile.place.row - 1) * side + 2, 1),
                f"{show(tile.value)}" if tile.n else "—",
                tile.name,
                round(side - 4, 1),
                kind=f"q{tile.shade}" if tile.shade is not None else "none",
                doubt=f"n={tile.n}" if tile.n else "",
            )
            for tile in tiles
        ],
    )


def stretches(points: Sequence[Record]) -> Iterator[list[int]]:
    """Yields the runs of neighboring years that may be joined.

    They have one method, and none of their numbers is set aside.
    """
    stretch: list[int] = []
    for number, point in enumerate(points):
        is_aside = point.get("is_aside")
        follows = number and point["year"] == points[number - 1]["year"] + 1
        if stretch and (is_aside or not follows or point["method_break"]):
            yield stretch
            stretch = []
        if not is_aside:
            stretch.append(number)
    if stretch:
        yield stretch


def by_agency(rows: Sequence[Record]) -> list[list[Record]]:
    """Groups rows, which are in order of their agency."""
    return [list(group) for _, group in groupby(rows, key=lambda row: row["agency_id"])]


def _span(at: float, name: str) -> tuple[float, float]:
    """Returns the left and the right edge of a name written beside a dot."""
    long = 11.0 * len(name)
    return (at - 8 - long, at - 8) if at > WIDTH - 220 else (at + 8, at + 8 + long)


def _doubt(row: Record) -> dict[str, Any]:
    """The doubt about a number and its sign, empty where there is none."""
    return {name: row.get(name) or "" for name in ("doubt", "sign")}


def _short(name: str | None) -> str:
    text = name or ""
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


def _levels(highest: float) -> Iterator[float]:
    """Yields round numbers from 0 to the first that is not below ``highest``."""
    if highest <= 0:
        highest = 1.0
    rough = highest / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    for number in range(math.ceil(highest / step - 1e-9) + 1):
        yield number * step
