"""A form filled in again in one document, for another year or by somebody else.

Workbooks keep the reports of several years or bureaus on a sheet each, and papers print one
below another. Whose and which year's each is, its title says, or the name of its sheet.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from pipeline.agencies.functions import looks_like_agency
from pipeline.extract.identity.named_sheets import NamedSheet, sheets_of, year_of_sheet
from pipeline.extract.identity.titles import PAPER, Title, other_kind, table_titles, titles
from pipeline.lexis.dates import period
from pipeline.lexis.years import WHOLE
from pipeline.model.document import Cell, Document, Locator, Table
from pipeline.model.report import OtherKind

_FILLED_IN_BY = re.compile(r"(?:填报|报告|报送|编制)(?:单位|机关)[:：]\s*([\u4e00-\u9fff]{3,})")
_WHOSE = re.compile(
    rf"^(?:{WHOLE}\s*年度?)?([\u4e00-\u9fff（）()]*?)(?:{WHOLE}|政府信息|信息公开|政务公开)"
)
_NO_WORD = re.compile(r"[^\u4e00-\u9fff]+")
_PAPER = re.compile(rf"{PAPER}|情况统计表")
_SHORTEST_LABEL = 4
_LEAST_LABELS = 8
_LEAST_SHARE = 0.5
_MOST_PROSE = 300
_FULL_STOP = "。"
_NOBODYS = (
    "it is not told surely whose numbers these are or of which year: they are nobody's (sheet {!r})"
)


class Beginning(NamedTuple):
    """Where a report begins, and what says so.

    Attributes:
        at: Offset of its first character.
        evidence: A sentence for the notices.
        is_nobodys: Whether nothing says whose and which year's numbers these are.
    """

    at: int
    evidence: str
    is_nobodys: bool = False


@dataclass(frozen=True)
class _Stretch:
    """What stands below the name of a sheet or a title, up to the next of them.

    Attributes:
        at: Where it begins.
        text: Its words, those of its tables included.
        labels: The words in its tables that tell rows and columns.
        sheet: Name of its sheet, empty for a title on the page.
        is_prose: Whether sentences stand in it.
    """

    at: int
    text: str
    labels: frozenset[str]
    sheet: str
    is_prose: bool

    @cached_property
    def title(self) -> Title | None:
        """The title above its tables, None where it has none."""
        return next(titles(self.text), None) or next(table_titles(self.text), None)

    @cached_property
    def year(self) -> int | None:
        """The year it says that it reports on."""
        stated = period(self.text)
        said = (self.title and self.title.year) or (stated and stated.year)
        return said or year_of_sheet(self.sheet)

    @cached_property
    def whose(self) -> str:
        """Who reports, as its title says or who filled in its sheet; empty where neither does."""
        named = _WHOSE.match("".join(self.title.text.split())) if self.title else None
        return (named[1] if named else "") or self._filled_in_by

    @cached_property
    def _filled_in_by(self) -> str:
        named = _FILLED_IN_BY.search(self.text) if self.sheet else None
        return named[1] if named else ""

    @property
    def name(self) -> str:
        """What it is called, as a person would call it."""
        return self.title.text if self.title else self.sheet

    @property
    def says_whose(self) -> bool:
        """Whether it can be told whose numbers it gives, and of which year.

        A sheet of a quarter, or one that is named after a bureau neither its title nor who
        filled it in names, gives a part of what the title speaks of.
        """
        if self.title is None:
            return self.year is not None
        return not self.is_part_of_year and not (
            looks_like_agency(self.sheet)
            and self.sheet not in self.title.text
            and self.sheet not in self._filled_in_by
        )

    @property
    def holds_form(self) -> bool:
        """Whether as much is in its tables as in a form."""
        return len(self.labels) >= _LEAST_LABELS

    @property
    def is_part_of_year(self) -> bool:
        """Whether its title or the name of its sheet is of a quarter or the like."""
        named = (self.title.text if self.title else "", f"{self.sheet}统计表")
        return any(other_kind(name, "") is OtherKind.PART_OF_YEAR for name in named)

    def repeats(self, other: "_Stretch") -> bool:
        """Whether it prints the rows of another again."""
        common = len(self.labels & other.labels)
        return common >= max(_LEAST_LABELS, _LEAST_SHARE * len(self.labels))

    def differs(self, other: "_Stretch") -> bool:
        """Whether it says another period or another reporter than another one does."""
        if self.year and other.year and self.year != other.year:
            return True
        if self.is_part_of_year != other.is_part_of_year:
            return True
        one, two = self.whose, other.whose
        return bool(one and two) and not (one.endswith(two) or two.endswith(one))


def again(document: Document, text: str, titled: Sequence[int]) -> Iterator[Beginning]:
    """Yields where a form is filled in again that says to be of another year or reporter.

    Of sheets that fill in one form, those that say neither begin parts that are nobody's.

    Args:
        document: The document.
        text: Its text in simplified characters.
        titled: Offsets of the titles in it that name a year.
    """
    every = list(_stretches(document, text, titled))
    own = [one for one in every if one.labels]
    copies = [one for one in own if any(_are_copies(one, two) for two in own if two is not one)]
    unsaid = [one for one in copies if one.sheet and not one.says_whose]
    if unsaid == copies[:1]:
        unsaid = [one for one in unsaid if one.is_part_of_year]
    held: list[_Stretch] = []
    for one in every:
        is_another = bool(held) and _is_another(one, held)
        if one in unsaid or (is_another and one.sheet and not _fills_in(one, held)):
            yield Beginning(one.at, _NOBODYS.format(one.sheet), is_nobodys=True)
            held = [one]
        elif is_another or (held and held[0] in unsaid and one.sheet):
            yield Beginning(one.at, f"fills in the form again: {one.name[:60]}")
            held = [one]
        else:
            held.append(one)


def _are_copies(one: _Stretch, other: _Stretch) -> bool:
    return one.repeats(other) or other.repeats(one)


def _is_another(one: _Stretch, held: Sequence[_Stretch]) -> bool:
    """Whether a report of its own stands there, after those stretches of the one before.

    On a page titles without a table of their own may be links, and sentences below a table may
    be about any of the years.
    """
    filled = [before for before in held if before.labels]
    if not one.labels or not any(map(one.differs, filled)):
        return False
    if one.sheet:
        return True
    is_linked = any(before.differs(filled[0]) for before in held)
    return not one.is_prose and not is_linked and any(map(one.repeats, filled))


def _fills_in(one: _Stretch, held: Sequence[_Stretch]) -> bool:
    """Whether a form is filled in there, that of the stretches before or another."""
    return one.holds_form or any(map(one.repeats, held))


def _stretches(document: Document, text: str, titled: Sequence[int]) -> Iterator[_Stretch]:
    """What stands below each sheet's name and each title; a title right below a name is its own."""
    named = sheets_of(document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    starts = sorted({0, *named, *titled, *_torn(tables, text)})
    if len(starts) == 1 or not tables:
        return
    cells = [cell for table in tables for cell in table.cells if cell.text]
    kept: list[int] = []
    for at in starts:
        is_below = kept and at not in named and (kept[-1] in named or not kept[-1])
        if not (is_below and not _between(cells, kept[-1], at)):
            kept.append(at)
    sheet = ""
    for at, end in pairwise([*kept, len(text)]):
        sheet = named.get(at, sheet)
        said = text[at:end].removeprefix(named.get(at, ""))
        inside = _between(cells, at, end)
        words = sum(len(cell.text) for cell in inside)
        yield _Stretch(
            at,
            said,
            _labels(inside),
            sheet,
            _FULL_STOP in said and end - at - words - len(inside) > _MOST_PROSE,
        )


def _torn(tables: Sequence[Table], text: str) -> Iterator[int]:
    """Where titles over several lines stand between tables: 2022年 above 政府信息公开年度报告."""
    for above, below in pairwise(tables):
        at, end = above.place.end, below.place.start
        if at < end < at + _MOST_PROSE and any(map(_names_paper, titles(text[at:end]))):
            yield at


def _names_paper(title: Title) -> bool:
    """Whether a title is of a report or its table, and no year above the name of a chapter."""
    return _PAPER.search("".join(title.text.split())) is not None


def _between(cells: Sequence[Cell], start: int, end: int) -> Sequence[Cell]:
    first, behind = (bisect_left(cells, at, key=_start) for at in (start, end))
    return cells[first:behind]


def _start(cell: Cell) -> int:
    return cell.place.start


def _labels(cells: Sequence[Cell]) -> frozenset[str]:
    words = (_NO_WORD.sub("", cell.text) for cell in cells)
    return frozenset(word for word in words if len(word) >= _SHORTEST_LABEL)


def sheet_of_form(document: Document, start: int, end: int) -> NamedSheet:
    """Returns the sheet that holds the form of a part, and not its cover; else its first."""
    named = sheets_of(document)
    sheets = [
        NamedSheet(at, named.get(at, "")) for at in sorted({start, *named}) if start <= at < end
    ]
    if len(sheets) == 1:
        return sheets[0]
    tables = (block for block in document.blocks if isinstance(block, Table))
    cells = [cell for table in tables for cell in table.cells if cell.text]
    ends = [*(sheet.at for sheet in sheets[1:]), end]
    held = (
        sheet
        for sheet, behind in zip(sheets, ends, strict=True)
        if len(_labels(_between(cells, sheet.at, behind))) >= _LEAST_LABELS
    )
    return next(held, sheets[0])


def rows_between(table: Table, start: int, end: int) -> Table | None:
    """Returns the rows of a table that stand in a range of the text, None if none does."""
    place = table.place
    if start <= place.start and place.end <= end:
        return table
    inside = [cell for cell in table.cells if start <= cell.place.start < end]
    filled = [cell for cell in inside if cell.text]
    if not filled:
        return None
    first = filled[0].row
    cells = tuple(
        structs.replace(cell, row=cell.row - first) for cell in inside if cell.row >= first
    )
    bounds = Locator(filled[0].place.start, filled[-1].place.end, place.page, place.box)
    return Table(cells, bounds)
