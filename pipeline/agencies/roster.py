"""Who is expected to report: ``data/roster.yml``, written out by the history of regions."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from pipeline.agencies.functions import Function, functions
from pipeline.agencies.region import Region
from pipeline.agencies.regions import divisions, region_of
from pipeline.agencies.spans import common
from pipeline.declared import Declaration, declared
from pipeline.model.agency import Agency, Level

_TIERS = (Level.PROVINCE, Level.CITY, Level.COUNTY)


class Roster(Declaration):
    """A decision about who is expected.

    Attributes:
        region: Code of the division whose own and lower divisions are meant.
        first_year: First year reported on.
        last_year: Last one, None if open.
        functions: Slugs expected at each level.
        reason: Why they are expected.
    """

    region: str = Field(pattern=r"^\d{6}$")
    first_year: int = Field(ge=2004, le=2100)
    last_year: int | None = None
    functions: dict[Level, tuple[str, ...]]
    reason: str = Field(min_length=5)

    @model_validator(mode="after")
    def _names_what_is_known(self) -> Self:
        if region_of(self.region) is None:
            raise ValueError(f"roster.yml: no region has the code {self.region}")
        wanted = {slug for slugs in self.functions.values() for slug in slugs}
        if unknown := wanted - functions().keys():
            raise ValueError(f"roster.yml: functions.csv has no {sorted(unknown)}")
        if other := self.functions.keys() - set(_TIERS):
            raise ValueError(f"roster.yml: no divisions of level {sorted(other)} are known")
        return self


class RosterFile(Declaration):
    """The rosters in force, and one that is written down as an example."""

    rosters: tuple[Roster, ...]
    example: Roster


class ExpectedAgency(NamedTuple):
    """An agency that is expected to report on some years.

    Attributes:
        agency: The agency.
        first_year: First year it is expected for.
        last_year: Last one, None if open.
    """

    agency: Agency
    first_year: int
    last_year: int | None


@cache
def rosters() -> tuple[Roster, ...]:
    """Returns the rosters in force."""
    return declared("pipeline.agencies", "roster", RosterFile).rosters


def expected(rosters: Iterable[Roster]) -> Iterator[ExpectedAgency]:
    """Yields who is expected and for which years, by the history of regions and functions.

    Args:
        rosters: Decisions; a year that two of them name is yielded twice.
    """
    for roster in rosters:
        for region in divisions(roster.region):
            for slug in roster.functions.get(region.level, ()):
                function = functions()[slug]
                own = roster.first_year, roster.last_year
                first, last = common(own, region.years, function.years)
                if first and (last is None or first <= last):
                    yield ExpectedAgency(_agency(region, function), first, last)


def _agency(region: Region, function: Function) -> Agency:
    """The agency that its official name resolves to, or one made here where it resolves to none."""
    from pipeline.agencies.resolver import resolve  # which no build without a roster needs

    agency_id = f"{region.id_start}{function.slug}"
    above = region_of(region.parent) if region.level is Level.COUNTY else None
    is_province = region.level is Level.PROVINCE and not region.name.endswith("市")
    name = region.name + function.official_name(region.level, "厅" if is_province else "局")
    named = resolve(f"{above.name if above else ''}{name}")
    if named and named.agency and named.agency.agency_id == agency_id:
        return named.agency
    province = region_of(region.code[:2] + "0000")
    return Agency(
        agency_id=agency_id,
        name_zh=name,
        region_code=region.code,
        region_name=region.name,
        province=province.name if province else None,
        level=region.level,
        function=function.slug,
        valid_from=region.valid_from,
        valid_to=region.valid_to,
    )
