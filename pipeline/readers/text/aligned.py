"""Tables whose columns alignment alone tells: words of lines, and the tracks they stand in.

A line is read as words, each with its extent in columns of a display. Figures that stand
below each other, and the heads above them, make the tracks of a table; a track in which a
line has nothing is a blank cell. How wide a character is, programs do not agree on: the
measure is taken in which most figures find a track.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, count, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.lexis.numbering import marker
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Locator
from pipeline.readers.text.aligned_heads import (
    FEWEST_HEADS,
    Track,
    behind_heads,
    is_title,
    leaf_heads,
)
from pipeline.readers.text.aligned_labels import LineOfWords, ends_numbered, labelled_rows
from pipeline.readers.text.display_words import DisplayWord, Measure, measures, words_of
from pipeline.readers.tracks import Extent, columns_by_place, heads_repeated

_RULE = re.compile(r"\s*[-─━═=]{2,}(?:\s+[-─━═=]{2,})*\s*")
_WIDE_GAP = re.compile(r"\s{2,}")
_SET_APART = re.compile(r"\S(?:\s{2,}|\u3000)\S")
_SIGN_OF_FIGURE = re.compile(r"[\d—–/-]")
_SENTENCE = re.compile(r"[。；]")
_LONGEST_LINE = 60
_LONGEST_UNIT = 2
_FEWEST_ROWS = 3
_FEWEST_TRACKS = 2
_LOOSE = 1
_LEAST_IN_LINE = 0.8
_LEAST_TOLD = 0.5
_LEVEL_OF_SECTIONS = 1
_NEW_PAGE = "\f"
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


@dataclass
class _Block:
    """Lines of heads and the rows below them.

    Attributes:
        heads: Lines without figures above the rows.
        rows: The rows, and lines without figures between them.
        is_closed: Whether a title stands behind its rows: words below begin another block.
    """

    heads: list[LineOfWords] = field(default_factory=list)
    rows: list[LineOfWords] = field(default_factory=list)
    is_closed: bool = False

    def followed_by(self, other: "_Block") -> "_Block":
        """Both as one, the heads of the other among the rows."""
        return _Block(self.heads, [*self.rows, *other.heads, *other.rows])


class _Found(NamedTuple):
    """Lines that share their columns.

    Attributes:
        block: The lines.
        tracks: Their columns.
        page: The page on which those have the places that they have.
    """

    block: _Block
    tracks: list[Track]
    page: int

    @property
    def figures(self) -> int:
        """How many figures stand in them whose column is told."""
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
    zones = list(_zones(lines)) if any(map(_SET_APART.search, lines)) else []
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


def _zones(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of lines that may be tables: short, or parted by wide gaps, with figures apart."""
    first = 0
    has_figures = False
    for n, line in enumerate([*lines, "\t"]):
        words = _words_of_row(line)
        if words is None:
            if has_figures:
                yield first, n
            first, has_figures = n + 1, False
        elif not has_figures:
            has_figures = sum(word.is_figure for word in words) >= _FEWEST_TRACKS


def _words_of_row(line: str) -> Sequence[DisplayWord] | None:
    """The words of a line with figures; None where it is a paragraph or has other borders.

    Words behind a figure that does not count the line are those of a sentence.
    """
    if "\t" in line or "|" in line or _SENTENCE.search(line):
        return None
    words = list(words_of(line, len)) if _SIGN_OF_FIGURE.search(line) else []
    figures = [word.is_figure for word in words if len(word.text) > _LONGEST_UNIT or word.is_figure]
    is_sentence = any(one and not other for one, other in pairwise(figures[1:]))
    if is_sentence and not _is_before_label(words):
        return None
    bare = line.strip()
    is_long = len(bare) > _LONGEST_LINE and max(map(len, _WIDE_GAP.split(bare))) > _LONGEST_LINE
    return None if is_long and not _RULE.fullmatch(line) else words


def _is_before_label(words: Sequence[DisplayWord]) -> bool:
    """Whether figures, and nothing else, stand before a label that a wide gap sets apart."""
    if len(words) < len(("figure", "label")):
        return False
    *figures, label = words
    is_label = not label.is_figure and len(label.text) > _LONGEST_UNIT
    is_apart = label.left - figures[-1].right > 1
    return is_label and is_apart and all(word.is_figure for word in figures)


def _before_labels(lines: Sequence[str], first: int, behind: int) -> frozenset[int]:
    """The lines of tables whose labels stand behind the figures.

    Where others have theirs before, the first figure counts the lines, and the row is blank.
    """
    read = ((n, list(words_of(lines[n], len))) for n in range(first, behind))
    rows = [(n, words) for n, words in read if any(word.is_figure for word in words)]
    found: list[int] = []
    for is_before, group in groupby(rows, lambda row: _is_before_label(row[1])):
        own = list(group)
        are_rows = len(own) >= _FEWEST_ROWS and max(len(words) for _, words in own) > _FEWEST_TRACKS
        found += [n for n, _ in own if is_before and are_rows]
    return frozenset(found)


_PLACES: tuple[Callable[[DisplayWord], int], ...] = (
    lambda word: word.left,
    lambda word: word.right,
    lambda word: (word.left + word.right) // 2,
)


def _read(lines: Sequence[str], first: int, behind: int, measure: Measure) -> list["_Found"]:
    """The tables of a run of lines, characters being that wide."""
    found: list[_Found] = []
    for block in _blocks(lines, first, behind, measure):
        _without_index(block)
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


