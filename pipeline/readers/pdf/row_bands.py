"""Where the rows of a table without rules are parted."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pipeline.readers.pdf.figure_blocks import FigureBlock
from pipeline.readers.pdf.words import PdfWord, stacked

_OVER = 0.8


def head_border(block: FigureBlock) -> float:
    """Returns the height above which words are heads, as far as the first row alone tells."""
    return block.middles[0] - _OVER * block.size


def row_bands(
    block: FigureBlock, words: Sequence[PdfWord], first_label: float, rules: Sequence[Any]
) -> list[float]:
    """Returns the borders of the rows, from the top down; heads stand above the first.

    Args:
        block: The rows of figures.
        words: All words of the table.
        first_label: Left edge of the last column of labels.
        rules: Lines across the page, which part rows where they part all of them.
    """
    middles = _middles(block, words, first_label)
    across = sorted(
        rule["top"]
        for rule in rules
        if rule["x0"] <= block.left + block.size and rule["x1"] >= block.right - 3 * block.size
    )
    labels = [word for word in words if word.center < block.left]
    borders = [_top(middles[0], across, block)]
    for above, below in pairwise(middles):
        between = [at for at in across if above < at < below]
        borders.append(between[0] if between else _parting(above, below, labels, block.size))
    borders.append(max(word.bottom for word in words) + 1)
    heads = [word for word in words if word.middle < borders[0]]
    if all(word.center < block.left for word in heads):
        borders[0] = min(word.top for word in words)
    return borders


def _top(first: float, across: Sequence[float], block: FigureBlock) -> float:
    """The upper border of the first row: a rule close above it, else a share of its height."""
    over = [at for at in across if at < first]
    is_close = over and first - over[-1] < 4 * block.size
    return over[-1] if is_close else first - _OVER * block.size


def _middles(block: FigureBlock, words: Sequence[PdfWord], first_label: float) -> list[float]:
    """The heights of rows: those of figures, and of labels between them that are a row apart."""
    figures = block.middles
    middles = list(figures)
    labels = [word for word in words if word.center < block.left and word.x0 > first_label]
    for at in _lines_of_labels(labels, block):
        is_between = figures[0] < at < figures[-1]
        if is_between and min(abs(at - other) for other in middles) >= block.step:
            middles.append(at)
    return sorted(middles)


def _lines_of_labels(labels: Sequence[PdfWord], block: FigureBlock) -> Iterator[float]:
    """The heights of lines of labels, without labels of several lines beside one row."""
    for stack in stacked(labels, block.step):
        if not _is_one_label(stack, block.middles):
            yield from (word.middle for word in stack)


def _is_one_label(stack: Sequence[PdfWord], figures: Sequence[float]) -> bool:
    """Whether lines stand around the figures of one row, or from those downwards."""
    top, bottom = stack[0].top, stack[-1].bottom
    beside = [at for at in figures if top <= at <= bottom]
    near = (stack[0].bottom - top) / 4
    return len(beside) == 1 and any(
        abs(beside[0] - at) <= near for at in (stack[0].middle, (top + bottom) / 2)
    )


def _parting(above: float, below: float, labels: Sequence[PdfWord], size: float) -> float:
    """Where the widest gap between the lines of labels is, half way if they are even."""
    half = (above + below) / 2
    lines = sorted({round(word.middle, 1) for word in labels if above <= word.middle <= below})
    stops = [above, *lines, below]
    gaps = [(b - a, (a + b) / 2) for a, b in pairwise(stops) if b - a > 0.2 * size]
    if not gaps:
        return half
    widest = max(gap for gap, _ in gaps)
    wide = (at for gap, at in gaps if gap >= widest - 0.15 * size)
    return min(wide, key=lambda at: abs(at - half))
