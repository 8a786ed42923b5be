"""A name to the agency it stands for, or to the reason why it stands for none.

Nothing is guessed: a region that several places are called (鼓楼区) needs its parent in
the name or a hint, and without either the agency stays ``unresolved.…``.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.agencies import functions, regions
from pipeline.agencies.agency import Agency, Level
from pipeline.agencies.names import is_masked, normalise
from pipeline.agencies.regions import Region

_TOWN = re.compile(r"^(.{1,8}?(?:街道办事处|街道办|街道|地区办事处|民族乡|苏木|镇|乡))(.*)$")
_SENTENCE = re.compile(r"(?<!自)由|[的了于在是我]|^..+(?:省|市|县)..+[局委厅府]")
"""What no unknown agency's name contains: words of the sentence it was cut from."""
_PARK = re.compile(r"(?:经济|技术|高新|产业|工业)(?:开发区|园区?|区)$|经开区$")
"""Zones a county's stem may stand in front of: ``嘉祥经济开发区``, never ``江东新区``."""
_SPANS = re.compile(r"..+[省市县]..")
_NO_TOWNS = frozenset({"城乡", "城镇", "乡镇", "村镇", "集镇", "建制镇"})
_ZONE = re.compile(
    r"^(.{0,12}?(?:开发区|高新区|经开区|园区|工业园|产业园|科技园|科技城|工业区|新区|新城|示范区|度假区|"
    r"保税区|保税港区|保税物流园|风景名胜区|风景区|景区|实验区|试验区|管理区|合作区|投资区|功能区|片区|"
    r"聚集区|集聚区|保护区|经济区|旅游区|林场|农场|牧场|湖区|库区|港区|矿区|垦区|街区|社区))(.*)$"
)
_ZONE_FORMS = (
    (re.compile(r"高新区$|高新技术开发区$|高新技术产业园区?$"), "高新技术产业开发区"),
    (re.compile(r"经开区$|经济技术开发区$"), "经济开发区"),
)
_BRANCH = re.compile(r"^(.{2,12}?)(?:直属)?(?:分局|支局|分中心|管理部)$")
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
_COMMITTEES = frozenset({"management_committee", "management_committee_office"})


