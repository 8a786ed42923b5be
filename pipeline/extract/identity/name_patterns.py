"""Patterns of sentences that name the writer of a report, as the data files write them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, Protocol, TypeVar

from pipeline.agencies.functions import HOW_IT_WORKS
from pipeline.declared import Declaration, declared
from pipeline.extract.identity.titles import OPENING, PAPER
from pipeline.lexis.years import DIGITS

LETTER = r"[\u4e00-\u9fff（）()“”xX×*＊○]"
"""What a name may have, brackets in it and a mask over it."""
IS_TALKED_OF = re.compile(
    "的?(?:政府信息|信息|政务)?公开(?:工作)?的?(?:做法|经验|模式|案例|典型|要求)"
)
"""How a sentence goes on behind a name that others tell of: 金乡县水务局公开做法值得借鉴."""
BELOW = "各[县市区旗州盟地乡镇街部单委开直]"
"""Those below a region, whose reports are put together for its own."""
_STANDS_FOR = {
    "<name>": f"({LETTER}{{3,36}}?)",
    "<place>": f"({LETTER}{{2,14}}?)",
    "<letter>": LETTER,
    "<year>": DIGITS,
    "<paper>": PAPER,
    "<works>": HOW_IT_WORKS,
    "<below>": BELOW,
}
Reading = Literal[
    "leading", "ending", "whole", "placed", "bureau", "town", "compiler", "worker", "asked"
]


class OpeningName(Declaration):
    """A row of ``data/named_in_opening.yml``; see its head."""

    id: str
    pattern: str
    example: str
    words: tuple[str, ...] = ("",)
    where: Literal["compiled", "subject", "contact"] = "subject"
    reads: tuple[Reading, ...] = ()
    within: int = OPENING
    in_quotes: bool = False
    of_report: bool = False
    last: Literal["anybody", "region"] | None = None


class _Declared(Protocol):
    @property
    def pattern(self) -> str: ...


Row = TypeVar("Row", bound=_Declared)


def patterns_of(rows: tuple[Row, ...]) -> tuple[tuple[Row, re.Pattern[str]], ...]:
    """Returns declared rows with their patterns, what words in angles stand for written out."""
    return tuple((row, _written_out(row.pattern)) for row in rows)


def _written_out(pattern: str) -> re.Pattern[str]:
    for word, written in _STANDS_FOR.items():
        pattern = pattern.replace(word, written)
    return re.compile(pattern)


@cache
def opening_names() -> tuple[OpeningName, ...]:
    """Returns the declared ways in which an opening names the writer of a report."""
    return declared("pipeline.extract.identity", "named_in_opening", tuple[OpeningName, ...])


@cache
def opening_patterns() -> tuple[tuple[OpeningName, re.Pattern[str]], ...]:
    """Returns the declared ways with their patterns."""
    return patterns_of(opening_names())


def found_in(text: str, row: OpeningName, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yields the matches of a declared way in an opening; its first sentence is a line's, too."""
    if any(word in text for word in row.words):
        yield from pattern.finditer(f"\n{text}")
