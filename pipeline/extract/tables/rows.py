"""The values of one row: tokens behind a label assigned to the form's columns."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct, structs

from pipeline.extract.column_headers import PrintedColumn
from pipeline.extract.tables.propose.column_assignment import assign, assign_by_head
from pipeline.extract.tables.tokens import IsFormWord, Token, Window
from pipeline.forms.arithmetic import Sums, sums_told
from pipeline.forms.form import Row
from pipeline.forms.indexed_form import FormRow
from pipeline.lexis.normalise import letters
from pipeline.lexis.units import UNITS, unit_said
from pipeline.lexis.values import Value, is_statement, read_value
from pipeline.model.observation import Status

_POINTS = "、.．"
_BEHIND_A_NUMBER = _POINTS + ")）"
# What makes another number of the digits it touches: a date, thousands, a letter typed for 0.
_GOES_ON = "年月日号%％千百kKoOlI+＋"
_AROUND_A_UNIT = "()（）[]【】:：,，、;；"
_CODE = re.compile(r"\d{1,2}")
# A note that goes on below fills its column up to the unit.
_RUN_INTO_UNIT = re.compile(rf"(.+?)({UNITS})")
_NOTHING = Value("", Status.BLANK)
# Ids of the ways in which a row gives its cells; decide.py names the proposers that follow.
_IN_CELLS, _IN_ORDER, _BY_HEAD = ("row.cells",), ("row.order",), ("row.heads",)


class CellReading(Struct, frozen=True):
    """What was read for one column of a row.

    Attributes:
        column: Index in the form's table; None for one the form does not know.
        token: Where it stands; None where the row ends before.
        head: The head as printed, for columns that the form does not know.
        candidates: Readings that remain possible where the value is not certain.
        is_reconstructed: Whether cell borders had to be worked out.
        year: The year that heads the column, where the table has columns of several.
        why: Ids of the proposers and identities that gave it.
    """

    column: int | None
    token: Token | None
    value: Value
    head: str = ""
    candidates: tuple[str, ...] = ()
    is_reconstructed: bool = False
    year: int | None = None
    why: tuple[str, ...] = ()


class RowReading(Struct, frozen=True):
    """A row as read: its label, the window behind it, and one reading for each column.

    Attributes:
        row: The row as declared; that of an unlabelled table where the label is its heading.
        label_start: Offset of the label with its number; it ends behind its note.
        label_score: How well the printed label agrees with the form's, 0 to 1.
        printed: The columns its table prints.
        unsegmented: Pieces whose borders do not tell the columns apart.
        doubtful: A number behind the tokens that may be theirs or the next label's.
        rest: Pieces behind the row that belong to no known label.
        is_ambiguous: Whether the label recurs on the form and its heading was not found.
        lacks_header: Whether its heads were not found, so that only sums tell what it is.
    """

    form_row: FormRow
    row: Row
    label_raw: str
    label_start: int
    label_end: int
    label_score: float
    window: Window
    printed: Sequence[PrintedColumn] = ()
    unit: str | None = None
    cells: tuple[CellReading, ...] = ()
    unsegmented: tuple[Token, ...] = ()
    doubtful: Token | None = None
    rest: tuple[Token, ...] = ()
    is_ambiguous: bool = False
    lacks_header: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens, without the rest behind them."""
        every = self.window.tokens
        return every[: len(every) - len(self.rest)] if self.rest else every

    @property
    def end(self) -> int:
        """Offset behind its last token."""
        own = self.tokens
        return max(self.label_end, own[-1].end) if own else self.label_end

    @property
    def place(self) -> tuple[str, int]:
        """Ids of the row's table on the form and of its grid in the document."""
        return self.form_row.table.id, id(self.window.table)

    @property
    def is_heading(self) -> bool:
        """Whether the form prints no value in this row."""
        return self.row.is_heading

    @property
    def has_values(self) -> bool:
        """Whether anything stands where values are expected."""
        return any(cell.value.raw for cell in self.cells)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators of the form's columns; none where the label is not surely known."""
        if self.is_heading or self.is_ambiguous:
            return ()
        return self.form_row.table.ids_of(self.row)

    @property
    def numbers(self) -> list[Decimal | None]:
        """Its numbers in the order of its indicators, None where one is not read."""
        read = {cell.column: cell.value.number for cell in self.cells}
        return [read.get(n) for n in range(len(self.indicators))]

    @property
    def sums(self) -> Sums:
        """The sums that the form declares between its cells."""
        return sums_told(self.indicators, self.numbers)

    @property
    def adds_up(self) -> bool:
        """Whether every number of it is read, and all sums hold that the form declares, if any."""
        return None not in self.numbers and self.sums.all_hold

    def in_order(self, order: Iterable[int | None]) -> "RowReading":
        """The row with its cells under the columns of an order, one each."""
        columns = self.form_row.table.columns
        cells = [
            structs.replace(cell, column=n, head=cell.head if n is None else columns[n].name)
            for cell, n in zip(self.cells, order, strict=True)
        ]
        return structs.replace(self, cells=tuple(cells))

    def indicator_of(self, cell: CellReading) -> str | None:
        """The indicator of a cell; None where label or column are not surely known."""
        indicators = self.indicators
        return indicators[cell.column] if indicators and cell.column is not None else None


