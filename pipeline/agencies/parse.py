"""Reading a name: the regions, the place below them, the function, the unit inside.

Every way to read it is tried, and the one that leaves nothing unexplained is kept. Which
of several regions of one name is meant is not decided here.
"""

import re
from functools import lru_cache, partial

from pipeline.agencies import (
    branches,
    central,
    functions,
    region_history,
    regions,
    towns,
    within,
    zone_names,
    zones,
)
from pipeline.agencies.name_parts import Parse
from pipeline.agencies.region import NATION_REGION, Region
from pipeline.agencies.regions import Chain
from pipeline.agencies.sub_places import regiment, town, zone
from pipeline.model.agency import Level

_SEAT_OF_TOWN = re.compile(r"(?:人民)?政府(?=.{1,8}?(?:街道|街办|镇|乡|苏木|地区办))")
_SEAT_OF_DISTRICT = re.compile(
    "(?<=[市州盟])(?:人民)?政府(?=[\u4e00-\u9fff]{1,6}[区县旗市][\u4e00-\u9fff]{1,8}(?:街道|街办|镇|乡|苏木))"
)
"""What stands between a city and its district: 无锡市人民政府梁溪区扬名街道."""
_SEAT_OF_COMMITTEE = re.compile(
    "(?<=[省市州县区])人民政府(?=[\u4e00-\u9fff]{2,10}区(?:管理委员会|管委会)$)"
)
"""What stands in front of a committee of a city: 北京市人民政府天安门地区管理委员会."""
_UNDER_IT = re.compile("^(?:直(?=.{1,6}局$)|本级)(?=..)")
"""What a city's bureaus may call themselves by: 伊犁州直财政局."""
_ZONE_SIGNS = frozenset("区城园港岛地工湖山")
_CORPS_NAME = "新疆生产建设兵团"
_PARK_COMMITTEE = "园区管理委员会"
"""Who runs a park is no bureau of industry: 工业园区管委会."""
_DIVISION = re.compile("(?P<corps>(?:新疆)?(?:生产建设)?兵团)?第?(?=[一二三四五六七八九十]{1,2}师)")
_PART = re.compile("(?:分局|支局|支队|大队|中队|所|站|分中心|管理部)$")
_SENTENCE = re.compile(r"(?<!自)由|[的了于在是我]|^..+(?:省|市|县)..+[局委厅府]")
"""What no unknown agency's name contains: words of the sentence it was cut from."""
_NO_NAME = re.compile("[:的]")
_ALL = 4
"""The rank of a reading with nothing left unread: none that begins with less can be better."""
_FREE_TRADE = "自由贸易试验区"
_CHINA = "中国("
_IN_CHINA = re.compile(r"(?P<lead>中国\((?P<place>[\u4e00-\u9fff]{2,4})\))(?P<rest>.{3,})")
_JOINED = re.compile(r"(?<=[局委厅办部会府室行])[、和与及暨]")
_ENDS_OF_TOWNS = (
    *towns.KINDS,
    "镇人民政府",
    "乡人民政府",
    "街道办事处",
    "镇政府",
    "乡政府",
)
_LONGEST_STEM = len("黑龙江")
_NAME_OF_COUNTY = len("洪江区")
_KIND_OF_GOVERNMENT = re.compile("(?:省|市|县|区|乡|镇)级(?:人民)?政府")
"""What governments of a tier are called together: 2013年省级政府全面公开."""
_SELF = re.compile(r"^(?:我|本|该)?(?P<tier>自治区|省|市|县|区|旗|州|镇|乡)?(?:级|直)?")
_TIER_IN_WORD = re.compile("市[政场容区]|[区县]域|[省市县区州旗]属")
"""What begins with 市, 县 or 区 without meaning the tier: 市政公司, 区域医院."""
_CENTRAL = re.compile(r"^(?:中华人民共和国|中国共产党|中共|共青团|中国|国家)")
_SEATS = {
    "自治区": Level.PROVINCE,
    "省": Level.PROVINCE,
    "市": Level.CITY,
    "县": Level.COUNTY,
    "区": Level.COUNTY,
    "旗": Level.COUNTY,
    "州": Level.CITY,
    "镇": Level.TOWNSHIP,
    "乡": Level.TOWNSHIP,
}
_LEAGUE = "共青团"
_DISTRICTS = frozenset(
    {
        "customs",
        "maritime_safety",
        "mine_safety",
        "entry_exit_inspection",
        "railway",
        "public_security_and_railway",
        "rivers_lakes",
        "immigration",
    }
)
"""Agencies whose district only begins with the city's name: ``厦门海关``, ``北京铁路局``."""
_HOUSING_FUND = "住房公积金管理中心"
_RUN_BY_THE_CITY = "ecology_environment"
_OF_THEIR_OWN = frozenset(
    {"school", "hospital", "university", "cultural_venue", "welfare_institution"}
)
"""Kinds of body that may bear a place's name without being there: 朝阳医院, 中山小学."""
_OF_A_CITY = re.compile("(?:大学|学院|图书馆|博物[馆院]|文化馆|美术馆|科技馆|群众艺术馆)$")
_PEOPLE = frozenset({"中山"})


