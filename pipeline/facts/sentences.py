"""Sentences with their numbers in place, and what the words around a number say."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.facts.check_sides import SeenNumber
from pipeline.facts.wording import wording
from pipeline.lexis.normalise import fold
from pipeline.model.observation import Status

_CLAUSE_END = re.compile("[,，。；;：:]")


class CountedSentence(NamedTuple):
    """A sentence and what it counts.

    Attributes:
        quote: The sentence, verbatim.
        numbers: Its numbers in the order of their places, of several readings the first.
        spans: Where each stands in the quote.
    """

    quote: str
    numbers: tuple[SeenNumber, ...]
    spans: tuple[tuple[int, int], ...]

    def before(self, number: int) -> str:
        """The words between a number and the one before it."""
        return self.quote[self.spans[number - 1][1] if number else 0 : self.spans[number][0]]

    def lead(self, number: int) -> str:
        """The words of its own clause before a number."""
        return clauses(self.before(number))[-1]

    def after(self, number: int) -> str:
        """The words between a number and the next one."""
        last = number + 1 == len(self.spans)
        return self.quote[self.spans[number][1] : None if last else self.spans[number + 1][0]]

    def between(self, one: int, other: int) -> str:
        """The words between two numbers, with the numbers between them."""
        return self.quote[self.spans[one][1] : self.spans[other][0]]


def clauses(words: str) -> list[str]:
    """Returns the clauses of some words, at least one."""
    return _CLAUSE_END.split(words)


def counts_twice(quote: str) -> bool:
    """Whether a sentence says that it counts some things under several of its numbers."""
    return wording().sentences.twice.search(quote) is not None


def counted_sentences(prose: Sequence[SeenNumber]) -> Iterator[CountedSentence]:
    """Yields the sentences of a report that count something."""
    for (_, quote), said in groupby(prose, lambda one: (one.of.char_start, one.of.quote)):
        numbers: list[SeenNumber] = []
        spans: list[tuple[int, int]] = []
        for one in said:
            if one.of.value_status is not Status.REPORTED:
                continue
            behind = spans[-1][1] if spans else 0
            if place := _place_of(one.of.value_raw, one.of.unit_raw or "", quote, behind):
                numbers.append(one)
                spans.append(place)
        if numbers:
            yield CountedSentence(quote, tuple(numbers), tuple(spans))


def _place_of(value: str, unit: str, quote: str, behind: int) -> tuple[int, int] | None:
    """Where a sentence prints a number with its unit, in whatever width, behind an offset."""
    printed, value, unit = fold(quote), fold(value), fold(unit)
    start = printed.find(value, behind)
    while start >= 0:
        before, after = printed[start - 1 : start], printed[start + len(value) :].lstrip()
        if after.startswith(unit) and not (before == "." or before.isdecimal()):
            return start, len(printed) - len(after) + len(unit)
        start = printed.find(value, start + 1)
    return None
