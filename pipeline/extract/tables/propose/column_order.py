"""Columns that running text prints in another order than the form, as heads and sums tell.

Cells of running text have no place but their order. Where the heads put the total before
its parts, the rows say whether the numbers stand so too (a head may have spanned rows);
where they do not say, nobody can know which number is whose.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.forms.form import Column
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
_LEAST_ROWS_AGAINST_FORM = 3


def settle_order(readings: Sequence[RowReading], text: str) -> tuple[str, ...]:
    """Gives the cells of fixed tables the columns that are printed above them, in place.

    Args:
        readings: All rows of the report, by position.
        text: The document's text.

    Returns:
        A notice for every table whose order of columns cannot be told; its values belong
        to no indicator.
    """
    notices = []
    end = 0
    for rows in _tables(readings):
        table = rows[0].form_row.table
        filled = [row for row in rows if row.has_values and len(row.cells) == len(table.columns)]
        if table.is_open and _stand_before_labels(rows, text):
            _take_indicators(rows)
            notices.append(_kept(table.id, _BEFORE_LABELS))
        if filled and not table.is_open:
            first = filled[0].label_start
            heads = _NUMBER.split(letters(text[max(end, first - _LOOK_BACK) : first]))[-1]
            doubt = _settle(rows, filled, text, heads)
            if doubt:
                notices.append(_kept(table.id, doubt))
        end = max(row.end for row in rows)
    return tuple(notices)


def _kept(table_id: str, doubt: str) -> str:
    return f"Table {table_id}: {doubt}; its values are kept under no indicator"


def _settle(
    rows: Sequence[RowReading], filled: Sequence[RowReading], text: str, heads: str
) -> str | None:
    """Settles the columns of one table, or takes its indicators away and says why."""
    columns = rows[0].form_row.table.columns
    if any(column.group for column in columns):
        _settle_blocks(filled, heads)
    elif _stand_before_labels(rows, text):
        _take_indicators(rows)
        return _BEFORE_LABELS
    elif scattered := _scattered(rows):
        _take_indicators(scattered)
        return _APART
    elif not any(column.suffix for column in columns):
        _settle_by_heads(filled, heads)
    elif not _settle_total(filled, heads):
        _take_indicators(rows)
        return _OUT_OF_ORDER
    return None


def _stand_before_labels(rows: Sequence[RowReading], text: str) -> bool:
    """Whether running text prints the values of each row before its label.

    Then those of a row stand before the first label, where a count of the columns may stand,
    too. A single number there says so only if none stands behind the last label.
    """
    labelled = [row for row in rows if not row.is_heading]
    table = rows[0].form_row.table
    if rows[0].window.table is not None or not labelled:
        return False
    if labelled[-1].has_values if table.is_open else len(table.columns) < _LEAST_COLUMNS:
        return False
    first = labelled[0].label_start
    before = _NUMBERS_AT_END.search(text, max(first - _LOOK_BACK, 0), first)
    columns = len(table.columns)
    numbers = before[0].split()[-columns:] if before else []
    is_count = numbers == [str(n) for n in range(1, columns + 1)]
    return len(numbers) >= (1 if table.is_open else columns - 1) and not is_count


def _scattered(rows: Sequence[RowReading]) -> Sequence[RowReading]:
    """Rows from where running text prints no values behind one label and two rows' behind another.

    What stands behind a label there may belong to the one before or behind it.
    """
    columns = len(rows[0].form_row.table.columns)
    if columns < _LEAST_COLUMNS or rows[0].window.table is not None:
        return ()
    labelled = [row for row in rows if not row.is_heading]
    numbers = [sum(not slot.is_word for slot in row.slots) for row in labelled]
    if min(numbers, default=1) > 0 or max(numbers) < 2 * columns - 1:
        return ()
    odd = next(n for n, count in enumerate(numbers) if not count or count >= 2 * columns - 1)
    return labelled[odd:]


def _take_indicators(rows: Sequence[RowReading]) -> None:
    for row in rows:
        for cell in row.cells:
            cell.column = None


def _tables(readings: Sequence[RowReading]) -> Iterator[list[RowReading]]:
    for _, rows in groupby(readings, lambda row: (row.form_row.table.id, id(row.window.table))):
        yield list(rows)


def _settle_total(rows: Sequence[RowReading], heads: str) -> bool:
    """Settles whether the total stands before its parts or behind; False if nobody can tell."""
    columns = rows[0].form_row.table.columns
    if [cell.column for cell in rows[0].cells] != list(range(len(columns))):
        return True
    heads = _GROUP_OF_PARTS.sub("", heads)
    total = _place(heads, columns[-1])
    parts = [_place(heads, column) for column in columns[:-1]]
    part = parts[0]
    if min(parts) >= 0 and parts != sorted(parts):
        return False
    if 0 <= part < total or (part >= 0 and total < 0):
        return True
    numbers = [_numbers(row.cells) for row in rows]
    known = [row for row in numbers if row and any(row)]
    behind = sum(sum(row[:-1]) == row[-1] for row in known)
    before = sum(sum(row[1:]) == row[0] for row in known)
    is_said = 0 <= total < part
    if is_said and before > behind:
        for row in rows:
            _give(row.cells, columns, [len(columns) - 1, *range(len(columns) - 1)])
        return True
    if is_said:
        return not known or behind > before
    return behind > 0 or before < _LEAST_ROWS_AGAINST_FORM


def _settle_by_heads(rows: Sequence[RowReading], heads: str) -> None:
    """Gives the cells the order in which all heads of a table without totals are printed."""
    columns = rows[0].form_row.table.columns
    places = [_place(heads, column) for column in columns]
    order = sorted(range(len(columns)), key=lambda n: places[n])
    if min(places) < 0:
        return
    for row in rows:
        if [cell.column for cell in row.cells] == list(range(len(columns))):
            _give(row.cells, columns, order)


def _settle_blocks(rows: Sequence[RowReading], heads: str) -> None:
    """Gives the cells of every block the order in which the heads of a block are printed."""
    table = rows[0].form_row.table
    size = sum(column.group == table.columns[0].group for column in table.columns)
    places = [_place(heads, column) for column in table.columns[:size]]
    order = sorted(range(size), key=lambda n: places[n])
    if min(places) < 0 or order == list(range(size)) or len(table.columns) % size:
        return
    for row in rows:
        numbers = _numbers(row.cells)
        blocks = [numbers[at : at + size] for at in range(0, len(numbers), size)]
        behind = sum(sum(block[:-1]) == block[-1] for block in blocks)
        total = order.index(size - 1)
        said = sum(sum(block) == 2 * block[total] for block in blocks)
        if behind > said or [cell.column for cell in row.cells] != list(range(len(table.columns))):
            continue
        shifts = range(0, len(table.columns), size)
        _give(row.cells, table.columns, [shift + n for shift in shifts for n in order])


def _place(heads: str, column: Column) -> int:
    return min(
        filter(lambda at: at >= 0, (heads.find(letters(head)) for head in column.heads)), default=-1
    )


def _numbers(cells: Sequence[CellReading]) -> list[int]:
    """The numbers of a row; empty where one of them is not read."""
    numbers = [cell.value.number for cell in cells]
    return [int(number) for number in numbers if number is not None] if None not in numbers else []


def _give(cells: Sequence[CellReading], columns: Sequence[Column], order: Sequence[int]) -> None:
    for cell, column in zip(cells, order, strict=True):
        cell.column = column
        cell.head = columns[column].name
