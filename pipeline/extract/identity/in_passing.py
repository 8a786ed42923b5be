"""Bodies named in passing, where neither head nor opening of a report names its writer."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.agencies.functions import is_above_all
from pipeline.agencies.resolver import Certainty, Resolution, resolve
from pipeline.agencies.towns import KINDS
from pipeline.declared import Declaration, declared
from pipeline.extract.identity.name_patterns import patterns_of
from pipeline.model.agency import Level

_OF_SENTENCES = re.compile("[了的在]")
"""What no name has."""
_TAX = "tax"
_KEEPS_SITES = re.compile("big_data|government_services|news_media")
"""Who keeps the site of a county, or its news, stands under the reports of all."""
_HIGHEST = frozenset({Level.NATIONAL, Level.PROVINCE})
NAME_OF_TOWN = re.compile(rf"(?:{'|'.join(KINDS)})(?:(?:人民)?政府|办事处)?$")
"""How the name of who governs a town ends."""


class PassingName(Declaration):
    """A row of ``data/named_in_passing.yml``; see its head."""

    id: str
    pattern: str
    example: str
    own: bool = False
    governs: bool = False


def in_passing(text: str, year: int | None, *, calls_itself: bool) -> Iterator[Resolution]:
    """Yields whose work on open government, accounts, sites and desks a text speaks of.

    Args:
        text: The report, or as much of it as is looked at.
        year: The year it is about.
        calls_itself: Whether it speaks of its writer as of a body: 我局.
    """
    for row, pattern in _patterns():
        if row.own and not calls_itself:
            continue
        for match in pattern.finditer(text):
            found = _whole(match[match.lastindex or 0], year)
            if found and (row.governs or not is_for_others(found)):
                yield found


def _whole(said: str, year: int | None) -> Resolution | None:
    if _OF_SENTENCES.search(said):
        return None
    found = resolve(said, year=year)
    return found if found.certainty in {Certainty.CERTAIN, Certainty.UNRESOLVED} else None


def is_for_others(found: Resolution) -> bool:
    """Whether others publish on a body's sites: a ministry's, a government's, but no town's."""
    level = found.agency.level if found.agency else Level.UNKNOWN
    if level is Level.NATIONAL or found.function == _TAX:
        return level in _HIGHEST
    if _KEEPS_SITES.search(found.function):
        return True
    return is_above_all(found.function) and not NAME_OF_TOWN.search(found.name)


@cache
def passing_names() -> tuple[PassingName, ...]:
    """Returns the declared ways to name the writer of a report in passing."""
    return declared("pipeline.extract.identity", "named_in_passing", tuple[PassingName, ...])


@cache
def _patterns() -> tuple[tuple[PassingName, re.Pattern[str]], ...]:
    return patterns_of(passing_names())
