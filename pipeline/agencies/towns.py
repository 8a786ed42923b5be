"""Towns, townships and subdistricts, and the counties that have one of their name.

``data/towns.csv`` is built by ``builders.places`` and read when a report first
names a town without its county.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.agencies import regions
from pipeline.agencies.functions import GOVERNMENT, FunctionReading
from pipeline.agencies.region import Region
from pipeline.declared import Texts, declared_rows
from pipeline.lexis.numerals import whole
from pipeline.model.agency import Level

_REGIMENT = re.compile(r"([一二三四五六七八九十〇零百\d]+)团(?:镇|场|[\u4e00-\u9fff]{2,4}镇)?")
"""A regiment and the town that it runs are one body: 十六团新开岭镇."""
_FARM, _XINJIANG = "场", "65"
_TOWNSHIP, _OF_NATIONALITY = "乡", "族"
_SUBDISTRICTS = ("街道", "地区")
OFFICE = FunctionReading("subdistrict_office", "办事处")
"""What a subdistrict has in the place of a government."""
_CODE, _CITY, _PROVINCE = 6, 4, 2
KINDS = ("镇", "乡", "街道", "苏木")
"""How the names of towns, townships and subdistricts end."""
_ENDS = frozenset(kind[-1] for kind in KINDS)
_SHORTEST, _LONGEST = 3, 16


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


def listed(town: str, where: Iterable[Region]) -> tuple[Region, ...]:
    """Returns the counties, of some or in some, that have a town of that name.

    Args:
        town: Its name, the kind written out.
        where: Counties, and cities of which any county may be meant.
    """
    named, towns = f"|{town}|", _by_county()
    found: dict[Region, None] = {}
    for region in where:
        if region.level is Level.COUNTY:
            if named in towns.get(region.code, ""):
                found[region] = None
            continue
        size = _CITY if region.level is Level.CITY else _PROVINCE
        for code in _counties().get(region.code[:size], ()):
            county = regions.region_of(code) if named in towns[code] else None
            if county and (code == region.code or county.lies_in(region)):
                found[county] = None
    return tuple(found)


def _codes(region: Region) -> Iterable[str]:
    """Codes of a county, or of those of a city."""
    if region.level is Level.COUNTY:
        return (region.code,)
    return _counties().get(region.code[:_CITY], ()) if region.level is Level.CITY else ()


def first(text: str, where: Iterable[Region]) -> str:
    """Returns the longest town of some counties that a text begins with, empty for none."""
    if _ENDS.isdisjoint(text):
        return ""
    lines = [_by_county().get(code, "") for region in where for code in _codes(region)]
    for end in range(min(len(text), _LONGEST), _SHORTEST - 1, -1):
        if text[end - 1] in _ENDS and any(f"|{text[:end]}|" in line for line in lines):
            return text[:end]
    return ""


@lru_cache(maxsize=1024)
def in_full(place: str, county: str) -> str:
    """Returns the name of a township with its nationalities: 布朗山布朗族乡 for 布朗山乡."""
    stem = place.removesuffix(_TOWNSHIP)
    if stem == place or _OF_NATIONALITY in place:
        return place
    towns = _by_county().get(county, "").split("|")
    full = [t for t in towns if t.startswith(stem) and t.endswith(_OF_NATIONALITY + _TOWNSHIP)]
    return full[0] if len(full) == 1 else place


def governor(town: str) -> FunctionReading:
    """Returns the governing body of a town: a government, or the office of a subdistrict."""
    return OFFICE if town.endswith(_SUBDISTRICTS) else GOVERNMENT


def is_regiment(place: str, county: str) -> bool:
    """Whether a place is a regiment or a farm: 七十八团, 五一农场, but not 四团镇 of Shanghai."""
    in_corps = county.startswith(_XINJIANG) and _REGIMENT.fullmatch(place) is not None
    return in_corps or place.endswith(_FARM)


def key(place: str) -> str:
    """Returns the name that the id is made of: the same for 七十八团, 78团 and 七十八团场."""
    regiment = _REGIMENT.fullmatch(place)
    return f"{whole(regiment[1])}团" if regiment else place


@cache
def _every() -> str:
    """A line a county: its code, then its towns between bars. One string is found in fastest."""
    lines = (f"{code}{towns}\n" for code, towns in _by_county().items())
    return "".join(("\n", *lines))


@cache
def _by_county() -> dict[str, str]:
    """Code of a county → its towns between bars."""
    rows = declared_rows("pipeline.agencies", "towns", Texts)
    return {row["code"]: f"|{row['towns']}|" for row in rows}


@cache
def _counties() -> dict[str, list[str]]:
    """What the code of a city or province begins with → the codes of its counties."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in _by_county():
        found[code[:_CITY]].append(code)
        found[code[:_PROVINCE]].append(code)
    return found
