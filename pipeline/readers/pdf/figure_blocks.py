"""Rows of figures on a page that stand in the same columns."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from pipeline.readers.pdf.words import PdfWord, rows_of, stacked

_FEWEST_COLUMNS = 4
_FEWEST_ROWS = 4
_FARTHEST_LINES = 4.5
_HEAD_LINES_APART = 2.2
_EDGE = 1.5
_LEAST_STEP = 0.85


@dataclass(frozen=True)
class FigureBlock:
    """Rows of figures in the same columns.

    Attributes:
        rows: The figures of each row, from the top down.
        edges: Where the columns of figures are parted, left and right border included.
    """

    rows: list[list[PdfWord]]
    edges: list[float]

    @property
    def left(self) -> float:
        """Where the columns of figures begin; labels stand before it."""
        return self.edges[0]

    @property
    def right(self) -> float:
        """Where the columns of figures end."""
        return self.edges[-1]

    @property
    def size(self) -> float:
        """Height of the first figure."""
        return self.rows[0][0].bottom - self.rows[0][0].top

    @property
    def middles(self) -> list[float]:
        """The height at which each row stands."""
        return [row[0].middle for row in self.rows]

    @cached_property
    def step(self) -> float:
        """How far apart lines of two rows are at least."""
        return _LEAST_STEP * min((b - a for a, b in pairwise(self.middles)), default=0.0)


def blocks_on(words: Sequence[PdfWord]) -> Iterator[FigureBlock]:
    """Yields runs of rows of figures that share their columns."""
    lines = list(
        rows_of(
            sorted(words, key=lambda w: (w.middle, w.x0)),
            lambda w: w.middle,
            lambda w: w.bottom - w.top,
        )
    )
    figures = [
        [word for word in sorted(line, key=lambda w: w.x0) if word.is_figure] for line in lines
    ]
    run: list[list[PdfWord]] = []
    for row in [row for row in figures if len(row) >= 2]:
        size = row[0].bottom - row[0].top
        if run and row[0].top - run[-1][0].bottom > 2 * _FARTHEST_LINES * size:
            yield from _block_of(run, figures)
            run = []
        run.append(row)
    yield from _block_of(run, figures)


def _block_of(
    run: Sequence[list[PdfWord]], lines: Sequence[list[PdfWord]]
) -> Iterator[FigureBlock]:
    """The rows among a run that stand in the columns most of them have."""
    counts = Counter(len(row) for row in run if len(row) >= _FEWEST_COLUMNS)
    if not counts:
        return
    columns = max(counts, key=lambda count: (counts[count], count))
    whole = [row for row in run if len(row) == columns]
    if len(whole) < _FEWEST_ROWS:
        return
    edges = _edges(whole)
    if edges is None or 2 * sum(_fits(row, edges) for row in run) <= len(run):
        return
    size = whole[0][0].bottom - whole[0][0].top
    top, bottom = run[0][0].top, run[-1][0].bottom + _FARTHEST_LINES * size
    inside = ([word for word in row if word.center > edges[0]] for row in lines)
    yield FigureBlock(
        [row for row in inside if row and top <= row[0].middle <= bottom and _fits(row, edges)],
        edges,
    )


def _edges(rows: Sequence[Sequence[PdfWord]]) -> list[float] | None:
    """Edges of the columns of whole rows, None where two columns overlap."""
    columns = list(zip(*rows, strict=True))
    extents = [(min(word.x0 for word in own), max(word.x1 for word in own)) for own in columns]
    if any(left[1] > right[0] for left, right in pairwise(extents)):
        return None
    centers = [median(word.center for word in own) for own in columns]
    half = median(b - a for a, b in pairwise(centers)) / 2
    return [
        min(extents[0][0] - _EDGE, centers[0] - half),
        *((left[1] + right[0]) / 2 for left, right in pairwise(extents)),
        max(extents[-1][1] + _EDGE, centers[-1] + half),
    ]


def _fits(row: Sequence[PdfWord], edges: Sequence[float]) -> bool:
    """Whether figures stand in the columns, each in one of its own."""
    places = [bisect_right(edges, word.center) - 1 for word in row if word.x0 > edges[0]]
    return len(places) >= 1 and len(set(places)) == len(places) and max(places) < len(edges) - 1


def words_of(block: FigureBlock, words: Sequence[PdfWord]) -> list[PdfWord]:
    """Returns the words of a block: its rows, the heads above and the labels before them."""
    size = median(word.bottom - word.top for row in block.rows for word in row)
    top, bottom = block.rows[0][0].top, block.rows[-1][0].bottom
    heads = sorted(
        (word for word in words if word.middle < top and word.x1 > block.left),
        key=lambda word: -word.bottom,
    )
    for word in heads:
        if top - word.bottom > _HEAD_LINES_APART * size or word.x0 < block.left - 20 * size:
            break
        top = min(top, word.top)
    bottom += 0.75 * size
    left, right = block.left, block.edges[1]
    labels = [word for word in words if word.center < left and word.x1 < right]
    for stack in stacked(labels, block.step):
        first, last = stack[0], stack[-1]
        if first.middle <= bottom < last.middle:
            bottom = last.middle
        # Below heads the first row begins with itself.
        if top == block.rows[0][0].top and first.middle < top <= last.bottom:
            top = first.top
    return [word for word in words if top - 0.1 * size <= word.middle <= bottom]
