"""What is asked around the name of a measure: of whom, of which year, a share, a ranking.

The words of asking are data; the name that is left is looked up like any other.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipeline.declared import Declaration, declared

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:年度?)?")
_NOTE = re.compile(r"[（(][^（()）]*[)）]$")


class Question(NamedTuple):
    """Words as somebody asks them.

    Attributes:
        what: The name of what is asked for, with whatever is no word of asking.
        year: The year, if one is named.
        level: Tier of those asked for, empty for all.
        is_share: Whether it is asked for as a share.
        is_ranking: Whether the question is who has most, or who has what.
    """

    what: str
    year: int | None
    level: str
    is_share: bool
    is_ranking: bool

    @property
    def among(self) -> dict[str, str | int]:
        """The tier and the year, as far as the question states them."""
        said: dict[str, str | int] = {"level": self.level, "year": self.year or 0}
        return {name: one for name, one in said.items() if one}


class _Words(Declaration):
    who: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    bodies: tuple[str, ...]
    most: tuple[str, ...]
    how_much: tuple[str, ...]
    share: tuple[str, ...]
    idle: tuple[str, ...]
    opposite: str


class _Patterns(NamedTuple):
    who: re.Pattern[str]
    tail: re.Pattern[str]
    share: re.Pattern[str]
    most: re.Pattern[str]
    levels: dict[str, str]


def read(words: str) -> Question:
    """Returns what some words ask for; a name alone asks for nothing but itself."""
    found, patterns = YEAR.search(words), _patterns()
    text = "".join(YEAR.sub("", words, count=1).split())
    who = patterns.who.match(text)
    rest = text[who.end() :] if who else text
    tail = patterns.tail.search(rest)
    rest = rest[: tail.start()] if tail else rest
    share = patterns.share.search(rest)
    what = rest[: share.start()] if share else rest
    level = (who and who["level"]) or (tail and tail["level"]) or ""
    return Question(
        what=what.strip("".join(_words().idle)),
        year=int(found[1]) if found else None,
        level=patterns.levels.get(level, ""),
        is_share=share is not None,
        is_ranking=who is not None or bool(tail and patterns.most.search(tail.group())),
    )


def bare(label: str) -> str:
    """Returns a label without the note in brackets at its end."""
    return _NOTE.sub("", label)


def is_opposite(words: str, name: str) -> bool:
    """Whether one of two names is a negation and the other is not: 予以公开, 不予公开."""
    return _denies(words) != _denies(name)


def _denies(text: str) -> bool:
    return any(one in text for one in _words().opposite)


@cache
def _words() -> _Words:
    return declared("pipeline.warehouse", "asking", _Words)


@cache
def _patterns() -> _Patterns:
    words = _words()
    levels = {said: level for level, names in words.levels.items() for said in names}
    tier, idle = f"(?P<level>{_any(levels)})", _any(words.idle)
    asking = _any((*words.most, *words.how_much))
    return _Patterns(
        who=re.compile(f"(?:{_any(words.who)}){tier}?(?:{_any(words.bodies)})?"),
        tail=re.compile(f"(?:{idle})*(?:{asking})(?:{idle})*(?:{tier}|{_any(words.bodies)})*$"),
        share=re.compile(f"(?:{_any(words.share)})$"),
        most=re.compile(_any(words.most)),
        levels=levels,
    )


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
