"""Reading a name: the regions, the place below them, the function, the unit inside.

Every way to read it is tried, and the one that leaves nothing unexplained is kept. Which
of several regions of one name is meant is not decided here.
"""

import re
from functools import lru_cache, partial
from typing import NamedTuple

from pipeline.agencies import functions, regions
from pipeline.agencies.agency import Level
from pipeline.agencies.regions import Region

_TOWN = re.compile(r"^(.{1,8}?(?:街道办事处|街道办|街道|地区办事处|民族乡|苏木|镇|乡))(.*)$")
_SENTENCE = re.compile(r"(?<!自)由|[的了于在是我]|^..+(?:省|市|县)..+[局委厅府]")
"""What no unknown agency's name contains: words of the sentence it was cut from."""
_PARK = re.compile(
    r"(?:经济|技术|高新|产业|工业)(?:开发区|园区?|区)$|经开区$|自由贸易试验区(?:.+片区)?$"
)
"""Zones a county's stem may stand in front of: ``嘉祥经济开发区``, never ``江东新区``."""
_SPANS = re.compile(r"..+[省市县]..")
_NO_TOWNS = frozenset(
    {"镇", "乡", "街道", "路街道", "街街道", "城乡", "城镇", "乡镇", "村镇", "集镇", "建制镇"}
)
_IN_NO_TOWN = re.compile("^由|[我的]|报告|内容")
_ZONE = re.compile(
    r"^(.{0,14}(?:开发区|高新区|经开区|园区|工业园|产业园|科技园|科技城|工业区|新区|新城|示范区|度假区|"
    r"保税区|保税港区|保税物流园|风景名胜区|风景区|景区|实验区|试验区|管理区|合作区|投资区|功能区|片区|"
    r"聚集区|集聚区|保护区|经济区|旅游区|林场|农场|牧场|湖区|库区|港区|矿区|垦区|街区|社区))(.*)$"
)
_HIGH_TECH = re.compile(r"高新区$|高新技术开发区$|高新技术产业园区?$")
_ECONOMIC = re.compile(r"经开区$")
_PLACE_NAME = frozenset("湾江山河湖岛港溪海岭坪洲浦")
"""What goes on a place's name behind a county's stem: 罗源湾 is not 罗源县."""
_BRANCH = re.compile(r"^(.{2,12}?)(?:直属)?(?:分局|支局|分中心|管理部)$")
_COMMITTEE = re.compile(r"(?:党工委、?)?(?:管理委员会|管委会)|党工委|工作委员会")
"""What a zone's bureau may name itself behind: ``管委会经济发展局``."""
_JOINED = re.compile(r"(?<=[局委厅办部会府室])[、和与及暨]")
_SELF = re.compile(r"^(?:我|本|该)?(?P<tier>省|市|县|区|旗|州|镇|乡)?(?:级|直)?")
_CENTRAL = re.compile(r"^(?:中华人民共和国|中国共产党|中共|共青团|中国|国家)")
_SEATS = {
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
    }
)
"""Agencies whose district only begins with the city's name: ``厦门海关``, ``北京铁路局``."""
_RUN_BY_THE_CENTRE = frozenset(
    {
        "tax",
        "banking_regulation",
        "insurance_regulation",
        "securities_regulation",
        "foreign_exchange",
        "meteorology",
        "earthquake",
        "post",
        "tobacco",
        "maritime_safety",
    }
)
"""What no place has a bureau of its own for: all of them are offices of the centre."""
_GOVERNING = frozenset({"government", "government_office", "subdistrict_office"})
"""Who governs a town, and the office that writes its papers."""
COMMITTEES = frozenset({"management_committee", "management_committee_office"})


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
        written: The name in full where it is not region, place and function in turn.
        is_vague: The region may be another than ``regions``: ``西区``, ``清水河畔镇``.
        is_joint: Whether several agencies are named, so that no single one is meant.
    """

    regions: tuple[Region, ...]
    place: str
    is_town: bool
    function: functions.Reading | None
    rest: str
    rank: tuple[int, int]
    tier: Level | None = None
    written: str = ""
    is_vague: bool = False
    is_joint: bool = False

    @property
    def is_region_alone(self) -> bool:
        """Whether nothing but regions is named."""
        return self.function is None and not self.place and not self.rest


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
    parses = [*_national(text), *_regional(text, 0)]
    league = _league(text)
    central = None if league else _CENTRAL.match(text)
    parses += league
    if central:
        parses += _regional(text[central.end() :], 0)
    if text[0] == "原" and (former := read_name(text[1:])) and former.regions:
        return former
    if not parses:
        parses = _placeless(text) or _unlisted_national(text)
    best = max(parses, key=lambda parse: parse.rank, default=None)
    return best._replace(is_joint=_is_joint(text)) if best else None


def _is_joint(text: str) -> bool:
    """Whether words name one agency after the other: ``国家税务局、平潭县地方税务局``."""
    for mark in _JOINED.finditer(text):
        one, other = read_name(text[: mark.start()]), read_name(text[mark.end() :])
        if one and other and one.function and other.function and not other.function.unit:
            return True
    return False


def _national(text: str) -> list[Parse]:
    """Agencies of the central government, and their offices in a region."""
    parses = []
    names = functions.national_names()
    for prefix in ("", "中华人民共和国"):
        if not text.startswith(prefix):
            continue
        bare = text[len(prefix) :]
        for end in range(len(bare), 1, -1):
            found = names.get(bare[:end])
            if found:
                slug, written = found
                parses += _central_agency(written, slug, bare[end:])
                break
    return parses


def _unlisted_national(text: str) -> list[Parse]:
    """``国家…局`` that is not declared; a region's own 国家税务局 was read before."""
    if not re.fullmatch(r"国家.{2,12}(?:局|委员会|部|署)", text):
        return []
    return [Parse((regions.NATION_REGION,), "", False, None, text, (0, 0))]


