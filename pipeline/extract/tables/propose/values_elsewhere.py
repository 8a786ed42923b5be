"""Values of a grid that stand left of their labels, under the heads of their columns.

Some tables print 统计数 and 单位 before 统计指标; nothing stands behind the labels there, so
a reader that goes on from a label finds blank cells and takes the table for one not filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.extract.tables.column_headers import PrintedColumn
from pipeline.extract.tables.propose.columns import fixed_columns, grid_columns
from pipeline.extract.tables.propose.proposal import Proposal, Rows, doubted
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.extract.tables.tokens import cell_slot
from pipeline.extract.tables.unused import is_number, unused_numbers
from pipeline.lexis.units import is_unit
from pipeline.lexis.values import Value, read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Status

_UNREAD = "numbers stand in the table, none of them where its labels have their values"
_NOTHING = Value("", Status.UNREADABLE)

_Rows = Mapping[int, RowReading]


def read_before_labels(report: Rows) -> Iterator[Proposal]:
    """Reads rows of tables without a value behind any label by what stands left of these.

    Where numbers stand in the table and no head says which is whose, they are not read. Such a
    cell is never blank.
    """
    for rows, grid in _in_grids(report):
        if any(row.has_values or row.glued for row in rows.values()):
            continue
        table = next(iter(rows.values())).form_row.table
        first = min(row.label_start for row in rows.values())
        columns = grid_columns(table, grid, first) if table.is_open else ()
        columns = columns or fixed_columns(table, grid, first)
        at = {column.col: column for column in columns if column.is_value}
        left = {n: _left_of(row, grid) for n, row in rows.items()}
        if any(cell.col in at for cells in left.values() for cell in cells if is_number(cell)):
            for n, row in rows.items():
                yield _by_place(n, row, left[n], at)
        elif any(unused_numbers(grid, report.rows)):
            notice = f"Table {table.id}: {_UNREAD}; they are kept under no indicator"
            yield from doubted(rows, notice, value=_NOTHING)


def _in_grids(report: Rows) -> Iterator[tuple[_Rows, Table]]:
    """The rows of every table in a grid whose labels have values, and the grid."""
    in_grids = [
        (n, row)
        for n, row in enumerate(report.rows)
        if row.window.table is not None and not row.is_heading and not row.row.unlabelled
    ]
    for _, group in groupby(in_grids, lambda one: one[1].place):
        rows = dict(group)
        grid = next(iter(rows.values())).window.table
        if grid is not None:
            yield rows, grid


def _left_of(row: RowReading, grid: Table) -> list[Cell]:
    """The cells before the one that holds a row's label."""
    label = grid.cell_at(row.label_start)
    in_row = [cell for cell in grid.cells if cell.row == row.window.row]
    return [cell for cell in in_row if label and cell.col < label.col and cell.text.strip()]


def _by_place(
    number: int, row: RowReading, left: Sequence[Cell], at: Mapping[int | None, PrintedColumn]
) -> Proposal:
    """A row whose values stand under the heads of their columns, before its label."""
    unit = next((cell.text.strip() for cell in left if is_unit(cell.text.strip())), None)
    cells = [
        CellReading(head.column, cell_slot(cell), read_value(cell.text), head.head)
        for cell in left
        if (head := at.get(cell.col))
    ]
    return Proposal(number, tuple(cells) or row.cells, unit=unit)
