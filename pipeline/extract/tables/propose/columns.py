"""Which columns a report prints: the heads above the first row of a table."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from operator import attrgetter, itemgetter

from msgspec import structs

from pipeline.extract.column_headers import (
    YEAR,
    PrintedColumn,
    foreign_pattern,
    head_of,
    header_words,
    is_own_year,
    is_scope,
    is_total,
    stands_beside,
    year_of,
)
from pipeline.forms.form import OF_ORGANISATIONS, Column, FormTable
from pipeline.forms.indexed_form import column_roles, heads_of_no_row
from pipeline.lexis.normalise import either, letters
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table

_LOOK_BACK = 120
_MOST_HEADS = 40
_LEAST_COLUMNS = 2
_LINE_OF_TEXT = re.compile(r"[^（(：:]+[：:]\s*\S")


def printed_columns(
    table: FormTable, grid: Table | None, text: str, first: int, start: int
) -> tuple[PrintedColumn, ...]:
    """The columns to the right of the labels, in printed order.

    The first label of the table stands at ``first``; the table cannot have begun before ``start``.

    Returns:
        The form's own columns where all values have one; otherwise those that heads
        name, or the form's plain value column where no head is printed.
    """
    heads = _grid_heads(grid, first) if grid else []
    printed = "" if heads else letters(text[max(start, first - _LOOK_BACK) : first])
    if not table.has_variable_columns:
        return (
            _foreign(table, grid, heads or _running_heads(printed, to_the_row=True))
            or columns_named(
                table,
                [head for head, _ in heads] or heads_at_end(table, printed),
                is_part=grid is not None and _stand_over_all(grid, heads),
            )
            or fixed_columns(table, grid, first)
        )
    found = _open(table, heads or _running_heads(printed))
    return found or tuple(
        _printed(table, column, "", None)
        for column in table.columns
        if column.role == "unit" or (column.role == "value" and not column.suffix)
    )


def fixed_columns(table: FormTable, grid: Table | None, first: int) -> tuple[PrintedColumn, ...]:
    """The form's columns, in the order of the grid where it prints another.

    Of heads that recur in a grid, those last printed before the first row count; what stands
    further down is no head beside any of them. Heads that a flattened page runs into one, or that
    wrong spans have moved from over the figures, say nothing of where columns stand.
    """
    heads: dict[str, Cell] = {}
    wanted = {letters(column.heads[0]) for column in table.columns}
    for cell in grid.cells if grid else ():
        if cell.place.start >= first and heads.keys() >= wanted:
            break
        head = head_of(cell.text)
        if cell.place.start < first or head not in heads:
            heads[head] = cell
    owns = [
        next((heads[head] for head in map(letters, column.heads) if head in heads), None)
        for column in table.columns
    ]
    above = [own if own and own.place.start < first else None for own in owns]
    chosen = above if any(above) else owns
    printed = [
        PrintedColumn(
            column.name, n, column, own.col if own else None, None, own.colspan if own else 1
        )
        for n, (column, own) in enumerate(zip(table.columns, chosen, strict=True))
    ]
    found = [own for own in chosen if own]
    if not grid or len(found) < len(chosen) or not _stand_over_figures(grid, first, found):
        return tuple(printed)
    return tuple(sorted(printed, key=lambda column: column.col or 0))


def _stand_over_figures(grid: Table, first: int, heads: Sequence[Cell]) -> bool:
    """Whether heads stand over the first row behind its label, each over a column of its own."""
    label = grid.cell_at(first)
    row = (cell for cell in grid.cells if label and cell.row == label.row)
    behind = (cell for cell in row if cell is not label or read_value(cell.text).number is not None)
    cols = {head.col for head in heads}
    return len(cols) == len(heads) and cols.issubset(col for cell in behind for col in cell.cols)


def _foreign(
    table: FormTable, grid: Table | None, heads: Sequence[tuple[str, int | None]]
) -> tuple[PrintedColumn, ...]:
    """Columns of scopes or years where a report prints these in place of the form's own.

    So is that of the whole where a grid has no other beside its labels. Values under a head
    whose meaning is not sure belong to no indicator.
    """
    heads = [(head, col) for head, col in heads if not stands_beside(head)]
    own = table.head_letters
    if any(head in own and not is_total(head) for head, _ in heads):
        return ()
    names = [head for head, _ in heads]
    has_scopes = any(map(is_scope, names))
    is_alone = len(heads) == 1 and is_total(names[0]) and _is_last(table, grid, heads[0][1])
    if not (has_scopes or is_alone or any(map(is_own_year, names))) or not all(
        is_scope(name) or is_own_year(name) or is_total(name) or name in header_words().changes
        for name in names
    ):
        return ()
    found = []
    for head, col in heads:
        stands_for_own = is_own_year(head) or (is_total(head) and (has_scopes or is_alone))
        column = _headed_by(table, grid, col) if stands_for_own else None
        found.append(_printed(table, column, head, col))
    return tuple(found)


def _is_last(table: FormTable, grid: Table | None, col: int | None) -> bool:
    """Whether no column of a grid stands behind that of the whole, of which the form has one."""
    ends = [cell.cols.stop for cell in grid.cells] if grid else []
    return bool(ends) and max(ends) <= (col or 0) + 1 and _headed_by(table, None, None) is not None


def _headed_by(table: FormTable, grid: Table | None, col: int | None) -> Column | None:
    """The form's column named by a head over several columns, or its only total column."""
    above = {
        letters(cell.text)
        for cell in (grid.cells if grid and col is not None else ())
        if cell.colspan > 1 and col in cell.cols
    }
    named = [column for column in table.columns if above.intersection(map(letters, column.heads))]
    whole = [column for column in table.columns if not column.suffix]
    candidates = named or whole
    return candidates[0] if len(candidates) == 1 else None


