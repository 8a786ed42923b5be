"""Values of a form that a table lacks, though it prints others: a row may have vanished."""

from collections.abc import Iterator, Sequence, Set

from pipeline.facts.selection import PRINTED
from pipeline.forms.form import FormTable, Row, forms
from pipeline.model.observation import Observation

_MOST_NAMED = 4


def rows_not_found(observations: Sequence[Observation], template: str) -> Iterator[str]:
    """Says of tables that were read in part.

    Yields:
        A notice for each table of which some values were found and others were not. Forms
        whose reports choose among the rows are left out.
    """
    seen = {one.indicator_id for one in observations if one.source in PRINTED}
    tables = (table for form in forms() if form.form == template for table in form.tables)
    for table in tables:
        if not table.has_variable_columns:
            yield from _missing_in(table, seen)


def _missing_in(table: FormTable, seen: Set[str | None]) -> Iterator[str]:
    cells = lost = 0
    labels: list[str] = []
    for row in _printed(table, seen):
        ids = table.ids_of(row)
        left = sum(one not in seen for one in ids)
        cells, lost = cells + len(ids), lost + left
        if left:
            labels.append(row.label or table.heading or table.id)
    if 0 < lost < cells:
        named = ", ".join(f"'{label}'" for label in labels[:_MOST_NAMED])
        more = f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
        yield (
            f"Table {table.id}: {lost} of the form's {cells} values were not found, in the rows "
            f"{named}{more}: see whether they are printed"
        )


def _printed(table: FormTable, seen: Set[str | None]) -> Iterator[Row]:
    """The rows to be expected: a printed total stands for its parts, and parts for their total."""
    whole = 0
    for row, below in zip(table.rows, (*table.rows[1:], table.rows[0]), strict=True):
        if whole and row.level > whole:
            continue
        whole = 0
        if row.is_heading:
            continue
        if below.level <= row.level:
            yield row
        elif not seen.isdisjoint(table.ids_of(row)):
            whole = row.level
            yield row
