"""Rows as read to observations."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.tables.decide import decided
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.forms.catalogue import indicators
from pipeline.lexis.traditional import simplified
from pipeline.model.observation import PATH_MARK, Observation, Scope, Status

_LONGEST_HEAD = 60
_UNKNOWN = Scope.UNKNOWN
_UNIT_OF_HEAD = re.compile(r"(?:单\s*位\s*[:：]?|金\s*额\s*[（(])\s*([亿万]?\s*元)")


def observations_of(
    reading: RowReading, text: str, path: Sequence[str], table_no: int, row_no: int
) -> Iterator[Observation]:
    """One observation for every value cell of a row; headings only where they print a number.

    ``path`` are the labels above it; a cell of a grid knows better than ``row_no`` where it is.
    """
    end, start = reading.end, reading.label_start
    is_heading, is_unlabelled = reading.row.is_heading, reading.row.unlabelled
    first = None if is_unlabelled or not reading.cells else reading.cells[0].token
    quote = text[min(start, first.start) if first else start : end].strip()
    row_path = PATH_MARK.join((*path, reading.label_raw))
    is_crowded = len(reading.cells) > 1
    is_open = reading.form_row.table.has_variable_columns
    ids = reading.indicators
    catalogue = indicators()
    for number, cell in enumerate(reading.cells, 1):
        token = cell.token
        if is_heading and cell.value.number is None:
            continue
        label = reading.label_raw
        if is_unlabelled:
            label = cell.head
        elif cell.head and is_crowded:
            label = f"{label} · {cell.head}"
        indicator_id = ids[cell.column] if ids and cell.column is not None else None
        indicator = catalogue.get(indicator_id or "")
        unit = cell.value.unit or reading.unit
        value, source, confidence, why = decided(reading, cell, indicator, unit)
        if not (unit or is_open or indicator is None) and indicator.is_money:
            unit = _head_unit(reading, cell, text)
        printed = token.cell if token else None
        # By place, not by name: names are looked up one by one, a tenth of all work on tables.
        yield Observation(
            indicator_id if indicator else None,
            label if is_unlabelled else row_path,
            label,
            unit or None,
            value.raw,
            value.number,
            Status.HEADER if is_heading else value.status,
            source,
            quote,
            token.start if token else start,
            token.end if token else end,
            value.qualifier,
            confidence,
            cell.year,
            _UNKNOWN,
            cell.candidates,
            printed.place.page if printed else None,
            table_no,
            printed.row + 1 if printed else row_no,
            printed.col + 1 if printed else number,
            why,
        )


def _head_unit(reading: RowReading, cell: CellReading, text: str) -> str | None:
    """The unit printed in the last head before a cell, None without one."""
    end = cell.token.start if cell.token else reading.label_start
    before = text[max(reading.label_start - _LONGEST_HEAD, 0) : end]
    printed = _UNIT_OF_HEAD.findall(simplified(before))
    return "".join(printed[-1].split()) if printed else None
