"""Numbers that no reading took and rows that no form explains: kept, under no indicator."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise, takewhile

from pipeline.extract.column_headers import head_of, is_own_year
from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.match.form_matching import value_behind
from pipeline.extract.tables.rows import RowReading
from pipeline.extract.tables.tokens import Layout, Token
from pipeline.forms.indexed_form import heads_of_no_row
from pipeline.lexis.normalise import letters
from pipeline.lexis.units import is_unit
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Observation, Source, Status

_SUBJECT = re.compile("公开|申请|复议|诉讼|信息|规范性文件|行政许可")
_CONFIDENCE = 0.5
_LEAST_ROWS = 2
_SHORTEST_LABEL = 2
_LEAST_COUNTED = 4
_LARGEST_STEP = 10
_FIRST_CODE = 10
_NUMBERS = (Status.REPORTED, Status.MASKED)
# Every number has a digit, every hidden one a cross or a star.
_SIGN = re.compile(r"[\dxX×*＊]")


def unmapped_observations(
    text: str,
    tables: Sequence[Table],
    readings: Sequence[RowReading],
    number_of: Mapping[int, int],
) -> Iterator[Observation]:
    """Values of the report's tables in rows of its subject that no reading explains."""
    read = {id(reading.window.table) for reading in readings}
    first = min([reading.label_start for reading in readings], default=0)
    last = max([reading.label_start for reading in readings], default=0)
    for table in tables:
        is_among = first < table.place.start < last
        is_read = id(table) in read
        numbers = unused_numbers(table, readings) if is_read else _of_subject(table, is_among)
        left = {cell.place.start for cell in numbers}
        for row, heads in headed_rows(table) if left else ():
            if any(cell.place.start in left for cell in row):
                yield from _of_grid(text, number_of[id(table)], row, heads, left)


def _of_subject(table: Table, is_among: bool) -> Iterator[Cell]:
    """The numbers of a table of the report's subject that no row of a form is read from."""
    is_headed = any(head_of(cell.text) in heads_of_no_row() for cell in table.cells)
    if is_among or is_headed or any(_SUBJECT.search(letters(one.text)) for one in table.cells):
        labelled = (row for row in table.rows() if is_headed or any(map(is_label, row)))
        rows = [row for row in labelled if any(map(is_number, row))]
        if is_among or len(rows) >= _LEAST_ROWS:
            yield from (cell for row in rows for cell in row if is_number(cell))


def unmapped_rows(
    text: str, tables: Sequence[tuple[int, Sequence[RowReading]]]
) -> Iterator[Observation]:
    """Values between the known rows of numbered tables in running text, under their own labels.

    What stands behind the last row of a table is no part of it.
    """
    for table_no, table in tables:
        for row_no, reading in enumerate(table[:-1], 1):
            if reading.window.table is None:
                for words, values in _labelled_runs(reading.rest or _below_heading(reading)):
                    yield from _of_run(text, words, values, (table_no, row_no))


def _below_heading(reading: RowReading) -> Sequence[Token]:
    """What stands below the heads of a table before the first label that is known."""
    table = reading.form_row.table
    is_read_by_blocks = table.columns[0].group is not None
    if not reading.is_heading or table.has_variable_columns or is_read_by_blocks:
        return ()
    return reading.window.tokens


def unmapped_labels(
    layout: Layout, unaligned: Sequence[Occurrence], rows: Sequence[RowReading]
) -> Iterator[Observation]:
    """Values behind labels of running text that the form has, but where none of its rows can be."""
    read = {token.start for row in rows for token in row.window.tokens}
    for one in unaligned if rows else ():
        behind = value_behind(one, layout)
        if behind and behind.start("value") not in read:
            token = Token(behind["value"], behind.start("value"), behind.end())
            label = layout.text[one.place.start : one.place.end]
            quote = layout.text[one.place.start : token.end]
            yield _kept(token, (label, label), behind["unit"], quote)


