"""Lists of parts that a sentence says to be whole, which then add up to what they are parts of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from pipeline.declared import declared
from pipeline.facts.sides import Seen, Whole, are_exact
from pipeline.lexis.numerals import parse

Sum = tuple[Seen, Sequence[Seen]]
"""A number with all the parts that make it up."""

_FEWEST = 2
# Something counted between the parts, which is of another list.
_COUNTED = re.compile(r"\d\s*[件条个人名]")
_RECEIVED = "requests.received"
_PATH = " > "


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    kinds: re.Pattern[str]
    each: re.Pattern[str]
    rest: re.Pattern[str]
    no_other: re.Pattern[str]
    adds_up: re.Pattern[str]
    body: re.Pattern[str]
    made_up: re.Pattern[str]
    stretches: dict[str, frozenset[int]]
    stretch: re.Pattern[str]


def declared_sums(prose: Sequence[Seen], wholes: Iterable[Whole]) -> Iterator[Sum]:
    """Finds numbers whose parts a sentence gives to the last one.

    Args:
        prose: The numbers a report's sentences state, in reading order.
        wholes: Those that others are said to be parts of, with these.

    Yields:
        Every such number with its parts.
    """
    for whole, parts in wholes:
        listed = _listed(whole, parts)
        if len(listed) >= _FEWEST and _says_all(whole, listed):
            yield whole, listed
    for place, said in enumerate(prose):
        yield from _made_up(said, prose[place + 1 :])
        yield from _of_bodies(said, prose[:place])
        yield from _of_stretches(said, prose)


def _listed(whole: Seen, parts: Sequence[Seen]) -> list[Seen]:
    """The parts that a sentence lists right behind their whole, empty where one is not exact."""
    listed = [part for part in parts if _is_beside(part, whole) and part.printed != whole.printed]
    return listed if are_exact(whole, *listed) else []


def _is_beside(one: Seen, other: Seen) -> bool:
    """Whether two numbers stand in one sentence and count in one unit, of one year."""
    return (one.of.quote, one.of.unit_raw, one.of.year) == (
        other.of.quote,
        other.of.unit_raw,
        other.of.year,
    )


def _says_all(whole: Seen, parts: Sequence[Seen]) -> bool:
    """Whether the words between and behind the parts say that there are no others."""
    quote, gaps, at = whole.of.quote, [], 0
    for one in (whole, *parts):
        found = quote.find(one.printed, at)
        if found < 0:
            return False
        gaps.append(quote[at:found])
        at = found + len(one.printed)
    if any(_COUNTED.search(gap) for gap in gaps[1:]):
        return False
    words = _words()
    kinds = words.kinds.search(gaps[1])
    if kinds:
        return int(parse(kinds["number"])) == len(parts)
    if any(words.rest.search(gap) for gap in gaps[1:-1]):
        return False
    told = words.each.search(gaps[1]) or words.rest.search(gaps[-1])
    return bool(told or words.no_other.match(quote[at:]))


def _made_up(said: Seen, behind: Sequence[Seen]) -> Iterator[Sum]:
    """What a sentence says a number to be made up of: 44件,由县直部门31件、乡镇13件组成."""
    quote = said.of.quote
    told = _words().made_up.search(quote, max(quote.find(said.printed), 0))
    if told is None or not quote[: told.start()].endswith(said.printed):
        return
    parts = []
    at = told.start("parts")
    for one in behind:
        at = quote.find(one.printed, at, told.end()) + len(one.printed)
        if not _is_beside(one, said) or at < len(one.printed):
            break
        parts.append(one)
    if (
        len(parts) >= _FEWEST
        and are_exact(said, *parts)
        and not _COUNTED.search(quote, at, told.end())
    ):
        yield said, parts


def _of_bodies(said: Seen, before: Sequence[Seen]) -> Iterator[Sum]:
    """What a sentence adds up of several bodies, or of those that came and were carried in."""
    quote = said.of.quote
    if not _words().adds_up.search(quote[: quote.rfind(said.printed)]):
        return
    parts = [one for one in before if _is_beside(one, said) and _above(one) == _above(said)]
    if len(parts) < _FEWEST:
        return
    names = {one.of.indicator_id for one in parts}
    came = names == {_RECEIVED, "requests.carried_in"}
    alike = names <= {parts[0].of.indicator_id, None} and _are_of_bodies(parts)
    if alike or (came and len(parts) == _FEWEST):
        yield said, parts


def _are_of_bodies(parts: Sequence[Seen]) -> bool:
    """Whether numbers count one thing of several bodies: 县政府办受理24件,其余单位受理16件."""
    what = min((part.of.label_raw for part in parts), key=len)
    who = [part.of.label_raw.removesuffix(what) for part in parts]
    return all(not name or _words().body.search(name) for name in who)


def _of_stretches(said: Seen, prose: Sequence[Seen]) -> Iterator[Sum]:
    """Parts of the year that make up all of it: 第一季度21件,第二季度15件,下半年30件."""
    if said.of.indicator_id is None or said.is_open:
        return
    parts, covered = [], list[int]()
    for one in prose:
        named = _words().stretch.search(one.of.label_raw) if _is_beside(one, said) else None
        if named and one is not said:
            parts.append(one)
            covered += _words().stretches[named.group()]
    if len(parts) >= _FEWEST and sorted(covered) == [1, 2, 3, 4]:
        yield said, parts


def _above(said: Seen) -> str:
    return said.of.section_path.rpartition(_PATH)[0]


@cache
def _words() -> _Words:
    return declared("pipeline.facts", "declared_parts", _Words)
