"""Numbers that a narrow cell breaks over several lines: ``1,99`` above ``8``.

Two numbers may as well stand on two lines, so they are joined only where the sums of the row
bear it out.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.lexis.values import Value, read_value
from pipeline.model.observation import Status

_BROKEN = re.compile(r"\d[\d,.]*(?:\s*\n\s*[\d,.]+)+")
_UNREADABLE = Status.UNREADABLE
_ZERO = Decimal(0)


def join_broken(readings: Sequence[RowReading]) -> None:
    """Joins the broken numbers of rows whose parts then give their totals, in place.

    Args:
        readings: All rows of the report.
    """
    for reading in readings:
        unread = [cell for cell in reading.cells if cell.value.status is _UNREADABLE]
        joined = {id(cell): value for cell in unread if (value := _joined(cell))}
        if not joined or reading.form_row.table.is_open:
            continue
        for block in _blocks(reading):
            values = [joined.get(id(cell), cell.value) for cell in block]
            if _add_up(values):
                for cell in block:
                    cell.value = joined.get(id(cell), cell.value)
                    cell.is_reconstructed |= id(cell) in joined


def _joined(cell: CellReading) -> Value | None:
    """What a cell says if its lines are one number, None where they are none."""
    text = cell.slot.text.strip() if cell.slot else ""
    if cell.value.raw != text or not _BROKEN.fullmatch(text):
        return None
    value = read_value("".join(text.split()))
    return None if value.number is None else Value(text, value.status, value.number)


def _blocks(reading: RowReading) -> list[list[CellReading]]:
    """The cells of each group of columns, the last of which is the total of the others."""
    columns = reading.form_row.table.columns
    cells = sorted(
        [cell for cell in reading.cells if cell.column is not None],
        key=lambda cell: cell.column or 0,
    )
    groups = groupby(cells, key=lambda cell: columns[cell.column or 0].group)
    return [list(group) for _, group in groups]


def _add_up(values: Sequence[Value]) -> bool:
    *parts, total = values
    if not parts or total.number is None:
        return False
    readable = all(part.status is not _UNREADABLE for part in parts)
    return readable and sum([part.number or _ZERO for part in parts]) == total.number
