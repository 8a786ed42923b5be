"""The rows of one report, read by its form: label, stretch behind it, columns, values."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby, pairwise

from msgspec import Struct, structs

from pipeline.extract.column_headers import PrintedColumn, codes_first, head_of
from pipeline.extract.identity.segmentation import Part
from pipeline.extract.tables.cell_lines import are_cells, with_blank_lines, with_cell_lines
from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.match.form_matching import Recognition
from pipeline.extract.tables.propose.columns import printed_columns
from pipeline.extract.tables.rows import RowReading, read_row
from pipeline.extract.tables.tokens import Layout, Window
from pipeline.extract.tables.unlabelled_rows import is_made_of, row_below, values_below
from pipeline.forms.form import OF_ORGANISATIONS
from pipeline.forms.indexed_form import FormRow, IndexedForm
from pipeline.lexis.label_notes import NUMBER_APART, end_of_note
from pipeline.lexis.label_numbers import codes_before, without_numbering
from pipeline.lexis.letters import Letters
from pipeline.lexis.normalise import letters
from pipeline.lexis.traditional import simplified
from pipeline.lexis.units import unit_said
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Locator

_LONGEST_NUMBER = 16
_LOOK_BACK = 120


class _Label(Struct, frozen=True):
    """A label of the form as a report prints it.

    Attributes:
        form_row: The row that it was given to.
        found: What was found.
        start: Offset of the label with its number.
        end: Offset behind it and the note that belongs to it.
        border: Offset of the next label of the form, known row or not.
    """

    form_row: FormRow
    found: Occurrence
    start: int
    end: int
    border: int


class RowReader:
    """Reads the rows of one report by one recognised form."""

    def __init__(self, own: Letters, layout: Layout, part: Part, recognition: Recognition) -> None:
        self._text = layout.text
        self._letters = own
        self._layout = layout
        self._part = part
        self._form = recognition.form
        self._labels = list(self._labelled(recognition))
        self._followed = list(zip(self._labels, [*self._labels[1:], None], strict=False))
        self._given = {label.form_row.index for label in self._labels}
        self._over_others = frozenset(_rows_over_others(self._labels))
        self._sharing = dict(self._labels_in_one_cell())
        self._codes = self._codes_of_rows()
        self._columns = self._columns_of_tables()

    def read(self) -> Iterator[RowReading]:
        """Yields every row whose label was found, by position."""
        headings = dict(self._headings_over_values())
        for n, (label, following) in enumerate(self._followed):
            yield self._row(label, following)
            if n in headings:
                yield from self._unlabelled(headings[n], following)

    def _labelled(self, recognition: Recognition) -> Iterator[_Label]:
        """The labels matched to rows, each with its bounds and the start of the next label."""
        aligned = [match.occurrence for match in recognition.matches]
        borders = sorted(one.place.start for one in (*aligned, *recognition.unaligned))
        borders.append(self._part.end)
        for match in recognition.matches:
            form_row, found = self._form.rows[match.row], match.occurrence
            border = borders[bisect_left(borders, found.place.end, hi=len(borders) - 1)]
            start, end = self._start(found, form_row), self._end(found, form_row)
            yield _Label(form_row, found, start, end, border)

    def _codes_of_rows(self) -> dict[int, str | None]:
        """The code before every label of tables whose rows are counted, by where that starts."""
        first = self._labels[0].start if self._labels else self._part.start
        head = letters(self._text[max(self._part.start, first - _LOOK_BACK) : first])
        is_said = codes_first().search(head) is not None
        found: dict[int, str | None] = {}
        for _, labels in groupby(self._labels, lambda label: label.form_row.table.id):
            starts = [label.start for label in labels]
            codes = codes_before(self._text, starts, is_said=is_said)
            found.update(zip(starts, codes, strict=False))
        return found

    def _labels_in_one_cell(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Labels of values that share a cell: which of how many each is.

        A cell of one row may hold values behind each label as well, and then is running text.
        """
        own = (
            label
            for label in self._labels
            if not label.form_row.is_heading and label.form_row.index not in self._over_others
        )
        for cell, alike in groupby(own, lambda label: label.found.cell):
            if cell is None:
                continue
            sharing = [one for one in alike if one.found.place.end <= cell.place.end]
            between = (self._text[one.end : other.start] for one, other in pairwise(sharing))
            if len(sharing) > 1 and (cell.rowspan > 1 or not "".join(between).strip()):
                yield from ((one.found.start, (n, len(sharing))) for n, one in enumerate(sharing))

    def _columns_of_tables(self) -> dict[tuple[str, int], tuple[PrintedColumn, ...]]:
        """The columns that are printed above the first label of each table and grid."""
        found: dict[tuple[str, int], tuple[PrintedColumn, ...]] = {}
        for label in self._labels:
            table, grid = label.form_row.table, self._layout.table_of(label.end - 1)
            has_cells = table.has_variable_columns or not label.form_row.is_heading
            if has_cells and (table.id, id(grid)) not in found:
                columns = printed_columns(table, grid, self._text, label.start, self._part.start)
                found[table.id, id(grid)] = columns
        return found

    def _row(self, label: _Label, following: _Label | None) -> RowReading:
        if label.form_row.index in self._over_others:
            table = self._layout.table_of(label.end - 1)
            return self._reading(label, label.end, Window((), label.end, label.end, table, None))
        if sharing := self._sharing.get(label.found.start):
            return self._reading(label, label.end, self._layout.beside(label.end, *sharing))
        ordinal = self._ordinal(following.form_row if following else None)
        window = self._layout.window(label.end, label.border, ordinal, whole_rows=False)
        if following and following.start in self._codes:
            window = window.without_code(self._codes[following.start], following.start)
        if following and _shares_value(window, label, following):
            window = structs.replace(window, is_run_into=True)
        if window.table is None and _has_columns(label.form_row):
            wanted = len(label.form_row.table.columns)
            window = with_blank_lines(self._text, window, wanted)
            if self._has_cell_lines:
                window = with_cell_lines(self._text, window, _stretch(label), wanted)
        return self._reading(label, label.end, window)

    @cached_property
    def _has_cell_lines(self) -> bool:
        """Whether tables are printed a cell a line, blank cells as empty lines."""
        own = [one for one in self._labels if one.found.cell is None and _has_columns(one.form_row)]
        tables = groupby(own, lambda one: len(one.form_row.table.columns))
        return any(
            are_cells(self._text, [_stretch(label) for label in labels], wanted)
            for wanted, labels in tables
        )

    def _headings_over_values(self) -> Iterator[tuple[int, Sequence[_Label]]]:
        """The headings above every row without a label, by the index of the last of them.

        Some reports set each block of the table as a row of its own, so that values
        stand behind every heading; they are read as one row.
        """
        run: list[_Label] = []
        for n, (label, following) in enumerate(self._followed):
            form_row = label.form_row
            if form_row.is_heading and form_row.table.id in self._form.unlabelled:
                run.append(label)
                if following is None or self._ends(run, following):
                    yield n, run
                    run = []

    def _ends(self, run: Sequence[_Label], following: _Label) -> bool:
        """Whether a label is of another table, or of another copy, behind a row of values."""
        last = run[-1].form_row
        if following.form_row.table is not last.table:
            return True
        numbers = NUMBER_APART.findall(self._text[run[0].found.place.end : following.start])
        return following.form_row.index < last.index and len(numbers) >= len(last.table.columns)

    def _unlabelled(self, run: Sequence[_Label], following: _Label | None) -> Iterator[RowReading]:
        """The row below column heads, behind the last heading of its table; one for each year."""
        last, table = run[-1], run[-1].form_row.table
        is_form_word = partial(is_made_of, self._form.alphabets[table.id])
        borders = [
            *(head.start for head in run[1:]),
            following.start if following else self._part.end,
        ]
        below = [
            Locator(head.found.place.end, border) for head, border in zip(run, borders, strict=True)
        ]
        for year, window in values_below(self._layout, below, len(table.columns), is_form_word):
            heading = self._reading(last, last.found.place.end, window)
            own = structs.replace(heading, row=self._form.unlabelled[table.id])
            yield row_below(own, year, is_form_word)

    def _reading(self, label: _Label, end: int, window: Window) -> RowReading:
        form_row, found = label.form_row, label.found
        row = form_row.row or form_row.table.heading_row
        recurs = len(self._form.rows_of[found.label]) > 1
        is_headed = form_row.parent is None or form_row.parent in self._given
        has_cells = form_row.table.has_variable_columns or not form_row.is_heading
        printed = self._columns.get((form_row.table.id, id(window.table)), ()) if has_cells else ()
        reading = RowReading(
            form_row=form_row,
            row=row,
            label_raw="".join(self._text[label.start : end].split()),
            label_start=label.start,
            label_end=end,
            label_score=found.score,
            window=window,
            printed=printed,
            is_ambiguous=recurs and not is_headed,
            unit=unit_said(self._text[found.place.end : end]),
        )
        if not has_cells:
            return reading
        return read_row(reading, partial(_is_word_of, self._form, form_row))

    def _start(self, found: Occurrence, form_row: FormRow) -> int:
        """Offset of a label with its number, in its own cell or right before it."""
        label = found.place.start
        earliest = max(label - _LONGEST_NUMBER, self._part.start)
        if found.cell is not None:
            earliest = max(earliest, found.cell.place.start)
        cut = without_numbering(self._text, earliest, label, self._ordinal(form_row))
        start = cut.value[1] if cut.value and not cut.is_doubtful else cut.end
        return label - len(self._text[start:label].lstrip())

    def _end(self, found: Occurrence, form_row: FormRow) -> int:
        """Offset behind a label and the note in brackets that belongs to it."""
        if form_row.note and self._letters.text.startswith(form_row.note, found.end):
            behind = self._letters.offset(found.end + len(form_row.note) - 1) + 1
            return behind + (self._text[behind : behind + 1] in ("）", ")"))
        return end_of_note(self._text, found.place.start, found.place.end)

    def _ordinal(self, form_row: FormRow | None) -> str | None:
        """The number that the form prints before a label; None where forms number freely."""
        if form_row and form_row.row and form_row.row.number:
            return form_row.row.number
        return "" if self._form.is_numbered else None


