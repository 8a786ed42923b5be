"""Rows as read to observations."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.observation import Observation, Source, Status
from pipeline.extract.rows import CellReading, RowReading
from pipeline.forms.catalogue import indicators

_LONGEST_HEAD = 60
_UNIT_OF_HEAD = re.compile(r"单\s*位\s*[:：]?\s*(亿元|万元|元)")
_RECONSTRUCTED = 0.8
_OTHER_UNIT = 0.95
_UNKNOWN_MEANING = 0.5


def observations_of(
    reading: RowReading, text: str, path: Sequence[str], table_no: int, row_no: int
) -> Iterator[Observation]:
    """One observation for every value cell of a row; headings only where they print a number.

    Args:
        reading: The row as read.
        text: The document's text.
        path: Labels above the row, as printed.
        table_no: Number of the table in the document, from 1.
        row_no: Number of the row in it, from 1.
    """
    end = reading.end
    quote = text[reading.label_start : end].strip()
    for number, cell in enumerate(reading.cells, 1):
        if reading.is_heading and cell.value.number is None:
            continue
        label = _label(reading, cell)
        indicator_id = reading.indicator_of(cell)
        yield Observation(
            indicator_id=indicator_id,
            section_path=" > ".join(
                (label,) if reading.row.unlabelled else (*path, reading.label_raw)
            ),
            label_raw=label,
            unit_raw=cell.value.unit or reading.unit or _head_unit(reading, cell, text),
            value_raw=cell.value.raw,
            value=cell.value.number,
            value_status=Status.HEADER if reading.is_heading else cell.value.status,
            source=Source.RECONSTRUCTED if cell.is_reconstructed else Source.TABLE,
            qualifier=cell.value.qualifier,
            confidence=_confidence(reading, cell, indicator_id),
            year=cell.year,
            candidates=cell.candidates,
            quote=quote,
            char_start=cell.slot.start if cell.slot else reading.label_start,
            char_end=cell.slot.end if cell.slot else end,
            page=cell.slot.cell.place.page if cell.slot and cell.slot.cell else None,
            table_no=table_no,
            row_no=row_no,
            col_no=number,
        )


def _head_unit(reading: RowReading, cell: CellReading, text: str) -> str | None:
    """The unit that the column's head prints, or that the form prints there."""
    if cell.column is None:
        return None
    declared = reading.form_row.table.columns[cell.column].unit
    if declared is None:
        return None
    above = text[max(reading.label_start - _LONGEST_HEAD, 0) : reading.label_start]
    printed = _UNIT_OF_HEAD.findall(above)
    return printed[-1] if printed else declared


def _label(reading: RowReading, cell: CellReading) -> str:
    """The row's label, with the head of the column where it tells values of a row apart."""
    if reading.row.unlabelled:
        return cell.head
    if cell.head and len(reading.cells) > 1:
        return f"{reading.label_raw} · {cell.head}"
    return reading.label_raw


def _confidence(reading: RowReading, cell: CellReading, indicator_id: str | None) -> float:
    """Agreement of label, unit and position; identities have their say later."""
    confidence = reading.label_score
    indicator = indicators().get(indicator_id or "")
    unit = cell.value.unit or reading.unit
    if indicator is None:
        confidence *= _UNKNOWN_MEANING
    elif unit and unit != indicator.unit:
        confidence *= _OTHER_UNIT
    if cell.is_reconstructed:
        confidence *= _RECONSTRUCTED
    if cell.slot and cell.slot.cell:
        confidence *= cell.slot.cell.confidence
    return round(confidence, 3)
