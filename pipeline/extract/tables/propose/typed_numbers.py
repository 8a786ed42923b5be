"""Numbers as people type them, which a cell alone does not tell from something else.

``1 234`` may be two numbers, and so may ``1,99`` above ``8``; ``05`` may be two cells run
together, ``5*`` a number with a digit hidden, ``一`` a dash. Where a cell has its row's column to
itself, the sums of the rows and the other cells typed that notation tell.

Nor does it tell whether a number is whole that a text ends with, in the middle of a form:
texts taken from pages often lack the end of their last line. That number is kept where the
form ends with its row, and where the sums of the row bear it out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import structs

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.forms.arithmetic import difference, sums_within
from pipeline.forms.identities import Identity
from pipeline.forms.indexed_form import indexed_forms
from pipeline.lexis.normalise import fold
from pipeline.lexis.notations import Notation
from pipeline.lexis.values import Value, read_value
from pipeline.model.observation import Status

_UNREADABLE = Status.UNREADABLE
_HAN_OR_DASH = "一"
_CHANGE = "_change"
_ENOUGH = 2
_BEFORE_LABEL = re.compile(r"[|\s]*(?:[（(][一二三四五六七八九十][）)][^\s|\d]*[|\s]*)?")


class _Typed(NamedTuple):
    """A row with cells typed in one notation, and the values of these cells by their index."""

    number: int
    reading: RowReading
    values: Mapping[int, Value]


_Sum = tuple[Identity, bool | None]
"""A sum over typed cells, and whether it holds; None where that is not told."""


def typed_otherwise(notation: Notation, report: Rows) -> Iterator[Proposal]:
    """Reads cells typed in one notation, where sums or other cells of the report support that."""
    rows = list(_typed(report.unread, notation))
    sums = [list(_sums(row, notation)) for row in rows]
    outcomes = [{holds for _, holds in told} for told in sums]
    # All that may be numerals may as well be dashes.
    raw = {value.raw for row in rows for value in row.values.values()}
    is_borne_out = not (notation.must_prove or raw <= {_HAN_OR_DASH}) or (
        sum(True in told for told in outcomes) >= _ENOUGH and not any(False in t for t in outcomes)
    )
    for row, told in zip(rows, sums, strict=True):
        is_whole = not notation.fills_row or all(cell.value.raw for cell in row.reading.cells)
        is_free = is_borne_out and is_whole and not notation.by_sums
        kept = {n: value for n, value in row.values.items() if _is_read(row, n, told, is_free)}
        if kept:
            proved = tuple([rule.rule_id for rule, holds in told if holds])
            cells = _as_typed(row._replace(values=kept), notation)
            yield Proposal(row.number, cells, identities=proved)


def _as_typed(row: _Typed, notation: Notation) -> tuple[CellReading, ...]:
    return tuple(
        structs.replace(cell, value=row.values[n], is_reconstructed=notation.by_sums)
        if n in row.values
        else cell
        for n, cell in enumerate(row.reading.cells)
    )


def _has_own_cells(reading: RowReading) -> bool:
    """Whether every column of a row has a cell of a grid to itself."""
    cells = [cell.token and cell.token.cell for cell in reading.cells]
    return None not in cells and len({id(cell) for cell in cells}) == len(cells)


def _typed(unread: Mapping[int, RowReading], notation: Notation) -> Iterator[_Typed]:
    for number, reading in unread.items():
        if notation.by_sums or _has_own_cells(reading):
            cells = enumerate(reading.cells)
            values = {n: value for n, cell in cells if (value := _as(cell, notation, reading))}
            if values:
                yield _Typed(number, reading, values)


def _as(cell: CellReading, notation: Notation, reading: RowReading) -> Value | None:
    """The value of a cell read in one notation, None where it is not typed in it."""
    if cell.value.status is not _UNREADABLE or cell.token is None:
        return None
    is_change = (reading.indicator_of(cell) or "").endswith(_CHANGE)
    if notation.of_change is not None and notation.of_change != is_change:
        return None
    written = notation.read(fold(cell.token.text.strip()))
    value = read_value(written) if written else None
    if value is None or value.number is None:
        return None
    return structs.replace(value, raw=cell.value.raw)


def _sums(row: _Typed, notation: Notation) -> Iterator[_Sum]:
    """The identities of a row with a cell typed in one notation, and whether each holds."""
    cells = _as_typed(row, notation)
    read = {one: cell.value for cell in cells if (one := row.reading.indicator_of(cell))}
    typed = {row.reading.indicator_of(cells[n]) for n in row.values}
    numbers = {one: value.number for one, value in read.items() if value.number is not None}
    for rule in sums_within(row.reading.indicators):
        if not typed.isdisjoint(rule.operands):
            is_read = rule.left[0].indicator_id in numbers and all(
                one in read and read[one].status is not _UNREADABLE for one in rule.operands
            )
            yield rule, difference(rule, numbers) == 0 if is_read else None


def _is_read(row: _Typed, cell: int, sums: Sequence[_Sum], is_free: bool) -> bool:
    """Whether a cell may be read: its sums hold, or, where no proof is needed, none fails."""
    one = row.reading.indicator_of(row.reading.cells[cell])
    holding = {holds for rule, holds in sums if one in rule.operands}
    return False not in holding and (True in holding or is_free)


def withhold_cut(report: Rows) -> Iterator[Proposal]:
    """Takes the number from a cell that a text ends in, unless nothing speaks for a cut."""
    end = len(report.text)
    for number, reading in enumerate(report.rows if report.is_open_ended else ()):
        cut = [n for n, cell in enumerate(reading.cells) if cell.token and cell.token.end == end]
        if cut and _may_be_cut(reading, report) and not (_has_sums(reading) and reading.adds_up):
            cells = [
                structs.replace(cell, value=Value(cell.value.raw, _UNREADABLE))
                if n in cut
                else cell
                for n, cell in enumerate(reading.cells)
            ]
            yield Proposal(
                number,
                tuple(cells),
                notice=f"The text ends in a number of row {reading.label_raw!r}, in the middle "
                "of the table: the number may be cut short and is kept as unreadable",
            )


def _may_be_cut(reading: RowReading, report: Rows) -> bool:
    """Whether a row has a line of its own, and sums to fail or most of the form yet to come."""
    start = report.text.rfind("\n") + 1
    has_line = start <= reading.label_start and _BEFORE_LABEL.fullmatch(
        report.text, start, reading.label_start
    )
    rows = next(form for form in indexed_forms() if form.form.form == report.form).rows
    return bool(has_line) and (_has_sums(reading) or 2 * reading.form_row.index < len(rows))


def _has_sums(reading: RowReading) -> bool:
    """Whether the numbers of a row are parts and totals of each other."""
    table = reading.form_row.table
    return len(table.columns) > 1 and not table.has_variable_columns
