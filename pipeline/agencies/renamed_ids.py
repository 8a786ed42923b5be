"""Ids that agencies had in an earlier release: ``data/renamed_ids.csv``, and what a rule says.

An id that stands for another body now is no former id of anybody.
"""

import re
from functools import cache

from pydantic.dataclasses import dataclass as validated

from pipeline.agencies import regions, towns
from pipeline.agencies.name_parts import hashed
from pipeline.agencies.region import is_code_of_zone
from pipeline.declared import declared_rows
from pipeline.model.agency import Level

_COMMITTEE, _GOVERNMENT = "management_committee", "government"
_TOWN = "township_"
_ZONE_BY_NAME = re.compile("zone_[0-9a-f]{8}_")
_TOWN_OF_ZONE = re.compile("(.+_)(?:subdistrict_office|government)(_[0-9a-f]{8})")


@validated(frozen=True)
class RenamedId:
    """One agency under its id of today."""

    former_id: str
    agency_id: str
    name_zh: str


def renamed_ids() -> list[RenamedId]:
    """Returns every id that was changed by itself, by the former id."""
    return declared_rows("pipeline.agencies", "renamed_ids", RenamedId)


def former_id(agency_id: str, name_zh: str = "") -> str | None:
    """Returns the id that an agency had where a rule tells it.

    The committee of a zone may have called itself a government, and a town was filed under its
    city where that was raised from a county of the same name: 毕节市鸭池镇. What a town in a zone
    does was not known: 枣庄高新区兴城街道; nor that 文化路办事处 is the office of 文化路街道.

    Returns:
        The former id, None for all but committees of zones, their offices, and such towns.
    """
    code, _, own = agency_id.partition(".")
    if office := _office_alone(own, name_zh):
        return f"{code}.other_{hashed(office)}"
    if own.startswith(_TOWN):
        city = regions.region_of(f"{code[:4]}00")
        was_county = city and code != city.code and _was_county(city.name)
        return f"{city.code}.{own}" if city and was_county else None
    if town := _TOWN_OF_ZONE.fullmatch(own):
        return f"{code}.{town[1]}other{town[2]}"
    zone, is_committee, behind = own.partition(_COMMITTEE)
    is_zone = zone.removesuffix("_") in regions.zone_slugs() or _ZONE_BY_NAME.fullmatch(zone)
    if not is_committee or not (is_zone or (not zone and is_code_of_zone(code))):
        return None
    return f"{code}.{zone}{_GOVERNMENT}{behind}"


def _office_alone(own: str, name_zh: str) -> str:
    """The words that the office of a subdistrict is printed by, without 街道."""
    office = towns.OFFICE.name
    printed = name_zh.removesuffix(office) if own.startswith(_TOWN) else name_zh
    for start in range(len(printed) - 2, 0, -1) if printed != name_zh else ():
        if own == f"{_TOWN}{hashed(f'{printed[start:]}街道')}":
            return printed[start:] + office
    return ""


@cache
def _was_county(city: str) -> bool:
    """Whether a city bears the name of a county that it was raised from."""
    return any(
        region.level is Level.COUNTY
        for chain in regions.chains(city)
        if chain.length == len(city)
        for region in chain.regions
    )
