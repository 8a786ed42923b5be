"""Reports that print some tables of one form and the others of the form before or after it."""

from collections.abc import Iterator, Sequence, Set
from functools import cache

from pipeline.extract.tables.match.alignment import Match
from pipeline.forms.form import Form, FormTable
from pipeline.forms.indexed_form import IndexedForm, indexed_forms
from pipeline.lexis.normalise import Letters

_LONGEST_HEADS = 60


def as_printed(
    form: IndexedForm, matches: Sequence[Match], text: Letters, heads: Set[str]
) -> IndexedForm:
    """The form with those tables of another in it whose column heads are printed instead."""
    others = [
        (letter, table) for letter, table, own in _rivals(form.form.form) if own.issubset(heads)
    ]
    if not others:
        return form
    tables = {table.id: table for table in form.form.tables}
    above = dict(_above_first_rows(form, matches, text))
    meant = {
        table.id: letter
        for letter, table in others
        if _is_headed(above.get(table.id, ""), table, tables[table.id])
    }
    return _mixed(form.form.form, tuple(sorted(meant.items()))) if meant else form


@cache
def _rivals(form: str) -> tuple[tuple[str, FormTable, frozenset[str]], ...]:
    """Tables of other forms with other column heads than those of the same kind in a form."""
    own = next(one.form for one in indexed_forms() if one.form.form == form)
    tables = {table.id: table for table in own.tables if not table.is_open}
    return tuple(
        (other.form.form, table, frozenset(table.head_letters))
        for other in indexed_forms()
        for table in other.form.tables
        if other.form.form != form
        and table.id in tables
        and table.head_letters != tables[table.id].head_letters
    )


def _above_first_rows(
    form: IndexedForm, matches: Sequence[Match], text: Letters
) -> Iterator[tuple[str, str]]:
    """What stands between the label before a table's first row and that row, by the table's id."""
    seen = set()
    before = 0
    for match in matches:
        row = form.rows[match.row]
        if row.row is not None and row.table.id not in seen:
            seen.add(row.table.id)
            start = match.occurrence.start
            yield row.table.id, text.text[max(before, start - _LONGEST_HEADS) : start]
        before = match.occurrence.end


def _is_headed(printed: str, other: FormTable, own: FormTable) -> bool:
    """Whether all heads of the other table stand there, and none of the form's own."""
    for head in other.head_letters:
        if head not in printed:
            return False
        printed = printed.replace(head, " ", 1)
    return not any(head in printed for head in own.head_letters)


@cache
def _mixed(form: str, meant: tuple[tuple[str, str], ...]) -> IndexedForm:
    by_letter: dict[str, Form] = {indexed.form.form: indexed.form for indexed in indexed_forms()}
    replaced = {
        name: next(table for table in by_letter[letter].tables if table.id == name)
        for name, letter in meant
    }
    own = by_letter[form]
    tables = [replaced.get(table.id, table) for table in own.tables]
    return IndexedForm(own.model_copy(update={"tables": tuple(tables)}))
