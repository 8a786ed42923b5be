"""The labels of rows that alignment alone tells: of several lines, beside those of groups."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import zip_longest
from math import inf
from typing import NamedTuple

from pipeline.lexis.numbering import marker
from pipeline.readers.text.display_words import DisplayWord
from pipeline.readers.text.text_lines import width
from pipeline.readers.text.wrapped_labels import beginnings

_NEARLY = 0.85
_LEAST_ROOM = 0.5
_MOST_LINES = 6
_LOOSE = 1
_CHARACTER = 2


class LineOfWords(NamedTuple):
    """The words of a line, told apart.

    Attributes:
        number: Which line it is.
        page: Which page it is on: pages may be set apart from each other.
        label: The words before its figures; all of them where it has none.
        figures: Its figures, and what counts them.
    """

    number: int
    page: int
    label: tuple[DisplayWord, ...]
    figures: tuple[DisplayWord, ...] = ()


def labelled_rows(rows: Sequence[LineOfWords]) -> Iterator[LineOfWords]:
    """Gives every row its figures where its label begins, and every group a line of its own.

    Args:
        rows: The lines of a table below its heads.
    """
    rows = _with_whole_groups(rows)
    rows = list(_beside_nearest(list(_numbered(rows))))
    beside = frozenset(row.number for row in rows if row.figures)
    return _without_groups(_with_ends(list(_with_whole_labels(rows)), beside))


def labelled_cells(rows: Sequence[LineOfWords]) -> Iterator[LineOfWords]:
    """Gives every row its whole label, and every group a line of its own, on a page.

    Where no lines are closer than rows and all rows have numbers, these tell where labels begin.

    Args:
        rows: The lines of a table below its heads, a cell of close lines being one word.
    """
    are_told = any("\n" in word.text for row in rows for word in row.label)
    named = [row.label[-1].text for row in rows if row.label and row.figures]
    is_counted = not are_told and None not in map(marker, named)
    return _without_groups(_numbered(rows) if is_counted else rows)


def ends_numbered(rows: Sequence[LineOfWords]) -> bool:
    """Whether the label of the last line is the end of one that begins further up with a number.

    Args:
        rows: Lines of a table below its heads.
    """
    starts = range(max(len(rows) - _MOST_LINES, 0), len(rows) - 1)
    return any(_behind_label(rows, at) == len(rows) for at in starts)


def are_beside_groups(rows: Sequence[LineOfWords]) -> bool:
    """Whether labels of several lines stand beside those of groups: their lines tell no row.

    Args:
        rows: The lines of a table below its heads.
    """
    whole = _with_whole_groups(rows)
    return any(
        len(lines) > 1 and (len(first.label) > 1 or _group_in_cell(first.label[-1].text))
        for at, first in enumerate(whole)
        if (lines := whole[at : _behind_label(whole, at)])
    )


def _with_group_in_cell(row: LineOfWords) -> LineOfWords:
    """A line; what a group is called and the label behind it, a blank apart, are of one cell."""
    if len(row.label) < 2:
        return row
    *others, group, own = row.label
    text = f"{group.text} {own.text}"
    if own.left - group.right != 1 or not _group_in_cell(text):
        return row
    cell = group._replace(text=text, right=own.right, boxes=group.boxes + own.boxes)
    return row._replace(label=(*others, cell))


def _group_in_cell(text: str) -> str:
    """What a group is called whose number stands before that of a label, a blank between them."""
    group, _, own = text.partition(" ")
    outer, inner = marker(group), marker(own)
    return group if outer and inner and outer.level < inner.level else ""


class _Opened(NamedTuple):
    """What a group is called, as far as it was read.

    Attributes:
        row: The row it begins in.
        at: Which word of its label that is.
        last: Its last line.
    """

    row: int
    at: int
    last: DisplayWord


def _with_whole_groups(rows: Sequence[LineOfWords]) -> list[LineOfWords]:
    """Rows; what a group is called over several lines stands where it begins, beside its rows."""
    whole: list[LineOfWords] = []
    opened: list[_Opened] = []
    for row in map(_with_group_in_cell, rows):
        if whole and row.page != whole[-1].page:
            opened = []
        kept: list[DisplayWord] = []
        for word in row.label:
            is_beside = word is not row.label[-1]
            left = word.left - _LOOSE
            group = next((one for one in opened if abs(one.last.left - word.left) <= _LOOSE), None)
            if (
                group
                and (is_beside or not row.figures)
                and _ends_group(word, whole[group.row], group)
            ):
                label = list(whole[group.row].label)
                label[group.at] = _joined(label[group.at], word)
                whole[group.row] = whole[group.row]._replace(label=tuple(label))
                opened[opened.index(group)] = group._replace(last=word)
                continue
            opened = [one for one in opened if one.last.left < left]
            # A unit behind a label makes that no group.
            if is_beside and marker(word.text) and marker(row.label[-1].text):
                opened.append(_Opened(len(whole), len(kept), word))
            kept.append(word)
        if kept or row.figures:
            whole.append(row._replace(label=tuple(kept)))
    return whole


def _ends_group(word: DisplayWord, row: LineOfWords, group: _Opened) -> bool:
    """Whether a word stands where a group is called so, and reaches no further than its room."""
    return not marker(word.text) and word.right <= row.label[group.at + 1].left


def _full(rows: Sequence[LineOfWords]) -> float:
    """How wide a line of a label is that fills the room of labels."""
    widths = [row.label[-1].right - row.label[-1].left for row in rows if row.label]
    return _NEARLY * max(widths, default=0)


def _numbered(rows: Sequence[LineOfWords]) -> Iterator[LineOfWords]:
    """Rows; those whose label has a number are one line each, wherever their figures stand."""
    at = 0
    while at < len(rows):
        behind = _behind_label(rows, at)
        lines = rows[at:behind]
        around = (*rows[max(at - 1, 0) : at], *rows[behind : behind + 1])
        whole = _whole(lines) if len(lines) > 1 else None
        if whole and (whole.figures or all(row.label for row in around)):
            yield whole
        else:
            yield from lines
        at = behind


def _behind_label(rows: Sequence[LineOfWords], at: int) -> int:
    """The row behind a label: it goes on below a line that fills its room, without a number."""
    first, behind = rows[at], at + 1
    if not first.label or marker(first.label[-1].text) is None:
        return behind
    above = first.label[-1]
    # Beside those of groups there is less room.
    beside = [row for row in rows if row.page == first.page and row.label]
    full = _full([row for row in beside if row.label[-1].left >= above.left - 1])
    full = max(full, _LEAST_ROOM * _full(rows))
    narrow = _full_beside_groups(beside, above)
    for n in range(at + 1, len(rows)):
        row = rows[n]
        if not row.label and row.figures and row.page == first.page:
            continue
        is_below = bool(row.label) and abs(row.label[0].left - above.left) <= _LOOSE
        least = 0 if is_below and width(above.text) >= narrow else full
        is_end = row.page == first.page and len(row.label) == 1 and _goes_on(above, row, least)
        if not is_end or marker(row.label[0].text):
            break
        above, behind = row.label[0], n + 1
    return behind


def _full_beside_groups(rows: Sequence[LineOfWords], label: DisplayWord) -> float:
    """How wide a line is that fills a column of labels beside those of groups, if it is in one."""
    column = [row.label for row in rows if abs(row.label[-1].left - label.left) <= _LOOSE]
    is_beside = any(len(own) > 1 and marker(own[-1].text) for own in column)
    return max(width(own[-1].text) for own in column) - _CHARACTER if is_beside else inf


def _goes_on(above: DisplayWord, row: LineOfWords, full: float) -> bool:
    """Whether the words of a line stand below words that fill the room of labels."""
    own = row.label[0]
    return above.right - above.left >= full and above.left < own.right and own.left < above.right


def _whole(lines: Sequence[LineOfWords]) -> LineOfWords | None:
    """The lines of a label as one; nothing where figures stand beside neither start nor middle."""
    labelled = [line for line in lines if line.label]
    figured = [n for n, line in enumerate(lines) if line.figures]
    if len(figured) > 1:
        return None
    for n in figured:
        above = sum(bool(line.label) for line in lines[:n])
        below = sum(bool(line.label) for line in lines[n + 1 :])
        if n and abs(above - below) > 1:
            return None
    own = reduce(_joined, (line.label[-1] for line in labelled))
    figures = lines[figured[0]].figures if figured else ()
    return lines[0]._replace(label=(*lines[0].label[:-1], own), figures=figures)


def _beside_nearest(rows: Sequence[LineOfWords]) -> Iterator[LineOfWords]:
    """Rows; figures alone on a line that is nearer to the number of the next label are that's."""
    below = {n + 1: row.figures for n, row in enumerate(rows) if _is_nearer_below(rows, n)}
    for n, row in enumerate(rows):
        if n + 1 not in below:
            yield row._replace(figures=below.get(n, row.figures))


