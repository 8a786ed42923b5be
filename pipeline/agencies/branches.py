"""Branches of a bureau in a district, whichever of the two is named first.

``济宁市生态环境局嘉祥县分局`` and ``嘉祥县生态环境分局`` are the bureau of 嘉祥县.
"""

import re

from pipeline.agencies import functions, regions, towns, zones
from pipeline.agencies.functions import FunctionReading
from pipeline.agencies.name_parts import Parse
from pipeline.agencies.region import Region
from pipeline.model.agency import Level

_BRANCH = re.compile(
    r"^(.{2,14}?)(?:直属)?(?:分局|支局|分中心|管理部|管理局|管理站|税务局|(?<=[区县市])局)$"
)
_FIRE_BRANCH = re.compile(r"^(.{2,12}?)(?:区|县|市)?(?:消防救援)?(?:支队|大队)$")
_POLICE_BRANCH = re.compile(r"^.{2,8}支队(.{2,8}?)(?:区|县|市)?大队$")
"""The traffic police of a district, named behind those of the city."""
_LOCAL_BRANCH = re.compile(r"^(.{2,14})(?:分局|分中心)$")
_ZONE = re.compile(r"(?:区|新城|园|城)$")
_ENDS = ("分局", "分中心")
_SURE = (4, 99)
_CORPS = "local_corps"


def branch(where: tuple[Region, ...], function: FunctionReading) -> Parse | None:
    """Returns a unit as a branch in the district its name begins with; None if it is no branch.

    Args:
        where: The region of the bureau above.
        function: The bureau, and the unit inside it.
    """
    if len(where) != 1 or not function.unit or function.slug == _CORPS:
        return None
    match = _BRANCH.match(function.unit)
    if match is None and function.slug == "fire_rescue":
        match = _FIRE_BRANCH.match(function.unit)
    own = FunctionReading(function.slug, function.name)
    of_district = _POLICE_BRANCH.match(function.unit) if match is None else None
    if of_district:
        match, own = of_district, function
    written = where[0].name + function.in_full
    seats = regions.counties_named(match[1], where[0]) if match else ()
    if match and not seats and _ZONE.search(match[1]):
        zone = zones.written(match[1], Level.CITY)
        tail = function.unit[len(match[1]) :]
        named = where[0].name + function.name + zone + tail
        return Parse(where, zone, False, own, "", _SURE, written=named)
    for chain in regions.chains(function.unit) if not seats else ():
        inner = functions.read_function(function.unit[chain.length :])
        if inner and not inner.unit and chain.printed_in_full:
            seats = tuple(region for region in chain.regions if region.lies_in(where[0]))
            own = inner
    return Parse(seats, "", False, own, "", _SURE, written=written) if seats else None


def of_one_district(function: FunctionReading) -> Parse | None:
    """Returns a branch of a city that is not named: 市生态环境局临平分局.

    No other county bears the name of its district, and no town of another city: 城东分局 may be
    in any city, though one district alone is called 城东区.

    Args:
        function: The bureau, and the unit inside it.
    """
    match = _BRANCH.match(function.unit)
    whole = (
        [one for one in regions.chains(match[1]) if one.length == len(match[1])] if match else []
    )
    seats = {region.code: region for chain in whole for region in chain.regions}
    home = next(iter(seats.values())) if len(seats) == 1 else None
    city = regions.region_of(home.parent) if home and not home.is_zone else None
    if match is None or home is None or city is None or city.level is not Level.CITY:
        return None
    near = (one.lies_in(city) for kind in towns.KINDS for one in towns.counties_of(match[1] + kind))
    return branch((city,), function) if all(near) else None


def local_branch(where: tuple[Region, ...], text: str) -> FunctionReading | None:
    """Returns the bureau that the branch of a district is called by: 生态环境分局.

    Args:
        where: The regions in front of it; a city's own branch is a unit like others.
        text: What stands behind them.
    """
    match = _LOCAL_BRANCH.match(text) if text.endswith(_ENDS) else None
    if match is None or any(region.level is not Level.COUNTY for region in where):
        return None
    bureau = functions.read_function(f"{match[1]}局")
    if bureau is None or bureau.unit:
        return None
    return FunctionReading(bureau.slug, text)
