"""The last number of a text that ends with it, in the middle of a table: it may be cut short.

Texts taken from pages often lack the end of their last line, so the row itself must bear it
out: the number is the beginning of one beside it, as 3 is of 3209.
"""

from collections.abc import Iterator

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import RowReading
from pipeline.lexis.values import Value
from pipeline.model.observation import Status


def withhold_cut(report: Rows) -> Iterator[Proposal]:
    """Takes the number from a cell that a text ends in, where it is the beginning of another."""
    end = len(report.text)
    if not report.text[-1:].isdecimal():
        return
    for number, reading in enumerate(report.rows):
        cut = [n for n, cell in enumerate(reading.cells) if cell.slot and cell.slot.end == end]
        if cut and not _ends_table(reading) and _begins_another(reading, cut[0]):
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


def _ends_table(reading: RowReading) -> bool:
    """Whether a row is the last that its form prints in its table."""
    return reading.row == reading.form_row.table.rows[-1]


def _begins_another(reading: RowReading, cut: int) -> bool:
    """Whether a number is the beginning of a longer one in its row."""
    own = reading.cells[cut].value.raw
    return any(cell.value.raw.startswith(own) and cell.value.raw != own for cell in reading.cells)
