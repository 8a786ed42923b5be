"""Rows printed without cell borders, read as a code: which splits can be meant?

Crawled text often runs the cells of a row together: ``230 000023``. A split deals the
digits out to the form's cells; the identities of the row, of the columns and between
the rows rule splits out. Where one split is left it is the reading, marked as
reconstructed. Where several are left, none is chosen.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from pipeline.forms.identities import Identity, Relation, Term

# The search is bounded by steps, not by the clock: a parse must come out the same on
# every machine. The worst row takes about a third of a second.
_MOST_STEPS = 100_000
_MOST_SPLITS = 20_000
_NUMBER = re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?")

Split = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class GluedRow:
    """A row to be split.

    Attributes:
        ids: Indicators of its cells in printed order.
        pieces: What is printed, parted at spaces.
    """

    ids: tuple[str, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """What is left of a row's splits.

    Attributes:
        splits: Every split that all identities allow; empty if none does.
        gave_up: Whether the search ran out of steps before it was sure.
    """

    splits: tuple[Split, ...]
    gave_up: bool = False


def solve(
    rows: Sequence[GluedRow],
    known: Mapping[str, Decimal],
    absent: frozenset[str],
    identities: Sequence[Identity],
) -> list[Solution]:
    """Finds the splits of glued rows that no identity rules out.

    Args:
        rows: The glued rows of one report.
        known: Values read without doubt; a blank cell counts as nothing printed, 0.
        absent: Indicators whose rows the report does not print, so that they add nothing.
        identities: Identities of the report's form; only equalities within a year count.

    Returns:
        One solution a row, in the order of ``rows``.
    """
    equalities = [
        identity
        for identity in identities
        if identity.relation is Relation.EQUAL and not identity.spans_years
    ]
    solutions = [_row_splits(row, equalities, known, absent) for row in rows]
    return _between_rows(rows, solutions, known, absent, equalities)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one cell adds to the balance of one identity.

    Attributes:
        rule: Index of the identity.
        sign: 1 or -1, as the cell stands left or right.
        outstanding: Sign of the cells not dealt yet, 0 for none, None for both signs.
    """

    rule: int
    sign: int
    outstanding: int | None


class _RowSearch:
    """Deals a row's print out from its end, where forms print totals.

    With the total known, a part that exceeds what is left of it ends the branch.
    """

    def __init__(
        self, row: GluedRow, rules: Sequence[Identity], known: Mapping[str, Decimal]
    ) -> None:
        self._print = "".join(row.pieces)
        starts = list(accumulate(map(len, row.pieces), initial=0))[:-1]
        self._border = [
            starts[max(bisect_left(starts, position) - 1, 0)]
            for position in range(len(self._print) + 1)
        ]
        self._pieces_left = [
            sum(start < position for start in starts) for position in range(len(self._print) + 1)
        ]
        self._shares = _shares_by_cell(row.ids, rules)
        self._balance: list[Decimal] = [
            _difference(rule, {key: known[key] for key in known.keys() - set(row.ids)})
            for rule in rules
        ]
        self._steps = 0
        self._found: list[Split] = []

    def run(self) -> Solution:
        """The splits that the rules allow, as far as the search came."""
        self._descend(len(self._shares), len(self._print), ())
        gave_up = self._steps > _MOST_STEPS or len(self._found) > _MOST_SPLITS
        return Solution(tuple(self._found[:_MOST_SPLITS]), gave_up)

    def _descend(self, cells: int, end: int, dealt: Split) -> None:
        if cells == 0:
            if end == 0:
                self._found.append(dealt)
            return
        if not self._pieces_left[end] <= cells <= end:
            return
        shares = self._shares[cells - 1]
        for start in range(end - 1, self._border[end] - 1, -1):
            if self._steps > _MOST_STEPS or len(self._found) > _MOST_SPLITS:
                return
            if (cells == 1 and start > 0) or not _NUMBER.fullmatch(self._print, start, end):
                continue
            self._steps += 1
            number = Decimal(self._print[start:end].replace(",", ""))
            for share in shares:
                self._balance[share.rule] += share.sign * number
            if all(self._may_balance(share) for share in shares):
                self._descend(cells - 1, start, (number, *dealt))
            for share in shares:
                self._balance[share.rule] -= share.sign * number

    def _may_balance(self, share: _Share) -> bool:
        """Whether the cells still to come can bring an identity to 0; none is negative."""
        balance = self._balance[share.rule]
        if share.outstanding is None:
            return True
        if share.outstanding == 0:
            return balance == 0
        return balance * share.outstanding <= 0 or "-" in self._print