def _is_nearer_below(rows: Sequence[LineOfWords], n: int) -> bool:
    if not _is_between(rows, n):
        return False
    above, row, below = rows[n - 1 : n + 2]
    return below.number - row.number < row.number - above.number


def _is_between(rows: Sequence[LineOfWords], n: int) -> bool:
    """Whether figures stand alone between two labels without any, of which the next has a number.

    Where others stand beside their labels, either may be theirs.
    """
    if not 0 < n < len(rows) - 1 or rows[n].label:
        return False
    above, below = rows[n - 1], rows[n + 1]
    if not (above.label and below.label) or above.figures or below.figures:
        return False
    return marker(below.label[-1].text) is not None


def _with_ends(rows: Sequence[LineOfWords], beside: frozenset[int]) -> Iterator[LineOfWords]:
    """Rows; a line without a number below a label that fills its room is the end of that.

    The label begins on a line with figures ``beside`` it; above heads stands their title.
    """
    full = _full(rows)
    whole: LineOfWords | None = None
    for row, below in zip_longest(rows, rows[1:]):
        is_title = below and not below.figures and len(below.label) > len(("group", "label"))
        is_end = not is_title and whole and whole.number in beside and _is_end(row, whole, full)
        if whole and is_end:
            whole = whole._replace(
                label=(*whole.label[:-1], _joined(whole.label[-1], row.label[0]))
            )
            continue
        if whole:
            yield whole
        whole = row
    if whole:
        yield whole


