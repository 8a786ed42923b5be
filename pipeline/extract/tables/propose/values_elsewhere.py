"""Values of a grid that stand below their labels, or left of them, and not behind them.

Programs that turn a page into text set the labels of a table as paragraphs, and leave its
figures in a grid without labels, or in one for every label. Place tells which is whose: as
many labels before a grid as it has rows, in the order in which they stand.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from msgspec import structs

from pipeline.extract.column_headers import head_of
from pipeline.extract.tables.propose.columns import fixed_columns
from pipeline.extract.tables.propose.proposal import Proposal, Rows, doubted
from pipeline.extract.tables.rows import CellReading, RowReading, read_row
from pipeline.extract.tables.tokens import Window, cell_token
from pipeline.extract.tables.unmapped import is_label, is_number, unused_numbers
from pipeline.forms.form import OF_ORGANISATIONS, Column, FormTable
from pipeline.forms.indexed_form import heads_of_no_row
from pipeline.lexis.normalise import letters
from pipeline.lexis.numbering import ORDINALS
from pipeline.lexis.units import UNITS, unit_said
from pipeline.lexis.values import Value, read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Status

_UNREAD = "numbers stand in the table, none of them where its labels have their values"
_NOTHING = Value("", Status.UNREADABLE)
_FIGURE_OF_UNIT = re.compile(rf"(?:{UNITS})\s*\d")
_LEAST_LABELS = 2
_LONGEST_BETWEEN = 8
_KIND = "组织"
_NUMBERING = f"{ORDINALS}0123456789"

_Rows = Mapping[int, RowReading]
_Heads = Mapping[str, list[Cell]]


def read_transposed(report: Rows) -> Iterator[Proposal]:
    """Proposals that give labels standing side by side the values below them.

    Nothing stands behind such a label in its row. What is in its columns and in the row of a
    head of the form is its value, however many rows of labels lie one over the other.
    """
    for every, grid in _in_grids(report, lambda row: id(row.window.table)):
        rows = {
            n: row
            for n, row in every.items()
            if row.window.row is not None and not row.form_row.table.has_variable_columns
        }
        if not _are_side_by_side(rows.values()):
            continue
        rows |= _head_rows(report, rows)
        labels = _labels(rows, grid)
        heads = _heads(grid, [row.form_row.table for row in rows.values()])
        for number, reading in rows.items() if heads else ():
            label = labels.get(number)
            cells = _crossing(label, reading.form_row.table, heads, grid) if label else ()
            yield Proposal(number, tuple(cells))


def _are_side_by_side(rows: Collection[RowReading]) -> bool:
    """Whether labels share rows of the grid and leave no room for values there."""
    if any(row.has_values and not _is_head_too(row) for row in rows):
        return False
    own = [row for row in rows if not _is_head_too(row)]
    lines = {row.window.row for row in own}
    return len(own) >= _LEAST_LABELS and len(lines) * 2 <= len(own)


def _labels(rows: Mapping[int, RowReading], grid: Table) -> dict[int, Cell]:
    """The cell of every label; of one that heads a column too, that among the labels."""
    found = {
        number: cell
        for number, row in rows.items()
        if not _is_head_too(row)
        if (cell := grid.cell_at(row.label_start))
    }
    band = {line for cell in found.values() for line in cell.rows}
    for number, row in rows.items():
        if number not in found:
            own = [cell for cell in grid.cells if cell.row in band and _is_label(cell.text, row)]
            if len(own) == 1:
                found[number] = own[0]
    return found


def _head_rows(report: Rows, rows: _Rows) -> _Rows:
    """Rows of the same tables whose label, a head too, was found where no values stand."""
    tables = {row.form_row.table.id for row in rows.values()}
    return {
        n: row
        for n, row in enumerate(report.rows)
        if row.form_row.table.id in tables and _is_head_too(row) and not row.has_values
    }


def _is_head_too(row: RowReading) -> bool:
    return not set(row.form_row.table.head_letters).isdisjoint(row.form_row.labels)


def _is_label(text: str, row: RowReading) -> bool:
    """Whether a cell holds a row's label, with its number and the heading above it or without."""
    printed = letters(text)
    above = {letters(other.label or "") for other in row.form_row.table.rows} | {""}
    return any(
        printed.endswith(label) and printed.removesuffix(label).strip(_NUMBERING) in above
        for label in row.form_row.labels
    )


