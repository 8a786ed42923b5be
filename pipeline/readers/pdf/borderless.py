"""Tables without upright rules: rows of figures that stand below each other tell the columns."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs

from pipeline.readers.document_builder import Spot
from pipeline.readers.pdf.figure_blocks import FigureBlock, blocks_on, words_of
from pipeline.readers.pdf.grids import PdfTable
from pipeline.readers.pdf.group_labels import LabelGrid, group_spots, heads_group
from pipeline.readers.pdf.lines import Char
from pipeline.readers.pdf.row_bands import head_border, row_bands
from pipeline.readers.pdf.words import PdfWord, box_around, joined_text, words_on

_MOST_CROSSING = 0.4
_LEAST_BESIDE = 2
_EDGE = 1.5


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
    for block in blocks_on(words):
        inside = words_of(block, words)
        table = _table(block, inside, rules, page)
        if table is not None:
            tables.append(table)
            taken = {id(char) for word in inside for char in word.chars}
            words = [word for word in words if word not in inside]
            chars = [char for char in chars if id(char) not in taken]
    return tables, list(chars)


def _table(
    block: FigureBlock, words: Sequence[PdfWord], rules: Sequence[Any], page: int
) -> PdfTable | None:
    """The table of a block, None where words go on behind its last column."""
    if any(word.x1 > block.right + block.size for word in words):
        return None
    border = head_border(block)
    below = [word for word in words if word.center < block.left and word.middle > border]
    tracks = _tracks(below, block.left)
    grid = LabelGrid(tracks, row_bands(block, words, tracks[-1], rules), page)
    edges = [*tracks, *block.edges]
    heads = _head_spots([word for word in words if grid.row_of(word) < 0], edges, len(tracks), page)
    offset = 1 + max((spot.row for spot in heads), default=-1)
    body = [word for word in words if grid.row_of(word) >= 0]
    cells = _body_spots(body, block, grid)
    spots = [*heads, *(structs.replace(spot, row=spot.row + offset) for spot in cells)]
    spots.sort(key=lambda spot: (spot.row, spot.col))
    return PdfTable(tuple(spots), tuple(edges), box_around(words), grid.rows + offset)


def _body_spots(words: Sequence[PdfWord], block: FigureBlock, grid: LabelGrid) -> list[Spot]:
    """The cells below the heads: labels, group labels over their rows, figures, blank cells."""
    labels = [word for word in words if word.center < block.left]
    groups = [word for word in labels if heads_group(word, labels, grid)]
    of_groups = {id(char) for word in groups for char in word.chars}
    held: dict[tuple[int, int, int], list[PdfWord]] = {}
    for word in words:
        if not (word.chars and id(word.chars[0]) in of_groups):
            held.setdefault(_place_of(word, block, grid), []).append(word)
    spots = [
        Spot(joined_text(own), row, column, 1, span, grid.page, box_around(own))
        for (row, column, span), own in held.items()
    ]
    spots += group_spots(groups, labels, grid)
    return [*spots, *_blank_spots(spots, block, grid)]


def _place_of(word: PdfWord, block: FigureBlock, grid: LabelGrid) -> tuple[int, int, int]:
    """Row, column and width of a word's cell; a label reaches up to the figures."""
    row = min(max(grid.row_of(word), 0), grid.rows - 1)
    labels = len(grid.tracks)
    if word.center < block.left:
        column = max(bisect_right([*grid.tracks, *block.edges], word.x0 + _EDGE) - 1, 0)
        return row, column, labels - column
    column = labels + bisect_right(block.edges, word.center) - 1
    return row, min(column, labels + len(block.edges) - 2), 1


def _blank_spots(spots: Sequence[Spot], block: FigureBlock, grid: LabelGrid) -> Iterator[Spot]:
    """Cells of figures in which nothing is printed."""
    filled = {(spot.row, spot.col) for spot in spots}
    labels = len(grid.tracks)
    for row in range(grid.rows):
        for column in range(len(block.edges) - 1):
            if (row, labels + column) not in filled:
                left, right = block.edges[column : column + 2]
                box = left, grid.bands[row], right, grid.bands[row + 1]
                yield Spot("", row, labels + column, 1, 1, grid.page, box)


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


def _head_spots(
    heads: Sequence[PdfWord], edges: Sequence[float], labels: int, page: int
) -> list[Spot]:
    """The cells of heads: those over several columns in rows above the heads of single columns."""
    corner = [word for word in heads if word.center < edges[labels]]
    over = [word for word in heads if word.center >= edges[labels]]
    wide = [word for word in over if _covered(word, edges, labels)[1] > 1]
    spots: list[Spot] = []
    lines = sorted({round(word.middle) for word in wide})
    for row, line in enumerate(lines):
        for word in wide:
            if round(word.middle) == line:
                col, span = _covered(word, edges, labels)
                spots.append(Spot(word.text, row, col, 1, span, page, box_around([word])))
    below = len(lines)
    columns: dict[int, list[PdfWord]] = {}
    for word in over:
        if word not in wide:
            columns.setdefault(_covered(word, edges, labels)[0], []).append(word)
    for col, words in columns.items():
        spots.append(Spot(joined_text(words), below, col, 1, 1, page, box_around(words)))
    if corner and spots:
        spots.append(Spot(joined_text(corner), 0, 0, below + 1, labels, page, box_around(corner)))
    return spots


def _covered(word: PdfWord, edges: Sequence[float], labels: int) -> tuple[int, int]:
    """The first column a head stands over, and how many."""
    first = max(bisect_right(edges, word.x0 + 2) - 1, labels)
    last = max(min(bisect_right(edges, word.x1 - 2) - 1, len(edges) - 2), first)
    return first, last - first + 1
