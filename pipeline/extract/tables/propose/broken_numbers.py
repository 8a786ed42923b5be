"""Numbers that a narrow cell breaks over several lines: ``1,99`` above ``8``.

Two numbers may as well stand on two lines, so they are joined only where the sums of the row
bear it out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.forms.arithmetic import difference, sums_within
from pipeline.forms.identities import Identity
from pipeline.lexis.values import Value, read_value
from pipeline.model.observation import Status

_BROKEN = re.compile(r"\d[\d,.]*(?:\s*\n\s*[\d,.]+)+")
_UNREADABLE = Status.UNREADABLE


def join_broken(report: Rows) -> Iterator[Proposal]:
    """Joins the broken numbers of rows whose parts then give their totals."""
    for number, reading in enumerate(report.rows):
        unread = [n for n, cell in enumerate(reading.cells) if cell.value.status is _UNREADABLE]
        joined = {n: value for n in unread if (value := _joined(reading.cells[n]))}
        if not joined or reading.form_row.table.is_open:
            continue
        cells = [
            cell._replace(value=joined[n], is_reconstructed=True) if n in joined else cell
            for n, cell in enumerate(reading.cells)
        ]
        holding = _sums_that_hold(reading, cells)
        borne_out = {term for rule in holding for term in rule.operands}
        ids = [reading.indicator_of(cell) for cell in cells]
        kept = [n for n in joined if ids[n] in borne_out]
        if kept:
            yield Proposal(
                number,
                tuple([cells[n] if n in kept else one for n, one in enumerate(reading.cells)]),
                identities=tuple([rule.rule_id for rule in holding]),
            )


def _joined(cell: CellReading) -> Value | None:
    """What a cell says if its lines are one number, None where they are none."""
    text = cell.slot.text.strip() if cell.slot else ""
    if cell.value.raw != text or not _BROKEN.fullmatch(text):
        return None
    value = read_value("".join(text.split()))
    return None if value.number is None else Value(text, value.status, value.number)


def _sums_that_hold(reading: RowReading, cells: Sequence[CellReading]) -> list[Identity]:
    """The sums within a row that its numbers give; a part may be blank, a total may not."""
    read: Mapping[str, Value] = {
        one: cell.value for cell in cells if (one := reading.indicator_of(cell))
    }
    numbers = {one: value.number for one, value in read.items() if value.number is not None}
    return [
        rule
        for rule in sums_within(reading.indicators)
        if rule.left[0].indicator_id in numbers
        and all(one in read and read[one].status is not _UNREADABLE for one in rule.operands)
        and difference(rule, numbers) == 0
    ]
