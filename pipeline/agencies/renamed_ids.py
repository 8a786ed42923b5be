"""Ids that agencies had in an earlier release: ``data/renamed_ids.csv``, and what a rule says.

An id that stands for another body now is no former id of anybody.
"""

import re

from pydantic.dataclasses import dataclass as validated

from pipeline.agencies import regions
from pipeline.declared import declared_rows

_COMMITTEE, _GOVERNMENT = "management_committee", "government"
_ZONE_BY_NAME = re.compile("zone_[0-9a-f]{8}_")


@validated(frozen=True)
class RenamedId:
    """One agency under its id of today.

    Attributes:
        former_id: The id it had.
        agency_id: The id it has.
        name_zh: Its name, from which both ids were made.
    """

    former_id: str
    agency_id: str
    name_zh: str


def renamed_ids() -> list[RenamedId]:
    """Returns every id that was changed by itself, by the former id."""
    return declared_rows("pipeline.agencies", "renamed_ids", RenamedId)


def former_id(agency_id: str) -> str | None:
    """Returns the id that the committee of a zone had where it called itself a government.

    Args:
        agency_id: An id of today.

    Returns:
        The former id, None for all but committees of zones and their offices.
    """
    code, _, own = agency_id.partition(".")
    zone, is_committee, behind = own.partition(_COMMITTEE)
    is_zone = zone.removesuffix("_") in regions.zone_slugs() or _ZONE_BY_NAME.fullmatch(zone)
    if not is_committee or not (is_zone or (not zone and regions.is_code_of_zone(code))):
        return None
    return f"{code}.{zone}{_GOVERNMENT}{behind}"