@lru_cache(maxsize=4096)
def read_name(text: str) -> Parse | None:
    """Reads a name without its surroundings.

    Args:
        text: As :func:`pipeline.agencies.names.normalise` leaves it.

    Returns:
        The best reading, known functions before unknown and more regions before fewer;
        None for words that are no agency's name and no region's.
    """
    if len(text) < 2:
        return None
    if "政府" in text[2:-4]:
        text = _SEAT_OF_COMMITTEE.sub("", _SEAT_OF_DISTRICT.sub("", text))
    if listed := central.seated(text) or _of_a_company(text):
        return listed[0]
    parses = [*central.national(text), *_regional(text), *_listed_zone(text)]
    league = _league(text)
    central_lead = None if league else _CENTRAL.match(text)
    parses += league
    if central_lead:
        parses += _regional(text[central_lead.end() :])
    if text.startswith(_CHINA) and (bracketed := _IN_CHINA.match(text)):
        return _in_china(bracketed)
    if text[0] == "原" and (former := read_name(text[1:])) and former.regions:
        return former
    if not parses:
        parses = _placeless(text) or central.unlisted(text)
    best = max(parses, key=lambda parse: parse.rank, default=None)
    if best is None:
        return _several(text)
    if best.regions and text.endswith(_ENDS_OF_TOWNS) and _is_town_alone(text, best):
        best = next(iter(_placeless(text)), best)
    best = zone_names.by_its_committee(best)
    return best._replace(is_joint=True) if _is_joint(text, best) else best


def _is_town_alone(text: str, best: Parse) -> bool:
    """Whether a name that seems to begin with a region is a town's: 古县渡镇, 中央门街道."""
    if best.is_town and best.rank[0] >= _ALL and not _is_behind_province(text, best):
        return False
    place, behind = town(text, True, (NATION_REGION,)) or ("", "")
    governed = not behind or within.of_town(place, behind) == towns.governor(place)
    return bool(place) and governed and bool(towns.counties_of(place))


def _is_behind_province(text: str, best: Parse) -> bool:
    """Whether a province's stem alone stands in front of a town: 上海庙镇 may be one itself."""
    if best.rank[1] > _LONGEST_STEM:
        return False
    province = regions.region_of(best.regions[0].code[:2] + "0000")
    return province is not None and province.name.startswith(text[: best.rank[1]])


def _in_china(bracketed: re.Match[str]) -> Parse | None:
    """中国(绵阳)科技城 is named without the brackets elsewhere, and shown as it is printed."""
    parse = read_name(bracketed["place"] + bracketed["rest"])
    if parse is None or not (parse.place or parse.written):
        return parse
    shown = parse.written
    if not shown.startswith(bracketed["place"]):
        return parse
    return parse._replace(written=bracketed["lead"] + shown.removeprefix(bracketed["place"]))


def _of_a_company(text: str) -> list[Parse]:
    """国网…公司枞阳县供电公司 is the power company of the county it names last."""
    own = central.utility(text)
    parses = [parse for parse in _regional(own) if parse.function] if own else []
    best = max(parses, key=lambda parse: parse.rank, default=None)
    return [best._replace(written=text)] if best else []


def _listed_zone(text: str) -> list[Parse]:
    """A zone with a name of its own, and no region in front: ``洋河新区``."""
    found = None if _ZONE_SIGNS.isdisjoint(text) else zones.listed(text)
    if found is None:
        return []
    rest = text[len(found.place) :]
    inner = within.of_zone(rest) if rest else None
    below = within.town_of_zone(found.regions, found.place, rest) if rest and not inner else None
    if below:
        place = zones.written(found.place, found.regions[0].level)
        return [below._replace(written=place + below.own if below.body else "")]
    if rest and inner is None and not functions.looks_like_agency(rest):
        return []
    rank = 4 if inner or not rest else 2
    coded = zones.coded(found.regions[0], found.place) if len(found.regions) == 1 else ()
    place = zones.written(found.place, found.regions[0].level)
    parse = Parse(found.regions, place, False, inner, "" if inner else rest, (rank, len(place)))
    written = place + (parse.own or zones.committee(place))
    if not coded:
        return [parse._replace(written=written)]
    shown = written if rest and zones.is_other_name(place, coded[0]) else ""
    return [parse._replace(regions=coded, place="", written=shown)]


