"""Column heads as printed, those too that no national form has: scopes, years, totals."""

import re
from functools import cache

from msgspec import Struct

from pipeline.declared import Declaration, declared
from pipeline.forms.form import Column
from pipeline.lexis.normalise import either, letters
from pipeline.lexis.units import UNITS
from pipeline.lexis.years import DIGITS, year_number

_COUNT_BEHIND = r"(?:统计数|数量|数)?"
_WHOLE_BEHIND = r"(?:统计数|数量|数|合计|总计)?"
YEAR = re.compile(rf"(?:统计数|数量|其中)?({DIGITS})(?:年度?)?{_WHOLE_BEHIND}")

_UNIT_BEHIND = re.compile(rf"\s*[（(](?:单\s*位[^（）()]*|{UNITS})[）)]\s*\Z")


class PrintedColumn(Struct, frozen=True):
    """A column as the header of a report prints it: its place on the form and in the grid.

    Its index and declaration are None where the form does not know the head; in running text it
    has no place.
    """

    head: str
    column: int | None
    declared: Column | None
    col: int | None = None
    year: int | None = None
    colspan: int = 1

    @property
    def role(self) -> str:
        """What stands in it: values, if the form does not know it."""
        return self.declared.role if self.declared else "value"


class HeaderWords(Declaration):
    """Heads by what stands under them, as the comments of the declaration say."""

    scopes: frozenset[str]
    totals: frozenset[str]
    own_year: frozenset[str]
    year_so_far: frozenset[str]
    changes: frozenset[str]
    labels: frozenset[str]
    codes: frozenset[str]
    beside: frozenset[str]


@cache
def header_words() -> HeaderWords:
    """The heads, as declared."""
    return declared("pipeline.extract", "column_headers", HeaderWords)


@cache
def _scope() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(header_words().scopes)}){_COUNT_BEHIND}")


@cache
def foreign_pattern() -> str:
    """A regular expression for the letters of any such head, years left out."""
    known = header_words()
    return f"{_scope().pattern}|{either(known.totals | known.own_year | known.changes)}"


def head_of(printed: str) -> str:
    """The letters of a head, without the unit in brackets behind it."""
    return letters(_UNIT_BEHIND.sub("", printed) if printed[-1:] in "）)" else printed)


@cache
def codes_first() -> re.Pattern[str]:
    """The letters of a head over codes and that of the labels behind it."""
    known = header_words()
    return re.compile(rf"(?:{either(known.codes)})(?:{either(known.labels)})")


@cache
def _beside() -> re.Pattern[str]:
    known = header_words()
    return re.compile(rf"{either(known.labels | known.codes | known.beside)}|本列数据.*|.*情况|")


def stands_beside(head: str) -> bool:
    """Whether a head is no value column's: it heads labels, codes, notes or other heads."""
    return _beside().fullmatch(head) is not None


def is_scope(head: str) -> bool:
    """Whether a head names a scope or a part of the year: 市本级, 上半年."""
    return _scope().fullmatch(head) is not None


def is_total(head: str) -> bool:
    """Whether the letters of a head say that all stands together below it."""
    return head in header_words().totals


def year_of(head: str) -> int | None:
    """The year that a head names, None if it is another head."""
    named = YEAR.fullmatch(head)
    return year_number(named[1]) if named else None


def is_own_year(head: str) -> bool:
    """Whether a head names a year, or the year reported on."""
    return year_of(head) is not None or head in header_words().own_year
