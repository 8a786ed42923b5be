"""The values of one row: pieces behind a label dealt out to the form's columns."""

import re
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.tables.column_headers import PrintedColumn
from pipeline.extract.tables.propose.column_assignment import deal, deal_by_head
from pipeline.extract.tables.tokens import Slot, Window
from pipeline.forms.form import Row
from pipeline.forms.indexed_form import FormRow
from pipeline.lexis.normalise import letters
from pipeline.lexis.units import unit_said
from pipeline.lexis.values import Value, is_statement, read_value
from pipeline.model.observation import Status

_BEHIND_A_NUMBER = "、.．)）"
# What makes another number of the digits it touches: a date, thousands, a letter typed for 0.
_GOES_ON = "年月日号%％千百kKoOlI+＋"
_AROUND_A_UNIT = "()（）[]【】:：,，、;；"
_CODE = re.compile(r"\d{1,2}")
_IS_WORD = attrgetter("is_word")
_NOTHING = Value("", Status.BLANK)
# Ids of the ways in which a row gives its cells; decide.py names the proposers that follow.
_IN_CELLS, _IN_ORDER, _BY_HEAD = ("row.cells",), ("row.order",), ("row.heads",)


class CellReading(NamedTuple):
    """What was read for one column of a row.

    Attributes:
        column: Index in the form's table; None for one the form does not know.
        slot: Where it stands; None where the row ends before.
        head: The head as printed, for columns that the form does not know.
        candidates: Readings that remain possible where the value is not certain.
        is_reconstructed: Whether cell borders had to be worked out.
        year: The year that heads the column, where the table has columns of several.
        why: Ids of the proposers and identities that gave it.
    """

    column: int | None
    slot: Slot | None
    value: Value
    head: str = ""
    candidates: tuple[str, ...] = ()
    is_reconstructed: bool = False
    year: int | None = None
    why: tuple[str, ...] = ()


class RowReading(NamedTuple):
    """A row as read: its label, what stands behind that, and one reading a column.

    Attributes:
        row: The row as declared; that of an unlabelled table where the label is its heading.
        label_start: Offset of the label with its number; it ends behind its note.
        label_score: How well the printed label agrees with the form's, 0 to 1.
        printed: The columns its table prints.
        glued: Pieces whose borders do not tell the columns apart.
        doubtful: A number behind the pieces that may be theirs or the next label's.
        rest: Pieces behind the row that belong to no known label.
        is_ambiguous: Whether the label recurs on the form and its heading was not found.
        runs_on: Whether the last value runs into the number of a label that was not found.
        is_headless: Whether its heads were not found, so that only sums tell what it is.
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
    glued: tuple[Slot, ...] = ()
    doubtful: Slot | None = None
    rest: tuple[Slot, ...] = ()
    is_ambiguous: bool = False
    runs_on: bool = False
    is_headless: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its pieces, without the rest behind them."""
        return self.window.slots[: len(self.window.slots) - len(self.rest)]

    @property
    def end(self) -> int:
        """Offset behind its last piece."""
        own = len(self.window.slots) - len(self.rest)
        return max(self.label_end, self.window.slots[own - 1].end) if own else self.label_end

    @property
    def place(self) -> tuple[str, int]:
        """What its table on the form and its grid in the document are told apart by."""
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

    def indicator_of(self, cell: CellReading) -> str | None:
        """The indicator of a cell; None where label or column are not surely known."""
        indicators = self.indicators
        return indicators[cell.column] if indicators and cell.column is not None else None


def of_year(reading: RowReading, year: int | None) -> RowReading:
    """A row whose cells are about a year that is printed beside it."""
    if year is None:
        return reading
    return reading._replace(cells=tuple([cell._replace(year=year) for cell in reading.cells]))


class _Pieces(NamedTuple):
    """What stands behind a label: its values, their unit, and what is no part of the row.

    Doubtful is a number that may be the row's or the next label's; the last value may run into
    a number that is not its own.
    """

    slots: tuple[Slot, ...]
    unit: str | None = None
    rest: tuple[Slot, ...] = ()
    doubtful: Slot | None = None
    runs_on: bool = False


