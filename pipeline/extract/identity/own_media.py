"""Sites, accounts and papers called by a place and a body's work: “铜陵城管”, 遵义市教育信息网."""

import re
from collections.abc import Iterator, Sequence

from pipeline.agencies import functions, region_history, regions, towns
from pipeline.agencies.region import Region
from pipeline.agencies.resolver import Resolution
from pipeline.extract.identity.in_passing import NAME_OF_TOWN
from pipeline.extract.identity.place_hints import Hint
from pipeline.extract.identity.titles import LEAD

_HAN = r"(?:(?!通过|利用|依托|运用|登[录陆]|微信|微博)[\u4e00-\u9fff])"
_ACCOUNT = re.compile(
    r"(?:通过|利用|依托|运用|[“”\"。，,、；;\d])"
    rf"(?P<name>{_HAN}{{4,12}}?)网?[”\"]?(?:官方|政务)*(?:微信|公众号|微博)"
)
_SITE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{4,24}?)(?:信息|政务|门户|官方|公共|公众|服务)*网(?!络)"
)
_PAPER = re.compile(r"(?:编发|编印|编辑|出版|主办|发行)了?《(?P<name>[\u4e00-\u9fff]{4,10})》")
_OF_OTHERS = re.compile(
    '转载|转发|转自|关注|投稿|交流|学习|借鉴|参考|报送|上报|上级|[与同向][“"]?$'
)
_TO_OTHERS = re.compile(r"^[^。，,；;]{0,8}(?:报送|上报|投稿|供稿|约稿)")
_NEAR = 8
_PRESS = re.compile(r"([\u4e00-\u9fff]{2,4})(?:日报|晚报|晨报|早报|(?:广播)?电视台)")
_ORDERED = re.compile(r"(?:根据|按照)(?=([\u4e00-\u9fff]{2,20}))")
_LOCAL = re.compile(r"(?=([\u4e00-\u9fff]{2,3})(?:要闻|发布|融媒|新闻网|电视台|政务网))")
"""What the media of a county are called by its stem: 顺城要闻."""
_TOWNS = (*towns.KINDS, "民族乡")
_LONGEST_STEM = 6


def region_of_media(text: str, found: Resolution, year: int | None) -> Region | None:
    """Returns the region that a site or account of a body's own is called by, None for several.

    Args:
        text: The report.
        found: A name without a region: ``市城管局``, ``成山镇人民政府``.
        year: The year it is about.
    """
    named: dict[Region, None] = {}
    for name in _names(text[:LEAD]):
        named |= dict.fromkeys(_of_tier(_regions_of(name, found, year), found.name))
    if len(named) > 1:
        press = [region for words in _PRESS.findall(text) for region in _at_the_end(words)]
        named = {one: None for one in named if any(one.lies_in(home) for home in press)}
    return next(iter(named)) if len(named) == 1 else None


def local_media(text: str) -> Iterator[Hint]:
    """Yields the counties that media are called by, of the cities whose orders a text follows."""
    said = text[:LEAD]
    cities = dict.fromkeys(regions.named_first(match[1]) for match in _ORDERED.finditer(said))
    for city in filter(None, cities):
        for match in _LOCAL.finditer(said):
            named = city + match[1]
            if _exactly(named):
                yield Hint(named, "media")


def _names(said: str) -> Iterator[str]:
    for pattern in (_ACCOUNT, _SITE, _PAPER):
        for match in pattern.finditer(said):
            before = said[max(0, match.start() - _NEAR) : match.start("name")]
            is_others = _OF_OTHERS.search(before) or _TO_OTHERS.match(said[match.end() :])
            if not is_others:
                yield match["name"]


def _regions_of(name: str, found: Resolution, year: int | None) -> Sequence[Region]:
    """The regions named in a site's name whose other words name the body."""
    for start in range(len(name) - 3):
        for chain in regions.chains(name[start:]):
            if _is_its_work(name[start + chain.length :], found):
                return region_history.narrow(chain.regions, year)
    for start in range(max(2, len(name) - _LONGEST_STEM), len(name) - 1):
        if _is_its_work(name[:start], found) and (homes := _exactly(name[start:])):
            return region_history.narrow(homes, year)
    return ()


def _exactly(place: str) -> tuple[Region, ...]:
    """The regions that a whole text is the name or stem of."""
    chains = (chain for chain in regions.chains(place) if chain.length == len(place))
    return next((chain.regions for chain in chains), ())


def _at_the_end(words: str) -> tuple[Region, ...]:
    """The regions whose name or stem words end with: 铜陵 of 刊于铜陵."""
    return next(filter(None, (_exactly(words[at:]) for at in range(len(words) - 1))), ())


def _is_its_work(words: str, found: Resolution) -> bool:
    """Whether words are those of a body: 城管 of 市城管局, 成山 of 成山镇, 政府 of its office."""
    if len(words) < 2:
        return False
    if NAME_OF_TOWN.search(found.name):
        return found.name.startswith(words) and found.name[len(words) :].startswith(_TOWNS)
    own = set(found.function.split("_and_"))
    reads = filter(None, (functions.read_function(words), functions.read_function(f"{words}局")))
    said = {slug for read in reads if not read.unit for slug in read.slug.split("_and_")}
    seat = functions.governing("division", offices=True)
    return bool(said & own) or (own <= seat and bool(said & seat))


def _of_tier(homes: Sequence[Region], name: str) -> Sequence[Region]:
    """The regions of the tier that stands in front of a name: 市 of 市农业局."""
    bare = functions.without_tier(name)
    tier = name.removesuffix(bare)
    return [home for home in homes if home.name.endswith(tier)]
