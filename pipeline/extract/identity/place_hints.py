"""Regions a report speaks of, which may tell where an agency is that its name does not place.

One of them alone says little: a county's bureau may send its readers to the city's site. What
each is worth is decided by who uses them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.agencies import regions

_TAIL = re.compile(
    r"(?:省|市|自治区|地区|盟|州|县|区|旗)(?=”?(?:人民政府|政府|行政公署|行署)|委、|委员会|级机关|门户网站|政务)"
)
_SITE = re.compile(r".{0,4}(?:人民政府|政府|行政公署|行署)?[^。，,；;]{0,6}(?:网|平台)")
_PLACED = re.compile(
    r"(?P<address>(?:通讯|通信|邮寄|办公|联系|单位)?地[址点])[:：]?\s*|(?P<source>来源|主办单位)[:：]\s*"
)
_LONGEST = 14
_SAID = 4000
_MOST = 12
_TIER = re.compile("^(?:自治区|[省市县区旗州盟])(?=..)")


class Hint(NamedTuple):
    """A region that a report names.

    Attributes:
        place: The region as printed, the regions above it in front.
        kind: What it was named for: ``site``, ``address``, ``source``, ``paper``, ``namesake``.
    """

    place: str
    kind: str


def place_hints(text: str) -> tuple[Hint, ...]:
    """Returns the regions that a text names its sites, addresses and papers by, each once."""
    said = text[:_SAID]
    found = dict.fromkeys((*_addresses(said), *_governments(said)))
    return tuple(found)[:_MOST]


def namesakes(text: str, name: str) -> tuple[Hint, ...]:
    """Returns the regions that agencies called by a name are of, wherever a text names them.

    Args:
        text: The report.
        name: A name without a region: ``市气象局``, ``青龙镇``.
    """
    bare = _TIER.sub("", name)
    found: dict[Hint, None] = {}
    at = text.find(bare) if len(bare) > 1 else -1
    while 0 <= at < _SAID * 2:
        place = regions.named_last(text[max(0, at - _LONGEST) : at])
        if place:
            found[Hint(place, "namesake")] = None
        at = text.find(bare, at + len(bare))
    return tuple(found)[:_MOST]


def _addresses(said: str) -> Iterator[Hint]:
    for match in _PLACED.finditer(said):
        place = regions.named_first(said[match.end() : match.end() + _LONGEST * 2])
        if place:
            yield Hint(place, str(match.lastgroup))


def _governments(said: str) -> Iterator[Hint]:
    for tail in _TAIL.finditer(said):
        place = regions.named_last(said[max(0, tail.start() - _LONGEST) : tail.end()])
        if place:
            yield Hint(place, "site" if _SITE.match(said, tail.end()) else "paper")