def _has_columns(form_row: FormRow) -> bool:
    """Whether values of a row stand under the form's own columns."""
    return not (form_row.is_heading or form_row.table.has_variable_columns)


def _stretch(label: _Label) -> Locator:
    return Locator(label.end, label.border)


def _shares_value(window: Window, label: _Label, following: _Label) -> bool:
    """Whether a figure's cell reaches down to the row of the next label, and may be its own."""
    own, below = label.found.cell, following.found.cell
    if window.table is None or own is None or below is None or following.form_row.is_heading:
        return False
    tall = [token.cell for token in window.tokens if token.cell and token.cell.rowspan > 1]
    return (
        any(read_value(cell.text).number is not None for cell in tall)
        and below in window.table.cells
        and below.row >= own.rows.stop
        and any(cell.rows.stop > below.row for cell in tall)
    )


def _rows_over_others(labels: Sequence[_Label]) -> Iterator[int]:
    """Rows whose cell spans the rows that belong to them: the values stand in these."""
    inside: dict[int, list[Cell]] = {}
    for label in labels:
        form_row, cell = label.form_row, label.found.cell
        if form_row.parent is not None and cell and not form_row.table.has_variable_columns:
            inside.setdefault(form_row.parent, []).append(cell)
    for label in labels:
        form_row, own = label.form_row, label.found.cell
        others = inside.get(form_row.index, ())
        if own and not form_row.is_heading and any(_is_over(own, one) for one in others):
            yield form_row.index


def _is_over(own: Cell, other: Cell) -> bool:
    """Whether a cell is another, spans the rows of one beside it or the columns of one below."""
    beside = own.rowspan > 1 and other.row < own.rows.stop and own.row < other.rows.stop
    below = own.colspan > 1 and other.col in own.cols and other.row > own.row
    return own is other or beside or below


def _is_word_of(form: IndexedForm, form_row: FormRow, word: str) -> bool:
    """Whether a word belongs to the print of a row or to the heads of its table."""
    plain = beside = simplified(head_of(word))
    for head in (OF_ORGANISATIONS, *form.heads):
        beside = beside.replace(head, "")
    return (
        not beside
        or any(plain in label for label in (*form_row.labels, form_row.note))
        or (len(plain) <= 2 and (plain in form.words or any(plain in h for h in form.heads)))
    )
