"""Towns, farms and zones that a name goes on with behind its regions."""

import re

from pipeline.agencies import functions, regions, towns, zones
from pipeline.agencies.region import NATION_REGION, Region
from pipeline.model.agency import Level

_TOWN = re.compile(
    r"^([^\W_]{1,8}?(?:街道办事处|街道办|街道|街办事处|街办处|街办|地区办事处|民族乡|苏木|镇|乡)|"
    r"[^\W_]{6,12}(?:族|哈萨克)乡)"
    r"(?!(?<=[镇乡木])(?:[镇乡](?!镇|企业)|街道|街办|苏木|地区办|[^\W_]{0,7}族乡))(.*)$"
)
"""A name may hold the kind of another: 古镇镇, 虢镇街道, 三乡镇, 罕苏木苏木."""
_TOWN_OFFICE = re.compile("(?<=街道)办(?:事处)?$|(?<=街)办(?:事?处)?$")
_REGIMENT = re.compile(
    r"^((?:[一二三四五六七八九十〇零百\d]{1,6}团(?:镇|场)?)|红星[一二三四1-4]场|"
    r".{2,6}?(?:农场|牧场|团场|园艺场|种[牛羊]场))(.*)$"
)
"""Regiments and farms of the corps: 第四师七十八团."""
_FARM = "林场|农场|牧场|良种场|种畜场|垦殖场"
_BARE_ZONE = re.compile(
    f"(?:新区|新城|园区|开发区|湖区|库区|港区|矿区|垦区|街区|社区|景区|片区|风景区|{_FARM})"
)
_HEIGHT = (Level.COUNTY, Level.CITY, Level.PROVINCE, Level.NATIONAL)
_PARK = re.compile(
    r"(?:经济|技术|高新|产业|工业|制造业)(?:开发区|园区?|区|集聚区|聚集区|集中区)$|经开区$|^开发区$|保税区$|合作区$|自由贸易试验区(?:.+片区)?$|自贸片区$|"
    r"^(?:经济|技术|高新|产业|工业)+(?:开发区|园区)"
)
"""Zones a county's stem may stand in front of: ``嘉祥经济开发区``, never ``江东新区``."""
_SPANS = re.compile(r"..+[省市县]..")
_SHORT = 3
_STREET, _OF_SUBDISTRICT = "街", "道"
"""What subdistricts of Guangzhou call themselves: 白云街."""
_SUBDISTRICT = _STREET + _OF_SUBDISTRICT
_OFFICE_ALONE = re.compile(r"(?!驻)([^\W_]{2,7})(?<!街道)(?<!地区)(?<!街)办事处")
"""What subdistricts of Henan call themselves: 文化路办事处."""
_DOUBLED = ("镇镇", "乡乡")
"""古镇镇 is a town, 金厂镇镇政府 the government of 金厂镇."""
_NO_TOWNS = frozenset(
    {"镇", "乡", "街道", "路街道", "街街道", "城乡", "城镇", "乡镇", "村镇", "集镇", "建制镇"}
)
_IN_NO_TOWN = re.compile(
    "^由|^各(?:[乡镇]|街道)|^[本该全](?:[乡镇]|街道|苏木)$|[我的:]|(?:公布|发布|公开|编制)本|报告|内容|(?:[全属辖个级农殊]|部分)乡镇$"
)
ZONE = re.compile(
    r"^(.{0,14}(?:开发区|高新区|经开区|园区|工业园|产业园|科技园|科技城|工业城|产业基地|工业区|新区|新城区(?=开发|建设|管)|新城|示范区|度假区|"
    r"保税区|保税港区|保税物流园|风景名胜区|风景区|景区|实验区|试验区|管理区|合作区|投资区|功能区|片区|"
    rf"聚集区|集聚区|集中区|港务区|保护区|经济区|旅游区|{_FARM}|湖区|库区|港区|矿区|垦区|街区|社区|"
    r"(?<=..)区(?=管委会|管理委员会|党工委))(?!(?:街道|镇|乡)(?:$|办|人民|政府)))(.*)$"
)
_TOWN_OF_ZONE = re.compile(
    "(?:.*(?:开发|高新|经开|示范|度假|试验|实验|合作|风景|景)区|.*园区|..+新区).{2,}[镇乡道]$"
)
"""A zone and a town that it runs: 珠海高新区唐家湾镇."""
_OF_COMMITTEE = ("管委会", "管理委员会", "党工委")
_BAY = "湾"
"""A city's bay may be another's: 杭州湾."""
_PLACE_NAME = frozenset("湾江山河湖岛港溪海岭坪洲浦石关")
"""What goes on a place's name behind a county's stem: 罗源湾 is not 罗源县."""


Cut = tuple[str, str] | None
"""A place, its kind written out, and what stands behind it; None if there is none."""


def regiment(rest: str, _in_full: bool, _where: tuple[Region, ...]) -> Cut:
    """Cuts off the regiment or farm of the corps that a text begins with."""
    match = _REGIMENT.match(rest)
    return (match[1], match[2]) if match else None


