"""The committee, city or province that the name of a zone belongs to."""

import re

from pipeline.agencies import central, functions, regions, zones
from pipeline.agencies.name_parts import Parse
from pipeline.agencies.region import Region

_COMMITTEE_OF_A_CITY = re.compile(
    "[\u4e00-\u9fff]{2,3}(?=(?:直管区)?(?:管理委员会|管委会))(?<![区委])"
)
_COMMITTEE_SLUGS = {
    "government": "management_committee",
    "government_office": "management_committee_office",
}
_CORPS = ("production_corps", "corps_division")


def by_its_committee(parse: Parse) -> Parse:
    """A name in a zone with 政府 replaced by the committee: a zone has no government."""
    own = parse.function
    in_zone = bool(parse.place) and not parse.is_town
    in_zone = in_zone or (
        not parse.place
        and bool(parse.regions)
        and all(region.is_zone for region in parse.regions)
        and not is_corps(parse.regions)
    )
    if own is None or own.slug not in _COMMITTEE_SLUGS or parse.body or not in_zone:
        return parse
    name = own.name.replace(functions.GOVERNMENT.name, zones.COMMITTEE.name)
    return parse._replace(
        function=own._replace(slug=_COMMITTEE_SLUGS[own.slug], name=name),
        written=parse.written.replace(own.name, name),
    )


def is_corps(where: tuple[Region, ...]) -> bool:
    """Whether a zone is one of the corps in Xinjiang."""
    return bool(where) and where[0].zone.startswith(_CORPS)


def where_it_was_moved(parse: Parse, printed: str) -> Parse:
    """佛山(云浮)产业转移工业园 is in 云浮; the first city is the one whose industry moved."""
    inner, _, kind = parse.place[1:].partition(")")
    seats = [
        region
        for chain in regions.chains(inner)
        if chain.length == len(inner)
        for region in chain.regions
    ]
    near = [seat for seat in seats if any(seat.lies_in(region) for region in parse.regions)]
    if not seats:
        return parse
    return parse._replace(
        regions=tuple(near or seats),
        place=printed + inner + kind,
        written=printed + parse.place + (parse.own or zones.committee(parse.place)),
    )


def area_of_free_trade(parse: Parse) -> Parse:
    """福州自贸片区 is the area of that name in its province's free trade zone."""
    named = ((seat, zones.area_of_free_trade(seat, parse.place)) for seat in parse.regions)
    seat, full = next((one for one in named if one[1]), (None, ""))
    province = regions.region_of(seat.code[:2] + "0000") if seat else None
    if province is None:
        return parse
    lead = f"中国({central.stem(province)})"
    written = lead + full + (parse.own or zones.COMMITTEE.name)
    return parse._replace(regions=(province,), place=full, written=written)


def city_of_committee(text: str) -> str:
    """The city that a zone's committee says it is in: 贵安新区安顺管委会."""
    match = _COMMITTEE_OF_A_CITY.match(text)
    named = match.group() if match else ""
    return named if any(chain.length == len(named) for chain in regions.chains(named)) else ""
