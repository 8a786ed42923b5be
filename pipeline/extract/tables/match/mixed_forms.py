"""Reports that print some tables of one form and the others of the form before or after it."""

from collections.abc import Iterator, Sequence, Set

from pipeline.extract.tables.match.alignment import Match
from pipeline.forms.form import FormTable
from pipeline.forms.indexed_form import IndexedForm, mixed, rivals_of
from pipeline.lexis.letters import Letters

_LONGEST_HEADS = 60


def as_printed(
    form: IndexedForm, matches: Sequence[Match], text: Letters, heads: Set[str]
) -> IndexedForm:
    """The form with those tables of another in it whose column heads are printed instead."""
    others = [
        (letter, table) for letter, table, own in rivals_of(form.form.form) if own.issubset(heads)
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
    return mixed(form.form.form, tuple(sorted(meant.items()))) if meant else form


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