def _labelled_runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Words, and the values behind them."""
    words: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if token.is_word and values:
            yield words, values
            words, values = [], []
        if token.is_word:
            words.append(token)
        elif words:
            values.append(token)
    if values:
        yield words, values


def _of_run(
    text: str, words: Sequence[Token], values: Sequence[Token], place: tuple[int, int]
) -> Iterator[Observation]:
    label = "".join(token.text for token in words if not token.is_unit)
    if len(letters(label)) < _SHORTEST_LABEL:
        return
    unit = next((word.text for word in words if word.is_unit), None)
    quote = text[words[0].start : values[-1].end]
    for number, token in enumerate(values, 1):
        yield _kept(token, (label, label), unit, quote, (*place, number))


def _of_grid(
    text: str, number: int, row: Sequence[Cell], heads: Mapping[int, str], left: Set[int]
) -> Iterator[Observation]:
    label = "".join("".join(cell.text.split()) for cell in row if is_label(cell))
    unit = next((cell.text.strip() for cell in row if is_unit(cell.text.strip())), None)
    quote = text[row[0].place.start : row[-1].place.end].strip()
    for cell in row:
        if cell.place.start in left:
            labels = (label, " · ".join(filter(None, (label, heads.get(cell.col)))))
            token = Token(cell.text, cell.place.start, cell.place.end, cell)
            yield _kept(token, labels, unit, quote, (number, cell.row + 1, cell.col + 1))


def _kept(
    token: Token,
    labels: tuple[str, str],
    unit: str | None,
    quote: str,
    place: tuple[int, int, int] | tuple[None, None, None] = (None, None, None),
) -> Observation:
    """A value under no indicator: its section and label, its table, row and column if any."""
    value = read_value(token.text)
    return Observation(
        indicator_id=None,
        section_path=labels[0],
        label_raw=labels[1],
        unit_raw=value.unit or unit,
        value_raw=value.raw,
        value=value.number,
        value_status=value.status,
        source=Source.TABLE,
        qualifier=value.qualifier,
        confidence=_CONFIDENCE,
        quote=quote,
        char_start=token.start,
        char_end=token.end,
        page=token.cell.place.page if token.cell else None,
        table_no=place[0],
        row_no=place[1],
        col_no=place[2],
    )


def is_number(cell: Cell) -> bool:
    """Whether a cell prints a number, or hides one."""
    return bool(_SIGN.search(cell.text)) and read_value(cell.text).status in _NUMBERS


def headed_rows(grid: Table) -> Iterator[tuple[Sequence[Cell], dict[int, str]]]:
    """Rows, each with the last label above every column that it fills."""
    above: dict[int, str] = {}
    for row in grid.rows():
        yield row, {cell.col: above[cell.col] for cell in row if cell.col in above}
        above.update((cell.col, "".join(cell.text.split())) for cell in row if is_label(cell))


def is_label(cell: Cell) -> bool:
    """Whether a cell prints words, so that it can be the label of cells beside or below it."""
    plain = letters(cell.text)
    is_word = len(plain) > 1 and not plain.isdecimal()
    return is_word and not is_unit(plain) and not is_number(cell)


def unused_numbers(grid: Table, readings: Sequence[RowReading]) -> Iterator[Cell]:
    """The numbers of a grid that were not read, those aside that count rows or columns.

    A merged cell that was taken apart prints its number in each of its parts.
    """
    own = [reading for reading in readings if reading.window.table is grid]
    used = {cell.token.start for reading in own for cell in reading.cells if cell.token}
    used |= {token.start for reading in own for token in reading.unsegmented}
    # Most grids are read whole: to look at each cell for what else it may be takes long.
    if not any(is_number(cell) for cell in grid.cells if cell.place.start not in used):
        return
    printed = (column for reading in own for column in reading.printed)
    codes = {column.col for column in printed if column.role == "code"}
    codes |= set(_columns_that_count(grid))
    is_headed = False
    for row, heads in headed_rows(grid):
        numbers = [cell for cell in row if is_number(cell)]
        left = [cell for cell in numbers if cell.place.start not in used and cell.col not in codes]
        counts = [read_value(cell.text).number for cell in numbers]
        are_counted = len(counts) > 1 and counts in [[*range(n, n + len(counts))] for n in (0, 1)]
        is_headed |= len(left) < len(numbers)
        if (
            left
            and not are_counted
            and (is_headed or not all(is_own_year(letters(cell.text)) for cell in left))
        ):
            yield from (cell for cell in left if not _is_repeated(cell, row, heads, used))


def _columns_that_count(grid: Table) -> Iterator[int]:
    """Columns before all labels whose numbers go up by little from row to row: codes of rows."""
    first_label = min([cell.col for cell in grid.cells if is_label(cell)], default=0)
    columns: dict[int, list[int]] = {}
    for cell in grid.cells:
        value = read_value(cell.text) if cell.text.strip().isdecimal() else None
        if value and value.number is not None and cell.col <= first_label:
            columns.setdefault(cell.col, []).append(int(value.number))
    for col, numbers in columns.items():
        steps = [behind - before for before, behind in pairwise(numbers)]
        is_low = len(numbers) >= _LEAST_COUNTED and numbers[0] <= _FIRST_CODE
        if is_low and all(0 < step <= _LARGEST_STEP for step in steps):
            yield col


def _is_repeated(cell: Cell, row: Sequence[Cell], heads: Mapping[int, str], used: Set[int]) -> bool:
    """Whether a number that was read stands beside the same one under the same head."""
    at, head = row.index(cell), heads.get(cell.col)

    def is_same(other: Cell) -> bool:
        return other.text == cell.text and heads.get(other.col) == head

    beside = (*takewhile(is_same, row[at + 1 :]), *takewhile(is_same, reversed(row[:at])))
    return head is not None and any(other.place.start in used for other in beside)
