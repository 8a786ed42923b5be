"""The one place that decides what stands in a table.

Proposers say how rows may be read; here their proposals are taken, in the order in which
the proposers are registered, and every cell becomes a value, unreadable, or a value without
a meaning, with its source, how sure it is, and why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from msgspec import structs

from pipeline.extract.tables.propose.blocks import assign_blocks, settle_missing_header
from pipeline.extract.tables.propose.captions import date_captions, disown_captions, disown_parts
from pipeline.extract.tables.propose.column_order import settle_order
from pipeline.extract.tables.propose.proposal import Proposal, Proposer, Rows
from pipeline.extract.tables.propose.typed_numbers import typed_otherwise, withhold_cut
from pipeline.extract.tables.propose.unsegmented_rows import segment
from pipeline.extract.tables.propose.values_elsewhere import (
    doubt_blank_tables,
    doubt_figures_in_labels,
    read_below_labels,
    read_beside_heads,
    read_transposed,
)
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.forms.catalogue import Indicator
from pipeline.lexis.notations import NOTATIONS
from pipeline.lexis.units import is_money, read_unit
from pipeline.lexis.values import Value
from pipeline.model.observation import Source, Status

PROPOSERS = (
    Proposer("caption.year", date_captions),
    Proposer("place.transposed", read_transposed),
    Proposer("place.blocks", assign_blocks),
    Proposer("place.below_labels", read_below_labels),
    Proposer("place.beside_heads", read_beside_heads),
    Proposer("place.before_labels", doubt_blank_tables),
    Proposer("label.figure", doubt_figures_in_labels),
    Proposer("order.columns", settle_order),
    Proposer("digits.cut_off", withhold_cut),
    *(Proposer(notation.id, partial(typed_otherwise, notation)) for notation in NOTATIONS),
    Proposer("digits.split", segment),
    Proposer("order.headless", settle_missing_header),
    Proposer("caption.other", disown_captions),
    Proposer("caption.part", disown_parts),
)

_BORDERS_WORKED_OUT = 0.8
_OTHER_UNIT = 0.95
_UNKNOWN_MEANING = 0.5
_UNREADABLE = Status.UNREADABLE


def decide(
    report: Rows, proposers: Sequence[Proposer] = PROPOSERS
) -> tuple[tuple[RowReading, ...], tuple[str, ...]]:
    """The rows after all proposers, each seeing what was taken before, and the notices."""
    notices: list[str] = []
    for proposer in proposers:
        proposals = list(proposer.propose(report))
        if proposals:
            report = replace(report, rows=_with(report.rows, proposals, proposer.id))
            notices += [one.notice for one in proposals if one.notice]
    return report.rows, tuple(notices)


def _with(
    rows: Sequence[RowReading], proposals: Iterable[Proposal], by: str
) -> tuple[RowReading, ...]:
    """The rows with their proposals carried out; ``why`` of a changed cell names the proposer."""
    taken = list(rows)
    for proposal in proposals:
        before = taken[proposal.row]
        known = set(map(id, before.cells))
        first = before.cells[0].why if before.cells else ()
        told = (by, *proposal.identities)
        cells = [
            cell if id(cell) in known else structs.replace(cell, why=(*(cell.why or first), *told))
            for cell in proposal.cells
        ]
        taken[proposal.row] = structs.replace(
            before,
            cells=tuple(cells),
            unsegmented=proposal.unsegmented,
            unit=proposal.unit or before.unit,
        )
    return tuple(taken)


def decided(
    reading: RowReading, cell: CellReading, indicator: Indicator | None, unit: str | None
) -> tuple[Value, Source, float, tuple[str, ...]]:
    """The value of a cell, its source, its confidence and the ids that explain it."""
    value, why = cell.value, cell.why
    if slip := _slip(value, indicator, unit):
        value, why = Value(value.raw, _UNREADABLE), (*why, slip)
    source = Source.RECONSTRUCTED if cell.is_reconstructed else Source.TABLE
    if value.status is _UNREADABLE:
        return value, source, 0.0, why
    # Agreement of label, unit and position; identities have their say later.
    confidence = reading.label_score
    if indicator is None:
        confidence *= _UNKNOWN_MEANING
    elif unit and unit != indicator.unit:
        confidence *= _OTHER_UNIT
    if cell.is_reconstructed:
        confidence *= _BORDERS_WORKED_OUT
    if cell.token and cell.token.cell:
        confidence *= cell.token.cell.confidence
    return value, source, confidence if confidence == 1 else round(confidence, 3), why


def _slip(value: Value, indicator: Indicator | None, unit: str | None) -> str | None:
    """Why a number cannot be meant as printed: no count has a point, none is below zero."""
    if indicator is None or value.number is None:
        return None
    if value.number < 0 and not indicator.is_change:
        return "slip.negative"
    is_count = "." in value.raw and not is_money(indicator.unit) and read_unit(unit).factor == 1
    return "slip.fraction" if is_count and value.number != int(value.number) else None
