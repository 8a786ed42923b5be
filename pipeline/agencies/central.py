"""Agencies of the central government, and their offices in the regions.

``data/central_offices.csv`` lists what such offices are called in short: 银监局, 证监局.
``data/seated_bodies.csv`` lists bodies whose name names no region, or not the one they are
in: 拱北海关, 长江海事局, 国家能源局南方监管局; ``data/universities.csv`` universities.
"""

import re
from collections.abc import Iterator
from functools import cache

from pydantic.dataclasses import dataclass as validated

from pipeline.agencies import functions, regions
from pipeline.agencies.beginnings import Beginnings
from pipeline.agencies.name_parts import Parse
from pipeline.agencies.region import NATION_REGION, Region
from pipeline.declared import Texts, declared_rows
from pipeline.model.agency import Level

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
        "survey_team",
        "civil_aviation",
    }
)
"""What no place has a bureau of its own for: all of them are offices of the centre."""
_NAMED_AFTER_TASK = frozenset({"civil_aviation"})
"""Agencies whose offices are called by a task that is another's in general: 安全监督管理局."""
_BESIDE = re.compile("附属|第[一二三四五六七八九十]|.*(?:医院|中学|小学|幼儿园)$")
"""Hospitals and schools of a university are bodies of their own."""
_UNLISTED = re.compile(r"国家.{2,12}(?:局|委员会|部|署)")
_OF_THE_STATE = ("国家", "中国")
_DEPARTMENT = "司"
_LONGER_ENDINGS = {"委": "员会", "办": "公室"}
_SCHOOL = "学校"
_OFFICE_IN_SHORT = "监管办"
_STATE = "中华人民共和国"
_UPPER_OFFICE = re.compile(r"^(?:监管局|监督管理局|监管办公室|证监局|分局|局|分行|管理局)(?=..)")
"""An office between the central agency and the one meant: 山东监管局泰安监管分局."""
_GRID = re.compile(
    r"^国网(?:.{0,10}?电力(?:集团|有限责任|股份有限|有限)?公司)?(?=.{4})|^.{2,4}省电力(?:有限)?公司(?=.{6})|"
    r"^(?:国家电网公司|南方电网).{0,12}?(?=.{4}供电)|^(?:广东|广西|云南|贵州|海南)电网(?:有限责任|有限)?公司(?=.{4})"
)
_STEM = re.compile(
    r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市县区盟]$|地区$|(?<=..)[^州]*自治州$"
)
RIVER = "流域"
"""A stem in front of it is a river's, whatever city bears it too: 黑河流域管理局."""
_BRANCH_OFFICE = re.compile("分局|分行|中心支")


@validated(frozen=True)
class _Short:
    short: str
    function: str
    written: str


@validated(frozen=True)
class _Seated:
    name: str
    function: str
    region_code: str
    level: str


def national(text: str) -> list[Parse]:
    """Agencies of the central government, and their offices in a region."""
    for bare in (text, text.removeprefix(_STATE)) if text.startswith(_STATE) else (text,):
        for end in _national_beginnings().ends(bare):
            found = functions.national_names().get(bare[:end])
            if found:
                return _agency(found[1], found[0], bare[end:])
    return []


def unlisted(text: str) -> list[Parse]:
    """A central agency that is declared under its full name only, or not at all: 国家宗教局.

    A region's own 国家税务局 was read before.
    """
    whole = _written_out(text) if text.startswith(_OF_THE_STATE) else []
    if len(whole) == 1:
        return _agency(whole[0], functions.national_names()[whole[0]][0], "")
    if not _UNLISTED.fullmatch(text):
        return []
    return [Parse((NATION_REGION,), "", False, None, text, (0, 0))]


def _written_out(short: str) -> list[str]:
    """The national names that contain the characters of a short name in order and end alike."""
    written = short + _LONGER_ENDINGS.get(short[-1], "")
    letters = re.compile(".*".join(map(re.escape, written)))
    full = {name for _, name in functions.national_names().values()}
    return [name for name in full if letters.fullmatch(name)]


def seated(text: str) -> list[Parse]:
    """A body listed with its region, since its name does not tell where it is."""
    text = text.removeprefix(_STATE)
    for end in _seated_beginnings().ends(text):
        row = _seated().get(text[:end])
        if row is None:
            continue
        rest = text[end:]
        if functions.is_desk(rest.removeprefix(_SCHOOL)):
            rest = ""
        if rest and not functions.looks_like_agency(rest):
            return []
        if _BESIDE.match(rest):
            return []
        region = regions.region_of(row.region_code)
        if region is None:
            return []
        own = functions.FunctionReading(row.function, row.name, rest)
        return [
            Parse(
                (region,),
                "",
                False,
                own,
                "",
                (5, len(row.name)),
                tier=Level(row.level) if row.level else None,
                written=row.name + rest,
                body=row.name,
            )
        ]
    return []


