"""Columns printed in another order than the form's, as place, heads and sums tell.

Cells of a grid stand under their heads, wherever those are. Cells of running text have no
place but their order: where the heads put the total before its parts, the rows say whether
the numbers stand so too (a head may have spanned rows). What is a total says the form. Where
place, heads and sums do not agree, nobody can know which number is whose.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.extract.tables.propose.proposal import Proposal, Rows, doubted
from pipeline.extract.tables.rows import RowReading
from pipeline.forms.arithmetic import totals_of
from pipeline.forms.form import Column, FormTable
from pipeline.lexis.normalise import letters

_NUMBER = re.compile(r"\d")
_NUMBERS_AT_END = re.compile(r"(?:(?<!\S)\d[\d,.]*\s+)+\Z")
_BEFORE_LABELS = "values stand before their labels"
_APART = "values stand apart from their labels"
_OUT_OF_ORDER = "heads and sums do not agree with the form's order of columns"
_LEAST_COLUMNS = 3
# The head over the parts, misprinted or not: 其他 in it is none of them.
_GROUP_OF_PARTS = re.compile(r"法人[^自商科社律总合]{2,6}")
_LOOK_BACK = 200
_LEAST_ROWS_AGAINST = 3

_Filled = Mapping[int, RowReading]
_Order = Sequence[int]


def settle_order(report: Rows) -> Iterator[Proposal]:
    """Gives the cells of tables the columns that are printed above them.

    Where the order cannot be told, values belong to no indicator, and the first row says so.
    """
    before: _Filled = {}
    for _, group in groupby(enumerate(report.rows), lambda one: one[1].place):
        rows = dict(group)
        first = next(iter(rows.values()))
        table = first.form_row.table
        if table.has_variable_columns and _stand_before_labels(list(rows.values()), report.text):
            yield from _unclaimed(rows, table.id, _BEFORE_LABELS)
        filled = {} if table.has_variable_columns else _filled(rows, len(table.columns))
        if filled:
            start = next(iter(filled.values())).label_start
            end = max([row.end for row in before.values()], default=0)
            above = letters(report.text[max(end, start - _LOOK_BACK) : start])
            yield from _settled(rows, filled, report.text, _NUMBER.split(above)[-1])
        before = rows


def _filled(rows: _Filled, columns: int) -> _Filled:
    """The rows with values that have a cell for each column."""
    return {n: row for n, row in rows.items() if row.has_values and len(row.cells) == columns}


def _settled(rows: _Filled, filled: _Filled, text: str, heads: str) -> Iterable[Proposal]:
    """Proposals for the columns of one table, by the place of figures, the heads and the sums."""
    readings = list(rows.values())
    table = readings[0].form_row.table
    columns = table.columns
    if any(column.group for column in columns):
        return _by_heads(table, filled, heads)
    if _stand_before_labels(readings, text):
        return _unclaimed(rows, table.id, _BEFORE_LABELS)
    if scattered := _scattered(rows):
        return _unclaimed(scattered, table.id, _APART)
    if not any(column.suffix for column in columns):
        return _by_heads(table, filled, heads)
    order = _order(table, filled, heads)
    if order is None:
        return _unclaimed(rows, table.id, _OUT_OF_ORDER)
    return [one for n, row in filled.items() if order for one in _in_order(n, row, order)]


def _order(table: FormTable, filled: _Filled, heads: str) -> _Order | None:
    """The columns of the cells of a table with one total; None if nobody can tell.

    Empty where nothing speaks against the order in which they were assigned.
    """
    first = next(iter(filled.values()))
    as_assigned = [cell.column for cell in first.cells if cell.column is not None]
    own = list(range(len(table.columns)))
    numbered = filter(_has_numbers, filled.values())
    is_placed = _has_heads_of_its_own(filled.values())
    if is_placed and as_assigned == own and any(_holds(row, own) for row in numbered):
        return ()
    rows = list(filter(_has_numbers, filled.values()))
    totals = totals_of(table.ids_of(row.row) for row in filled.values())
    if len(totals) != 1 or len(as_assigned) < len(own):
        return ()
    if as_assigned != own:
        # Place against the form's order: a span one too small moves heads. Zeros fit any order.
        told = [(_holds(row, as_assigned), _holds(row, own)) for row in rows]
        by_place, by_form = told.count((True, False)), told.count((False, True))
        if not by_place and by_form >= _LEAST_ROWS_AGAINST:
            return own
        return as_assigned if by_place >= by_form else None
    (total,) = totals
    total_first = [total, *(n for n in own if n != total)]
    if is_placed:
        return () if _support(rows, total_first) < _LEAST_ROWS_AGAINST else None
    heads = _GROUP_OF_PARTS.sub("", heads)
    at = _place(heads, table.columns[total])
    parts = [_place(heads, table.columns[n]) for n in totals[total]]
    if min(parts) >= 0 and parts != sorted(parts):
        return None
    if parts[0] >= 0 and not 0 <= at < parts[0]:
        return ()
    return _order_by_sums(rows, own, total_first, is_total_first=at >= 0 and parts[0] >= 0)


def _has_heads_of_its_own(rows: Iterable[RowReading]) -> bool:
    """Whether every column stands under a head of its own in a grid."""
    printed = {id(row.printed): row.printed for row in rows}
    places = [[column.col for column in columns] for columns in printed.values()]
    return all(own and None not in own and len(set(own)) == len(own) for own in places)


def _order_by_sums(
    rows: Sequence[RowReading], own: _Order, total_first: _Order, *, is_total_first: bool
) -> _Order | None:
    """The order that the rows bear out, of the form's and of that in which heads may be printed."""
    behind, before = _support(rows, own), _support(rows, total_first)
    if not is_total_first:
        return own if behind or before < _LEAST_ROWS_AGAINST else None
    if before > behind:
        return total_first
    return own if not rows or behind > before else None


