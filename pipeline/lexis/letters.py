"""The letters of a stretch of text, each with the place where it stands."""

import re
from bisect import bisect_right
from itertools import accumulate

from pipeline.lexis.normalise import WIDTH, Exchange
from pipeline.lexis.numbering import ORDINALS
from pipeline.lexis.traditional import simplified

# Only letters and digits: between words nothing is kept, whatever its width.
_WIDE_OR_CIRCLED = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2460-\u2468]")
_BETWEEN_WORDS = re.compile(r"([\W_]+)")
_COMMA = "、"
_ENUMERATED = re.compile(rf"[^\W\d{ORDINALS}]{_COMMA}\Z")

_narrow_and_bare = Exchange(WIDTH | {chr(0x2460 + n): str(n + 1) for n in range(9)})


class Letters:
    """The letters of a stretch of text as one string, each with its place.

    Attributes:
        text: The letters and digits, folded, nothing between them.
        end: Offset after the stretch.
    """

    def __init__(self, text: str, start: int, end: int, *, traditional: bool = False) -> None:
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
        if self._stretch[at - 1 : at] != _COMMA:
            return False
        return _ENUMERATED.search(self._stretch, max(at - 2, 0), at) is not None

    def position(self, offset: int) -> int:
        """Position of the first letter that stands at an offset or after it."""
        word = bisect_right(self._offsets, offset) - 1
        if word < 0:
            return 0
        end = self._positions[word + 1] if word + 1 < len(self._positions) else len(self.text)
        return min(self._positions[word] + offset - self._offsets[word], end)
