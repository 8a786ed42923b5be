"""The last number of a text that ends with it, in the middle of a table: it may be cut short.

Texts taken from pages often lack the end of their last line, so the row itself must bear it
out: the number is the beginning of one beside it, as 3 is of 3209.
"""

from collections.abc import Iterator

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.lexis.values import Value
from pipeline.model.observation import Status


def withhold_cut(report: Rows) -> Iterator[Proposal]:
    """Takes the number from a cell that a text ends in, where it is the beginning of another."""
    end = len(report.text)
    if not report.text[-1:].isdecimal():
        return
    for number, reading in enumerate(report.rows):
        cut = [n for n, cell in enumerate(reading.cells) if cell.slot and cell.slot.end == end]
        if not cut or reading.row == reading.form_row.table.rows[-1]:
            continue
        own = reading.cells[cut[0]].value.raw
        others = [cell.value.raw for cell in reading.cells if cell.value.raw != own]
        if any(other.startswith(own) for other in others):
            cells = [
                cell._replace(value=Value(cell.value.raw, Status.UNREADABLE)) if n in cut else cell
                for n, cell in enumerate(reading.cells)
            ]
            yield Proposal(
                number,
                tuple(cells),
                reading.glued,
                notice=f"The text ends in a number of row {reading.label_raw!r}, in the middle "
                "of the table: the number may be cut short and is kept as unreadable",
            )
