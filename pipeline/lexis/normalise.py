"""Text with everything folded away that printing varies: width, spaces, punctuation.

Labels are compared on the letters and digits alone, so that a label split by spaces,
line ends or cell borders reads like one printed in a piece.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import accumulate

from opencc import OpenCC

from pipeline.lexis.numbering import ORDINALS
from pipeline.lexis.years import in_digits

_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "\xa0": " ",
    "﹪": "%",
    "\ufeff": " ",
    "\u200b": " ",
}
_FREQUENT = "，：；（）？！％"
# What stands in a value cell beside its digits: 12條, 3.5萬元, 無.
QUANTITIES = dict(zip("條個項類場種萬億無約減過", "条个项类场种万亿无约减过", strict=True))
# Only letters and digits: between words nothing is kept, whatever its width.
_WIDE_OR_CIRCLED = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2460-\u2468]")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_WORDS = re.compile(r"([\W_]+)")
_ENUMERATED = re.compile(rf"[^\W\d{ORDINALS}]、\Z")


# Characters in use on both sides that stand for another one here: 答覆, 瞭解, 藉助.
_BY_USE = {"覆": "复", "瞭": "了", "藉": "借"}
# Words of the other side of the strait, in simplified characters, of as many characters here.
_WORDS_HERE = {"资讯": "信息", "入口网站": "门户网站", "网路": "网络"}


class _Exchange:
    """Characters exchanged one for one; many times faster than ``str.translate`` here.

    A text holds few of the many characters mapped, and ``translate`` asks for every one.
    """

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping
        self._any = re.compile(f"[{re.escape(''.join(mapping))}]")

    def __call__(self, text: str) -> str:
        for char in set(self._any.findall(text)):
            text = text.replace(char, self._mapping[char])
        return text


_narrow = _Exchange(_WIDTH | QUANTITIES)
_narrow_and_bare = _Exchange(_WIDTH | {chr(0x2460 + n): str(n + 1) for n in range(9)})


@cache
def _simplify() -> _Exchange:
    """From the traditional forms of the characters that occur in Chinese, one for one."""
    converter = OpenCC("t2s")
    mapping = {}
    for code in range(0x4E00, 0xA000):
        simple = converter.convert(chr(code))
        if len(simple) == 1 and ord(simple) != code:
            mapping[chr(code)] = simple
    return _Exchange(mapping | _BY_USE)


def fold(text: str) -> str:
    """Full-width forms to half-width ones, traditional words of quantity to simplified ones.

    Character by character; offsets stay.
    """
    if text.isascii():
        return text
    for char in _FREQUENT:
        if char in text:
            text = text.replace(char, _WIDTH[char])
    return _narrow(text)


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """The letters and digits of a label, folded."""
    return "".join(_WORD.findall(fold(text)))


def is_traditional(text: str) -> bool:
    """Whether a document is printed in traditional characters; asked of its whole text, once."""
    return sum(text.count(char) for char in "開請數報總關於與為") > len(text) / 200


def simplified(text: str) -> str:
    """Traditional characters to simplified ones, one for one; offsets stay."""
    text = _simplify()(text)
    for there, here in _WORDS_HERE.items():
        if there in text:
            text = text.replace(there, here)
    return text


def as_read(text: str, *, traditional: bool) -> str:
    """A text as rules read it: simplified characters, years in digits; offsets stay.

    Args:
        text: A document's text, or a piece of it.
        traditional: Whether the document is printed in traditional characters.
    """
    return in_digits(simplified(text) if traditional else text)


class Letters:
    """The letters of a stretch of text as one string, each with its place.

    Attributes:
        text: The letters and digits, folded, nothing between them.
        end: Offset behind the stretch.
    """

    def __init__(self, text: str, start: int, end: int, *, traditional: bool = False) -> None:
        """Folds ``text[start:end]``.

        Args:
            text: The document's text.
            start: Offset of the stretch.
            end: Offset behind it.
            traditional: Whether the document is printed in traditional characters.
        """
        stretch = text[start:end]
        if _WIDE_OR_CIRCLED.search(stretch):
            stretch = _narrow_and_bare(stretch)
        if traditional:
            stretch = simplified(stretch)
        self.end = end
        self._start = start
        self._stretch = stretch
        # Words and what parts them in turn; cut, joined and counted without a loop.
        pieces = _BETWEEN_WORDS.split(stretch)
        words = pieces[::2]
        self._offsets = list(accumulate(map(len, pieces), initial=start))[:-1:2]
        self._positions = list(accumulate(map(len, words), initial=0))[:-1]
        self.text = "".join(words)

    def offset(self, position: int) -> int:
        """Offset in the document of the letter at a position."""
        word = bisect_right(self._positions, position) - 1
        return self._offsets[word] + position - self._positions[word]

    def begins_word(self, position: int) -> bool:
        """Whether the letter at a position has something other than a letter before it."""
        word = bisect_right(self._positions, position) - 1
        return position == len(self.text) or self._positions[word] == position

    def is_enumerated(self, position: int) -> bool:
        """Whether a comma of enumeration joins the letter at a position to a word before it."""
        at = self.offset(position) - self._start
        return self._stretch[at - 1 : at] == "、" and (
            _ENUMERATED.search(self._stretch, max(at - 2, 0), at) is not None
        )

    def position(self, offset: int) -> int:
        """Position of the first letter that stands at an offset or behind it."""
        word = bisect_right(self._offsets, offset) - 1
        if word < 0:
            return 0
        end = self._positions[word + 1] if word + 1 < len(self._positions) else len(self.text)
        return min(self._positions[word] + offset - self._offsets[word], end)
