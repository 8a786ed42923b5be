"""Who is named inside a town or a zone: the words behind its name."""

import re

from pipeline.agencies import branches, functions, towns, zone_names, zones
from pipeline.agencies.name_parts import Parse
from pipeline.agencies.region import NATION_REGION, Region
from pipeline.agencies.sub_places import town
from pipeline.model.agency import Level

_COMMITTEE = re.compile(
    r"(?:党工委、?)?(?:开发建设|建设|开发)?(?:管理委员会|管委会)|党工委|工作委员会|执委会|执行委员会"
)
"""What a zone's bureau may name itself behind: ``管委会经济发展局``."""


def governs_town(reading: functions.FunctionReading) -> bool:
    """Whether a name is that of who governs a town, or of the office that writes its papers."""
    return reading.slug in functions.governing("division", "subdistrict", offices=True)


def town_of_zone(where: tuple[Region, ...], zone: str, rest: str) -> Parse | None:
    """A town that a zone runs: 枣庄高新区兴城街道办事处; its id has the zone's in front."""
    place, behind = town(rest, True, (NATION_REGION,)) or ("", "")
    governor = towns.governor(place)
    if not place or (behind and of_town(place, behind) != governor):
        return None
    rank = (3, len(zone))
    if len(where) == 1 and (own := zones.coded(where[0], zone)):
        return Parse(own, place, True, None, "", rank, written=office_alone(rest, place))
    body = place + governor.name
    governs = governor._replace(name=body)
    return Parse(where, zone, False, governs, "", rank, tier=Level.TOWNSHIP, body=body)


def office_alone(text: str, town: str) -> str:
    """Returns the name of a subdistrict that is printed without 街道, empty for all others.

    Args:
        text: What is printed behind the region: 文化路办事处.
        town: The subdistrict.
    """
    is_alone = text.endswith(towns.OFFICE.name) and not text.startswith(town)
    return f"{{}}{text}" if is_alone else ""


def of_town(town: str, text: str) -> functions.FunctionReading | None:
    """The body named behind a town; the town's governing body where that or its desk is named."""
    inner = functions.read_function(text)
    governs = inner is not None and not inner.unit and governs_town(inner)
    desk = functions.is_desk(text.removeprefix("人民").removeprefix("政府"))
    if not governs and not desk:
        return inner
    return towns.governor(town)


def of_zone(text: str) -> functions.FunctionReading | None:
    """What the words behind a zone name; its committee may stand in front of a bureau."""
    text = text[len(zone_names.city_of_committee(text)) :]
    own = below_committee(text) or functions.read_function(text)
    return own or branches.local_branch((), text)


def below_committee(text: str) -> functions.FunctionReading | None:
    """A bureau of a zone's committee, None for the committee itself and its office."""
    match = _COMMITTEE.match(text)
    whole = functions.read_function(text)
    if match is None or (whole and not whole.unit):
        return None
    return functions.read_function(text[match.end() :])
