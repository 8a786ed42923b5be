"""Text with everything folded away that printing varies: width, spaces, punctuation.

Labels are compared on the letters and digits alone, so that a label split by spaces,
line ends or cell borders reads like one printed in a piece.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

# Other widths of a character, and blanks that have no width of their own.
WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "\xa0": " ",
    "﹪": "%",
    "\ufeff": " ",
    "\u200b": " ",
}
_FREQUENT = "，：；（）？！％"
# What stands in a value cell beside its digits: 12條, 3.5萬元, 無.
QUANTITIES = dict(zip("條個項類場種萬億無約減過", "条个项类场种万亿无约减过", strict=True))
_WORD = re.compile(r"[^\W_]+")


class Exchange:
    """A one-to-one replacement of characters, here many times faster than ``str.translate``.

    A text holds few of the many characters mapped, and ``translate`` asks for every one.
    """

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping
        self._any = re.compile(f"[{re.escape(''.join(mapping))}]")

    def __call__(self, text: str) -> str:
        """Returns a text with its characters exchanged."""
        for char in set(self._any.findall(text)):
            text = text.replace(char, self._mapping[char])
        return text


_narrow = Exchange(WIDTH | QUANTITIES)


def fold(text: str) -> str:
    """Full-width forms to half-width ones, traditional words of quantity to simplified ones.

    Character by character; offsets stay.
    """
    if text.isascii():
        return text
    for char in _FREQUENT:
        if char in text:
            text = text.replace(char, WIDTH[char])
    return _narrow(text)


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """The letters and digits of a label, folded."""
    return "".join(_WORD.findall(fold(text)))


def either(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest of them that stands there."""
    return "|".join(sorted(words, key=len, reverse=True))
