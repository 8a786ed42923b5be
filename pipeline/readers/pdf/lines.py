"""Characters of a PDF page to lines, and lines to paragraphs."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import Any, NamedTuple

from pipeline.readers.document_builder import Box

Char = dict[str, Any]
"""A character as pdfplumber gives it."""

UNMAPPED = "\ufffd"
"""Stands for a glyph whose character the file does not tell."""

GAP_BETWEEN_DIGITS = 0.15
"""The gap that parts two numbers, as a share of their size."""

_PAGE_NUMBER = re.compile(
    r"[-—–－―·•~～\s]*\d{1,4}[-—–－―·•~～\s]*|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}"
)
_FIGURE = re.compile(r"\d[\d,.]*")
_MARGIN = 0.12
_FEWEST_IN_COLUMN = 3
_MOST_ROWS_APART = 3
_SAME_PLACE = 0.1
_SAME_LINE = 0.7
_SAME_HEIGHT = 0.5
_GAP_BETWEEN_WORDS = 0.3
_GAP_BETWEEN_WIDE = 1.2
_FEWEST_GAPS = 3
_WIDEST_GAP = 0.9
_SAME_SPOT = 0.3
_SAME_SIZE = 0.85
_SPACES = re.compile(r"[ \u00a0]+")


class PdfLine(NamedTuple):
    """A line of text on a page; ``size`` is the height of its characters in points."""

    text: str
    box: Box
    size: float
    chars: tuple[Char, ...] = ()


class Prose(NamedTuple):
    """A paragraph on a page. ``open`` where its last line runs to the right margin."""

    text: str
    box: Box
    indented: bool
    open: bool


def text_of(char: Char) -> str:
    """Returns a character's text, with one mark for every unmapped glyph."""
    text: str = char["text"]
    return UNMAPPED if text.startswith("(cid:") else text


def cell_text(chars: Iterable[Char], digit_gap: float = GAP_BETWEEN_DIGITS) -> str:
    """Returns the text of a cell, lines apart by newlines, rotated text in reading order.

    Args:
        chars: Its characters.
        digit_gap: The gap that parts two numbers, as a share of their size.
    """
    upright: list[Char] = []
    upwards: list[Char] = []
    downwards: list[Char] = []
    for char in chars:
        if char["upright"]:
            upright.append(char)
        else:
            (upwards if char["matrix"][1] > 0 else downwards).append(char)
    texts = [_text(line, digit_gap) for line in _grouped(upright)]
    for rotated, turned in ((upwards, _turned_left), (downwards, _turned_right)):
        texts += map(_text, _grouped([turned(char) for char in rotated]))
    return "\n".join(filter(None, texts))


def _turned_left(char: Char) -> Char:
    """A character of text that runs up the page, as if the page were turned to read it."""
    x0, x1 = -char["bottom"], -char["top"]
    return {**char, "x0": x0, "x1": x1, "top": char["x0"], "bottom": char["x1"]}


def _turned_right(char: Char) -> Char:
    """The same for text that runs down the page."""
    top, bottom = -char["x1"], -char["x0"]
    return {**char, "x0": char["top"], "x1": char["bottom"], "top": top, "bottom": bottom}


def lines_of(chars: Iterable[Char], digit_gap: float = GAP_BETWEEN_DIGITS) -> list[PdfLine]:
    """Groups characters into lines, top to bottom."""
    found = (_line(line, digit_gap) for line in _grouped(chars))
    return [line for line in found if line.text]


