"""Rows that no form explains: kept as printed, under no indicator."""

from collections.abc import Iterator, Mapping, Sequence, Set

from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.match.form_matching import VALUE_BEHIND, stands_as_row
from pipeline.extract.tables.rows import RowReading
from pipeline.extract.tables.tokens import Layout, Slot
from pipeline.extract.tables.unused import headed_rows, is_label, is_number, unused_numbers
from pipeline.lexis.normalise import Letters, letters
from pipeline.lexis.units import is_unit
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Observation, Source

_SUBJECT = ("公开", "申请", "复议", "诉讼", "信息", "规范性文件", "行政许可")
_CONFIDENCE = 0.5
_LEAST_ROWS = 2
_SHORTEST_LABEL = 2


def unmapped_observations(
    text: str,
    tables: Sequence[Table],
    readings: Sequence[RowReading],
    grids: Sequence[Table],
) -> Iterator[Observation]:
    """Values in rows that belong to the subject but to no known form.

    Args:
        text: The document's text.
        tables: The tables of the report.
        readings: The rows that a form explains.
        grids: All tables of the document, to number them.

    Yields:
        Observations without an indicator, in reading order.
    """
    read = {id(reading.window.table) for reading in readings}
    number_of = {id(grid): number for number, grid in enumerate(grids, 1)}
    first = min([reading.label_start for reading in readings], default=0)
    last = max([reading.label_start for reading in readings], default=0)
    for table in tables:
        is_among = first < table.place.start < last
        if id(table) in read:
            left = {cell.place.start for cell in unused_numbers(table, readings)}
        elif is_among or _is_about_the_subject(table):
            rows = [row for row in table.rows() if _has_label_and_value(row)]
            is_own = is_among or len(rows) >= _LEAST_ROWS
            left = {cell.place.start for row in rows for cell in row if is_own and is_number(cell)}
        else:
            continue
        for row, heads in headed_rows(table) if left else ():
            if any(cell.place.start in left for cell in row):
                yield from _observations(text, number_of[id(table)], row, heads, left)


def unmapped_rows(
    text: str, tables: Sequence[tuple[int, Sequence[RowReading]]]
) -> Iterator[Observation]:
    """Values between the known rows of a table in running text, under labels of their own.

    Args:
        text: The document's text.
        tables: Number and rows of every table; what stands behind the last row is no part
            of it.

    Yields:
        Observations without an indicator, in reading order.
    """
    for table_no, table in tables:
        for row_no, reading in enumerate(table[:-1], 1):
            if reading.window.table is None:
                for words, values in _labelled_runs(reading.rest or _below_heading(reading)):
                    yield from _run_observations(text, words, values, (table_no, row_no))


def _below_heading(reading: RowReading) -> Sequence[Slot]:
    """What stands below the heads of a table before the first label that is known."""
    table = reading.form_row.table
    is_read_by_blocks = table.columns[0].group is not None
    if not reading.is_heading or table.is_open or is_read_by_blocks:
        return ()
    return reading.window.slots


def unmapped_labels(
    text: Letters, layout: Layout, strays: Sequence[Occurrence], rows: Sequence[RowReading]
) -> Iterator[Observation]:
    """Values behind labels of running text that the form has, but where none of its rows can be.

    Args:
        text: The letters of the report.
        layout: Its text and cells.
        strays: The labels.
        rows: The rows that a form explains.

    Yields:
        Observations without an indicator, in reading order.
    """
    read = {slot.start for row in rows for slot in row.window.slots}
    for stray in strays if rows else ():
        if not stands_as_row(stray, text, layout):
            continue
        start, end = text.offset(stray.start), text.offset(stray.end - 1) + 1
        behind = VALUE_BEHIND.match(layout.text, end)
        if behind is None or behind.start("value") in read:
            continue
        label = layout.text[start:end]
        value = read_value(behind["value"])
        yield Observation(
            indicator_id=None,
            section_path=label,
            label_raw=label,
            unit_raw=value.unit or behind["unit"],
            value_raw=value.raw,
            value=value.number,
            value_status=value.status,
            source=Source.TABLE,
            confidence=_CONFIDENCE,
            quote=layout.text[start : behind.end()],
            char_start=behind.start("value"),
            char_end=behind.end(),
        )


def _labelled_runs(slots: Sequence[Slot]) -> Iterator[tuple[list[Slot], list[Slot]]]:
    """Words, and the values behind them."""
    words: list[Slot] = []
    values: list[Slot] = []
    for slot in slots:
        if slot.is_word and values:
            yield words, values
            words, values = [], []
        if slot.is_word:
            words.append(slot)
        elif words:
            values.append(slot)
    if values:
        yield words, values


def _run_observations(
    text: str, words: Sequence[Slot], values: Sequence[Slot], place: tuple[int, int]
) -> Iterator[Observation]:
    label = "".join(slot.text for slot in words if not slot.is_unit)
    if len(letters(label)) < _SHORTEST_LABEL:
        return
    for number, slot in enumerate(values, 1):
        value = read_value(slot.text)
        yield Observation(
            indicator_id=None,
            section_path=label,
            label_raw=label,
            unit_raw=value.unit or next((word.text for word in words if word.is_unit), None),
            value_raw=value.raw,
            value=value.number,
            value_status=value.status,
            source=Source.TABLE,
            qualifier=value.qualifier,
            confidence=_CONFIDENCE,
            quote=text[words[0].start : values[-1].end],
            char_start=slot.start,
            char_end=slot.end,
            table_no=place[0],
            row_no=place[1],
            col_no=number,
        )


def _is_about_the_subject(table: Table) -> bool:
    printed = "".join(letters(cell.text) for cell in table.cells[:200])
    return any(word in printed for word in _SUBJECT)


def _has_label_and_value(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and any(is_label(cell) for cell in row) and any(map(is_number, row))


def _observations(
    text: str, number: int, row: Sequence[Cell], heads: Mapping[int, str], left: Set[int]
) -> Iterator[Observation]:
    labels = [cell for cell in row if is_label(cell)]
    label = "".join("".join(cell.text.split()) for cell in labels)
    unit = next((cell.text.strip() for cell in row if is_unit(cell.text.strip())), None)
    for cell in row:
        if cell.place.start not in left:
            continue
        value = read_value(cell.text)
        head = heads.get(cell.col)
        yield Observation(
            indicator_id=None,
            section_path=label,
            label_raw=" · ".join(filter(None, (label, head))),
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
