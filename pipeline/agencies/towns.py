"""Towns, townships and subdistricts, and the counties that have one of their name.

``data/towns.csv`` is built by :mod:`pipeline.agencies.build_places` and read when a report first
names a town without its county.
"""

from functools import cache

from pipeline.agencies import regions
from pipeline.agencies.regions import Region


def counties_of(town: str) -> tuple[Region, ...]:
    """Returns the counties that have a town of that name."""
    at = f"|{town}|"
    codes = [line[:6] for line in _lines() if at in line]
    found = (regions.region_of(code) for code in codes)
    return tuple(region for region in found if region)


@cache
def _lines() -> tuple[str, ...]:
    """A line a county: its code, then its towns between bars. One string is found in fastest."""
    return tuple(f"{row['code']}|{row['towns']}|" for row in regions.rows("towns.csv"))