def read_row(
    reading: RowReading,
    printed: Sequence[PrintedColumn],
    explained: Callable[[str], bool],
) -> RowReading:
    """Reads a row's unit and cells from what stands behind its label, glued pieces apart."""
    columns = list(printed)
    is_open = reading.form_row.table.is_open
    if is_open:
        columns = [column for column in printed if column.is_value]
    pieces = _pieces(reading, printed, len(columns), explained)
    slots, window, runs_on = pieces.slots, reading.window, pieces.runs_on
    unit = reading.unit if pieces.unit is None else pieces.unit or None
    if not slots and not unit and not is_open:
        # Figures behind words of the row's own cells are the row's, but whose of its columns?
        slots = tuple([slot for slot in pieces.rest if window.has_in_row(slot) and slot.is_value])
        runs_on = bool(slots)
    cells: list[CellReading] = []
    glued: tuple[Slot, ...] = ()
    if slots or unit or is_open:
        own = window.slots[: len(window.slots) - len(pieces.rest)]
        by_head = deal_by_head(own, columns) if len(slots) <= len(columns) else None
        dealt = by_head or deal(slots, columns, is_table=window.table is not None)
        if dealt is None or _stands_alone_beside(slots, dealt, reading):
            glued = slots
            dealt = [None] * len(columns)
        is_unclear = bool(glued) or runs_on or window.is_run_into
        dated = {column.column for column in columns if column.year}
        is_of_years = dated and len({one.year for one in columns if one.column in dated}) > 1
        why = _BY_HEAD if by_head else _IN_CELLS if window.table else _IN_ORDER
        unclear = _unreadable(slots) if is_unclear else None
        for column, slot in zip(columns, dealt, strict=True):
            value = unclear or (read_value(slot.text) if slot else _NOTHING)
            year = column.year if is_of_years else None
            cells.append(CellReading(column.column, slot, value, column.head, (), False, year, why))
    # By position: every row of every table comes through here.
    return RowReading(
        *reading[:8],
        unit,
        tuple(cells),
        glued,
        pieces.doubtful,
        pieces.rest,
        reading.is_ambiguous,
        runs_on,
        reading.is_headless,
    )


def _pieces(
    reading: RowReading,
    printed: Sequence[PrintedColumn],
    wanted: int,
    explained: Callable[[str], bool],
) -> _Pieces:
    """The row's values told from its unit, its code and what stands behind it."""
    window = reading.window
    if reading.form_row.table.is_open:
        pieces = _take_unit(_own_pieces(reading, explained), printed)
    elif not any(map(_IS_WORD, window.slots)):
        pieces = _Pieces(window.slots)
    elif worded := _worded(reading, wanted, explained):
        pieces = worded
    else:
        own = _own_pieces(reading, explained)
        values = tuple([slot for slot in own.slots if not slot.is_word])
        pieces = own._replace(slots=values)
    return _settle_edge(window, pieces, wanted)


def _unreadable(slots: Sequence[Slot]) -> Value:
    """What a cell says whose piece cannot be told from those beside it."""
    return Value(" ".join([slot.text for slot in slots]), Status.UNREADABLE)


def _stands_alone_beside(
    slots: Sequence[Slot], dealt: Sequence[Slot | None], reading: RowReading
) -> bool:
    """Whether a figure was left over where the row above it in the grid has no cell.

    Then a cell of the row stands there twice, and without a total nobody can tell which.
    """
    if len(slots) <= len(dealt) or len(dealt) == 1 or not reading.window.table:
        return False
    if reading.form_row.table.columns[0].suffix:
        return False
    left = [slot.cell for slot in slots if slot.text.strip() and slot not in dealt and slot.cell]
    return any(
        not any(
            other.row < cell.row <= other.rows.stop and cell.col in other.cols
            for other in reading.window.table.cells
        )
        for cell in left
    )


def _worded(reading: RowReading, wanted: int, explained: Callable[[str], bool]) -> _Pieces | None:
    """The cells of a row that fills its columns, some of them with words: 见附件, 未制作规章.

    Words are no number, but the cells beside them keep theirs.
    """
    every = [
        slot
        for slot in reading.window.slots
        for _ in range(slot.cell.colspan if slot.cell and slot.is_word else 1)
    ]
    slots, behind = every[:wanted], tuple(every[wanted:])
    words = [slot for slot in slots if slot.is_word]
    if len(slots) < wanted or not words:
        return None
    in_row = all(map(reading.window.has_in_row, slots))
    if in_row:
        is_whole = not any(slot.text.strip() for slot in behind)
        is_worded = not all(explained(slot.text) for slot in words)
    else:
        is_whole = not any(slot.text.strip() for slot in behind[:1]) or behind[0].is_word
        is_worded = all(slot.cell and is_statement(slot.text) for slot in words)
    if not (is_whole and is_worded):
        return None
    blank = next((n for n, slot in enumerate(behind) if slot.text.strip()), len(behind))
    own = tuple([slot._replace(is_word=False) for slot in slots])
    return _Pieces(own, rest=behind[blank:])