def _heads(grid: Table, tables: Iterable[FormTable]) -> dict[str, list[Cell]]:
    """Cells by the head they hold; none where a row lacks a cell, or all may name rows: 总计."""
    names = {name for table in tables for column in table.columns for name in _names(column)}
    found: dict[str, list[Cell]] = {}
    for cell in grid.cells:
        head = letters(cell.text).removeprefix(OF_ORGANISATIONS)
        if head in names:
            found.setdefault(head, []).append(cell)
    rows = {cell.row for cells in found.values() for cell in cells}
    ends = {row: max(one.cols.stop for one in grid.cells if row in one.rows) for row in rows}
    are_whole = len(set(ends.values())) == 1
    return found if are_whole and not heads_of_no_row().isdisjoint(found) else {}


def _names(column: Column) -> list[str]:
    """The heads of a column, with the word for bodies behind them too."""
    return [letters(name) for head in column.heads for name in (head, f"{head}{_KIND}")]


def _crossing(label: Cell, table: FormTable, heads: _Heads, grid: Table) -> Iterator[CellReading]:
    """What stands below a label in the row of every head on its left."""
    for column, declared in enumerate(table.columns):
        named = (cell for name in _names(declared) for cell in heads.get(name, ()))
        own = [one for one in named if one.row >= label.rows.stop and one.cols.stop <= label.col]
        if not own:
            continue
        nearest = min(own, key=lambda cell: (-cell.col, cell.row))
        cell, *others = {grid.covering(nearest.row, col) for col in label.cols}
        # One that reaches below the next label too may be that one's as well.
        if cell and not others and cell.colspan <= label.colspan:
            yield CellReading(column, cell_token(cell), read_value(cell.text), declared.name)


def read_beside_heads(report: Rows) -> Iterator[Proposal]:
    """Gives values below years the column that is named beside the label of their row."""
    for n, row in report.in_grids:
        columns = row.form_row.table.columns
        if len(columns) == 1 or not any(cell.year for cell in row.cells):
            continue
        said = head_of(row.window.tokens[0].text) if row.window.tokens else ""
        named = [k for k, column in enumerate(columns) if said in map(letters, column.heads)]
        if len(named) == 1:
            dated = [
                structs.replace(one, column=named[0] if one.year else None) for one in row.cells
            ]
            yield Proposal(n, tuple(dated))


def read_below_labels(report: Rows) -> Iterator[Proposal]:
    """Gives labels the figures below them where rows of nothing else follow them in a grid."""
    for rows, grid in _in_grids(report, lambda row: id(row.window.table)):
        of_one = {n: row for n, row in rows.items() if len(row.cells) == 1 and not row.has_values}
        bare = {n: row for n, row in of_one.items() if row.form_row.table.has_variable_columns}
        figures = _rows_of_figures_alone(grid) if bare else []
        for n, row in bare.items():
            unit, figure = _figure_below(grid, grid.cell_at(row.label_start), figures)
            if figure:
                read = structs.replace(
                    row.cells[0], token=cell_token(figure), value=read_value(figure.text)
                )
                yield Proposal(n, (read,), unit=unit)


def _rows_of_figures_alone(grid: Table) -> list[int]:
    """Returns rows of several figures, behind a name at most; of two that follow, neither."""
    lines = list(grid.rows())
    own = [sum(is_number(cell) and cell.text[0].isdigit() for cell in line) for line in lines]
    return [
        line[0].row
        for line, above, n, below in zip(lines, [0, *own], own, [*own[1:], 0], strict=False)
        if not above and not below and n > 1 and not any(map(is_label, line[1:]))
    ]


