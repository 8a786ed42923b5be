"""Days and periods as reports print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.lexis.numerals import whole
from pipeline.lexis.years import DIGITS, WHOLE, year_number

_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十〇零廿]{1,3})"

_DAY = re.compile(rf"({DIGITS})\s*(?:年|[-/.])\s*({_SMALL})\s*(?:月|[-/.])\s*({_SMALL})\s*日?")
_PERIOD = re.compile(
    rf"({DIGITS})\s*年\s*({_SMALL})\s*月\s*({_SMALL})\s*日\s*(?:0时|零时)?\s*"
    rf"(?:《[^《》]{{2,20}}》(?:施行|实施|公布|生效)之日)?(?:开?始|起)?\s*[,，、]?\s*"
    rf"(?:至|到|截至|截止到?|[—\-－–~～一])+\s*(?:({DIGITS})\s*年|同年|当年|本年)?\s*({_SMALL})\s*月"
    rf"\s*({_SMALL})\s*日"
)
_LAMED_YEAR = re.compile(rf"({WHOLE})\s*(?:[年月]|\d{{1,4}}\s*[日月]|\d{{1,2}}-)")
_LAMED_PERIOD = re.compile(rf"{DIGITS}.*(?:[日月].*[至到—\-－~～]|[至到—\-－~～].*[日月])")
_DOTTED_PERIOD = re.compile(
    rf"({DIGITS})([-/.])(\d{{1,2}})\2(\d{{1,2}})\s*(?:至|到|[—–~～\-一])+\s*"
    rf"({DIGITS})\2(\d{{1,2}})\2(\d{{1,2}})(?!\d)"
)
# A whole year whose signs a copy has lost: 自20161月1日至20161231日.
_BARE_YEAR = re.compile(
    r"(20\d\d)\s*1\s*月?\s*1\s*日?\s*(?:开?始|起)?\s*[,，]?\s*(?:至|到|[—\-–~～])+\s*"
    r"(?:\1\s*年?)?\s*12\s*月?\s*31(?!\d)\s*日?"
)
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
        return _period(start, end, match.group())
    for sign in _PERIOD_SIGN.finditer(text):
        sentence = re.split(r"[。；;\n]", text[sign.start() : sign.end() + 60])[0]
        dotted = _DOTTED_PERIOD.search(sentence)
        if dotted:
            start = _date(dotted[1], dotted[3], dotted[4])
            end = _date(dotted[5], dotted[6], dotted[7])
            return _period(start, end, dotted.group())
        bare = _BARE_YEAR.search(sentence)
        if bare:
            year = int(bare[1])
            return Period(date(year, 1, 1), date(year, 12, 31), year, bare.group())
        if _LAMED_PERIOD.search(sentence):
            return Period(None, None, _only_year(sentence), sentence)
    return None


def _period(start: date | None, end: date | None, printed: str) -> Period:
    if start and end and start <= end:
        return Period(start, end, end.year if start.year == end.year else None, printed)
    return Period(None, None, _only_year(printed), printed)


def _only_year(text: str) -> int | None:
    named = {year_number(number) for number in _LAMED_YEAR.findall(text)}
    return named.pop() if len(named) == 1 else None


def _date(year: str, month: str, day: str) -> date | None:
    number = year_number(year)
    try:
        return date(number, whole(month), whole(day)) if number else None
    except ValueError:
        return None
