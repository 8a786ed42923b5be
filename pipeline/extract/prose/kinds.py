"""What labels count, by ``data/kinds.yml``: kinds of parts, families, cases and like units."""

import re
from functools import cache, cached_property, lru_cache

from pipeline.declared import Declaration, declared

_REASONS = frozenset({"unavailable", "unhandled", "dropped", "reason"})
_OUTCOMES = frozenset({"outcome", "partly", "unavailable", "unhandled", "reason"})


class CountedKind(Declaration):
    """A row of ``data/kinds.yml``; see its head."""

    kind: str
    label: re.Pattern[str]
    wholes: re.Pattern[str]
    within: re.Pattern[str] | None = None
    alone: bool = False
    beside: bool = False


class _Family(Declaration):
    family: str
    label: re.Pattern[str]


class _Kinds(Declaration):
    kinds: tuple[CountedKind, ...]
    families: tuple[_Family, ...]
    cases: dict[str, str]
    units: tuple[frozenset[str], ...]

    @cached_property
    def case(self) -> re.Pattern[str]:
        """Any kind of cases; the name of the group is its own."""
        return re.compile("|".join(f"(?P<{name}>{words})" for name, words in self.cases.items()))

    @cached_property
    def opened(self) -> re.Pattern[str]:
        """A kind of cases, a colon, and the rest of a sentence that has not ended."""
        return re.compile(f"(?:{'|'.join(self.cases.values())})[^,。;:]{{0,6}}:[^。;]*$")


@lru_cache(maxsize=8192)
def family_of(label: str) -> str:
    """Returns what a label is about, empty where nothing tells."""
    return next((entry.family for entry in _kinds().families if entry.label.search(label)), "")


def case_of(text: str) -> str:
    """Returns which kind of cases a text names last, empty if none."""
    named = cases_in(text)
    return named[-1] if named else ""


def cases() -> frozenset[str]:
    """Returns the kinds of cases."""
    return frozenset(_kinds().cases)


def cases_in(text: str) -> tuple[str, ...]:
    """Returns the kinds of cases that a text names, in order."""
    return tuple(match.lastgroup or "" for match in _kinds().case.finditer(text))


def said_before_cases(text: str) -> str:
    """Returns what a text says before the kind of cases that it names last, nothing without any."""
    named = [match.start() for match in _kinds().case.finditer(text)]
    return text[: named[-1]] if named else ""


def opens_cases(text: str) -> bool:
    """Whether a text names a kind of cases before a colon and has not ended the sentence since."""
    return _kinds().opened.search(text) is not None


def fits(label: str, indicator: str | None) -> bool:
    """Whether a label says what became of the things that an indicator counts, or their kind."""
    return indicator is not None and any(
        kind.label.search(label) and kind.wholes.search(indicator) for kind in _kinds().kinds
    )


def is_applicant(label: str) -> bool:
    """Whether a label says who asks."""
    kind = counted_kind(label)
    return kind is not None and kind.kind == "applicant"


def is_outcome(label: str) -> bool:
    """Whether a label says what became of a request, beside that it was dealt with."""
    kind = counted_kind(label)
    return kind is not None and kind.kind in _OUTCOMES


def is_reason(label: str) -> bool:
    """Whether a label says for which of the reasons of the form a request was not granted."""
    kind = counted_kind(label)
    return kind is not None and kind.kind in _REASONS


@lru_cache(maxsize=1024)
def are_alike(one: str, other: str) -> bool:
    """Whether two units count things of one kind."""
    return one == other or any(one in units and other in units for units in _kinds().units)


@lru_cache(maxsize=8192)
def counted_kind(label: str) -> CountedKind | None:
    """Returns the kind of thing that a label names, None where it tells none."""
    return next((entry for entry in _kinds().kinds if entry.label.search(label)), None)


@cache
def _kinds() -> _Kinds:
    return declared("pipeline.extract.prose", "kinds", _Kinds)
