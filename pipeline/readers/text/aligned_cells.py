"""The cells of aligned tables: what stands below heads, and across the columns it may be of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.model.document import Cell, Locator
from pipeline.readers.document_builder import enclosing
from pipeline.readers.text.aligned_blocks import BlockOfLines
from pipeline.readers.text.aligned_heads import Track
from pipeline.readers.text.aligned_labels import LineOfWords
from pipeline.readers.text.display_words import DisplayWord
from pipeline.readers.tracks import places_in_order

LOOSE = 1
"""How many columns of a display things of one place may stand apart."""

_LEFTMOST = -2

Labelling = Callable[[Sequence[LineOfWords]], Iterable[LineOfWords]]
"""How the lines of a table become rows, each with its whole label."""


class Aligned(NamedTuple):
    """A table that was found.

    Attributes:
        first: Its first line.
        behind: The line behind it.
        cells: Its cells, without places in the text.
    """

    first: int
    behind: int
    cells: list[Cell]


class HeadedBlock(NamedTuple):
    """Lines that share their columns.

    Attributes:
        block: The lines.
        tracks: Their columns.
        page: The page on which those have the places that they have.
    """

    block: BlockOfLines
    tracks: list[Track]
    page: int

    @property
    def figures(self) -> int:
        """How many figures stand in columns that are known."""
        return sum(word.is_figure for track in self.tracks for word in track.words)

    def is_of_words(self, track: Track) -> bool:
        """Whether labels, or units behind them, stand in a column more often than figures."""
        figures = sum(word.is_figure for word in track.words)
        labels = sum(track.overlaps(row.label[-1]) for row in self.block.rows if row.label)
        return 0 < figures < labels


class PageOfRows(NamedTuple):
    """Lines of one page whose columns no heads tell.

    Attributes:
        block: The lines.
        places: The columns in which each figure may stand.
    """

    block: BlockOfLines
    places: Mapping[int, range]

    @property
    def columns(self) -> int:
        """How many columns there are, as far as places tell."""
        return max((place.stop for place in self.places.values()), default=0)

    @property
    def fewest(self) -> int:
        """How many figures the shortest row has."""
        return min((len(row.figures) for row in self.block.rows if row.figures), default=0)


def _track_of(tracks: Sequence[Track]) -> dict[int, int]:
    """The column of every word of it."""
    return {id(word): n for n, track in enumerate(tracks) for word in track.words}


def cells_below_heads(found: HeadedBlock, labelled: Labelling) -> Aligned:
    """Reads a block as cells, heads and blanks included.

    Args:
        found: The lines with their columns.
        labelled: What gives rows their labels.
    """
    block, tracks, _ = found
    labels = int(any(row.label for row in block.rows))
    heads = _head_cells(block, tracks, labels)
    cells: list[Cell] = []
    first = None
    for line, own in zip(block.heads, heads, strict=True):
        if any(one.col >= labels for one in own) or first is not None:
            first = line.number if first is None else first
            row = cells[-1].row + 1 if cells else 0
            cells += [_cell(one.words, row, one.col, one.colspan) for one in own]
    track_of = _track_of(tracks)
    rows = labelled(block.rows)
    places = _below_heads(block, track_of, len(tracks))
    for n, line in enumerate(rows, cells[-1].row + 1 if cells else 0):
        if labels:
            cells.append(_cell(line.label, n, 0))
        held: dict[int, list[DisplayWord]] = {}
        at = 0
        if line.figures and not any(id(word) in track_of for word in line.figures):
            cells += _across(line, n, labels, places, len(tracks))
            continue
        for word in line.figures:
            at = track_of.get(id(word), at)
            held.setdefault(at, []).append(word)
        for at in range(len(tracks)):
            cells.append(_cell(held.get(at, ()), n, at + labels))
    first = block.rows[0].number if first is None else first
    return Aligned(first, block.rows[-1].number + 1, cells)


def _across(
    line: LineOfWords, row: int, labelled: int, places: Mapping[int, range], columns: int
) -> Iterator[Cell]:
    """The figures of a row that heads do not tell, each across the columns that may be its."""
    figures = line.figures
    spare = columns - len(figures)
    if spare <= 0 or not all(word.is_figure for word in figures):
        yield _cell(figures, row, labelled, columns)
        return
    own = [places.get(id(word), range(columns)) for word in figures]
    if not _rise(own) or all(len(place) == 1 for place in own):
        # Nothing but their order is known.
        own = [range(n, n + spare + 1) for n in range(len(figures))]
    for word, place in zip(figures, own, strict=True):
        yield _cell([word], row, place.start + labelled, len(place))


def _rise(places: Sequence[range]) -> bool:
    """Whether figures one behind the other may stand in one column behind the other."""
    return all(one.start < other.start for one, other in pairwise(places))


def _below_heads(block: BlockOfLines, head_of: Mapping[int, int], heads: int) -> dict[int, range]:
    """The heads that figures may be below, as those at the same place tell whose theirs is."""
    found: dict[int, range] = {}
    for _, lines in groupby(block.rows, lambda line: line.page):
        places = places_of(BlockOfLines([], list(lines)))
        columns = max((place.stop for place in places.values()), default=0)
        told: dict[int, set[int]] = {}
        for word, place in places.items():
            if word in head_of and len(place) == 1:
                told.setdefault(place.start, set()).add(head_of[word])
        known = {n: own.pop() for n, own in told.items() if len(own) == 1}
        first = [
            max([known[m] + n - m for m in known if m <= n], default=n) for n in range(columns)
        ]
        last = [
            min([known[m] - (m - n) for m in known if m >= n], default=heads - columns + n)
            for n in range(columns)
        ]
        for word, place in places.items():
            found[word] = range(max(first[place.start], 0), min(last[place[-1]] + 1, heads))
    return {word: place for word, place in found.items() if place}


def places_of(block: BlockOfLines) -> dict[int, range]:
    """Finds the columns in which each figure of a page may stand, where no heads tell them.

    Args:
        block: The lines of the page.
    """
    rows = [row for row in block.rows if row.figures]
    figures = [[word for word in row.figures if word.is_figure] for row in rows]
    before = [
        row.label[-1].right
        if row.label and row.label[-1].right <= row.figures[0].left
        else _LEFTMOST
        for row in rows
    ]
    places = places_in_order(figures, before, LOOSE)
    return {
        id(word): place
        for own, row in zip(places, figures, strict=False)
        for place, word in zip(own, row, strict=True)
    }


class _Head(NamedTuple):
    """What stands above some columns, or in the corner."""

    words: Sequence[DisplayWord]
    col: int
    colspan: int = 1


def _head_cells(block: BlockOfLines, tracks: Sequence[Track], labelled: int) -> list[list[_Head]]:
    """The cells of each line of heads; what stands over several columns spans them."""
    track_of = _track_of(tracks)
    rows = []
    for line in block.heads:
        corner: list[DisplayWord] = []
        at: dict[int, list[DisplayWord]] = {}
        for word in line.label:
            over = [n for n, track in enumerate(tracks) if track.overlaps(word)]
            column = track_of.get(id(word), over[0] if over else -1)
            if column < 0:
                corner.append(word)
            else:
                at.setdefault(column, []).append(word)
        cells = [_Head(corner, 0)] if corner and labelled else []
        columns = sorted(at)
        for column, end in pairwise([*columns, len(tracks)]):
            is_leaf = any(id(word) in track_of for word in at[column])
            span = 1 if is_leaf else end - column
            cells.append(_Head(at[column], column + labelled, span))
        rows.append(cells)
    return rows


def _cell(words: Sequence[DisplayWord], row: int, col: int, colspan: int = 1) -> Cell:
    """A cell that holds words, without its place in the text."""
    boxes = [own for word in words for own in word.boxes]
    page = boxes[0][0] if boxes else None
    place = Locator(0, 0, page, enclosing([box for at, box in boxes if at == page]))
    return Cell(text_of_words(words), row, col, place, 1, colspan)


def text_of_words(words: Iterable[DisplayWord]) -> str:
    """Returns what words say, a blank between them."""
    return " ".join(word.text for word in words)


def cells_across(page: PageOfRows, labelled: Labelling) -> Aligned:
    """Reads rows that no heads tell, each figure across the columns it may stand in.

    Args:
        page: The rows.
        labelled: What gives rows their labels.
    """
    block, places = page
    columns = page.columns
    cells: list[Cell] = []
    for n, row in enumerate(labelled(block.rows)):
        cells.append(_cell(row.label, n, 0))
        # A row with blanks between its figures would look like one of as many columns.
        if not row.figures:
            cells.append(_cell((), n, 1, columns))
        for word in row.figures:
            own = places[id(word)]
            cells.append(_cell([word], n, own.start + 1, len(own)))
    return Aligned(block.rows[0].number, block.rows[-1].number + 1, cells)
