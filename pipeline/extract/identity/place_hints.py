"""Regions a report speaks of, which may tell where an agency is that its name does not place.

One of them alone says little: a county's bureau may send its readers to the city's site. What
each is worth is decided by who uses them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.agencies import regions
from pipeline.agencies.functions import without_tier
from pipeline.agencies.sub_places import ZONE
from pipeline.extract.identity.titles import LEAD, signs

_TAIL = re.compile(
    r"(?:省|市|自治区|地区|盟|州|县|区|旗)(?=”?(?:人民政府|政府|行政公署|行署)|委、|委员会|级机关|门户网站|政务)"
)
_SITE = re.compile(r".{0,4}(?:人民政府|政府|行政公署|行署)?[^。，,；;]{0,6}(?:网|平台)")
_PLACED = re.compile(
    r"(?P<address>(?:通讯|通信|邮寄|办公|联系|单位)?地[址点])[:：]?\s*|(?P<source>来源|主办单位)[:：]\s*"
)
_OWN_SITE = re.compile(
    r"(?:可?(?:在|从|到)|登[录陆]|访问)[“\"]?(?P<site>[\u4e00-\u9fff]{4,24}?网)(?:站)?[^。，,；;]{0,24}?(?:下载|查阅|查询|查看|浏览)"
)
"""Where the report can be had: 可在宁波市江北区人口和计划生育网下载."""
_SITE_OF_STEM = re.compile(
    r"中国[·•・-]?(?P<site>[\u4e00-\u9fff]{2,5}?)[”\"]?(?:人民政府|政府)?(?:门户)?网|"
    r"(?:通过|利用|依托|[在“])(?P<stem>[\u4e00-\u9fff]{2,4})政府网|"
    r"(?:政府|政务)服务网[-·—|](?P<part>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)
"""What governments call their sites: “中国如东”政府门户网站."""
_WAY = re.compile(r"^.*(?:(?:首页|位置)\W|[>»›＞→].*[>»›＞→]).*$", re.MULTILINE)
_SITE_ALONE = re.compile(
    r"^[ \t]*([\u4e00-\u9fff]{3,20})(?:人民政府|行政公署)(?:门户)?网站[ \t]*$", re.MULTILINE
)
"""Whose site a page is on, at its head."""
_HEAD = 200
_STEP = re.compile(r"[\u4e00-\u9fff]+")
_BETWEEN_STEPS = " >»›＞→/-\u3000"
"""The way to a page through its site: 首页 > 年度报告 > 海伦市 > 海南乡."""
_ABOVE = re.compile(r"《(?:关于(?:印发|转发)?)?(?=([\u4e00-\u9fff]{2,20}))")
_THEIR_PAPER = re.compile(r"\d{4}年|(?:政府信息|政务|信息)公开|人民政府|关于")
"""How papers of a region go on behind its name: 《莆田市2012年度政府信息公开工作要点》."""
_PRESS = re.compile("(?:广播)?电视台|融媒体中心")
_INDEX = re.compile(r"索引号?[ \t]*[:：|]?[ \t]*(?P<credit>1[12])?(\d{6})(?=[0-9A-Z]{0,12}[/-])")
"""The code of a region in the number of a paper or of its publisher: 11370303004217709K/2019-5."""
_LAST_CHARACTER = re.compile("[省市县区旗州盟]")
_OF_OTHERS = re.compile("(?:参[照考]|学习|借鉴|转发)[^。；，]{0,3}$")
"""What stands in front of a paper of another's: 学习《洛阳市水利局信息公开目录》."""
_CLAUSE = re.compile(r"[^。；;，,\n]+")
_IN_PASSING = re.compile(
    "经验|培训|复议|参加|考察|交流|帮扶|对口|结对|来自|申请人|居民|户籍|移送|移交|转至|上级|指导"
)
"""What tells whom a report met, learned from or answered: regions so named are seldom its own."""
_STEMS = (4, 3, 2)
_LONGEST = 14
SAID_OF_ITSELF = 6000
"""How far into a report it is looked for what its writer calls itself."""
_MOST = 12


class Hint(NamedTuple):
    """A region that a report names.

    Attributes:
        place: The region as printed, the regions above it in front.
        kind: What it was named for: ``site``, ``address``, ``source``, ``paper``, ``way``,
            ``header``, ``namesake``, ``text``, ``rules``, ``code``, ``number``, ``press``.
    """

    place: str
    kind: str


class Spoken(NamedTuple):
    """A region printed in full, the regions above it in front.

    Attributes:
        place: As printed.
        end: Where it ends.
        has_site: Whether a site of its goes on behind it: 大连市网上服务大厅.
    """

    place: str
    end: int
    has_site: bool


def place_hints(text: str) -> tuple[Hint, ...]:
    """Returns the regions that a text names its sites, addresses and papers by, each once."""
    said = text[:LEAD]
    found = dict.fromkeys(
        hint
        for found in (_addresses, _governments, _own_sites, _on_the_way, _at_the_head)
        for hint in found(said)
    )
    return tuple(found)[:_MOST]


def cited(text: str) -> tuple[Hint, ...]:
    """Returns the regions whose papers a text cites and whose codes its number begins with."""
    said = text[:LEAD]
    return tuple(dict.fromkeys((*_papers(said), *_codes(said), *_press(said))))[:_MOST]