def _blocks(lines: Sequence[str], first: int, behind: int, measure: Measure) -> Iterator[_Block]:
    """Heads with the rows below them; heads behind rows begin another block."""
    block = _Block()
    are_padded = _are_padded(lines[first:behind])
    before_labels = _before_labels(lines, first, behind)
    page = 0
    for number in range(first, behind):
        page += lines[number].count(_NEW_PAGE)
        if not lines[number].strip():
            if not are_padded:
                _close_title(block, lines[number - 1])
                block.is_closed |= bool(block.rows) and _heads_follow(lines[number:behind])
            continue
        if _RULE.fullmatch(lines[number]):
            continue
        words = list(words_of(lines[number].lstrip(_NEW_PAGE), measure))
        is_before_label = number in before_labels
        line = _told_apart(number, page, words, is_before_label=is_before_label)
        if block.rows and not line.figures and (block.is_closed or _is_head(line, block)):
            above = _heads_at_end(block)
            yield _whole(block)
            block = _Block(above)
        below = next(filter(str.strip, lines[number + 1 : behind]), "")
        # A label of two lines has its figures between them.
        is_label = all(word.is_figure for word in words_of(below, measure))
        if not block.rows and not is_label and _is_section(line, block.heads):
            block.heads.clear()
        else:
            (block.rows if line.figures or block.rows else block.heads).append(line)
            block.is_closed &= not line.figures
    if block.rows:
        yield _whole(block)


def _are_padded(lines: Sequence[str]) -> bool:
    """Whether all lines have one length, as programs draw a page: blank ones then part nothing."""
    return len(set(map(len, lines))) == 1


def _is_section(line: LineOfWords, heads: Sequence[LineOfWords]) -> bool:
    """Whether a line is the title of a section: it has a number and stands left of all heads."""
    return (
        not line.figures
        and is_title(line)
        and (own := marker(line.label[0].text)) is not None
        and own.level <= _LEVEL_OF_SECTIONS
        and all(line.label[0].left < head.label[0].left for head in heads)
    )


def _close_title(block: _Block, above: str) -> None:
    """Ends heads or rows at a blank line below a line of words, which is the title of others."""
    lines = block.rows or block.heads
    if not lines or lines[-1].figures or not above.strip() or not is_title(lines[-1]):
        return
    own = marker(lines[-1].label[0].text)
    if (own and own.level > _LEVEL_OF_SECTIONS) or ends_numbered(lines):
        return
    if block.rows:
        block.is_closed = True
    else:
        block.heads.clear()


def _heads_follow(lines: Sequence[str]) -> bool:
    """Whether the heads of several columns stand before the next figures."""
    for line in lines:
        words = list(words_of(line, len))
        if any(word.is_figure for word in words):
            return False
        if len(words) >= FEWEST_HEADS and len(words) == len(_WIDE_GAP.split(line.strip())):
            return True
    return False


def _heads_at_end(block: _Block) -> list[LineOfWords]:
    """Lines of several words below the last figures: heads of what follows."""
    heads: list[LineOfWords] = []
    while not block.rows[-1].figures and not is_title(block.rows[-1]):
        heads.insert(0, block.rows.pop())
    return heads


def _whole(block: _Block) -> _Block:
    """A block from its first label up to its last row of figures."""
    first = behind_heads(block.heads)
    rows = [*block.heads[first:], *block.rows]
    while not rows[-1].figures:
        rows.pop()
    return _Block(block.heads[:first], rows)


def _told_apart(
    number: int, page: int, words: Sequence[DisplayWord], *, is_before_label: bool
) -> LineOfWords:
    if is_before_label:
        return LineOfWords(number, page, tuple(words[-1:]), tuple(words[:-1]))
    label = 0
    for n, word in enumerate(words):
        is_unit = n > label and len(word.text) <= _LONGEST_UNIT
        if not word.is_figure and not is_unit:
            label = n + 1
    if not any(word.is_figure for word in words[label:]):
        return LineOfWords(number, page, tuple(words))
    return LineOfWords(number, page, tuple(words[:label]), tuple(words[label:]))


def _is_head(line: LineOfWords, block: _Block) -> bool:
    """Whether words stand above columns rather than before them."""
    above = [row for row in block.rows if row.figures]
    above = [row for row in above if row.page == line.page] or above
    left = min(row.figures[0].left for row in above)
    right = max(row.figures[-1].right for row in above)
    if line.label[-1].right <= left or line.label[0].left >= right:
        return False
    return not is_title(line) or line.label[0].left >= left


def _without_index(block: _Block) -> None:
    """Takes out numbers that count all lines, as programs print them before a table."""
    lines = [*block.heads, *block.rows]
    first = [(line.label or line.figures)[0].text for line in lines]
    start = int(first[0]) if first[0].isdecimal() else -1
    is_counted = all(text == str(n) for text, n in zip(first, count(start)))
    if len(lines) < _FEWEST_ROWS or not is_counted:
        return
    for kept in (block.heads, block.rows):
        kept[:] = [
            line._replace(label=line.label[1:])
            if line.label
            else line._replace(figures=line.figures[1:])
            for line in kept
        ]
        kept[:] = [line for line in kept if line.label or line.figures]


def _shared_columns(block: _Block, before: _Found | None) -> _Found:
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


def _headed(block: _Block, heads: Sequence[Track], page: int) -> Iterator[Track]:
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
            cells += [cell._replace(row=row) for cell in own]
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


def _head_cells(block: _Block, tracks: Sequence[Track], labelled: int) -> list[list[Cell]]:
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
