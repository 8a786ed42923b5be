"""Divisions and zones by their names and codes.

``data/regions.csv`` is built by ``builders.regions``; ``data/zones.csv``
lists by hand the zones that have no code of their own, each with the reason, and
``data/region_names.csv`` names that no rule shortens a region's name to.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from pydantic.dataclasses import dataclass as validated

from pipeline.agencies.beginnings import Beginnings
from pipeline.agencies.region import Region, is_code_of_zone
from pipeline.declared import Texts, declared_rows
from pipeline.model.agency import Level


class NameKind(Enum):
    """How a name stands for a region.

    Attributes:
        FULL: As it is: 嘉祥县.
        STEM: Without the word for the kind of division: 嘉祥.
        LOCAL: Only behind the region above.
    """

    FULL = "full"
    STEM = "stem"
    LOCAL = "local"


class RegionsNamed(NamedTuple):
    """The regions that a name stands for in one way."""

    regions: tuple[Region, ...]
    kind: NameKind


class RegionIndex(NamedTuple):
    """Every region, under each name it had.

    Attributes:
        ends: Where names end in a text.
        named: What a name may be: in full, as a stem, as a local name.
        by_code: The divisions and zones of a code.
        newest: The division of a code under its newest name.
    """

    ends: Beginnings
    named: dict[str, tuple[RegionsNamed, ...]]
    by_code: dict[str, tuple[Region, ...]]
    newest: dict[str, Region]

    @property
    def every(self) -> Iterator[Region]:
        """All regions, those of one code together."""
        return (region for found in self.by_code.values() for region in found)

    def called(self, name: str, kind: NameKind) -> tuple[Region, ...]:
        """Returns the regions that a name stands for in a way."""
        return next((one.regions for one in self.named.get(name, ()) if one.kind is kind), ())


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


class _Name(NamedTuple):
    printed: str
    region: Region
    kind: NameKind = NameKind.FULL


@cache
def region_index() -> RegionIndex:
    """Returns the regions of the data files, read once a process."""
    named = (*_divisions(), *_zones())
    by_code = _gathered((region.code, region) for region, _ in named)
    names = [name for region, short in named for name in _names(region, short)]
    for extra in declared_rows("pipeline.agencies", "region_names", Texts):
        divided = (region for region in by_code[extra["code"]] if not region.zone)
        names += [_Name(extra["name"], region) for region in divided]
    by_name = _by_name(names)
    divisions = {
        code: [region for region in every if not region.zone] for code, every in by_code.items()
    }
    newest = {
        code: max(found, key=lambda region: region.last_year)
        for code, found in divisions.items()
        if found
    }
    return RegionIndex(Beginnings(by_name), by_name, by_code, newest)


def _divisions() -> Iterator[tuple[Region, str]]:
    """Divisions, each with its other names."""
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
        yield region, row.short


def _zones() -> Iterator[tuple[Region, str]]:
    """Zones without a code of their own, or with one that statistics give, with other names."""
    for row in declared_rows("pipeline.agencies", "zones", _ZoneRow):
        region = Region(
            row.region_code,
            row.name,
            row.parent,
            row.level,
            _year(row.valid_from),
            _year(row.valid_to),
            zone="" if is_code_of_zone(row.region_code) else row.slug,
        )
        yield region, row.short


def _names(region: Region, short: str) -> Iterator[_Name]:
    yield _Name(region.name, region)
    for form in short.split("|") if short else ():
        is_stem = form in region.name and len(form) < len(region.name)
        if form.startswith("+"):
            yield _Name(form[1:], region, NameKind.LOCAL)
        elif is_stem and not region.is_zone:
            yield _Name(form, region, NameKind.STEM)
        else:
            yield _Name(form, region)


def _by_name(names: Iterable[_Name]) -> dict[str, tuple[RegionsNamed, ...]]:
    """What each name may be, in the order of the kinds."""
    regions: dict[tuple[NameKind, str], list[Region]] = defaultdict(list)
    for name in names:
        regions[name.kind, name.printed].append(name.region)
    found: dict[str, tuple[RegionsNamed, ...]] = {}
    for kind in NameKind:
        for (own, printed), those in regions.items():
            if own is kind:
                found[printed] = (*found.get(printed, ()), RegionsNamed(tuple(those), kind))
    return found


def _gathered(pairs: Iterable[tuple[str, Region]]) -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = defaultdict(list)
    for key, region in pairs:
        found[key].append(region)
    return {key: tuple(regions) for key, regions in found.items()}


def _year(text: str) -> int | None:
    return int(text) if text else None
