"""The number that the next label begins with, cut from the end of what stands before it.

It may touch a value, and be taken for its last digits; what may be either is returned apart.
So may the code before a label, a number that counts the rows of a table.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.lexis.numbering import BRACKETED, CIRCLED, COUNT

_NUMBERING = re.compile(
    rf"(?:{BRACKETED}|{COUNT}[、.．]|[(（]\d{{1,2}}[)）]|{CIRCLED}|其中[:：]?)\s*\Z"
)
# What a number ends in: most stretches do not, and need not be searched.
_POINTS = frozenset("、.．)）")
_ENDS_OF_NUMBERING = _POINTS | {"中", ":", "：", *(chr(0x2460 + n) for n in range(20))}
_REACH = 40
_LONGEST_TOUCHING = 3
_DIGITS_AND_POINT = re.compile(r"(\d(?:[\d,]*\d)?)[^\S\n]?\\?[、.．)）]\s*\Z")
_PLAIN_NUMBER = re.compile(r"[1-9]|1\d")
_OPENING_QUOTES = "“\"‘'「『"
_APART = " \t\n\r\u3000\xa0:：（(|"
_COLONS = (":", "：")
_DIGITS_BEFORE = re.compile(r"(\d+)[\s|｜]*\Z")
_LONGEST_GAP = 16
_LONGEST_CODE = 3
_MOST_ROWS_BETWEEN = 10
_FIRST_ROWS = 10
_LEAST_COUNTED = 6
_TOUCHING_NUMBERING = re.compile(r"(?P<mark>^|[\s:：])(?P<digits>\d{1,2})\Z")


class Cut(Struct, frozen=True):
    """The end of a stretch without the next label's number, and a value that may stand behind it.

    Doubtful is a value that may just as well be the label's number.
    """

    end: int
    value: tuple[int, int] | None = None
    is_doubtful: bool = False


def without_numbering(text: str, start: int, end: int, ordinal: str | None) -> Cut:
    """Cuts the next label's number from the end of a stretch.

    Digits that run into the label may be its number, or this row's last value with or
    without that number after it; what may be a value is returned apart. The label's number on
    the form is empty where it has none, None where it is not known whether reports number it.
    """
    if start >= end or not text[end : end + 1].isalnum():
        return Cut(end)
    while end > start and text[end - 1] in _OPENING_QUOTES:
        end -= 1
    if ordinal != "" and text[end - 1].isdecimal():
        touching = _TOUCHING_NUMBERING.search(text, max(start, end - _LONGEST_TOUCHING), end)
        if touching:
            return _without_touching(text, start, end, touching, ordinal)
    if text[start:end].rstrip()[-1:] not in _ENDS_OF_NUMBERING:
        return Cut(end)
    after = _without_plain_numbering(text, start, end)
    numbered = None
    if text[start:after].rstrip()[-1:] in _POINTS:
        numbered = _DIGITS_AND_POINT.search(text, _reach(text, start, after), after)
    if not numbered:
        return Cut(after)
    digits = numbered[1]
    begin = numbered.start(1)
    is_apart = not text[start:begin].rstrip() or text[begin - 1] in _APART
    if digits == ordinal or (not ordinal and is_apart and _PLAIN_NUMBER.fullmatch(digits)):
        return Cut(_without_plain_numbering(text, start, begin))
    if ordinal == "":
        return Cut(end)
    cut = len(ordinal) if ordinal and digits.endswith(ordinal) else 1
    value_end = numbered.end(1) - cut
    value = (begin, value_end) if value_end > begin else None
    return Cut(begin, value)


def _without_touching(
    text: str, start: int, end: int, touching: re.Match[str], ordinal: str | None
) -> Cut:
    """Cuts a number without a point that touches the label, if it is the label's for sure."""
    begin = touching.start("digits")
    digits = touching["digits"]
    if touching["mark"] in _COLONS or (digits[0] == "0" and digits[1:] == ordinal):
        value = (begin, begin + 1) if digits[0] == "0" else None
        return Cut(_without_plain_numbering(text, start, begin), value)
    if digits[0] == "0" and len(digits) == 1:
        return Cut(end)
    return Cut(_without_plain_numbering(text, start, begin), (begin, end), True)


def _reach(text: str, start: int, end: int) -> int:
    """Where to begin to look for a number at the end of a stretch, which may be very long."""
    at = max(start, end - _REACH)
    while at > start and (text[at].isdecimal() or text[at].isspace() or text[at] == ","):
        at -= 1
    return at


def _without_plain_numbering(text: str, start: int, end: int) -> int:
    """Cuts numbers that cannot be values: (一), 二、, ③, 其中."""
    for _ in range(3):
        if text[start:end].rstrip()[-1:] not in _ENDS_OF_NUMBERING:
            break
        match = _NUMBERING.search(text, _reach(text, start, end), end)
        if not match:
            break
        end = match.start()
    return end


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
