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
from pipeline.readers.text.aligned_heads import TOTAL, Track, leaf_heads
from pipeline.readers.text.aligned_labels import LineOfWords, labelled_rows
from pipeline.readers.text.display_words import DisplayWord, Measure, measures
from pipeline.readers.tracks import Extent, columns_by_place, heads_repeated, places_in_order

_SET_APART = re.compile(r"\S(?:\s{2,}|\u3000)\S")
_FEWEST_ROWS = 3
_FEWEST_TRACKS = 2
_LOOSE = 1
_LEAST_IN_LINE = 0.8
_LEAST_TOLD = 0.5
_FEWEST_PLACED = 5
_FEWEST_COLUMNS = 4
_LEFTMOST = -2

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
    for found, left in max(read, key=_fitness):
        without_heads = list(chain.from_iterable(map(_without_heads, left)))
        if without_heads or any(map(_has_blanks, found)):
            yield from map(_aligned, found)
        yield from without_heads


def _fitness(read: Sequence["_Read"]) -> tuple[int, int]:
    """How well a measure fits: how many figures find their column, and how little they scatter."""
    found = [one for own, _ in read for one in own]
    left = [_below_each_other(block) for _, blocks in read for block in blocks]
    return sum(one.figures for one in found), sum(left) - _scattering(found)


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


class _Read(NamedTuple):
    """The tables of a run of lines.

    Attributes:
        found: Those whose heads tell the columns of figures.
        left: Lines of others, each on one page.
    """

    found: list[_Found]
    left: list[BlockOfLines]


def _read(lines: Sequence[str], first: int, behind: int, measure: Measure) -> _Read:
    """The tables of a run of lines, characters being that wide."""
    found: list[_Found] = []
    left: list[BlockOfLines] = []
    for block in blocks_of(lines, first, behind, measure):
        without_index(block)
        own = _shared_columns(block, found[-1] if found else None)
        joined = _shared_columns(found[-1].block.followed_by(block), None) if found else own
        has_heads = bool(leaf_heads(block.heads, block.rows))
        if found and not has_heads and _tells_more(joined, found[-1], own):
            found[-1] = joined
        elif _are_columns(own) or _are_columns(_on_told_pages(own)):
            found.append(own)
        elif left and not has_heads and _go_on(left[-1], block, found):
            left[-1] = left[-1].followed_by(block)
        else:
            left.append(block)
    told = [kept if _are_columns(kept := _on_told_pages(one)) else one for one in found]
    rest = [
        *(one.block.rows[len(kept.block.rows) :] for one, kept in zip(found, told, strict=True)),
        *(block.rows for block in left),
    ]
    pages = [list(rows) for own in rest for _, rows in groupby(own, lambda line: line.page)]
    return _Read(told, [BlockOfLines([], rows) for rows in pages])


def _go_on(block: BlockOfLines, behind: BlockOfLines, found: Sequence[_Found]) -> bool:
    """Whether nothing but blank lines parts two blocks of a page."""
    last = block.rows[-1]
    is_next = not found or not last.number < found[-1].block.rows[0].number
    return is_next and last.page == behind.rows[0].page


def _on_told_pages(found: _Found) -> _Found:
    """Lines up to the first page on which place does not tell the column of most figures."""
    told = {id(word) for track in found.tracks for word in track.words}
    kept: list[LineOfWords] = []
    for _, group in groupby(found.block.rows, lambda line: line.page):
        rows = list(group)
        figures = [id(word) for row in rows for word in row.figures if word.is_figure]
        if len(told.intersection(figures)) < _LEAST_TOLD * len(figures):
            break
        kept += rows
    if len(kept) == len(found.block.rows):
        return found
    own = {
        id(word) for line in (*found.block.heads, *kept) for word in (*line.label, *line.figures)
    }
    tracks = [
        track._replace(words=tuple(word for word in track.words if id(word) in own))
        for track in found.tracks
    ]
    return _Found(BlockOfLines(found.block.heads, kept), tracks, found.page)


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
    # More columns without heads are told by sums alone.
    are_few = len(tracks) < _FEWEST_COLUMNS and len(rows) >= _FEWEST_ROWS
    is_told = headed >= _FEWEST_TRACKS or (are_few and shared >= _FEWEST_TRACKS)
    is_told = is_told and found.figures > 0 and len(tracks) >= _FEWEST_TRACKS
    is_told = is_told and not any(map(found.is_of_words, tracks))
    return is_told and found.figures >= _LEAST_TOLD * figures and _are_in_line(found)


