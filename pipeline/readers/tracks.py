"""Columns found by position: figures below each other, and the heads above them.

Figures of a column begin, end or have their middle at one place. A column is the head's whose
place it shares; where two heads could be meant, the order of all columns decides. What is left
open is no column: its rows are told by nothing but the order of their figures.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, compress, pairwise
from operator import attrgetter
from typing import NamedTuple, Protocol

_CLEARLY_NEARER = 5
_CLEARLY_MORE = 2
_FEWEST_REPEATED = 3
_MOST_REPEATED = 8
_NEARLY_AS_WIDE = 1.25
_PUSHED = 2
"""Programs leave two blanks between what they push aside and what pushes it."""


class Extent(Protocol):
    """What stands somewhere between a left and a right end."""

    @property
    def left(self) -> float:
        """Where it begins."""

    @property
    def right(self) -> float:
        """Where it ends."""


class _Column(NamedTuple):
    """Figures at one place.

    Attributes:
        left: Where the first of them begins.
        right: Where the last of them ends.
        figures: The row of each, and which it is there.
    """

    left: float
    right: float
    figures: tuple[tuple[int, int], ...]

    def shares_a_row(self, other: "_Column") -> bool:
        """Whether a row has figures in both."""
        return not {row for row, _ in self.figures}.isdisjoint(row for row, _ in other.figures)


_LEFT, _RIGHT = attrgetter("left"), attrgetter("right")
_ANCHORS: tuple[Callable[[Extent], float], ...] = (
    _LEFT,
    _RIGHT,
    lambda word: (word.left + word.right) / 2,
)


def columns_by_place(
    rows: Sequence[Sequence[Extent]],
    heads: Sequence[Extent],
    jitter: float,
    whole: Sequence[Sequence[Extent]] = (),
) -> dict[tuple[int, int], int]:
    """Finds below which head figures stand.

    Args:
        rows: The figures of each row.
        heads: The heads of single columns; each column is its own where there are none.
        jitter: How far from each other figures of one place may stand.
        whole: Those rows that are known to have a figure for each head.

    Returns:
        The head of each figure, by its row and which it is there; rows are whole or absent.
    """
    columns = _columns(rows, jitter)
    if not heads:
        told = {figure: n for n, column in enumerate(columns) for figure in column.figures}
    elif max(map(len, rows), default=0) > len(heads):
        return {}
    else:
        told = _below(columns, heads, jitter)
        whole = whole or [row for row in rows if len(row) == len(heads)]
        if places := _places(whole, columns):
            other = _below(columns, places, jitter)
            told = {
                figure: head
                for figure, head in (other | told).items()
                if other.get(figure, head) == head
            }
    for n, row in enumerate(rows):
        own = [told.get((n, at), -1) for at in range(len(row))]
        if -1 in own or len(set(own)) < len(own):
            for at in range(len(row)):
                told.pop((n, at), None)
    return told


def places_in_order(
    rows: Sequence[Sequence[Extent]], before: Sequence[float], jitter: float
) -> list[list[range]]:
    """Finds the columns in which figures stand that no heads tell.

    A figure stands at its place, unless it is pushed to the right by what ends right before it.

    Args:
        rows: The figures of each row.
        before: Where what stands before the figures of each row ends.
        jitter: How far from each other figures of one place may stand.

    Returns:
        The columns that each figure may stand in, counted from 0; none where places contradict
        each other.
    """
    ends = [
        [edge, *(word.right for word in row[:-1])] for row, edge in zip(rows, before, strict=True)
    ]
    is_free = [
        [word.left > end + _PUSHED * jitter for word, end in zip(row, own, strict=False)]
        for row, own in zip(rows, ends, strict=True)
    ]
    free = [list(compress(row, own)) for row, own in zip(rows, is_free, strict=True)]
    found = ((anchor, list(_at_one_place(free, anchor, jitter))) for anchor in _ANCHORS)
    anchor, columns = min(found, key=lambda one: _scattering(one[1]))
    if _scattering(columns)[0]:
        return []
    at = [min(anchor(free[n][m]) for n, m in column.figures) for _, column in columns]
    most = max(map(len, rows), default=0)
    told = [
        [range(n, n + 1) for n in range(most)]
        if most == len(row) > len(at)
        else _in_a_row([sum(x <= anchor(word) + jitter for x in at) for word in row], own)
        for row, own in zip(rows, is_free, strict=True)
    ]
    return told if all(place for row in told for place in row) else []


def _in_a_row(ends: Sequence[int], is_free: Sequence[bool]) -> list[range]:
    """The columns of figures one behind the other, before those ends: the last if one is free."""
    first = [end - 1 if free else 0 for end, free in zip(ends, is_free, strict=False)]
    last = list(ends)
    for n in range(1, len(first)):
        first[n] = max(first[n], first[n - 1] + 1)
    for n in reversed(range(len(last) - 1)):
        last[n] = min(last[n], last[n + 1] - 1)
    return [range(*own) for own in zip(first, last, strict=True)]


def _below(
    columns: Sequence[_Column], heads: Sequence[Extent], jitter: float
) -> dict[tuple[int, int], int]:
    """The head of each figure, as far as place and order of the columns tell it."""
    meant = [(one, _near(one, heads, jitter)) for one in columns]
    told = _heads_in_order(_on_one_side(meant, heads, jitter))
    return {figure: head for column, head in told for figure in column.figures}


def heads_repeated(
    rows: Sequence[Sequence[Extent]], heads: Sequence[Extent], jitter: float
) -> Sequence[Extent]:
    """Finds where the heads of a table would stand on a page that does not repeat them.

    A row with a figure for each head tells all of them; else columns are as far apart as heads.

    Args:
        rows: The figures of each row on that page.
        heads: The heads, where they are printed.
        jitter: How far from each other figures of one place may stand.

    Returns:
        Where each head would stand; nothing where that cannot be told.
    """
    columns = _columns(rows, jitter)
    if places := _places([row for row in rows if len(row) == len(heads)], columns):
        return places
    if not _FEWEST_REPEATED <= len(columns) <= len(heads) <= _MOST_REPEATED:
        return []
    moves = (_moved(heads, own, columns) for own in combinations(range(len(heads)), len(columns)))
    alike = sorted(one for one in moves if _NEARLY_AS_WIDE > one.scale > 1 / _NEARLY_AS_WIDE)
    is_told = alike[0].off <= jitter if len(alike) == 1 else _is_best(alike, jitter)
    return [alike[0].of(head) for head in heads] if is_told else []


class Span(NamedTuple):
    """From a left to a right end."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Half way between both."""
        return (self.left + self.right) / 2


