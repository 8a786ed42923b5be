"""A name taken apart: what reading it finds."""

import hashlib
from typing import NamedTuple

from pipeline.agencies.functions import FunctionReading
from pipeline.agencies.region import Region
from pipeline.model.agency import Level


class Parse(NamedTuple):
    """One way to read a name.

    Attributes:
        regions: What the last region named may be, empty where none is.
        place: The town or zone below it, empty for none.
        is_town: Whether that is a town, township or subdistrict.
        function: What the agency does, None where no declared word says so.
        rest: The words that would have said it.
        rank: How much the reading explains; of two the greater is right.
        tier: Tier of the region where only that is said (``县质监局``).
        written: The name in full where it is not region, place and function in turn; ``{}``
            stands for the region's name.
        is_vague: The region may be another than ``regions``: ``西区``, ``清水河畔镇``.
        is_joint: Whether several agencies are named, so that no single one is meant.
        body: Name of a body that its region and function do not tell from others.
    """

    regions: tuple[Region, ...]
    place: str
    is_town: bool
    function: FunctionReading | None
    rest: str
    rank: tuple[int, int]
    tier: Level | None = None
    written: str = ""
    is_vague: bool = False
    is_joint: bool = False
    body: str = ""

    @property
    def own(self) -> str:
        """The part of the name that tells the function, with the unit inside the agency."""
        return self.function.in_full if self.function else self.rest

    @property
    def is_region_alone(self) -> bool:
        """Whether nothing but regions is named."""
        return self.function is None and not self.place and not self.rest


def hashed(words: str) -> str:
    """Returns what stands for words in an id."""
    return hashlib.sha256(words.encode()).hexdigest()[:8]
