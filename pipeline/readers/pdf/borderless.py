"""Tables without upright rules: rows of figures that stand below each other tell the columns."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import Any

from msgspec import structs

from pipeline.readers.document_builder import Box, Spot
from pipeline.readers.pdf.grids import PdfTable
from pipeline.readers.pdf.lines import Char, lines_of
from pipeline.readers.pdf.words import PdfWord, rows_of, words_on

_FEWEST_COLUMNS = 4
_FEWEST_ROWS = 4
_FARTHEST_LINES = 4.5
_HEAD_LINES_APART = 2.2
_MOST_CROSSING = 0.4
_LEAST_BESIDE = 2
_EDGE = 1.5
_OVER = 0.8
_LEAST_STEP = 0.85
_STEP_OF_GROUP = 1.7


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of figures in the same columns.

    Attributes:
        rows: The figures of each row, from the top down.
        edges: Where the columns of figures are parted, left and right border included.
    """

    rows: list[list[PdfWord]]
    edges: list[float]


def borderless_tables(
    chars: Sequence[Char], rules: Sequence[Any], page: int
) -> tuple[list[PdfTable], list[Char]]:
    """Finds tables that are set by alignment alone.

    Args:
        chars: The characters outside ruled tables.
        rules: Lines across the page, as pdfplumber gives them.
        page: Page number.

    Returns:
        The tables, and the characters that stand in none of them.
    """
    words = list(words_on(chars))
    tables = []
    for block in _blocks(words):
        inside = _words_of(block, words)
        table = _table(block, inside, rules, page)
        if table is not None:
            tables.append(table)
            taken = {id(char) for word in inside for char in word.chars}
            words = [word for word in words if word not in inside]
            chars = [char for char in chars if id(char) not in taken]
    return tables, list(chars)


def _blocks(words: Sequence[PdfWord]) -> Iterator[_Block]:
    """Runs of rows of figures that share their columns."""
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


def _block_of(run: Sequence[list[PdfWord]], lines: Sequence[list[PdfWord]]) -> Iterator[_Block]:
    """The rows among a run that stand in the columns most of them have."""
    counts = Counter(len(row) for row in run if len(row) >= _FEWEST_COLUMNS)
    if not counts:
        return
    columns = max(counts, key=lambda count: (counts[count], count))
    whole = [row for row in run if len(row) == columns]
    if len(whole) < _FEWEST_ROWS:
        return
    extents = [
        (min(word.x0 for word in column), max(word.x1 for word in column))
        for column in zip(*whole, strict=True)
    ]
    if any(left[1] > right[0] for left, right in pairwise(extents)):
        return
    centers = [median(word.center for word in column) for column in zip(*whole, strict=True)]
    between = [(left[1] + right[0]) / 2 for left, right in pairwise(extents)]
    step = median(b - a for a, b in pairwise(centers))
    edges = [
        min(extents[0][0] - _EDGE, centers[0] - 0.5 * min(step, between[0] - centers[0] + step)),
        *between,
        max(extents[-1][1] + _EDGE, centers[-1] + 0.5 * step),
    ]
    edges[0] = min(edges[0], extents[0][0] - _EDGE)
    if 2 * sum(_fits(row, edges) for row in run) <= len(run):
        return
    size = whole[0][0].bottom - whole[0][0].top
    top, bottom = run[0][0].top, run[-1][0].bottom + _FARTHEST_LINES * size
    inside = ([word for word in row if word.center > edges[0]] for row in lines)
    yield _Block(
        [row for row in inside if row and top <= row[0].middle <= bottom and _fits(row, edges)],
        edges,
    )


def _fits(row: Sequence[PdfWord], edges: Sequence[float]) -> bool:
    """Whether figures stand in the columns, each in one of its own."""
    places = [bisect_right(edges, word.center) - 1 for word in row if word.x0 > edges[0]]
    return len(places) >= 1 and len(set(places)) == len(places) and max(places) < len(edges) - 1