class _Move(NamedTuple):
    """Heads of one page laid over the columns of another.

    Attributes:
        off: How far a column stands from where its head would be, at most.
        scale: How much farther apart things are than they were.
        shift: Where what stood at nought would stand.
    """

    off: float
    scale: float
    shift: float

    def of(self, extent: Extent) -> Span:
        """Where something would stand."""
        return Span(self.scale * extent.left + self.shift, self.scale * extent.right + self.shift)


def _moved(heads: Sequence[Extent], own: Sequence[int], columns: Sequence[_Column]) -> _Move:
    """Heads laid over columns, so that the outermost meet."""
    before = [_around([heads[n]]).middle for n in own]
    now = [_around([column]).middle for column in columns]
    scale = (now[-1] - now[0]) / (before[-1] - before[0])
    shift = now[0] - scale * before[0]
    off = max(abs(scale * x + shift - y) for x, y in zip(before, now, strict=True))
    return _Move(off, scale, shift)


def _is_best(moves: Sequence[_Move], jitter: float) -> bool:
    """Whether the first of several lays heads over columns, and none of the others nearly does."""
    return bool(moves) and moves[0].off <= jitter and moves[1].off > _CLEARLY_NEARER * jitter


def _around(extents: Iterable[Extent]) -> Span:
    """What several things take together."""
    ends = [(one.left, one.right) for one in extents]
    return Span(min(left for left, _ in ends), max(right for _, right in ends))


def _columns(rows: Sequence[Sequence[Extent]], jitter: float) -> list[_Column]:
    """Figures by place, at whichever of their ends they scatter least."""
    found = (list(_at_one_place(rows, anchor, jitter)) for anchor in _ANCHORS)
    return [column for _, column in min(found, key=_scattering)]


def _at_one_place(
    rows: Sequence[Sequence[Extent]], anchor: Callable[[Extent], float], jitter: float
) -> Iterator[tuple[float, _Column]]:
    """Columns, and how far the places of their figures lie apart."""
    placed = sorted(
        (anchor(word), n, at, word) for n, row in enumerate(rows) for at, word in enumerate(row)
    )
    ends = [n for n, (a, b) in enumerate(pairwise(placed), 1) if b[0] - a[0] > jitter]
    for first, behind in pairwise([0, *ends, len(placed)] if placed else []):
        own = placed[first:behind]
        words = [word for _, _, _, word in own]
        left, right = min(map(_LEFT, words)), max(map(_RIGHT, words))
        column = _Column(left, right, tuple([(row, at) for _, row, at, _ in own]))
        yield own[-1][0] - own[0][0], column