def town(rest: str, in_full: bool, where: tuple[Region, ...]) -> Cut:
    """Cuts off the town, township or subdistrict that a text begins with.

    Args:
        rest: What stands behind the regions.
        in_full: Whether the last of these is printed in full; a stem may be part of a name.
        where: What that region may be.
    """
    if rest.endswith(_STREET) and _is_listed(rest + _OF_SUBDISTRICT, where):
        return rest + _OF_SUBDISTRICT, ""
    office = _OFFICE_ALONE.fullmatch(rest) if rest.endswith(towns.OFFICE.name) else None
    if office and _is_listed(office[1] + _SUBDISTRICT, where):
        return office[1] + _SUBDISTRICT, towns.OFFICE.name
    found = _of_form(rest, in_full, where)
    if found and towns.listed(found[0], where):
        return found
    name = towns.first(rest, where)
    return (name, rest[len(name) :]) if name else found


def _is_listed(town: str, where: tuple[Region, ...]) -> bool:
    """Whether a town is listed in some regions, in any where they are not known."""
    return bool(towns.counties_of(town) if NATION_REGION in where else towns.listed(town, where))


def _of_form(rest: str, in_full: bool, where: tuple[Region, ...]) -> Cut:
    """A town by the form of its name; behind a bare stem it must be listed for the county."""
    match = _TOWN.match(rest)
    if not match:
        return None
    place, behind = match[1], match[2]
    stem = _TOWN_OFFICE.sub("", place)
    stem = f"{stem}道" if stem.endswith("街") and stem != place else stem
    stem = stem.removesuffix(towns.OFFICE.name)
    if stem in _NO_TOWNS or _IN_NO_TOWN.search(stem) or _SPANS.match(stem):
        return None
    if "区" in stem[1:-2] and _begins_with_district(stem, where):
        return None
    if _TOWN_OF_ZONE.match(stem) and not towns.counties_of(stem):
        return None
    if stem.endswith(_DOUBLED) and not towns.counties_of(stem):
        stem = stem[:-1]
    loose = "街道" in place or len(place) < _SHORT or place[0] in _PLACE_NAME
    if loose and not in_full and not towns.listed(stem, where):
        return None
    return stem, behind or (towns.OFFICE.name if _TOWN_OFFICE.search(place) else "")


def _begins_with_district(stem: str, where: tuple[Region, ...]) -> bool:
    """Whether a district stands in front that places the town by itself: 梁溪区扬名街道."""
    if NATION_REGION in where:
        return False
    return any(
        one.lies_in(top)
        for chain in regions.chains(stem)
        if chain.printed_in_full
        for one in chain.regions
        for top in where
    )


def zone(rest: str, in_full: bool, where: tuple[Region, ...]) -> Cut:
    """Cuts off the zone that a text begins with.

    Args:
        rest: What stands behind the regions.
        in_full: Whether the last of these is printed in full; a stem may be part of a name.
        where: What that region may be.
    """
    match = ZONE.match(rest)
    if not match:
        name = zones.listed_in(rest, where) if in_full else ""
        return (name, rest[len(name) :]) if name else None
    place, behind = match[1], match[2]
    level = max((region.level for region in where), key=_HEIGHT.index)
    if not in_full and (_needs_region(where, place, level) or _goes_on(where, place)):
        return None
    of_a_rank = place[1:2] == "级"
    if place[0] in "省市各" and not of_a_rank:
        return None
    may_be_county = behind.startswith(_OF_COMMITTEE) and _is_division(place)
    if may_be_county or (len(where) == 1 and regions.counties_named(place, where[0])):
        return None
    inner = ZONE.match(behind) if behind and functions.read_function(behind) is None else None
    if inner:
        place, behind = place + inner[1], inner[2]
    return zones.written(place, level), behind


def _is_division(place: str) -> bool:
    """Whether a place is a county behind its city, which has no committee: 黄石市铁山区."""
    return any(
        chain.length == len(place)
        and chain.printed_in_full
        and not any(region.is_zone for region in chain.regions)
        for chain in regions.chains(place)
    )


def _needs_region(stem: tuple[Region, ...], place: str, level: Level) -> bool:
    """Whether a stem alone does not tell where a zone is: 江东新区 is not in 江东."""
    is_bare = _BARE_ZONE.fullmatch(place) is not None
    is_city = level is not Level.COUNTY and (not is_bare or _is_new_area(stem, place))
    return not (_PARK.search(place) or is_city or towns.listed(place, stem))


def _is_new_area(stem: tuple[Region, ...], place: str) -> bool:
    """Whether a place is the 新区 of a city whose stem stands for this city alone: 铜川新区."""
    return place == "新区" and _is_one_city(stem)


def _goes_on(stem: tuple[Region, ...], place: str) -> bool:
    """Whether a stem is only the beginning of another place's name: 罗源湾, not 河源江东新区."""
    return place[0] in _PLACE_NAME and (place[0] == _BAY or not _is_one_city(stem))


def _is_one_city(stem: tuple[Region, ...]) -> bool:
    city = regions.city_of(stem)
    return bool(city) and city[0].level is Level.CITY
