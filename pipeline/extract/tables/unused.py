"""The numbers of a grid that no reading took: none of them may be lost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from pipeline.extract.tables.column_headers import is_own_year
from pipeline.extract.tables.rows import RowReading
from pipeline.lexis.normalise import letters
from pipeline.lexis.units import is_unit
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Status

_LEAST_COUNTED = 4
_LARGEST_STEP = 10
_FIRST_CODE = 10
_NUMBERS = (Status.REPORTED, Status.MASKED)
# Every number has a digit, every hidden one a cross or a star.
_SIGN = re.compile(r"[\dxX×*＊]")


def is_number(cell: Cell) -> bool:
    """Whether a cell prints a number, or hides one."""
    return bool(_SIGN.search(cell.text)) and read_value(cell.text).status in _NUMBERS


def headed_rows(grid: Table) -> Iterator[tuple[Sequence[Cell], dict[int, str]]]:
    """Rows, each with the last label above every column that it fills."""
    above: dict[int, str] = {}
    for row in grid.rows():
        yield row, {cell.col: above[cell.col] for cell in row if cell.col in above}
        above.update((cell.col, "".join(cell.text.split())) for cell in row if is_label(cell))


def is_label(cell: Cell) -> bool:
    """Whether a cell prints words that say what stands beside or below it."""
    plain = letters(cell.text)
    is_word = len(plain) > 1 and not plain.isdecimal()
    return is_word and not is_unit(plain) and not is_number(cell)


def unused_numbers(grid: Table, readings: Sequence[RowReading]) -> Iterator[Cell]:
    """The numbers of a grid that were not read, those aside that count rows or columns.

    A merged cell that was taken apart prints its number in each of its parts.
    """
    own = [reading for reading in readings if reading.window.table is grid]
    used = frozenset(
        [
            slot.start
            for reading in own
            for slot in (*reading.glued, *(cell.slot for cell in reading.cells if cell.slot))
        ]
    )
    if all(cell.place.start in used or not is_number(cell) for cell in grid.cells):
        return
    codes = {
        column.col
        for reading in own
        for column in reading.printed
        if column.declared and column.declared.role == "code"
    }
    codes |= set(_columns_that_count(list(grid.rows())))
    is_headed = False
    for row, heads in headed_rows(grid):
        numbers = [cell for cell in row if is_number(cell)]
        left = [cell for cell in numbers if cell.place.start not in used and cell.col not in codes]
        counts = [read_value(cell.text).number for cell in numbers]
        are_counted = len(counts) > 1 and counts in [[*range(n, n + len(counts))] for n in (0, 1)]
        is_headed |= len(left) < len(numbers)
        if (
            left
            and not are_counted
            and (is_headed or not all(is_own_year(letters(cell.text)) for cell in left))
        ):
            yield from (cell for cell in left if not _is_repeated(cell, row, heads, used))


def _columns_that_count(rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Columns before all labels whose numbers go up by little from row to row: codes of rows."""
    first_label = min([cell.col for row in rows for cell in row if is_label(cell)], default=0)
    columns: dict[int, list[int]] = {}
    for row in rows:
        for cell in row:
            value = read_value(cell.text) if cell.text.strip().isdecimal() else None
            if value and value.number is not None and cell.col <= first_label:
                columns.setdefault(cell.col, []).append(int(value.number))
    for col, numbers in columns.items():
        steps = [behind - before for before, behind in pairwise(numbers)]
        is_low = len(numbers) >= _LEAST_COUNTED and numbers[0] <= _FIRST_CODE
        if is_low and all(0 < step <= _LARGEST_STEP for step in steps):
            yield col


def _is_repeated(
    cell: Cell, row: Sequence[Cell], heads: Mapping[int, str], used: frozenset[int]
) -> bool:
    """Whether a number that was read stands beside the same one under the same head."""
    at, head = row.index(cell), heads.get(cell.col)

    def is_same(other: Cell) -> bool:
        return other.text == cell.text and heads.get(other.col) == head

    beside = (*takewhile(is_same, row[at + 1 :]), *takewhile(is_same, reversed(row[:at])))
    return head is not None and any(other.place.start in used for other in beside)
