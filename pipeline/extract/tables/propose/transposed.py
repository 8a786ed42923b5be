"""Tables of applicants printed the other way round: outcomes as columns, applicants as rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.extract.tables.tokens import Slot
from pipeline.forms.form import FormTable
from pipeline.lexis.normalise import letters
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table

_LEAST_LABELS_IN_A_ROW = 6
_LEAST_APPLICANTS = 3


def turn(readings: Sequence[RowReading]) -> None:
    """Gives rows whose labels stand side by side the values below them, in place.

    Args:
        readings: All rows of the report, by position.
    """
    closed = [reading for reading in readings if reading.window.table and not reading.is_heading]
    for _, group in groupby(closed, _table_of):
        rows = list(group)
        grid, table = rows[0].window.table, rows[0].form_row.table
        side_by_side = _side_by_side(rows)
        if grid is None or not table.columns[0].suffix or not side_by_side:
            continue
        applicants = _applicants(grid, table)
        if len(applicants) >= _LEAST_APPLICANTS and _are_aligned(grid, side_by_side, applicants):
            at = {(cell.row, cell.col): cell for cell in grid.cells if cell.colspan == 1}
            for reading in rows:
                reading.cells.clear()
            for reading in side_by_side:
                _fill(reading, grid, applicants, at)


def _table_of(reading: RowReading) -> tuple[int, str]:
    return id(reading.window.table), reading.form_row.table.id


def _side_by_side(rows: Sequence[RowReading]) -> list[RowReading]:
    """Rows whose labels share one row of the grid and leave no room for values there."""
    in_a_row = [reading.window.row for reading in rows]
    most = max(in_a_row, key=in_a_row.count)
    found = [reading for reading in rows if reading.window.row == most]
    are_heads = len(found) >= _LEAST_LABELS_IN_A_ROW
    return found if are_heads and not any(reading.has_values for reading in found) else []


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


def _fill(
    reading: RowReading,
    grid: Table,
    applicants: Mapping[int, int],
    at: Mapping[tuple[int, int], Cell],
) -> None:
    label = next((c for c in grid.cells if c.place.start < reading.label_end <= c.place.end), None)
    if label is None or label.colspan > 1:
        return
    columns = reading.form_row.table.columns
    for row, column in sorted(applicants.items(), key=lambda item: item[1]):
        cell = at.get((row, label.col))
        if cell is not None:
            slot = Slot(cell.text, cell.place.start, cell.place.end, cell)
            value = read_value(cell.text)
            reading.cells.append(CellReading(column, slot, value, columns[column].name))
