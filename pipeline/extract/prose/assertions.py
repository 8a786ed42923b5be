"""Assertions that sentences make without a number, to check a table against."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from pipeline.declared import Declaration, declared
from pipeline.extract.prose.passages import Piece, Sentence
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.forms.catalogue import IndicatorId


class Assertion(NamedTuple):
    """A sentence that cannot be true if an indicator is nought, or if it is not.

    Attributes:
        indicator_id: The indicator.
        phrase: The words that assert it.
        quote: The sentence, verbatim.
        char_start: Offset of the quote in the decoded text.
        char_end: Offset behind it.
        is_denial: Whether it says that there is nothing to count.
    """

    indicator_id: str
    phrase: str
    quote: str
    char_start: int
    char_end: int
    is_denial: bool = False


class _Kind(Declaration):
    """``words``: one stands in every match. ``anywhere``: in sections on plans too.

    ``denies``: there is nothing that could be counted.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    indicators: tuple[IndicatorId, ...]
    anywhere: bool = False
    denies: bool = False


class _Kinds(Declaration):
    assertions: tuple[_Kind, ...]
    unless: re.Pattern[str]

    @cached_property
    def word(self) -> re.Pattern[str]:
        """Any word that some assertion needs."""
        return re.compile(
            "|".join(sorted({word for kind in self.assertions for word in kind.words}))
        )


def observe_assertions(prose: Iterable[Sentence]) -> tuple[Assertion, ...]:
    """Reads what a report asserts without a number.

    Returns:
        The first assertion on every indicator, in reading order.
    """
    found: dict[tuple[str, bool], Assertion] = {}
    said = _kinds().word
    kinds = _kinds().assertions
    for sentence in prose:
        for piece in sentence.pieces:
            if not said.search(piece.raw):
                continue
            for one in _assertions(kinds, sentence, piece):
                found.setdefault((one.indicator_id, one.is_denial), one)
                kinds = tuple(
                    kind
                    for kind in kinds
                    if not found.keys() >= {(name, kind.denies) for name in kind.indicators}
                )
    return tuple(found.values())


def _assertions(kinds: Iterable[_Kind], sentence: Sentence, piece: Piece) -> Iterator[Assertion]:
    for kind in kinds:
        if not any(map(piece.raw.__contains__, kind.words)):
            continue
        match = kind.pattern.search(piece.raw)
        if match is None or (_is_planned(sentence) and not kind.anywhere):
            continue
        if _kinds().unless.search(_clause(piece.raw, match.start())):
            continue
        quote = piece.raw.strip()
        start = piece.start + piece.raw.index(quote)
        for name in kind.indicators:
            yield Assertion(name, match.group(), quote, start, start + len(quote), kind.denies)


def _is_planned(sentence: Sentence) -> bool:
    return any(vocabulary().plan_heading.search(head) for head in sentence.path[-1:])


def _clause(text: str, at: int) -> str:
    return re.split(r"[,，。；;]", text[:at])[-1]


@cache
def _kinds() -> _Kinds:
    return declared("pipeline.extract.prose", "assertions", _Kinds)
