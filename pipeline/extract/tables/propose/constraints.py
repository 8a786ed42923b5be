"""Rows printed without cell borders, read as a code: which splits can be meant?

Crawled text often runs the cells of a row together: ``230 000023``. A split assigns the
digits out to the form's cells; the identities of the row, of the columns and between
the rows rule splits out. Where one split is left it is the reading, marked as
reconstructed. Where several are left, none is chosen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from pipeline.extract.tables.propose.digit_split import (
    NUMBER,
    Solution,
    Split,
    UnsegmentedRow,
    row_solution,
)
from pipeline.extract.tables.propose.places import between_placed_rows
from pipeline.forms.arithmetic import (
    Known,
    decidable,
    difference,
    equalities,
    rest_of,
    share_of,
    touches,
)
from pipeline.forms.identities import Identity
from pipeline.forms.linked_rows import LinkingSum, completed

_LEAST_ROWS = 5
_LEAST_PROOFS = 3
_MOST_BROKEN = Decimal("0.1")
_LEAST_BROKEN = Decimal("0.5")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows to be split, what is known of the report beside them, and the sums between both."""

    rows: Sequence[UnsegmentedRow]
    known: Known
    rules: Sequence[Identity]

    def settled(self, solutions: Sequence[Solution]) -> Known:
        """Known values and blanks, with those of rows that have a single solution."""
        values = dict(self.known.values)
        blank = set(self.known.blank)
        for row, solution in zip(self.rows, solutions, strict=True):
            for indicator, number in zip(row.ids, solution.only or (), strict=False):
                if number is None:
                    blank.add(indicator)
                else:
                    values[indicator] = number
        return Known(values, frozenset(blank), self.known.absent)

    def weighed(self, solutions: Sequence[Solution]) -> list[Solution]:
        """Marks the readings with blank cells that no identity proves."""
        told = self.settled([replace(solution, is_proved=True) for solution in solutions])
        return [
            replace(solution, is_proved=self._is_proved(row, solution, told))
            for row, solution in zip(self.rows, solutions, strict=True)
        ]

    def _is_proved(self, row: UnsegmentedRow, solution: Solution, told: Known) -> bool:
        if len(solution.splits) != 1 or None not in solution.splits[0]:
            return True
        own = _figures(row, solution.splits[0])
        values = {**told.values, **own}
        holding = [
            rule
            for rule in decidable(self.rules, values.keys(), told)
            if touches(rule, own) and difference(rule, values) == 0
        ]
        return all(any(touches(rule, {indicator}) for rule in holding) for indicator in own)

    def borne_out(self, solutions: Sequence[Solution]) -> list[Solution]:
        """Marks readings by place whose figures no sum of a column has a part in."""
        told = self.settled(solutions)
        of_rows = [frozenset(row.ids) for row in self.rows]
        borne_out: set[str] = set()
        for rule in decidable(self.rules, {*told.values, *told.blank}, told):
            operands = {term.indicator_id for term in (*rule.left, *rule.right)}
            if not any(map(operands.issubset, of_rows)):
                borne_out |= operands
        return [
            replace(one, is_proved=False)
            if row.places and one.only and not _figures(row, one.only).keys() <= borne_out
            else one
            for row, one in zip(self.rows, solutions, strict=True)
        ]

    def share_broken(self, splits: Iterable[Split]) -> Decimal:
        """Which share of the sums that tell something fails; 1 where too few do."""
        told = self.settled([Solution((split,)) for split in splits])
        own = {one for row in self.rows for one in row.ids}
        telling = [
            rule
            for rule in decidable(self.rules, told.values.keys(), told)
            if touches(rule, own)
            and not all(term.indicator_id in told.blank for term in rule.right)
            and any(told.values.get(term.indicator_id) for term in (*rule.left, *rule.right))
        ]
        if len(telling) < _LEAST_PROOFS:
            return Decimal(1)
        return Decimal(sum(difference(rule, told.values) != 0 for rule in telling)) / len(telling)

    def linked(
        self, solutions: Sequence[Solution], *, are_zeros_blank: bool = False
    ) -> "_LinkedRows":
        """The sums between rows that are not yet told, whichever of their splits is meant.

        A blank total says nothing of its parts, unless zeros are left out.
        """
        told = self.settled(solutions)
        if are_zeros_blank:
            told = replace(told, values={**dict.fromkeys(told.blank, _ZERO), **told.values})
        undecided = [
            n
            for n, one in enumerate(solutions)
            if one.splits and one.only is None and not one.gave_up
        ]
        # A row printed twice: what was put last counts.
        owner = {cell: n for n in undecided for cell in self.rows[n].ids}
        undecided.sort(key=lambda n: len(solutions[n].splits))
        ids = [[one if owner[one] == n else "" for one in self.rows[n].ids] for n in undecided]
        sums = [
            (rest_of(rule, told.values, owner), [share_of(rule, own) for own in ids])
            for rule in decidable(self.rules, owner.keys() | told.values.keys(), told)
            if touches(rule, owner)
        ]
        if are_zeros_blank:
            sums = [(rest, [share._replace(totals=()) for share in own]) for rest, own in sums]
        return _LinkedRows(undecided, sums)


