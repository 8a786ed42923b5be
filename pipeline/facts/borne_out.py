"""What else in a report bears out a number that a sentence says.

One sentence may be misread where nothing tells. A number that a cell prints too, that another
sentence says again, or that adds up with others is as sure as a printed one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from msgspec import structs

from pipeline.extract.prose.as_observation import CONFIDENCE
from pipeline.facts.selection import PRINTED, counted_by_ones
from pipeline.forms.arithmetic import added, equalities, sides
from pipeline.forms.identities import Identity, identities_of
from pipeline.model.observation import Observation, Qualifier, Source

CONFIDENCE_BORNE_OUT = 0.95
"""How sure a number of a sentence is at most, which is read in words and not in a cell."""

_FEWEST_PARTS = 2
_NARRATIVE = Source.NARRATIVE
_Numbered = tuple[int, Observation]


def weigh_by_agreement(
    observations: Sequence[Observation], template: str
) -> tuple[Observation, ...]:
    """Raises the confidence of sentences that something else in the report bears out.

    Returns:
        The observations, values untouched.
    """
    said = [one for one in enumerate(observations) if _is_plain(one[1])]
    if not said:
        return tuple(observations)
    sure = {
        *_printed_too(observations, said),
        *_said_again(said),
        *_added_up(observations, said),
        *_balanced(said, template),
    }
    return tuple(
        structs.replace(one, confidence=CONFIDENCE_BORNE_OUT) if number in sure else one
        for number, one in enumerate(observations)
    )


def _is_plain(one: Observation) -> bool:
    """Whether a sentence says a number of the year that nothing leaves open."""
    return (
        one.source is _NARRATIVE
        and one.indicator_id is not None
        and one.value is not None
        and one.year is None
        and one.confidence >= CONFIDENCE
    )


def _printed_too(observations: Sequence[Observation], said: Sequence[_Numbered]) -> Iterator[int]:
    """Indices of numbers that a table prints as well."""
    names = {one.indicator_id for _, one in said}
    cells = {
        _what(one)
        for one in observations
        if one.indicator_id in names
        and one.source in PRINTED
        and one.value is not None
        and one.year is None
    }
    for number, one in said:
        if _what(one) in cells:
            yield number


def _said_again(said: Sequence[_Numbered]) -> Iterator[int]:
    """Those that two sentences say alike."""
    places = defaultdict(set)
    for _, one in said:
        places[_what(one)].add(one.char_start)
    for number, one in said:
        if len(places[_what(one)]) > 1:
            yield number


def _what(one: Observation) -> tuple[str | None, Decimal | None]:
    """What a number says: of which indicator, how many."""
    return one.indicator_id, counted_by_ones(one)


def _added_up(observations: Sequence[Observation], said: Sequence[_Numbered]) -> Iterator[int]:
    """Indices of wholes and their parts that a sentence gives and that add up."""
    parts = defaultdict(list)
    for number, one in enumerate(observations):
        if one.source is _NARRATIVE and one.value and one.qualifier is Qualifier.EXACT:
            parts[one.char_start, one.above, one.unit_raw].append((number, one.value))
    plain = {number for number, _ in said}
    for number, one in said:
        of_it = parts.get((one.char_start, one.section_path, one.unit_raw), ())
        if len(of_it) >= _FEWEST_PARTS and sum(value for _, value in of_it) == one.value:
            yield number
            yield from (part for part, _ in of_it if part in plain)


def _balanced(said: Sequence[_Numbered], template: str) -> Iterator[int]:
    """Those that an identity of the form holds together."""
    values: dict[str, Decimal] = {}
    for _, one in said:
        value = counted_by_ones(one)
        if one.indicator_id and value is not None:
            values.setdefault(one.indicator_id, value)
    rules = {rule.rule_id: rule for name in values for rule in _rules(template).get(name, ())}
    held: set[str] = set()
    for rule in rules.values():
        counted = sides(rule, values)
        if all(name in values for name in counted.ids):
            total = added(counted.left, values)
            if total and total == added(counted.right, values):
                held.update(counted.ids)
    for number, one in said:
        name = one.indicator_id or ""
        if name in held and values[name] == counted_by_ones(one):
            yield number


@cache
def _rules(template: str) -> MappingProxyType[str, tuple[Identity, ...]]:
    """The equalities of a form by the indicators they are about."""
    found: dict[str, tuple[Identity, ...]] = {}
    for rule in equalities(identities_of(template)):
        for term in (*rule.left, *rule.right):
            found[term.indicator_id] = (*found.get(term.indicator_id, ()), rule)
    return MappingProxyType(found)
