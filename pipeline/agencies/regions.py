"""Where agencies are: administrative divisions with their history, and zones.

``data/regions.csv`` is built by :mod:`pipeline.agencies.build_regions`; ``data/zones.csv``
lists by hand the zones that have no code of their own, each with the reason, and
``data/region_names.csv`` names that no rule shortens a region's name to.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pydantic.dataclasses import dataclass as validated

from pipeline.agencies.beginnings import Beginnings
from pipeline.agencies.spans import Span
from pipeline.declared import Texts, declared_rows
from pipeline.model.agency import Level

NATION = "000000"
_LAST_CHARACTERS = frozenset("省市区县旗州盟师")
# 第一师范学校 is no school of the corps' 第一师, and 内蒙 ends before no 古.
_NOT_CUT = frozenset({"师范", "蒙古"})
# Lines of the official list that gather divisions and are none.
_STANDS_FOR_NONE = re.compile("^(?:市辖区|县)$|直辖县|直辖行政单位")
_VAGUE = frozenset({"东区", "西区", "南区", "北区", "中区", "城区", "郊区", "矿区", "新区", "市区"})


@dataclass(frozen=True, slots=True)
class Region:
    """A division under one name, or a zone.

    Attributes:
        code: GB/T 2260 code; for a zone without one, the division it lies in.
        name: Official name.
        parent: Code of the division above, empty for the nation.
        level: Tier of government.
        valid_from: First year of this name under this code, None if open.
        valid_to: Last year, None if open.
        successor: Code it went on under, empty if none.
        zone: Slug of a zone without a code of its own, empty for a division.
        is_displaced: Whether its code is another division's now: 万盛区 had that of 綦江区.
    """

    code: str
    name: str
    parent: str
    level: Level
    valid_from: int | None = None
    valid_to: int | None = None
    successor: str = ""
    zone: str = ""
    is_displaced: bool = False

    @property
    def id_start(self) -> str:
        """What the ids of its agencies begin with: its code, and whose it is where not clear."""
        if self.is_displaced:
            return f"{self.code}.until_{self.valid_to}_"
        return f"{self.code}.{self.zone}_" if self.zone else f"{self.code}."

    @property
    def is_zone(self) -> bool:
        """Whether it is a development zone: run by a committee, not a government."""
        return bool(self.zone) or is_code_of_zone(self.code)

    @property
    def years(self) -> Span:
        """When it had this name."""
        return self.valid_from, self.valid_to

    def existed(self, year: int) -> bool:
        """Whether the name was in use, give or take a year of changing signs."""
        return (self.valid_from or 0) - 1 <= year <= (self.valid_to or 9999) + 1

    def had_name(self, year: int) -> bool:
        """Whether the name was the official one in a year."""
        return (self.valid_from or 0) <= year <= (self.valid_to or 9999)

    def lies_in(self, other: "Region") -> bool:
        """Whether it is part of another region."""
        if other.code == NATION:
            return self.code != NATION
        if other.zone or other.level is Level.COUNTY:
            return bool(self.zone) and self.parent == other.code and not other.zone
        if self.zone:
            return self.parent == other.code or (
                other.level is Level.PROVINCE and self.parent[:2] == other.code[:2]
            )
        if other.level is Level.PROVINCE:
            return self.code[:2] == other.code[:2] and self.code != other.code
        return self.level is Level.COUNTY and (
            self.parent == other.code or self.code[:4] == other.code[:4]
        )


# Statistics go on with some divisions after they ended: 南市区 two years after 北市区.
_LONGEST_MERGER = 2
_CITIES = frozenset({Level.CITY, Level.PROVINCE})
NATION_REGION = Region(NATION, "中华人民共和国", "", Level.NATIONAL)


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


@validated(frozen=True)
class _RegionRow:
    code: str
    name: str
    short: str
    parent: str
    level: Level
    valid_from: str
    valid_to: str
    successor: str


@validated(frozen=True)
class _ZoneRow:
    slug: str
    name: str
    short: str
    region_code: str
    parent: str
    level: Level
    valid_from: str
    valid_to: str
    reason: str


class _Named(NamedTuple):
    regions: tuple[Region, ...]
    in_full: bool
    is_local: bool


class _Index:
    """Names to regions; local ones count only behind the region above.

    ``every``: where names end.
    ``named``: what a name may be, in full, as a stem or as a local name.
    ``newest``: code → the division under its newest name.
    """

    def __init__(self) -> None:
        self.full: dict[str, list[Region]] = defaultdict(list)
        self.short: dict[str, list[Region]] = defaultdict(list)
        self.local: dict[str, list[Region]] = defaultdict(list)
        self.by_code: dict[str, list[Region]] = defaultdict(list)
        self.every = Beginnings(())
        self.named: dict[str, tuple[_Named, ...]] = {}
        self.newest: dict[str, Region] = {}

    def add(self, region: Region, forms: str, stems_are_short: bool) -> None:
        self.full[region.name].append(region)
        self.by_code[region.code].append(region)
        for form in forms.split("|") if forms else ():
            if form.startswith("+"):
                self.local[form[1:]].append(region)
            elif stems_are_short and form in region.name and len(form) < len(region.name):
                self.short[form].append(region)
            else:
                self.full[form].append(region)


@cache
def _index() -> _Index:
    index = _Index()
    rows = declared_rows("pipeline.agencies", "regions", _RegionRow)
    holders = {row.code: row.name for row in sorted(rows, key=lambda row: row.valid_to or "9999")}
    for row in rows:
        region = Region(
            row.code,
            row.name,
            row.parent,
            row.level,
            _year(row.valid_from),
            _year(row.valid_to),
            row.successor,
            is_displaced=bool(row.successor) and holders[row.code] != row.name,
        )
        index.add(region, row.short, stems_are_short=not region.is_zone)
    for zone in declared_rows("pipeline.agencies", "zones", _ZoneRow):
        coded = is_code_of_zone(zone.region_code)
        region = Region(
            zone.region_code,
            zone.name,
            zone.parent,
            zone.level,
            _year(zone.valid_from),
            _year(zone.valid_to),
            "",
            "" if coded else zone.slug,
        )
        index.add(region, zone.short, stems_are_short=False)
    for name in declared_rows("pipeline.agencies", "region_names", Texts):
        divided = (region for region in index.by_code[name["code"]] if not region.zone)
        index.full[name["name"]].extend(divided)
    tables = (index.full, True, False), (index.short, False, False), (index.local, True, True)
    for table, in_full, is_local in tables:
        for printed, regions in table.items():
            one = _Named(tuple(regions), in_full, is_local)
            index.named[printed] = (*index.named.get(printed, ()), one)
    index.every = Beginnings(index.named)
    for code, every in index.by_code.items():
        named = [region for region in every if not region.zone]
        if named:
            index.newest[code] = max(named, key=_last_year)
    return index


def _year(text: str) -> int | None:
    return int(text) if text else None


def is_code_of_zone(code: str) -> bool:
    """Whether a code is one that statistics give a zone, and no division has."""
    return code[4:5] == "7"


@cache
def zone_slugs() -> frozenset[str]:
    """Returns what stands in ids for the zones without a code of their own."""
    every = _index().by_code.values()
    return frozenset(region.zone for found in every for region in found if region.zone)


def chains(name: str) -> Iterator[Chain]:
    """Yields every way to read regions at the start of a name, the longest names first.

    ``山东省嘉祥县…`` gives 山东省 > 嘉祥县 and 山东省 alone; nothing is chosen here.
    """
    yield from _chains(name, 0, ())


def _chains(name: str, start: int, above: tuple[Region, ...]) -> Iterator[Chain]:
    index = _index()
    for end in index.every.ends(name, start):
        found = index.named.get(name[start:end])
        if found is None or name[end - 1 : end + 1] in _NOT_CUT:
            continue
        for regions, in_full, is_local in found:
            if above:
                regions = tuple(r for r in regions if any(r.lies_in(other) for other in above))
            if regions and (above or not is_local):
                yield from _chains(name, end, regions)
                yield Chain(regions, end, in_full, not above)


def named_first(text: str) -> str:
    """Returns the regions that a text begins with, printed in full; empty where it does not."""
    found = (chain for chain in chains(text) if chain.printed_in_full)
    return text[: max((chain.length for chain in found), default=0)]


def named_last(text: str) -> str:
    """Returns the regions that a text ends with, printed in full; empty where it does not."""
    if text[-1:] not in _LAST_CHARACTERS:
        return ""
    full = _index().full
    for start in range(len(text) - 1):
        if text[start:] in full:
            last = text[start:]
            whole = named_last(text[:start]) + last
            return whole if len(named_first(whole)) == len(whole) else last
    return ""


def region_of(code: str, year: int | None = None) -> Region | None:
    """Returns the division under a code in a year, the newest name if the year is open."""
    if code == NATION:
        return NATION_REGION
    if year is None:
        return _index().newest.get(code)
    found = [region for region in _index().by_code.get(code, ()) if not region.zone]
    found = [region for region in found if region.existed(year)] or found
    return max(found, key=lambda region: (region.had_name(year), _last_year(region)), default=None)


def divisions(code: str) -> tuple[Region, ...]:
    """Returns a division and those below it, each under every name it had; no zones.

    Args:
        code: Code of the division, or of the nation.
    """
    every = [
        region
        for found in _index().by_code.values()
        for region in found
        if not region.is_zone and not _STANDS_FOR_NONE.search(region.name)
    ]
    own = [region for region in every if region.code == code]
    above = [NATION_REGION] if code == NATION else own
    return tuple(
        region
        for region in every
        if region.code == code or any(region.lies_in(other) for other in above)
    )


def region_named(code: str, name: str) -> Region | None:
    """Returns a division under one of the names it had, None if it never had it."""
    named = (region for region in _index().by_code.get(code, ()) if region.name == name)
    return next(named, None)


def is_merger(past: Region, heir: Region) -> bool:
    """Whether an abolished division was merged into one made of several.

    Args:
        past: The division that ended.
        heir: What it went on as.
    """
    was_there = (heir.valid_from or 0) + 1 < (past.valid_to or 0)
    joined = was_there and past.name[:-1] != heir.name[:-1]
    return joined or any(
        other.name[:-1] != past.name[:-1]
        and other.level is past.level
        and abs(_last_year(other) - _last_year(past)) <= _LONGEST_MERGER
        for other in _ended_for().get(past.successor, ())
    )


@cache
def _ended_for() -> dict[str, tuple[Region, ...]]:
    """By code, the divisions that ended for the one that has it now, under it or another."""
    found: dict[str, list[Region]] = defaultdict(list)
    for region in (one for every in _index().by_code.values() for one in every):
        if region.valid_to is not None and not region.zone:
            found[region.successor or region.code].append(region)
    return {code: tuple(regions) for code, regions in found.items()}


def counties_named(name: str, city: Region) -> tuple[Region, ...]:
    """Returns the counties of a city that go by a full or short name."""
    forms = (name, f"{name}区", f"{name}县", f"{name}市")
    index = _index()
    found = (
        region
        for form in forms
        for region in (*index.full.get(form, ()), *index.short.get(form, ()))
    )
    return tuple(region for region in dict.fromkeys(found) if region.lies_in(city))


def city_of(stem: Sequence[Region]) -> tuple[Region, ...]:
    """Returns the city that a stem alone stands for: only a county in it is called so too."""
    cities = tuple(dict.fromkeys(region for region in stem if region.level in _CITIES))
    alone = len(cities) == 1 and all(one == cities[0] or one.lies_in(cities[0]) for one in stem)
    return cities if alone else ()


def with_heirs(chosen: Sequence[Region], others: Sequence[Region]) -> tuple[Region, ...]:
    """Returns regions and what others bear the name since one of them ended: 莱芜市, 莱芜区."""
    ends = min((region.valid_to for region in chosen if region.valid_to), default=None)
    if ends is None:
        return tuple(chosen)
    heirs = (region for region in others if (region.valid_from or 0) >= ends)
    return (*chosen, *(region for region in heirs if region not in chosen))


def narrow(regions: Sequence[Region], year: int | None) -> tuple[Region, ...]:
    """Leaves out what did not exist in a year and what another candidate became.

    Args:
        regions: Candidates of one name.
        year: The year the name is from, None if unknown.

    Returns:
        The candidates left, one a place; all of them where none fits the year.
    """
    if len(regions) < 2:
        return tuple(regions)
    left = list(dict.fromkeys(regions))
    if year is not None:
        left = [region for region in left if region.existed(year)] or left
    return tuple(_one_a_place(left, year))


def _last_year(region: Region) -> int:
    """Until when a division bore its name; of the latest one for ever."""
    return region.valid_to or 9999


def _one_a_place(regions: list[Region], year: int | None) -> list[Region]:
    """A division and what it became are one place: the name that fits the year stays."""
    places: dict[tuple[str, str], list[Region]] = defaultdict(list)
    for region in regions:
        places[_last_code(region), region.zone].append(region)
    kept = []
    for names in places.values():
        fitting = [region for region in names if year is not None and region.had_name(year)]
        kept.append(max(fitting or names, key=_last_year))
    return kept


def _last_code(region: Region) -> str:
    """The code a division goes by today, after every renaming."""
    seen = {region.code}
    while region.successor and region.successor not in seen:
        seen.add(region.successor)
        heir = region_of(region.successor)
        if heir is None:
            return region.successor
        region = heir
    return region.code