def _own_pieces(reading: RowReading, explained: Callable[[str], bool]) -> _Pieces:
    """The row's pieces: all up to the first words that are not the form's own."""
    if not any(map(_IS_WORD, reading.window.slots)):
        return _Pieces(reading.window.slots)
    own: list[Slot] = []
    units = {
        column.col
        for column in reading.printed
        if column.declared and column.declared.role == "unit"
    }
    note = reading.form_row.note
    word = ""
    for index, slot in enumerate(reading.window.slots):
        is_in_note = bool(note and letters(word)) and letters(word + slot.text) in note
        word = slot.text if is_in_note or slot.is_word else ""
        if is_in_note:
            continue
        is_below = slot.cell and slot.cell.col in units and reading.window.has_in_row(slot)
        # Further down it is the head of what follows.
        is_said = not own and unit_said(slot.text) is not None
        if slot.is_word and not (slot.is_unit or is_below or is_said):
            goes_on = bool(own) and own[-1].end == slot.start and slot.text[0] in _GOES_ON
            if explained(slot.text) and not goes_on:
                continue
            return _Pieces(tuple(own), rest=reading.window.slots[index:])
        own.append(slot)
    return _Pieces(tuple(own))


def _settle_edge(window: Window, pieces: _Pieces, wanted: int) -> _Pieces:
    """Tells whose the number is that stands between the row and the words behind it.

    Those words may be a label the form does not know, with its number, or a sentence
    that begins with a year; where the next label is known, its number may touch it.
    """
    slots = pieces.slots
    behind = pieces.rest[0] if pieces.rest else None
    runs_on = False
    if behind and slots and not slots[-1].is_word:
        is_numbered = behind.text[0] in _BEHIND_A_NUMBER
        touches = slots[-1].end == behind.start
        if (is_numbered or touches) and len(slots) > wanted:
            cut = len(slots) - 1
            while cut and slots[cut - 1].end == slots[cut].start:
                cut -= 1
            return pieces._replace(slots=slots[:cut])
        runs_on = is_numbered or (touches and behind.text[0] in _GOES_ON)
    number = window.numbering
    if number and len(slots) < wanted:
        if not window.is_doubtful:
            return pieces._replace(slots=(*slots, number), runs_on=runs_on)
        return pieces._replace(doubtful=number, runs_on=len(number.text) > 1)
    return pieces._replace(runs_on=runs_on) if runs_on else pieces


def _take_unit(pieces: _Pieces, printed: Sequence[PrintedColumn]) -> _Pieces:
    """Parts unit and code from the values, by what they are, then by where they stand."""
    roles = [column.declared.role if column.declared else "value" for column in printed]
    slots = pieces.slots
    unit = None
    units = [slot for slot in slots if slot.is_word]
    if units:
        # A narrow column breaks 万元 over two lines.
        unit = "".join(units[0].text.split()).strip(_AROUND_A_UNIT)
        unit = unit_said(unit) or unit
        slots = tuple([slot for slot in slots if not slot.is_word])
        roles = [role for role in roles if role != "unit"]
    elif "unit" in roles and len(slots) >= len(roles):
        placeholder = slots[roles.index("unit")]
        if not any(map(str.isdigit, placeholder.text)):
            unit = placeholder.text.strip()
            slots = tuple([slot for slot in slots if slot is not placeholder])
        roles = [role for role in roles if role != "unit"]
    if "code" in roles and slots:
        code = slots[roles.index("code") if len(slots) >= len(roles) else 0]
        if len(slots) >= len(roles) or _CODE.fullmatch(code.text):
            slots = tuple([slot for slot in slots if slot is not code])
    return pieces._replace(slots=slots, unit=unit)