class Certainty(StrEnum):
    """How an agency was found."""

    CERTAIN = "certain"
    HINTED = "hinted"
    UNRESOLVED = "unresolved"
    MASKED = "masked"
    REGION_ONLY = "region_only"
    NOT_A_NAME = "not_a_name"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was found to stand for.

    Attributes:
        name: The name looked at, without what printing and titles add to it.
        certainty: Certain from the name alone, or with the help of hints; else why not.
        agency: The agency; its id begins with ``unresolved.`` where the region is not
            known; None for a masked name, a bare region and what is no agency's name.
        region: The region the name begins with, None unless it is one place.
        candidates: The regions it may be, several where it is ambiguous.
        function: Slug of the function, empty if unknown.
        found: One sentence for the operator on what was found.
    """

    name: str
    certainty: Certainty
    agency: Agency | None = None
    region: Region | None = None
    candidates: tuple[Region, ...] = ()
    function: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class _Parse:
    """One way to read a name."""

    regions: tuple[Region, ...]
    place: str
    is_town: bool
    function: functions.Reading | None
    rest: str
    rank: tuple[int, int]
    tier: Level | None = None
    written: str = ""


def resolve(name: str, *, year: int | None = None, hints: Sequence[str] = ()) -> Resolution:
    """Finds the agency a name stands for.

    Args:
        name: As printed; spaces, notes in brackets, years and title words may surround it.
        year: The year it is from, which tells apart divisions of one name and gives the
            region its name of that time.
        hints: Other names from the same document. They choose among candidates or supply
            a region that is not printed, and the result is then ``HINTED``.

    Returns:
        The resolution. The same arguments always give the same.
    """
    if is_masked(name):
        return Resolution(name, Certainty.MASKED, found="part of the name is masked")
    text = normalise(name)
    text = _mended().get(text, text)
    parse = _parse(text)
    if parse is None:
        return Resolution(text, Certainty.NOT_A_NAME, found="no agency's name")
    candidates = regions.narrow(parse.regions, year)
    certainty = Certainty.CERTAIN
    if len(candidates) != 1 and hints:
        candidates = _hinted(candidates, parse, year, hints) or candidates
        certainty = Certainty.HINTED
    region = candidates[0] if len(candidates) == 1 else None
    function = parse.function.slug if parse.function else ""
    if not parse.place and not parse.rest and parse.function is None:
        return Resolution(
            text, Certainty.REGION_ONLY, None, region, candidates, "", "a region, no agency"
        )
    if region is None:
        return Resolution(
            text,
            Certainty.UNRESOLVED,
            _unplaced(text, function),
            None,
            candidates,
            function,
            _why(candidates),
        )
    return Resolution(
        text,
        certainty,
        _agency(parse, region),
        region,
        candidates,
        function,
        f"{text} in {region.name} ({region.code})",
    )


def _why(candidates: tuple[Region, ...]) -> str:
    if not candidates:
        return "the name gives no region"
    places = ", ".join(f"{region.name} {region.code}" for region in candidates[:6])
    return f"the name fits {len(candidates)} regions: {places}"


def _hinted(
    candidates: tuple[Region, ...], parse: _Parse, year: int | None, hints: Iterable[str]
) -> tuple[Region, ...]:
    """The candidates that agree with every hint; without candidates, what the hints name."""
    named = [found for hint in hints if (found := _region_named(hint, year))]
    if not candidates:
        deepest = {region for region in named if not any(other.lies_in(region) for other in named)}
        if parse.tier in {Level.PROVINCE, Level.CITY, Level.COUNTY}:
            deepest = {region for region in named if region.level is parse.tier}
        return tuple(deepest)
    return tuple(
        region for region in candidates if named and all(_agree(region, hint) for hint in named)
    )


def _agree(region: Region, hint: Region) -> bool:
    return region == hint or region.lies_in(hint) or hint.lies_in(region)


def _region_named(hint: str, year: int | None) -> Region | None:
    """The one region a hint begins with, if it is one."""
    if is_masked(hint):
        return None
    parse = _parse(normalise(hint))
    found = regions.narrow(parse.regions, year) if parse else ()
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _parse(text: str) -> _Parse | None:
    """The best reading of a name: known function first, then the most regions used."""
    if len(text) < 2:
        return None
    parses = [*_national(text), *_regional(text, 0)]
    central = _CENTRAL.match(text)
    if central:
        parses += _regional(text[central.end() :], 0)
    if text[0] == "原" and (former := _parse(text[1:])) and former.regions:
        return former
    if not parses:
        parses = _placeless(text)
    return max(parses, key=lambda parse: parse.rank, default=None)


def _national(text: str) -> list[_Parse]:
    """Agencies of the central government, and their offices in a region."""
    parses = []
    names = functions.national_names()
    for prefix in ("", "中华人民共和国"):
        if not text.startswith(prefix):
            continue
        bare = text[len(prefix) :]
        for end in range(len(bare), 1, -1):
            slug = names.get(bare[:end])
            if slug:
                parses += _central_agency(bare[:end], slug, bare[end:])
                break
    return parses


def _central_agency(name: str, slug: str, rest: str) -> list[_Parse]:
    reading = functions.Reading(slug, name)
    if not rest or functions.is_desk(rest):
        return [_Parse((regions.NATION_REGION,), "", False, reading, "", (4, len(name)))]
    branches = []
    for chain in regions.chains(rest):
        tail = rest[chain.length :]
        own = functions.read_function(tail)
        if tail:
            function = functions.Reading(own.slug if own else slug, tail, own.unit if own else "")
            written = name + rest if not chain.printed_in_full else name + "{}" + tail
            branches.append(
                _Parse(chain.regions, "", False, function, "", (4, chain.length), written=written)
            )
    if branches:
        return branches
    unit = functions.Reading(slug, name, rest)
    return [_Parse((regions.NATION_REGION,), "", False, unit, "", (2, len(name)))]


def _regional(text: str, skipped: int) -> list[_Parse]:
    parses = []
    for chain in regions.chains(text):
        parse = _behind(chain.regions, text[chain.length :], chain.length, chain.printed_in_full)
        if parse:
            parses.append(parse)
    return parses


def _behind(where: tuple[Region, ...], rest: str, used: int, in_full: bool) -> _Parse | None:
    """Reads what follows the regions; None if it makes no sense behind them."""
    if not rest:
        return _Parse(where, "", False, None, "", (4 if in_full else 0, used))
    zoned = tuple(region for region in where if region.is_zone)
    function = functions.read_function(rest)
    if function and function.slug in _COMMITTEES:
        where = zoned
        function = function if zoned else None
        if not where:
            return None
    if function:
        branch = _branch(where, function)
        if branch:
            return branch
        return _Parse(where, "", False, function, "", (4 if not function.unit else 3, used))
    for pattern, is_town in ((_TOWN, True), (_ZONE, False)):
        place = _sub_place(pattern, rest, in_full)
        if place:
            inner = functions.read_function(place[1]) if place[1] else None
            if place[1] and inner is None and not functions.looks_like_agency(place[1]):
                continue
            rank = 3 if inner or not place[1] else 2
            return _Parse(where, place[0], is_town, inner, "" if inner else place[1], (rank, used))
    if in_full and functions.looks_like_agency(rest) and not _SENTENCE.search(rest):
        return _Parse(where, "", False, None, rest, (2, used))
    return None


def _sub_place(pattern: re.Pattern[str], rest: str, in_full: bool) -> tuple[str, str] | None:
    match = pattern.match(rest)
    if not match:
        return None
    place = match[1]
    loose = "街道" in place or len(place) < 3 if pattern is _TOWN else not _PARK.search(place)
    if loose and not in_full:
        return None
    if pattern is _TOWN:
        stem = place.removesuffix("办事处").removesuffix("办")
        if len(stem) < 2 or stem[0] in "路镇乡街由" or stem in _NO_TOWNS or _SPANS.match(stem):
            return None
        tail = match[2] or ("办事处" if place.endswith(("办事处", "街道办")) else "")
        return stem, tail
    for form, usual in _ZONE_FORMS:
        place = form.sub(usual, place)
    return place, match[2]


def _branch(where: tuple[Region, ...], function: functions.Reading) -> _Parse | None:
    """``济宁市生态环境局嘉祥县分局`` is the bureau of the county it names."""
    match = _BRANCH.match(function.unit)
    if not match or len(where) != 1:
        return None
    seat = regions.names_in(where[0]).get(match[1])
    if seat is None:
        return None
    own = functions.Reading(function.slug, function.name)
    written = where[0].name + function.name + function.unit
    return _Parse((seat,), "", False, own, "", (4, 99), written=written)


def _placeless(text: str) -> list[_Parse]:
    """A name without a region: ``公安局``, ``县质监局``, ``流水镇人民政府``."""
    match = _SELF.match(text)
    own = text[match.end() :] if match else text
    tier = _SEATS.get(match["tier"]) if match and match["tier"] else None
    function = functions.read_function(text) or functions.read_function(own)
    if function:
        tier = tier if functions.read_function(text) is None else None
        return [_Parse((), "", False, function, "", (1, 0), tier=tier)]
    town = _sub_place(_TOWN, text, True)
    if town and (not town[1] or functions.read_function(town[1])):
        inner = functions.read_function(town[1]) if town[1] else None
        return [_Parse((), town[0], True, inner, "", (1, 0), tier=Level.COUNTY)]
    if functions.looks_like_agency(text) and len(text) >= 4 and not _SENTENCE.search(text):
        return [_Parse((), "", False, None, text, (0, 0))]
    return []


def _agency(parse: _Parse, region: Region) -> Agency:
    slug, level = _slug(parse), region.level
    if parse.is_town or (parse.place and level is Level.COUNTY):
        level = Level.TOWNSHIP
    elif parse.place and level in {Level.CITY, Level.PROVINCE}:
        level = Level.COUNTY
    zone = f"{region.zone}_" if region.zone and not parse.is_town else ""
    declared = functions.functions().get(slug)
    province = regions.region_of(region.code[:2] + "0000")
    return Agency(
        agency_id=f"{region.code}.{zone}{slug}",
        name_zh=_name(parse, region),
        region_code=region.code,
        region_name=region.name,
        province=province.name if province and region.code != regions.NATION else None,
        level=level,
        function=slug,
        valid_from=_latest(region.valid_from, declared.valid_from if declared else None),
        valid_to=_earliest(region.valid_to, declared.valid_to if declared else None),
    )


def _slug(parse: _Parse) -> str:
    """Function slug; what no declared word names gets the hash of its words."""
    if parse.function is None:
        slug = "government" if parse.place and not parse.rest else f"other_{_hash(parse.rest)}"
    elif parse.function.unit:
        slug = f"{parse.function.slug}_unit_{_hash(parse.function.unit)}"
    else:
        slug = parse.function.slug
    if parse.place:
        kind = "township" if parse.is_town else "zone"
        own = "" if slug in {"government", "subdistrict_office", *_COMMITTEES} else f"_{slug}"
        return f"{kind}_{_hash(parse.place)}{own}"
    return slug


def _name(parse: _Parse, region: Region) -> str:
    own = parse.function.name + parse.function.unit if parse.function else parse.rest
    if parse.is_town and not own:
        own = "办事处" if parse.place.endswith("街道") else "人民政府"
    if parse.is_town and own == "政府":
        own = "人民政府"
    if parse.written:
        return parse.written.format(region.name)
    return _printed(region) + parse.place + own


def _printed(region: Region) -> str:
    """A region's name with its city's in front where the name alone repeats elsewhere."""
    if region.code == regions.NATION:
        return ""
    if region.level is Level.COUNTY and region.name.endswith("区") and not region.is_zone:
        above = regions.region_of(region.parent)
        if above:
            return above.name + region.name
    return region.name


def _unplaced(text: str, function: str) -> Agency:
    return Agency(
        agency_id=f"unresolved.{_hash(text)}",
        name_zh=text,
        region_code=None,
        region_name=None,
        province=None,
        level=Level.UNKNOWN,
        function=function or "unknown",
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _latest(*years: int | None) -> int | None:
    return max((year for year in years if year), default=None)


def _earliest(*years: int | None) -> int | None:
    return min((year for year in years if year), default=None)


@cache
def _mended() -> dict[str, str]:
    """Names placed by hand in ``data/placed.csv``: as printed → with the region."""
    text = (files("pipeline.agencies") / "data" / "placed.csv").read_text(encoding="utf-8")
    return {normalise(row["printed"]): row["means"] for row in csv.DictReader(text.splitlines())}
