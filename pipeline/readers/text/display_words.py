"""Words of a line and where they stand on a display, or on a page."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate
from typing import NamedTuple, Protocol
from unicodedata import east_asian_width

from pipeline.readers.document_builder import Box
from pipeline.readers.text.text_lines import width

_FIGURE = re.compile(r"[+-]?\d(?:[\d,]*\d)?(?:\.\d+)?%?|[-—–/]{1,2}")
_WORD = re.compile(r"(?:\S(?:[ \u3000](?=[\u4e00-\u9fff](?:\s|$)))?)+")

Measure = Callable[[str], int]

_NEW_PAGE = "\f"


class DisplayWord(NamedTuple):
    """What stands between blanks on a line.

    Attributes:
        text: As printed.
        left: The column of the display it begins in.
        right: The column behind it.
        is_figure: Whether it is a number, or a dash in its place.
        boxes: The pages that it is printed on, and where there, if that is known.
    """

    text: str
    left: int
    right: int
    is_figure: bool
    boxes: tuple[tuple[int, Box], ...] = ()


class DisplayLine(Protocol):
    """A line whose words have places."""

    @property
    def text(self) -> str:
        """The line as a whole, wide gaps as blanks."""

    @property
    def page(self) -> int:
        """Which page it is on: pages may be set apart from each other."""

    def words_in(self, measure: Measure) -> Sequence[DisplayWord]:
        """Its words, characters being that wide where nothing else tells their places."""


@dataclass(frozen=True)
class LineOfText:
    """A line of a text, as ``DisplayLine``."""

    text: str
    page: int

    def words_in(self, measure: Measure) -> Sequence[DisplayWord]:
        """Its words, characters being that wide."""
        return self._words if measure is len else list(words_of(self.text, measure))

    @cached_property
    def _words(self) -> Sequence[DisplayWord]:
        """Its words, all characters being as wide: so it is asked for them again and again."""
        return list(words_of(self.text, len))


def lines_on_pages(lines: Sequence[str]) -> list[LineOfText]:
    """Returns the lines of a text, each with its page.

    Args:
        lines: The lines as printed, the first of a page behind a form feed.
    """
    pages = accumulate(line.count(_NEW_PAGE) for line in lines)
    return [
        LineOfText(line.lstrip(_NEW_PAGE), page) for line, page in zip(lines, pages, strict=True)
    ]


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