def _shares_by_cell(ids: Sequence[str], rules: Sequence[Identity]) -> list[list[_Share]]:
    """For every cell, its part in the identities, as seen when dealing from the end."""
    shares: list[list[_Share]] = [[] for _ in ids]
    for number, rule in enumerate(rules):
        signs = {
            **{term.indicator_id: term.sign for term in rule.left},
            **{term.indicator_id: -term.sign for term in _right_terms(rule)},
        }
        cells = [cell for cell, indicator in enumerate(ids) if indicator in signs]
        for cell in cells:
            to_come = {signs[ids[other]] for other in cells if other < cell}
            outstanding = 0 if not to_come else to_come.pop() if len(to_come) == 1 else None
            shares[cell].append(_Share(number, signs[ids[cell]], outstanding))
    return shares


def _row_splits(
    row: GluedRow,
    equalities: Sequence[Identity],
    known: Mapping[str, Decimal],
    absent: frozenset[str],
) -> Solution:
    """The splits of a row that its own identities allow, and those with known values."""
    own = frozenset(row.ids)
    deciding = [
        rule
        for rule in equalities
        if any(term.indicator_id in own for term in _terms(rule))
        and _is_decidable(rule, own | known.keys() | absent)
    ]
    return _RowSearch(row, deciding, known).run()


def _between_rows(
    rows: Sequence[GluedRow],
    solutions: list[Solution],
    known: Mapping[str, Decimal],
    absent: frozenset[str],
    equalities: Sequence[Identity],
) -> list[Solution]:
    """Keeps the splits that some choice for all the other glued rows agrees with."""
    values = dict(known)
    for row, solution in zip(rows, solutions, strict=True):
        if len(solution.splits) == 1 and not solution.gave_up:
            values.update(zip(row.ids, solution.splits[0], strict=True))
    open_rows = [
        index
        for index, solution in enumerate(solutions)
        if len(solution.splits) > 1 and not solution.gave_up
    ]
    if not open_rows:
        return solutions
    assignable = frozenset(cell for index in open_rows for cell in rows[index].ids)
    rules = [
        rule
        for rule in equalities
        if _is_decidable(rule, assignable | values.keys() | absent)
        and any(term.indicator_id in assignable for term in _terms(rule))
    ]
    narrowed = _narrow(rows, solutions, open_rows, values, rules)
    search = _Search(rows, narrowed, open_rows, values, rules)
    supported = search.run()
    return [
        Solution(tuple(supported[index]), search.gave_up) if index in supported else solution
        for index, solution in enumerate(solutions)
    ]


def _narrow(
    rows: Sequence[GluedRow],
    solutions: Sequence[Solution],
    open_rows: Sequence[int],
    values: Mapping[str, Decimal],
    rules: Sequence[Identity],
) -> list[Solution]:
    """Drops splits that some identity rules out whatever the other rows are.

    For one identity at a time, the sums that the other rows can reach are a small set;
    a split stays if one of them makes up the difference. Repeated until nothing drops.
    """
    left = list(solutions)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            shares = {index: _shares(rule, rows[index], left[index].splits) for index in open_rows}
            shares = {index: share for index, share in shares.items() if any(share)}
            rest = _difference(rule, values)
            for index, others in _sums_of_others(shares):
                if others is None:
                    continue
                kept = tuple(
                    split
                    for split, share in zip(left[index].splits, shares[index], strict=True)
                    if -(rest + share) in others
                )
                changed |= len(kept) < len(left[index].splits)
                left[index] = Solution(kept)
    return left


def _shares(rule: Identity, row: GluedRow, row_splits: Sequence[Split]) -> list[Decimal]:
    """What each split of a row adds to left less right."""
    zero = Decimal(0)
    return [
        _difference(rule, dict(zip(row.ids, split, strict=True))) if split else zero
        for split in row_splits
    ]