def _is_joint(text: str, best: Parse) -> bool:
    """Whether words name one agency after the other: ``国家税务局、平潭县地方税务局``.

    Where nothing stands between them, the other must name its region: 北京市统计局国家统计局
    北京调查总队.
    """
    unit = (best.function.unit if best.function else best.rest) if best.regions else ""
    if 5 < len(unit) < len(text) and not _PART.search(unit):
        other = read_name(unit)
        if other and other.regions and other.function and not other.function.unit:
            return True
    for mark in _JOINED.finditer(text):
        one, other = read_name(text[: mark.start()]), read_name(text[mark.end() :])
        if one and other and one.function and other.function and not other.function.unit:
            return True
    return False


def _several(text: str) -> Parse | None:
    """The first of three agencies or more, which together read as no name."""
    mark = _JOINED.search(text)
    one = read_name(text[: mark.start()]) if mark else None
    others = read_name(text[mark.end() :]) if mark and one and one.function else None
    if one and others and others.function and others.is_joint:
        return one._replace(is_joint=True)
    return None


def _league(text: str) -> list[Parse]:
    """共青团嘉祥县委 is the committee of the League, not of the Party."""
    parses = _regional(text.removeprefix(_LEAGUE)) if text.startswith(_LEAGUE) else []
    own = functions.FunctionReading("youth_league", "委员会")
    return [
        parse._replace(function=own, written=f"{_LEAGUE}{{}}委员会")
        for parse in parses
        if parse.function and parse.function.slug in functions.governing("party", offices=True)
    ]


def _regional(text: str) -> list[Parse]:
    parses: list[Parse] = []
    inside = explained = 0
    for chain in regions.chains(text):
        if chain.length < explained:
            continue
        inside = max(inside, chain.length if chain.printed_in_full else 0)
        parse = _behind(chain, text[chain.length :])
        if parse is None or (parse.rest and not parse.place and chain.length < inside):
            continue
        if parse.place.startswith("("):
            parse = zone_names.where_it_was_moved(parse, text[: chain.length])
        if zones.FREE_TRADE_IN_SHORT in parse.place:
            parse = zone_names.area_of_free_trade(parse)
        stem = chain.alone and not chain.printed_in_full
        is_kind = parse.function is not None and functions.is_kind(parse.function)
        below = not (chain.alone or chain.printed_in_full)
        if is_kind and below and parse.function and parse.function.slug in _OF_THEIR_OWN:
            continue
        is_vague = chain.is_vague or (stem and _is_open(parse, text[: chain.length], is_kind))
        if not chain.printed_in_full:
            owners = _owners(parse)
            parse = parse if owners is parse.regions else parse._replace(regions=owners)
        written = _written(parse, text, chain)
        if is_vague or written != parse.written:
            parse = parse._replace(is_vague=is_vague, written=written)
        parses.append(parse)
        if parse.function and parse.rank[0] >= _ALL:
            explained = max(explained, chain.length)
    return parses


def _is_open(parse: Parse, stem: str, is_kind: bool) -> bool:
    """Whether a stem alone leaves open where a town, body or zone behind it is."""
    if parse.is_town or (is_kind and _may_be_elsewhere(parse, stem)):
        return True
    return zones.is_elsewhere(stem + parse.place, parse.regions)


def division_in_full(name: str) -> str:
    """The name of a division of the corps, of which all short forms mean one: 兵团九师."""
    match = _DIVISION.match(name)
    if match is None:
        return name
    return f"{_CORPS_NAME if match['corps'] else ''}第{name[match.end() :]}"


def _may_be_elsewhere(parse: Parse, stem: str) -> bool:
    """Whether a body bears a place's name without being there.

    No school or hospital says where it is: 朝阳医院. Of a city's university and library only
    those do not that a person's name is in: 中山大学.
    """
    if parse.function is None:
        return False
    slug = parse.function.slug
    is_of_city = slug == "university" or _OF_A_CITY.search(
        parse.function.name or parse.function.unit
    )
    if is_of_city and regions.city_of(parse.regions):
        return stem in _PEOPLE
    return slug in _OF_THEIR_OWN


