"""Tables whose columns alignment alone tells: words of lines, and the tracks they stand in.

A line is read as words, each with its extent in columns of a display. Figures that stand
below each other, and the heads above them, make the tracks of a table; a track in which a
line has nothing is a blank cell. How wide a character is, programs do not agree on: the
measure is taken in which most figures find a track.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from msgspec import structs

from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Locator
from pipeline.readers.text.aligned_blocks import BlockOfLines, blocks_of, without_index, zones_of
from pipeline.readers.text.aligned_heads import Track, leaf_heads
from pipeline.readers.text.aligned_labels import LineOfWords, labelled_rows
from pipeline.readers.text.display_words import DisplayWord, Measure, measures
from pipeline.readers.tracks import Extent, columns_by_place, heads_repeated

_SET_APART = re.compile(r"\S(?:\s{2,}|\u3000)\S")
_FEWEST_ROWS = 3
_FEWEST_TRACKS = 2
_LOOSE = 1
_LEAST_IN_LINE = 0.8
_LEAST_TOLD = 0.5
_TOTAL = re.compile("[总合共小] ?计")

_LEFT = attrgetter("left")
_NOWHERE = Locator(0, 0)
_ZERO = Decimal(0)


class Aligned(NamedTuple):
    """A table that was found.

    Attributes:
        first: Its first line.
        behind: The line behind it.
        cells: Its cells, without places.
    """

    first: int
    behind: int
    cells: list[Cell]


class _Found(NamedTuple):
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


def aligned_tables(lines: Sequence[str]) -> Iterator[Aligned]:
    """Finds tables of several columns of figures that only alignment parts.

    Args:
        lines: The lines of a text.
    """
    zones = list(zones_of(lines)) if any(map(_SET_APART.search, lines)) else []
    # Figures that no wide gap parts from what is before them are aligned to nothing.
    zones = [zone for zone in zones if any(map(_SET_APART.search, lines[slice(*zone)]))]
    if not zones:
        return
    text = "".join(line for zone in zones for line in lines[slice(*zone)])
    # One program made the whole text: what one table does not tell, others do.
    read = [[_read(lines, *zone, measure) for zone in zones] for measure in measures(text)]
    for found in max(read, key=_fitness):
        if any(map(_has_blanks, found)):
            yield from map(_aligned, found)


def _fitness(read: Sequence[Sequence["_Found"]]) -> tuple[int, int]:
    """How well a measure fits: how many figures find their column, and how little they scatter."""
    found = list(chain.from_iterable(read))
    return sum(one.figures for one in found), -_scattering(found)


def _scattering(found: Sequence["_Found"]) -> int:
    """In how many places figures of a column begin, end or have their middle, the fewest."""
    return sum(
        min(len({place(word) for word in own}) for place in _PLACES)
        for one in found
        for track in one.tracks
        if (own := [word for word in track.words if word.is_figure])
    )


_PLACES: tuple[Callable[[DisplayWord], int], ...] = (
    lambda word: word.left,
    lambda word: word.right,
    lambda word: (word.left + word.right) // 2,
)


def _read(lines: Sequence[str], first: int, behind: int, measure: Measure) -> list["_Found"]:
    """The tables of a run of lines, characters being that wide."""
    found: list[_Found] = []
    for block in blocks_of(lines, first, behind, measure):
        without_index(block)
        own = _shared_columns(block, found[-1] if found else None)
        joined = _shared_columns(found[-1].block.followed_by(block), None) if found else own
        if (
            not found
            or leaf_heads(block.heads, block.rows)
            or not _tells_more(joined, found[-1], own)
        ):
            found += [own] if _are_columns(own) else []
        else:
            found[-1] = joined
    return found


def _tells_more(joined: _Found, first: _Found, second: _Found) -> bool:
    """Whether two blocks are rather one, which a blank line or the end of a page parts."""
    if not leaf_heads(first.block.heads, first.block.rows):
        return False
    apart = first.figures + (second.figures if _are_columns(second) else 0)
    return _are_columns(joined) and joined.figures >= apart


def _has_blanks(found: _Found) -> bool:
    """Whether a row lacks a figure: rows that are whole need no place to be read."""
    rows = [row for row in found.block.rows if row.figures]
    labelled = [row for row in rows if row.label] or rows
    counts = [sum(word.is_figure for word in row.figures) for row in labelled]
    return any(count < len(found.tracks) for count in counts) and _are_set_apart(rows)


def _are_set_apart(rows: Sequence[LineOfWords]) -> bool:
    """Whether most figures stand behind a wide gap: one blank between words aligns nothing."""
    gaps = [
        behind.left - before.right
        for row in rows
        for before, behind in pairwise(sorted((*row.label[-1:], *row.figures), key=_LEFT))
    ]
    return 2 * sum(gap > 1 for gap in gaps) > len(gaps)


def _shared_columns(block: BlockOfLines, before: _Found | None) -> _Found:
    """A block with its columns; those of the one before where it has no heads."""
    heads = leaf_heads(block.heads, block.rows)
    if heads or before is None:
        page = (block.heads if heads else block.rows)[-1 if heads else 0].page
    else:
        heads, page = [track._replace(words=()) for track in before.tracks], before.page
    return _Found(block, list(_headed(block, heads, page)), page)


def _are_columns(found: _Found) -> bool:
    """Whether place tells the column of most figures, and they stand below each other."""
    rows, tracks = found.block.rows, found.tracks
    headed = sum(any(not word.is_figure for word in track.words) for track in tracks)
    figures = sum(word.is_figure for row in rows for word in row.figures)
    shared = sum(sum(word.is_figure for word in track.words) > 1 for track in tracks)
    is_told = headed >= _FEWEST_TRACKS or (len(rows) >= _FEWEST_ROWS and shared >= _FEWEST_TRACKS)
    is_told = is_told and len(tracks) >= _FEWEST_TRACKS and not any(map(found.is_of_words, tracks))
    return is_told and found.figures >= _LEAST_TOLD * figures and _are_in_line(found)


def _headed(block: BlockOfLines, heads: Sequence[Track], page: int) -> Iterator[Track]:
    """Every head with the figures below it, and on further pages below where it would stand."""
    tracks = dict(enumerate(heads))
    totals = [n for n, head in enumerate(heads) if _TOTAL.search(_text(head.words))]
    for at_page, lines in groupby(block.rows, lambda line: line.page):
        rows = [[word for word in line.figures if word.is_figure] for line in lines]
        own: Sequence[Extent] = list(tracks.values())
        own = own if at_page == page else heads_repeated(rows, own, _LOOSE)
        whole = [row for row in rows if len(row) == len(tracks) and _adds_up(row, totals)]
        told = columns_by_place(rows, own, _LOOSE, whole) if own or at_page == page else {}
        for n, row in enumerate(rows):
            columns = [told.get((n, at), -1) for at in range(len(row))]
            numbers = [read_value(word.text).number or _ZERO for word in row]
            if -1 in columns or _lack_total(dict(zip(columns, numbers, strict=True)), totals):
                continue
            for column, word in zip(columns, row, strict=True):
                new = Track(word.left, word.right, (word,))
                if heads:
                    tracks[column] = tracks[column]._replace(words=(*tracks[column].words, word))
                else:
                    tracks[column] = tracks[column].joined(new) if column in tracks else new
        tracks = dict(sorted(tracks.items()))
    yield from tracks.values()


def _adds_up(figures: Sequence[DisplayWord], totals: Sequence[int]) -> bool:
    """Whether figures below heads of totals are those of the figures before them."""
    numbers = [read_value(word.text).number or _ZERO for word in figures]
    return bool(totals) and all(
        sum(numbers[before + 1 : total]) == numbers[total]
        for before, total in pairwise([-1, *totals])
    )


def _lack_total(numbers: Mapping[int, Decimal], totals: Sequence[int]) -> bool:
    """Whether parts stand below their heads and no total below its own, or a total without parts.

    Zeros that are left out are no total of others: such figures are not where they belong.
    """
    return any(
        (numbers.get(total, _ZERO) != 0)
        != any(numbers.get(part, _ZERO) != 0 for part in range(before + 1, total))
        for before, total in pairwise([-1, *totals])
    )


def _are_in_line(found: _Found) -> bool:
    """Whether nearly all figures of a column begin, end or have their middle at one place.

    A label too long for its room may push those of its row out of line.
    """
    page_of = {id(word): row.page for row in found.block.rows for word in row.figures}
    columns: dict[tuple[int, int], list[DisplayWord]] = {}
    for n, track in enumerate(found.tracks):
        for word in track.words:
            if word.is_figure:
                columns.setdefault((n, page_of[id(word)]), []).append(word)
    in_line = sum(max(_at_one_place(own, place) for place in _PLACES) for own in columns.values())
    return in_line >= _LEAST_IN_LINE * found.figures


def _at_one_place(figures: Sequence[DisplayWord], place: Callable[[DisplayWord], int]) -> int:
    """How many figures stand where most of them do."""
    counts = Counter(map(place, figures))
    around = range(-_LOOSE, _LOOSE + 1)
    return max((sum(counts[one + off] for off in around) for one in counts), default=0)


def _track_of(tracks: Sequence[Track]) -> dict[int, int]:
    """The column of every word of it."""
    return {id(word): n for n, track in enumerate(tracks) for word in track.words}


def _aligned(found: _Found) -> Aligned:
    """A block as cells, heads and blanks included."""
    block, tracks, _ = found
    labelled = any(row.label for row in block.rows)
    heads = _head_cells(block, tracks, int(labelled))
    cells: list[Cell] = []
    first = None
    for line, own in zip(block.heads, heads, strict=True):
        if any(cell.col >= labelled for cell in own) or first is not None:
            first = line.number if first is None else first
            row = cells[-1].row + 1 if cells else 0
            cells += [structs.replace(cell, row=row) for cell in own]
    track_of = _track_of(tracks)
    rows = labelled_rows(block.rows)
    for n, line in enumerate(rows, cells[-1].row + 1 if cells else 0):
        if labelled:
            cells.append(Cell(_text(line.label), n, 0, _NOWHERE))
        held: dict[int, list[DisplayWord]] = {}
        at = 0
        if line.figures and not any(id(word) in track_of for word in line.figures):
            text = _text(line.figures)
            cells.append(Cell(text, n, int(labelled), _NOWHERE, 1, len(tracks)))
            continue
        for word in line.figures:
            at = track_of.get(id(word), at)
            held.setdefault(at, []).append(word)
        for at in range(len(tracks)):
            cells.append(Cell(_text(held.get(at, ())), n, at + labelled, _NOWHERE))
    first = block.rows[0].number if first is None else first
    return Aligned(first, block.rows[-1].number + 1, cells)


def _head_cells(block: BlockOfLines, tracks: Sequence[Track], labelled: int) -> list[list[Cell]]:
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
        cells = [Cell(_text(corner), 0, 0, _NOWHERE)] if corner and labelled else []
        columns = sorted(at)
        for column, end in pairwise([*columns, len(tracks)]):
            is_leaf = any(id(word) in track_of for word in at[column])
            span = 1 if is_leaf else end - column
            cells.append(Cell(_text(at[column]), 0, column + labelled, _NOWHERE, 1, span))
        rows.append(cells)
    return rows


def _text(words: Iterable[DisplayWord]) -> str:
    return " ".join(word.text for word in words)
