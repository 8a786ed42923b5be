"""Which form a report prints, and which label belongs to which of its rows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from pipeline.extract.tables.match.alignment import Match, Occurrence, align, without_contained
from pipeline.extract.tables.match.column_pairs import heads_a_column, without_heads_of_pairs
from pipeline.extract.tables.match.labels import find_labels
from pipeline.extract.tables.match.misprints import misprinted
from pipeline.extract.tables.tokens import Layout
from pipeline.forms.form import FormTable
from pipeline.forms.indexed_form import IndexedForm, indexed_forms, mixed, rivals_of
from pipeline.lexis.letters import Letters
from pipeline.lexis.normalise import letters
from pipeline.lexis.numbering import CIRCLED, ORDINALS
from pipeline.lexis.units import UNITS
from pipeline.lexis.values import NUMBER
from pipeline.model.document import Cell

_LEAST_ROWS_OF_A_COPY = 5
_LEAST_ROWS_BETWEEN_COPIES = 10
_LONGEST_NUMBER = 3
_LONGEST_HEADS = 60
_LEAST_ROWS_OF_A_HALF = 5
_LOOK_BACK = 12
_NOTE_AT_END = re.compile(r"[（(][^（）()]*[）)]\s*\Z")
_NUMBER_APART = re.compile(
    rf"\s(?:[(（]?[\d{ORDINALS}]{{1,3}}[)）、.．]*|其中[:：]?|{CIRCLED})?\s*\Z"
)
_VALUE_BEHIND = re.compile(
    rf"(?:[（(][^（）()]{{2,60}}[）)])?\s+(?:(?P<unit>{UNITS})\s+)?(?P<value>(?:{NUMBER}|无)(?:{UNITS})?)(?=\s|$)"
)


@dataclass(frozen=True, slots=True)
class Recognition:
    """A form laid over a text: labels aligned to rows, and those that no row could be given to.

    Both stand by position; a group of rows that is printed twice is aligned twice.
    """

    form: IndexedForm
    matches: tuple[Match, ...]
    unaligned: tuple[Occurrence, ...]


def recognise(text: Letters, layout: Layout, year: int | None) -> Recognition:
    """Lays the form over a text that explains most of it.

    The year decides only between forms that the print does not tell apart.
    """
    found = without_heads_of_pairs(find_labels(text, layout), layout)
    form, matches = _best_form(found, year)
    printed = _as_printed(form, matches, text)
    if printed is not form:
        form, matches = printed, align(found, printed.rows_of, len(printed.rows))
    if all(match.occurrence.label in form.heads for match in matches):
        # 其他 and 总计 alone are words of any page, not a form.
        return Recognition(form, (), ())
    own = [occurrence for occurrence in found if occurrence.label in form.rows_of]
    meant = misprinted(text, layout, form, matches)
    if meant:
        own = without_contained([*own, *meant])
    every: list[Match] = []
    unaligned: list[Occurrence] = []
    for copy in _copies(form, own):
        aligned, left = _aligned(form, copy, layout)
        every += sorted(aligned, key=lambda match: match.occurrence.start)
        unaligned += left
    return Recognition(form, tuple(every), tuple(unaligned))


def _aligned(
    form: IndexedForm, own: Sequence[Occurrence], layout: Layout
) -> tuple[list[Match], list[Occurrence]]:
    """Matches of the labels in one print of the form with rows, and the labels without a row."""
    heads = [one for one in own if heads_a_column(one, layout)]
    own = [one for one in own if one not in heads] if heads else own
    has_halves = form.rows[0].table.has_variable_columns
    in_order = _in_reading_order(own, layout) if has_halves else own
    matches = align(in_order, form.rows_of, len(form.rows))
    again, unaligned = _again(form, own, matches)
    moved = [
        Match(form.rows_of[one.label][0], one)
        for one in unaligned
        if _names_one_row(form, one)
        and not form.rows[form.rows_of[one.label][0]].is_heading
        and (
            value_behind(one, layout)
            or (_fills_a_cell(form, one) and _is_among(matches, one, layout))
        )
    ]
    taken = {match.occurrence.start for match in moved}
    left = [one for one in unaligned if one.start not in taken]
    return [*matches, *again, *moved], [*left, *heads]


def _copies(form: IndexedForm, own: Sequence[Occurrence]) -> Iterator[Sequence[Occurrence]]:
    """The labels of every whole print of the form, where it is printed more than once.

    Each is aligned for itself: a label that recurs on the form would else be given to the
    heading of another copy.
    """
    unique = [n for n, one in enumerate(own) if len(form.rows_of[one.label]) == 1]
    seen: set[str] = set()
    start = 0
    for place, n in enumerate(unique):
        if own[n].label in seen and len(seen) >= _LEAST_ROWS_BETWEEN_COPIES:
            behind = {own[m].label for m in unique[place : place + _LEAST_ROWS_BETWEEN_COPIES]}
            if len(behind) == _LEAST_ROWS_BETWEEN_COPIES and behind <= seen:
                yield own[start:n]
                start, seen = n, set()
        seen.add(own[n].label)
    yield own[start:]


def _is_among(matches: Sequence[Match], one: Occurrence, layout: Layout) -> bool:
    """Whether a label stands between matched labels, or in the grid of the first or last one."""
    starts = [match.occurrence.place.start for match in matches]
    first, last, own = min(starts), max(starts), one.place.start
    return first < own < last or layout.table_of(own) in map(layout.table_of, (first, last))


def value_behind(occurrence: Occurrence, layout: Layout) -> re.Match[str] | None:
    """The value behind a label of running text that stands as that of a row, not in a sentence.

    It stands apart from what is before it, and has a value, or a unit and a value, apart
    behind it.
    """
    start, end = occurrence.place.start, occurrence.place.end
    is_apart = _NUMBER_APART.search(layout.text, max(start - _LOOK_BACK, 0), start)
    is_row = is_apart and layout.table_of(start) is None
    return _VALUE_BEHIND.match(layout.text, end) if is_row else None


def _fills_a_cell(form: IndexedForm, occurrence: Occurrence) -> bool:
    """Whether a cell holds a label, its number, a note or the head of a column, nothing else."""
    cell, label = occurrence.cell, occurrence.label
    texts = (cell.text, _NOTE_AT_END.sub("", cell.text)) if cell else ()
    printed = (letters(text).removesuffix(head) for text in texts for head in ("", *form.heads))
    return any(one.endswith(label) and len(one) - len(label) <= _LONGEST_NUMBER for one in printed)


def _names_one_row(form: IndexedForm, occurrence: Occurrence) -> bool:
    """Whether a label is that of one row only, or its table's, and no head of a column."""
    rows = [row for row in form.rows_of[occurrence.label] if form.rows[row].row]
    return len(rows) <= 1 and occurrence.label not in form.heads


