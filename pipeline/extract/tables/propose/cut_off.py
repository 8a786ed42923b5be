"""The last number of a text that ends with it, in the middle of a form: it may be cut short.

Texts taken from pages often lack the end of their last line. The number is kept where the
form ends with its row, and where the sums of the row bear it out.
"""

from collections.abc import Iterator

from pipeline.extract.tables.propose.blocks import adds_up
from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import RowReading
from pipeline.forms.indexed_form import indexed_forms
from pipeline.lexis.values import Value
from pipeline.model.observation import Status


def withhold_cut(report: Rows) -> Iterator[Proposal]:
    """Takes the number from a cell that a text ends in, unless nothing speaks for a cut."""
    end = len(report.text)
    if not report.is_open_ended:
        return
    for number, reading in enumerate(report.rows):
        cut = [n for n, cell in enumerate(reading.cells) if cell.slot and cell.slot.end == end]
        if cut and _is_far_from_the_end(reading, report) and not _is_whole(reading):
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


def _is_far_from_the_end(reading: RowReading, report: Rows) -> bool:
    """Whether a row has a line of its own, and most that the form prints has yet to come."""
    line = report.text[report.text.rfind("\n") + 1 :].lstrip(" |\t")
    has_line = line.startswith(report.text[reading.label_start : reading.label_end])
    rows = next(form for form in indexed_forms() if form.form.form == report.form).rows
    return has_line and 2 * reading.form_row.index < len(rows)


def _is_whole(reading: RowReading) -> bool:
    """Whether a row's last number is borne out by its sums, or ends the form."""
    table = reading.form_row.table
    if len(table.columns) > 1 and not table.is_open:
        return adds_up(reading)
    return table.is_open and reading.row == table.rows[-1]
