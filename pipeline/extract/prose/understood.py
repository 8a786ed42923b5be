"""Whether every word around a number is understood: what nobody has read may say anything.

对口帮扶的吉山市新城管委会受理6件 and 申请10件以下不收费 hold a known label beside words that
make it something else. Only a clause that is made of known words throughout gives a fact.
"""

import re
from functools import cache, lru_cache

from pipeline.extract.prose.concepts import phrases
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.whose import bodies, is_of_name

UNREAD = "O-unread"
"""Reason for which a number, or its absence, beside words not understood stands open."""

# What is done with one after the other, behind its noun, is said of all: 29件申请逐件建立台账.
_TAIL = re.compile(r"(?:(?!逐[一件项条份])[^,。;:!?()、\d]){1,40}")
_CLAUSE = re.compile(r"(?:“[^”]*”|《[^》]*》|[^,。;:!?()●…])+")


def is_understood(text: str, name: str) -> bool:
    """Whether no clause states a body, a time or a topic in unknown words.

    A preamble (坚持以公开为常态) may say what it likes; who is urged, on which field or since
    when may hold for the number of a later clause.
    """
    narrows = vocabulary().narrows
    clauses = (_unknown(one) for one in _CLAUSE.findall(text) if narrows.search(one))
    return all(
        not narrows.search("".join(rests))
        or all(not narrows.search(one) or is_of_name(one, name) for one in rests)
        for rests in clauses
    )


def is_clause_understood(before: str, label: str, text: str, end: int, name: str) -> bool:
    """Whether the clause of a number holds nothing but known words."""
    behind = _TAIL.match(text, end)
    tail = behind.group() if behind else ""
    rest = _unknown(tail) if tail and tail not in label else ()
    said = _said_here(before, label)
    ways = (before.replace(said, "", 1), _without(before, label))
    return any(all(is_of_name(one, name) for one in (*rest, *_unknown(way))) for way in ways)


def _said_here(before: str, label: str) -> str:
    """What a clause itself says of a label that begins before it.

    开展回应解读:参加新闻发布会5次,在线访谈2次.
    """
    ends = (label[at:] for at in range(len(label)))
    return next((end for end in ends if end in before), label)


def _without(before: str, label: str) -> str:
    """The words before a number, those of its label aside, which may stand apart."""
    rest = ""
    for char in before:
        if label.startswith(char):
            label = label[1:]
        else:
            rest += char
    return rest


@lru_cache(maxsize=8192)
def _unknown(text: str) -> tuple[str, ...]:
    """What is left of a text between known words, as little as can be."""
    ends = _words_in(text)
    # From each offset on, how much is left, and the next known word with its end.
    least: list[tuple[int, int, int]] = [(0, len(text), len(text))]
    for start in range(len(text) - 1, -1, -1):
        left, begin, end = least[0]
        ways = [(left + 1, begin, end)]
        ways += [(least[end - start - 1][0], start, end) for end in ends.get(start, ())]
        least.insert(0, min(ways))
    runs, at = [], 0
    while at < len(text):
        _, begin, end = least[at]
        if begin > at:
            runs.append(text[at:begin])
        at = end if end > at else len(text)
    return tuple(runs)


def _words_in(text: str) -> dict[int, set[int]]:
    """Where known words begin in a text, and where they end."""
    found: dict[int, set[int]] = {}
    for pattern in (
        vocabulary().around_marks,
        vocabulary().absence,
        *(entry.pattern for entry in bodies()),
    ):
        for match in pattern.finditer(text):
            found.setdefault(match.start(), set()).add(match.end())
    for start in range(len(text)):
        for length in _lengths().get(text[start], ()):
            if text[start : start + length] in _known():
                found.setdefault(start, set()).add(min(start + length, len(text)))
    return found


@cache
def _known() -> frozenset[str]:
    words = vocabulary()
    return phrases() | words.front_stop | words.back_stop | words.verbs | words.around


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the known words of a first character are."""
    found: dict[str, set[int]] = {}
    for word in _known():
        found.setdefault(word[0], set()).add(len(word))
    return {char: tuple(lengths) for char, lengths in found.items()}