def of_year(reading: RowReading, year: int | None) -> RowReading:
    """A row with its cells given the year that is printed beside it."""
    if year is None:
        return reading
    return structs.replace(
        reading, cells=tuple([structs.replace(cell, year=year) for cell in reading.cells])
    )


class _Behind(Struct, frozen=True):
    """The tokens behind a label: the row's values, their unit, and the rest.

    Doubtful is a number that may be the row's or the next label's; the last value may run into
    a number that is not its own.
    """

    tokens: tuple[Token, ...]
    unit: str | None = None
    rest: tuple[Token, ...] = ()
    doubtful: Token | None = None
    runs_on: bool = False


def read_row(reading: RowReading, is_form_word: IsFormWord) -> RowReading:
    """Reads a row's unit and cells from what stands behind its label, unsegmented ones apart."""
    is_open = reading.form_row.table.has_variable_columns
    columns = [column for column in reading.printed if column.role == "value"]
    found = _behind_label(reading, len(columns), is_form_word)
    unit = reading.unit if found.unit is None else found.unit or None
    if not (found.tokens or unit or is_open):
        # Figures behind words of the row's own cells are the row's, but whose of its columns?
        in_row = [one for one in found.rest if reading.window.has_in_row(one) and one.is_value]
        found = structs.replace(found, tokens=tuple(in_row), runs_on=bool(in_row))
    read = structs.replace(reading, unit=unit, doubtful=found.doubtful, rest=found.rest)
    return _with_cells(read, columns, found) if found.tokens or unit or is_open else read


def _with_cells(
    reading: RowReading, columns: Sequence[PrintedColumn], found: _Behind
) -> RowReading:
    """The row with its tokens assigned to columns; unreadable where that is not certain."""
    tokens, window = found.tokens, reading.window
    by_head = assign_by_head(reading.tokens, columns) if len(tokens) <= len(columns) else None
    assigned = by_head or assign(tokens, columns, is_table=window.table is not None)
    if assigned is not None and _stands_alone_beside(tokens, assigned, reading):
        assigned = None
    unclear = None
    if assigned is None or found.runs_on or window.is_run_into:
        unclear = Value(" ".join([token.text for token in tokens]), Status.UNREADABLE)
    dated = {column.column for column in columns if column.year}
    is_of_years = len({one.year for one in columns if one.column in dated}) > 1
    why = _BY_HEAD if by_head else _IN_CELLS if window.table else _IN_ORDER
    cells = [
        CellReading(
            column.column,
            token,
            unclear or (read_value(token.text) if token else _NOTHING),
            column.head,
            year=column.year if is_of_years else None,
            why=why,
        )
        for column, token in zip(columns, assigned or [None] * len(columns), strict=True)
    ]
    return structs.replace(
        reading, cells=tuple(cells), unsegmented=tokens if assigned is None else ()
    )


def _behind_label(reading: RowReading, wanted: int, is_form_word: IsFormWord) -> _Behind:
    """The row's values, separated from its unit, its code and the words behind it."""
    window = reading.window
    if reading.form_row.table.has_variable_columns:
        found = _take_unit(_up_to_words(reading, is_form_word), reading.printed)
    elif worded := _worded(reading, wanted, is_form_word):
        found = worded
    else:
        own = _up_to_words(reading, is_form_word)
        values = tuple([token for token in own.tokens if not token.is_word])
        found = structs.replace(own, tokens=values)
    return _settle_edge(window, found, wanted)


def _stands_alone_beside(
    tokens: Sequence[Token], assigned: Sequence[Token | None], reading: RowReading
) -> bool:
    """Whether a figure was left over where the row above it in the grid has no cell.

    Then a cell of the row stands there twice, and without a total nobody can tell which.
    """
    grid = reading.window.table
    has_total_first = not reading.form_row.table.columns[0].suffix
    if not grid or not 1 < len(assigned) < len(tokens) or not has_total_first:
        return False
    left = [one.cell for one in tokens if one.text.strip() and one not in assigned and one.cell]
    return any(grid.covering(cell.row - 1, cell.col) is None for cell in left)