def _open(table: FormTable, heads: Sequence[tuple[str, int | None]]) -> tuple[PrintedColumn, ...]:
    """A column for every head behind the head of the labels."""
    found: list[PrintedColumn] = []
    has_scopes = any(is_scope(head) for head, _ in heads)
    for head, col in heads:
        if head in header_words().labels:
            found = []
            continue
        column = _column_of(table, head)
        if column is None and has_scopes and is_total(head):
            column = _first_value(table)
        found.append(_printed(table, column, head, col))
    # A column of a period has no indicator where the year so far stands beside it.
    yearly = {column.column for column in found if column.head in header_words().year_so_far}
    for n, one in enumerate(found):
        if one.column in yearly and one.head not in header_words().year_so_far:
            found[n] = structs.replace(one, column=None)
    is_known = any(column.declared and column.role == "value" for column in found)
    return tuple(found) if is_known else ()


def _column_of(table: FormTable, head: str) -> Column | None:
    known = column_roles().get(head)
    if known is None:
        dated = (own for own in table.columns if own.year_head)
        return next(dated, _first_value(table)) if year_of(head) else None
    alike = (own for own in table.columns if (own.role, own.suffix) == (known.role, known.suffix))
    return next(alike, None)


def _first_value(table: FormTable) -> Column:
    return next(column for column in table.columns if column.role == "value")


def _printed(table: FormTable, column: Column | None, head: str, col: int | None) -> PrintedColumn:
    index = table.columns.index(column) if column else None
    return PrintedColumn(head, index, column, col, year_of(head))


def _grid_heads(grid: Table, first: int) -> list[tuple[str, int | None]]:
    """Letters and columns of the heads above the first label's row, by column.

    A head over several others is no head of a column itself, nor is what stands over one on the
    line that says who filled the table in.
    """
    label = grid.cell_at(first)
    label_row = label.row if label else 0
    cells = grid.cells[: bisect_left(grid.cells, label_row, key=attrgetter("row"))]
    lines = {one.row for one in cells if one.col == 0 and _LINE_OF_TEXT.match(one.text)}
    named = [(head, cell) for cell in cells if (head := letters(cell.text))]
    above = _last_heads(named)[-_MOST_HEADS:]
    heads = [
        (head, cell.col)
        for head, cell in above
        if (cell.colspan == 1 and cell.row not in lines)
        or not any(other.row >= cell.rows.stop and other.col in cell.cols for _, other in above)
    ]
    return sorted(heads, key=itemgetter(1))


