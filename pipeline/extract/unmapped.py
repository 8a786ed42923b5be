"""Rows that no form explains: kept as printed, under no indicator."""

from collections.abc import Iterator, Sequence

from pipeline.extract.folding import letters
from pipeline.extract.observation import Observation, Source, Status
from pipeline.extract.rows import RowReading
from pipeline.extract.values import UNITS, read_value
from pipeline.readers.document import Cell, Table

_SUBJECT = ("公开", "申请", "复议", "诉讼", "信息", "规范性文件", "行政许可")
_UNIT_WORDS = frozenset(UNITS.split("|"))
_CONFIDENCE = 0.5
_LEAST_ROWS = 2


def unmapped_observations(
    text: str, tables: Sequence[Table], readings: Sequence[RowReading]
) -> Iterator[Observation]:
    """Values in rows that belong to the subject but to no known form.

    Args:
        text: The document's text.
        tables: The tables of the report.
        readings: The rows that a form explains.

    Yields:
        Observations without an indicator, in reading order.
    """
    explained = {(id(reading.window.table), reading.window.row) for reading in readings}
    read = {id(reading.window.table) for reading in readings}
    for number, table in enumerate(tables, 1):
        if id(table) not in read and not _is_about_the_subject(table):
            continue
        rows = [
            row
            for row in table.rows()
            if (id(table), row[0].row) not in explained and _has_label_and_value(row)
        ]
        if id(table) in read or len(rows) >= _LEAST_ROWS:
            for row in rows:
                yield from _observations(text, table, number, row)


def _is_about_the_subject(table: Table) -> bool:
    printed = "".join(letters(cell.text) for cell in table.cells[:200])
    return any(word in printed for word in _SUBJECT)


def _has_label_and_value(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and any(_is_label(cell) for cell in row) and any(map(_is_value, row))


def _is_label(cell: Cell) -> bool:
    plain = letters(cell.text)
    return len(plain) > 1 and plain not in _UNIT_WORDS and not _is_value(cell)


def _is_value(cell: Cell) -> bool:
    return read_value(cell.text).status in (Status.REPORTED, Status.MASKED)


def _observations(
    text: str, table: Table, number: int, row: Sequence[Cell]
) -> Iterator[Observation]:
    heads = {
        cell.col: "".join(cell.text.split())
        for cell in table.cells
        if cell.row < row[0].row and _is_label(cell)
    }
    labels = [cell for cell in row if _is_label(cell)]
    label = "".join("".join(cell.text.split()) for cell in labels)
    unit = next((cell.text.strip() for cell in row if cell.text.strip() in _UNIT_WORDS), None)
    for cell in row:
        if not _is_value(cell):
            continue
        value = read_value(cell.text)
        head = heads.get(cell.col)
        yield Observation(
            indicator_id=None,
            section_path=label,
            label_raw=f"{label} · {head}" if head else label,
            unit_raw=value.unit or unit,
            value_raw=value.raw,
            value=value.number,
            value_status=value.status,
            source=Source.TABLE,
            qualifier=value.qualifier,
            confidence=_CONFIDENCE,
            quote=text[row[0].place.start : row[-1].place.end].strip(),
            char_start=cell.place.start,
            char_end=cell.place.end,
            page=cell.place.page,
            table_no=number,
            row_no=cell.row + 1,
            col_no=cell.col + 1,
        )
