"""Rows printed without cell borders, read as a code: which splits can be meant?

Crawled text often runs the cells of a row together: ``230 000023``. A split assigns the
digits out to the form's cells; the identities of the row, of the columns and between
the rows rule splits out. Where one split is left it is the reading, marked as
reconstructed. Where several are left, none is chosen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.tables.propose.digit_split import (
    NUMBER,
    Share,
    Solution,
    Split,
    UnsegmentedRow,
    rest_of,
    row_solution,
    share_of,
)
from pipeline.forms.arithmetic import Known, decidable, difference, equalities, touches
from pipeline.forms.identities import Identity

_LEAST_ROWS = 5
_LEAST_PROOFS = 3
_MOST_BROKEN = Decimal("0.1")
_LEAST_BROKEN = Decimal("0.5")
# Rows that can be told apart at all are, in far fewer.
_MOST_STEPS_BETWEEN_ROWS = 5_000
_ZERO = Decimal(0)

# What is left of every identity, None for one that says nothing; and what a reading adds.
_Splits = tuple[Split, ...]
_Balances = tuple[Decimal | None, ...]
_Effect = tuple[tuple[int, Decimal | None], ...]


def solve(
    rows: Sequence[UnsegmentedRow], known: Known, identities: Sequence[Identity]
) -> list[Solution]:
    """Finds the splits of unsegmented rows that no identity rules out; one solution a row."""
    rules = equalities(identities)
    solutions = _weighed(rows, [row_solution(row, rules, known) for row in rows], known, rules)
    solutions = _without_blanks(solutions)
    return _weighed(rows, _between_rows(rows, solutions, known, rules), known, rules)


def _without_blanks(solutions: Sequence[Solution]) -> list[Solution]:
    """Drops readings with blank cells where a report prints its zeros.

    Enough rows that can be read in one way only show it: zeros in them, and no blank.
    """
    read = [solution.only for solution in solutions if solution.only is not None]
    if any(None in split for split in read) or sum(0 in split for split in read) < _LEAST_ROWS:
        return list(solutions)
    filled = [tuple(split for split in one.splits if None not in split) for one in solutions]
    return [
        replace(solution, splits=splits) if splits else solution
        for solution, splits in zip(solutions, filled, strict=True)
    ]


def _weighed(
    rows: Sequence[UnsegmentedRow],
    solutions: Sequence[Solution],
    known: Known,
    rules: Sequence[Identity],
) -> list[Solution]:
    """Marks the readings with blank cells that no identity proves."""
    told = settled(rows, [replace(solution, is_proved=True) for solution in solutions], known)
    return [
        replace(solution, is_proved=_is_proved(row, solution, told, rules))
        for row, solution in zip(rows, solutions, strict=True)
    ]


def _is_proved(
    row: UnsegmentedRow, solution: Solution, told: Known, rules: Sequence[Identity]
) -> bool:
    if len(solution.splits) != 1 or None not in solution.splits[0]:
        return True
    assigned = zip(row.ids, solution.splits[0], strict=True)
    own = {indicator: number for indicator, number in assigned if number is not None}
    values = {**told.values, **own}
    holding = [
        rule
        for rule in decidable(rules, values.keys(), told)
        if touches(rule, own) and difference(rule, values) == 0
    ]
    return all(any(touches(rule, {indicator}) for rule in holding) for indicator in own)


def settled(rows: Sequence[UnsegmentedRow], solutions: Sequence[Solution], known: Known) -> Known:
    """What is known once the rows with one reading are."""
    values = dict(known.values)
    blank = set(known.blank)
    for row, solution in zip(rows, solutions, strict=True):
        if solution.only is None:
            continue
        for indicator, number in zip(row.ids, solution.only, strict=True):
            if number is None:
                blank.add(indicator)
            else:
                values[indicator] = number
    return Known(values, frozenset(blank), known.absent)


def with_blank_column(
    rows: Sequence[UnsegmentedRow], known: Known, rules: Sequence[Identity]
) -> dict[int, Split]:
    """Splits, by index, of rows that lack one cell each, where one blank column explains all.

    Agencies leave whole columns blank, most often the totals, and a flattened text drops such
    cells. Each row alone may lack any of its cells; together they show which column it is,
    because the identities fail for every other choice.
    """
    by_width: dict[int, list[int]] = {}
    for index, row in enumerate(rows):
        if len(row.prints[0]) == len(row.ids) - 1 > 1 and all(map(NUMBER.fullmatch, row.prints[0])):
            by_width.setdefault(len(row.ids), []).append(index)
    is_form_word: dict[int, Split] = {}
    for width, members in by_width.items():
        if len(members) >= _LEAST_ROWS:
            numbers = {
                n: [Decimal(one.replace(",", "")) for one in rows[n].prints[0]] for n in members
            }
            readings = [
                {n: (*one[:column], None, *one[column:]) for n, one in numbers.items()}
                for column in range(width)
            ]
            broken = [_share_broken(rows, reading, known, rules) for reading in readings]
            best = min(range(width), key=lambda column: broken[column])
            others = broken[:best] + broken[best + 1 :]
            if broken[best] <= _MOST_BROKEN and min(others) >= _LEAST_BROKEN:
                is_form_word |= readings[best]
    return is_form_word


def _share_broken(
    rows: Sequence[UnsegmentedRow],
    reading: Mapping[int, Split],
    known: Known,
    rules: Sequence[Identity],
) -> Decimal:
    """Which share of the identities that tell something fails; 1 where too few do."""
    assigned = [rows[index] for index in reading]
    told = settled(assigned, [Solution((split,)) for split in reading.values()], known)
    own = {one for row in assigned for one in row.ids}
    telling = [
        rule
        for rule in decidable(rules, told.values.keys(), told)
        if touches(rule, own)
        and not all(term.indicator_id in told.blank for term in rule.right)
        and any(told.values.get(term.indicator_id) for term in (*rule.left, *rule.right))
    ]
    if len(telling) < _LEAST_PROOFS:
        return Decimal(1)
    return Decimal(sum(difference(rule, told.values) != 0 for rule in telling)) / len(telling)


class _Sum(NamedTuple):
    """An identity: what its operands outside the open rows give, and the share of each of these."""

    rest: Decimal
    shares: Mapping[int, Share]


def _between_rows(
    rows: Sequence[UnsegmentedRow],
    solutions: list[Solution],
    known: Known,
    rules: Sequence[Identity],
) -> list[Solution]:
    """Keeps the splits that some choice for all the other unsegmented rows agrees with."""
    told = settled(rows, solutions, known)
    open_rows = [
        index
        for index, solution in enumerate(solutions)
        if solution.splits and solution.only is None and not solution.gave_up
    ]
    # A row printed twice: what was put last counts.
    owner = {cell: index for index in open_rows for cell in rows[index].ids}
    own = {
        index: [one if owner[one] == index else "" for one in rows[index].ids]
        for index in open_rows
    }
    sums = []
    for rule in decidable(rules, owner.keys() | told.values.keys(), told):
        shares = {index: share_of(rule, ids) for index, ids in own.items()}
        touched = {index: share for index, share in shares.items() if share.cells}
        if touched:
            sums.append(_Sum(rest_of(rule, told.values, owner), touched))
    search = _Search({index: solutions[index].splits for index in open_rows}, sums)
    supported = search.run()
    return [
        Solution(supported[index], search.gave_up) if index in supported else solution
        for index, solution in enumerate(solutions)
    ]


class _Search:
    """Backtracking over the open rows; every identity is tried once it is complete.

    Readings that do the same to every identity are tried as one, and what is left of the
    identities is looked up where it was met before: so the rows that say nothing of each
    other cost no more than their sum.
    """

    def __init__(self, left: Mapping[int, _Splits], sums: Sequence[_Sum]) -> None:
        self._left = left
        self._order = sorted(left, key=lambda index: len(left[index]))
        self._start: _Balances = tuple([one.rest for one in sums])
        self._due: list[list[int]] = [[] for _ in self._order]
        for number, one in enumerate(sums):
            self._due[max(map(self._order.index, one.shares))].append(number)
        self._effects = [
            _by_effect(
                [(n, one.shares[index]) for n, one in enumerate(sums) if index in one.shares],
                left[index],
            )
            for index in self._order
        ]
        self._supported: list[set[Split]] = [set() for _ in self._order]
        self._met: dict[tuple[int, _Balances], bool] = {}
        self._steps = 0
        self.gave_up = False

    def run(self) -> dict[int, _Splits]:
        """The supported splits of every open row; all of them where the search gave up."""
        self._descend(0, self._start)
        return {
            index: tuple([one for one in self._left[index] if self.gave_up or one in kept])
            for index, kept in zip(self._order, self._supported, strict=True)
        }

    def _descend(self, depth: int, balances: _Balances) -> bool:
        """Whether the choices made so far can be completed; records those that can."""
        if depth == len(self._order):
            return True
        met = self._met.get((depth, balances))
        if met is not None:
            return met
        possible = False
        for effect, splits in self._effects[depth].items():
            self._steps += 1
            self.gave_up |= self._steps > _MOST_STEPS_BETWEEN_ROWS
            if self.gave_up:
                return False
            after = self._after(depth, balances, effect)
            if after is not None and self._descend(depth + 1, after):
                self._supported[depth].update(splits)
                possible = True
        self._met[depth, balances] = possible
        return possible

    def _after(self, depth: int, balances: _Balances, effect: _Effect) -> _Balances | None:
        """What a reading leaves of the identities; None where it breaks one."""
        left = list(balances)
        for rule, share in effect:
            before = left[rule]
            left[rule] = None if before is None or share is None else before + share
        for rule in self._due[depth]:
            if left[rule]:
                return None
            left[rule] = None
        return tuple(left)


def _by_effect(
    shares: Sequence[tuple[int, Share]], splits: Iterable[Split]
) -> dict[_Effect, list[Split]]:
    """The splits of a row by what they add to the identities; None where the total is blank."""
    found: dict[_Effect, list[Split]] = {}
    for split in splits:
        effect = [(rule, share.of(split)) for rule, share in shares]
        found.setdefault(tuple([one for one in effect if one[1] != 0]), []).append(split)
    return found
