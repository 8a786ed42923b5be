"""Tables printed a cell a line, where an empty line is a blank cell.

Programs that save a table as text do so; what a cell that spans rows covers is an empty line
too, behind the row. Empty lines may just as well part paragraphs: only where every row of a
table has lines enough, and some exactly as many as it has columns, are they cells.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from operator import attrgetter

from msgspec import structs

from pipeline.extract.tables.tokens import Token, Window
from pipeline.lexis.values import read_value
from pipeline.model.document import Locator
from pipeline.model.observation import Status

_LEAST_EXACT = 2
_LEAST_ROWS = 4
_START = attrgetter("start")
_BLANK_LINE = re.compile(r"(?<=\n)[ \u3000\xa0]+(?=\n)")


def are_cells(text: str, stretches: Sequence[Locator], wanted: int) -> bool:
    """Whether empty lines are the blank cells of a table."""
    lines = (_lines(text, stretch) for stretch in stretches)
    rows = list(takewhile(lambda row: len(row) >= wanted, lines))
    if len(rows) < max(_LEAST_ROWS, len(stretches)):
        return False
    filled = [row for row in rows if sum(bool(line.text) for line in row) >= wanted]
    are_whole = all(line.text for row in filled for line in row[:wanted])
    return sum(len(row) == wanted for row in rows) >= _LEAST_EXACT and are_whole


def with_cell_lines(text: str, window: Window, stretch: Locator, wanted: int) -> Window:
    """The window of a row with its first lines as cells, unchanged where they are no cells."""
    lines = _lines(text, stretch)
    cells, behind = lines[:wanted], lines[wanted:]
    is_row = len(cells) == wanted and all(map(_is_value_or_blank, cells))
    if not is_row or any(line.text and _is_value_or_blank(line) for line in behind):
        return window
    return structs.replace(window, tokens=tuple(cells))


def with_blank_lines(text: str, window: Window, wanted: int) -> Window:
    """Adds the blank cells of a row that is printed a cell a line, where they make it whole.

    A line with nothing but a space may also stand between all cells; then it is none.
    """
    values = [token for token in window.tokens if not token.is_word]
    ends = [window.start, *(token.end for token in values)]
    share_a_line = any("\n" not in text[a : b.start] for a, b in zip(ends, values, strict=False))
    if len(values) >= wanted or share_a_line:
        return window
    blank = [
        Token("", line.start(), line.start())
        for line in _BLANK_LINE.finditer(text, window.start, window.end)
    ]
    cells = sorted([*values, *blank], key=_START)
    alternates = all(bool(one.text) != bool(other.text) for one, other in pairwise(cells))
    if len(cells) != wanted or alternates:
        return window
    return structs.replace(window, tokens=tuple(sorted([*window.tokens, *blank], key=_START)))


def _lines(text: str, stretch: Locator) -> Sequence[Token]:
    """The lines below a label; none where words or figures stand beside it."""
    beside, *below = text[stretch.start : stretch.end].split("\n")
    if any(map(str.isalnum, beside)):
        return ()
    at = stretch.start + len(beside) + 1
    lines = []
    for line in below[:-1]:
        start = at + len(line) - len(line.lstrip())
        lines.append(Token(line.strip(), start, start + len(line.strip())))
        at += len(line) + 1
    return lines


def _is_value_or_blank(line: Token) -> bool:
    return read_value(line.text).status is not Status.UNREADABLE
