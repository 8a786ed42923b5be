"""Labels of several lines: their figures stand beside the line in the middle, or between two."""

import re
from collections.abc import Iterator, Sequence

from pipeline.lexis.numbering import marker

OPENED_BRACKET = re.compile(r"[（(][^（）()]*\Z")
"""The end of a line on which a bracket is open."""

_LEAST_OF_LINE = 8


def beginnings(labels: Sequence[str], figured: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Finds the lines of figures whose label begins on a line further up.

    Args:
        labels: What the label on each line says, empty where it says nothing.
        figured: Whether figures stand on a line.

    Yields:
        The line of the figures, and that on which their label begins.
    """
    told = [n for n, label in enumerate(labels) if label or figured[n]]
    for at, n in enumerate(told):
        before = list(_bare_before(told[:at], figured))
        if not figured[n] or not before:
            continue
        below = told[at + 1 : at + 2]
        is_parted = bool(below) and figured[below[0]]
        goes_on = "" if is_parted or not below else labels[below[0]]
        first = next((m for m in before if marker(labels[m])), before[0])
        above = [labels[m] for m in before if m >= first]
        # Unlike lines are no label: a title and heads stand above figures without one, too.
        if not _are_full(above):
            first = before[0]
        lines = [*reversed(above), labels[n]]
        if labels[n]:
            is_label = _is_middle(lines, goes_on)
        else:
            is_label = not is_parted or OPENED_BRACKET.search(labels[before[0]]) is not None
        if is_label:
            yield n, first


def _bare_before(lines: Sequence[int], figured: Sequence[bool]) -> Iterator[int]:
    """The lines without figures right above one, from there upwards."""
    for n in reversed(lines):
        if figured[n]:
            return
        yield n


def _are_full(lines: Sequence[str]) -> bool:
    """Whether lines differ by a character at most, as the lines of a wrapped label do."""
    return max(map(len, lines)) - min(map(len, lines)) <= 1


def _is_middle(lines: Sequence[str], goes_on: str) -> bool:
    """Whether lines are as long as each other, the first alone has a number, and one ends them."""
    *_, own = lines
    numbered = [marker(line) is not None for line in (*lines, goes_on)]
    is_one = numbered == [True, *[False] * len(lines)]
    return (
        is_one
        and _are_full(lines)
        and len(own) >= _LEAST_OF_LINE
        and 0 < len(goes_on) <= len(own) + 1
    )
