"""The last number of a text that ends with it, in the middle of a form: it may be cut short.

Texts taken from pages often lack the end of their last line. The number is kept where the
form ends with its row, and where the sums of the row bear it out.
"""

import re
from collections.abc import Iterator

from pipeline.extract.tables.propose.blocks import adds_up
from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import RowReading
from pipeline.forms.indexed_form import indexed_forms
from pipeline.lexis.values import Value
from pipeline.model.observation import Status

_BEFORE_LABEL = re.compile(r"[|\s]*(?:[（(][一二三四五六七八九十][）)][^\s|\d]*[|\s]+)?")


def withhold_cut(report: Rows) -> Iterator[Proposal]:
    """Takes the number from a cell that a text ends in, unless nothing speaks for a cut."""
    end = len(report.text)
    if not report.is_open_ended:
        return
    for number, reading in enumerate(report.rows):
        cut = [n for n, cell in enumerate(reading.cells) if cell.slot and cell.slot.end == end]
        if cut and _may_be_cut(reading, report) and not _is_whole(reading):
            cells = [
                cell._replace(value=Value(cell.value.raw, Status.UNREADABLE)) if n in cut else cell
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
    has_sums = len(reading.form_row.table.columns) > 1 and not reading.form_row.table.is_open
    return bool(has_line) and (has_sums or 2 * reading.form_row.index < len(rows))


def _is_whole(reading: RowReading) -> bool:
    """Whether a row's last number is borne out by its sums, or ends the form."""
    table = reading.form_row.table
    if len(table.columns) > 1 and not table.is_open:
        return adds_up(reading)
    return table.is_open and reading.row == table.rows[-1]
