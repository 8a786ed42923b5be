"""The words of a page, where no line parts them: characters that no wide gap parts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pipeline.readers.pdf.lines import GAP_BETWEEN_DIGITS, Char, lines_of

_FIGURE = re.compile(r"[+-]?\d[\d,.]*%?|[—–−/-]{1,2}")
# Digits that touch tell that those of one number do.
_SEVERAL = re.compile(r"(?=.*\d\d)\d+(?: \d+)+")
_PARTED = re.compile(r"\d{1,3}(?: \d{3})+")
_GAP_BETWEEN_WORDS = 0.6
_FILLED = 0.9


class PdfWord(NamedTuple):
    """Characters of a line that no gap parts."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    chars: tuple[Char, ...]

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down it."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Half way along it."""
        return (self.x0 + self.x1) / 2

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, or a dash in its place."""
        return _FIGURE.fullmatch(self.text) is not None

    @property
    def is_parted(self) -> bool:
        """Whether it may be a number with a blank that marks thousands."""
        return _PARTED.fullmatch(self.text) is not None

    def overlaps(self, other: "PdfWord") -> bool:
        """Whether it stands above or below another, some of it."""
        return self.x0 < other.x1 and other.x0 < self.x1


def words_on(chars: Iterable[Char]) -> Iterator[PdfWord]:
    """Yields the words of a page, from the top down."""
    upright = sorted((char for char in chars if char["upright"]), key=_height)
    for line in rows_of(upright, _height, lambda char: char["bottom"] - char["top"]):
        run: list[Char] = []
        blank: list[Char] = []
        for char in sorted(line, key=lambda char: char["x0"]):
            if not char["text"].strip():
                blank.append(char)
                continue
            size = char["bottom"] - char["top"]
            gap = char["x0"] - run[-1]["x1"] if run else 0.0
            if gap > _GAP_BETWEEN_WORDS * size and not _may_mark_thousands(run[-1], blank, char):
                yield from _told_apart(_word(run))
                run = []
            run += [*blank, char] if run else [char]
            blank = []
        if run:
            yield from _told_apart(_word(run))


def _may_mark_thousands(left: Char, blanks: Sequence[Char], right: Char) -> bool:
    """Whether one blank fills what parts two digits: of some fonts it is as wide as a gap."""
    are_digits = left["text"].isdecimal() and right["text"].isdecimal()
    filled = sum(blank["x1"] - blank["x0"] for blank in blanks)
    return are_digits and len(blanks) == 1 and filled > _FILLED * (right["x0"] - left["x1"])


def _told_apart(word: PdfWord) -> Iterator[PdfWord]:
    """The figures of neighbouring columns that stand close; a blank may mark thousands too."""
    if _SEVERAL.fullmatch(word.text) and not word.is_parted:
        yield from figures_in(word)
    else:
        yield word


def figures_in(word: PdfWord) -> Iterator[PdfWord]:
    """Yields what gaps between digits part."""
    run: list[Char] = []
    for char in word.chars:
        size = char["bottom"] - char["top"]
        if run and char["x0"] - run[-1]["x1"] > GAP_BETWEEN_DIGITS * size:
            yield _word(run)
            run = []
        if char["text"].strip():
            run.append(char)
    yield _word(run)


def _height(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def rows_of(items: Sequence[Any], middle: Any, height: Any) -> Iterator[list[Any]]:
    """Things that stand on one height, in order from the top down."""
    row: list[Any] = []
    at = 0.0
    for item in items:
        if row and middle(item) - at > 0.5 * height(item):
            yield row
            row = []
        at = middle(item) if not row else at
        row.append(item)
    if row:
        yield row


def _word(run: Sequence[Char]) -> PdfWord:
    text = "".join(line.text for line in lines_of(run))
    return PdfWord(
        text,
        run[0]["x0"],
        min(char["top"] for char in run),
        max(char["x1"] for char in run),
        max(char["bottom"] for char in run),
        tuple(run),
    )
