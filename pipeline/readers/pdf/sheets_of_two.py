"""Sheets of two pages side by side, pages in two columns, and two reports beside each other."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.readers.pdf.lines import Char, PdfLine, lines_of
from pipeline.readers.pdf.pages import PdfPage

_MIDDLE = (0.4, 0.6)
_LANDSCAPE = 1.2
_FEWEST_LINES = 5
_NOT_LETTERS = re.compile(r"[^\u4e00-\u9fff]")
_LONG_LINE = 15
_FEWEST_LONG = 3
_SHORTEST_LABEL = 2
_MOSTLY = 0.6
_LONGEST_HEAD = 0.3
_SLIMMEST = 8.0
_FEWEST_RULES = 3


class Gutter(NamedTuple):
    """Where two pages or columns are parted; what stands above its top goes over both."""

    at: float
    top: float = 0.0


def gutter_of(
    chars: Sequence[Char], edges: Sequence[Any], width: float, height: float
) -> Gutter | None:
    """Where the two pages on a sheet, or the two columns of a page, are parted.

    Returns:
        None for one page in one column.
    """
    is_sheet = width >= _LANDSCAPE * height
    things = [*chars, *edges] if chars else []
    gutter = _whole(things, width) if is_sheet else _below_head(things, width, height)
    if gutter is None:
        return None
    left, right = map(_lines, halves(chars, gutter))
    if min(len(left), len(right)) < _FEWEST_LINES:
        return None
    is_prose = all(
        sum(len(line) >= _LONG_LINE for line in half) >= _FEWEST_LONG for half in (left, right)
    )
    if is_sheet:
        return gutter if is_prose or are_alike(left, right) else None
    is_ruled = all(len(_across(half)) >= _FEWEST_RULES for half in halves(edges, gutter))
    return gutter if is_prose or is_ruled else None


def _whole(things: Sequence[Any], width: float, least: float = 0.0) -> Gutter | None:
    """The widest strip near the middle in which nothing stands."""
    taken = sorted([(one["x0"], one["x1"]) for one in things])
    gaps = []
    ends = taken[0][1] if taken else 0.0
    for start, end in taken[1:]:
        if start > ends + least:
            gaps.append((start - ends, (start + ends) / 2))
        ends = max(ends, end)
    inner = [gap for gap in gaps if _MIDDLE[0] * width <= gap[1] <= _MIDDLE[1] * width]
    return Gutter(max(inner)[1]) if inner else None


def _below_head(things: Sequence[Any], width: float, height: float) -> Gutter | None:
    """A strip between columns, below the title that goes over both."""
    lowest = _LONGEST_HEAD * height
    if not _whole([one for one in things if one["top"] > lowest], width, _SLIMMEST):
        return None
    for head in sorted({0.0, *(one["bottom"] for one in things if one["bottom"] <= lowest)}):
        gutter = _whole([one for one in things if one["bottom"] > head], width, _SLIMMEST)
        if gutter is not None:
            return gutter._replace(top=head)
    return None


def _across(edges: Sequence[Any]) -> set[int]:
    """The heights at which lines run across."""
    return {round(one["top"]) for one in edges if one["orientation"] == "h"}


def halves(things: Sequence[Any], gutter: Gutter) -> tuple[list[Any], list[Any]]:
    """What stands left and what stands right of a gutter, the head above it among the left."""
    is_left = [one["x0"] < gutter.at or one["bottom"] <= gutter.top for one in things]
    left = [one for one, own in zip(things, is_left, strict=True) if own]
    return left, [one for one, own in zip(things, is_left, strict=True) if not own]


def are_alike(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two columns print the same words, as two years of one report do."""
    words = [line for line in left if len(line) >= _SHORTEST_LABEL]
    shared = set(right)
    return len(words) >= _FEWEST_LINES and sum(w in shared for w in words) >= _MOSTLY * len(words)


def _lines(chars: Sequence[Char]) -> list[str]:
    """The words of each line, figures left out."""
    lines = (_NOT_LETTERS.sub("", line.text) for line in lines_of(chars))
    return [line for line in lines if line]


def in_order(sheets: Sequence[list[PdfPage]]) -> list[PdfPage]:
    """The pages of a file in reading order: two reports beside each other one after the other."""
    pairs = [sheet for sheet in sheets if len(sheet) == 2]
    if pairs and all(are_alike(*map(_words, pair)) for pair in pairs):
        return [sheet[0] for sheet in sheets] + [right for _, right in pairs]
    return [page for sheet in sheets for page in sheet]


def _words(page: PdfPage) -> list[str]:
    """The words of the lines and cells of a page, figures left out."""
    texts: list[str] = []
    for item in page.items:
        texts += [item.text] if isinstance(item, PdfLine) else [spot.text for spot in item.spots]
    return [words for text in texts if (words := _NOT_LETTERS.sub("", text))]
