"""Whether a sentence speaks of the body and the time that a table is about, and may be right."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from msgspec import structs

from pipeline.facts.check_sides import words_before
from pipeline.facts.ranges import range_of
from pipeline.facts.wording import wording
from pipeline.model.observation import Observation, Scope, Source

_OPEN = 0.6
_PRINTED = (Source.TABLE, Source.RECONSTRUCTED)
_NARRATIVE = Source.NARRATIVE
RULED_OUT = "O-table"
"""Reason for which a sentence stands open that differs from what the table can say."""

_CANDIDATES = attrgetter("candidates")


def is_about_others(said: Observation, scope: Scope) -> bool:
    """Whether a sentence says that its number is not of those the table is about."""
    if said.scope in (Scope.UNKNOWN, scope):
        return False
    if said.scope is Scope.AGENCY:
        is_narrower = wording().comparable.narrower.search(said.quote) is not None
        return scope is not Scope.UNKNOWN or is_narrower
    return True


def may_add_up_years(said: Observation) -> bool:
    """Whether the words before a number may count from long before the year."""
    before, words = words_before(said), wording().comparable
    return bool(words.added_up.search(before)) and not words.of_the_year.search(before)


class AmbiguousCell(NamedTuple):
    """A cell of a table that has several readings."""

    place: int
    readings: tuple[str, ...]

    def rules_out(self, said: Observation) -> bool:
        """Whether no reading is what a sentence says."""
        meant = range_of(said)
        numbers = [_number(reading) for reading in self.readings]
        if None in numbers:
            return False
        return not any(
            meant.low <= number <= meant.high for number in numbers if number is not None
        )


def unreadable_cells(observations: Sequence[Observation]) -> dict[str, AmbiguousCell]:
    """Returns the cells that the identities leave several readings, by indicator.

    A reading of a row gives all its cells; a cell's is the one at its place.
    """
    cells: dict[str, AmbiguousCell] = {}
    if not any(map(_CANDIDATES, observations)):
        return cells
    after = 0
    for place, one in enumerate(observations):
        if one.source is not Source.TABLE or not one.candidates:
            after = 0
            continue
        before = observations[place - 1] if place else None
        same = before is not None and before.candidates == one.candidates
        after = after + 1 if same else 0
        rows = [reading.split() for reading in one.candidates]
        at_place = {row[after] if after < len(row) else "" for row in rows}
        if one.indicator_id and "" not in at_place:
            cells.setdefault(one.indicator_id, AmbiguousCell(place, tuple(sorted(at_place))))
    return cells


def weigh_by_tables(
    observations: Sequence[Observation], year: int | None = None
) -> tuple[Observation, ...]:
    """Lowers the confidence of sentences that the readings of a table's cell rule out.

    Args:
        observations: Everything seen in the report.
        year: The year reported on; rows of another year's column are not added up.

    Returns:
        The observations, values untouched.
    """
    if all(one.source is not _NARRATIVE for one in observations):
        return tuple(observations)
    cells = unreadable_cells(observations) | _added(observations, year)
    if not cells:
        return tuple(observations)
    return tuple(
        structs.replace(one, confidence=min(one.confidence, _OPEN), why=(*one.why, RULED_OUT))
        if one.source is _NARRATIVE
        and (cell := cells.get(one.indicator_id or "")) is not None
        and cell.rules_out(one)
        else one
        for one in observations
    )


def sums() -> dict[str, tuple[str, ...]]:
    """Returns the indicators of sentences that rows of a table add up to, with these."""
    return wording().comparable.sums


def _added(observations: Sequence[Observation], year: int | None) -> dict[str, AmbiguousCell]:
    """What the rows of tables add up to, for indicators that have no row of their own."""
    wanted = _summed()
    printed = {
        one.indicator_id: (place, one.value)
        for place, one in reversed(list(enumerate(observations)))
        if one.indicator_id in wanted
        and one.value is not None
        and one.source in _PRINTED
        and one.year in (None, year)
    }
    found = {}
    for name, rows in sums().items():
        if name not in printed and all(row in printed for row in rows):
            added = sum((printed[row][1] for row in rows), Decimal(0))
            found[name] = AmbiguousCell(printed[rows[0]][0], (str(added),))
    return found


def _number(printed: str) -> Decimal | None:
    try:
        return Decimal(printed.replace(",", ""))
    except InvalidOperation:
        return None


@cache
def _summed() -> frozenset[str | None]:
    """The indicators that such sums are about."""
    return frozenset(one for name, rows in sums().items() for one in (name, *rows))
