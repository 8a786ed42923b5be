"""What the words of a label mean, one by one: ``data/concepts.yml``."""

import re
from functools import cache, lru_cache
from itertools import product

from pipeline.declared import Declaration, declared

FILLER = "filler"
_CHOICE = re.compile(r"\(([^()]*)\)")


class _Concepts(Declaration):
    concepts: dict[str, str]


@lru_cache(maxsize=8192)
def concepts_of(label: str) -> tuple[frozenset[str], ...]:
    """Returns the concepts a label is made of, nothing unless every word of it is known.

    Returns:
        Sets of concepts, one for each way to read its words; a word may mean two things.
    """
    words = _words(label, 0, set()) if label else []
    return tuple(frozenset(one) - {FILLER} for one in product(*words)) if words else ()


@cache
def concept_names() -> frozenset[str]:
    """Returns the names of all concepts."""
    return frozenset(_declared().concepts)


@cache
def phrases() -> frozenset[str]:
    """Returns every phrase that means something, or nothing beside others."""
    return frozenset(_phrases()[0])


@cache
def _declared() -> _Concepts:
    return declared("pipeline.extract.prose", "concepts", _Concepts)


def _words(label: str, at: int, dead: set[int]) -> list[tuple[str, ...]]:
    """The concepts of each phrase that a label is made of, the longest phrases first."""
    phrases, lengths = _phrases()
    for length in lengths.get(label[at], ()):
        named = phrases.get(label[at : at + length])
        end = at + length
        if named is None or end in dead or end > len(label):
            continue
        if end == len(label):
            return [named]
        if behind := _words(label, end, dead):
            return [named, *behind]
        dead.add(end)
    return []


@cache
def _phrases() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[int, ...]]]:
    """Every phrase with its possible concepts; the lengths of phrases by their first character."""
    found: dict[str, tuple[str, ...]] = {}
    for name, text in _declared().concepts.items():
        alone = (name,)
        for pattern in text.split():
            for phrase in _written_out(pattern):
                others = found.setdefault(phrase, alone)
                if others[-1] != name:
                    found[phrase] = others + alone
    found.pop("", None)
    lengths: dict[str, list[int]] = {}
    for char, length in sorted({(phrase[0], len(phrase)) for phrase in found}, reverse=True):
        lengths.setdefault(char, []).append(length)
    return found, {char: tuple(known) for char, known in lengths.items()}


def _written_out(pattern: str) -> list[str]:
    """Every phrase that a pattern with choices stands for.

    Raises:
        ValueError: Its brackets are within each other, or a choice stands outside of them.
    """
    parts = _CHOICE.split(pattern)
    if any(mark in part for part in parts[::2] for mark in "(|)"):
        raise ValueError(f"concepts.yml: write {pattern} with one level of brackets")
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return ["".join(one) for one in product(*choices)]
