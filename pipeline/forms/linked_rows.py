"""Rows that the sums of a form link: which ways to read each can be completed by the others.

Every way to read a row says what its cells give to each sum; a choice of one for every row
holds where all sums come out even.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from pipeline.forms.arithmetic import Share
from pipeline.forms.search import leading_on

# Rows that can be told apart at all are, in far fewer.
_MOST_STEPS = 5_000

LinkingSum = tuple[Decimal, Sequence[Share]]
"""What is known of a sum between rows, left less right, and the share of every row in it."""

# One way to read a row, None for a blank cell, and several that do the same to every sum.
_Numbers = tuple[Decimal | None, ...]
_Alike = tuple[_Numbers, ...]
# What is left of every sum, None for one that says nothing; and what a reading adds.
_Balances = tuple[Decimal | None, ...]
_Effect = tuple[tuple[int, Decimal | None], ...]


def completed(
    rows: Sequence[Sequence[_Numbers]], sums: Sequence[LinkingSum]
) -> list[frozenset[_Numbers]] | None:
    """The numbers of every row that some choice for all the others agrees with.

    Those that do the same to every sum are tried as one, and a sum once it is complete; so the
    rows that say nothing of each other cost no more than their sum.

    Returns:
        Those of each row that are left; None where too many would have to be tried.
    """
    last = [max(n for n, share in enumerate(shares) if share.cells) for _, shares in sums]
    effects = [_by_effect([shares[n] for _, shares in sums], own) for n, own in enumerate(rows)]

    def of_row(n: int, left: _Balances) -> Iterator[tuple[_Alike, _Balances | None]]:
        due = [rule for rule, row in enumerate(last) if row == n]
        for effect, alike in effects[n].items():
            yield alike, _after(left, effect, due)

    start: _Balances = tuple([rest for rest, _ in sums])
    layers = [partial(of_row, n) for n in range(len(rows))]
    leading = leading_on(start, layers, _MOST_STEPS)
    if leading is None:
        return None
    return [
        frozenset(numbers for own in one.values() for alike, _ in own for numbers in alike)
        for one in leading
    ]


def _after(left: _Balances, effect: _Effect, due: Sequence[int]) -> _Balances | None:
    """The balances after a row; None where one that is complete does not come out even."""
    balances = list(left)
    for rule, share in effect:
        before = balances[rule]
        balances[rule] = None if before is None or share is None else before + share
    for rule in due:
        if balances[rule]:
            return None
        balances[rule] = None
    return tuple(balances)


def _by_effect(shares: Sequence[Share], readings: Sequence[_Numbers]) -> dict[_Effect, _Alike]:
    """The ways to read a row, grouped by what they add to the balances."""
    found: dict[_Effect, list[_Numbers]] = {}
    for numbers in readings:
        effect = [(rule, share.of(numbers)) for rule, share in enumerate(shares) if share.cells]
        found.setdefault(tuple([one for one in effect if one[1] != 0]), []).append(numbers)
    return {effect: tuple(alike) for effect, alike in found.items()}
