"""A sentence without its white space, and the way back to the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.narrative.passages import Piece, Sentence

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Clean:
    """Text to search, with the place of every character.

    Attributes:
        text: The folded text. White space is gone, except between two digits.
        offsets: Offset in the document of every character.
        sentence: Where it comes from.
    """

    text: str
    offsets: Sequence[int]
    sentence: Sentence

    def piece_at(self, index: int) -> Piece:
        """Returns the stretch of the sentence a character stands in."""
        offset = self.offsets[index]
        pieces = self.sentence.pieces
        return next(piece for piece in reversed(pieces) if piece.start <= offset)


def clean(sentence: Sentence) -> Clean:
    """Takes the white space out of a sentence."""
    first = sentence.pieces[0]
    if len(sentence.pieces) == 1 and not _SPACES.search(first.text):
        return Clean(first.text, range(first.start, first.start + len(first.text)), sentence)
    chars: list[str] = []
    offsets: list[int] = []
    for piece in sentence.pieces:
        left = 0
        for gap in _SPACES.finditer(piece.text):
            _append(chars, offsets, piece, left, gap.start())
            left = gap.end()
            if chars and _parts_digits(piece.text, gap):
                chars.append(" ")
                offsets.append(piece.start + gap.start())
        _append(chars, offsets, piece, left, len(piece.text))
    return Clean("".join(chars), tuple(offsets), sentence)


def _append(chars: list[str], offsets: list[int], piece: Piece, left: int, right: int) -> None:
    chars.append(piece.text[left:right])
    offsets.extend(range(piece.start + left, piece.start + right))


def _parts_digits(text: str, gap: re.Match[str]) -> bool:
    before, behind = text[: gap.start()][-1:], text[gap.end() :][:1]
    return before.isdigit() and behind.isdigit()
