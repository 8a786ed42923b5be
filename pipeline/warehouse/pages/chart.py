"""Geometry of a small line chart; the template draws it as SVG."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.warehouse.lineage import Record

WIDTH, HEIGHT = 320, 168
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 26, 24
_TICKS = 4
_YEARS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place of the chart, with the text beside it."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A line chart in units of its ``viewBox``.

    Attributes:
        lines: Points of each stretch of neighboring years with the same method.
        dots: Every value.
        breaks: Where the form or the way of counting changed.
        levels: Grid lines with their values.
        years: Marks of the time axis.
    """

    lines: Sequence[str]
    dots: Sequence[Mark]
    breaks: Sequence[Mark]
    levels: Sequence[Mark]
    years: Sequence[Mark]
    width: int = WIDTH
    height: int = HEIGHT


def draw(points: Sequence[Record], value_text: dict[int, str]) -> Chart | None:
    """Returns the chart of a trend, None where one year alone has a value.

    A line joins neighboring years; it is interrupted where a year is missing and where the
    method changed, since the step between the two is no change of the thing counted.

    Args:
        points: Rows with year, value and method_break, by year.
        value_text: What stands for the value of each year.
    """
    if len(points) < 2:
        return None
    first, last = int(points[0]["year"]), int(points[-1]["year"])
    levels = list(_levels(max(float(point["value"]) for point in points)))

    def x(year: float) -> float:
        return round(_LEFT + (year - first) / (last - first) * (WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - _BOTTOM - value / levels[-1] * (HEIGHT - _TOP - _BOTTOM), 1)

    dots = [
        Mark(x(point["year"]), y(float(point["value"])), value_text[point["year"]])
        for point in points
    ]
    step = math.ceil((last - first + 1) / _YEARS_SHOWN)
    return Chart(
        lines=[" ".join(f"{dots[n].x},{dots[n].y}" for n in part) for part in _stretches(points)],
        dots=dots,
        breaks=[
            Mark(x((points[n - 1]["year"] + points[n]["year"]) / 2), _TOP, point["method_break"])
            for n, point in enumerate(points)
            if n and point["method_break"]
        ],
        levels=[Mark(_LEFT, y(level), f"{level:,g}") for level in levels],
        years=[Mark(x(year), HEIGHT - 6, str(year)) for year in range(last, first - 1, -step)],
    )


def _stretches(points: Sequence[Record]) -> Iterator[list[int]]:
    stretch: list[int] = []
    for number, point in enumerate(points):
        follows = number and point["year"] == points[number - 1]["year"] + 1
        if stretch and (not follows or point["method_break"]):
            yield stretch
            stretch = []
        stretch.append(number)
    yield stretch


def _levels(highest: float) -> Iterator[float]:
    """Yields round numbers from 0 to the first that is not below ``highest``."""
    rough = max(highest, 1) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    step = max(step, 1)
    for number in range(math.ceil(max(highest, 1) / step) + 1):
        yield number * step