def _written(parse: Parse, text: str, chain: Chain) -> str:
    """The name in full where it is not the region's name and the rest.

    A stem alone is official for zones and districts (``厦门海关``, ``成都高新…区``) and for
    who runs a city's housing fund, and a division of the corps goes by its own name.
    """
    own = parse.own
    printed = text[: chain.length]
    is_zone = bool(parse.place) and not parse.is_town
    if parse.written:
        return parse.written
    if not (chain.alone or chain.printed_in_full) and _is_of_the_city(parse):
        above = regions.region_of(parse.regions[0].parent)
        at = printed.find(above.name) if above else -1
        return printed[at:] + own if at >= 0 else ""
    if parse.regions and "师" in printed and parse.regions[0].code.startswith("659"):
        return division_in_full(printed) + parse.place + own
    if parse.place.startswith(_FREE_TRADE) and not chain.printed_in_full:
        return f"中国({printed}){parse.place}{own or zones.COMMITTEE.name}"
    zone = parse.regions[0] if parse.regions and parse.regions[0].is_zone else None
    if zone and (
        printed.endswith(zone.name)
        or zones.is_in_full(printed)
        or _is_like_county(chain.regions, printed)
    ):
        city = zone_names.city_of_committee(text[chain.length :])
        return printed + city + parse.place + own if own else ""
    is_district = parse.function is not None and (
        parse.function.slug in _DISTRICTS
        or parse.function.name == _HOUSING_FUND
        or functions.is_kind(parse.function)
    )
    if not chain.printed_in_full and (is_zone or (is_district and chain.alone)):
        return printed + parse.place + (own or zones.committee(parse.place))
    return ""


def _is_like_county(where: tuple[Region, ...], printed: str) -> bool:
    """Whether a zone with a code goes by a name like a county's: 洪江区."""
    name = printed[-_NAME_OF_COUNTY:] if printed.endswith("区") and not where[0].zone else ""
    return any(
        chain.length == len(name) and chain.regions == where for chain in regions.chains(name)
    )


def _is_of_the_city(parse: Parse) -> bool:
    """Whether a county's bureau is the city's and called so: 内江市隆昌生态环境局."""
    own = parse.function
    if own is None or own.slug != _RUN_BY_THE_CITY or parse.place:
        return False
    return len({region.parent for region in parse.regions if region.level is Level.COUNTY}) == 1


def _owners(parse: Parse) -> tuple[Region, ...]:
    """Of regions with one stem those of the tier that has such an agency: no district has a 厅."""
    own = parse.function
    name = own.in_full if own else ""
    ranks: tuple[Level, ...] = ()
    if name.endswith("厅") or "总队" in name:
        ranks = (Level.PROVINCE,)
    elif own and _OF_A_CITY.search(name):
        return regions.city_of(parse.regions) or parse.regions
    elif own and own.slug in _DISTRICTS:
        ranks = (Level.PROVINCE, Level.CITY)
    elif parse.place.startswith(_FREE_TRADE):
        ranks = (Level.PROVINCE,)
    elif parse.place and not parse.is_town:
        ranks = (Level.CITY,)
    for rank in ranks:
        fitting = tuple(region for region in parse.regions if region.level is rank)
        if fitting:
            return region_history.with_heirs(fitting, parse.regions)
    return parse.regions


def _behind(chain: Chain, rest: str) -> Parse | None:
    """Parses the rest of a name behind its regions; None if it cannot belong to them."""
    where, used, in_full = chain.regions, chain.length, chain.printed_in_full
    if not rest:
        is_sure = in_full or not chain.alone
        return Parse(where, "", False, None, "", (_ALL if is_sure else 0, used))
    if rest.startswith(central.RIVER) and not in_full:
        return None
    rest = _without_seat(rest)
    if in_short := central.in_short(where, rest):
        return in_short
    if any(region.is_zone for region in where):
        rest = rest[len(zone_names.city_of_committee(rest)) :]
    where, function = _function_of(where, rest)
    if not where:
        return None
    if function:
        rank = (3 if function.unit else 4, used)
        return branches.branch(where, function) or Parse(where, "", False, function, "", rank)
    if inside := _inside(where, rest, used, in_full):
        return inside
    if in_full and rest[0] == where[0].name[-1] and (own := functions.read_function(rest[1:])):
        return Parse(where, "", False, own, "", (2, used))
    if in_full and functions.looks_like_agency(rest) and not _SENTENCE.search(rest):
        return Parse(where, "", False, None, rest, (2, used))
    return None


