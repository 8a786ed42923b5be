"""Values of a grid that stand left of their labels, under the heads of their columns.

Some tables print 统计数 and 单位 before 统计指标. Nothing stands behind the labels there, so a
reader that goes on from a label finds blank cells and takes the table for one not filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.extract.tables.propose.columns import fixed_columns, grid_columns
from pipeline.extract.tables.propose.printed_columns import PrintedColumn
from pipeline.extract.tables.propose.proposal import Proposal, Rows
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
    """Reads rows without a value behind their labels by what stands left of these.

    Yields:
        Proposals for all rows of tables whose labels seem to have no values, though numbers
        stand in the table: their values, or where no head says which is whose, that they
        are not read. Such a cell is never blank.
    """
    for rows, grid in _without_values(report):
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
            for n, row in rows.items():
                cells = tuple([cell._replace(value=_NOTHING) for cell in row.cells])
                yield Proposal(n, cells, row.glued, notice=notice)
                notice = ""


def _without_values(report: Rows) -> Iterator[tuple[_Rows, Table]]:
    """The rows of every table of a grid, labels with values, where none has any."""
    in_grids = [
        (n, row)
        for n, row in enumerate(report.rows)
        if row.window.table is not None and not row.is_heading and not row.row.unlabelled
    ]
    for _, group in groupby(
        in_grids, lambda one: (one[1].form_row.table.id, id(one[1].window.table))
    ):
        rows = dict(group)
        grid = next(iter(rows.values())).window.table
        is_filled = any(row.has_values or row.glued for row in rows.values())
        if grid is not None and not is_filled:
            yield rows, grid


def _left_of(row: RowReading, grid: Table) -> list[Cell]:
    """The cells before the one that holds a row's label."""
    in_row = [cell for cell in grid.cells if cell.row == row.window.row]
    label = next((c for c in in_row if c.place.start <= row.label_start < c.place.end), None)
    return [cell for cell in in_row if label and cell.col < label.col and cell.text.strip()]


def _by_place(
    number: int, row: RowReading, left: Sequence[Cell], at: Mapping[int | None, PrintedColumn]
) -> Proposal:
    """A row whose values stand under the heads of their columns, before its label."""
    unit = next((cell.text.strip() for cell in left if is_unit(cell.text.strip())), None)
    cells = tuple(
        [
            CellReading(
                at[cell.col].column, cell_slot(cell), read_value(cell.text), at[cell.col].head
            )
            for cell in left
            if cell.col in at
        ]
    )
    return Proposal(number, cells or row.cells, unit=unit)
