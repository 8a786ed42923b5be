"""Years as people print them: 2018年度, ２０２１, 二〇二一, 2 0 1 5年, 〔2010〕, 2017.1.1.

Whoever needs a year asks here, or builds its pattern from ``DIGITS``.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from pipeline.lexis.numerals import DIGITS as NUMERALS

_BLANKS = "[ \u3000\xa0]{0,2}"
_LOOK_ALIKES = "OoΟО"
_NOUGHT = f"〇○零0０{_LOOK_ALIKES}"
_NUMERALS = {**NUMERALS, **dict.fromkeys(_LOOK_ALIKES, 0)}
# The first character is told first, so that a text is passed over without trying the rest.
_DIGITS_AFTER = (
    rf"(?:(?<=[2２])[{_NOUGHT}][0-3０-３]\s?[\d{_LOOK_ALIKES}〇○零]"
    rf"|(?<=二)(?:[{_NOUGHT}][{_NOUGHT}一二三][{_NOUGHT}一二三四五六七八九]"
    rf"|[一二三][{_NOUGHT}一二三四五六七八九](?=\s*年)))"
)
DIGITS = rf"[2２二]{_DIGITS_AFTER}"
"""The digits of a year, as a regular expression without groups."""
WHOLE = rf"[2２二](?<!\d.){_DIGITS_AFTER}"
"""The same where no digit stands before it."""
_SIGN = re.compile("[2２二]")
_RULE = "[-—–~～至]"
_MENTION = re.compile(rf"{WHOLE}|2(?<!\d.){_BLANKS}0{_BLANKS}[0-3]{_BLANKS}\d(?={_BLANKS}年)")
_AFTER = re.compile(
    r"(?P<day>\s*年(?=\s*\d{1,2}\s*月\s*\d{1,2}\s*日))"
    r"|(?P<year>\s*年)"
    r"|(?P<stamp>(?=[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)))"
    r"|(?P<document>(?=\s*(?:〕|[\]】)）]\s*(?:第?\d|\d*号))))"
    rf"|(?P<span>(?=\s*{_RULE}+\s*{DIGITS}\s*年))"
    r"|(?P<label>(?=学?年?度|学年|\s*[)）\]】]|版))"
)
_SPAN = re.compile(rf"{DIGITS}\s*年?\s*{_RULE}+\s*{DIGITS}")
_SPELT_OUT = re.compile(
    rf"[2２二](?:(?<=二)(?:[〇○零0０](?:[〇○零0０一二三][〇○零0０一二三四五六七八九]"
    rf"|[{_NOUGHT}一二三][{_NOUGHT}一二三四五六七八九](?={_BLANKS}年))"
    rf"|[{_LOOK_ALIKES}][{_NOUGHT}一二三][{_NOUGHT}一二三四五六七八九](?={_BLANKS}年))"
    r"|(?<=２)(?<!\d.)０[０-３][０-９](?!\d)"
    rf"|(?<=[2２])(?<!\d.)(?!0[0-3][0-9]){_BLANKS}[{_NOUGHT}]{_BLANKS}[0-3０-３]{_BLANKS}"
    rf"[\d{_LOOK_ALIKES}〇○零](?={_BLANKS}年))"
)


class Use(StrEnum):
    """What a year is printed for."""

    YEAR = "year"
    """2018年, 2018年度."""
    LABEL = "label"
    """Without 年: （2018）, 2018版."""
    SPAN = "span"
    """The first of several: 2019—2020年度."""
    DAY = "day"
    """2017年1月1日."""
    STAMP = "stamp"
    """2017.1.1, 2017-01-01."""
    DOCUMENT = "document"
    """The number of a paper: 〔2010〕36号."""


class YearMention(NamedTuple):
    """A year in a text.

    Attributes:
        year: The year.
        start: Offset of its first digit.
        end: Offset after 年, after the last digit where there is none.
        use: What it is printed for.
    """

    year: int
    start: int
    end: int
    use: Use


def year_number(text: str) -> int | None:
    """Reads a year in digits or numerals: ``2018``, ``二○一八``; the nought may be missing."""
    digits = [_NUMERALS.get(char, -1) for char in text if not char.isspace()]
    if len(digits) == 3 and digits[0] == 2:
        digits.insert(1, 0)
    if len(digits) != 4 or -1 in digits:
        return None
    return digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3]


def mentions(text: str, start: int = 0, end: int | None = None) -> Iterator[YearMention]:
    """Yields the years in a stretch of text, in order."""
    for match in _MENTION.finditer(text, start, len(text) if end is None else end):
        after = _AFTER.match(text, match.end())
        year = year_number(match.group())
        if after and year:
            yield YearMention(year, match.start(), after.end(), Use(str(after.lastgroup)))


def spoken_of(text: str) -> Iterator[YearMention]:
    """Yields the years a text speaks of, in order: no papers' numbers, no stamps of time."""
    for mention in mentions(text):
        if mention.use not in (Use.DOCUMENT, Use.STAMP):
            yield mention


def names_year(text: str) -> bool:
    """Whether a text speaks of a year."""
    return _SIGN.search(text) is not None and next(spoken_of(text), None) is not None


def spans_years(text: str) -> bool:
    """Whether a text names a stretch of years: ``2015-2016学年``."""
    return _SPAN.search(text) is not None


def in_digits(text: str) -> str:
    """Years that are spelt out or set apart, in plain digits; offsets of all else stay.

    ``二〇二一年`` becomes ``2021年``, ``2 0 1 5年`` becomes ``   2015年``.
    """
    return text if text.isascii() else _SPELT_OUT.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    return str(year_number(match.group()) or match.group()).rjust(len(match.group()))
