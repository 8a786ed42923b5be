"""Years, days and periods as reports print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_NUMERALS = {
    char: digit
    for digit, chars in enumerate(
        (
            "〇○零0OoΟО０",
            "一1１",
            "二2２",
            "三3３",
            "四4４",
            "五5５",
            "六6６",
            "七7７",
            "八8８",
            "九9９",
        )
    )
    for char in chars
}
_ZERO = "〇○零0OoΟО"
# The first character is told first, so that a text is passed over without trying the rest.
_DIGITS_BEHIND = (
    rf"(?:(?:(?<=2)[{_ZERO}]|(?<=２)０)[0-3０-３]\s?[\d０-９{_ZERO}]"
    rf"|(?<=二)[{_ZERO}]?[{_ZERO}一二][{_ZERO}一二三四五六七八九])"
)
_YEAR = rf"[2２二]{_DIGITS_BEHIND}"
_WHOLE_YEAR = rf"[2２二](?<!\d.){_DIGITS_BEHIND}"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十〇零廿]{1,3})"

YEAR = re.compile(
    rf"({_WHOLE_YEAR})\s*(?:年|(?=学?年?度|[-—–~至]\s*{_YEAR}\s*年|\s*[)）\]】]|年?版))"
)
_DAY = re.compile(rf"({_YEAR})\s*(?:年|[-/.])\s*({_SMALL})\s*(?:月|[-/.])\s*({_SMALL})\s*日?")
_PERIOD = re.compile(
    rf"({_YEAR})\s*年\s*({_SMALL})\s*月\s*({_SMALL})\s*日\s*(?:0时|零时)?\s*(?:开?始|起)?\s*[,，、]?\s*"
    rf"(?:至|到|截至|截止到?|[—\-－–~～一])+\s*(?:({_YEAR})\s*年|同年|当年|本年)?\s*({_SMALL})\s*月"
    rf"\s*({_SMALL})\s*日"
)
_LAMED_YEAR = re.compile(rf"({_WHOLE_YEAR})\s*(?:[年月]|\d{{1,4}}\s*[日月]|\d{{1,2}}-)")
_LAMED_PERIOD = re.compile(rf"{_YEAR}.*(?:[日月].*[至到—\-－~～]|[至到—\-－~～].*[日月])")
_SPAN = r"(?:数据)?(?:的)?(?:期限|时限|时间|期间|时段|周期|区间|截止)"
_PERIOD_SIGN = re.compile(
    rf"统计{_SPAN}|报告{_SPAN}|时间跨度|数据.{{0,12}}(?:期限|时限|自|从)|报告期|时间段"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days a report says its numbers are from.

    Attributes:
        start: First day, None where it is misprinted.
        end: Last day, None where it is misprinted.
        year: The year meant, None where the words name more than one.
        printed: The words.
    """

    start: date | None
    end: date | None
    year: int | None
    printed: str


def year_number(text: str) -> int | None:
    """Reads a year in digits or numerals: ``2018``, ``二○一八``."""
    digits = [_NUMERALS.get(char) for char in text if not char.isspace()]
    if len(digits) == 3 and digits[0] == 2:
        digits.insert(1, 0)
    if len(digits) != 4 or None in digits:
        return None
    number = int("".join(map(str, digits)))
    return number if 1990 <= number <= 2039 else None


def years(text: str) -> Iterator[int]:
    """Yields the years named in a text, in order."""
    for match in YEAR.finditer(text):
        number = year_number(match[1])
        if number:
            yield number


def days(text: str, start: int = 0) -> Iterator[tuple[re.Match[str], date]]:
    """Yields the days printed in a text with their place; impossible ones are left out."""
    for match in _DAY.finditer(text, start):
        day = _date(match[1], match[2], match[3])
        if day:
            yield match, day


def first_day(text: str) -> date | None:
    """Returns the first day printed in a text, None if there is none."""
    return next((day for _, day in days(text)), None)


def period(text: str) -> Period | None:
    """Finds the period the numbers of a report are from.

    A misprinted one (``2016月1日``) still tells the year, but no days.

    Args:
        text: The opening of a report.

    Returns:
        The period, None if the text states none.
    """
    found = list(_PERIOD.finditer(text))
    sign = _PERIOD_SIGN.search(text)
    if found:
        match = min(found, key=lambda m: abs(m.start() - sign.start()) if sign else m.start())
        start = _date(match[1], match[2], match[3])
        end = _date(match[4] or match[1], match[5], match[6])
        if start and end and start <= end:
            year = end.year if start.year == end.year else None
            return Period(start, end, year, match.group())
        return Period(None, None, _only_year(match.group()), match.group())
    for sign in _PERIOD_SIGN.finditer(text):
        sentence = re.split(r"[。；;\n]", text[sign.start() : sign.end() + 60])[0]
        if _LAMED_PERIOD.search(sentence):
            return Period(None, None, _only_year(sentence), sentence)
    return None


def _only_year(text: str) -> int | None:
    named = {year_number(number) for number in _LAMED_YEAR.findall(text)}
    return named.pop() if len(named) == 1 else None


def _date(year: str, month: str, day: str) -> date | None:
    numbers = (year_number(year), _small(month), _small(day))
    if None in numbers:
        return None
    try:
        return date(*numbers)  # type: ignore[arg-type]
    except ValueError:
        return None


def _small(text: str) -> int | None:
    """A month or day: ``12``, ``十二``, ``二十八``."""
    if text.isdigit():
        return int(text)
    text = text.replace("廿", "二十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_NUMERALS.get(tens, 1) if tens else 1) * 10 + (
            _NUMERALS.get(ones, 0) if ones else 0
        )
    return _NUMERALS.get(text)