def _sums_of_others(
    shares: Mapping[int, Sequence[Decimal]],
) -> Iterator[tuple[int, set[Decimal] | None]]:
    """For every row, the sums that all the other rows can reach; None if too many."""
    order = list(shares)
    before = _running_sums([shares[index] for index in order])
    after = _running_sums([shares[index] for index in order[::-1]])[::-1]
    for place, index in enumerate(order):
        yield index, _reachable(before[place], after[place + 1])


def _running_sums(shares: Sequence[Sequence[Decimal]]) -> list[set[Decimal] | None]:
    """The sums reachable by none of the rows, by the first, by the first two and so on."""
    sums: list[set[Decimal] | None] = [{Decimal(0)}]
    for share in shares:
        sums.append(_reachable(sums[-1], share))
    return sums


def _reachable(sums: set[Decimal] | None, shares: Iterable[Decimal] | None) -> set[Decimal] | None:
    if sums is None or shares is None:
        return None
    distinct = set(shares)
    if len(sums) * len(distinct) > _MOST_SPLITS:
        return None
    return {one + other for one in sums for other in distinct}


class _Search:
    """Backtracking over the open rows; every identity is tried once it is complete."""

    def __init__(
        self,
        rows: Sequence[GluedRow],
        solutions: Sequence[Solution],
        open_rows: Sequence[int],
        values: dict[str, Decimal],
        rules: Sequence[Identity],
    ) -> None:
        self._rows = rows
        self._solutions = solutions
        self._order = sorted(open_rows, key=lambda index: len(solutions[index].splits))
        self._values = values
        self._due = self._rules_by_depth(rules)
        self._supported: dict[int, dict[Split, None]] = {index: {} for index in open_rows}
        self._steps = 0
        self.gave_up = False

    def run(self) -> dict[int, dict[Split, None]]:
        """The supported splits of every open row; all of them where the search gave up."""
        self._descend(0)
        if self.gave_up:
            for index in self._order:
                self._supported[index] = dict.fromkeys(self._solutions[index].splits)
        return self._supported

    def _rules_by_depth(self, rules: Sequence[Identity]) -> list[list[Identity]]:
        due: list[list[Identity]] = [[] for _ in self._order]
        for rule in rules:
            ids = {term.indicator_id for term in _terms(rule)}
            depths = [
                depth
                for depth, index in enumerate(self._order)
                if not ids.isdisjoint(self._rows[index].ids)
            ]
            if depths:
                due[max(depths)].append(rule)
        return due

    def _descend(self, depth: int) -> bool:
        """Whether the choices made so far can be completed; records those that can."""
        self.gave_up = self._steps > _MOST_STEPS
        if self.gave_up:
            return False
        if depth == len(self._order):
            return True
        index = self._order[depth]
        possible = False
        for split in self._solutions[index].splits:
            self._steps += 1
            self._values.update(zip(self._rows[index].ids, split, strict=True))
            if any(_difference(rule, self._values) != 0 for rule in self._due[depth]):
                continue
            if self._descend(depth + 1):
                self._supported[index][split] = None
                possible = True
        return possible


def _terms(rule: Identity) -> Iterator[Term]:
    yield from rule.left
    yield from _right_terms(rule)


def _right_terms(rule: Identity) -> Iterator[Term]:
    yield from rule.right
    for terms in rule.alternatives:
        yield from terms


def _is_decidable(rule: Identity, available: frozenset[str]) -> bool:
    return all(term.indicator_id in available for term in (*rule.left, *rule.right)) and (
        not rule.alternatives
        or any(all(term.indicator_id in available for term in terms) for terms in rule.alternatives)
    )


def _difference(rule: Identity, values: Mapping[str, Decimal]) -> Decimal:
    """Left less right; what a report does not print adds nothing."""
    zero = Decimal(0)
    left = sum((term.sign * values.get(term.indicator_id, zero) for term in rule.left), zero)
    right = (term.sign * values.get(term.indicator_id, zero) for term in _right_terms(rule))
    return left - sum(right, zero)