def _without_seat(rest: str) -> str:
    """The rest of a name behind its regions, without 直, 本级 or the government above a town."""
    if rest[0] in "直本":
        rest = _UNDER_IT.sub("", rest)
    seat = _SEAT_OF_TOWN.match(rest) if rest[0] in "人政" else None
    return rest[seat.end() :] if seat else rest


def _function_of(
    where: tuple[Region, ...], rest: str
) -> tuple[tuple[Region, ...], functions.FunctionReading | None]:
    """The function named behind regions, with the regions left: a committee is that of a zone."""
    zoned = tuple(region for region in where if region.is_zone)
    below = within.below_committee(rest) if zoned else None
    function = below or functions.read_function(rest)
    if function and (
        function.name.endswith(_PARK_COMMITTEE) or function.slug == "subdistrict_office"
    ):
        function = None
    committees = functions.governing("zone", offices=True)
    committee = function if function and function.slug in committees else None
    where = zoned if below or committee else where
    if committee and committee.slug in functions.governing("zone") and zone_names.is_corps(where):
        function = functions.FunctionReading("local_corps", "")
    return where, function or branches.local_branch(where, rest)


def _inside(where: tuple[Region, ...], rest: str, used: int, in_full: bool) -> Parse | None:
    """Reads what follows regions as a town, a zone or a regiment of theirs, and who is there."""
    has_regiments = where[0].code.startswith("659") or zone_names.is_corps(where)
    regiments = ((regiment, True),) if has_regiments else ()
    for cut, is_town in (*regiments, (town, True), (zone, False)):
        name, behind = cut(rest, in_full, where) or ("", "")
        read = partial(within.of_town, name) if is_town else within.of_zone
        inner = read(behind) if behind else None
        unread = "" if inner else behind
        if unread and not is_town and (below := within.town_of_zone(where, name, unread)):
            return below._replace(rank=(3, used))
        if not name or (unread and not functions.looks_like_agency(unread)):
            continue
        rank = (2 if unread else 3, used)
        if is_town and (homes := towns.listed(name, where)):
            in_city = all(region.level is not Level.COUNTY for region in where)
            where, rank = homes if in_city else where, (rank[0] + 1, used)
            shown = within.office_alone(rest, name)
            return Parse(where, name, True, inner, unread, rank, written=shown)
        if not is_town and len(where) == 1 and (own := zones.coded(where[0], name)):
            parse = Parse(own, "", False, inner, unread, rank)
            is_printed = parse.own and zones.is_other_name(name, own[0])
            return parse._replace(written=where[0].name + name + parse.own if is_printed else "")
        return Parse(where, name, is_town, inner, unread, rank)
    return None


def _placeless(text: str) -> list[Parse]:
    """A name without a region: ``公安局``, ``县质监局``, ``流水镇人民政府``."""
    if _KIND_OF_GOVERNMENT.fullmatch(text):
        return []
    match = _SELF.match(text)
    own = text[match.end() :] if match else text
    tier = _SEATS.get(match["tier"]) if match and match["tier"] else None
    function = functions.read_function(text) or functions.read_function(own)
    function = function or (branches.local_branch((), own) if own != text else None)
    if function and tier is None and within.governs_town(function) and not function.unit:
        return []
    if function and tier is None and functions.is_kind(function):
        return [] if _NO_NAME.search(text) else [Parse((), "", False, None, text, (0, 0))]
    if function:
        if tier is Level.CITY and (branch := branches.of_one_district(function)):
            return [branch]
        if functions.is_kind(function) and tier and not _TIER_IN_WORD.match(text):
            function = functions.read_function(own) or function
        elif functions.read_function(text):
            tier = None
        return [Parse((), "", False, function, "", (1, 0), tier=tier)]
    place, behind = town(text, True, (NATION_REGION,)) or ("", "")
    inner = within.of_town(place, behind) if behind else None
    if place and (inner or not behind):
        shown = within.office_alone(text, place)
        return [Parse((), place, True, inner, "", (1, 0), tier=Level.COUNTY, written=shown)]
    place, behind = zone(text, True, (NATION_REGION,)) or ("", "")
    inner = within.of_zone(behind) if behind else None
    if place and inner:
        return [Parse((), place, False, inner, "", (1, 0))]
    if text.startswith("国家"):
        return []
    if functions.looks_like_agency(text) and len(text) >= 4 and not _SENTENCE.search(text):
        return [Parse((), "", False, None, text, (0, 0))]
    return []