def _support(rows: Sequence[RowReading], order: _Order) -> int:
    """In how many rows all sums that the form declares hold, were their cells in that order."""
    return sum(_holds(row, order) for row in rows)


def _holds(row: RowReading, order: _Order) -> bool:
    is_so_already = [cell.column for cell in row.cells] == list(order)
    return (row if is_so_already else row.in_order(order)).adds_up


def _unclaimed(rows: _Filled, table_id: str, doubt: str) -> Iterator[Proposal]:
    """Takes the columns from rows; the first of them says why."""
    notice = f"Table {table_id}: {doubt}; its values are kept under no indicator"
    return doubted(rows, notice, column=None)


def _stand_before_labels(rows: Sequence[RowReading], text: str) -> bool:
    """Whether running text prints the values of each row before its label.

    Then those of a row stand before the first label, where a count of the columns may stand,
    too. A single number there says so only if none stands behind the last label.
    """
    labelled = [row for row in rows if not row.is_heading]
    table = rows[0].form_row.table
    if rows[0].window.table is not None or not labelled:
        return False
    if (
        labelled[-1].has_values
        if table.has_variable_columns
        else len(table.columns) < _LEAST_COLUMNS
    ):
        return False
    first = labelled[0].label_start
    before = _NUMBERS_AT_END.search(text, max(first - _LOOK_BACK, 0), first)
    columns = len(table.columns)
    numbers = before[0].split()[-columns:] if before else []
    is_count = numbers == [str(n) for n in range(1, columns + 1)]
    return len(numbers) >= (1 if table.has_variable_columns else columns - 1) and not is_count


def _scattered(rows: _Filled) -> _Filled:
    """Rows from where running text prints no values behind one label and two rows' behind another.

    What stands behind a label there may belong to the one before or behind it.
    """
    first = next(iter(rows.values()))
    columns = len(first.form_row.table.columns)
    if columns < _LEAST_COLUMNS or first.window.table is not None:
        return {}
    labelled = {n: row for n, row in rows.items() if not row.is_heading}
    numbers = {n: sum(not token.is_word for token in row.tokens) for n, row in labelled.items()}
    if min(numbers.values(), default=1) > 0 or max(numbers.values()) < 2 * columns - 1:
        return {}
    odd = next(n for n, count in numbers.items() if not count or count >= 2 * columns - 1)
    return {n: row for n, row in labelled.items() if n >= odd}


def _by_heads(table: FormTable, rows: _Filled, heads: str) -> Iterator[Proposal]:
    """The order in which the heads of a table without totals, or of each block, are printed.

    Heads that are cut for one block, and are not for another, tell none.
    """
    columns = table.columns
    size = sum(column.group == columns[0].group for column in columns)
    named = [[letters(head) for head in column.heads] for column in columns[:size]]
    # Nearest to the rows: before them may stand the heads of a blank table.
    places = [max(map(heads.rfind, names)) for names in named]
    times = {max(map(heads.count, names)) for names in named}
    if min(places) < 0 or len(columns) % size or (size < len(columns) and len(times) > 1):
        return
    # One that is found above others of its row is that of another table.
    own = heads[min(places) :]
    if any(max(map(own.count, names)) > 1 for names in named):
        return
    order = sorted(range(size), key=lambda n: places[n])
    whole = [shift + n for shift in range(0, len(columns), size) for n in order]
    if whole == sorted(whole):
        return
    for n, row in rows.items():
        is_as_declared = [cell.column for cell in row.cells] == list(range(len(columns)))
        if is_as_declared and len(row.sums.holding) <= len(row.in_order(whole).sums.holding):
            yield from _in_order(n, row, whole)


def _place(heads: str, column: Column) -> int:
    return min((at for head in column.heads if (at := heads.find(letters(head))) >= 0), default=-1)


def _has_numbers(row: RowReading) -> bool:
    """Whether every cell of a row is read, and not all of them are zero."""
    numbers = [cell.value.number for cell in row.cells]
    return None not in numbers and any(numbers)


def _in_order(number: int, row: RowReading, order: _Order) -> Iterator[Proposal]:
    """A proposal that gives the cells of a row the columns of an order, unless they have them."""
    if [cell.column for cell in row.cells] == list(order):
        return
    moved = row.in_order(order)
    yield Proposal(number, moved.cells, identities=moved.sums.proofs)
