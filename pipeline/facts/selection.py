"""Observations of one report to facts: at most one value an indicator.

A table beats a sentence. Where equals disagree, none is chosen: a gap is better than a
number that the report itself contradicts. Of a sentence only plain words count: what it may
say of another office, another stretch of time or by analogy stays an observation.
"""

from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter

from pipeline.forms.catalogue import Indicator, indicators
from pipeline.forms.identities import derived_totals
from pipeline.lexis.units import is_money, read_unit
from pipeline.model.fact import Fact
from pipeline.model.observation import Observation, Scope, Source, Status

_COUNTED = (Status.REPORTED, Status.ZERO_STATEMENT)
_PRINTED_IN_TABLE = (Source.TABLE, Source.RECONSTRUCTED)
_RANKS = {
    Source.TABLE: 0,
    Source.RECONSTRUCTED: 1,
    Source.NARRATIVE: 2,
    Source.DERIVED: 3,
}
_NARRATIVE = Source.NARRATIVE
_ZERO = Decimal(0)
_ONE = Decimal(1)
_DERIVED_CONFIDENCE = 0.95
_PLAIN = 0.9
_START = attrgetter("char_start")
_END = attrgetter("char_end")


def choose_facts(
    observations: Sequence[Observation], year: int, scope: Scope = Scope.AGENCY
) -> tuple[Fact, ...]:
    """Chooses the value of every indicator that a report speaks of.

    Args:
        observations: Everything seen in the report.
        year: The year reported on.
        scope: Whose numbers the report gives. What its own office did is no number of a
            whole region, and what a region did none of its bureau.

    Returns:
        Facts in the order in which the report first gives them.
    """
    catalogue = indicators()
    seen: dict[str, list[int]] = {}
    for number, observation in enumerate(observations):
        indicator_id = observation.indicator_id
        if indicator_id is None or observation.value is None:
            continue
        if _counts(observation, catalogue[indicator_id].unit, year, scope):
            seen.setdefault(indicator_id, []).append(number)
    facts = []
    for indicator_id, numbers in seen.items():
        chosen = _preferred(observations, numbers)
        if chosen is not None:
            facts.append(_fact(catalogue[indicator_id], observations[chosen], chosen))
    return tuple(facts)


def derive_totals(observations: Sequence[Observation], year: int | None) -> tuple[Observation, ...]:
    """Works out the totals that the form leaves out, where every part is printed.

    Args:
        observations: Everything seen in the report.
        year: The year reported on; a column of another year takes no part.

    Returns:
        Observations with ``source`` derived; none for a total that is printed.
    """
    years = (None, year)
    printed = {
        observation.indicator_id: observation
        for observation in observations
        if observation.source in _PRINTED_IN_TABLE
        and observation.value_status in _COUNTED
        and observation.year in years
    }
    derived = []
    for total in derived_totals():
        if total.indicator_id in printed or not all(map(printed.__contains__, total.parts)):
            continue
        parts = [printed[part] for part in total.parts]
        derived.append(_total(indicators()[total.indicator_id], parts))
        printed[total.indicator_id] = derived[-1]
    return tuple(derived)


def _counts(observation: Observation, unit: str, year: int, scope: Scope) -> bool:
    """Whether an observation is a number of the reporter for the report's year.

    Money without a unit is no amount: 25 may be yuan or ten thousands of them. Nor is a number
    counted in many of something unknown.
    """
    printed = read_unit(observation.unit_raw)
    return (
        observation.value_status in _COUNTED
        and (observation.year is None or observation.year == year)
        and (observation.source is not _NARRATIVE or _is_plain(observation, scope))
        and (printed.factor is not None or not observation.value)
        and (not is_money(unit) or is_money(printed.one) or not observation.value)
    )


def _is_plain(observation: Observation, scope: Scope) -> bool:
    """Whether a sentence says beyond doubt that the number is the reporter's own."""
    whose = Scope.REGION if scope is Scope.REGION else Scope.AGENCY
    own = observation.scope in (whose, Scope.UNKNOWN)
    return own and observation.confidence >= _PLAIN


def _preferred(observations: Sequence[Observation], numbers: Sequence[int]) -> int | None:
    """The first of the best source, if all of that source agree."""
    if len(numbers) == 1:
        return numbers[0]
    best = min(_RANKS[observations[number].source] for number in numbers)
    rivals = [number for number in numbers if _RANKS[observations[number].source] == best]
    agree = len({counted_by_ones(observations[rival]) for rival in rivals}) == 1
    return rivals[0] if agree else None


def counted_by_ones(observation: Observation) -> Decimal | None:
    """Returns how many single things an observation gives: 12000 for 1.2 万条.

    Args:
        observation: Any observation.

    Returns:
        None where it has no value, or a unit that does not tell.
    """
    factor = read_unit(observation.unit_raw).factor if observation.unit_raw else _ONE
    if observation.value is None or factor is None:
        return None
    if factor == 1:
        return observation.value or _ZERO
    ones = observation.value * factor
    whole = ones.to_integral_value()
    return whole if whole == ones else ones


def _fact(indicator: Indicator, observation: Observation, number: int) -> Fact:
    value, unit = counted_by_ones(observation) or _ZERO, indicator.unit
    if is_money(unit):
        value /= read_unit(unit).factor or _ONE
    elif observation.unit_raw:
        unit = read_unit(observation.unit_raw).one or unit
    return Fact(
        indicator.indicator_id, value, unit, observation.source, observation.qualifier, number
    )


def _total(indicator: Indicator, parts: Sequence[Observation]) -> Observation:
    first = min(parts, key=_START)
    last = max(parts, key=_END)
    value = sum([part.value or _ZERO for part in parts], _ZERO)
    return Observation(
        indicator_id=indicator.indicator_id,
        section_path=first.section_path,
        label_raw=indicator.label_zh,
        unit_raw=first.unit_raw,
        value_raw="",
        value=value,
        value_status=Status.REPORTED,
        source=Source.DERIVED,
        quote=" + ".join([part.value_raw for part in parts]),
        char_start=first.char_start,
        char_end=last.char_end,
        confidence=round(min([part.confidence for part in parts]) * _DERIVED_CONFIDENCE, 3),
        page=first.page,
        table_no=first.table_no,
    )
