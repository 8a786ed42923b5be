"""Numbers that count the rows of a table, printed before the labels."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.tables.tokens import Slot, Window

_DIGITS_BEFORE = re.compile(r"(\d+)[\s|｜]*\Z")
_LONGEST_GAP = 16
_LONGEST_CODE = 3
_MOST_ROWS_BETWEEN = 10
_FIRST_ROWS = 10
_LEAST_COUNTED = 6


def codes_before(text: str, starts: Sequence[int], *, is_said: bool) -> list[str | None]:
    """The code of every row of a table.

    Without borders between cells the value of the row above runs into a code: ``14`` is 1
    and the code 4, if the row above has the code 3.

    Returns:
        One code a row as printed, None where it cannot be told; empty where rows are not counted.
    """
    counted = list(_counted(text, starts[:_FIRST_ROWS]))
    steps = sum(
        code is not None and before is not None and int(code) == int(before) + 1
        for before, code in pairwise(counted)
    )
    if steps < (1 if is_said else _LEAST_COUNTED):
        return []
    return list(_counted(text, starts))


def _counted(text: str, starts: Sequence[int]) -> Iterator[str | None]:
    last: int | None = None
    width = 0
    for start in starts:
        found = _DIGITS_BEFORE.search(text, max(start - _LONGEST_GAP, 0), start)
        digits = found[1] if found else ""
        if last is not None and digits.endswith(str(last + 1).zfill(width)):
            last += 1
            yield str(last).zfill(width)
        elif 0 < len(digits) <= _LONGEST_CODE and (
            last is None or last < int(digits) <= last + _MOST_ROWS_BETWEEN
        ):
            last = int(digits)
            width = len(digits) if digits[0] == "0" else 0
            yield digits
        else:
            yield None
            last = last + 1 if last is not None and not digits else last


def without_code(window: Window, code: str | None, behind: int) -> Window:
    """A row's pieces without the code of the next row, whose label stands at ``behind``.

    They are marked where value and code run together and nobody can part them.
    """
    last = window.numbering or (window.slots[-1] if window.slots else None)
    if last is None or last.is_word or window.has_in_row(last):
        return window
    text = last.text.strip()
    if text == code:
        return _with_last(window, None)
    if last.end < behind:
        return window
    if code is None or not text.endswith(code):
        return window._replace(is_run_into=True)
    value = last.text[: -len(code)]
    return _with_last(window, Slot(value, last.start, last.start + len(value), last.cell))


def _with_last(window: Window, last: Slot | None) -> Window:
    """A window with another piece, or none, in place of that next to the following label."""
    if window.numbering:
        return window._replace(numbering=last)
    return window._replace(slots=(*window.slots[:-1], *([last] if last else [])))
