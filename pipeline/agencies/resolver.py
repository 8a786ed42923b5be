"""A name to the agency it stands for, or to the reason why it stands for none.

Nothing is guessed: a region that several places are called (鼓楼区) needs its parent in
the name or a hint, and without either the agency stays ``unresolved.…``.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.agencies import functions, region_history, regions, succession, towns, zones
from pipeline.agencies.name_parts import Parse, hashed
from pipeline.agencies.names import behind_zone, is_masked, normalise, place_behind
from pipeline.agencies.parse import read_name
from pipeline.agencies.region import NATION, Region
from pipeline.agencies.spans import common
from pipeline.declared import Texts, declared_rows
from pipeline.model.agency import Agency, Level

_MAY_BE_NAME = re.compile(r"[\u4e00-\u9fff()—、-]{3,30}")
_NOBODY = re.compile(
    "(?:[我本全各该]?(?:省|市|县|区|州|旗|盟|镇|乡|街道|级|局|委|厅|机关|单位|部门|办|年)?|人民|政府|政务|信息|公开|"
    "年度|工作|报告|情况|总结|附件|统计|首页|网站|专栏|目录|关于|进一步|做好|的|及|和)*"
)
_CLAUSE = re.compile(
    r"不再|其$|^其|[下所]属|组成部门|事业单位|网站?$|行政机关|申请人|[了是您被]|进行|予以|提供|逾期|通知要求|"
    "[我本](?:机关|单位|部门|局|委|厅|办|镇|乡|街道|校|院)"
)
"""What stands in a sentence or in a row of the forms, and in no name."""
_IN_SHORT = "政府"
_COMMISSIONER = "行政公署"
_WITHOUT_GOVERNMENT = ("地区", "盟")
"""What a province parts itself into and sends a commissioner to."""


class Certainty(StrEnum):
    """How an agency was found."""

    CERTAIN = "certain"
    HINTED = "hinted"
    UNRESOLVED = "unresolved"
    MASKED = "masked"
    REGION_ONLY = "region_only"
    NOT_A_NAME = "not_a_name"
    JOINT = "joint"


class Resolution(NamedTuple):
    """What a name was found to stand for.

    Attributes:
        name: The name looked at, without what printing and titles add to it.
        certainty: Certain from the name alone, or with the help of hints; else why not.
        agency: The agency; its id begins with ``unresolved.`` where the region is not
            known, or several agencies are named; None for a masked name, a bare region
            and what is no agency's name.
        region: The region the name begins with, None unless it is one place.
        candidates: The regions it may be, several where it is ambiguous.
        function: Slug of the function, empty if unknown.
        found: One sentence for the operator on what was found.
        in_full: Whether the agency's name is printed as it is, no word of it written out.
    """

    name: str
    certainty: Certainty
    agency: Agency | None = None
    region: Region | None = None
    candidates: tuple[Region, ...] = ()
    function: str = ""
    found: str = ""
    in_full: bool = False


def resolve(name: str, *, year: int | None = None, hints: Sequence[str] = ()) -> Resolution:
    """Finds the agency a name stands for.

    Args:
        name: As printed; spaces, notes in brackets, years and title words may surround it.
        year: The year it is from, which tells apart divisions of one name and gives the
            region its name of that time.
        hints: Other names from the same document. They choose among candidates or supply
            a region that is not printed, and the result is then ``HINTED``; so it is where
            only one of the candidates has a town of the name behind it.

    Returns:
        The resolution. The same arguments always give the same.
    """
    return _resolve(name, year, tuple(hints))


@lru_cache(maxsize=8192)
def _resolve(name: str, year: int | None, hints: tuple[str, ...]) -> Resolution:
    if is_masked(name):
        return Resolution(name, Certainty.MASKED, found="part of the name is masked")
    text = normalise(name)
    text = _mended().get(text, text)
    parse = read_name(text)
    if parse is None:
        return Resolution(text, Certainty.NOT_A_NAME, found="no agency's name")
    candidates = region_history.narrow(parse.regions, year)
    certainty = Certainty.CERTAIN
    region = candidates[0] if len(candidates) == 1 and not parse.is_vague else None
    if not (parse.regions or hints) and (place := place_behind(name)):
        hints = (place,)
    if region is None and hints and (parse.function or parse.place or candidates):
        agreeing = _hinted(candidates, parse, year, hints)
        region = agreeing[0] if len(agreeing) == 1 else None
        candidates, certainty = agreeing or candidates, Certainty.HINTED
    elif region and (other := _said_elsewhere(name, region, year)):
        region, parse = _in_other_city(name, text, other, parse)
    elif region is None and parse.is_town and (homes := towns.listed(parse.place, candidates)):
        region = homes[0] if len(homes) == 1 else None
        certainty = Certainty.HINTED if region and len(candidates) > 1 else certainty
    elif region and parse.is_town and region.level is Level.CITY:
        homes = towns.listed(parse.place, (region,))
        region = homes[0] if len(homes) == 1 else region
    function = parse.function.slug if parse.function else ""
    agency, in_full = None, False
    found = f"{text} in {region.name} ({region.code})" if region else _why(candidates)
    if parse.is_region_alone:
        certainty = Certainty.REGION_ONLY
    elif parse.is_joint:
        certainty, found = Certainty.JOINT, "several agencies together"
        agency = _unplaced(text, function)
    elif region is None:
        certainty, agency = Certainty.UNRESOLVED, _unplaced(text, function)
    else:
        agency, in_full = _agency(parse, region, year), _is_in_full(parse, text)
        if not parse.regions and parse.function and parse.function.unit:
            # 市生态环境局临平分局 of 杭州市 is the agency that its name in full is.
            whole = _resolve(agency.name_zh, year, ())
            if whole.certainty is Certainty.CERTAIN and whole.agency:
                agency, region = whole.agency, whole.region
    return Resolution(text, certainty, agency, region, candidates, function, found, in_full)


def of_one_agency(found: Iterable[Resolution]) -> Resolution | None:
    """Returns what names resolved to if all are names of one agency, else None.

    Args:
        found: Resolved names; those of nobody count for none.
    """
    named = {one.agency.agency_id: one for one in found if one.agency}
    return next(iter(named.values())) if len(named) == 1 else None


def unknown(name: str) -> Resolution | None:
    """Returns an unresolved agency for words that may name one, whatever is known of them.

    Args:
        name: A title that nobody else was found in, or the name in it.

    Returns:
        An unresolved agency, so that it is seen and can be placed by hand; None for words
        that name nobody.
    """
    text = normalise(name)
    if not _MAY_BE_NAME.fullmatch(text) or _NOBODY.fullmatch(text) or is_masked(name):
        return None
    if _CLAUSE.search(text) or functions.is_desk(text):
        return None
    why = "nothing in the name is known"
    return Resolution(text, Certainty.UNRESOLVED, _unplaced(text), found=why)


def _why(candidates: tuple[Region, ...]) -> str:
    if not candidates:
        return "the name gives no region"
    places = ", ".join(f"{region.name} {region.code}" for region in candidates[:6])
    return f"the name does not say which region it means: {places}"


def _hinted(
    candidates: tuple[Region, ...], parse: Parse, year: int | None, hints: Iterable[str]
) -> tuple[Region, ...]:
    """The candidates that agree with every hint; without candidates, what the hints name."""
    named = _regions_named(hints, year)
    if not candidates and parse.is_town and not parse.regions:
        counties = [r for r in towns.counties_of(parse.place) if _agrees_with_all(r, named)]
        if counties:
            return tuple(counties)
    if not candidates and parse.tier is Level.TOWNSHIP and not parse.place:
        return ()  # 镇政府 is of a town of the county named, nobody knows of which
    if not candidates:
        deepest = {region for region in named if not any(other.lies_in(region) for other in named)}
        if parse.tier in {Level.PROVINCE, Level.CITY, Level.COUNTY}:
            deepest = {
                region
                for region in named
                if _is_of_tier(region, parse.tier) or (parse.is_town and region.is_zone)
            }
        return tuple(deepest)
    return tuple(region for region in candidates if _agrees_with_all(region, named))


def _said_elsewhere(name: str, region: Region, year: int | None) -> Region | None:
    """What stands behind a name, where that is elsewhere or only a part of its region.

    The part of 临空经济区(廊坊) is another zone, 济宁市生态环境局(嘉祥县) perhaps a branch.
    """
    zoned, placed = behind_zone(name), place_behind(name)
    said = zoned or placed
    other = _region_named(said, year) if said else None
    if other is None or (zoned and other.level is not Level.CITY):
        return None
    is_near = region == other or region.lies_in(other) or (zoned and other.lies_in(region))
    return None if is_near else other


def _in_other_city(
    name: str, text: str, other: Region, parse: Parse
) -> tuple[Region | None, Parse]:
    """The part of a zone in another city, under the name that it is printed by.

    Nothing is known of a bureau that another region stands behind.
    """
    said = behind_zone(name)
    if not said or not parse.place:
        return None, parse
    written = text.replace(parse.place, f"{parse.place}（{said}）", 1)
    return other, parse._replace(regions=(other,), written=written)


def _is_of_tier(region: Region, tier: Level | None) -> bool:
    """Whether 市 or 县 in front of a function may stand for a region; any 市 calls itself so."""
    if tier is Level.CITY:
        return region.level is tier or region.name.endswith("市")
    return region.level is tier


def _agrees_with_all(region: Region, named: Sequence[Region]) -> bool:
    return bool(named) and all(
        region == hint or region.lies_in(hint) or hint.lies_in(region) for hint in named
    )


def _regions_named(hints: Iterable[str], year: int | None) -> list[Region]:
    """The region of each hint; of several with one name the one that agrees with other hints."""
    every = [_may_name(hint, year) for hint in hints]
    sure = [found[0] for found in every if len(found) == 1]
    doubtful = (found for found in every if len(found) > 1)
    among = ([one for one in found if _agrees_with_all(one, sure)] for found in doubtful)
    return sure + [found[0] for found in among if len(found) == 1]


def _region_named(hint: str, year: int | None) -> Region | None:
    """The one region a hint begins with, if it is one."""
    found = _may_name(hint, year)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _may_name(hint: str, year: int | None) -> tuple[Region, ...]:
    """What the region may be that a hint begins with."""
    parse = None if is_masked(hint) else read_name(normalise(hint))
    return region_history.narrow(parse.regions, year) if parse else ()


def _agency(parse: Parse, region: Region, year: int | None) -> Agency:
    code, level, slug = region.code, region.level, _slug(parse)
    if parse.is_town:
        parse = parse._replace(place=towns.in_full(parse.place, region.code))
        level = Level.TOWNSHIP
        slug = f"township_{hashed(towns.key(parse.place))}{_below(slug)}"
    elif parse.place:
        code, key, level = zones.seat(region, parse.place)
        slug = f"zone_{hashed(key)}{_below(slug)}"
    start = f"{code}." if parse.is_town or code != region.code else region.id_start
    function = _function(parse)
    level = parse.tier or level if parse.body else level
    home = regions.region_of(code) if code != region.code else region
    province = regions.region_of(code[:2] + "0000")
    first, last = common(region.years, succession.years_at(function, level))
    return Agency(
        agency_id=f"{start}{slug}",
        name_zh=_name(parse, region, year),
        region_code=code,
        region_name=home.name if home else region.name,
        province=province.name if province and code != NATION else None,
        level=level,
        function=function,
        valid_from=first,
        valid_to=last,
    )


def _below(slug: str) -> str:
    """The part of an id behind that of a town or zone, empty for its governing body."""
    return "" if functions.governs_place(slug) else f"_{slug}"


def _governor(parse: Parse) -> str:
    """Who governs a place below a region, where nothing else is named."""
    return towns.governor(parse.place).slug if parse.is_town else zones.COMMITTEE.slug


def _function(parse: Parse) -> str:
    """The function that peers are grouped by, without the place."""
    if parse.function is None:
        return _governor(parse) if parse.place and not parse.rest else "other"
    if parse.place and functions.governs_place(_slug(parse)):
        scenic = zones.SCENIC.search(parse.place) and "管理局" in parse.function.name
        return "scenic_area" if scenic and not parse.is_town else _governor(parse)
    declared = functions.functions().get(parse.function.slug)
    every = declared is not None and "*" in declared.apart
    is_part = parse.function.unit or (functions.is_apart(parse.function) and not every)
    return parse.function.slug + ("_unit" if is_part and not parse.body else "")


def _slug(parse: Parse) -> str:
    """Function slug; what no declared word names gets the hash of its words."""
    if parse.body and parse.function:
        return f"{parse.function.slug}_{hashed(parse.body + parse.function.unit)}"
    if parse.function is None:
        return _governor(parse) if parse.place and not parse.rest else f"other_{hashed(parse.rest)}"
    if parse.function.unit:
        return f"{parse.function.slug}_unit_{hashed(parse.function.unit)}"
    if functions.is_apart(parse.function):
        return f"{parse.function.slug}_{hashed(parse.function.name.removeprefix('委'))}"
    return parse.function.slug


def _name(parse: Parse, region: Region, year: int | None) -> str:
    if parse.is_town and region.zone and region not in parse.regions:
        division = regions.region_of(region.code)
        region = division if division and division.level is Level.COUNTY else region
    if parse.written:
        return parse.written.replace("{}", _printed(region, year))
    return _printed(region, year) + parse.place + _own_name(parse, region)


def _own_name(parse: Parse, region: Region) -> str:
    """The part of the name behind the place; the governing body of a place is written in full."""
    government = functions.GOVERNMENT.name
    if parse.is_town:
        is_silent = not parse.own and not towns.is_regiment(parse.place, region.code)
        own = towns.governor(parse.place).name if is_silent else parse.own
        return government if own == _IN_SHORT else own
    if parse.place:
        return parse.own or zones.committee(parse.place)
    is_commissioner = parse.own == government and region.name.endswith(_WITHOUT_GOVERNMENT)
    return _COMMISSIONER if is_commissioner else parse.own


def _is_in_full(parse: Parse, text: str) -> bool:
    """Whether the words behind the region are printed as the name gives them."""
    before, _, behind = (parse.written or parse.place + parse.own).partition("{}")
    return before in text and behind in text


def _printed(region: Region, year: int | None) -> str:
    """A region's name with its city's in front where the name alone repeats elsewhere."""
    if region.code == NATION:
        return ""
    if region.level is Level.COUNTY and region.name.endswith("区") and not region.is_zone:
        above = regions.region_of(region.parent, year)
        if above and "直辖" not in above.name:
            return above.name + region.name
    return region.name


def _unplaced(name: str, function: str = "") -> Agency:
    return Agency(
        agency_id=f"unresolved.{hashed(name)}",
        name_zh=name,
        region_code=None,
        region_name=None,
        province=None,
        level=Level.UNKNOWN,
        function=function or "unknown",
    )


@cache
def _mended() -> dict[str, str]:
    """Names placed by hand in ``data/placed.csv``: as printed → with the region."""
    rows = declared_rows("pipeline.agencies", "placed", Texts)
    return {normalise(row["printed"]): row["means"] for row in rows}
