"""Rows printed without cell borders, read as a code: which splits can be meant?

Crawled text often runs the cells of a row together: ``230 000023``. A split deals the
digits out to the form's cells; the identities of the row, of the columns and between
the rows rule splits out. Where one split is left it is the reading, marked as
reconstructed. Where several are left, none is chosen.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from pipeline.forms.identities import Identity, Relation, Term

# The search is bounded by steps, not by the clock: a parse must come out the same on
# every machine. The worst report takes about two seconds.
_MOST_STEPS = 150_000
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
    if any(not solution.splits for solution in solutions):
        return [
            solution if len(solution.splits) <= 1 else Solution(solution.splits, True)
            for solution in solutions
        ]
    return _between_rows(rows, solutions, known, absent, equalities)


class _RowSearch:
    """Deals a row's print out cell by cell; an identity is tried once it is complete."""

    def __init__(
        self,
        row: GluedRow,
        rules: Sequence[Identity],
        known: Mapping[str, Decimal],
    ) -> None:
        self._ids = row.ids
        self._print = "".join(row.pieces)
        ends = list(accumulate(map(len, row.pieces)))
        self._border = [
            ends[bisect_right(ends, position)] if position < len(self._print) else position
            for position in range(len(self._print) + 1)
        ]
        self._pieces_left = [
            sum(end > position for end in ends) for position in range(len(self._print) + 1)
        ]
        place = {indicator: cell for cell, indicator in enumerate(row.ids)}
        self._due: list[list[Identity]] = [[] for _ in row.ids]
        for rule in rules:
            self._due[max(place.get(term.indicator_id, 0) for term in _terms(rule))].append(rule)
        self._values = dict(known)
        self._steps = 0
        self._found: list[Split] = []

    def run(self) -> Solution:
        """The splits that the rules allow, as far as the search came."""
        self._descend(0, 0, ())
        gave_up = self._steps > _MOST_STEPS or len(self._found) > _MOST_SPLITS
        return Solution(tuple(self._found[:_MOST_SPLITS]), gave_up)

    def _descend(self, cell: int, position: int, dealt: Split) -> None:
        left = len(self._ids) - cell
        if left == 0:
            if position == len(self._print):
                self._found.append(dealt)
            return
        if not self._pieces_left[position] <= left <= len(self._print) - position:
            return
        for end in range(position + 1, self._border[position] + 1):
            if self._steps > _MOST_STEPS or len(self._found) > _MOST_SPLITS:
                return
            if left == 1 and end < len(self._print):
                continue
            if not _NUMBER.fullmatch(self._print, position, end):
                continue
            self._steps += 1
            number = Decimal(self._print[position:end].replace(",", ""))
            self._values[self._ids[cell]] = number
            if all(_difference(rule, self._values) == 0 for rule in self._due[cell]):
                self._descend(cell + 1, end, (*dealt, number))


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
        if len(solution.splits) > 1 or solution.gave_up
    ]
    if not open_rows or any(solutions[index].gave_up for index in open_rows):
        return solutions
    assignable = frozenset(cell for index in open_rows for cell in rows[index].ids)
    rules = [
        rule
        for rule in equalities
        if _is_decidable(rule, assignable | values.keys() | absent)
        and any(term.indicator_id in assignable for term in _terms(rule))
    ]
    search = _Search(rows, solutions, open_rows, values, rules)
    supported = search.run()
    return [
        Solution(tuple(supported[index]), search.gave_up) if index in supported else solution
        for index, solution in enumerate(solutions)
    ]


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
    right = [*rule.right, *(term for terms in rule.alternatives for term in terms)]
    return left - sum((term.sign * values.get(term.indicator_id, zero) for term in right), zero)
