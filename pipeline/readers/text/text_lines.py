"""Lines of a plain text, counted from its beginning, and how wide they are on a display."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pipeline.model.document import Locator

BAR = "|｜│┃║"
BARS = re.compile(f"[{BAR}]")
LONGEST_CELL = 120
LONGEST_UNIT = 2
_LONGEST_ROW = 20_000

Rows = list[list[Locator]]


class TextLine(NamedTuple):
    """A line, where in the text it begins, and what may make it a row of a table.

    Attributes:
        start: Where it begins.
        text: The line.
        blank: Whether nothing is to be seen on it.
        may_be_row: Whether it is short enough: millions of bars on a line are no row.
        has_bars: Whether a bar may part cells of it.
        has_tabs: Whether a tab may part cells of it.
    """

    start: int
    text: str
    blank: bool
    may_be_row: bool
    has_bars: bool
    has_tabs: bool

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)


def width(text: str, wide: str = "WF") -> int:
    """How many columns of a terminal a text takes.

    Args:
        text: The text.
        wide: The classes of East Asian width that take two.
    """
    if text.isascii():
        return len(text)
    return sum([_columns(char, wide) for char in text])


@cache
def _columns(char: str, wide: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in wide else 1


def lines_of(text: str) -> Iterator[TextLine]:
    """Yields the lines of a text, each looked at once: readers ask again and again."""
    start = 0
    for line in text.split("\n"):
        is_short = len(line) <= _LONGEST_ROW
        has_bars = is_short and BARS.search(line) is not None
        yield TextLine(start, line, not line.strip(), is_short, has_bars, is_short and "\t" in line)
        start += len(line) + 1


def joined(lines: Iterable[str]) -> str:
    """The lines of a cell as one: Chinese characters close up, digits stay on their lines."""
    text = ""
    for line in filter(None, map(str.strip, lines)):
        if text[-1:].isdigit() and line[0].isdigit():
            text += "\n"
        elif text and text[-1] < "\u2e80" and line[0] < "\u2e80":
            text += " "
        text += line
    return text
