"""Tables of applicants printed the other way round: outcomes as columns, applicants as rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.extract.tables.tokens import Slot
from pipeline.forms.form import FormTable
from pipeline.lexis.normalise import letters
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table

_LEAST_LABELS_IN_A_ROW = 6
_LEAST_APPLICANTS = 3


def turn(report: Rows) -> Iterator[Proposal]:
    """Gives rows whose labels stand side by side the values below them.

    Yields:
        A proposal for every row of such a table.
    """
    closed = [
        (number, reading)
        for number, reading in enumerate(report.rows)
        if reading.window.table and not reading.is_heading
    ]
    for _, group in groupby(closed, lambda item: _table_of(item[1])):
        rows = dict(group)
        first = next(iter(rows.values()))
        grid, table = first.window.table, first.form_row.table
        side_by_side = _side_by_side(rows)
        if grid is None or not table.columns[0].suffix or not side_by_side:
            continue
        applicants = _applicants(grid, table)
        if len(applicants) >= _LEAST_APPLICANTS and _are_aligned(
            grid, [rows[n] for n in side_by_side], applicants
        ):
            at = {(cell.row, cell.col): cell for cell in grid.cells if cell.colspan == 1}
            for number, reading in rows.items():
                is_turned = number in side_by_side
                cells = _below(reading, grid, applicants, at) if is_turned else ()
                yield Proposal(number, tuple(cells), reading.glued)


def _table_of(reading: RowReading) -> tuple[int, str]:
    return id(reading.window.table), reading.form_row.table.id


def _side_by_side(rows: Mapping[int, RowReading]) -> frozenset[int]:
    """Rows whose labels share one row of the grid and leave no room for values there."""
    in_a_row = [reading.window.row for reading in rows.values()]
    most = max(in_a_row, key=in_a_row.count)
    found = [number for number, reading in rows.items() if reading.window.row == most]
    are_heads = len(found) >= _LEAST_LABELS_IN_A_ROW
    is_room = any(rows[number].has_values for number in found)
    return frozenset(found) if are_heads and not is_room else frozenset()


def _are_aligned(grid: Table, heads: Sequence[RowReading], applicants: Mapping[int, int]) -> bool:
    """Whether the rows have as many cells as the heads: else who stands below whom is a guess."""
    cells = Counter(cell.row for cell in grid.cells)
    return all(cells[row] == cells[heads[0].window.row or 0] for row in applicants)


def _applicants(grid: Table, table: FormTable) -> dict[int, int]:
    """The column of the form that each row of the grid is, by the first words in it."""
    own = {letters(head): n for n, column in enumerate(table.columns) for head in column.heads}
    found: dict[int, int] = {}
    for row, cells in groupby(grid.cells, lambda cell: cell.row):
        words = [letters(cell.text) for cell in cells]
        named = [own[word] for word in words if word in own]
        if len(named) == 1 and named[0] not in found.values():
            found[row] = named[0]
    return found


def _below(
    reading: RowReading,
    grid: Table,
    applicants: Mapping[int, int],
    at: Mapping[tuple[int, int], Cell],
) -> Iterator[CellReading]:
    label = next((c for c in grid.cells if c.place.start < reading.label_end <= c.place.end), None)
    if label is None or label.colspan > 1:
        return
    columns = reading.form_row.table.columns
    for row, column in sorted(applicants.items(), key=lambda item: item[1]):
        cell = at.get((row, label.col))
        if cell is not None:
            slot = Slot(cell.text, cell.place.start, cell.place.end, cell)
            yield CellReading(column, slot, read_value(cell.text), columns[column].name)
