"""Statistics tables to observations: rows aligned, read, and un-glued."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.alignment import Match
from pipeline.extract.columns import printed_columns
from pipeline.extract.folding import Letters, fold, letters
from pipeline.extract.labels import FormRow, IndexedForm
from pipeline.extract.observation import Observation
from pipeline.extract.observing import observations_of
from pipeline.extract.recognition import Recognition, recognise
from pipeline.extract.rows import PrintedColumn, RowReading, read_row
from pipeline.extract.slots import Layout, Window, without_numbering
from pipeline.extract.split import Part
from pipeline.extract.ungluing import unglue
from pipeline.extract.unmapped import unmapped_observations
from pipeline.forms.form import FormTable
from pipeline.readers.document import Document, Table

_LEAST_ROWS_IN_PROSE = 5
_LEAST_EVIDENCE = 2
_LONGEST_REST = 60
_LONGEST_NUMBER = 16
_LONGEST_RUN = 600
_LONGEST_FRAGMENT = 2
_NOTE = re.compile(r"\s*[（(]([^（）()]{2,60})[）)]")
_REST_OF_NOTE = re.compile(r"([^（）()]{1,40})[）)]")


@dataclass(frozen=True, slots=True)
class TableFindings:
    """What the tables of a report say.

    Attributes:
        template: Letter of the form, ``none`` where no table was recognised.
        observations: One a value cell, in reading order.
        taken: Ranges of offsets that the tables fill, so that prose is read without them.
        notices: What was doubted, a sentence each.
        head_years: Years that head the value columns.
    """

    template: str
    observations: tuple[Observation, ...]
    taken: tuple[tuple[int, int], ...]
    notices: tuple[str, ...]
    head_years: frozenset[int]


def observe_tables(document: Document, part: Part, year: int | None) -> TableFindings:
    """Reads the statistics tables of a report.

    Args:
        document: The document.
        part: The report in it.
        year: Year reported on, used only to tell forms apart that the print does not.

    Returns:
        The template and every value cell; template ``none`` where no form is recognised.
    """
    text = Letters(document.text, part.start, part.end)
    tables = [block for block in part.blocks if isinstance(block, Table)]
    layout = Layout(document.text, tables)
    recognition = recognise(text, layout, year)
    sections = [
        section
        for section in _sections(_Reader(document.text, text, layout, part, recognition).read())
        if _is_table(section)
    ]
    readings = [reading for section in sections for reading in section]
    notices = unglue(readings, recognition.form.form.form)
    observations = [
        *_observe(sections, document.text),
        *unmapped_observations(document.text, tables, readings),
    ]
    return TableFindings(
        template=recognition.form.form.form if readings else "none",
        observations=tuple(sorted(observations, key=lambda seen: seen.char_start)),
        taken=tuple(_taken(readings)),
        notices=notices,
        head_years=frozenset(
            column.year for reading in readings for column in reading.printed if column.year
        ),
    )


class _Reader:
    """Reads the rows of one report by one recognised form."""

    def __init__(
        self, text: str, own: Letters, layout: Layout, part: Part, recognition: Recognition
    ) -> None:
        self._text = text
        self._letters = own
        self._layout = layout
        self._part = part
        self._form: IndexedForm = recognition.form
        self._matches = recognition.matches
        self._matched_rows = {match.row for match in recognition.matches}
        self._borders = sorted(
            [match.occurrence.start for match in recognition.matches]
            + [stray.start for stray in recognition.strays]
        )
        self._columns: dict[tuple[str, int | None], tuple[PrintedColumn, ...]] = {}
        labels = (label for row in self._form.rows for label in row.labels)
        self._own_words = "".join([*labels, *self._form.heads])

    def read(self) -> Iterator[RowReading]:
        """Yields every row whose label was found, by position."""
        followers: list[Match | None] = [*self._matches[1:], None]
        for match, following in zip(self._matches, followers, strict=False):
            yield self._row(match, following)
            unlabelled = self._unlabelled(match, following)
            if unlabelled:
                yield unlabelled

    def _row(self, match: Match, following: Match | None) -> RowReading:
        form_row = self._form.rows[match.row]
        end = self._label_end(match, form_row)
        window = self._layout.window(
            end, self._border_behind(match), self._ordinal(following), whole_rows=False
        )
        return self._reading(match, form_row, end, window)

    def _unlabelled(self, match: Match, following: Match | None) -> RowReading | None:
        """The row below column heads, behind the last heading of its table."""
        form_row = self._form.rows[match.row]
        table = form_row.table
        row = next((row for row in table.rows if row.unlabelled), None)
        if row is None or not form_row.is_heading:
            return None
        if following and self._form.rows[following.row].table is table:
            return None
        end = self._text_end(match)
        behind = self._start(following) if following else self._part.end
        window = self._layout.window(end, min(behind, end + _LONGEST_RUN), None, whole_rows=True)
        reading = self._reading(match, form_row, end, window)
        reading.row = row
        reading.cells.clear()
        columns = tuple(
            PrintedColumn(column.name, n, column) for n, column in enumerate(table.columns)
        )
        read_row(reading, columns, self._is_explained(form_row))
        values = [slot for slot in window.slots if not slot.is_word and slot.text.strip()]
        if values:
            reading.label_start = reading.label_end = values[0].start
        return reading

    def _reading(self, match: Match, form_row: FormRow, end: int, window: Window) -> RowReading:
        start = self._start(match)
        row = form_row.row or form_row.table.rows[0].model_copy(
            update={"indicator": None, "cells": (), "label": form_row.table.heading}
        )
        reading = RowReading(
            form_row=form_row,
            row=row,
            label_raw="".join(self._text[start:end].split()),
            label_start=start,
            label_end=end,
            label_score=match.occurrence.score,
            window=window,
            printed=self._printed(form_row.table, window.table, start),
            is_ambiguous=self._is_ambiguous(match, form_row),
        )
        if form_row.table.is_open or not row.is_heading:
            read_row(reading, reading.printed, self._is_explained(form_row))
        return reading

    def _start(self, match: Match) -> int:
        """Offset of a label with its number, in its own cell or right before it."""
        label = self._letters.offset(match.occurrence.start)
        table = self._layout.table_at(label)
        earliest = max(label - _LONGEST_NUMBER, self._part.start)
        if table is not None:
            cell = self._layout.tables[table].cells[self._layout.cell_at(table, label)]
            earliest = max(earliest, cell.place.start)
        start, _ = without_numbering(self._text, earliest, label, self._ordinal(match))
        return label - len(self._text[start:label].lstrip())

    def _text_end(self, match: Match) -> int:
        return self._letters.offset(match.occurrence.end - 1) + 1

    def _label_end(self, match: Match, form_row: FormRow) -> int:
        """Offset behind a label and the note in brackets that belongs to it."""
        end = match.occurrence.end
        if form_row.note and self._letters.text.startswith(form_row.note, end):
            behind = self._letters.offset(end + len(form_row.note) - 1) + 1
            return behind + (self._text[behind : behind + 1] in ("）", ")"))
        offset = self._text_end(match)
        printed = fold(self._text[self._letters.offset(match.occurrence.start) : offset])
        pattern = _REST_OF_NOTE if printed.count("(") > printed.count(")") else _NOTE
        note = pattern.match(self._text, offset)
        if note and sum(char.isdigit() for char in note[1]) <= 1 <= len(letters(note[1])):
            return note.end()
        return offset

    def _border_behind(self, match: Match) -> int:
        """Offset of the next label of the form, known row or not."""
        behind = [border for border in self._borders if border >= match.occurrence.end]
        return self._letters.offset(behind[0]) if behind else self._part.end

    def _ordinal(self, match: Match | None) -> str | None:
        row = self._form.rows[match.row].row if match else None
        return row.number if row else None

    def _is_ambiguous(self, match: Match, form_row: FormRow) -> bool:
        """Whether the label recurs on the form and its heading does not tell which it is."""
        recurs = len(self._form.rows_of[match.occurrence.label]) > 1
        return recurs and form_row.parent is not None and form_row.parent not in self._matched_rows

    def _printed(
        self, table: FormTable, grid: Table | None, first: int
    ) -> tuple[PrintedColumn, ...]:
        key = (table.id, id(grid) if grid else None)
        if key not in self._columns:
            self._columns[key] = printed_columns(table, grid, self._text, first, self._part.start)
        return self._columns[key]

    def _is_explained(self, form_row: FormRow) -> "_Explained":
        return _Explained(self._form.heads, self._own_words, form_row)


@dataclass(frozen=True, slots=True)
class _Explained:
    """Whether a word belongs to the print of a row or to the heads of its table."""

    heads: tuple[str, ...]
    own_words: str
    form_row: FormRow

    def __call__(self, word: str) -> bool:
        plain = letters(word)
        return (
            not self._beside_heads(plain)
            or any(plain in label for label in (*self.form_row.labels, self.form_row.note))
            or (
                len(plain) <= 2 and (plain in self.own_words or any(plain in h for h in self.heads))
            )
        )

    def _beside_heads(self, plain: str) -> str:
        """What is left of a word when the column heads run together in it are taken out."""
        for head in self.heads:
            plain = plain.replace(head, "")
        return plain


def _sections(readings: Iterator[RowReading]) -> Iterator[list[RowReading]]:
    """Rows that stand together: a new table, or words between, part them."""
    section: list[RowReading] = []
    for reading in readings:
        if section and _parts(section[-1], reading):
            yield section
            section = []
        section.append(reading)
    if section:
        yield section


def _parts(before: RowReading, after: RowReading) -> bool:
    if before.window.table is not after.window.table:
        return True
    between = sum(len(letters(slot.text)) for slot in before.rest)
    return before.window.table is None and between > _LONGEST_REST


def _is_table(section: Sequence[RowReading]) -> bool:
    """Whether rows are those of a table, and not words of a sentence that look alike."""
    filled = sum(reading.has_values and not reading.is_heading for reading in section)
    headed = sum(
        reading.form_row.row is None or bool(reading.printed and reading.printed[0].col)
        for reading in section
    )
    if section[0].window.table is not None:
        return len(section) >= _LEAST_EVIDENCE or bool(filled)
    unlabelled = any(reading.row.unlabelled and reading.has_values for reading in section)
    return filled >= _LEAST_ROWS_IN_PROSE or bool(headed and filled) or unlabelled


def _observe(sections: Sequence[Sequence[RowReading]], text: str) -> Iterator[Observation]:
    """Observations of all rows, each under the labels of the headings above it."""
    for table_no, section in enumerate(sections, 1):
        labels: dict[int, RowReading] = {}
        for row_no, reading in enumerate(section, 1):
            labels[reading.form_row.index] = reading
            yield from observations_of(reading, text, _path(reading, labels), table_no, row_no)


def _taken(readings: Sequence[RowReading]) -> Iterator[tuple[int, int]]:
    """Stretches that rows fill, small gaps between them (heads, group labels) included."""
    start = end = -_LONGEST_REST
    for reading in readings:
        own = [slot.end for slot in reading.window.slots if slot not in reading.rest]
        behind = max([reading.label_end, *own])
        if reading.label_start > end + _LONGEST_REST:
            if start >= 0:
                yield start, end
            start = reading.label_start
        end = max(end, behind)
    if start >= 0:
        yield start, end


def _path(reading: RowReading, labels: dict[int, RowReading]) -> list[str]:
    path: list[str] = []
    parent = reading.form_row.parent
    while parent is not None and parent in labels:
        path.insert(0, labels[parent].label_raw)
        parent = labels[parent].form_row.parent
    return path
