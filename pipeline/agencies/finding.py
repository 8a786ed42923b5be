"""Finding agencies by what people call them: short and former names, first letters of pinyin.

What is known of names is the resolver's; here it only ranks agencies that are there already.
``data/initials.csv`` is built by ``builders.initials``.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pipeline.agencies import functions
from pipeline.agencies.resolver import Certainty, Resolution, resolve
from pipeline.agencies.succession import former_ids, successions
from pipeline.declared import Texts, declared_rows
from pipeline.model.agency import Agency

_GOVERNMENT = "人民政府"

_EXACT, _HEIR, _PART, _ALIAS, _WORDS, _LETTERS, _SCATTERED = range(7)


class NamedAgency(NamedTuple):
    """An agency and what it is called."""

    agency_id: str
    name: str
    aliases: tuple[str, ...] = ()


class _Wanted(NamedTuple):
    """What was typed, and what it is known to mean."""

    letters: str
    words: str
    parts: tuple[str, ...]
    own: str
    kin: frozenset[str]
    written: str


def ranked(words: str, agencies: Iterable[NamedAgency]) -> list[str]:
    """Returns the ids of the agencies that words may mean, the likeliest first.

    Args:
        words: An id, a name or part of one, a short name (质监局), a former name, or the first
            letters of its pinyin (``jxxzjj``).
        agencies: Those to choose from.
    """
    typed = "".join(words.split())
    if not typed:
        return []
    wanted = _meaning(typed, words.split())
    found = (
        (rank, len(agency.name), agency.name, agency.agency_id)
        for agency in agencies
        if (rank := _rank(wanted, agency)) is not None
    )
    return [agency_id for *_, agency_id in sorted(found)]


def government_of(name: str, *, year: int | None = None) -> Resolution | None:
    """Returns the government that a county or city stands for where people say no more.

    Args:
        name: 安吉县; None is returned where it is not one region, or more than that.
        year: The year it is spoken of.
    """
    found = resolve(name, year=year)
    if found.certainty is not Certainty.REGION_ONLY or found.region is None:
        return None
    meant = resolve(f"{found.name}{_GOVERNMENT}", year=year)
    return meant if meant.certainty is Certainty.CERTAIN else None


def _meaning(typed: str, parts: list[str]) -> _Wanted:
    found = (government_of(typed) or resolve(typed)).agency
    agency = found if found and found.is_placed else None
    function = functions.read_function(typed)
    return _Wanted(
        typed.lower() if typed.isascii() and typed.isalpha() else "",
        typed,
        tuple(parts),
        agency.agency_id if agency else typed,
        frozenset(_kin(agency)) if agency else frozenset(),
        function.in_full if function else typed,
    )


def _kin(agency: Agency) -> Iterator[str]:
    yield from (step.successor.agency_id for step in successions([agency]))
    yield from former_ids(agency)


def _rank(wanted: _Wanted, agency: NamedAgency) -> int | None:
    """How likely an agency is meant; by its words also where letters are no initials."""
    if wanted.letters and (rank := _letters(wanted.letters, agency)) is not None:
        return rank
    names = (agency.name, *agency.aliases)
    if wanted.own == agency.agency_id or wanted.words in names:
        return _EXACT
    if agency.agency_id in wanted.kin:
        return _HEIR
    if all(part in agency.name for part in wanted.parts):
        return _PART
    if any(wanted.words in alias for alias in agency.aliases):
        return _ALIAS
    return _WORDS if wanted.written in agency.name else None


def _letters(letters: str, agency: NamedAgency) -> int | None:
    best = None
    for name in (agency.name, *agency.aliases):
        said = [_initials().get(char, frozenset()) for char in name]
        if _begin(letters, said):
            return _LETTERS
        if _scattered(letters, said):
            best = _SCATTERED
    return best


def _begin(letters: str, said: list[frozenset[str]]) -> bool:
    """Whether letters are those of some characters in a row."""
    last = len(said) - len(letters)
    return any(
        all(letter in said[first + at] for at, letter in enumerate(letters))
        for first in range(last + 1)
    )


def _scattered(letters: str, said: list[frozenset[str]]) -> bool:
    """Whether letters are those of the first, the last and some characters between."""
    if not said or letters[0] not in said[0] or letters[-1] not in said[-1]:
        return False
    at = 0
    for letter in letters:
        while at < len(said) and letter not in said[at]:
            at += 1
        at += 1
    return at <= len(said)


@cache
def _initials() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in declared_rows("pipeline.agencies", "initials", Texts):
        for char in row["characters"]:
            found.setdefault(char, set()).add(row["letter"])
    return {char: frozenset(letters) for char, letters in found.items()}
