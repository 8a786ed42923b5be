"""Observations of one report to facts: at most one value an indicator.

A table beats a sentence. Where equals disagree, none is chosen: a gap is better than a
number that the report itself contradicts. Of a sentence only plain words count: what it may
say of another office, another stretch of time or by analogy stays an observation.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType

from msgspec import Struct

from pipeline.forms.arithmetic import Known, decidable, difference, equalities
from pipeline.forms.catalogue import Indicator, indicators
from pipeline.forms.identities import derived_totals, identities_of
from pipeline.lexis.units import is_money, read_unit
from pipeline.model.fact import Fact
from pipeline.model.observation import Observation, Qualifier, Scope, Source, Status

PRINTED = (Source.TABLE, Source.RECONSTRUCTED, Source.REVIEWED)
_RANKS = {
    Source.REVIEWED: 0,
    Source.TABLE: 1,
    Source.RECONSTRUCTED: 2,
    Source.DERIVED: 3,
    Source.NARRATIVE: 4,
}
_NARRATIVE = Source.NARRATIVE
_ZERO = Decimal(0)
_ONE = Decimal(1)
_DERIVED_CONFIDENCE = 0.95
_PLAIN = 0.8
_LEFT_OUT = (Status.BLANK, Status.DASH, Status.NOT_APPLICABLE)
"""What a cell holds where a report leaves its total out."""
_START = attrgetter("char_start")
_END = attrgetter("char_end")


class Settled(Struct, frozen=True):
    """What a report says of an indicator.

    Attributes:
        observation: Index of the first observation of the best source.
        is_contradicted: Whether others of that source give another value, so that there is
            no fact and no total may be worked out from it.
    """

    observation: int
    is_contradicted: bool


def settled(
    observations: Sequence[Observation],
    year: int | None,
    scope: Scope,
    sources: Collection[Source] = tuple(Source),
    printed: Mapping[str, Settled] = MappingProxyType({}),
) -> dict[str, Settled]:
    """Which observation gives the value of each indicator: facts, totals and checks ask here.

    Args:
        observations: Everything seen in the report.
        year: The year reported on; a column of another year takes no part.
        scope: Whose numbers the report gives. What its own office did is no number of a
            whole region, and what a region did none of its bureau.
        sources: Where values may come from.
        printed: What is settled already of those printed, which no other source is
            preferred to.

    Returns:
        By indicator, in the order in which the report first gives them.
    """
    catalogue = indicators()
    first: dict[str, int] = {}
    again: dict[str, list[int]] = {}
    for number, observation in enumerate(observations):
        indicator_id = observation.indicator_id
        if (
            indicator_id is None
            or indicator_id in printed
            or observation.value is None
            or observation.source not in sources
            or not _counts(observation, catalogue[indicator_id].unit, year, scope)
        ):
            continue
        if first.setdefault(indicator_id, number) != number:
            again.setdefault(indicator_id, [first[indicator_id]]).append(number)
    return {
        **printed,
        **{one: Settled(number, False) for one, number in first.items()},
        **{one: _preferred(observations, numbers) for one, numbers in again.items()},
    }


def choose_facts(
    observations: Sequence[Observation], chosen: Mapping[str, Settled]
) -> tuple[Fact, ...]:
    """Chooses the value of every indicator that a report speaks of."""
    catalogue = indicators()
    return tuple(
        [
            _fact(catalogue[indicator_id], observations[one.observation], one.observation)
            for indicator_id, one in chosen.items()
            if not one.is_contradicted
        ]
    )


def derive_totals(
    observations: Sequence[Observation],
    template: str,
    year: int | None,
    chosen: Mapping[str, Settled],
) -> tuple[Observation, ...]:
    """Works out the totals that a report leaves out, where the value of every part is settled.

    One that is masked, misprinted or in no unit is printed all the same: what it says is
    unknown, and a sum does not take its place. A part that is left blank is settled where the
    form adds it up with others to a printed total that these make up alone; it has no value
    all the same.

    Returns:
        Observations with ``source`` derived; none for a total that is printed in whatever
        way, nor for one with a part that would be no fact.
    """
    cells = [
        one
        for one in observations
        if one.indicator_id and one.source in PRINTED and one.year in (None, year)
    ]
    printed = {one.indicator_id for one in cells if one.value_status not in _LEFT_OUT}
    values = {
        indicator_id: observations[one.observation]
        for indicator_id, one in chosen.items()
        if not one.is_contradicted
    }
    blank = {one.indicator_id for one in cells if one.indicator_id} - printed - values.keys()
    adding_nothing = _adding_nothing(values, blank, template) if blank else {}
    derived = []
    for total in derived_totals():
        if total.indicator_id in printed or values.keys().isdisjoint(total.parts):
            continue
        left = [part for part in total.parts if part not in values]
        if total.is_of_blanks and not left:
            continue
        if all(map(adding_nothing.__contains__, left)):
            parts = [values[part] for part in total.parts if part in values]
            why = tuple(dict.fromkeys(adding_nothing[part] for part in left))
            derived.append(_total(indicators()[total.indicator_id], parts, why))
            values[total.indicator_id] = derived[-1]
    return tuple(derived)


def _adding_nothing(
    values: Mapping[str, Observation], blank: set[str], template: str
) -> dict[str, str]:
    """Blank parts of printed totals that the printed parts make up, each with its identity."""
    numbers = {
        indicator_id: number
        for indicator_id, one in values.items()
        if (number := counted_by_ones(one)) is not None
    }
    rules = [rule for rule in equalities(identities_of(template)) if len(rule.left) == 1]
    return {
        term.indicator_id: rule.rule_id
        for rule in reversed(decidable(rules, numbers, Known(numbers, frozenset(blank))))
        if difference(rule, numbers) == 0 and all(term.sign > 0 for term in rule.right)
        for term in rule.right
        if term.indicator_id in blank
    }


def _counts(observation: Observation, unit: str, year: int | None, scope: Scope) -> bool:
    """Whether an observation is a number of the reporter for the report's year.

    Money without a unit is no amount: 25 may be yuan or ten thousands of them. Nor is a number
    counted in many of something unknown.
    """
    if (
        not observation.value_status.is_number
        or (observation.year is not None and observation.year != year)
        or (observation.source is _NARRATIVE and not _is_plain(observation, scope))
    ):
        return False
    return not observation.value or _tells_amount(observation.unit_raw, unit)


@lru_cache(maxsize=1024)
def _tells_amount(unit_raw: str | None, unit: str) -> bool:
    """Whether a number with a printed unit is one of an indicator counted in another."""
    if unit_raw == unit:
        return True
    printed = read_unit(unit_raw)
    return printed.factor is not None and (not is_money(unit) or is_money(printed.one))


def _is_plain(observation: Observation, scope: Scope) -> bool:
    """Whether a sentence says beyond doubt that the number is the reporter's own."""
    whose = Scope.AGENCY if scope is Scope.UNKNOWN else scope
    own = observation.scope in (whose, Scope.UNKNOWN)
    return own and observation.confidence >= _PLAIN


