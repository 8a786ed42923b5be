"""Columns that sums tell where no heads do: figures below each other are of one of them.

A grid without heads leaves open which of the form's columns its own are, though not their
order. Every choice that its rows allow is followed through all sums; what every choice that
holds says of a row is what the row says.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice, product
from math import comb, prod
from operator import contains

from pipeline.extract.tables.propose.digit_split import Solution, Split, UnsegmentedRow

_MOST_CHOICES = 200
# About half a second.
_MOST_STEPS = 1_000_000
# The form's column of each column of a grid.
_Columns = Mapping[int, int]
_Choice = Mapping[int, _Columns]


def between_placed_rows(
    rows: Sequence[UnsegmentedRow],
    solutions: Sequence[Solution],
    between: Callable[[Sequence[Solution]], list[Solution]],
) -> list[Solution]:
    """Keeps the splits that some choice of columns and all sums agree with.

    Args:
        rows: The rows.
        solutions: The splits of each that its own sums allow.
        between: Keeps those splits that sums between rows allow; none where they allow none.

    Returns:
        The splits of each row; nothing where no choice holds, or too many may.
    """
    placed = [n for n, row in enumerate(rows) if row.places and solutions[n].splits]
    if not placed or _steps(rows, solutions, placed) > _MOST_STEPS:
        return []
    choices = list(islice(_choices(rows, solutions, placed), _MOST_CHOICES + 1))
    kept: list[list[Solution]] = []
    for choice in choices if len(choices) <= _MOST_CHOICES else ():
        own = [_under(row, one, choice) for row, one in zip(rows, solutions, strict=True)]
        supported = between(own)
        if all(supported[n].splits for n in placed):
            kept.append(supported)
    told = [
        replace(
            one,
            splits=tuple(dict.fromkeys(split for own in kept for split in own[n].splits)),
            gave_up=any(own[n].gave_up for own in kept),
        )
        for n, one in enumerate(solutions)
    ]
    return told if kept else []


def _steps(
    rows: Sequence[UnsegmentedRow], solutions: Sequence[Solution], placed: Sequence[int]
) -> int:
    """How often at most a figure's cells are looked up: in every row, for every choice."""
    choices = [
        comb(_width(rows, own), len(_columns(rows, own)))
        for own in _by_grid(rows, placed)
        if not rows[own[0]].heads
    ]
    of_rows = [min(prod(map(len, rows[n].places)), len(solutions[n].splits)) for n in placed]
    return max(choices, default=1) * sum(of_rows)


def _by_grid(rows: Sequence[UnsegmentedRow], placed: Sequence[int]) -> list[list[int]]:
    """The rows of each grid."""
    grids: dict[int, list[int]] = {}
    for n in placed:
        grids.setdefault(rows[n].grid, []).append(n)
    return list(grids.values())


def _columns(rows: Sequence[UnsegmentedRow], own: Sequence[int]) -> list[int]:
    """The columns of a grid that have figures."""
    return sorted({col for n in own for place in rows[n].places for col in place})


def _width(rows: Sequence[UnsegmentedRow], own: Sequence[int]) -> int:
    """How many columns of the form those of a grid may be."""
    return min(len(rows[n].ids) for n in own)


def _choices(
    rows: Sequence[UnsegmentedRow], solutions: Sequence[Solution], placed: Sequence[int]
) -> Iterator[_Choice]:
    """The columns of every grid, as far as each of its rows by itself allows them."""
    filled = {n: {_filled(split) for split in solutions[n].splits} for n in placed}
    of_grid = []
    for own in _by_grid(rows, placed):
        columns = _columns(rows, own)
        grid, below = rows[own[0]].grid, rows[own[0]].heads
        choices = (
            dict(below or zip(columns, chosen, strict=True))
            for chosen in ([()] if below else combinations(range(_width(rows, own)), len(columns)))
        )
        allowed = (
            {grid: one}
            for one in choices
            if all(any(_standing(filled[n], _may_be(rows[n], one))) for n in own)
        )
        of_grid.append(list(islice(allowed, _MOST_CHOICES + 1)))
    for parts in product(*of_grid):
        yield {grid: columns for part in parts for grid, columns in part.items()}


def _under(row: UnsegmentedRow, solution: Solution, choice: _Choice) -> Solution:
    """The splits of a row whose figures stand where their columns are; not proved by that."""
    columns = choice.get(row.grid)
    if columns is None or not row.places:
        return solution
    cells = {_filled(split) for split in solution.splits}
    allowed = set(_standing(cells, _may_be(row, columns)))
    kept = tuple([split for split in solution.splits if _filled(split) in allowed])
    return replace(solution, splits=kept, is_proved=False)


def _may_be(row: UnsegmentedRow, columns: _Columns) -> list[set[int]]:
    """The cells that each figure of a row may stand in."""
    return [{columns[col] for col in place if col in columns} for place in row.places]


def _filled(split: Split) -> tuple[int, ...]:
    """The cells that a split puts figures into."""
    return tuple([cell for cell, number in enumerate(split) if number is not None])


def _standing(
    filled: set[tuple[int, ...]], may_be: Sequence[set[int]]
) -> Iterator[tuple[int, ...]]:
    """Those cells that figures may stand in, one in each: what is fewer is gone through."""
    if prod(map(len, may_be)) < len(filled):
        yield from filter(filled.__contains__, product(*may_be))
        return
    for cells in filled:
        if len(cells) == len(may_be) and all(map(contains, may_be, cells)):
            yield cells