def _press(said: str) -> Iterator[Hint]:
    for match in _PRESS.finditer(said):
        before = said[max(0, match.start() - _LONGEST) : match.start()]
        place = place_last(before)
        if place:
            yield Hint(place, "press")


def place_last(text: str) -> str:
    """Returns the region that words end with, printed in full or as a stem; empty for none."""
    return regions.named_last(text) or _stem_last(text)


def _stem_last(text: str) -> str:
    """The stem of a region that words end with: 耿马 of 耿马融媒体中心."""
    stems = (text[-length:] for length in _STEMS if len(text) >= length)
    return next((stem for stem in stems if _is_stem(stem)), "")


def _is_stem(text: str) -> bool:
    return any(chain.length == len(text) for chain in regions.chains(text))


def _papers(said: str) -> Iterator[Hint]:
    for match in _ABOVE.finditer(said):
        place = regions.named_first(match[1])
        if place and _THEIR_PAPER.match(said, match.end() + len(place)):
            yield Hint(place, "rules")


def _codes(said: str) -> Iterator[Hint]:
    for match in _INDEX.finditer(said):
        region = regions.region_of(match[2])
        above = regions.region_of(region.parent) if region else None
        if region and above:
            yield Hint(above.name + region.name, "code" if match["credit"] else "number")


def namesakes(text: str, name: str) -> tuple[Hint, ...]:
    """Returns the regions that agencies called by a name are of, wherever a text names them.

    Args:
        text: The report.
        name: A name without a region: ``市气象局``, ``青龙镇``.
    """
    bare = without_tier(name)
    found: dict[Hint, None] = {}
    at = text.find(bare) if len(bare) > 1 else -1
    while 0 <= at < LEAD * 2:
        before = text[max(0, at - _LONGEST) : at].rstrip(_BETWEEN_STEPS)
        place = regions.named_last(before)
        if place and not _OF_OTHERS.search(before.removesuffix(place)):
            found[Hint(place, "namesake")] = None
        at = text.find(bare, at + len(bare))
    return tuple(found)[:_MOST]


def spoken_of(text: str) -> Iterator[Spoken]:
    """Yields the regions that a text prints in full, one each time, those of others left out.

    Args:
        text: The report.
    """
    said = text[:LEAD]
    own = (one for one in _CLAUSE.finditer(said) if not _IN_PASSING.search(one.group()))
    for last in (last for one in own for last in _LAST_CHARACTER.finditer(said, *one.span())):
        before = said[max(0, last.end() - _LONGEST) : last.end()]
        place = regions.named_last(before)
        is_own = place and not _OF_OTHERS.search(before.removesuffix(place))
        if is_own and not any(chain.is_vague for chain in regions.chains(place)):
            yield Spoken(place, last.end(), _SITE.match(said, last.end()) is not None)


def _addresses(said: str) -> Iterator[Hint]:
    for match in _PLACED.finditer(said):
        place = regions.named_first(said[match.end() : match.end() + _LONGEST * 2])
        if place:
            yield Hint(place, str(match.lastgroup))


def _at_the_head(said: str) -> Iterator[Hint]:
    for match in _SITE_ALONE.finditer(said[:_HEAD]):
        if regions.named_first(match[1]) == match[1]:
            yield Hint(match[1], "header")


def _on_the_way(said: str) -> Iterator[Hint]:
    """The regions in a breadcrumb, if each lies in the one before: a bar of sites is none."""
    for way in _WAY.finditer(said):
        steps = (step for step in _STEP.findall(way.group()) if regions.named_first(step) == step)
        place = "".join(steps)
        if place and regions.named_first(place) == place:
            yield Hint(place, "way")


def _own_sites(said: str) -> Iterator[Hint]:
    for match in _OWN_SITE.finditer(said):
        place = regions.named_first(match["site"])
        if place:
            yield Hint(place, "site")
    for match in _SITE_OF_STEM.finditer(said):
        stem = match["site"] or match["stem"] or match["part"]
        if _is_stem(stem):
            yield Hint(stem, "site")


def zone_said(text: str, name: str) -> str:
    """Returns the region that a text once puts in front of a zone: 岳阳市 for 南湖新区财政局.

    Args:
        text: The report.
        name: A name that begins with the zone's, without a region.

    Returns:
        The region as printed, empty where none is or the text names several.
    """
    zone = ZONE.match(name)
    if zone is None:
        return ""
    places = {hint.place for hint in namesakes(text, zone[1])}
    return places.pop() if len(places) == 1 else ""


def tiers_said(text: str) -> set[str]:
    """Returns of what tiers a text speaks as its writer's own: 市 of 我市, of 市委、市政府."""
    return {
        tier
        for found in signs().tier_said.finditer(text[:SAID_OF_ITSELF])
        for tier in found.groups()
        if tier
    }


def _governments(said: str) -> Iterator[Hint]:
    for tail in _TAIL.finditer(said):
        place = regions.named_last(said[max(0, tail.start() - _LONGEST) : tail.end()])
        if place:
            yield Hint(place, "site" if _SITE.match(said, tail.end()) else "paper")
