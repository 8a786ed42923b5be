"""Regions by name and code: what a text begins or ends with, and what lies where."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.agencies.region import NATION, NATION_REGION, Region
from pipeline.agencies.region_index import NameKind, region_index
from pipeline.model.agency import Level

_LAST_CHARACTERS = frozenset("省市区县旗州盟师")
# 第一师范学校 is no school of the corps' 第一师, and 内蒙 ends before no 古.
_NOT_CUT = frozenset({"师范", "蒙古"})
# Lines of the official list that gather divisions and are none.
_STANDS_FOR_NONE = re.compile("^(?:市辖区|县)$|直辖县|直辖行政单位")
_VAGUE = frozenset({"东区", "西区", "南区", "北区", "中区", "城区", "郊区", "矿区", "新区", "市区"})
_CITIES = frozenset({Level.CITY, Level.PROVINCE})


class Chain(NamedTuple):
    """Regions named one after the other at the start of a name.

    Attributes:
        regions: What the last of them may be; several where names repeat.
        length: Characters used.
        printed_in_full: Whether the last is more than a stem (``嘉祥县``, not ``嘉祥``).
        alone: Whether no other region stands in front of it.
    """

    regions: tuple[Region, ...]
    length: int
    printed_in_full: bool
    alone: bool = True

    @property
    def is_vague(self) -> bool:
        """Whether it is a name such as ``西区``, which places without a code use too."""
        return self.alone and self.regions[0].name in _VAGUE


@cache
def zone_slugs() -> frozenset[str]:
    """Returns what stands in ids for the zones without a code of their own."""
    return frozenset(region.zone for region in region_index().every if region.zone)


def chains(name: str) -> Iterator[Chain]:
    """Yields every way to read regions at the start of a name, the longest names first.

    ``山东省嘉祥县…`` gives 山东省 > 嘉祥县 and 山东省 alone; nothing is chosen here.
    """
    yield from _chains(name, 0, ())


def _chains(name: str, start: int, above: tuple[Region, ...]) -> Iterator[Chain]:
    index = region_index()
    for end in index.ends.ends(name, start):
        found = index.named.get(name[start:end])
        if found is None or name[end - 1 : end + 1] in _NOT_CUT:
            continue
        for regions, kind in found:
            if above:
                regions = tuple(r for r in regions if any(r.lies_in(other) for other in above))
            if regions and (above or kind is not NameKind.LOCAL):
                yield from _chains(name, end, regions)
                yield Chain(regions, end, kind is not NameKind.STEM, not above)


def named_first(text: str) -> str:
    """Returns the regions that a text begins with, printed in full; empty where it does not."""
    found = (chain for chain in chains(text) if chain.printed_in_full)
    return text[: max((chain.length for chain in found), default=0)]


def named_last(text: str) -> str:
    """Returns the regions that a text ends with, printed in full; empty where it does not."""
    if text[-1:] not in _LAST_CHARACTERS:
        return ""
    for start in range(len(text) - 1):
        last = text[start:]
        if region_index().called(last, NameKind.FULL):
            whole = named_last(text[:start]) + last
            return whole if len(named_first(whole)) == len(whole) else last
    return ""


def region_of(code: str, year: int | None = None) -> Region | None:
    """Returns the division under a code in a year, the newest name if the year is open."""
    if code == NATION:
        return NATION_REGION
    if year is None:
        return region_index().newest.get(code)
    found = [region for region in region_index().by_code.get(code, ()) if not region.zone]
    found = [region for region in found if region.existed(year)] or found
    return max(found, key=lambda region: (region.had_name(year), region.last_year), default=None)


def divisions(code: str) -> tuple[Region, ...]:
    """Returns a division and those below it, each under every name it had; no zones."""
    every = [
        region
        for region in region_index().every
        if not region.is_zone and not _STANDS_FOR_NONE.search(region.name)
    ]
    own = [region for region in every if region.code == code]
    above = [NATION_REGION] if code == NATION else own
    return tuple(
        region
        for region in every
        if region.code == code or any(region.lies_in(other) for other in above)
    )


def has_alike_below(region: Region) -> bool:
    """Whether divisions of a region are called by its own kind: 市 are those of a county, too."""
    below = divisions(region.code) if region.level is Level.CITY else ()
    return any(one.level is Level.COUNTY and one.name[-1] == region.name[-1] for one in below)


def region_named(code: str, name: str) -> Region | None:
    """Returns a division under one of the names it had, None if it never had it."""
    named = (region for region in region_index().by_code.get(code, ()) if region.name == name)
    return next(named, None)


def counties_named(name: str, city: Region) -> tuple[Region, ...]:
    """Returns the counties of a city that go by a full or short name."""
    forms = (name, f"{name}区", f"{name}县", f"{name}市")
    index = region_index()
    found = (
        region
        for form in forms
        for kind in (NameKind.FULL, NameKind.STEM)
        for region in index.called(form, kind)
        if form == name or not region.is_zone
    )
    return tuple(region for region in dict.fromkeys(found) if region.lies_in(city))


def city_of(stem: Sequence[Region]) -> tuple[Region, ...]:
    """Returns the city that a stem alone stands for: only a county in it is called so too."""
    cities = tuple(dict.fromkeys(region for region in stem if region.level in _CITIES))
    alone = len(cities) == 1 and all(one == cities[0] or one.lies_in(cities[0]) for one in stem)
    return cities if alone else ()
