"""Words of a line and where a display shows them, characters being as wide as a program says."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple
from unicodedata import east_asian_width

from pipeline.readers.text.text_lines import width

_FIGURE = re.compile(r"[+-]?\d(?:[\d,]*\d)?(?:\.\d+)?%?|[-—–/]{1,2}")
_WORD = re.compile(r"(?:\S(?:[ \u3000](?=[\u4e00-\u9fff](?:\s|$)))?)+")

Measure = Callable[[str], int]


class DisplayWord(NamedTuple):
    """What stands between blanks on a line.

    Attributes:
        text: As printed.
        left: The column of the display it begins in.
        right: The column behind it.
        is_figure: Whether it is a number, or a dash in its place.
    """

    text: str
    left: int
    right: int
    is_figure: bool


def words_of(line: str, measure: Measure) -> Iterator[DisplayWord]:
    """The words of a line, characters being that wide."""
    at = left = 0
    for match in _WORD.finditer(line):
        text = match.group()
        left += measure(line[at : match.start()])
        right = left + measure(text)
        yield DisplayWord(text, left, right, _FIGURE.fullmatch(text) is not None)
        at, left = match.end(), right


_AMBIGUOUS_WIDE: Measure = partial(width, wide="WFA")


def measures(text: str) -> Sequence[Measure]:
    """The measures that may differ in how wide they take a text to be."""
    if text.isascii():
        return (len,)
    is_ambiguous = any(east_asian_width(char) == "A" for char in set(text))
    return (width, _AMBIGUOUS_WIDE, len) if is_ambiguous else (width, len)