def _scattering(columns: Sequence[tuple[float, _Column]]) -> tuple[int, float]:
    """How many figures share row and column, and how many places there are."""
    clashes = (len(one.figures) - len({row for row, _ in one.figures}) for _, one in columns)
    return sum(clashes), len(columns) + sum(spread for spread, _ in columns)


def _places(whole: Sequence[Sequence[Extent]], columns: Sequence[_Column]) -> Sequence[Extent]:
    """Where the figures of whole rows stand; nothing where they overlap.

    Nor where others stand beside them: crowded rows may be pushed out of their columns.
    """
    places = [_around(column) for column in zip(*whole, strict=True)]
    are_apart = all(one.right <= other.left for one, other in pairwise(places))
    are_below = all(
        any(place.left < column.right and column.left < place.right for place in places)
        for column in columns
    )
    return places if are_apart and are_below else []


def _on_one_side(
    columns: Sequence[tuple[_Column, Sequence[int]]], heads: Sequence[Extent], jitter: float
) -> list[tuple[_Column, Sequence[int]]]:
    """Columns with their heads; one between two heads stands on the side that all others do."""
    sides = [
        _around([column]).middle - _around([heads[meant[0]]]).middle
        for column, meant in columns
        if len(meant) == 1
    ]
    if sides and min(sides) > jitter:
        return [(column, meant[:1]) for column, meant in columns]
    if sides and max(sides) < -jitter:
        return [(column, meant[-1:]) for column, meant in columns]
    return list(columns)


def _near(column: Extent, heads: Sequence[Extent], jitter: float) -> list[int]:
    """The indices of heads above a column, or of those beside it where none is above."""
    shared = [min(head.right, column.right) - max(head.left, column.left) for head in heads]
    if max(shared) > 0:
        most = max(range(len(heads)), key=lambda n: shared[n])
        reach = [max(length + jitter, 0) for length in shared]
        return [n for n in range(len(heads)) if _CLEARLY_MORE * reach[n] >= reach[most]]
    before = [n for n, head in enumerate(heads) if head.right <= column.left][-1:]
    behind = [n for n, head in enumerate(heads) if head.left >= column.right][:1]
    beside = [*before, *behind]
    if len(beside) < len(_SIDES):
        return beside if len(heads) == 1 or _is_near(column, beside[0], heads) else []
    near, far = sorted(beside, key=lambda n: -shared[n])
    return [near] if _CLEARLY_NEARER * -shared[near] < -shared[far] else beside


_SIDES = ("before", "behind")


def _is_near(column: Extent, head: int, heads: Sequence[Extent]) -> bool:
    """Whether a column outside all heads is as near to the outermost as its neighbour is."""
    outer = heads[head]
    inner = heads[head - 1] if head else heads[1]
    gap = max(column.left - outer.right, outer.left - column.right)
    return 2 * gap <= max(outer.left - inner.right, inner.left - outer.right)


def _heads_in_order(
    columns: Sequence[tuple[_Column, Sequence[int]]],
) -> list[tuple[_Column, int]]:
    """Columns with the only head that keeps heads and columns in the same order.

    Where no order holds, as more places are used than there are heads, only a head whose figures
    are below no other is told.
    """
    kept = _merged([(one, meant) for one, meant in columns if meant])
    first, last = _in_order(kept), _in_order(kept, is_last=True)
    if len(first) == len(last) == len(kept):
        pairs = zip(kept, first, reversed(last), strict=True)
        return [(column, low) for (column, _), low, high in pairs if low == high]
    clear = Counter(meant[0] for _, meant in kept if len(meant) == 1)
    return [(one, meant[0]) for one, meant in kept if len(meant) == 1 and clear[meant[0]] == 1]


def _merged(
    columns: Sequence[tuple[_Column, Sequence[int]]],
) -> list[tuple[_Column, Sequence[int]]]:
    """Columns, with neighbours under one head merged unless some row has figures in both."""
    merged: list[tuple[_Column, Sequence[int]]] = []
    for column, meant in columns:
        other, its = merged[-1] if merged else (column, ())
        if len(meant) == 1 and its == meant and not other.shares_a_row(column):
            left, right = min(other.left, column.left), max(other.right, column.right)
            merged[-1] = (_Column(left, right, other.figures + column.figures), meant)
        else:
            merged.append((column, meant))
    return merged


def _in_order(
    columns: Sequence[tuple[_Column, Sequence[int]]], *, is_last: bool = False
) -> list[int]:
    """A head for each column, as far left (or right) as order allows, until one has none."""
    found: list[int] = []
    for _, meant in reversed(columns) if is_last else columns:
        free = [n for n in meant if not found or (n < found[-1] if is_last else n > found[-1])]
        if not free:
            break
        found.append(max(free) if is_last else min(free))
    return found
