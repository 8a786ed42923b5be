"""Rows that the sums of a form link: which ways to read each can be completed by the others.

Every way to read a row says what its cells give to each sum; a choice of one for every row
holds where all sums come out even.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from pipeline.forms.arithmetic import Share
from pipeline.forms.search import leading_on

# Rows that can be told apart at all are, in far fewer.
_MOST_STEPS = 5_000
_ZERO = Decimal(0)
_ANY = Decimal("Infinity")

LinkingSum = tuple[Decimal, Sequence[Share]]
"""What is known of a sum between rows, left less right, and the share of every row in it."""

# One way to read a row, None for a blank cell, and several that do the same to every sum.
_Numbers = tuple[Decimal | None, ...]
_Alike = tuple[_Numbers, ...]
# What is left of every sum, None for one that says nothing; and what a reading adds.
_Balances = tuple[Decimal | None, ...]
_Effect = tuple[tuple[int, Decimal | None], ...]
# The sums that a row is part of, and the least and the most that rows behind it may add to each.
_ToCome = Sequence[tuple[int, Decimal, Decimal]]


class Completed(NamedTuple):
    """What the sums between rows leave of the ways to read each.

    Attributes:
        rows: The numbers of every row that some choice for all the others agrees with.
        unsure: Rows of a sum with too many ways to make it up: it has not counted.
    """

    rows: list[list[_Numbers]]
    unsure: frozenset[int]


def completed(rows: Sequence[Sequence[_Numbers]], sums: Sequence[LinkingSum]) -> Completed:
    """Finds the numbers of every row that the sums allow.

    What a sum rules out by itself is not tried with the others; it alone counts where too many
    would have to be tried with them.
    """
    left = [list(own) for own in rows]
    unsure: set[int] = set()
    before = 0
    while all(left) and before != (before := sum(map(len, left))):
        unsure.clear()
        for rest, shares in sums:
            own = [n for n, share in enumerate(shares) if share.cells]
            kept = _completed([left[n] for n in own], [(rest, [shares[n] for n in own])])
            told = dict(zip(own, kept or (), strict=False))
            left = [told.get(n, one) for n, one in enumerate(left)]
            unsure.update(() if kept else own)
    if not all(left):
        return Completed([[] for _ in left], frozenset())
    together = _completed(left, sums)
    return Completed(together or left, frozenset(() if together else unsure))


def _completed(
    rows: Sequence[Sequence[_Numbers]], sums: Sequence[LinkingSum]
) -> list[list[_Numbers]] | None:
    """Those that all of several sums agree with; None where too many would have to be tried.

    Those that do the same to every sum are tried as one, and none that the rows behind it cannot
    make up for; so the rows that say nothing of each other cost no more than their sum.
    """
    effects = [_by_effect([shares[n] for _, shares in sums], own) for n, own in enumerate(rows)]
    to_come = _to_come(effects, sums)

    def of_row(n: int, left: _Balances) -> Iterator[tuple[_Alike, _Balances | None]]:
        for effect, alike in effects[n].items():
            yield alike, _after(left, effect, to_come[n])

    start: _Balances = tuple([rest for rest, _ in sums])
    layers = [partial(of_row, n) for n in range(len(rows))]
    leading = leading_on(start, layers, _MOST_STEPS)
    if leading is None:
        return None
    found = [{alike for own in one.values() for alike, _ in own} for one in leading]
    return [
        [numbers for alike in effects[n].values() if alike in found[n] for numbers in alike]
        for n in range(len(rows))
    ]


def _to_come(effects: Sequence[Iterable[_Effect]], sums: Sequence[LinkingSum]) -> list[_ToCome]:
    """For every row, the sums it is part of and what the rows behind it may still add to each."""
    reach = [(_ZERO, _ZERO)] * len(sums)
    found: list[_ToCome] = []
    for n, own in reversed(list(enumerate(effects))):
        touched = [rule for rule, (_, shares) in enumerate(sums) if shares[n].cells]
        found.append([(rule, *reach[rule]) for rule in touched])
        by_sum = list(map(dict, own))
        for rule in touched:
            shares = [effect.get(rule, _ZERO) for effect in by_sum]
            told = [share for share in shares if share is not None]
            is_told = len(told) == len(shares)
            least, most = reach[rule]
            least += min(told, default=_ZERO) if is_told else -_ANY
            most += max(told, default=_ZERO) if is_told else _ANY
            reach[rule] = (least, most)
    return found[::-1]


def _after(left: _Balances, effect: _Effect, to_come: _ToCome) -> _Balances | None:
    """The balances after a row; None where the rows behind it cannot make one come out even."""
    balances = list(left)
    for rule, share in effect:
        before = balances[rule]
        balances[rule] = None if before is None or share is None else before + share
    for rule, least, most in to_come:
        balance = balances[rule]
        if balance is not None and not least <= -balance <= most:
            return None
        if least == most:
            balances[rule] = None
    return tuple(balances)


def _by_effect(shares: Sequence[Share], readings: Sequence[_Numbers]) -> dict[_Effect, _Alike]:
    """The ways to read a row, grouped by what they add to the balances."""
    found: dict[_Effect, list[_Numbers]] = {}
    for numbers in readings:
        effect = [(rule, share.of(numbers)) for rule, share in enumerate(shares) if share.cells]
        found.setdefault(tuple([one for one in effect if one[1] != 0]), []).append(numbers)
    return {effect: tuple(alike) for effect, alike in found.items()}
