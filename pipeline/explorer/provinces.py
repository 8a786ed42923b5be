"""Provinces, and cities of a province, as tiles of a map without borders."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import Field, RootModel, model_validator

from pipeline.declared import Declaration, Texts, declared, declared_rows

_OF_CITY = 4
"""How many digits of a code say which city."""
_KIND_OF_CITY = re.compile(r"市|地区|盟|州|[\u4e00-\u9fff]*自治州|")


class TilePlace(Declaration):
    """A province or a city as a tile."""

    zh: str = Field(min_length=2)
    en: str = Field(min_length=2)
    row: int = Field(ge=1, le=8)
    column: int = Field(ge=1, le=8)


@dataclass(frozen=True, slots=True)
class Tile:
    """A province or a city.

    Attributes:
        code: Name of the province, or code of the city.
        name: What is written on it.
        place: Where it lies.
        value: The number, None where there is none.
        n: Of how many agencies.
        shade: From 0, the least, to the most, None without a number.
        to: Where it leads.
    """

    code: str
    name: str
    place: TilePlace
    value: Any = None
    n: int = 0
    shade: int | None = None
    to: str | None = None


class _File(RootModel[dict[str, TilePlace]]):
    @model_validator(mode="after")
    def _none_lies_on_another(self) -> "_File":
        places = [(one.row, one.column) for one in self.root.values()]
        if len(set(places)) < len(places):
            raise ValueError("provinces.yml: two provinces lie on the same tile")
        return self


@cache
def provinces() -> dict[str, TilePlace]:
    """Returns the provinces by their full names.

    Raises:
        pydantic.ValidationError: A tile lacks a name or a place, or covers another.
    """
    return declared("pipeline.explorer", "provinces", _File).root


@cache
def cities() -> dict[str, TilePlace]:
    """Returns the cities by their codes; those of one province make one grid.

    Raises:
        pydantic.ValidationError: A tile lacks a name or a place.
    """
    rows = declared_rows("pipeline.explorer", "cities", Texts)
    return {row.pop("code"): TilePlace.model_validate(row) for row in rows}


def city_meant(words: str) -> str:
    """Returns what the ids of a city begin with, by its code or its name; nothing if unknown."""
    if words.isdecimal():
        return words[:_OF_CITY]
    named = (code for code, city in cities().items() if _is_called(city, words))
    return next(named, "")[:_OF_CITY]


def _is_called(city: TilePlace, words: str) -> bool:
    """Whether words are a city's name, in short or in full: 延边, 延边朝鲜族自治州, Yanbian."""
    in_full = words.startswith(city.zh) and _KIND_OF_CITY.fullmatch(words, len(city.zh))
    return bool(in_full) or words.casefold() == city.en.casefold()
