"""Forms laid out for reading: their rows in printed order, by the letters of their labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline.forms.form import Column, Form, FormTable, Row, forms
from pipeline.lexis.normalise import letters


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form and the table it belongs to, by its place in the order of all.

    The row is None for the heading of a table; the parent is the index of the heading above it.
    Labels and the note in brackets after them are compared by their letters.
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


@dataclass(frozen=True, eq=False)
class IndexedForm:
    """A form laid out for alignment: headings and labelled rows of all tables in printed order.

    Rows are found by the letters of their labels, those without one by the id of their table.
    """

    form: Form

    @cached_property
    def rows(self) -> list[FormRow]:
        """The rows of all tables, each at its own index."""
        rows: list[FormRow] = []
        for table in self.form.tables:
            if table.heading:
                heading = (letters(table.heading),)
                rows.append(FormRow(len(rows), table, None, None, heading, ""))
            above: list[tuple[int, int]] = []
            for row in table.rows:
                if row.label is None:
                    continue
                while above and above[-1][0] >= row.level:
                    above.pop()
                parent = above[-1][1] if above else None
                above.append((row.level, len(rows)))
                labels = tuple(dict.fromkeys(map(letters, (row.label, *row.aliases))))
                rows.append(FormRow(len(rows), table, row, parent, labels, letters(row.note or "")))
        return rows

    @cached_property
    def unlabelled(self) -> dict[str, Row]:
        """The row that each table prints without a label, by the id of the table."""
        return {table.id: row for table in self.form.tables for row in table.rows if row.unlabelled}

    @cached_property
    def rows_of(self) -> dict[str, list[int]]:
        """Indexes of the rows that bear a label, by its letters."""
        rows_of: dict[str, list[int]] = {}
        for row in self.rows:
            for label in row.labels:
                rows_of.setdefault(label, []).append(row.index)
        return rows_of

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Letters of all column heads, longest first."""
        heads = {head for table in self.form.tables for head in table.head_letters}
        return tuple(sorted(heads, key=len, reverse=True))

    @cached_property
    def words(self) -> str:
        """All labels and heads in a row: what a word may be a piece of."""
        return "".join([*(label for row in self.rows for label in row.labels), *self.heads])

    @cached_property
    def alphabets(self) -> dict[str, frozenset[str]]:
        """The letters of all heads and labels of a table, by its id."""
        return {table.id: frozenset(letters("".join(table.names))) for table in self.form.tables}

    @cached_property
    def is_numbered(self) -> bool:
        """Whether the form numbers its rows, rather than every report as it likes."""
        return any(row.row and row.row.number for row in self.rows)


@cache
def indexed_forms() -> tuple[IndexedForm, ...]:
    """All forms, laid out for reading."""
    return tuple(IndexedForm(form) for form in forms())


@cache
def column_roles() -> dict[str, Column]:
    """Columns of the open tables (forms A and B) by the letters of their heads."""
    return {
        letters(head): column
        for form in forms()
        for table in form.tables
        if table.has_variable_columns
        for column in table.columns
        for head in column.heads
    }


@cache
def all_heads() -> tuple[str, ...]:
    """Column heads and headings of all forms, which may run into the label behind them."""
    heads = {head for form in indexed_forms() for head in form.heads}
    return tuple(heads.union(_headings(of_open_tables=True)))


@cache
def closed_headings() -> frozenset[str]:
    """Letters of the headings in tables that print values only below heads of columns."""
    return frozenset(_headings(of_open_tables=False))


@cache
def closed_heads() -> frozenset[str]:
    """Letters of the heads of columns in the same tables."""
    tables = (table for form in indexed_forms() for table in form.form.tables)
    return frozenset(
        head for table in tables if not table.has_variable_columns for head in table.head_letters
    )


@cache
def heads_of_no_row() -> frozenset[str]:
    """Those of them that no row of any form is called."""
    return closed_heads().difference(*(form.rows_of for form in indexed_forms()))


def _headings(*, of_open_tables: bool) -> Iterator[str]:
    for row in (row for form in indexed_forms() for row in form.rows):
        if row.is_heading and (of_open_tables or not row.table.has_variable_columns):
            yield from row.labels


@cache
def rivals_of(form: str) -> tuple[tuple[str, FormTable], ...]:
    """Tables of other forms that have a table's id in this form, but other column heads."""
    own = next(one.form for one in indexed_forms() if one.form.form == form)
    tables = {table.id: table for table in own.tables if not table.has_variable_columns}
    return tuple(
        (other.form.form, table)
        for other in indexed_forms()
        for table in other.form.tables
        if other.form.form != form
        and table.id in tables
        and table.head_letters != tables[table.id].head_letters
    )


@cache
def mixed(form: str, meant: tuple[tuple[str, str], ...]) -> IndexedForm:
    """A form with tables of others in place of its own, each named by its id and their letter."""
    by_letter: dict[str, Form] = {indexed.form.form: indexed.form for indexed in indexed_forms()}
    replaced = {
        name: next(table for table in by_letter[letter].tables if table.id == name)
        for name, letter in meant
    }
    own = by_letter[form]
    tables = [replaced.get(table.id, table) for table in own.tables]
    return IndexedForm(own.model_copy(update={"tables": tuple(tables)}))
