"""Every sentence the explorer says, in Chinese and English: ``data/texts.yml``."""

from collections.abc import Mapping
from functools import cache
from string import Formatter

from pydantic import Field, model_validator

from pipeline.declared import Bilingual, Declaration, declared
from pipeline.explorer.provinces import cities, provinces
from pipeline.settings import Language
from pipeline.warehouse.function_names import function_name


class Text(Declaration):
    """One sentence in both languages, with the same gaps to fill in."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @model_validator(mode="after")
    def _same_gaps(self) -> "Text":
        if _gaps(self.zh) != _gaps(self.en):
            raise ValueError(f"other gaps in Chinese than in English: {self.zh!r}, {self.en!r}")
        return self


class Example(Bilingual):
    """One entry of the cookbook: ``data/cookbook.yml``."""

    sql: str


class Translator:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, name: str, /, **gaps: object) -> str:
        """Returns a text with its gaps filled.

        Raises:
            KeyError: There is no such text, or a gap is not filled.
        """
        text: str = getattr(texts()[name], self.language)
        return text.format(**gaps)

    def name(self, kind: str, code: object) -> str:
        """Returns what a code of a column is called; the code itself where nothing is known."""
        if code is None:
            return self("name.none")
        if kind == "function":
            return function_name(str(code), self.language)
        if kind == "province" and self.language == "en" and code in provinces():
            return provinces()[str(code)].en
        if kind == "city" and f"{code}00" in cities():
            city = cities()[f"{code}00"]
            return city.zh if self.language == "zh" else city.en
        known = names().get(kind, {}).get(str(code))
        return getattr(known, self.language) if known else str(code)

    def breaks(self, marks: str | None) -> str | None:
        """Returns what ``method_break`` says, with scopes called by their names."""
        if marks is None:
            return None
        steps = (mark.split("→") for mark in marks.split())
        named = ("→".join(self.name("scope", end) for end in step) for step in steps)
        return self("place.separator").join(named)

    def column(self, row: Mapping[str, object], stem: str) -> str:
        """Returns ``stem_zh`` or ``stem_en`` of a row."""
        return str(row[f"{stem}_{self.language}"] or row[f"{stem}_zh"] or "")


@cache
def texts() -> Mapping[str, Text]:
    """Returns all texts by name."""
    return declared("pipeline.explorer", "texts", dict[str, Text])


@cache
def names() -> Mapping[str, Mapping[str, Text]]:
    """Returns what codes are called."""
    return declared("pipeline.explorer", "names", dict[str, dict[str, Text]])


@cache
def cookbook() -> list[Example]:
    """Returns the examples of the console."""
    return declared("pipeline.explorer", "cookbook", list[Example])


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
