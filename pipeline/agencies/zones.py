"""Development zones: what their names are short for, and which of two names is one zone.

A zone is known by the place it belongs to and the kind of zone it is, or by a name of its
own. ``data/zones.csv`` lists zones with an id of their own; ``data/zone_places.csv`` (by hand)
and ``data/zone_places_listed.csv`` (built by ``builders.places``) say where
the others with a name of their own are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from pydantic.dataclasses import dataclass as validated

from pipeline.agencies import regions
from pipeline.agencies.beginnings import Beginnings
from pipeline.agencies.functions import FunctionReading
from pipeline.agencies.region import Region
from pipeline.declared import declared_rows
from pipeline.model.agency import Level

_HIGH_TECH, _ECONOMIC = "高新技术产业开发区", "经济技术开发区"
_ECONOMIC_OF_COUNTY = "经济开发区"
_KINDS = {
    _HIGH_TECH: (
        "高新技术产业开发区|高新技术产业园区|高新技术产业园|高新技术产业区|高新技术开发区|"
        "高技术产业开发区|高新产业开发区|高新开发区|高新技术园区|高新园区|高新区"
    ),
    _ECONOMIC: "经济技术开发区|经济开发区|经开区",
    "综合保税区": "综合保税区|综保区",
    "边境经济合作区": "边境经济合作区|边合区",
    "风景名胜区": "风景名胜区|风景旅游区|风景区",
    "自由贸易试验区": "自由贸易试验区|自贸试验区|自贸区",
    "综合改革示范区": "综合改革示范区|综改示范区",
}
"""Kinds of zone, and how each is printed."""
_TAILS = tuple((re.compile(f"(?:{forms})$"), kind) for kind, forms in _KINDS.items())
_ABBREVIATED = frozenset({"高新区", "高新园区", "高新开发区", "经开区"})
_FARM = "场"
_DASH, _LONG_DASHES = "-", "—–"
_NO_KIND = "开发区"
"""The development zone of a place is its economic one: 昆山开发区."""
_OF_EITHER_KIND = "火炬"
"""A 火炬高新区 is a 高新技术产业开发区 in 中山 and a 高技术产业开发区 in 厦门."""
_IN_FULL = re.compile("(?:经济|技术|产业|经济技术)开发区$")
_FREE_TRADE, FREE_TRADE_IN_SHORT = "自由贸易试验区", "自贸"
_AREA = re.compile(f"{_FREE_TRADE}(.{{2,4}})片区$")
"""A part of a province's free trade zone, in the city that it is called by."""
_AREA_IN_SHORT = re.compile("^自贸(?:试验)?区(?=.{2,}片区$)")
_RANKS = re.compile(
    r"^(?:国家级?|省级|市级)(?=.{3})|国家级?(?=(?:高新|经济|经开|综合|级|风景|旅游))"
)
_OF_A_COUNTY = (_HIGH_TECH, _ECONOMIC_OF_COUNTY, "综合保税区", "边境经济合作区", "新区")
"""Zones that rank with counties even where a county runs them."""
_FILES = ("zone_places", "zone_places_listed")
SCENIC = re.compile(r"(?:景区|名胜区|保护区|旅游区)$")


@validated(frozen=True)
class _Row:
    place: str
    means: str
    region_code: str
    within: str
    source: str


COMMITTEE = FunctionReading("management_committee", "管理委员会")
"""Who governs a zone."""


class Seat(NamedTuple):
    """Where a zone belongs, whichever way it was named.

    Attributes:
        code: Code of the region that its id begins with.
        key: The zone's name that its id is made of.
        level: Tier it ranks with.
    """

    code: str
    key: str
    level: Level


class ListedZone(NamedTuple):
    """A zone's name and the places where zones of that name are listed."""

    place: str
    regions: tuple[Region, ...]


def written(place: str, level: Level) -> str:
    """The kind of zone written out: 高新区, 经开区 as the notices name them."""
    place = _AREA_IN_SHORT.sub(_FREE_TRADE, place)
    for tail, full in _TAILS[:2]:
        match = tail.search(place)
        if match and match.group() in _ABBREVIATED:
            stem = place[: match.start()]
            may_be_either = full is _ECONOMIC and level is Level.COUNTY
            return place if may_be_either or stem.endswith(_OF_EITHER_KIND) else stem + full
    return place


def forms(kind: str) -> tuple[str, ...]:
    """Returns the ways to print a kind of zone: 经开区, 经济技术开发区; nothing for other words."""
    every = (tuple(printed.split("|")) for printed in _KINDS.values())
    return next((printed for printed in every if kind in printed), ())


def committee(place: str) -> str:
    """Returns what stands behind a zone where nobody is named; a farm goes by its own name."""
    return "" if place.endswith(_FARM) else COMMITTEE.name


def is_in_full(name: str) -> bool:
    """Whether the kind of a zone is printed without abbreviation, in whichever of its forms."""
    return _IN_FULL.search(name) is not None


