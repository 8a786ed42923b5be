"""Why a report that prints an indicator gives no fact for it."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.facts.selection import PRINTED, Settled, counted_by_ones
from pipeline.model.fact import Fact, Gap, Want
from pipeline.model.observation import Observation, Status

_WANTS = {
    Status.BLANK: Want.BLANK,
    Status.DASH: Want.DASH,
    Status.NOT_APPLICABLE: Want.NOT_APPLICABLE,
    Status.MASKED: Want.MASKED,
}


def find_gaps(
    observations: Sequence[Observation],
    facts: Sequence[Fact],
    year: int,
    chosen: Mapping[str, Settled],
) -> tuple[Gap, ...]:
    """Says of every indicator that the tables print and no fact gives what stands there."""
    known = {fact.indicator_id for fact in facts}
    printed: dict[str, list[int]] = {}
    for number, one in enumerate(observations):
        if one.indicator_id is None or one.indicator_id in known or one.source not in PRINTED:
            continue
        if one.year in (None, year):
            printed.setdefault(one.indicator_id, []).append(number)
    if not printed:
        return ()
    return tuple(
        _with_value(observations, indicator_id, numbers, chosen[indicator_id])
        if indicator_id in chosen and any(observations[n].value is not None for n in numbers)
        else _without_value(observations, indicator_id, numbers[0])
        for indicator_id, numbers in printed.items()
    )


def _without_value(observations: Sequence[Observation], indicator_id: str, number: int) -> Gap:
    """What stands in the cell; a number without a known unit is no value."""
    seen = observations[number]
    is_number = seen.value is not None and seen.value_status.is_number
    want = Want.NO_UNIT if is_number else _WANTS.get(seen.value_status, Want.UNREADABLE)
    return Gap(indicator_id, want, number, seen.value_raw, seen.candidates)


def _with_value(
    observations: Sequence[Observation], indicator_id: str, numbers: Sequence[int], one: Settled
) -> Gap:
    """Values that disagree with each other, or stand in a table that does not add up."""
    want = Want.DISAGREEING if one.is_contradicted else Want.NOT_ADDING_UP
    values = tuple(dict.fromkeys(_values(observations, numbers)))
    first = next(n for n in numbers if observations[n].value is not None)
    return Gap(indicator_id, want, first, observations[first].value_raw, values)


def _values(observations: Sequence[Observation], numbers: Sequence[int]) -> Iterator[str]:
    for number in numbers:
        value = counted_by_ones(observations[number])
        if value is not None:
            yield f"{value:f}"
