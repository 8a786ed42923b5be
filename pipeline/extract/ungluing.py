"""Glued rows of a report, split where the identities leave one reading."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.extract.glue import GluedRow, Solution, Split, solve
from pipeline.extract.observation import Status
from pipeline.extract.rows import RowReading
from pipeline.extract.values import Value
from pipeline.forms.identities import Identity, identities

_MOST_CANDIDATES = 20


def unglue(readings: Sequence[RowReading], form: str) -> tuple[str, ...]:
    """Splits the glued rows of a report in place.

    A row with one possible reading gets it, marked as reconstructed; with several it
    stays unreadable and keeps them as candidates.

    Args:
        readings: All rows of the report.
        form: Letter of the form.

    Returns:
        A notice for every row that stays unreadable.
    """
    glued = [reading for reading in readings if reading.glued]
    if not glued:
        return ()
    rules = [rule for rule in identities() if form in rule.forms]
    solutions = solve(
        [_glued_row(reading) for reading in glued],
        _known(readings),
        _absent(readings, rules),
        rules,
    )
    for reading, solution in zip(glued, solutions, strict=True):
        _settle(reading, solution)
    return tuple(
        _notice(reading, solution)
        for reading, solution in zip(glued, solutions, strict=True)
        if len(solution.splits) != 1 or solution.gave_up
    )


def _glued_row(reading: RowReading) -> GluedRow:
    """The row as the solver takes it; cells of unknown meaning get an id no rule names."""
    return GluedRow(
        tuple(
            reading.indicator_of(cell) or f"{reading.label_start}#{number}"
            for number, cell in enumerate(reading.cells)
        ),
        tuple(slot.text.strip() for slot in reading.glued if slot.text.strip()),
    )


def _known(readings: Sequence[RowReading]) -> dict[str, Decimal]:
    """Values read without doubt; a blank or a dash adds nothing to a sum."""
    known: dict[str, Decimal] = {}
    for reading in readings:
        for cell in reading.cells:
            indicator = reading.indicator_of(cell)
            if indicator and cell.value.status is not Status.UNREADABLE:
                known.setdefault(indicator, cell.value.number or Decimal(0))
    return known


def _absent(readings: Sequence[RowReading], rules: Sequence[Identity]) -> frozenset[str]:
    """Operands whose rows the report does not print at all."""
    printed = {
        indicator
        for reading in readings
        for cell in reading.cells
        if (indicator := reading.indicator_of(cell))
    }
    operands = {
        term.indicator_id
        for rule in rules
        for terms in (rule.left, rule.right, *rule.alternatives)
        for term in terms
    }
    return frozenset(operands - printed)


def _settle(reading: RowReading, solution: Solution) -> None:
    if len(solution.splits) == 1 and not solution.gave_up:
        for cell, number in zip(reading.cells, solution.splits[0], strict=True):
            cell.value = Value(cell.value.raw, Status.REPORTED, number)
            cell.is_reconstructed = len(reading.cells) > 1
            cell.slot = reading.glued[0]
        return
    for cell in reading.cells:
        cell.candidates = tuple(_plain(split) for split in solution.splits[:_MOST_CANDIDATES])
        cell.slot = reading.glued[0]
        cell.value = Value(cell.value.raw, Status.UNREADABLE)


def _plain(split: Split) -> str:
    return " ".join(f"{number:f}" for number in split)


def _notice(reading: RowReading, solution: Solution) -> str:
    found = len(solution.splits)
    what = "the search gave up" if solution.gave_up else f"{found} readings satisfy the identities"
    printed = " ".join(slot.text for slot in reading.glued)
    return f"Row {reading.label_raw!r} is printed without cell borders ({printed}): {what}"
