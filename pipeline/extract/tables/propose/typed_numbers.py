"""Numbers as people type them, which a cell alone does not tell from something else.

``1 234`` may be two numbers, ``05`` two cells run together, ``5*`` a number with a digit
hidden, ``一`` a dash. Where the cell has its row's column to itself, the sums of the rows and
the other cells typed that way tell.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.lexis.normalise import fold
from pipeline.lexis.numerals import is_han, parse
from pipeline.lexis.values import NUMBER, Value, read_value
from pipeline.model.observation import Status

_UNREADABLE = Status.UNREADABLE
_ZERO = Decimal(0)
_PARTED = re.compile(r"[1-9]\d{0,2}(?:[ \xa0\u3000]\d{3})+")
_PADDED = re.compile(r"0\d{1,2}")
_BRACKETED = re.compile(rf"\(\s*({NUMBER})\s*\)")
_STARRED = re.compile(rf"({NUMBER})\s?\*")
_LONG_MINUS = re.compile(rf"[—―─]\s?({NUMBER})")
_HAN_OR_DASH = "一"
_CHANGE = "_change"
_TOTAL = "总计"
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to type a number.

    Attributes:
        read: The digits of a cell typed this way, None for any other.
        of_change: Whether it is one in columns of changes; None in both kinds.
        must_prove: Whether rows have to add up by it before any cell is read.
        fills_row: Whether a blank cell beside it makes it two numbers.
    """

    read: Callable[[str], str | None]
    of_change: bool | None = None
    must_prove: bool = False
    fills_row: bool = False


def _group(pattern: re.Pattern[str], sign: str = "") -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        match = pattern.fullmatch(text)
        return sign + match[1] if match else None

    return read


def _joined(text: str) -> str | None:
    return "".join(text.split()) if _PARTED.fullmatch(text) else None


def _unpadded(text: str) -> str | None:
    return str(int(text)) if _PADDED.fullmatch(text) else None


def _in_digits(text: str) -> str | None:
    return f"{parse(text):f}" if is_han(text) else None


_WAYS = (
    _Way(_joined, fills_row=True),
    _Way(_unpadded),
    _Way(_in_digits),
    _Way(_group(_BRACKETED), of_change=False),
    _Way(_group(_LONG_MINUS, "-"), of_change=True),
    _Way(_group(_STARRED), must_prove=True),
)


@dataclass(slots=True)
class _Typed:
    """A row with cells typed in one way, and what they then say."""

    reading: RowReading
    values: dict[int, Value]
    outcome: bool | None = None


def settle_typed(readings: Sequence[RowReading]) -> None:
    """Reads the cells whose way of typing the report bears out, in place.

    Args:
        readings: All rows of the report.
    """
    own = [reading for reading in readings if _has_own_cells(reading)]
    for way in _WAYS:
        rows = list(_typed(own, way))
        for row in rows:
            row.outcome = _adds_up(row)
        proved = sum(row.outcome is True for row in rows)
        must_prove = way.must_prove or _are_dashes(rows)
        is_borne_out = not must_prove or (
            proved >= _ENOUGH and not any(row.outcome is False for row in rows)
        )
        for row in rows:
            is_whole = not way.fills_row or _is_filled(row.reading)
            if row.outcome or (row.outcome is None and is_borne_out and is_whole):
                for cell in row.reading.cells:
                    cell.value = row.values.get(id(cell), cell.value)


def _has_own_cells(reading: RowReading) -> bool:
    """Whether every column of a row has a cell of a grid to itself."""
    if reading.glued or not any(cell.value.status is _UNREADABLE for cell in reading.cells):
        return False
    cells = [cell.slot and cell.slot.cell for cell in reading.cells]
    return None not in cells and len({id(cell) for cell in cells}) == len(cells)


def _typed(readings: Sequence[RowReading], way: _Way) -> Iterator[_Typed]:
    for reading in readings:
        values = {id(cell): value for cell in reading.cells if (value := _as(cell, way, reading))}
        if values:
            yield _Typed(reading, values)


def _as(cell: CellReading, way: _Way, reading: RowReading) -> Value | None:
    """What a cell says if it is typed in one way, None where it is not."""
    if cell.value.status is not _UNREADABLE or cell.slot is None:
        return None
    is_change = (reading.indicator_of(cell) or "").endswith(_CHANGE)
    if way.of_change is not None and way.of_change != is_change:
        return None
    written = way.read(fold(cell.slot.text.strip()))
    value = read_value(written) if written else None
    if value is None or value.number is None:
        return None
    return replace(value, raw=cell.value.raw)


def _are_dashes(rows: Sequence[_Typed]) -> bool:
    """Whether all that may be numerals may as well be dashes."""
    return all(value.raw == _HAN_OR_DASH for row in rows for value in row.values.values())


def _is_filled(reading: RowReading) -> bool:
    return all(cell.value.raw for cell in reading.cells)


def _adds_up(row: _Typed) -> bool | None:
    """Whether the totals of a row bear its cells out; None where they say nothing."""
    outcomes = []
    for block in _blocks(row.reading):
        values = [row.values.get(id(cell), cell.value) for cell in block]
        if any(id(cell) in row.values for cell in block):
            outcomes.append(_sum_holds(values))
    if False in outcomes:
        return False
    return True if outcomes and None not in outcomes else None


def _blocks(reading: RowReading) -> list[list[CellReading]]:
    """The cells of each group of columns whose last is the total of the others."""
    columns = reading.form_row.table.columns
    cells = sorted(
        [cell for cell in reading.cells if cell.column is not None],
        key=lambda cell: cell.column or 0,
    )
    groups = groupby(cells, key=lambda cell: columns[cell.column or 0].group)
    blocks = [list(group) for _, group in groups]
    return [one for one in blocks if columns[one[-1].column or 0].heads[0] == _TOTAL]


def _sum_holds(values: Sequence[Value]) -> bool | None:
    *parts, total = values
    if not parts or total.number is None or any(one.status is _UNREADABLE for one in parts):
        return None
    return sum([part.number or _ZERO for part in parts]) == total.number