def _central_agency(name: str, slug: str, rest: str) -> list[Parse]:
    reading = functions.Reading(slug, name)
    if not rest or functions.is_desk(rest):
        return [Parse((regions.NATION_REGION,), "", False, reading, "", (4, len(name)))]
    inner = functions.national_names().get(rest)
    if inner:
        return _central_agency(inner[1], inner[0], "")
    branches = []
    for chain in regions.chains(rest):
        tail = rest[chain.length :]
        own = functions.read_function(tail)
        if tail:
            function = functions.Reading(
                own.slug if own else _office(slug), tail, own.unit if own else ""
            )
            written = name + rest if not chain.printed_in_full else name + "{}" + tail
            branches.append(
                Parse(chain.regions, "", False, function, "", (4, chain.length), written=written)
            )
    if branches:
        return branches
    unit = functions.Reading(slug, name, rest)
    return [Parse((regions.NATION_REGION,), "", False, unit, "", (2, len(name)))]


def _office(slug: str) -> str:
    """A central agency's office in a place, which is not the place's own bureau.

    财政部山东监管局 is not 山东省财政厅; where no place has such a bureau nothing need be told
    apart.
    """
    has_local = functions.functions()[slug].stems and slug not in _RUN_BY_THE_CENTRE
    return f"{slug}_state_office" if has_local else slug


def _league(text: str) -> list[Parse]:
    """共青团嘉祥县委 is the committee of the League, not of the Party."""
    parses = _regional(text.removeprefix(_LEAGUE), 0) if text.startswith(_LEAGUE) else []
    own = functions.Reading("youth_league", "委员会")
    return [
        parse._replace(function=own, written=f"{_LEAGUE}{{}}委员会")
        for parse in parses
        if parse.function and parse.function.slug in {"party_committee", "party_office"}
    ]


def _regional(text: str, skipped: int) -> list[Parse]:
    parses = []
    inside = 0
    for chain in regions.chains(text):
        inside = max(inside, chain.length if chain.printed_in_full else 0)
        parse = _behind(chain.regions, text[chain.length :], chain.length, chain.printed_in_full)
        if parse is None or (parse.rest and not parse.place and chain.length < inside):
            continue
        stem = chain.alone and not chain.printed_in_full
        is_vague = chain.is_vague or (parse.is_town and stem)
        printed = text[: chain.length] if stem else ""
        parses.append(parse._replace(is_vague=is_vague, written=_written(parse, printed)))
    return parses


def _written(parse: Parse, stem: str) -> str:
    """The name in full where a stem alone is official: ``厦门海关``, ``成都高新…区``."""
    own = parse.function.name + parse.function.unit if parse.function else parse.rest
    is_zone = bool(parse.place) and not parse.is_town
    is_district = parse.function is not None and parse.function.slug in _DISTRICTS
    if stem and not parse.written and (is_zone or is_district):
        return stem + parse.place + own
    return parse.written