def _words_of(block: _Block, words: Sequence[PdfWord]) -> list[PdfWord]:
    """The words of a block: between its first and last row, the heads above, labels around."""
    size = median(word.bottom - word.top for row in block.rows for word in row)
    top, bottom = block.rows[0][0].top, block.rows[-1][0].bottom
    heads = sorted(
        (word for word in words if word.middle < top and word.x1 > block.edges[0]),
        key=lambda word: -word.bottom,
    )
    for word in heads:
        if top - word.bottom > _HEAD_LINES_APART * size or word.x0 < block.edges[0] - 20 * size:
            break
        top = min(top, word.top)
    bottom += 0.75 * size
    left, right = block.edges[:2]
    labels = [word for word in words if word.center < left and word.x1 < right]
    for stack in _stacked(labels, _step(row[0].middle for row in block.rows)):
        first, last = stack[0], stack[-1]
        if first.middle <= bottom < last.middle:
            bottom = last.middle
        # Below heads the first row begins with itself.
        if top == block.rows[0][0].top and first.middle < top <= last.bottom:
            top = first.top
    return [word for word in words if top - 0.1 * size <= word.middle <= bottom]


def _table(
    block: _Block, words: Sequence[PdfWord], rules: Sequence[Any], page: int
) -> PdfTable | None:
    """The grid of a block."""
    first = block.rows[0][0]
    size = first.bottom - first.top
    left = block.edges[0]
    over = block.rows[0][0].middle - _OVER * size
    tracks = _tracks([word for word in words if word.center < left and word.middle > over], left)
    middles = _middles(block, words, tracks)
    bands = _bands(middles, block.edges, words, rules, size)
    if all(word.center < left for word in words if word.middle < bands[0]):
        bands[0] = min(word.top for word in words)
    heads = [word for word in words if word.middle < bands[0]]
    body = [word for word in words if word.middle >= bands[0]]
    labels = [word for word in body if word.center < left]
    edges = [*tracks, *block.edges]
    if any(word.x1 > block.edges[-1] + size for word in words):
        return None
    rows = len(bands) - 1
    head_rows = _head_spots(heads, edges, len(tracks), page)
    offset = 1 + max((spot.row for spot in head_rows), default=-1)
    held: dict[tuple[int, int, int], list[PdfWord]] = {}
    alone = [
        word
        for word in labels
        if _ends_in_groups(word, tracks) and _has_others_behind(word, labels, bands)
    ]
    groups = list(_groups(alone, labels, tracks, bands, page))
    grouped = {id(char) for word in alone for char in word.chars}
    for word in body:
        if word.chars and id(word.chars[0]) in grouped:
            continue
        row = min(max(bisect_right(bands, word.middle) - 1, 0), rows - 1)
        col = max(
            bisect_right(edges, word.center if word.center >= left else word.x0 + _EDGE) - 1, 0
        )
        if word.center < left:
            held.setdefault((row, col, len(tracks) - col), []).append(word)
        else:
            held.setdefault((row, min(col, len(edges) - 2), 1), []).append(word)
    spots = [
        Spot(_text(words), row, col, 1, span, page, _around(words))
        for (row, col, span), words in held.items()
    ]
    spots += groups
    spots += _blank(spots, rows, len(tracks), len(edges) - 1, edges, bands, page)
    spots = [structs.replace(spot, row=spot.row + offset) for spot in spots] + head_rows
    spots.sort(key=lambda spot: (spot.row, spot.col))
    box = _around(words)
    return PdfTable(tuple(spots), tuple(edges), box, rows + offset)


def _middles(block: _Block, words: Sequence[PdfWord], tracks: Sequence[float]) -> list[float]:
    """Where the rows stand: those of figures, and labels as far from those as rows are."""
    figures = [row[0].middle for row in block.rows]
    middles = list(figures)
    step = _step(figures)
    labels = [word for word in words if word.center < block.edges[0] and word.x0 > tracks[-1]]
    for stack in _stacked(labels, step):
        if _is_one_label(stack, figures):
            continue
        for at in (word.middle for word in stack):
            is_between = figures[0] < at < figures[-1]
            if is_between and min(abs(at - other) for other in middles) >= step:
                middles.append(at)
    return sorted(middles)