def _figure_below(
    grid: Table, label: Cell | None, figures: Sequence[int]
) -> tuple[str | None, Cell | None]:
    """Returns unit and figure below a label in the next row of figures; none of another label."""
    row = next((row for row in figures if label and row >= label.rows.stop), None)
    if label is None or row is None:
        return None, None
    *between, below = [grid.covering(n, label.col) for n in range(label.rows.stop, row + 1)]
    units = [unit for cell in between if cell and (unit := unit_said(cell.text))]
    is_last = not any(cell and is_label(cell) for cell in between)
    is_own = below and below.cols == label.cols and is_number(below)
    return next(iter(units), None), below if is_last and is_own else None


def doubt_blank_tables(report: Rows) -> Iterator[Proposal]:
    """Takes rows of a table without a value behind any label for unread, not for left blank.

    It may hold numbers of which no place and no head says whose they are.
    """
    for rows, grid in _in_grids(report, attrgetter("place")):
        if any(row.has_values or row.unsegmented for row in rows.values()):
            continue
        if any(unused_numbers(grid, report.rows)):
            table = next(iter(rows.values())).form_row.table
            notice = f"Table {table.id}: {_UNREAD}; they are kept under no indicator"
            yield from doubted(rows, notice, value=_NOTHING)


def doubt_figures_in_labels(report: Rows) -> Iterator[Proposal]:
    """Takes a row as unread if a figure with its unit stands within the label: it goes on below."""
    for n, row in enumerate(report.rows):
        if not row.has_values and _FIGURE_OF_UNIT.search(row.label_raw):
            notice = f"Row {row.label_raw!r} has a figure within its label; it is kept as unread"
            yield from doubted({n: row}, notice, value=_NOTHING)


def _in_grids(report: Rows, key: Callable[[RowReading], object]) -> Iterator[tuple[_Rows, Table]]:
    """The rows of every table in a grid whose labels have values, and the grid."""
    for _, group in groupby(report.in_grids, lambda one: key(one[1])):
        rows = dict(group)
        grid = next(iter(rows.values())).window.table
        if grid is not None:
            yield rows, grid


def with_grids_beside(
    rows: Sequence[RowReading], grids: Sequence[Table], text: str
) -> list[RowReading]:
    """Rows, with the figures of a grid without labels given to the labels before it.

    Args:
        rows: All rows of a report, by position.
        grids: The grids of the report.
        text: The document's text.
    """
    in_text = [row for row in _without_headings(rows) if row.window.table is None]
    bare = [row for row in in_text if not (row.has_values or row.unsegmented)]
    found: dict[int, RowReading] = {}
    behind = 0
    for grid in grids:
        start = grid.place.start
        before = [row for row in bare if behind <= row.label_start < start]
        behind = grid.place.end
        if before and len(letters(text[before[-1].label_end : start])) <= _LONGEST_BETWEEN:
            table = before[-1].form_row.table
            labelled = [row for row in before if row.form_row.table is table]
            figures = _rows_of_figures(grid, table)
            if len(figures) == len(labelled):
                for row, cells in zip(labelled, figures, strict=True):
                    found[row.label_start] = _bound(row, cells, grid)
    return [found.get(row.label_start, row) for row in rows]


def _without_headings(rows: Sequence[RowReading]) -> Iterator[RowReading]:
    """Rows without headings, which stand right above the first of the rows that belong to them."""
    for row, following in pairwise((*rows, None)):
        if row and not (following and following.form_row.parent == row.form_row.index):
            yield row


def _rows_of_figures(grid: Table, table: FormTable) -> list[tuple[Cell, ...]]:
    """The rows of a grid below the heads of the form's columns; none where it holds more."""
    heads = table.head_letters
    found = []
    for row in grid.rows():
        are_figures = all(
            cell.colspan == 1 and read_value(cell.text).status is not Status.UNREADABLE
            for cell in row
        )
        if len(row) == len(table.columns) and are_figures:
            found.append(row)
        elif found or not all(letters(cell.text) in heads for cell in row):
            return []
    return found


def _bound(row: RowReading, cells: Sequence[Cell], grid: Table) -> RowReading:
    tokens = tuple(map(cell_token, cells))
    window = Window(tokens, row.window.start, tokens[-1].end, grid, cells[0].row)
    columns = fixed_columns(row.form_row.table, grid, cells[0].place.start)
    bound = structs.replace(row, window=window, rest=(), printed=columns)
    return read_row(bound, lambda _: False)
