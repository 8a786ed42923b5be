"""Figures as a plot: bars, a panel for each benchmark and unit, in SVG without a library."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from benchmarks.measuring import BenchmarkLine

_ROW = 18
_HEAD = 34
_NAMES = 330
_BARS = 330
_WIDTH = _NAMES + _BARS + 180

_STYLE = (
    "text{font:12px sans-serif;fill:#222}.title{font-weight:bold}.about{fill:#666;font-size:10px}"
    "rect{fill:#4a7ba6}.panel{fill:none;stroke:#ddd}"
)


def plot(results: Mapping[str, Sequence[BenchmarkLine]], about: str) -> str:
    """Returns the figures as one SVG picture.

    Args:
        results: Lines by name of the benchmark.
        about: The machine and the versions, shown below the title.
    """
    parts = [f'<text class="about" x="10" y="20">{escape(about)}</text>']
    top = 40
    for title, lines in _panels(results):
        parts.append(f'<g transform="translate(10,{top})">{"".join(_panel(title, lines))}</g>')
        top += _HEAD + _ROW * len(lines) + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH + 20}" height="{top}">'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" style="fill:#fff"/>'
        f"{''.join(parts)}</svg>\n"
    )


def _panels(
    results: Mapping[str, Sequence[BenchmarkLine]],
) -> Iterator[tuple[str, list[BenchmarkLine]]]:
    """Yields what can share an axis: lines of one benchmark in one unit."""
    for name, lines in results.items():
        units = dict.fromkeys(line.unit for line in lines if line.value is not None)
        for unit in units:
            same = [line for line in lines if line.value is not None and line.unit == unit]
            yield f"{name}, {unit or 'ratio'}", same


def _panel(title: str, lines: Sequence[BenchmarkLine]) -> Iterable[str]:
    most = max((line.value or 0 for line in lines), default=0) or 1
    yield f'<text class="title" x="0" y="14">{escape(title)}</text>'
    for number, line in enumerate(lines):
        y = 22 + number * _ROW
        width = max(1, _BARS * (line.value or 0) / most)
        aim = f"(aim {line.aim})" if line.aim else ""
        yield f'<text x="{_NAMES - 8}" y="{y + 12}" text-anchor="end">{escape(line.name)}</text>'
        yield f'<rect x="{_NAMES}" y="{y + 2}" width="{width:.1f}" height="{_ROW - 5}"/>'
        yield (
            f'<text x="{_NAMES + width + 5:.1f}" y="{y + 12}">'
            f"{escape(line.figure)}<tspan class='about' dx='6'>{escape(aim)}</tspan></text>"
        )