class _LinkedRows(NamedTuple):
    """Rows that are not yet told, and the sums between them.

    Attributes:
        undecided: Which they are.
        sums: What is known of every sum, and the share that each of them has in it.
    """

    undecided: Sequence[int]
    sums: Sequence[LinkingSum]

    def kept(self, solutions: Sequence[Solution]) -> list[Solution]:
        """Keeps the splits that some choice for all the other rows agrees with."""
        left = completed([solutions[n].splits for n in self.undecided], self.sums)
        found = {
            n: replace(solutions[n], splits=tuple(splits), gave_up=at in left.unsure)
            for at, (n, splits) in enumerate(zip(self.undecided, left.rows, strict=True))
        }
        return [found.get(n, one) for n, one in enumerate(solutions)]


def solve(
    rows: Sequence[UnsegmentedRow], known: Known, identities: Sequence[Identity]
) -> list[Solution]:
    """Finds the splits of unsegmented rows that no identity rules out; one solution a row."""
    rules = equalities(identities)
    own = _Rows(rows, known, rules)
    solutions = _without_blanks(own.weighed([row_solution(row, rules, known) for row in rows]))
    placed = _placed(own, solutions) if any(row.places for row in rows) else []
    return (
        own.borne_out(own.weighed(placed))
        if placed
        else own.weighed(own.linked(solutions).kept(solutions))
    )


def _placed(own: _Rows, solutions: Sequence[Solution]) -> list[Solution]:
    """The splits that places and sums allow; nothing where they allow none."""
    # Whatever its own sums say, a row stands where the columns are that all rows have.
    pairs = zip(own.rows, solutions, strict=True)
    open_rows = [replace(one, is_proved=False) if row.places else one for row, one in pairs]
    linked = own.linked(open_rows, are_zeros_blank=True)
    return between_placed_rows(own.rows, solutions, linked.kept)


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
    found: dict[int, Split] = {}
    for width, members in by_width.items():
        if len(members) >= _LEAST_ROWS:
            own = _Rows([rows[n] for n in members], known, rules)
            numbers = [[Decimal(one.replace(",", "")) for one in row.prints[0]] for row in own.rows]
            readings = [
                [(*one[:column], None, *one[column:]) for one in numbers] for column in range(width)
            ]
            broken = [(own.share_broken(reading), n) for n, reading in enumerate(readings)]
            (least, best), (next_least, _), *_ = sorted(broken)
            if least <= _MOST_BROKEN and next_least >= _LEAST_BROKEN:
                found |= zip(members, readings[best], strict=True)
    return found


def _figures(row: UnsegmentedRow, split: Split) -> dict[str, Decimal]:
    """The figures of a row by their indicators."""
    assigned = zip(row.ids, split, strict=True)
    return {indicator: number for indicator, number in assigned if number is not None}


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
