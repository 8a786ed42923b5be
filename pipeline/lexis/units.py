"""What things are counted in: 条, 件, 元, and multiples of them such as 万条 or 亿元."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.lexis.normalise import fold, letters

_ONES = "人次|项次|批次|条|件|次|个|人|名|位|家|篇|期|份|场|起|项|类|种|例|宗|分|元"
_MULTIPLES = {
    "": 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_AROUND = "—–-/ "

UNITS = rf"(?:[十百千]?万|[百千亿])?(?:{_ONES})"
"""A pattern for a unit, to be put into others."""

_UNIT = re.compile(rf"(?P<multiple>[十百千]?万|[百千亿])?(?P<one>{_ONES})")
_MANY_OF_SOMETHING = re.compile(r"(?:[十百千]?万|[百千亿])[\u4e00-\u9fff]{1,2}")
_OF_MANY = re.compile("[百千万亿]")


class Unit(NamedTuple):
    """A unit taken apart.

    Attributes:
        one: What is counted one by one: 条 of 万条; the unit as printed if it is no known one.
        factor: How many of them it stands for; None where words name a multiple of something
            unknown, so that nobody can tell.
    """

    one: str
    factor: Decimal | None


@lru_cache(maxsize=1024)
def read_unit(printed: str | None) -> Unit:
    """Takes a printed unit apart.

    Args:
        printed: The unit as printed; None or a dash where none is.
    """
    text = fold(printed or "").strip(_AROUND)
    match = _UNIT.fullmatch(text)
    if match:
        return Unit(match["one"], Decimal(_MULTIPLES[match["multiple"] or ""]))
    return Unit(text, None if _OF_MANY.search(text) else Decimal(1))


@lru_cache(maxsize=1024)
def is_money(unit: str | None) -> bool:
    """Whether a unit is one of money, or a multiple of it: 元, 万元."""
    return read_unit(unit).one == "元"


def is_unit(text: str) -> bool:
    """Whether a text is a known unit and nothing else."""
    return _UNIT.fullmatch(text) is not None


def unit_said(text: str) -> str | None:
    """The unit that a text says and nothing else, in brackets or out of them: （单位：万元）."""
    plain = letters(text).removeprefix("单位")
    return plain if is_unit(plain) else None


def names_many(text: str) -> bool:
    """Whether a text can only be a unit, though of things nobody counts here: 千册."""
    return _MANY_OF_SOMETHING.fullmatch(text) is not None
