"""One row without cell borders: every way to part its print into the form's cells.

Two things are lost when text is flattened. Borders: ``230 000023`` is seven cells. And
blank cells: ``12 0 0 0 0 3`` may be the six filled cells of a row whose total is blank,
as well as seven cells run together. Both are tried, for either may be what was printed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import accumulate, combinations, islice

from pipeline.forms.arithmetic import Known, Share, decidable, rest_of, share_of, touches
from pipeline.forms.identities import Identity
from pipeline.forms.search import leading_on, paths

# The worst row takes about a third of a second.
_MOST_STEPS = 100_000
MOST_SPLITS = 20_000
NUMBER = re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?")
_MOST_DIGITS_OF_A_COUNT = 5
_FEW_CELLS = 2
_CUMULATIVE = ":cumulative"

Split = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class UnsegmentedRow:
    """A row to be split: indicators of its cells in printed order, and what is printed.

    That is parted at spaces; there are more lists of pieces than one where a piece may or may
    not belong to the row. Where each piece has a place in a ``grid``, ``places`` are its columns in
    which it may stand, and ``heads`` which cell is below each, if heads tell.
    """

    ids: tuple[str, ...]
    prints: tuple[tuple[str, ...], ...]
    places: tuple[range, ...] = ()
    grid: int = 0
    heads: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """Every split of a row that all identities allow, None for a blank cell; none may be left.

    Attributes:
        gave_up: Whether the search ran out of steps before it was sure.
        is_proved: Whether some identity holds because of the split, and not merely for
            want of a total: needed where blank cells are assumed.
    """

    splits: tuple[Split, ...]
    gave_up: bool = False
    is_proved: bool = True

    @property
    def only(self) -> Split | None:
        """The one split that is left, None where it is not certain."""
        is_certain = len(self.splits) == 1 and not self.gave_up and self.is_proved
        return self.splits[0] if is_certain else None


def row_solution(row: UnsegmentedRow, rules: Sequence[Identity], known: Known) -> Solution:
    """The splits of a row that its own identities allow, and those with known values."""
    own = frozenset(row.ids)
    deciding = [
        rule for rule in decidable(rules, own | known.values.keys(), known) if touches(rule, own)
    ]
    sums = [(rest_of(rule, known.values, own), share_of(rule, row.ids)) for rule in deciding]
    found: dict[Split, None] = {}
    gave_up = False
    for pieces in row.prints:
        if len(pieces) < len(row.ids):
            run_together = _run_together(len(row.ids), pieces, sums)
            gave_up |= run_together.gave_up
            found.update(dict.fromkeys(run_together.splits))
        for split in _with_blanks(pieces, len(row.ids)):
            left = ((rest, share.of(split)) for rest, share in sums)
            if not any(added is not None and rest + added for rest, added in left):
                found[split] = None
    return Solution(tuple(split for split in found if _adds_up(row.ids, split)), gave_up)


def _adds_up(ids: Sequence[str], split: Split) -> bool:
    """Whether no figure of the year exceeds that of all years, which holds it."""
    numbers = dict(zip(ids, split, strict=True))
    pairs = [
        (numbers.get(indicator.removesuffix(_CUMULATIVE)), of_all)
        for indicator, of_all in numbers.items()
        if indicator.endswith(_CUMULATIVE)
    ]
    return all(year is None or of_all is None or year <= of_all for year, of_all in pairs)


def _with_blanks(pieces: Sequence[str], cells: int) -> Iterator[Split]:
    """The ways to put whole pieces into cells in order, the other cells left blank."""
    if len(pieces) > cells or not all(map(NUMBER.fullmatch, pieces)):
        return
    longest = max(len(piece.partition(".")[0].replace(",", "")) for piece in pieces)
    if cells > _FEW_CELLS and len(pieces) < cells and longest > _MOST_DIGITS_OF_A_COUNT:
        return
    numbers = [Decimal(piece.replace(",", "")) for piece in pieces]
    for filled in combinations(range(cells), len(numbers)):
        number_of = dict(zip(filled, numbers, strict=True))
        yield tuple(map(number_of.get, range(cells)))


# A cell as an operand of an identity, by its index: its sign, and the signs of the cells before.
_Operand = tuple[int, int, frozenset[int]]
# Where what is left of a print ends, and what its cells so far leave of every sum.
_Left = tuple[int, tuple[Decimal, ...]]


def _run_together(
    cells: int, pieces: Sequence[str], sums: Sequence[tuple[Decimal, Share]]
) -> Solution:
    """The splits of a print whose pieces hold several cells each, as far as the search came.

    It goes from the end, where forms print totals: with the total known, a part that exceeds
    what is left of it is none.
    """
    printed = "".join(pieces)
    starts = list(accumulate(map(len, pieces), initial=0))[:-1]
    operands = _by_cell(cells, [share for _, share in sums])

    def last_cell(cell: int, left: _Left) -> Iterator[tuple[Decimal, _Left | None]]:
        end, balances = left
        pieces_left = bisect_left(starts, end)
        if not pieces_left <= cell + 1 <= end:
            return
        for start in range(end - 1, starts[pieces_left - 1] - 1, -1) if cell else (0,):
            if NUMBER.fullmatch(printed, start, end):
                number = Decimal(printed[start:end].replace(",", ""))
                after = _after(balances, number, operands[cell], has_negatives="-" in printed)
                yield number, None if after is None else (start, after)

    layers = [partial(last_cell, cell) for cell in reversed(range(cells))]
    start = (len(printed), tuple([rest for rest, _ in sums]))
    leading = leading_on(start, layers, _MOST_STEPS)
    if leading is None:
        return Solution((), gave_up=True)
    found = tuple([one[::-1] for one in islice(paths(leading, start), MOST_SPLITS + 1)])
    return Solution(found[:MOST_SPLITS], len(found) > MOST_SPLITS)


def _after(
    balances: Sequence[Decimal],
    number: Decimal,
    operands: Sequence[_Operand],
    *,
    has_negatives: bool,
) -> tuple[Decimal, ...] | None:
    """The balances after a cell; None where one of them can no longer come out even."""
    left = list(balances)
    for rule, sign, to_come in operands:
        left[rule] += sign * number
        needed = -1 if left[rule] > 0 else 1
        if left[rule] and not (to_come and (has_negatives or needed in to_come)):
            return None
    return tuple(left)


def _by_cell(cells: int, shares: Sequence[Share]) -> list[list[_Operand]]:
    """For every cell, its part in the identities, as seen from the end."""
    operands: list[list[_Operand]] = [[] for _ in range(cells)]
    for number, share in enumerate(shares):
        for cell, sign in share.cells:
            to_come = frozenset(other_sign for other, other_sign in share.cells if other < cell)
            operands[cell].append((number, sign, to_come))
    return operands