def seat(region: Region, place: str) -> Seat:
    """Returns where a zone named behind a region belongs; of all its names the same."""
    key = _key(place, region.level)
    code = region.code
    for row in _listed_as(region, place, key):
        if _is_near(row, region):
            code, key = row.region_code, row.means
            break
    area = _AREA.search(key) if code == region.code else None
    named = regions.counties_named(area[1], region) if area else ()
    cities = [city for city in named if city.level is Level.CITY]
    if len(cities) == 1:
        code = cities[0].code
    of_county = region.level is Level.COUNTY and code == region.code
    ranks = of_county and not key.endswith(_OF_A_COUNTY)
    return Seat(code, key, Level.TOWNSHIP if ranks else Level.COUNTY)


def _listed_as(region: Region, place: str, key: str) -> list[_Row]:
    """The lines of a zone, which may be listed with the region's stem: 新郑综合保税区."""
    found = _places().get(key) or _places().get(place)
    return found or _places().get(region.name[:-1] + key) or []


def area_of_free_trade(city: Region, place: str) -> str:
    """Returns the full name of a free trade area called by its city: 福州自贸片区.

    Empty for everything else: not every city's area bears its name.
    """
    rows = _places().get(city.name[:-1] + place, ())
    areas = (row.means for row in rows if row.region_code == city.code)
    return next((full for full in areas if full.startswith(_FREE_TRADE)), "")


@lru_cache(maxsize=1024)
def coded(region: Region, place: str) -> tuple[Region, ...]:
    """Returns the zone of a region that has a code or an id of its own, however it is printed."""
    key = _key(place, region.level)
    means = (row.means for row in _listed_as(region, place, key) if _is_near(row, region))
    for name in dict.fromkeys((key, *means)):
        named = region.name + name
        for chain in regions.chains(named):
            if chain.length == len(named) and all(found.is_zone for found in chain.regions):
                return chain.regions
    return ()


def is_other_name(place: str, coded_zone: Region) -> bool:
    """Whether a zone with a code is printed under another name: 净月开发区 for 净月高新…区."""
    return not coded_zone.name.endswith(_key(place, Level.CITY))


def listed(text: str) -> ListedZone | None:
    """Returns the longest zone with a name of its own that a text begins with."""
    for end in _beginnings().ends(text):
        rows = _names().get(text[:end])
        if rows:
            found = [regions.region_of(row.region_code) for row in rows]
            seats = [region for region in dict.fromkeys(found) if region]
            apart = (one for one in seats if not any(one.lies_in(other) for other in seats))
            return ListedZone(text[:end], tuple(apart))
    return None


def listed_in(text: str, where: Sequence[Region]) -> str:
    """Returns the zone of a city with a name of its own that a text begins with: 洪江区."""
    found = listed(text)
    near = found and any(one == top or one.lies_in(top) for one in found.regions for top in where)
    return found.place if found and near else ""


def is_elsewhere(name: str, counties: Sequence[Region]) -> bool:
    """Whether a county's stem and a park are a zone's own name elsewhere: 海港经济开发区."""
    rows = _places().get(name)
    if not rows or any(region.level is not Level.COUNTY for region in counties):
        return False
    return not all(any(_is_near(row, region) for region in counties) for row in rows)


def _is_near(row: _Row, region: Region) -> bool:
    """Whether a listed zone is the one named behind a region."""
    if row.within:
        return region.code == row.within
    if region.level is Level.PROVINCE or row.region_code.endswith("0000"):
        return row.region_code[:2] == region.code[:2]
    return row.region_code[:4] == region.code[:4]


def _key(place: str, level: Level) -> str:
    bare = _RANKS.sub("", place)
    if bare == _NO_KIND:
        return _ECONOMIC_OF_COUNTY if level is Level.COUNTY else _ECONOMIC
    for tail, full in _TAILS:
        match = tail.search(bare)
        if match:
            of_county = full is _ECONOMIC and level is Level.COUNTY
            return bare[: match.start()] + (_ECONOMIC_OF_COUNTY if of_county else full)
    return bare


@cache
def _places() -> dict[str, list[_Row]]:
    """Name of a zone, also without its region's in front, → where it may be."""
    found: dict[str, list[_Row]] = {}
    for row in _rows():
        for place in _spellings(row.place.removeprefix("+")):
            found.setdefault(place, []).append(row)
    return found


@cache
def _names() -> dict[str, list[_Row]]:
    """Names that tell without a region where the zone is."""
    found: dict[str, list[_Row]] = {}
    for row in _rows():
        if not row.within and not row.place.startswith("+"):
            for place in _spellings(row.place):
                found.setdefault(place, []).append(row)
    return found


@cache
def _beginnings() -> Beginnings:
    return Beginnings(_names())


def _spellings(place: str) -> Iterator[str]:
    yield place
    if _DASH in place:
        yield from (place.replace(_DASH, long) for long in _LONG_DASHES)
    for tail, kind in _TAILS:
        match = tail.search(place)
        if match:
            stem = place[: match.start()]
            yield from (stem + form for form in _KINDS[kind].split("|") if form != match.group())
            return


@cache
def _rows() -> tuple[_Row, ...]:
    rows = [row for name in _FILES for row in declared_rows("pipeline.agencies", name, _Row)]
    return tuple(
        row if row.means else replace(row, means=_key(row.place.removeprefix("+"), Level.CITY))
        for row in rows
    )