def _last_heads(heads: Sequence[tuple[str, Cell]]) -> Sequence[tuple[str, Cell]]:
    """The last rows without a number but years: rows of values may stand below them."""
    values = {cell.row for head, cell in heads if head[0].isdigit() and not YEAR.match(head)}
    heads = [(head, cell) for head, cell in heads if cell.row not in values]
    last = max((cell.row for _, cell in heads), default=0)
    above = max((row for row in values if row < last), default=-1)
    return [(head, cell) for head, cell in heads if cell.row > above]


def _stand_over_all(grid: Table, heads: Sequence[tuple[str, int | None]]) -> bool:
    """Whether every column of a grid behind its labels has a head of its own."""
    cols = [col for head, col in heads if col is not None and not stands_beside(head)]
    end = max([cell.col + cell.colspan for cell in grid.cells])
    return bool(cols) and cols == list(range(cols[0], end))


def _running_heads(printed: str, *, to_the_row: bool = False) -> list[tuple[str, int | None]]:
    """The last head of labels before the first row, and the known heads behind it.

    Heads are read from the letters alone, since running text splits them and runs
    them together; foreign heads only where nothing else stands before the first row.
    None of them count where they must reach to that row and do not.
    """
    openings = list(re.finditer(either(header_words().labels), printed))
    if not openings:
        return []
    opening, start = openings[-1].group(), openings[-1].end()
    heads, end = _heads_from(printed, start, _heads_run_together(foreign=False))
    if end < len(printed):
        foreign, behind = _heads_from(printed, start, _heads_run_together())
        if behind == len(printed):
            heads = foreign
        elif to_the_row:
            return []
    return [(head, None) for head in (opening, *heads)]


def _heads_from(printed: str, at: int, known: re.Pattern[str]) -> tuple[list[str], int]:
    """The heads that follow one another from a position, and where they end."""
    heads = []
    while head := known.match(printed, at):
        heads.append(head.group())
        at = head.end()
    return heads, at


@cache
def _heads_run_together(*, foreign: bool = True) -> re.Pattern[str]:
    """Foreign heads first: 区政府统计数 is one head, not two."""
    known = map(re.escape, sorted(column_roles(), key=len, reverse=True))
    return re.compile("|".join([*([foreign_pattern()] if foreign else []), YEAR.pattern, *known]))


def columns_named(
    table: FormTable, heads: Sequence[str], *, is_part: bool = False
) -> tuple[PrintedColumn, ...]:
    """The columns that heads name above the first row, where they are not all of the form's.

    Small offices leave out the kinds of applicants that never ask, or put all organisations
    together. What stands under a head of the form is that column's; what stands under a head
    for several of them is nobody's. Natural persons are among the heads, unless a grid shows
    that its columns are only a part of the table, which goes on in another one.

    Returns:
        The columns in the order of the values; empty where the heads name all of the form's, or
        something that is none of them, or where its columns are no kinds of applicants.
    """
    if not table.columns[0].suffix:
        return ()
    own = {letters(column.heads[0]): n for n, column in enumerate(table.columns)}
    whole = len(table.columns) - 1
    names = [head for head in heads if not stands_beside(head)]
    places = [whole if is_total(name) else own.get(name) for name in names]
    known = [place for place in places if place is not None]
    unknown = {name for name, place in zip(names, places, strict=True) if place is None}
    if (
        not _LEAST_COLUMNS <= len(known) < len(own)
        or (0 not in known and not (is_part and not heads_of_no_row().isdisjoint(names)))
        or len(set(known)) < len(known)
        or unknown - {OF_ORGANISATIONS}
    ):
        return ()
    order: Sequence[int | None] = places
    if OF_ORGANISATIONS in names and any(0 < place < whole for place in known):
        order = [known[0], *sorted(known[1:])]
    return tuple(
        PrintedColumn(OF_ORGANISATIONS, None, None)
        if place is None
        else PrintedColumn(table.columns[place].name, place, table.columns[place])
        for place in order
    )


def heads_at_end(table: FormTable, printed: str) -> list[str]:
    """The kinds of applicants that running text names right before the first row."""
    own = {letters(column.heads[0]) for column in table.columns}
    names = either(own | {OF_ORGANISATIONS} | header_words().totals)
    found = re.search(f"(?:{names})+$", printed)
    return re.findall(names, found.group()) if found else []
