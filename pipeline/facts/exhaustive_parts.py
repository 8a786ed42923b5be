"""Sentences that name every part of a number, which then is their sum."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.facts.check_sides import (
    SeenNumber,
    Whole,
    added_values,
    are_exact,
    is_carried_in,
    result,
)
from pipeline.facts.comparable import sums
from pipeline.facts.sentences import CountedSentence
from pipeline.facts.stated_part_lists import (
    counted_once,
    declared_sums,
    parts_of_year,
)
from pipeline.facts.wording import wording
from pipeline.forms.identities import Relation, derived_totals, identities
from pipeline.lexis.numerals import parse
from pipeline.model.check import CheckResult

_LIKELY = "warn"
_TWO = 2


class _Sum(NamedTuple):
    """A whole with the parts that make it up."""

    whole: str
    parts: tuple[str, ...]
    is_closed: bool


def compare_complete(
    prose: Sequence[SeenNumber], wholes: Sequence[Whole], sentences: Sequence[CountedSentence]
) -> Iterator[CheckResult]:
    """X-P7: numbers against the sum of all their parts, where sentences name every one."""
    yield from _by_catalogue(prose)
    yield from _in_halves(wholes)
    yield from _said_sums(prose)
    yield from _summed_up(prose)
    for sentence in sentences:
        for year, stretches in (*parts_of_year(sentence), *counted_once(sentence)):
            if are_exact(year, *stretches):
                yield _added_up(year, stretches, at_most=True)
    carried = [one.value for one in prose if is_carried_in(one)]
    for whole, parts in declared_sums(prose, wholes, sentences):
        more = added_values(parts, whole) - whole.value
        in_several_ways = more > 0 and _are_ways(whole, parts)
        is_told = whole.value and are_exact(whole, *parts)
        if is_told and more not in carried and not in_several_ways:
            yield _added_up(whole, parts)


def _are_ways(whole: SeenNumber, parts: Sequence[SeenNumber]) -> bool:
    """Whether one item may be counted in several parts: once for each way of publishing it."""
    ways = wording().exhaustive_parts.several_ways
    if whole.of.indicator_id != ways.whole:
        return False
    sentence = any((part.of.indicator_id or "").startswith(ways.way) for part in parts)
    return sentence or ways.word in whole.of.quote


def _by_catalogue(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    said: dict[str, SeenNumber] = {}
    doubtful = set()
    for one in prose:
        name = one.of.indicator_id
        if name and not one.is_open:
            before = said.setdefault(name, one)
            if before.value != one.value or not are_exact(one):
                doubtful.add(name)
    for name in (one for one in said if one not in doubtful):
        sentence = [entry for entry in _sums().get(name, ()) if said.keys() >= set(entry.parts)]
        for entry in sentence:
            more = [one for one in said if _is_child(one, name) and one not in entry.parts]
            parts = [said[part] for part in (*entry.parts, *more)]
            is_least = any(set(entry.parts) < set(other.parts) for other in sentence)
            if not is_least and doubtful.isdisjoint((*entry.parts, *more)):
                whole = said[name]
                is_closed = entry.is_closed and not _has_more(whole, parts, prose)
                yield _added_up(whole, parts, at_most=not is_closed)


def _is_child(name: str, above: str) -> bool:
    """Whether an indicator of requests or cases is one step below another."""
    rest = name.removeprefix(f"{above}.")
    return (
        above != wording().exhaustive_parts.several_ways.whole
        and rest != name
        and not {".", ":"} & set(rest)
    )


def _has_more(whole: SeenNumber, parts: Sequence[SeenNumber], prose: Sequence[SeenNumber]) -> bool:
    """Whether something is counted beside the parts that no form has: 聘用1人, 终止2件."""
    quotes = {one.of.quote for one in (whole, *parts)}
    return any(
        one.of.indicator_id is None
        and one.value > 0
        and not wording().exhaustive_parts.total.search(one.of.label_raw)
        and one.of.unit_raw == whole.of.unit_raw
        and one.of.quote in quotes
        for one in prose
    )


def _in_halves(wholes: Iterable[Whole]) -> Iterator[CheckResult]:
    """Sums of two halves: natural and legal persons, or the own level and all levels below it.

    全市新收689件，其中市本级171件，县（市、区）518件.
    """
    words = wording().exhaustive_parts
    for whole, parts in wholes:
        for one, other in pairwise(parts):
            exact = are_exact(whole, one, other)
            is_first = words.one_half.search(one.of.label_raw)
            both = is_first and words.other_half.search(other.of.label_raw)
            if len(parts) == _TWO and words.own_level.search(one.before):
                both = words.level_below.search(other.before)
            if exact and both and whole.of.indicator_id:
                yield _added_up(whole, [one, other])


def _said_sums(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """Sums that a sentence states of the numbers before it: 两项合计70件."""
    for place, said in enumerate(prose):
        named = wording().exhaustive_parts.several.fullmatch(said.of.label_raw)
        if not named:
            continue
        parts = prose[max(place - int(parse(named["number"])), 0) : place]
        alike = all(one.of.unit_raw == said.of.unit_raw for one in parts)
        if alike and are_exact(said, *parts) and len(parts) == int(parse(named["number"])):
            yield _added_up(said, parts)


def _summed_up(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """What a sentence adds up after a list: 予以公开8件，部分公开2件，共办结12件."""
    for place, said in enumerate(prose):
        prefix = wording().exhaustive_parts.summed_up.get(said.of.indicator_id or "")
        if not prefix or said.is_open or not wording().stated_part_lists.sum.search(said.before):
            continue
        parts = [one for one in prose[:place] if one.of.quote == said.of.quote]
        names = {one.of.indicator_id for one in parts}
        listed = all(
            (name or "").startswith(prefix) and "." not in (name or "").removeprefix(prefix)
            for name in names
        )
        if listed and len(parts) == len(names) > 1:
            yield _added_up(said, parts)


def _added_up(
    whole: SeenNumber, parts: Sequence[SeenNumber], *, at_most: bool = False
) -> CheckResult:
    value = added_values(parts, whole)
    fits = value == whole.value or (at_most and value < whole.value)
    return result("all_parts", fits, (whole,), parts, expected=value)


@cache
def _sums() -> dict[str, tuple[_Sum, ...]]:
    """The sums of the forms by their whole; of what a form may leave out, only as a limit."""
    found: dict[str, list[_Sum]] = {}
    for rule in identities():
        required = tuple(term.indicator_id for term in rule.right if not term.optional)
        if (
            rule.relation is Relation.EQUAL
            and not rule.spans_years
            and not rule.alternatives
            and len(rule.left) == 1
            and len(required) > 1
        ):
            is_closed = len(required) == len(rule.right) or rule.severity != _LIKELY
            found.setdefault(rule.left[0].indicator_id, []).append(
                _Sum(rule.left[0].indicator_id, required, is_closed)
            )
    for total in derived_totals():
        if ":" not in total.indicator_id:
            found.setdefault(total.indicator_id, []).append(
                _Sum(total.indicator_id, total.parts, True)
            )
    for whole, parts in (*wording().exhaustive_parts.complete.items(), *sums().items()):
        found.setdefault(whole, []).append(_Sum(whole, parts, True))
    return {whole: tuple(dict.fromkeys(sums)) for whole, sums in found.items()}
