"""A sentence without its white space, and the way back to the document."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.prose.passages import Piece, Sentence
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.lexis.numerals import CAPITALS, plain

_SPACES = re.compile(r"(?<![\d\s])\s++|(?<=\d)\s++(?!\d)")
# 贰拾件, but not 伍家沟 nor 陆续.
_CAPITAL_COUNT = re.compile(rf"[{CAPITALS}万亿零]*[{CAPITALS}][万亿]?(?=[件份宗次条个人名期元万])")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s++(?=\d)")


class Clean(NamedTuple):
    """Text to search, with the way back to the stretches it comes from.

    Attributes:
        text: The folded text. White space is gone, except between two digits.
        starts: Where each piece of the sentence begins in it.
        sentence: Where it comes from.
    """

    text: str
    starts: Sequence[int]
    sentence: Sentence

    def piece_at(self, index: int) -> Piece:
        """Returns the stretch of the sentence a character stands in."""
        return self.sentence.pieces[bisect_right(self.starts, index) - 1]


def clean(sentence: Sentence) -> Clean:
    """Takes the white space out of a sentence."""
    if len(sentence.pieces) == 1:
        return Clean(_without_spaces(sentence.text), (0,), sentence)
    texts: list[str] = []
    starts: list[int] = []
    length = 0
    for piece in sentence.pieces:
        texts.append(_without_spaces(piece.text))
        starts.append(length)
        length += len(texts[-1])
    return Clean("".join(texts), starts, sentence)


def _without_spaces(text: str) -> str:
    """A text whose white space is gone, but for a blank between two digits; misprints mended."""
    text = _BETWEEN_DIGITS.sub(" ", _SPACES.sub("", text))
    text = _CAPITAL_COUNT.sub(lambda match: plain(match.group()), text)
    if vocabulary().misprint.search(text):
        for wrong, right in vocabulary().misprints:
            text = wrong.sub(right, text)
    return text
