"""What an agency's function is called: ``functions.csv``, and ``data/function_names.yml``."""

from collections.abc import Iterator
from functools import cache

from pydantic import Field, model_validator

from pipeline.agencies.functions import functions
from pipeline.declared import Declaration, declared
from pipeline.settings import Language

_AND, _PART = "_and_", "_unit"


class _Name(Declaration):
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class _File(Declaration):
    """``data/function_names.yml``."""

    part: _Name
    separator: _Name
    names: dict[str, _Name]

    @model_validator(mode="after")
    def _has_its_gap(self) -> "_File":
        if not all("{function}" in text for text in (self.part.zh, self.part.en)):
            raise ValueError("function_names.yml: `part` has no gap {function}")
        return self


@cache
def function_name(code: str, language: Language) -> str:
    """Returns what a function is called, the code itself where nothing is known of it.

    Args:
        code: As in ``dim_agency.function``: a slug of ``functions.csv``, several joined by
            ``_and_``, either with ``_unit`` after it for a body beside the main one.
        language: Language of the name.
    """
    stem = code.removesuffix(_PART)
    slugs = list(_slugs(stem.split(_AND)))
    if not all(slug in _names() for slug in slugs):
        return code
    named = getattr(_file().separator, language).join(
        getattr(_names()[slug], language) for slug in slugs
    )
    pattern: str = getattr(_file().part, language)
    return named if stem == code else pattern.format(function=named)


def function_tasks(code: str) -> list[str]:
    """Returns the tasks joined in a function; of a body beside the main one its code alone.

    An office of education and sports has both, so that it can be set beside those of education.
    """
    return [code] if code.endswith(_PART) else code.split(_AND)


def function_names() -> tuple[str, ...]:
    """Returns the slugs that have a name of their own."""
    return tuple(_names())


def _slugs(words: list[str]) -> Iterator[str]:
    """Cuts a code into slugs, the longest first; some slugs have an ``_and_`` of their own."""
    while words:
        size = next((n for n in range(len(words), 1, -1) if _AND.join(words[:n]) in _names()), 1)
        yield _AND.join(words[:size])
        words = words[size:]


@cache
def _names() -> dict[str, _Name]:
    named = {slug: (*one.stems, *one.whole) for slug, one in functions().items()}
    if nameless := {slug for slug, words in named.items() if not words} - _file().names.keys():
        raise ValueError(f"function_names.yml: no name for {sorted(nameless)} of functions.csv")
    declared = {
        slug: _Name(zh=words[0].partition("=")[0], en=functions()[slug].label_en)
        for slug, words in named.items()
        if words
    }
    return {**declared, **_file().names}


@cache
def _file() -> _File:
    return declared("pipeline.warehouse", "function_names", _File)