def _worded(reading: RowReading, wanted: int, is_form_word: IsFormWord) -> _Behind | None:
    """The cells of a row that fills its columns, some of them with words: 见附件, 未制作规章.

    Words are no number, but the cells beside them keep theirs.
    """
    every = [
        token
        for token in reading.window.tokens
        for _ in range(token.cell.colspan if token.cell and token.is_word else 1)
    ]
    tokens, behind = every[:wanted], tuple(every[wanted:])
    words = [token for token in tokens if token.is_word]
    if len(tokens) < wanted or not words:
        return None
    in_row = all(map(reading.window.has_in_row, tokens))
    if in_row:
        is_whole = not any(token.text.strip() for token in behind)
        is_worded = not all(is_form_word(token.text) for token in words)
    else:
        is_whole = not any(token.text.strip() for token in behind[:1]) or behind[0].is_word
        is_worded = all(token.cell and is_statement(token.text) for token in words)
    if not (is_whole and is_worded):
        return None
    blank = next((n for n, token in enumerate(behind) if token.text.strip()), len(behind))
    own = tuple([structs.replace(token, is_word=False) for token in tokens])
    return _Behind(own, rest=behind[blank:])


def _up_to_words(reading: RowReading, is_form_word: IsFormWord) -> _Behind:
    """The row's tokens: all up to the first words that are not the form's own."""
    own: list[Token] = []
    units = {column.col for column in reading.printed if column.role == "unit"}
    note = reading.form_row.note
    word = ""
    for index, token in enumerate(reading.window.tokens):
        run = _RUN_INTO_UNIT.fullmatch(token.text) if note and token.is_word else None
        if run and not own and letters(run[1]) in note:
            own.append(structs.replace(token, text=run[2]))
            continue
        is_in_note = bool(note and letters(word)) and letters(word + token.text) in note
        word = token.text if is_in_note or token.is_word else ""
        if is_in_note:
            continue
        if token.is_word and not (
            token.is_unit
            or (token.cell and token.cell.col in units and reading.window.has_in_row(token))
            # Further down it is the head of what follows.
            or (not own and unit_said(token.text) is not None)
        ):
            touches = bool(own) and own[-1].end == token.start
            # In a grid 3. may number the row's own label, written below it in its cell.
            numbers = reading.window.table is None or letters(token.text)
            joins = _GOES_ON + _POINTS if numbers else _GOES_ON
            goes_on = touches and token.text[0] in joins
            if is_form_word(token.text) and not goes_on:
                continue
            return _Behind(tuple(own), rest=reading.window.tokens[index:])
        own.append(token)
    return _Behind(tuple(own))


def _settle_edge(window: Window, found: _Behind, wanted: int) -> _Behind:
    """Decides whether a number at the end of a row is its own or belongs to the words behind it.

    Those words may be a label the form does not know, with its number, or a sentence
    that begins with a year; where the next label is known, its number may touch it.
    """
    tokens = found.tokens
    behind = found.rest[0] if found.rest else None
    runs_on = False
    if behind and tokens and not tokens[-1].is_word:
        is_numbered = behind.text[0] in _BEHIND_A_NUMBER
        touches = tokens[-1].end == behind.start
        if (is_numbered or touches) and len(tokens) > wanted:
            cut = len(tokens) - 1
            while cut and tokens[cut - 1].end == tokens[cut].start:
                cut -= 1
            return structs.replace(found, tokens=tokens[:cut])
        runs_on = is_numbered or (touches and behind.text[0] in _GOES_ON)
    number = window.numbering
    if number and len(tokens) < wanted:
        if not window.is_doubtful:
            return structs.replace(found, tokens=(*tokens, number), runs_on=runs_on)
        return structs.replace(found, doubtful=number, runs_on=len(number.text) > 1)
    return structs.replace(found, runs_on=runs_on) if runs_on else found


def _take_unit(found: _Behind, printed: Sequence[PrintedColumn]) -> _Behind:
    """Separates unit and code from the values, by their form, then by their position."""
    roles = [column.role for column in printed]
    tokens = found.tokens
    unit = None
    units = [token for token in tokens if token.is_word]
    if units:
        # A narrow column breaks 万元 over two lines.
        unit = "".join(units[0].text.split()).strip(_AROUND_A_UNIT)
        unit = unit_said(unit) or unit
        tokens = tuple([token for token in tokens if not token.is_word])
        roles = [role for role in roles if role != "unit"]
    elif "unit" in roles and len(tokens) >= len(roles):
        placeholder = tokens[roles.index("unit")]
        if not any(map(str.isdigit, placeholder.text)):
            unit = placeholder.text.strip()
            tokens = tuple([token for token in tokens if token is not placeholder])
        roles = [role for role in roles if role != "unit"]
    if "code" in roles and tokens:
        code = tokens[roles.index("code") if len(tokens) >= len(roles) else 0]
        if len(tokens) >= len(roles) or _CODE.fullmatch(code.text):
            tokens = tuple([token for token in tokens if token is not code])
    return structs.replace(found, tokens=tokens, unit=unit)
