"""The heads of columns that alignment alone tells, over one line or several."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.text.aligned_labels import LineOfWords
from pipeline.readers.text.display_words import DisplayWord

FEWEST_HEADS = 3
"""How many heads a line has at least that cannot be anything else."""

TOTAL = re.compile("[总合共小] ?计")
"""A head over totals."""

_SHORT_HEAD = 3


class Track(NamedTuple):
    """A column: where its head and its figures stand.

    Attributes:
        left: Where it begins.
        right: Where it ends.
        words: The words of it.
    """

    left: int
    right: int
    words: tuple[DisplayWord, ...]

    def overlaps(self, other: "Track | DisplayWord") -> bool:
        """Whether something stands above or below it."""
        return self.left < other.right and other.left < self.right

    def joined(self, other: "Track") -> "Track":
        """Both as one."""
        left, right = min(self.left, other.left), max(self.right, other.right)
        return Track(left, right, self.words + other.words)


def is_title(line: LineOfWords) -> bool:
    """Whether words stand on a line as a whole: few of them, one blank apart.

    Args:
        line: A line without figures.
    """
    gaps = (right.left - left.right for left, right in pairwise(line.label))
    return len(line.label) <= FEWEST_HEADS and all(gap <= 1 for gap in gaps)


def behind_heads(lines: Sequence[LineOfWords]) -> int:
    """How many lines without figures are heads, those behind them being labels.

    A lone word below the heads, and below none of them, is the label of a row left blank, or the
    first line of one.

    Args:
        lines: The lines above the first figures.
    """
    behind = len(lines)
    while behind > 1 and _is_alone(lines[behind - 1]):
        if _goes_on(lines[behind - 1], lines[behind - 2]):
            break
        behind -= 1
    return behind


def leaf_heads(heads: Sequence[LineOfWords], rows: Sequence[LineOfWords]) -> list[Track]:
    """Finds the heads of single columns: above no other, or above one that they go on in.

    Args:
        heads: The lines above the rows.
        rows: The rows.
    """
    left = min(row.figures[0].left for row in rows if row.figures)
    right = max(row.figures[-1].right for row in rows if row.figures)
    behind = [row.label[0].left for row in rows if row.label and row.label[0].left >= right]
    labels = max((line.label[-1].right for line in rows if line.label), default=0)
    labels = min(labels, left)
    leaves: list[Track] = []
    totals = [word for line in heads for word in line.label if TOTAL.fullmatch(word.text)]
    for line in reversed(heads):
        for word in [] if len(line.label) > 1 and is_title(line) else line.label:
            is_over_labels = behind and word.right > min(behind)
            if is_over_labels or (word.left < labels and word.right <= left):
                continue
            below = [leaf for leaf in leaves if leaf.overlaps(word)]
            own = Track(word.left, word.right, (word,))
            reach = max((leaf.right for leaf in leaves), default=0)
            if totals == [word] == [line.label[-1]] and word.left < reach:
                # Wider words before them push those of a line to the right; the total stays last.
                leaves.append(Track(reach + 1, reach + 1 + word.right - word.left, (word,)))
            elif not below and not (leaves and _is_alone(line)):
                leaves.append(own)
            elif len(below) == 1 and _is_part(own, below[0], is_alone=_is_alone(line)):
                leaves[leaves.index(below[0])] = _with_part(below[0], own)
    return sorted(leaves)


def _with_part(leaf: Track, word: Track) -> Track:
    """A head with a word above it; it is as wide as that where its last line is short."""
    is_short = word.left <= leaf.left and leaf.right <= word.right
    left, right = (word.left, word.right) if is_short else (leaf.left, leaf.right)
    return Track(left, right, leaf.words + word.words)


def _is_alone(line: LineOfWords) -> bool:
    return len(line.label) == 1


def _goes_on(line: LineOfWords, above: LineOfWords) -> bool:
    """Whether a word stands below one that is no label."""
    own = line.label[0]
    return any(own.left < word.right and word.left < own.right for word in above.label[1:])


def _is_part(word: Track, leaf: Track, *, is_alone: bool) -> bool:
    """Whether a head goes on below a word, rather than being one of those that it heads."""
    length = word.right - word.left
    most = leaf.right - leaf.left
    is_short = length <= most if is_alone else length < 2 * max(most, _SHORT_HEAD)
    middles = word.left + word.right, leaf.left + leaf.right
    is_below = word.left * 2 <= middles[1] <= word.right * 2
    return is_short and (is_below or leaf.left * 2 <= middles[0] <= leaf.right * 2)