def _is_end(row: LineOfWords, above: LineOfWords, full: float) -> bool:
    """Whether the words of a line are what did not fit on the line above."""
    if row.figures or len(row.label) != 1 or not above.label or marker(row.label[0].text):
        return False
    return _goes_on(above.label[-1], row, full)


def _joined(word: DisplayWord, behind: DisplayWord) -> DisplayWord:
    return word._replace(text=word.text + behind.text, boxes=word.boxes + behind.boxes)


def _without_groups(rows: Iterable[LineOfWords]) -> Iterator[LineOfWords]:
    """Rows; what a group is called, before the label of one of its rows, has a line of its own."""
    named = ""
    for row in rows:
        if row.label and (group := _group_in_cell(row.label[-1].text)):
            *others, cell = row.label
            cells = [*others, *([cell._replace(text=group)] if group != named else [])]
            for label in cells:
                yield row._replace(label=(label,), figures=())
            yield row._replace(label=(cell._replace(text=cell.text[len(group) + 1 :]),))
            named = group
            continue
        *groups, own = row.label or (None,)
        if own and groups and own.left - groups[-1].right > 1 and marker(own.text):
            yield row._replace(label=tuple(groups), figures=())
            yield row._replace(label=(own,))
        else:
            yield row


def _with_whole_labels(rows: Sequence[LineOfWords]) -> Iterator[LineOfWords]:
    """Rows; the figures beside or between the lines of a label stand where it begins."""
    around = zip(rows, (rows[0], *rows), (*rows[1:], rows[-1]), strict=False)
    labels = [_own_label(*lines) for lines in around]
    begun = dict(beginnings(labels, [bool(row.figures) for row in rows]))
    if any(row.label and row.figures for row in rows):
        begun = {n: first for n, first in begun.items() if not _is_between(rows, n)}
    figures = {first: rows[n].figures for n, first in begun.items()}
    for n, row in enumerate(rows):
        if n not in begun:
            yield row._replace(figures=figures.get(n, row.figures))


def _own_label(line: LineOfWords, above: LineOfWords, below: LineOfWords) -> str:
    """The label of a line; nothing where a group is called so beside another that goes on below."""
    if not line.label:
        return ""
    own = line.label[-1]
    goes_on = not (above.figures or below.figures or marker(below.label[-1].text))
    is_left = goes_on and own.right <= min(above.label[-1].left, below.label[-1].left)
    return "" if is_left else own.text