def _behind(where: tuple[Region, ...], rest: str, used: int, in_full: bool) -> Parse | None:
    """Reads what follows the regions; None if it makes no sense behind them."""
    if not rest:
        return Parse(where, "", False, None, "", (4 if in_full else 0, used))
    if rest.startswith("人民政府") and _TOWN.match(rest[4:]):
        rest = rest[4:]
    zoned = tuple(region for region in where if region.is_zone)
    function = _below_committee(rest) if zoned else None
    if function:
        where = zoned
    else:
        function = functions.read_function(rest)
    if function and function.slug in COMMITTEES:
        where = zoned
        function = function if zoned else None
        if not where:
            return None
    if function and function.slug == "subdistrict_office":
        function = None
    if function:
        branch = _branch(where, function)
        if branch:
            return branch
        return Parse(where, "", False, function, "", (4 if not function.unit else 3, used))
    for pattern, is_town in ((_TOWN, True), (_ZONE, False)):
        place = _sub_place(pattern, rest, in_full, where[0].level)
        if place:
            read = partial(_of_town, place[0]) if is_town else _of_zone
            inner = read(place[1]) if place[1] else None
            if place[1] and inner is None and not functions.looks_like_agency(place[1]):
                continue
            rank = 3 if inner or not place[1] else 2
            return Parse(where, place[0], is_town, inner, "" if inner else place[1], (rank, used))
    if in_full and functions.looks_like_agency(rest) and not _SENTENCE.search(rest):
        return Parse(where, "", False, None, rest, (2, used))
    return None


def _of_town(town: str, text: str) -> functions.Reading | None:
    """What the words behind a town name; its government where it is that or its desk.

    A subdistrict has no government, whatever it is called: 街道政府 is its 办事处.
    """
    inner = functions.read_function(text)
    governs = inner is not None and not inner.unit and inner.slug in _GOVERNING
    desk = functions.is_desk(text.removeprefix("人民").removeprefix("政府"))
    if not governs and not desk:
        return inner
    if town.endswith(("街道", "地区")):
        return functions.Reading("subdistrict_office", "办事处")
    return functions.Reading("government", "人民政府")


def _of_zone(text: str) -> functions.Reading | None:
    """What the words behind a zone name; its committee may stand in front of a bureau."""
    return _below_committee(text) or functions.read_function(text)


def _below_committee(text: str) -> functions.Reading | None:
    """A bureau of a zone's committee, None for the committee itself and its office."""
    match = _COMMITTEE.match(text)
    whole = functions.read_function(text)
    if match is None or (whole and not whole.unit):
        return None
    return functions.read_function(text[match.end() :])


def _sub_place(
    pattern: re.Pattern[str], rest: str, in_full: bool, level: Level
) -> tuple[str, str] | None:
    match = pattern.match(rest)
    if not match:
        return None
    place = match[1]
    loose = "街道" in place or len(place) < 3 if pattern is _TOWN else not _PARK.search(place)
    if not in_full and (loose or place[0] in _PLACE_NAME):
        return None
    if pattern is _TOWN:
        stem = place.removesuffix("办事处").removesuffix("办")
        if stem in _NO_TOWNS or _IN_NO_TOWN.search(stem) or _SPANS.match(stem):
            return None
        tail = match[2] or ("办事处" if place.endswith(("办事处", "街道办")) else "")
        return stem, tail
    place = _HIGH_TECH.sub("高新技术产业开发区", place)
    economic = "经济开发区" if level is Level.COUNTY else "经济技术开发区"
    return _ECONOMIC.sub(economic, place), match[2]


def _branch(where: tuple[Region, ...], function: functions.Reading) -> Parse | None:
    """``济宁市生态环境局嘉祥县分局`` is the bureau of the county it names."""
    if len(where) != 1:
        return None
    match = _BRANCH.match(function.unit)
    seats = regions.counties_named(match[1], where[0]) if match else ()
    own = functions.Reading(function.slug, function.name)
    written = where[0].name + function.name + function.unit
    for chain in regions.chains(function.unit) if not seats else ():
        inner = functions.read_function(function.unit[chain.length :])
        if inner and not inner.unit and chain.printed_in_full:
            seats = tuple(region for region in chain.regions if region.lies_in(where[0]))
            own = inner
    return Parse(seats, "", False, own, "", (4, 99), written=written) if seats else None


def _placeless(text: str) -> list[Parse]:
    """A name without a region: ``公安局``, ``县质监局``, ``流水镇人民政府``."""
    match = _SELF.match(text)
    own = text[match.end() :] if match else text
    tier = _SEATS.get(match["tier"]) if match and match["tier"] else None
    function = functions.read_function(text) or functions.read_function(own)
    if function and tier is None and function.slug in _GOVERNING and not function.unit:
        return []
    if function:
        tier = tier if functions.read_function(text) is None else None
        return [Parse((), "", False, function, "", (1, 0), tier=tier)]
    town = _sub_place(_TOWN, text, True, Level.COUNTY)
    inner = _of_town(*town) if town and town[1] else None
    if town and (inner or not town[1]):
        return [Parse((), town[0], True, inner, "", (1, 0), tier=Level.COUNTY)]
    if text.startswith("国家"):
        return []
    if functions.looks_like_agency(text) and len(text) >= 4 and not _SENTENCE.search(text):
        return [Parse((), "", False, None, text, (0, 0))]
    return []
