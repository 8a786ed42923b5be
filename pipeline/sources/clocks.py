"""Pages that show the time: what two of them have in common but for the clock."""

import hashlib
import re
from datetime import date, timedelta

_LARGEST = 8 << 20
_ENCODINGS = ("utf-8", "gb18030")
_WEEKDAYS = tuple(f"{word}{day}" for word in ("星期", "周") for day in "一二三四五六日天")
_TIME = re.compile(rb"(?<![\d:])[012]?\d:[0-5]\d:[0-5]\d(?![\d:])")
_TIME_OF_DAY = re.compile(rb"(?<=\x00)[ \t]*[012]?\d:[0-5]\d(?![\d:])")
_LEFT_OUT = re.compile(rb"[\s\x00]*\x00[\s\x00]*")
_EPOCH = re.compile(rb"(?<!\d)1[5-9]\d{8}(?:\d{3})?(?!\d)")


def without_clock(data: bytes, today: date) -> str:
    """Returns the hash of a page without the time at which it was asked for.

    Only the present is left out: days about today, full times of day, seconds since 1970. A
    number of the report itself that changes makes another page.

    Args:
        data: The page.
        today: When it was asked for; servers may be a day off.
    """
    if len(data) > _LARGEST or b"\0" in data:
        return hashlib.sha256(data).hexdigest()
    for days in (-1, 0, 1):
        for written in sorted(_written(today + timedelta(days)), key=len, reverse=True):
            data = data.replace(written, b"\0")
    data = _TIME.sub(b"\0", _EPOCH.sub(b"\0", data))
    for weekday in _WEEKDAYS:
        for encoding in _ENCODINGS:
            data = data.replace(weekday.encode(encoding), b"\0")
    return hashlib.sha256(_LEFT_OUT.sub(b"\0", _TIME_OF_DAY.sub(b"", data))).hexdigest()


def _written(day: date) -> set[bytes]:
    """A day as pages write it."""
    year, month, of_month = day.year, day.month, day.day
    ways = {f"{day:%a, %d %b %Y}", f"{day:%Y%m%d}"}
    for mark in "-/.":
        ways |= {f"{day:%Y{mark}%m{mark}%d}", f"{year}{mark}{month}{mark}{of_month}"}
    ways |= {f"{year}年{month:02}月{of_month:02}日", f"{year}年{month}月{of_month}日"}
    return {way.encode(encoding) for way in ways for encoding in _ENCODINGS}
