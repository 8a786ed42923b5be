"""Sheets on which two pages stand side by side, and two reports in columns beside each other."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.readers.pdf.lines import Char, PdfLine, lines_of
from pipeline.readers.pdf.pages import Page

_MIDDLE = (0.4, 0.6)
_LANDSCAPE = 1.2
_FEWEST_LINES = 5
_NOT_LETTERS = re.compile(r"[^\u4e00-\u9fff]")
_LONG_LINE = 15
_FEWEST_LONG = 3
_SHORTEST_LABEL = 2
_MOSTLY = 0.6


def gutter_of(
    chars: Sequence[Char], edges: Iterable[Any], width: float, height: float
) -> float | None:
    """Where the two pages on a sheet are parted; None where it holds one.

    Args:
        chars: The characters on the sheet.
        edges: The lines drawn on it.
        width: Its width.
        height: Its height.
    """
    if width < _LANDSCAPE * height or not chars:
        return None
    taken = sorted([(one["x0"], one["x1"]) for one in (*chars, *edges)])
    ends, gaps = taken[0][1], []
    for start, end in taken[1:]:
        if start > ends:
            gaps.append((start - ends, (start + ends) / 2))
        ends = max(ends, end)
    inner = [gap for gap in gaps if _MIDDLE[0] * width <= gap[1] <= _MIDDLE[1] * width]
    if not inner:
        return None
    at = max(inner)[1]
    left, right = (
        _lines([char for char in chars if (char["x0"] < at) == is_left])
        for is_left in (True, False)
    )
    if min(len(left), len(right)) < _FEWEST_LINES:
        return None
    is_prose = all(
        sum(len(line) >= _LONG_LINE for line in half) >= _FEWEST_LONG for half in (left, right)
    )
    return at if is_prose or are_alike(left, right) else None


def halves(things: Sequence[Any], at: float) -> tuple[list[Any], list[Any]]:
    """What stands left and what stands right of a gutter."""
    left = [one for one in things if one["x0"] < at]
    return left, [one for one in things if one["x0"] >= at]


def are_alike(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two columns print the same words, as two years of one report do."""
    words = [line for line in left if len(line) >= _SHORTEST_LABEL]
    shared = set(right)
    return len(words) >= _FEWEST_LINES and sum(w in shared for w in words) >= _MOSTLY * len(words)


def _lines(chars: Sequence[Char]) -> list[str]:
    """The words of each line, figures left out."""
    lines = (_NOT_LETTERS.sub("", line.text) for line in lines_of(chars))
    return [line for line in lines if line]


def in_order(sheets: Sequence[list[Page]]) -> list[Page]:
    """The pages of a file in reading order: two reports beside each other one after the other.

    Args:
        sheets: What each sheet holds, one page or two.
    """
    pairs = [sheet for sheet in sheets if len(sheet) == 2]
    if pairs and all(are_alike(*map(_words, pair)) for pair in pairs):
        return [sheet[0] for sheet in sheets] + [right for _, right in pairs]
    return [page for sheet in sheets for page in sheet]


def _words(page: Page) -> list[str]:
    """The words of the lines and cells of a page, figures left out."""
    texts: list[str] = []
    for item in page.items:
        texts += [item.text] if isinstance(item, PdfLine) else [spot.text for spot in item.spots]
    return [words for text in texts if (words := _NOT_LETTERS.sub("", text))]
