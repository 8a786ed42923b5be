"""Whose number it is, and of which year."""

import re
from functools import lru_cache

from pipeline.extract.narrative.vocabulary import vocabulary
from pipeline.extract.observation import Scope

_YEAR = re.compile(r"(?<!\d)(20[012]\d)年")
_QUOTED = re.compile(r"《[^《》]*》|“[^”]*”|〔\d{4}〕")
_THIS_YEAR = re.compile(r"今年|本年|年内|全年")


def scope_before(text: str, at: int) -> Scope:
    """Returns whose number stands at an offset of a sentence, as the words before it say."""
    best = Scope.UNKNOWN
    for end, scope in _scopes(text):
        if end <= at:
            best = scope
    return best


@lru_cache(maxsize=64)
def _scopes(text: str) -> tuple[tuple[int, Scope], ...]:
    """Every mention of somebody's numbers in a sentence: where it ends, and whose."""
    found = [
        (match.start(), match.end(), entry.scope)
        for entry in vocabulary().scopes
        for match in entry.pattern.finditer(text)
        if not vocabulary().scope_object.search(text[: match.start()])
    ]
    return tuple((end, scope) for _, end, scope in sorted(found))


def scope_word(text: str) -> str:
    """Returns the words that say whose number it is, empty where none do."""
    found = [entry.pattern.search(text) for entry in vocabulary().scopes]
    return next((match.group() for match in found if match), "")


def year_before(text: str, at: int, report_year: int | None) -> int | None:
    """Returns the year a number is about where it is not the report's.

    Args:
        text: Clean text of the sentence.
        at: Offset of the number.
        report_year: The year reported on, None if not known.
    """
    year = None
    for end, mentioned in _years(text, report_year):
        if end <= at:
            year = mentioned
    return None if year == report_year else year


@lru_cache(maxsize=64)
def _years(text: str, report_year: int | None) -> tuple[tuple[int, int | None], ...]:
    """Every mention of a year in a sentence, titles aside: where it ends, and which."""
    said = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    before = report_year - 1 if report_year else None
    years = [(match.end(), int(match.group(1))) for match in _YEAR.finditer(said)]
    this = [(match.end(), report_year) for match in _THIS_YEAR.finditer(said)]
    last = [
        (match.end(), before)
        for match in vocabulary().last_year.finditer(said)
        if not vocabulary().not_last_year.search(said, max(match.start() - 1, 0), match.end())
    ]
    return tuple(sorted([*years, *this, *last], key=lambda pair: pair[0]))


def is_cumulative(text: str, at: int, report_year: int | None) -> bool:
    """Whether the number adds up more than the report's year."""
    since = vocabulary().since.search(text[:at])
    if since is None:
        return False
    years = {int(year) for year in _YEAR.findall(since.group())}
    return years != {report_year}
