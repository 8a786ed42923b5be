"""A place that agencies belong to: an administrative division under one name, or a zone."""

from dataclasses import dataclass

from pipeline.agencies.spans import Span
from pipeline.model.agency import Level

NATION = "000000"


def is_code_of_zone(code: str) -> bool:
    """Whether a code is one that statistics give a zone, and no division has."""
    return code[4:5] == "7"


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
        """The beginning of its agencies' ids: its code, with zone or last year where need be."""
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

    @property
    def last_year(self) -> int:
        """Until when it bore its name; of the latest one for ever."""
        return self.valid_to or 9999


NATION_REGION = Region(NATION, "中华人民共和国", "", Level.NATIONAL)