def _is_one_label(stack: Sequence[PdfWord], figures: Sequence[float]) -> bool:
    """Whether lines stand around the figures of one row, or from those downwards."""
    top, bottom = stack[0].top, stack[-1].bottom
    beside = [at for at in figures if top <= at <= bottom]
    near = (stack[0].bottom - top) / 4
    return len(beside) == 1 and any(
        abs(beside[0] - at) <= near for at in (stack[0].middle, (top + bottom) / 2)
    )


def _step(middles: Iterable[float]) -> float:
    """How far apart lines are at least that belong to two rows."""
    return _LEAST_STEP * min((b - a for a, b in pairwise(middles)), default=0.0)


def _bands(
    middles: Sequence[float],
    edges: Sequence[float],
    words: Sequence[PdfWord],
    rules: Sequence[Any],
    size: float,
) -> list[float]:
    """Where the rows are parted: at the rules where they part all rows, else half way."""
    left, right = edges[0], edges[-1]
    across = sorted(
        rule["top"]
        for rule in rules
        if rule["x0"] <= left + size and rule["x1"] >= right - 3 * size
    )
    bands = [0.0]
    for above, below in pairwise(middles):
        between = [at for at in across if above < at < below]
        bands.append(between[0] if between else _parting(above, below, words, left, size))
    over = [at for at in across if at < middles[0]]
    bands[0] = over[-1] if over and middles[0] - over[-1] < 4 * size else middles[0] - _OVER * size
    bands.append(max(word.bottom for word in words) + 1)
    return bands


def _parting(
    above: float, below: float, words: Sequence[PdfWord], left: float, size: float
) -> float:
    """Where the widest gap between the lines of labels is, half way if they are even."""
    half = (above + below) / 2
    lines = sorted(
        {
            round(word.middle, 1)
            for word in words
            if above <= word.middle <= below and word.center < left
        }
    )
    stops = [above, *lines, below]
    gaps = [(b - a, (a + b) / 2) for a, b in pairwise(stops) if b - a > 0.2 * size]
    if not gaps:
        return half
    widest = max(gap for gap, _ in gaps)
    return min(
        (at for gap, at in gaps if gap >= widest - 0.15 * size), key=lambda at: abs(at - half)
    )


def _tracks(labels: Sequence[PdfWord], left: float) -> list[float]:
    """Left edges of the columns of labels: where few lines cross and several stand beside."""
    start = min((word.x0 for word in labels), default=left - 1) - _EDGE
    tracks = [start]
    seen: set[frozenset[int]] = {frozenset()}
    for x in sorted({round(word.x0, 1) for word in labels}):
        at = x - _EDGE
        before = frozenset(
            n
            for n, word in enumerate(labels)
            if word.x1 <= x + _EDGE and word.x0 >= tracks[-1] - _EDGE
        )
        behind = sum(word.x0 >= at for word in labels)
        crossing = sum(word.x0 < at and word.x1 > x + _EDGE for word in labels)
        is_new = len(before) >= _LEAST_BESIDE and before not in seen
        if is_new and behind >= _LEAST_BESIDE and crossing <= _MOST_CROSSING * len(labels):
            tracks.append(at)
            seen.add(before)
    return tracks


def _ends_in_groups(word: PdfWord, tracks: Sequence[float]) -> bool:
    """Whether a word stands in a column of group labels alone."""
    return len(tracks) > 1 and word.x1 <= tracks[-1] + 2 * _EDGE


def _has_others_behind(word: PdfWord, labels: Sequence[PdfWord], bands: Sequence[float]) -> bool:
    """Whether a word shares its row with the label of that row, and so heads it with others."""
    row = bisect_right(bands, word.middle)
    return any(
        other.x0 >= word.x1 - _EDGE and bisect_right(bands, other.middle) == row for other in labels
    )


