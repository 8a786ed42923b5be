"""The rows of one report, read by its form: label, stretch behind it, columns, values."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from itertools import groupby

from pipeline.extract.identity.segmentation import Part
from pipeline.extract.tables.cell_lines import are_cells, with_blank_lines, with_cell_lines
from pipeline.extract.tables.column_headers import PrintedColumn, head_of
from pipeline.extract.tables.match.alignment import Match
from pipeline.extract.tables.match.form_matching import Recognition
from pipeline.extract.tables.propose.columns import printed_columns
from pipeline.extract.tables.rows import RowReading, read_row
from pipeline.extract.tables.tokens import Layout, Window
from pipeline.extract.tables.unlabelled_rows import (
    is_made_of,
    is_prose,
    row_below,
    without_blank_rows,
    years_apart,
)
from pipeline.forms.form import OF_ORGANISATIONS
from pipeline.forms.indexed_form import FormRow, IndexedForm
from pipeline.lexis.label_numbers import codes_before
from pipeline.lexis.letters import Letters
from pipeline.lexis.normalise import letters
from pipeline.lexis.traditional import simplified
from pipeline.lexis.units import unit_said
from pipeline.lexis.values import read_value
from pipeline.model.document import Cell, Locator, Table

_LONGEST_NUMBER = 16
_LONGEST_GAP = 16
_LOOK_BACK = 120
_CODES_FIRST = re.compile(
    r"(?:代码|序号|行号|编号|行次|编码)(?:统计指标|指标|项目|统计项目|内容|名称)"
)
_NOTE = re.compile(r"\s*[（(]([^（）()]{2,150})[）)]")
_REST_OF_NOTE = re.compile(r"([^（）()]{1,40})[）)]")
_NUMBER_APART = re.compile(r"(?<!\S)\d+(?!\S)")


class RowReader:
    """Reads the rows of one report by one recognised form."""

    def __init__(self, own: Letters, layout: Layout, part: Part, recognition: Recognition) -> None:
        """Prepares reading."""
        self._text = text = layout.text
        self._letters = own
        self._layout = layout
        self._part = part
        self._form: IndexedForm = recognition.form
        self._matches = recognition.matches
        self._matched_rows = {match.row for match in recognition.matches}
        self._borders = sorted(
            [match.occurrence.start for match in recognition.matches]
            + [label.start for label in recognition.unaligned]
        )
        # Where the letters of each label begin and end in the document.
        self._spans = {
            found.start: (own.offset(found.start), own.offset(found.end - 1) + 1)
            for _, found in recognition.matches
        }
        self._sharing = dict(self._labels_in_one_cell())
        self._over_others = frozenset(self._rows_over_others())
        self._heads: list[Match] = []
        self._starts = {one.occurrence.start: self._find_start(one) for one in self._matches}
        first = self._start(recognition.matches[0]) if recognition.matches else part.start
        head = letters(text[max(part.start, first - _LOOK_BACK) : first])
        is_said = _CODES_FIRST.search(head) is not None
        self._codes: dict[int, str | None] = {}
        for _, rows in groupby(self._matches, lambda match: self._form.rows[match.row].table.id):
            starts = [self._start(match) for match in rows]
            codes = codes_before(self._text, starts, is_said=is_said)
            self._codes.update(zip(starts, codes, strict=False))
        self._columns: dict[tuple[str, int | None], tuple[PrintedColumn, ...]] = {}

    def read(self) -> Iterator[RowReading]:
        """Yields every row whose label was found, by position."""
        followers: list[Match | None] = [*self._matches[1:], None]
        for match, following in zip(self._matches, followers, strict=False):
            yield self._row(match, following)
            yield from self._unlabelled(match, following)

    def _row(self, match: Match, following: Match | None) -> RowReading:
        form_row = self._form.rows[match.row]
        end = self._label_end(match, form_row)
        if match.row in self._over_others:
            window = Window((), end, end, self._layout.table_of(end - 1), None)
            return self._reading(match, form_row, end, window)
        sharing = self._sharing.get(match.occurrence.start)
        if sharing:
            window = self._layout.beside(end, *sharing)
            return self._reading(match, form_row, end, window)
        window = self._layout.window(
            end, self._border_behind(match), self._ordinal(following), whole_rows=False
        )
        if following and self._start(following) in self._codes:
            behind = self._start(following)
            window = window.without_code(self._codes[behind], behind)
        if following and self._shares_value(window, match, following):
            window = window._replace(is_run_into=True)
        if window.table is None and not (
            form_row.is_heading or form_row.table.has_variable_columns
        ):
            wanted = len(form_row.table.columns)
            window = with_blank_lines(self._text, window, wanted)
            if self._has_cell_lines:
                window = with_cell_lines(self._text, window, self._stretch(match), wanted)
        return self._reading(match, form_row, end, window)

    def _stretch(self, match: Match) -> Locator:
        return Locator(
            self._label_end(match, self._form.rows[match.row]), self._border_behind(match)
        )

    @cached_property
    def _has_cell_lines(self) -> bool:
        """Whether tables are printed a cell a line, blank cells as empty lines."""
        rows = [
            (self._form.rows[match.row], self._stretch(match))
            for match in self._matches
            if self._layout.table_at(self._spans[match.occurrence.start][0]) is None
        ]
        own = [one for one in rows if not (one[0].is_heading or one[0].table.has_variable_columns)]
        tables = groupby(own, lambda one: len(one[0].table.columns))
        return any(
            are_cells(self._text, [stretch for _, stretch in table], wanted)
            for wanted, table in tables
        )

    def _shares_value(self, window: Window, match: Match, following: Match) -> bool:
        """Whether a figure's cell reaches down to the row of the next label, and may be its own."""
        own = self._cell_of(match)
        if window.table is None or own is None or self._form.rows[following.row].is_heading:
            return False
        tall = [token.cell for token in window.tokens if token.cell and token.cell.rowspan > 1]
        if not tall or not any(read_value(cell.text).number is not None for cell in tall):
            return False
        below = self._cell_of(following)
        return (
            below in window.table.cells
            and below is not None
            and below.row >= own.rows.stop
            and any(cell.rows.stop > below.row for cell in tall)
        )

    def _labels_in_one_cell(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Labels of values that share a cell of several rows: which of how many each is."""
        labels = [match for match in self._matches if not self._form.rows[match.row].is_heading]
        for cell, sharing in groupby(labels, self._cell_of):
            if cell is None or cell.rowspan == 1:
                continue
            whole = [match for match in sharing if self._text_end(match) <= cell.place.end]
            starts = [match.occurrence.start for match in whole]
            if len(starts) > 1:
                yield from ((start, (n, len(starts))) for n, start in enumerate(starts))

    def _rows_over_others(self) -> Iterator[int]:
        """Rows whose cell spans those of rows that belong to them: these have the values."""
        inside: dict[int, list[Cell]] = {}
        for match in self._matches:
            form_row, cell = self._form.rows[match.row], self._cell_of(match)
            if form_row.parent is not None and cell and not form_row.table.has_variable_columns:
                inside.setdefault(form_row.parent, []).append(cell)
        for match in self._matches:
            others = inside.get(match.row)
            own = self._cell_of(match) if others else None
            has_values = not self._form.rows[match.row].is_heading
            if own and has_values and any(one is own or _is_over(own, one) for one in others or ()):
                yield match.row

    def _cell_of(self, match: Match) -> Cell | None:
        """The cell that a label begins in, None outside tables."""
        return self._layout.cell_of(self._spans[match.occurrence.start][0])

    def _unlabelled(self, match: Match, following: Match | None) -> Iterator[RowReading]:
        """The row below column heads, behind the last heading of its table; one for each year.

        Some reports set each block of the table as a row of its own, so that values
        stand behind every heading; they are read as one row.
        """
        form_row = self._form.rows[match.row]
        table = form_row.table
        row = self._form.unlabelled.get(table.id)
        if row is None or not form_row.is_heading:
            return
        self._heads.append(match)
        if (
            following
            and self._form.rows[following.row].table is table
            and not self._starts_again(match, following)
        ):
            return
        heads, self._heads = self._heads, []
        is_form_word = partial(is_made_of, self._form.alphabets[table.id])
        windows = [
            self._whole_rows(head, behind, is_form_word)
            for head, behind in zip(heads, [*heads[1:], following], strict=True)
        ]
        tokens = [
            token
            for window in windows
            if window is windows[-1] or not is_prose(window, is_form_word)
            for token in without_blank_rows(window.tokens, window.table)
        ]
        window = windows[-1]._replace(tokens=tuple(tokens))
        if window.table is None:
            window = self._with_blanks(window, len(table.columns), is_form_word)
        for year, own in years_apart(window):
            heading = self._reading(match, form_row, self._text_end(match), own)
            yield row_below(heading._replace(row=row), year, is_form_word)

    def _starts_again(self, match: Match, following: Match) -> bool:
        """Whether a heading stands behind a whole row of values: that of another copy."""
        between = self._text[self._text_end(self._heads[0]) : self._start(following)]
        columns = len(self._form.rows[match.row].table.columns)
        is_back = following.row < match.row
        return is_back and len(_NUMBER_APART.findall(between)) >= columns

    def _with_blanks(
        self, window: Window, wanted: int, is_form_word: Callable[[str], bool]
    ) -> Window:
        """Adds the blank cells of the row that stands before the first words of prose."""
        words = (token for token in window.tokens if token.is_word and not is_form_word(token.text))
        end = next((word.start for word in words), window.end)
        own = tuple(token for token in window.tokens if token.start < end)
        row = window._replace(tokens=own, end=end)
        whole = with_blank_lines(self._text, row, wanted)
        return window if whole is row else whole

    def _whole_rows(
        self, head: Match, behind: Match | None, is_form_word: Callable[[str], bool]
    ) -> Window:
        end = self._text_end(head)
        border = self._start(behind) if behind else self._part.end
        return self._layout.rows_below(end, border, is_form_word)

    def _reading(self, match: Match, form_row: FormRow, end: int, window: Window) -> RowReading:
        start = self._start(match)
        row = form_row.row or form_row.table.heading_row
        noted = self._text_end(match)
        recurs = len(self._form.rows_of[match.occurrence.label]) > 1
        is_headed = form_row.parent is None or form_row.parent in self._matched_rows
        reading = RowReading(
            form_row=form_row,
            row=row,
            label_raw="".join(self._text[start:end].split()),
            label_start=start,
            label_end=end,
            label_score=match.occurrence.score,
            window=window,
            printed=self._printed(form_row, window.table, start),
            is_ambiguous=recurs and not is_headed,
            unit=unit_said(self._text[noted:end]),
        )
        if form_row.table.has_variable_columns or not row.is_heading:
            is_form_word = partial(_is_word_of, self._form, form_row)
            return read_row(reading, reading.printed, is_form_word)
        return reading

    def _start(self, match: Match) -> int:
        """Offset of a label with its number, in its own cell or right before it."""
        return self._starts[match.occurrence.start]

    def _find_start(self, match: Match) -> int:
        label = self._spans[match.occurrence.start][0]
        cell = self._cell_of(match)
        earliest = max(label - _LONGEST_NUMBER, self._part.start)
        if cell is not None:
            earliest = max(earliest, cell.place.start)
        if earliest == label:
            return label
        cut = self._layout.without_number(earliest, label, self._ordinal(match))
        start = cut.value[1] if cut.value and not cut.is_doubtful else cut.end
        return label - len(self._text[start:label].lstrip())

    def _text_end(self, match: Match) -> int:
        return self._spans[match.occurrence.start][1]

    def _label_end(self, match: Match, form_row: FormRow) -> int:
        """Offset behind a label and the note in brackets that belongs to it."""
        end = match.occurrence.end
        if form_row.note and self._letters.text.startswith(form_row.note, end):
            behind = self._letters.offset(end + len(form_row.note) - 1) + 1
            return behind + (self._text[behind : behind + 1] in ("）", ")"))
        begin, offset = self._spans[match.occurrence.start]
        printed = self._text[begin:offset]
        behind_it = self._text[offset : offset + _LONGEST_GAP].lstrip()[:1]
        if behind_it and behind_it not in "（）()" and not ("(" in printed or "（" in printed):
            return offset
        opened = printed.count("(") + printed.count("（")
        closed = printed.count(")") + printed.count("）")
        if opened > closed and self._text[offset : offset + 1] in (")", "）"):
            return offset + 1
        pattern = _REST_OF_NOTE if opened > closed else _NOTE
        note = pattern.match(self._text, offset)
        return note.end() if note and _is_note(note[1]) else offset

    def _border_behind(self, match: Match) -> int:
        """Offset of the next label of the form, known row or not."""
        behind = bisect_left(self._borders, match.occurrence.end)
        if behind == len(self._borders):
            return self._part.end
        start = self._borders[behind]
        return self._spans[start][0] if start in self._spans else self._letters.offset(start)

    def _ordinal(self, match: Match | None) -> str | None:
        """The number that the form prints before a label; None where forms number freely."""
        row = self._form.rows[match.row].row if match else None
        if row and row.number:
            return row.number
        return "" if self._form.is_numbered else None

    def _printed(
        self, form_row: FormRow, grid: Table | None, first: int
    ) -> tuple[PrintedColumn, ...]:
        """The columns of the table a row stands in; a heading of a closed table has none."""
        table = form_row.table
        if form_row.is_heading and not table.has_variable_columns:
            return ()
        key = (table.id, id(grid) if grid else None)
        if key not in self._columns:
            self._columns[key] = printed_columns(table, grid, self._text, first, self._part.start)
        return self._columns[key]


def _is_over(own: Cell, other: Cell) -> bool:
    """Whether a cell spans rows or columns of another one beside or below it."""
    beside = own.rowspan > 1 and other.row < own.rows.stop and own.row < other.rows.stop
    return beside or (own.colspan > 1 and other.col in own.cols and other.row > own.row)


def _is_note(text: str) -> bool:
    """Whether brackets hold words; a number apart in them is a value they were wrapped around."""
    few_digits = sum(char.isdigit() for char in text) <= 1 <= len(letters(text))
    return few_digits and not _NUMBER_APART.search(text)


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
