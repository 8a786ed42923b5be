"""Towns, townships and subdistricts, and the counties that have one of their name.

``data/towns.csv`` is built by :mod:`pipeline.agencies.build_places` and read when a report first
names a town without its county.
"""

import re
from functools import cache, lru_cache

from pipeline.agencies import regions
from pipeline.agencies.functions import GOVERNMENT, Reading
from pipeline.agencies.regions import Region
from pipeline.declared import Texts, declared_rows
from pipeline.lexis.numerals import whole

_REGIMENT = re.compile(r"([一二三四五六七八九十〇零百\d]+)团(?:镇|场)?")
_FARM = "场"
_TOWNSHIP, _OF_NATIONALITY = "乡", "族"
_CODE = 6
_SUBDISTRICTS = ("街道", "地区")
OFFICE = Reading("subdistrict_office", "办事处")
"""What a subdistrict has in the place of a government."""


@lru_cache(maxsize=1024)
def counties_of(town: str) -> tuple[Region, ...]:
    """Returns the counties that have a town of that name."""
    every, named = _every(), f"|{town}|"
    codes = []
    at = every.find(named)
    while at >= 0:
        line = every.rfind("\n", 0, at) + 1
        codes.append(every[line : line + _CODE])
        at = every.find(named, every.find("\n", at))
    found = map(regions.region_of, codes)
    return tuple(region for region in found if region)


@lru_cache(maxsize=1024)
def in_full(place: str, county: str) -> str:
    """Returns the name of a township with its nationalities: 布朗山布朗族乡 for 布朗山乡.

    Args:
        place: As printed.
        county: Code of the county it is in.
    """
    stem = place.removesuffix(_TOWNSHIP)
    if stem == place or _OF_NATIONALITY in place:
        return place
    towns = _by_county().get(county, "").split("|")
    full = [t for t in towns if t.startswith(stem) and t.endswith(_OF_NATIONALITY + _TOWNSHIP)]
    return full[0] if len(full) == 1 else place


def governor(town: str) -> Reading:
    """Returns who governs a town: a subdistrict has no government, whatever it is called."""
    return OFFICE if town.endswith(_SUBDISTRICTS) else GOVERNMENT


def is_regiment(place: str) -> bool:
    """Whether a place is a regiment or a farm of the corps: 七十八团, 五一农场."""
    return place.endswith(_FARM) or _REGIMENT.fullmatch(place) is not None


def key(place: str) -> str:
    """Returns the name that the id is made of: the same for 七十八团, 78团 and 七十八团场."""
    regiment = _REGIMENT.fullmatch(place)
    return f"{whole(regiment[1])}团" if regiment else place


@cache
def _every() -> str:
    """A line a county: its code, then its towns between bars. One string is found in fastest."""
    lines = (f"{code}|{towns}|\n" for code, towns in _by_county().items())
    return "".join(("\n", *lines))


@cache
def _by_county() -> dict[str, str]:
    return {row["code"]: row["towns"] for row in declared_rows("pipeline.agencies", "towns", Texts)}
