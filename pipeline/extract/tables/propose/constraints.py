"""Rows printed without cell borders, read as a code: which splits can be meant?

Crawled text often runs the cells of a row together: ``230 000023``. A split deals the
digits out to the form's cells; the identities of the row, of the columns and between
the rows rule splits out. Where one split is left it is the reading, marked as
reconstructed. Where several are left, none is chosen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.tables.propose.digit_split import (
    MOST_SPLITS,
    GluedRow,
    Solution,
    Split,
    row_solution,
)
from pipeline.forms.arithmetic import (
    Known,
    decidable,
    difference,
    equalities,
    has_blank_total,
    touches,
)
from pipeline.forms.identities import Identity

_LEAST_ROWS = 5
# Rows that can be told apart at all are, within a quarter of this.
_MOST_STEPS_BETWEEN_ROWS = 20_000


def solve(rows: Sequence[GluedRow], known: Known, identities: Sequence[Identity]) -> list[Solution]:
    """Finds the splits of glued rows that no identity rules out.

    Args:
        rows: The glued rows of one report.
        known: What the report says outside them.
        identities: Identities of the report's form.

    Returns:
        One solution a row, in the order of ``rows``.
    """
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
    rows: Sequence[GluedRow],
    solutions: Sequence[Solution],
    known: Known,
    rules: Sequence[Identity],
) -> list[Solution]:
    """Marks the readings with blank cells that no identity proves."""
    settled = _settled(rows, [replace(solution, is_proved=True) for solution in solutions], known)
    return [
        replace(solution, is_proved=_is_proved(row, solution, settled, rules))
        for row, solution in zip(rows, solutions, strict=True)
    ]


def _is_proved(
    row: GluedRow, solution: Solution, settled: Known, rules: Sequence[Identity]
) -> bool:
    if len(solution.splits) != 1 or None not in solution.splits[0]:
        return True
    own = _numbers(row, solution.splits[0])
    values = {**settled.values, **own}
    holding = [
        rule
        for rule in decidable(rules, values.keys(), settled)
        if touches(rule, own) and difference(rule, values) == 0
    ]
    return all(any(touches(rule, {indicator}) for rule in holding) for indicator in own)


def _settled(rows: Sequence[GluedRow], solutions: Sequence[Solution], known: Known) -> Known:
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


def _between_rows(
    rows: Sequence[GluedRow],
    solutions: list[Solution],
    known: Known,
    rules: Sequence[Identity],
) -> list[Solution]:
    """Keeps the splits that some choice for all the other glued rows agrees with."""
    settled = _settled(rows, solutions, known)
    values = dict(settled.values)
    open_rows = [
        index
        for index, solution in enumerate(solutions)
        if solution.splits and solution.only is None and not solution.gave_up
    ]
    if not open_rows:
        return solutions
    assignable = frozenset(cell for index in open_rows for cell in rows[index].ids)
    deciding = [
        rule
        for rule in decidable(rules, assignable | values.keys(), settled)
        if touches(rule, assignable)
    ]
    narrowed = _narrow(rows, solutions, open_rows, values, deciding)
    search = _Search(rows, narrowed, open_rows, values, deciding)
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
    rules = [rule for rule in rules if not _may_lack_its_total(rule, rows, left, open_rows)]
    changed = True
    while changed:
        changed = False
        for rule in rules:
            shares = {index: _shares(rule, rows[index], left[index].splits) for index in open_rows}
            shares = {index: share for index, share in shares.items() if any(share)}
            rest = difference(rule, values)
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


def _may_lack_its_total(
    rule: Identity,
    rows: Sequence[GluedRow],
    solutions: Sequence[Solution],
    open_rows: Sequence[int],
) -> bool:
    """Whether a split leaves the total of an identity blank, so that it says nothing."""
    return any(
        None in column and has_blank_total(rule, {indicator})
        for index in open_rows
        for indicator, column in zip(
            rows[index].ids, zip(*solutions[index].splits, strict=True), strict=True
        )
    )


def _shares(rule: Identity, row: GluedRow, row_splits: Sequence[Split]) -> list[Decimal]:
    """What each split of a row adds to left less right."""
    zero = Decimal(0)
    return [difference(rule, _numbers(row, split)) if split else zero for split in row_splits]


def _numbers(row: GluedRow, split: Split) -> dict[str, Decimal]:
    return {
        indicator: number
        for indicator, number in zip(row.ids, split, strict=True)
        if number is not None
    }


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
    if len(sums) * len(distinct) > MOST_SPLITS:
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
        self._blank: set[str] = set()
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
            depths = [
                depth
                for depth, index in enumerate(self._order)
                if touches(rule, self._rows[index].ids)
            ]
            if depths:
                due[max(depths)].append(rule)
        return due

    def _descend(self, depth: int) -> bool:
        """Whether the choices made so far can be completed; records those that can."""
        self.gave_up = self._steps > _MOST_STEPS_BETWEEN_ROWS
        if self.gave_up:
            return False
        if depth == len(self._order):
            return True
        index = self._order[depth]
        possible = False
        for split in self._solutions[index].splits:
            self._steps += 1
            self._put(self._rows[index], split)
            if not all(map(self._holds, self._due[depth])):
                continue
            if self._descend(depth + 1):
                self._supported[index][split] = None
                possible = True
        return possible

    def _put(self, row: GluedRow, split: Split) -> None:
        for indicator, number in zip(row.ids, split, strict=True):
            if number is None:
                self._values.pop(indicator, None)
                self._blank.add(indicator)
            else:
                self._values[indicator] = number
                self._blank.discard(indicator)

    def _holds(self, rule: Identity) -> bool:
        return has_blank_total(rule, self._blank) or difference(rule, self._values) == 0
