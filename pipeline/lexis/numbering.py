"""Numbers that head sections: 一、 （一） 1. （1） ① 第一部分."""

import re
from typing import NamedTuple

_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_HAN = "[一二三四五六七八九十]{1,3}"
_MARKER = re.compile(
    r"(?=[第（(一二三四五六七八九十\d①-⑳])(?:"
    rf"(?P<part>第{_HAN}(?:部分|章))[、.．:：]?"
    rf"|(?P<first>{_HAN})[、．]"
    rf"|[（(](?P<second>{_HAN})[）)][、.．]?"
    r"|(?P<third>\d{1,2})(?:[、．]|\.(?!\d)|\)|）)"
    r"|[（(](?P<fourth>\d{1,2})[）)][、.．]?"
    r"|(?P<fifth>[①-⑳]))"
)
_LEVELS = {"part": 0, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


class Marker(NamedTuple):
    """A section number.

    Attributes:
        level: 0 for 第一部分, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①.
        ordinal: The number it stands for.
        end: Offset behind it in the text it was looked for in.
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
    if number.isdigit() and number.isascii():
        return int(number)
    if len(number) == 1 and "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS[number[-1]]
    return _DIGITS.get(tens[-1:], 1) * 10 + _DIGITS.get(ones[-1:], 0)