def _preferred(observations: Sequence[Observation], numbers: Sequence[int]) -> Settled:
    best = min(_RANKS[observations[number].source] for number in numbers)
    rivals = [number for number in numbers if _RANKS[observations[number].source] == best]
    # 超过1500条，总数为1538条: an estimate beside the number contradicts nothing.
    exact = [rival for rival in rivals if observations[rival].qualifier is Qualifier.EXACT]
    rivals = exact or rivals
    said = {counted_by_ones(observations[rival]) for rival in rivals}
    if observations[rivals[0]].source is Source.DERIVED:
        # A sentence that prints the same total is a better place to look than a sum.
        told = (one for one in numbers if counted_by_ones(observations[one]) in said)
        return Settled(max(told, key=lambda one: _RANKS[observations[one].source]), False)
    return Settled(rivals[0], len(said) > 1)


def counted_by_ones(observation: Observation) -> Decimal | None:
    """Returns how many single things an observation gives: 12000 for 1.2 万条.

    Returns:
        None where it has no value, or a unit that does not tell.
    """
    value = observation.value
    if value is None:
        return None
    factor = read_unit(observation.unit_raw).factor if observation.unit_raw else _ONE
    if factor is _ONE or factor == _ONE:
        return value or _ZERO
    if factor is None:
        return None
    ones = value * factor
    whole = ones.to_integral_value()
    return whole if whole == ones else ones


def _fact(indicator: Indicator, observation: Observation, number: int) -> Fact:
    unit = indicator.unit
    value = (counted_by_ones(observation) if observation.unit_raw else observation.value) or _ZERO
    if indicator.is_money:
        value /= read_unit(unit).factor or _ONE
    elif observation.unit_raw:
        unit = read_unit(observation.unit_raw).one or unit
    return Fact(
        indicator.indicator_id, value, unit, observation.source, observation.qualifier, number
    )


def _total(indicator: Indicator, parts: Sequence[Observation], why: tuple[str, ...]) -> Observation:
    first = min(parts, key=_START)
    last = max(parts, key=_END)
    units = {part.unit_raw for part in parts}
    numbers = [part.value if len(units) == 1 else counted_by_ones(part) for part in parts]
    return Observation(
        indicator_id=indicator.indicator_id,
        section_path=first.section_path,
        label_raw=indicator.label_zh,
        unit_raw=first.unit_raw if len(units) == 1 else None,
        value_raw="",
        value=sum([number or _ZERO for number in numbers], _ZERO),
        value_status=Status.REPORTED,
        source=Source.DERIVED,
        quote=" + ".join([part.value_raw for part in parts]),
        char_start=first.char_start,
        char_end=last.char_end,
        confidence=round(min([part.confidence for part in parts]) * _DERIVED_CONFIDENCE, 3),
        page=first.page,
        table_no=first.table_no,
        why=why,
    )
