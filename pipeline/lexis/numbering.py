"""Numbers that head sections: 一、 （一） 1. （1） ① 第一部分."""

import re

from msgspec import Struct

from pipeline.lexis.numerals import whole

ORDINALS = "一二三四五六七八九十"
COUNT = f"[{ORDINALS}]{{1,3}}"
"""What counts sections in Chinese characters, as a regular expression; so the rest."""
BRACKETED = f"[(（]{COUNT}[)）]"
OUTER = f"{COUNT}、|第{COUNT}部分"
CIRCLED = "[①-⑳]"
_MARKER = re.compile(
    rf"(?=[第（({ORDINALS}\d①-⑳])(?:"
    rf"(?P<part>第{COUNT}(?:部分|章))[、.．:：]?"
    rf"|(?P<first>{COUNT})[、．]"
    rf"|[（(](?P<second>{COUNT})[）)][、.．]?"
    r"|(?P<third>\d{1,2})(?:[、．]|\.(?!\d)|\)|）)"
    r"|[（(](?P<fourth>\d{1,2})[）)][、.．]?"
    rf"|(?P<fifth>{CIRCLED}))"
)
_LEVELS = {"part": 0, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


class Marker(Struct, frozen=True):
    """A section number.

    Attributes:
        level: 0 for 第一部分, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①.
        ordinal: The number it stands for.
        end: Offset after it in the text it was looked for in.
    """

    level: int
    ordinal: int
    end: int


def marker(text: str, at: int = 0) -> Marker | None:
    """Returns the section number that stands at an offset of a text, if one does."""
    match = _MARKER.match(text, at)
    if match is None:
        return None
    kind = match.lastgroup or "first"
    number = match.group(kind)
    if kind == "part":
        number = number[1:].removesuffix("部分").removesuffix("章")
    return Marker(_LEVELS[kind], _ordinal(number), match.end())


def _ordinal(number: str) -> int:
    if "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    return whole(number)
