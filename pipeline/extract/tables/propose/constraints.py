"""Rows printed without cell borders, read as a code: which splits can be meant?

Crawled text often runs the cells of a row together: ``230 000023``. A split assigns the
digits out to the form's cells; the identities of the row, of the columns and between
the rows rule splits out. Where one split is left it is the reading, marked as
reconstructed. Where several are left, none is chosen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from pipeline.extract.tables.propose.digit_split import (
    NUMBER,
    Solution,
    Split,
    UnsegmentedRow,
    row_solution,
)
from pipeline.extract.tables.propose.places import between_placed_rows
from pipeline.extract.tables.propose.search import Leading, leading_on
from pipeline.forms.arithmetic import (
    Known,
    Share,
    decidable,
    difference,
    equalities,
    rest_of,
    share_of,
    touches,
)
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
    between = partial(_between_rows, rows, known, rules)
    placed = between_placed_rows(rows, solutions, partial(between, are_zeros_blank=True))
    if placed:
        return _borne_out(rows, _weighed(rows, placed, known, rules), known, rules)
    return _weighed(rows, between(solutions), known, rules)


def _borne_out(
    rows: Sequence[UnsegmentedRow],
    solutions: Sequence[Solution],
    known: Known,
    rules: Sequence[Identity],
) -> list[Solution]:
    """Marks readings by place whose figures no sum of a column has a part in."""
    told = settled(rows, solutions, known)
    valued = {*told.values, *told.blank}
    of_rows = [frozenset(row.ids) for row in rows]
    borne_out: set[str] = set()
    for rule in decidable(rules, valued, told):
        operands = {term.indicator_id for term in (*rule.left, *rule.right)}
        if not any(map(operands.issubset, of_rows)):
            borne_out |= operands
    return [
        replace(one, is_proved=False)
        if row.places and one.only and not _filled(row, one.only) <= borne_out
        else one
        for row, one in zip(rows, solutions, strict=True)
    ]


def _filled(row: UnsegmentedRow, split: Split) -> set[str]:
    """The indicators of a row that have a figure."""
    return {one for one, number in zip(row.ids, split, strict=True) if number is not None}


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
    """Known values and blanks, with those of rows that have a single solution."""
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


def _between_rows(
    rows: Sequence[UnsegmentedRow],
    known: Known,
    rules: Sequence[Identity],
    solutions: Sequence[Solution],
    *,
    are_zeros_blank: bool = False,
) -> list[Solution]:
    """Keeps the splits that some choice for all the other unsegmented rows agrees with.

    A blank total says nothing of its parts, unless zeros are left out.
    """
    told = settled(rows, solutions, known)
    if are_zeros_blank:
        told = replace(told, values={**dict.fromkeys(told.blank, _ZERO), **told.values})
    undecided = [
        n for n, one in enumerate(solutions) if one.splits and one.only is None and not one.gave_up
    ]
    # A row printed twice: what was put last counts.
    owner = {cell: n for n in undecided for cell in rows[n].ids}
    undecided.sort(key=lambda n: len(solutions[n].splits))
    ids = [[one if owner[one] == n else "" for one in rows[n].ids] for n in undecided]
    decided = decidable(rules, owner.keys() | told.values.keys(), told)
    sums = [
        (rest_of(rule, told.values, owner), [share_of(rule, own) for own in ids])
        for rule in decided
        if touches(rule, owner)
    ]
    if are_zeros_blank:
        sums = [(rest, [share._replace(totals=()) for share in own]) for rest, own in sums]
    leading = _completed([solutions[n].splits for n in undecided], sums) or ()
    found = dict(zip(undecided, leading, strict=False))
    return [
        _supported(one, found.get(n)) if n in undecided else one for n, one in enumerate(solutions)
    ]


def _completed(
    rows: Sequence[_Splits], sums: Sequence[tuple[Decimal, Sequence[Share]]]
) -> list[Leading[_Balances, _Splits]] | None:
    """The splits of every row that can be completed, by what the rows before leave of the sums.

    Splits that do the same to every sum are tried as one, and a sum once it is complete; so the
    rows that say nothing of each other cost no more than their sum.
    """
    last = [max(n for n, share in enumerate(shares) if share.cells) for _, shares in sums]
    effects = [_by_effect([shares[n] for _, shares in sums], own) for n, own in enumerate(rows)]

    def of_row(n: int, left: _Balances) -> Iterator[tuple[_Splits, _Balances | None]]:
        due = [rule for rule, row in enumerate(last) if row == n]
        for effect, splits in effects[n].items():
            yield splits, _after(left, effect, due)

    start: _Balances = tuple([rest for rest, _ in sums])
    layers = [partial(of_row, n) for n in range(len(rows))]
    return leading_on(start, layers, _MOST_STEPS_BETWEEN_ROWS)


def _supported(solution: Solution, leading: Leading[_Balances, _Splits] | None) -> Solution:
    """A solution with the splits alone that can be completed; as it is where the search gave up."""
    if leading is None:
        return Solution(solution.splits, gave_up=True)
    kept = {split for own in leading.values() for splits, _ in own for split in splits}
    return Solution(tuple([split for split in solution.splits if split in kept]))


def _after(left: _Balances, effect: _Effect, due: Sequence[int]) -> _Balances | None:
    """The balances after a split; None where one that is complete does not come out even."""
    balances = list(left)
    for rule, share in effect:
        before = balances[rule]
        balances[rule] = None if before is None or share is None else before + share
    for rule in due:
        if balances[rule]:
            return None
        balances[rule] = None
    return tuple(balances)


def _by_effect(shares: Sequence[Share], splits: _Splits) -> dict[_Effect, _Splits]:
    """The splits of a row, grouped by what they add to the balances."""
    found: dict[_Effect, list[Split]] = {}
    for split in splits:
        effect = [(rule, share.of(split)) for rule, share in enumerate(shares) if share.cells]
        found.setdefault(tuple([one for one in effect if one[1] != 0]), []).append(split)
    return {effect: tuple(own) for effect, own in found.items()}