def _grouped(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters of each line from left to right, top to bottom."""
    lines: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"], c["x0"])):
        centre = (char["top"] + char["bottom"]) / 2
        height = char["bottom"] - char["top"]
        if lines and centre - middle <= _SAME_LINE * height:
            lines[-1].append(char)
        else:
            lines.append([char])
            middle = centre
    return [_printed_once(sorted(line, key=itemgetter("x0"))) for line in lines]


def _text(chars: Sequence[Char], digit_gap: float = GAP_BETWEEN_DIGITS) -> str:
    """What a line says."""
    parts = [text_of(chars[0])]
    for left, right in pairwise(chars):
        parts.append(_between(left, right, digit_gap))
        parts.append(text_of(right))
    return _SPACES.sub(" ", "".join(parts)).strip()


def _line(chars: Sequence[Char], digit_gap: float) -> PdfLine:
    box = (
        chars[0]["x0"],
        min(char["top"] for char in chars),
        max(char["x1"] for char in chars),
        max(char["bottom"] for char in chars),
    )
    size = median(char["bottom"] - char["top"] for char in chars)
    return PdfLine(_text(chars, digit_gap), box, size, tuple(chars))


def digit_gap_of(cells: Iterable[Sequence[Char]]) -> float | None:
    """The gap that parts two numbers where the digits of each are set apart, too.

    They are where no digits of any cell touch and all gaps are as wide.

    Returns:
        The gap as a share of their size; None where digits touch as they usually do.
    """
    gaps = []
    for chars in cells:
        digits = sorted((char for char in chars if char["text"].strip()), key=lambda c: c["x0"])
        for left, right in pairwise(digits):
            size = left["bottom"] - left["top"]
            is_number = left["text"].isdigit() and right["text"].isdigit()
            if is_number and abs(left["top"] - right["top"]) < _SAME_HEIGHT * size:
                gaps.append((right["x0"] - left["x1"]) / size)
    if len(gaps) < _FEWEST_GAPS or min(gaps) <= GAP_BETWEEN_DIGITS:
        return None
    is_even = max(gaps) - min(gaps) <= GAP_BETWEEN_DIGITS and max(gaps) < _WIDEST_GAP
    return max(gaps) + GAP_BETWEEN_DIGITS if is_even else None


def _printed_once(chars: Sequence[Char]) -> list[Char]:
    """Characters without those printed a second time on the same spot, to look bold."""
    kept = [chars[0]]
    for char in chars[1:]:
        last = kept[-1]
        shift = _SAME_SPOT * (last["x1"] - last["x0"])
        if char["text"] != last["text"] or char["x0"] - last["x0"] > shift:
            kept.append(char)
    return kept


def _between(left: Char, right: Char, digit_gap: float) -> str:
    """A space where the gap between two characters shows one.

    The digits of a number touch, so that a narrow gap already parts two numbers; they are of
    one size, so that the raised mark of a note is none of them.
    """
    one, other = left["text"], right["text"]
    gap: float = right["x0"] - left["x1"]
    are_digits = one.isdigit() and other.isdigit()
    if gap <= 0 and not are_digits:
        return ""
    needed = _GAP_BETWEEN_WORDS
    if one >= "\u2e80" and other >= "\u2e80":
        needed = _GAP_BETWEEN_WIDE
    sizes = (left["bottom"] - left["top"], right["bottom"] - right["top"])
    size = min(sizes)
    if are_digits:
        needed = digit_gap
        if size < _SAME_SIZE * max(sizes):
            return " "
    return " " if gap > needed * size else ""


def without_page_number(lines: list[PdfLine], height: float) -> list[PdfLine]:
    """Drops a page number that stands alone on the first or last line, in the margin."""
    if lines and lines[-1].box[1] > height * (1 - _MARGIN) and _is_page_number(-1, lines):
        lines = lines[:-1]
    if lines and lines[0].box[3] < height * _MARGIN and _is_page_number(0, lines):
        lines = lines[1:]
    return lines


def _is_page_number(edge: int, lines: Sequence[PdfLine]) -> bool:
    line = lines[edge]
    return _PAGE_NUMBER.fullmatch(line.text) is not None and not _is_in_column(line, lines)


def _is_in_column(figure: PdfLine, lines: Sequence[PdfLine]) -> bool:
    """Whether a figure stands where a column of others, alone on their lines, has a row.

    Rows that have no figure, as headings have none, may part it from the others.
    """
    others = [line for line in lines if line is not figure and _FIGURE.fullmatch(line.text)]
    rows = [_middle(line) for line in others if _are_in_line(line, figure)]
    if len(rows) < _FEWEST_IN_COLUMN or not _FIGURE.fullmatch(figure.text):
        return False
    step = max(figure.size, min(below - above for above, below in pairwise(rows)))
    apart = min(abs(_middle(figure) - row) for row in rows)
    rows_apart = max(1, round(apart / step))
    off = abs(apart - rows_apart * step)
    return off < _SAME_PLACE * figure.size and rows_apart <= _MOST_ROWS_APART


def _are_in_line(line: PdfLine, other: PdfLine) -> bool:
    """Whether lines begin, end or have their middle at one place."""
    left, right = line.box[0] - other.box[0], line.box[2] - other.box[2]
    return min(abs(left), abs(right), abs(left + right) / 2) < _SAME_PLACE * line.size


def _middle(line: PdfLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def paragraphs_of(lines: Sequence[PdfLine], left: float, right: float) -> list[Prose]:
    """Joins wrapped lines.

    Args:
        lines: Lines that follow each other without a table in between.
        left: Where lines of the page's prose begin.
        right: Where they end.

    Returns:
        The paragraphs. A new one begins at an indent, behind a line that does not reach the
        right margin, at another character size, and behind a gap.
    """
    paragraphs: list[list[PdfLine]] = []
    for line in lines:
        if paragraphs and _continues(paragraphs[-1][-1], line, left, right):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [_prose(group, left, right) for group in paragraphs]


def _continues(above: PdfLine, line: PdfLine, left: float, right: float) -> bool:
    return (
        _reaches(above, right)
        and not _is_indented(line, left)
        and abs(line.size - above.size) <= 0.15 * above.size
        and line.box[1] - above.box[3] <= 2.0 * above.size
    )


def _reaches(line: PdfLine, right: float) -> bool:
    return line.box[2] >= right - 2.2 * line.size


def _is_indented(line: PdfLine, left: float) -> bool:
    return line.box[0] > left + 1.2 * line.size


def _prose(lines: Sequence[PdfLine], left: float, right: float) -> Prose:
    text = lines[0].text
    for line in lines[1:]:
        text = joined(text, line.text)
    box = (
        min(line.box[0] for line in lines),
        lines[0].box[1],
        max(line.box[2] for line in lines),
        lines[-1].box[3],
    )
    return Prose(text, box, _is_indented(lines[0], left), _reaches(lines[-1], right))


def joined(above: str, below: str) -> str:
    """Joins two lines of a paragraph; only Latin words are parted by a space."""
    latin = above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii()
    return f"{above} {below}" if latin and below[:1].isalpha() else above + below