def _best_form(found: Sequence[Occurrence], year: int | None) -> tuple[IndexedForm, list[Match]]:
    """The form that explains most, and the labels aligned to it.

    A form that cannot reach the best so far, were all its labels in order, is not aligned.
    """
    best, best_form = (-1.0, False), indexed_forms()[0]
    best_matches: list[Match] = []
    bounds = [
        (sum([one.weight for one in found if one.label in form.rows_of]), form)
        for form in indexed_forms()
    ]
    for bound, form in sorted(bounds, key=itemgetter(0), reverse=True):
        if bound < best[0]:
            break
        matches = align(found, form.rows_of, len(form.rows))
        weight = sum([match.occurrence.weight for match in matches])
        first, last = form.form.years
        in_force = year is not None and first <= year <= (last or year)
        score = (weight, in_force)
        if score > best:
            best, best_form, best_matches = score, form, matches
    return best_form, best_matches


def _as_printed(form: IndexedForm, matches: Sequence[Match], text: Letters) -> IndexedForm:
    """The form, with tables of another form where the column heads of these are printed."""
    above = dict(_above_first_rows(form, matches, text))
    tables = {table.id: table for table in form.form.tables}
    meant = {
        table.id: letter
        for letter, table in rivals_of(form.form.form)
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


def _again(
    form: IndexedForm, own: Sequence[Occurrence], matches: Sequence[Match]
) -> tuple[list[Match], list[Occurrence]]:
    """Rows printed a second time, and the labels that no row could be given to.

    Within the table a label must name one row only; before and behind it, labels must
    make up a table of their own.
    """
    if not matches:
        return [], []
    used = {match.occurrence.start for match in matches}
    first = min(match.occurrence.start for match in matches)
    last = max(match.occurrence.end for match in matches)
    left = [occurrence for occurrence in own if occurrence.start not in used]
    within = [
        occurrence
        for occurrence in left
        if first < occurrence.start < last and _names_one_row(form, occurrence)
    ]
    again = align(within, form.rows_of, len(form.rows))
    taken = {match.occurrence.start for match in again}
    for stretch in (
        # Read line by line, halves side by side leave the ends of two chains.
        [occurrence for occurrence in within if again and occurrence.start not in taken],
        [occurrence for occurrence in left if occurrence.start < first],
        [occurrence for occurrence in left if occurrence.start > last],
    ):
        copy = align(stretch, form.rows_of, len(form.rows))
        if len(copy) >= _LEAST_ROWS_OF_A_COPY:
            again += copy
    taken = {match.occurrence.start for match in again}
    return again, [occurrence for occurrence in left if occurrence.start not in taken]


def _in_reading_order(found: Sequence[Occurrence], layout: Layout) -> Sequence[Occurrence]:
    """Labels in the order of the form: in a grid of two halves those of the left one first."""
    starts = [(layout.table_of(one.place.start) or one).place.start for one in found]
    borders = _borders([(at, one.cell) for at, one in zip(starts, found, strict=True) if one.cell])

    def order(n: int) -> tuple[int, bool, int]:
        cell, border = found[n].cell, borders.get(starts[n])
        is_right = cell is not None and border is not None and cell.col >= border
        return starts[n], is_right, found[n].place.start

    return [found[n] for n in sorted(range(len(found)), key=order)]


def _borders(places: Sequence[tuple[int, Cell]]) -> dict[int, int]:
    """Where the right half begins, by table: the second column that holds labels row by row."""
    columns: dict[tuple[int, int], list[int]] = {}
    for table, cell in places:
        columns.setdefault((table, cell.row), []).append(cell.col)
    pairs = Counter(
        (table, cols[1]) for (table, _), cols in columns.items() if len(cols) == len(set(cols)) == 2
    )
    return {table: col for (table, col), rows in pairs.items() if rows >= _LEAST_ROWS_OF_A_HALF}
