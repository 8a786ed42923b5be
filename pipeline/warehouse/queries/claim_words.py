"""Which words of a claim were checked: those declared for what it counts, and no others.

A number is right for the words that name it: 按时办结163件 says more than 办结163件, and so does a
rank behind it. Nobody can list all that a sentence may say more; so the words that may stand there
are listed, and whatever is left over was not checked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pydantic import model_validator

from pipeline.declared import Declaration, declared
from pipeline.forms.catalogue import applicants, indicators
from pipeline.forms.form import printed_labels

OWN = " "
"""What stands for the agency and its year in a statement."""
_CLAUSE = re.compile("[,，。;；:：]")
_IDLE_SIGNS = frozenset(f"{OWN}\t\n,，。;；:：、()（）“”\"'")
_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|\d+\.)")
_COUNT = re.compile("(?:总数|数量|数)$")


class _Words(Declaration):
    idle: frozenset[str]
    opening: frozenset[str]
    whole: frozenset[str]
    none: frozenset[str]
    names: dict[str, frozenset[str]]

    @model_validator(mode="after")
    def _names_are_of_indicators(self) -> "_Words":
        known = {key for one in indicators() for key in _keys(one)}
        if unknown := sorted(set(self.names) - known):
            raise ValueError(f"no indicator has {', '.join(unknown)} in its id")
        return self


class Said(NamedTuple):
    """A number as a claim writes it.

    Attributes:
        start: Where it begins.
        end: Where it and its unit end.
        indicator: What it counts.
    """

    start: int
    end: int
    indicator: str


def unchecked(
    statement: str, numbers: Sequence[Said], absent: Iterable[str], *, is_whole: bool
) -> str:
    """Returns the words of a statement that say more than its numbers, joined by blanks.

    Args:
        statement: The sentence; ``OWN`` stands in it for the agency and its year.
        numbers: Its numbers in order.
        absent: What it says without a number that there is none of.
        is_whole: Whether the report is on all of a county or city.
    """
    idle = _words().idle | (_words().whole if is_whole else frozenset())
    none = frozenset[str]().union(*map(words_of, absent))
    none |= _words().none if none else none
    names = [frozenset[str](), *(words_of(one.indicator) for one in numbers), frozenset[str]()]
    edges = [0, *(edge for one in numbers for edge in (one.start, one.end)), len(statement)]
    left: list[str] = []
    for place, (before, behind) in enumerate(pairwise(names)):
        clauses = _CLAUSE.split(statement[edges[2 * place] : edges[2 * place + 1]])
        for at, clause in enumerate(clauses):
            known = idle | before | behind
            # 未 in the clause of a number would deny it.
            if at < len(clauses) - 1 or place == len(numbers):
                known |= none
            if place == 0 and at < len(clauses) - 1:
                known |= _words().opening
            left += _left_over(clause, known)
    return " ".join(left)


def is_opening(clause: str) -> bool:
    """Whether a clause only says where a number is from."""
    return not _left_over(clause, _words().opening | _words().idle)


def bare(text: str) -> Iterator[str]:
    """Yields a text, then the same without ever more of the idle words around it."""
    yield text
    known = _words().opening | _words().idle | _IDLE_SIGNS
    for word in sorted(known, key=len, reverse=True):
        if text.startswith(word):
            yield from bare(text.removeprefix(word))
            return
    for word in sorted(known, key=len, reverse=True):
        if text.endswith(word):
            yield from bare(text.removesuffix(word))
            return


def meant_by(label: str, known: Iterable[str]) -> str | None:
    """Returns the one indicator of several that a label names in full, None where none is."""
    idle = _words().idle
    found = [
        one
        for one in known
        if not _left_over(label, idle | words_of(one))
        and _left_over(
            label,
            idle | words_of(one.rpartition(".")[0]),
        )
    ]
    return found[0] if len(found) == 1 else None


@cache
def words_of(indicator: str) -> frozenset[str]:
    """Returns the words that name an indicator, those of the wholes it is part of included."""
    return frozenset[str]().union(*map(_own_words, _keys(indicator)))


def _keys(indicator: str) -> Iterator[str]:
    """What words are declared under: the id and its beginnings, its last part, who applied."""
    measure, mark, applicant = indicator.partition(":")
    parts = measure.split(".")
    yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    yield f".{parts[-1]}"
    if mark:
        yield from (mark, mark + applicant)


@cache
def _own_words(key: str) -> frozenset[str]:
    labels = {label for label, ids in printed_labels().items() if key in ids}
    if key in indicators():
        labels.update(indicators()[key].label_zh.replace(" / ", " ").split())
    if key.startswith(":") and key[1:] in applicants():
        labels.add(applicants()[key[1:]].zh)
    bare = {_NUMBERED.sub("", label) for label in labels}
    counted = {_COUNT.sub("", label) for label in bare}
    return frozenset(bare | counted | _words().names.get(key, frozenset())) - {""}


def _left_over(text: str, words: frozenset[str]) -> list[str]:
    """The least of a text that some words and idle signs do not make up, in pieces."""
    best: list[tuple[int, int | None]] = [(0, None)]
    longest = max(map(len, words), default=0)
    for end, sign in enumerate(text, 1):
        cost = best[end - 1][0] + (sign not in _IDLE_SIGNS)
        found = min(
            [
                (best[start][0], start)
                for start in range(max(0, end - longest), end)
                if text[start:end] in words
            ],
            default=(cost + 1, 0),
        )
        best.append(found if found[0] <= cost else (cost, None))
    left, end = [], len(text)
    while end:
        start = best[end][1]
        left.append(OWN if start is not None or text[end - 1] in _IDLE_SIGNS else text[end - 1])
        end = end - 1 if start is None else start
    return "".join(reversed(left)).split()


@cache
def _words() -> _Words:
    return declared("pipeline.warehouse", "claim_words", _Words)
