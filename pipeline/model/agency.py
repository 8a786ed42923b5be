"""Who reports: the identity behind a name."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Tier of government."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A row of ``dim_agency``.

    Attributes:
        agency_id: ``<region code>.<function slug>``, such as
            ``370829.quality_supervision``; ``unresolved.<8 hex>`` where the region
            is not known.
        name_zh: Full official name.
        region_code: GB/T 2260 code, None if unknown.
        region_name: Name of that region in the report's year.
        province: Name of the province.
        level: Tier of government.
        function: Slug of what the agency does, such as ``quality_supervision``.
        valid_from: First year it existed, None if open.
        valid_to: Last year it existed, None if open.
    """

    agency_id: str
    name_zh: str
    region_code: str | None
    region_name: str | None
    province: str | None
    level: Level
    function: str
    valid_from: int | None = None
    valid_to: int | None = None

    @property
    def is_placed(self) -> bool:
        """Whether the region is known, so that the id means one agency and no namesake."""
        return self.region_code is not None
