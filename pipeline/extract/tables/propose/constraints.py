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
# Rows that can be told apart at all are, in far fewer.
_MOST_STEPS_BETWEEN_ROWS = 5_000
_ZERO = Decimal(0)

# What is left of every identity, None for one that says nothing; and what a reading adds.
_Balances = tuple[Decimal | None, ...]
_Effect = tuple[tuple[int, Decimal | None], ...]


def solve(rows: Sequence[GluedRow], known: Known, identities: Sequence[Identity]) -> list[Solution]:
    """Finds the splits of glued rows that no identity rules out.

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
        Solution(supported[index], search.gave_up) if index in supported else solution
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
    """Backtracking over the open rows; every identity is tried once it is complete.

    Readings that do the same to every identity are tried as one, and what is left of the
    identities is looked up where it was met before: so the rows that say nothing of each
    other cost no more than their sum.
    """

    def __init__(
        self,
        rows: Sequence[GluedRow],
        solutions: Sequence[Solution],
        open_rows: Sequence[int],
        values: Mapping[str, Decimal],
        rules: Sequence[Identity],
    ) -> None:
        self._solutions = solutions
        self._order = sorted(open_rows, key=lambda index: len(solutions[index].splits))
        # A row printed twice: what was put last counts.
        owner = {cell: depth for depth, index in enumerate(self._order) for cell in rows[index].ids}
        rest = {key: number for key, number in values.items() if key not in owner}
        self._start: _Balances = tuple([difference(rule, rest) for rule in rules])
        self._due: list[list[int]] = [[] for _ in self._order]
        self._effects: list[dict[_Effect, list[Split]]] = []
        for number, rule in enumerate(rules):
            ids = [term.indicator_id for term in (*rule.left, *rule.right)]
            self._due[max(owner[one] for one in ids if one in owner)].append(number)
        for depth, index in enumerate(self._order):
            own = [(cell, one) for cell, one in enumerate(rows[index].ids) if owner[one] == depth]
            self._effects.append(_by_effect(own, solutions[index].splits, rules))
        self._supported: list[set[Split]] = [set() for _ in self._order]
        self._met: dict[tuple[int, _Balances], bool] = {}
        self._steps = 0
        self.gave_up = False

    def run(self) -> dict[int, tuple[Split, ...]]:
        """The supported splits of every open row; all of them where the search gave up."""
        self._descend(0, self._start)
        return {
            index: tuple(
                [split for split in self._solutions[index].splits if self.gave_up or split in kept]
            )
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
    own: Sequence[tuple[int, str]], splits: Iterable[Split], rules: Sequence[Identity]
) -> dict[_Effect, list[Split]]:
    """The splits of a row by what they add to the identities; None where the total is blank."""
    terms = [
        (number, cell, sign, is_total)
        for number, rule in enumerate(rules)
        for side, of_side, is_total in ((rule.left, 1, True), (rule.right, -1, False))
        for term in side
        for cell, one in own
        if term.indicator_id == one
        for sign in (of_side * term.sign,)
    ]
    found: dict[_Effect, list[Split]] = {}
    for split in splits:
        shares: dict[int, Decimal | None] = {}
        for rule_number, cell, sign, is_total in terms:
            printed = split[cell]
            if printed is None:
                if is_total:
                    shares[rule_number] = None
            elif printed:
                before = shares.get(rule_number, _ZERO)
                shares[rule_number] = None if before is None else before + sign * printed
        found.setdefault(tuple(shares.items()), []).append(split)
    return found