def _groups(
    words: Sequence[PdfWord],
    labels: Sequence[PdfWord],
    tracks: Sequence[float],
    bands: Sequence[float],
    page: int,
) -> Iterator[Spot]:
    """Labels that stand in the middle of the rows they head, each at the first of those."""
    alone = set(map(id, words))
    around: list[int] = []
    for col in range(len(tracks) - 1):
        outer = sorted(around)
        own = [word for word in words if bisect_right(tracks, word.x0 + _EDGE) - 1 == col]
        parts = list(_stacked(own))
        others = [
            word
            for word in labels
            if bisect_right(tracks, word.x0 + _EDGE) - 1 <= col and id(word) not in alone
        ]
        taken = 0
        for part in parts:
            top, bottom = part[0].top, part[-1].bottom
            first = bisect_right(bands, part[0].middle) - 1
            last = bisect_right(bands, part[-1].middle) - 1
            above = [word for word in others if word.middle < top]
            begun = outer[: bisect_right(outer, first)]
            free = max(
                taken,
                *begun[-1:],
                1 + max((bisect_right(bands, w.middle) - 1 for w in above), default=-1),
            )
            middle = (top + bottom) / 2
            if free <= first:
                reach = 2 * middle - bands[free]
                nearest = min(range(len(bands)), key=lambda n: abs(bands[n] - reach))
                following = [w for w in others if w.middle > bottom]
                ends = outer[len(begun) :][:1] or [len(bands) - 1]
                limit = min([*ends, *(bisect_right(bands, w.middle) - 1 for w in following)])
                if nearest > last and nearest <= limit:
                    first, last = free, nearest - 1
            first, last = max(first, taken), max(last, first, taken)
            last = min(last, len(bands) - 2)
            first = min(first, last)
            taken = last + 1
            around += [first, taken]
            yield Spot(_text(part), first, col, last - first + 1, 1, page, _around(part))


def _stacked(words: Iterable[PdfWord], step: float = inf) -> Iterator[list[PdfWord]]:
    """Lines that stand close below each other, nearer than rows are."""
    part: list[PdfWord] = []
    for word in sorted(words, key=lambda word: word.middle):
        gap = (_STEP_OF_GROUP - 1) * (word.bottom - word.top)
        if part and (word.top - part[-1].bottom > gap or word.middle - part[-1].middle >= step):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _blank(
    spots: Sequence[Spot],
    rows: int,
    labels: int,
    columns: int,
    edges: Sequence[float],
    bands: Sequence[float],
    page: int,
) -> Iterator[Spot]:
    """Cells of figures in which nothing is printed."""
    filled = {(spot.row, spot.col) for spot in spots}
    for row in range(rows):
        for col in range(labels, columns):
            if (row, col) not in filled:
                yield Spot(
                    "",
                    row,
                    col,
                    1,
                    1,
                    page,
                    (edges[col], bands[row], edges[col + 1], bands[row + 1]),
                )


def _head_spots(
    heads: Sequence[PdfWord], edges: Sequence[float], labels: int, page: int
) -> list[Spot]:
    """Heads: what lies over several columns in rows of its own, above those of one column."""
    corner = [word for word in heads if word.center < edges[labels]]
    over = [word for word in heads if word.center >= edges[labels]]
    wide = [word for word in over if _covered(word, edges, labels)[1] > 1]
    spots: list[Spot] = []
    lines = sorted({round(word.middle) for word in wide})
    for row, line in enumerate(lines):
        for word in wide:
            if round(word.middle) == line:
                col, span = _covered(word, edges, labels)
                spots.append(Spot(word.text, row, col, 1, span, page, _around([word])))
    below = len(lines)
    columns: dict[int, list[PdfWord]] = {}
    for word in over:
        if word not in wide:
            columns.setdefault(_covered(word, edges, labels)[0], []).append(word)
    for col, words in columns.items():
        spots.append(Spot(_text(words), below, col, 1, 1, page, _around(words)))
    if corner and spots:
        spots.append(Spot(_text(corner), 0, 0, below + 1, labels, page, _around(corner)))
    return spots


def _covered(word: PdfWord, edges: Sequence[float], labels: int) -> tuple[int, int]:
    """The first column a head stands over, and how many."""
    first = max(bisect_right(edges, word.x0 + 2) - 1, labels)
    last = max(min(bisect_right(edges, word.x1 - 2) - 1, len(edges) - 2), first)
    return first, last - first + 1


def _text(words: Iterable[PdfWord]) -> str:
    ordered = [char for word in words for char in word.chars]
    return "\n".join(line.text for line in lines_of(ordered))


def _around(words: Sequence[PdfWord]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )
