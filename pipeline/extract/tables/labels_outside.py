"""Labels that stand in lines of text, their values in grids of figures below or beside them.

Programs that turn a page into text set the labels of a table as paragraphs, and leave its
figures in a grid without labels, or in one for every label. Place tells which is whose: as
many labels before a grid as it has rows, in the order in which they stand.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.tables.propose.columns import fixed_columns
from pipeline.extract.tables.rows import RowReading, read_row
from pipeline.extract.tables.tokens import Window, cell_slot
from pipeline.forms.form import FormTable
from pipeline.lexis.normalise import letters
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Status

_LONGEST_BETWEEN = 8


def with_grids_beside(
    rows: Sequence[RowReading], grids: Sequence[Table], text: str
) -> Iterator[RowReading]:
    """Rows as they are, those before a grid of figures alone with the figures that are theirs.

    Args:
        rows: All rows of a report, by position.
        grids: The grids of the report.
        text: The document's text.
    """
    is_beside = bool(grids) and any(row.window.table is None for row in rows)
    bare = [row for row in _without_headings(rows) if _is_bare(row)] if is_beside else []
    found: dict[int, RowReading] = {}
    behind = 0
    for grid in grids if bare else ():
        start = grid.place.start
        before = [row for row in bare if behind <= row.label_start < start]
        behind = grid.place.end
        if before and len(letters(text[before[-1].label_end : start])) <= _LONGEST_BETWEEN:
            table = before[-1].form_row.table
            own = [row for row in before if row.form_row.table is table]
            figures = _rows_of_figures(grid, table)
            if len(figures) == len(own):
                for row, cells in zip(own, figures, strict=True):
                    found[row.label_start] = _bound(row, cells, grid)
    for row in rows:
        yield found.get(row.label_start, row) if found else row


def _without_headings(rows: Sequence[RowReading]) -> Iterator[RowReading]:
    """Rows that have values of their own: not those right above the first row below them."""
    for row, following in pairwise((*rows, None)):
        if row and not (following and following.form_row.parent == row.form_row.index):
            yield row


def _is_bare(row: RowReading) -> bool:
    in_text = row.window.table is None and not row.is_heading
    is_closed = bool(row.form_row.table.columns[0].suffix)
    return in_text and is_closed and not (row.has_values or row.glued)


def _rows_of_figures(grid: Table, table: FormTable) -> list[tuple[Cell, ...]]:
    """The rows of a grid below the heads of the form's columns; none where it holds more."""
    heads = table.head_letters
    found = []
    for row in grid.rows():
        if len(row) == len(table.columns) and all(map(_is_figure, row)):
            found.append(row)
        elif found or not all(letters(cell.text) in heads for cell in row):
            return []
    return found


def _is_figure(cell: Cell) -> bool:
    return cell.colspan == 1 and read_value(cell.text).status is not Status.UNREADABLE


def _bound(row: RowReading, cells: Sequence[Cell], grid: Table) -> RowReading:
    slots = tuple(map(cell_slot, cells))
    window = Window(slots, row.window.start, slots[-1].end, grid, cells[0].row)
    columns = fixed_columns(row.form_row.table, grid, cells[0].place.start)
    return read_row(row._replace(window=window, rest=()), columns, lambda _: False)
