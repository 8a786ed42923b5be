"""The forms' labels, and where they stand in a text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import ahocorasick

from pipeline.extract.tables.match.alignment import Occurrence, without_contained
from pipeline.forms.form import Column, Form, FormTable, Row, forms
from pipeline.lexis.normalise import Letters, letters
from pipeline.lexis.numbering import ORDINALS
from pipeline.lexis.units import UNITS

_UNIT_AHEAD = re.compile(rf"(?:{UNITS})(?:\d|无|$)")
_LABEL_WEIGHT = 12


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form and the table it belongs to, by its place in the order of all.

    The row is None for the heading of a table; the parent is the index of the heading above it.
    Labels and the note in brackets behind them are told by their letters.
    """

    index: int
    table: FormTable
    row: Row | None
    parent: int | None
    labels: tuple[str, ...]
    note: str

    @property
    def is_heading(self) -> bool:
        """Whether the form prints no value here."""
        return self.row is None or self.row.is_heading


class IndexedForm:
    """A form laid out for alignment: headings and labelled rows of all tables in printed order.

    Rows are found by the letters of their labels, those without one by the id of their table.
    """

    def __init__(self, form: Form) -> None:
        """Indexes a form."""
        self.form = form
        self.rows: list[FormRow] = []
        for table in form.tables:
            self._add_table(table)
        self.unlabelled = {
            table.id: row for table in form.tables for row in table.rows if row.unlabelled
        }
        self.rows_of: dict[str, list[int]] = {}
        for row in self.rows:
            for label in row.labels:
                self.rows_of.setdefault(label, []).append(row.index)

    def _add_table(self, table: FormTable) -> None:
        if table.heading:
            heading = (letters(table.heading),)
            self.rows.append(FormRow(len(self.rows), table, None, None, heading, ""))
        open_rows: list[tuple[int, int]] = []
        for row in table.rows:
            if row.label is None:
                continue
            while open_rows and open_rows[-1][0] >= row.level:
                open_rows.pop()
            parent = open_rows[-1][1] if open_rows else None
            open_rows.append((row.level, len(self.rows)))
            labels = tuple(dict.fromkeys(map(letters, (row.label, *row.aliases))))
            note = letters(row.note or "")
            self.rows.append(FormRow(len(self.rows), table, row, parent, labels, note))

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Letters of all column heads, longest first."""
        heads = {
            letters(head)
            for table in self.form.tables
            for column in table.columns
            for head in column.heads
        }
        return tuple(sorted(heads, key=len, reverse=True))

    @cached_property
    def words(self) -> str:
        """All labels and heads in a row: what a word may be a piece of."""
        return "".join([*(label for row in self.rows for label in row.labels), *self.heads])

    @cached_property
    def alphabets(self) -> dict[str, frozenset[str]]:
        """The letters of all heads and labels of a table, by its id."""
        return {
            table.id: frozenset(letters("".join(_printed(table)))) for table in self.form.tables
        }

    @cached_property
    def is_numbered(self) -> bool:
        """Whether the form numbers its rows, rather than every report as it likes."""
        return any(row.row and row.row.number for row in self.rows)


def _printed(table: FormTable) -> Iterator[str]:
    for column in table.columns:
        yield from filter(None, (*column.heads, column.group))
    yield from filter(None, (row.label for row in table.rows))


@cache
def indexed_forms() -> tuple[IndexedForm, ...]:
    """All forms, laid out for alignment."""
    return tuple(IndexedForm(form) for form in forms())


def _automaton(words: Iterable[str]) -> ahocorasick.Automaton:
    """Many words as one automaton, so that a text is gone through once for all."""
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


@cache
def _labels() -> ahocorasick.Automaton:
    return _automaton(label for form in indexed_forms() for label in form.rows_of)


@cache
def _heads() -> ahocorasick.Automaton:
    return _automaton(head for form in indexed_forms() for head in form.heads)


@cache
def _all_heads() -> tuple[str, ...]:
    """Column heads and headings: what may run into the label behind it."""
    heads = {head for form in indexed_forms() for head in form.heads}
    return tuple(heads.union(_headings(of_open_tables=True)))


@cache
def closed_headings() -> frozenset[str]:
    """Letters of the headings in tables that print values only below heads of columns."""
    return frozenset(_headings(of_open_tables=False))


def _headings(*, of_open_tables: bool) -> Iterator[str]:
    for row in (row for form in indexed_forms() for row in form.rows):
        if row.is_heading and (of_open_tables or not row.table.is_open):
            yield from row.labels


@cache
def column_roles() -> dict[str, Column]:
    """Columns of the open tables (forms A and B) by the letters of their heads."""
    return {
        letters(head): column
        for form in forms()
        for table in form.tables
        if table.is_open
        for column in table.columns
        for head in column.heads
    }


def find_heads(text: Letters) -> frozenset[str]:
    """The column heads of any form that a text prints."""
    return frozenset(head for _, head in _heads().iter(text.text))


def find_labels(text: Letters) -> list[Occurrence]:
    """Every label of any form in a text by position, longest first where they overlap."""
    ends = ((last + 1, label) for last, label in _labels().iter(text.text))
    found = (Occurrence(label, end - len(label), end, 0.0) for end, label in ends)
    return without_contained(
        one._replace(weight=weight)
        for one in found
        if (weight := _weight(text, one.start, one.end))
    )


def _weight(text: Letters, start: int, end: int) -> float:
    """Longer labels are surer; a label inside a longer word is none."""
    clean_left = (
        text.begins_word(start)
        or text.text[start - 1] in ORDINALS + "0123456789"
        or text.text.endswith(_all_heads(), 0, start)
    ) and not (start and text.is_enumerated(start))
    clean_right = (
        text.begins_word(end)
        or text.text[end].isdigit()
        or _UNIT_AHEAD.match(text.text, end) is not None
        or text.text.startswith(_all_heads(), end)
    )
    length = min(end - start, _LABEL_WEIGHT) / _LABEL_WEIGHT
    if clean_left and clean_right:
        return 1 + length
    if length == 1 and (clean_left or clean_right):
        return length / 2
    return 0.0
