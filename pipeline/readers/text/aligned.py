"""Tables whose columns alignment alone tells: words of lines, and the tracks they stand in.

A line is read as words, each with its extent in columns of a display. Figures that stand
below each other, and the heads above them, make the tracks of a table; a track in which a
line has nothing is a blank cell. How wide a character is, programs do not agree on: the
measure is taken in which most figures find a track.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import NamedTuple

from pipeline.lexis.numbering import marker
from pipeline.model.document import Cell, Locator
from pipeline.readers.text.aligned_labels import LineOfWords, labelled_rows
from pipeline.readers.text.display_words import DisplayWord, Measure, measures, words_of

_RULE = re.compile(r"\s*[-─━═=]{2,}(?:\s+[-─━═=]{2,})*\s*")
_WIDE_GAP = re.compile(r"\s{2,}")
_SET_APART = re.compile(r"\S(?:\s{2,}|\u3000)\S")
_SIGN_OF_FIGURE = re.compile(r"[\d—–/-]")
_SENTENCE = re.compile(r"[。；]")
_LONGEST_LINE = 60
_LONGEST_UNIT = 2
_FEWEST_ROWS = 3
_FEWEST_TRACKS = 2
_FEWEST_HEADS = 3
_LOOSE = 1
_LEAST_IN_LINE = 0.8
_LEVEL_OF_SECTIONS = 1

_NOWHERE = Locator(0, 0)


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

    @property
    def left(self) -> int:
        """Where its figures begin."""
        return min(row.figures[0].left for row in self.rows if row.figures)


class _Track(NamedTuple):
    """A column: where its head and its figures stand.

    Attributes:
        left: Where it begins.
        right: Where it ends.
        words: The words of it.
    """

    left: int
    right: int
    words: tuple[DisplayWord, ...]

    def overlaps(self, other: "_Track | DisplayWord") -> bool:
        """Whether something stands above or below it."""
        return self.left < other.right and other.left < self.right

    def joined(self, other: "_Track") -> "_Track":
        """Both as one."""
        left, right = min(self.left, other.left), max(self.right, other.right)
        return _Track(left, right, self.words + other.words)


class _Found(NamedTuple):
    """Lines that share their columns."""

    block: _Block
    tracks: list[_Track]

    @property
    def figures(self) -> int:
        """How many figures stand in them."""
        return sum(word.is_figure for row in self.block.rows for word in row.figures)


def aligned_tables(lines: Sequence[str]) -> Iterator[Aligned]:
    """Finds tables of several columns of figures that only alignment parts.

    Args:
        lines: The lines of a text.
    """
    for first, behind in _zones(lines) if any(map(_SET_APART.search, lines)) else ():
        # Figures that no wide gap parts from what is before them are aligned to nothing.
        if not any(map(_SET_APART.search, lines[first:behind])):
            continue
        zone = "".join(lines[first:behind])
        read = [list(_read(lines, first, behind, measure)) for measure in measures(zone)]
        best = max(read, key=lambda found: (sum(one.figures for one in found), -_scattering(found)))
        if any(map(_has_blanks, best)):
            yield from map(_aligned, best)


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
    if any(one and not other for one, other in pairwise(figures[1:])):
        return None
    bare = line.strip()
    is_long = len(bare) > _LONGEST_LINE and max(map(len, _WIDE_GAP.split(bare))) > _LONGEST_LINE
    return None if is_long and not _RULE.fullmatch(line) else words


_PLACES: tuple[Callable[[DisplayWord], int], ...] = (
    lambda word: word.left,
    lambda word: word.right,
    lambda word: (word.left + word.right) // 2,
)


def _read(lines: Sequence[str], first: int, behind: int, measure: Measure) -> Iterator["_Found"]:
    """The tables of a run of lines, characters being that wide."""
    tracks: list[_Track] = []
    for block in _blocks(lines, first, behind, measure):
        _without_index(block)
        found = _tracks(block, tracks)
        if found:
            tracks = found
            yield _Found(block, found)


def _has_blanks(found: _Found) -> bool:
    """Whether a row lacks a figure: rows that are whole need no place to be read."""
    rows = [row for row in found.block.rows if row.figures]
    labelled = [row for row in rows if row.label] or rows
    counts = [sum(word.is_figure for word in row.figures) for row in labelled]
    return any(count < len(found.tracks) for count in counts) and _are_set_apart(rows)


def _are_set_apart(rows: Sequence[LineOfWords]) -> bool:
    """Whether most figures stand behind a wide gap: one blank between words aligns nothing."""
    gaps = [
        figure.left - before.right
        for row in rows
        for before, figure in pairwise((*row.label[-1:], *row.figures))
    ]
    return 2 * sum(gap > 1 for gap in gaps) > len(gaps)


def _blocks(lines: Sequence[str], first: int, behind: int, measure: Measure) -> Iterator[_Block]:
    """Heads with the rows below them; heads behind rows begin another block."""
    block = _Block()
    are_padded = _are_padded(lines[first:behind])
    for number in range(first, behind):
        if not lines[number].strip():
            if not are_padded:
                _close_title(block, lines[number - 1])
                block.is_closed |= bool(block.rows) and _heads_follow(lines[number:behind])
            continue
        if _RULE.fullmatch(lines[number]):
            continue
        line = _told_apart(number, list(words_of(lines[number], measure)))
        if block.rows and not line.figures and (block.is_closed or _is_head(line, block)):
            above = _heads_at_end(block)
            yield _whole(block)
            block = _Block(above)
        if not block.rows and _is_section(line, block.heads):
            block.heads.clear()
        else:
            (block.rows if line.figures or block.rows else block.heads).append(line)
    if block.rows:
        yield _whole(block)


def _are_padded(lines: Sequence[str]) -> bool:
    """Whether all lines have one length, as programs draw a page: blank ones then part nothing."""
    return len(set(map(len, lines))) == 1


def _is_section(line: LineOfWords, heads: Sequence[LineOfWords]) -> bool:
    """Whether a line is the title of a section: it has a number and stands left of all heads."""
    return (
        not line.figures
        and _is_title(line)
        and (own := marker(line.label[0].text)) is not None
        and own.level <= _LEVEL_OF_SECTIONS
        and all(line.label[0].left < head.label[0].left for head in heads)
    )


def _close_title(block: _Block, above: str) -> None:
    """Ends heads or rows at a blank line below a line of words, which is the title of others."""
    lines = block.rows or block.heads
    if not lines or lines[-1].figures or not above.strip() or not _is_title(lines[-1]):
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
        if len(words) >= _FEWEST_HEADS and len(words) == len(_WIDE_GAP.split(line.strip())):
            return True
    return False


def _heads_at_end(block: _Block) -> list[LineOfWords]:
    """Lines of several words below the last figures: heads of what follows."""
    heads: list[LineOfWords] = []
    while not block.rows[-1].figures and not _is_title(block.rows[-1]):
        heads.insert(0, block.rows.pop())
    return heads


def _whole(block: _Block) -> _Block:
    """A block up to its last row of figures."""
    while not block.rows[-1].figures:
        block.rows.pop()
    return block


def _told_apart(number: int, words: Sequence[DisplayWord]) -> LineOfWords:
    label = 0
    for n, word in enumerate(words):
        is_unit = n > label and len(word.text) <= _LONGEST_UNIT
        if not word.is_figure and not is_unit:
            label = n + 1
    if not any(word.is_figure for word in words[label:]):
        return LineOfWords(number, tuple(words))
    return LineOfWords(number, tuple(words[:label]), tuple(words[label:]))


def _is_title(line: LineOfWords) -> bool:
    """Whether words stand on a line as a whole."""
    return all(right.left - left.right <= 1 for left, right in pairwise(line.label))


def _is_head(line: LineOfWords, block: _Block) -> bool:
    """Whether words stand above columns rather than before them."""
    if line.label[-1].right <= block.left:
        return False
    return not _is_title(line) or line.label[0].left >= block.left


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


def _tracks(block: _Block, before: Sequence[_Track]) -> list[_Track]:
    """The columns of figures; none where lines do not share them."""
    figures = _joined_where_they_meet(
        _Track(word.left, word.right, (word,))
        for row in block.rows
        for word in row.figures
        if word.is_figure
    )
    labels = max((row.label[-1].right for row in block.rows if row.label), default=0)
    heads = list(_leaves(block.heads, min(labels, block.left), block.left))
    tracks = _headed(figures, heads or list(before), _lines_of(block))
    is_told = len(heads) >= _FEWEST_TRACKS or len(block.rows) >= _FEWEST_ROWS
    is_told = is_told and _are_in_line(tracks)
    return tracks if is_told and len(tracks) >= _FEWEST_TRACKS and _are_apart(block, tracks) else []


def _joined_where_they_meet(extents: Iterable[_Track]) -> list[_Track]:
    joined: list[_Track] = []
    for extent in sorted(extents):
        if joined and joined[-1].overlaps(extent):
            joined[-1] = joined[-1].joined(extent)
        else:
            joined.append(extent)
    return joined


def _leaves(heads: Sequence[LineOfWords], labels: int, left: int) -> Iterator[_Track]:
    """The heads of single columns: those above no other, or above one that they go on in."""
    leaves: list[_Track] = []
    for line in reversed(heads):
        for word in [] if len(line.label) > 1 and _is_title(line) else line.label:
            if word.left < labels and word.right <= left:
                continue
            below = [leaf for leaf in leaves if leaf.overlaps(word)]
            own = _Track(word.left, word.right, (word,))
            if not below:
                leaves.append(own)
            elif len(below) == 1:
                leaves[leaves.index(below[0])] = below[0].joined(own)
    yield from sorted(leaves)


def _lines_of(block: _Block) -> dict[int, int]:
    """The line of every figure."""
    return {id(word): row.number for row in block.rows for word in row.figures}


def _headed(
    figures: Sequence[_Track], heads: Sequence[_Track], line_of: dict[int, int]
) -> list[_Track]:
    """Every head with the figures below it; none where figures stand below no head."""
    if not heads:
        return list(figures)
    tracks = list(heads)
    for own in figures:
        over = [n for n, head in enumerate(heads) if head.overlaps(own)]
        if over:
            n = max(over, key=lambda n: _shared(heads[n], own))
        else:
            before = [n for n, head in enumerate(heads) if head.left <= own.left]
            n = before[-1] if before else -1
        if n < 0 or (not over and _share_a_line(tracks[n], own, line_of)):
            return []
        tracks[n] = tracks[n]._replace(words=tracks[n].words + own.words)
    return sorted(tracks)


def _shared(head: _Track, own: _Track) -> int:
    return min(head.right, own.right) - max(head.left, own.left)


def _share_a_line(one: _Track, other: _Track, line_of: dict[int, int]) -> bool:
    lines = {line_of[id(word)] for word in one.words if id(word) in line_of}
    return any(line_of[id(word)] in lines for word in other.words)


def _are_in_line(tracks: Sequence[_Track]) -> bool:
    """Whether nearly all figures of a column begin, end or have their middle at one place.

    A label too long for its room may push those of its row out of line.
    """
    columns = [[word for word in track.words if word.is_figure] for track in tracks]
    in_line = sum(max(_at_one_place(own, place) for place in _PLACES) for own in columns)
    return in_line >= _LEAST_IN_LINE * sum(map(len, columns))


def _at_one_place(figures: Sequence[DisplayWord], place: Callable[[DisplayWord], int]) -> int:
    """How many figures stand where most of them do."""
    counts = Counter(map(place, figures))
    around = range(-_LOOSE, _LOOSE + 1)
    return max((sum(counts[one + off] for off in around) for one in counts), default=0)


def _track_of(tracks: Sequence[_Track]) -> dict[int, int]:
    """The column of every word of it."""
    return {id(word): n for n, track in enumerate(tracks) for word in track.words}


def _are_apart(block: _Block, tracks: Sequence[_Track]) -> bool:
    """Whether no two figures of a line stand in one column."""
    track_of = _track_of(tracks)
    for row in block.rows:
        columns = [track_of[id(word)] for word in row.figures if word.is_figure]
        if len(set(columns)) < len(columns):
            return False
    return True


def _aligned(found: _Found) -> Aligned:
    """A block as cells, heads and blanks included."""
    block, tracks = found
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
        for word in line.figures:
            at = track_of.get(id(word), at)
            held.setdefault(at, []).append(word)
        for at in range(len(tracks)):
            cells.append(Cell(_text(held.get(at, ())), n, at + labelled, _NOWHERE))
    first = block.rows[0].number if first is None else first
    return Aligned(first, block.rows[-1].number + 1, cells)


def _head_cells(block: _Block, tracks: Sequence[_Track], labelled: int) -> list[list[Cell]]:
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
