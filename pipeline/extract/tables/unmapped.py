"""Rows that no form explains: kept as printed, under no indicator."""

from collections.abc import Iterator, Mapping, Sequence, Set

from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.match.form_matching import VALUE_BEHIND, stands_as_row
from pipeline.extract.tables.rows import RowReading
from pipeline.extract.tables.tokens import Layout, Slot
from pipeline.lexis.normalise import Letters, letters
from pipeline.lexis.units import is_unit
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Observation, Source, Status

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
    explained = {place for reading in readings for place in _rows_read(reading)}
    read = {id(reading.window.table) for reading in readings}
    used = {slot.start for reading in readings for slot in reading.slots}
    used |= {cell.slot.start for reading in readings for cell in reading.cells if cell.slot}
    number_of = {id(grid): number for number, grid in enumerate(grids, 1)}
    first = min([reading.label_start for reading in readings], default=0)
    last = max([reading.label_start for reading in readings], default=0)
    for table in tables:
        is_among = id(table) in read or first < table.place.start < last
        if not is_among and not _is_about_the_subject(table):
            continue
        is_read = id(table) in read
        rows = {
            row[0].row
            for row in table.rows()
            if (id(table), row[0].row) not in explained
            and (_has_label_and_value(row) or (is_read and _has_lost_its_label(row, used)))
        }
        if rows and (is_among or len(rows) >= _LEAST_ROWS):
            for row, heads in _headed_rows(table):
                if row[0].row in rows:
                    yield from _observations(text, number_of[id(table)], row, heads)


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


def _rows_read(reading: RowReading) -> Iterator[tuple[int, int | None]]:
    """The rows of grids that a reading explains: its label's, and all those of blocks turned."""
    yield id(reading.window.table), reading.window.row
    if reading.row.unlabelled:
        for cell in reading.cells:
            if cell.slot and cell.slot.cell:
                yield id(reading.window.table), cell.slot.cell.row


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


def _headed_rows(table: Table) -> Iterator[tuple[Sequence[Cell], dict[int, str]]]:
    """Rows, each with the last label above every column that it fills."""
    above: dict[int, str] = {}
    for row in table.rows():
        yield row, {cell.col: above[cell.col] for cell in row if cell.col in above}
        above.update((cell.col, "".join(cell.text.split())) for cell in row if _is_label(cell))


def _is_about_the_subject(table: Table) -> bool:
    printed = "".join(letters(cell.text) for cell in table.cells[:200])
    return any(word in printed for word in _SUBJECT)


def _has_label_and_value(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and any(_is_label(cell) for cell in row) and any(map(_is_value, row))


def _has_lost_its_label(row: Sequence[Cell], used: Set[int]) -> bool:
    """Whether a row has figures alone that no other row reads and that do not count columns."""
    if any(map(_is_label, row)):
        return False
    numbers = [read_value(cell.text).number for cell in row if _is_value(cell)]
    count_columns = numbers == list(range(1, len(numbers) + 1))
    return not (count_columns or any(cell.place.start in used for cell in row))


def _is_label(cell: Cell) -> bool:
    plain = letters(cell.text)
    return len(plain) > 1 and not is_unit(plain) and not _is_value(cell)


def _is_value(cell: Cell) -> bool:
    return read_value(cell.text).status in (Status.REPORTED, Status.MASKED)


def _observations(
    text: str, number: int, row: Sequence[Cell], heads: Mapping[int, str]
) -> Iterator[Observation]:
    labels = [cell for cell in row if _is_label(cell)]
    label = "".join("".join(cell.text.split()) for cell in labels)
    unit = next((cell.text.strip() for cell in row if is_unit(cell.text.strip())), None)
    for cell in row:
        if not _is_value(cell):
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