def _headed(block: BlockOfLines, heads: Sequence[Track], page: int) -> Iterator[Track]:
    """Every head with the figures below it, and on further pages below where it would stand."""
    tracks = dict(enumerate(heads))
    totals = [n for n, head in enumerate(heads) if TOTAL.search(_text(head.words))]
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
    places = _below_heads(block, track_of, len(tracks))
    for n, line in enumerate(rows, cells[-1].row + 1 if cells else 0):
        if labelled:
            cells.append(Cell(_text(line.label), n, 0, _NOWHERE))
        held: dict[int, list[DisplayWord]] = {}
        at = 0
        if line.figures and not any(id(word) in track_of for word in line.figures):
            cells += _across(line, n, int(labelled), places, len(tracks))
            continue
        for word in line.figures:
            at = track_of.get(id(word), at)
            held.setdefault(at, []).append(word)
        for at in range(len(tracks)):
            cells.append(Cell(_text(held.get(at, ())), n, at + labelled, _NOWHERE))
    first = block.rows[0].number if first is None else first
    return Aligned(first, block.rows[-1].number + 1, cells)


def _across(
    line: LineOfWords, row: int, labelled: int, places: Mapping[int, range], columns: int
) -> Iterator[Cell]:
    """The figures of a row that place does not tell, each across the columns that may be its."""
    figures = line.figures
    own = [places.get(id(word), range(columns)) for word in figures]
    is_told = any(len(place) > 1 for place in own) and _rise(own)
    if is_told and all(word.is_figure for word in figures):
        for word, place in zip(figures, own, strict=True):
            yield Cell(word.text, row, place.start + labelled, _NOWHERE, 1, len(place))
    else:
        yield Cell(_text(figures), row, labelled, _NOWHERE, 1, columns)


def _rise(places: Sequence[range]) -> bool:
    """Whether figures one behind the other may stand in one column behind the other."""
    return all(one.start < other.start for one, other in pairwise(places))


def _below_heads(block: BlockOfLines, head_of: Mapping[int, int], heads: int) -> dict[int, range]:
    """The heads that figures may be below, as those at the same place tell whose theirs is."""
    found: dict[int, range] = {}
    for _, lines in groupby(block.rows, lambda line: line.page):
        places = _places(BlockOfLines([], list(lines)))
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


def _places(block: BlockOfLines) -> dict[int, range]:
    """The columns in which each figure of a page may stand, where no heads tell them."""
    rows = [row for row in block.rows if row.figures]
    figures = [[word for word in row.figures if word.is_figure] for row in rows]
    before = [
        row.label[-1].right
        if row.label and row.label[-1].right <= row.figures[0].left
        else _LEFTMOST
        for row in rows
    ]
    places = places_in_order(figures, before, _LOOSE)
    return {
        id(word): place
        for own, row in zip(places, figures, strict=False)
        for place, word in zip(own, row, strict=True)
    }


def _below_each_other(block: BlockOfLines) -> int:
    """How many figures of a page stand below others."""
    places = _places(block)
    return len(places) - max((place.stop for place in places.values()), default=0)


def _without_heads(block: BlockOfLines) -> Iterator[Aligned]:
    """A page of rows whose columns no heads tell, each figure across those it may stand in."""
    places = _places(block)
    rows = [row for row in block.rows if row.figures]
    columns = max((place.stop for place in places.values()), default=0)
    fewest = min((len(row.figures) for row in rows), default=0)
    if len(rows) < _FEWEST_PLACED or not _FEWEST_COLUMNS <= columns > fewest:
        return
    if any(not word.is_figure for row in rows for word in row.figures) or not _are_set_apart(rows):
        return
    cells: list[Cell] = []
    for n, row in enumerate(labelled_rows(block.rows)):
        cells.append(Cell(_text(row.label), n, 0, _NOWHERE))
        # A row with blanks between its figures would look like one of as many columns.
        if not row.figures:
            cells.append(Cell("", n, 1, _NOWHERE, 1, columns))
        for word in row.figures:
            own = places[id(word)]
            cells.append(Cell(word.text, n, own.start + 1, _NOWHERE, 1, len(own)))
    yield Aligned(block.rows[0].number, block.rows[-1].number + 1, cells)


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