def is_listed(name: str) -> bool:
    """Whether a name is that of a body with a name of its own, brackets in it and all."""
    return name in _seated()


def in_short(where: tuple[Region, ...], rest: str) -> Parse | None:
    """The office of a central agency behind its region: 浙江银监局, 绍兴银监分局."""
    row = _shorts().get(rest)
    if row is None:
        return None
    where = _of_tier(where, row.written.partition("{}")[2])
    written = row.written.replace("{}", stem(where[0]))
    own = functions.FunctionReading(_office(row.function), written)
    return Parse(where, "", False, own, "", (4, 99), written=written)


def stem(region: Region) -> str:
    """Returns a region's name without the word for the kind of division: 嘉祥 of 嘉祥县."""
    return _STEM.sub("", region.name)


def utility(text: str) -> str:
    """The name of a power company without the company it belongs to."""
    match = _GRID.match(text) if "电" in text else None
    return text[match.end() :] if match else ""


def _agency(name: str, slug: str, rest: str) -> list[Parse]:
    reading = functions.FunctionReading(slug, name)
    if not rest or functions.is_desk(rest):
        return [Parse((NATION_REGION,), "", False, reading, "", (4, len(name)))]
    inner = functions.national_names().get(rest)
    if inner:
        return _agency(inner[1], inner[0], "")
    if not (functions.looks_like_agency(rest) or rest.endswith(_DEPARTMENT)):
        return []
    branches = list(_offices(name, slug, rest))
    if branches:
        return branches
    unit = functions.FunctionReading(slug, name, rest)
    return [Parse((NATION_REGION,), "", False, unit, "", (2, len(name)))]


def _offices(name: str, slug: str, rest: str) -> Iterator[Parse]:
    """An agency's offices in the region that the rest of its name begins with."""
    if rest.endswith(_OFFICE_IN_SHORT):
        rest += _LONGER_ENDINGS["办"]
    sent = "驻" if rest.startswith("驻") and not any(regions.chains(rest)) else ""
    for chain in regions.chains(rest.removeprefix(sent)):
        used = len(sent) + chain.length
        tail = rest[used:]
        if not tail or (tail.startswith(RIVER) and not chain.printed_in_full):
            continue
        upper = _UPPER_OFFICE.match(tail)
        below = tail[upper.end() :] if upper else ""
        nested = [
            office
            for office in (_offices(name, slug, below) if below else ())
            if any(region.lies_in(top) for region in office.regions for top in chain.regions)
        ]
        if nested:
            yield from nested
            continue
        own = None if slug in _NAMED_AFTER_TASK else functions.read_function(tail)
        function = functions.FunctionReading(
            own.slug if own else _office(slug), tail, own.unit if own else ""
        )
        written = name + sent + "{}" + tail if chain.printed_in_full else name + rest
        yield Parse(
            _of_tier(chain.regions, tail), "", False, function, "", (4, used), written=written
        )


def _of_tier(where: tuple[Region, ...], tail: str) -> tuple[Region, ...]:
    """Of regions with one stem those of the tiers that have such an office: no district has one."""
    ranks = {Level.CITY} if _BRANCH_OFFICE.search(tail) else {Level.PROVINCE, Level.CITY}
    if "总队" in tail or tail in {"监管局", "局", "监管办公室"}:
        ranks = {Level.PROVINCE}
    for levels in (ranks, {Level.PROVINCE, Level.CITY}):
        fitting = tuple(region for region in where if region.level in levels)
        if fitting:
            return fitting
    return where


def _office(slug: str) -> str:
    """A central agency's office in a place, which is not the place's own bureau.

    财政部山东监管局 is not 山东省财政厅; where no place has such a bureau nothing need be told
    apart.
    """
    has_local = functions.functions()[slug].stems and slug not in _RUN_BY_THE_CENTRE
    return f"{slug}_state_office" if has_local else slug


@cache
def _national_beginnings() -> Beginnings:
    return Beginnings(functions.national_names())


@cache
def _shorts() -> dict[str, _Short]:
    read = declared_rows("pipeline.agencies", "central_offices", _Short)
    return {row.short: row for row in read}


@cache
def _seated_beginnings() -> Beginnings:
    return Beginnings(_seated())


@cache
def _seated() -> dict[str, _Seated]:
    """Every spelling of a listed body's name → the body."""
    found: dict[str, _Seated] = {}
    for row in declared_rows("pipeline.agencies", "seated_bodies", _Seated):
        first, *others = row.name.split("|")
        body = _Seated(first, row.function, row.region_code, row.level)
        found.update(dict.fromkeys((first, *others), body))
    for line in declared_rows("pipeline.agencies", "universities", Texts):
        body = _Seated(line["name"], "university", line["region_code"], "")
        found.setdefault(line["name"], body)
    return found
