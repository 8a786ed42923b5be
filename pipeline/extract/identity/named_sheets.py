"""The sheets of a workbook and the years they are named after.

The readers print the name of each sheet as a line above it, where there are several.
"""

import re
from typing import NamedTuple

from pipeline.agencies.functions import looks_like_agency
from pipeline.lexis.years import WHOLE, year_number
from pipeline.model.document import SHEETS, Document, Paragraph

_YEAR = re.compile(WHOLE)
# What a sheet that is named after a year, and perhaps a bureau, says besides: 2022年度统计表.
_OF_A_FORM = re.compile(
    "(?:政府|政务|主动|依申请)?(?:信息)?公开|(?:收到和处理|依)?申请|(?:行政)?(?:复议|诉讼)|年报|年度?|度|"
    "工作|情况|报告|报表|统计|汇总|数据|附?表[一二三四五]?|[\\s（）()]"
)


class NamedSheet(NamedTuple):
    """A sheet of a workbook.

    Attributes:
        at: Offset of its name, or where the part begins that stands on it.
        name: What it is called, empty where nothing says so.
    """

    at: int
    name: str = ""

    @property
    def year(self) -> int | None:
        """The year that it is named after."""
        return year_of_sheet(self.name)


NO_SHEET = NamedSheet(0)


def without_names(document: Document, start: int, end: int) -> str:
    """Returns a stretch of the text without the names of sheets, which no title goes on from."""
    cuts = [(at, at + len(name)) for at, name in sheets_of(document).items() if start <= at < end]
    ends = [start, *(behind for _, behind in cuts)]
    begins = [*(at for at, _ in cuts), end]
    return "".join(document.text[one:two] for one, two in zip(ends, begins, strict=True))


def sheets_of(document: Document) -> dict[int, str]:
    """Returns the names of the sheets of a workbook, by their offsets in its text."""
    said = document.metadata.get(SHEETS)
    if not said:
        return {}
    names = said.split("\n")
    found: dict[int, str] = {}
    lines = (block for block in document.blocks if isinstance(block, Paragraph))
    for line in lines:
        if len(found) < len(names) and line.text == names[len(found)]:
            found[line.place.start] = line.text
    return found


def year_of_sheet(name: str) -> int | None:
    """Returns the year that a sheet is named after, None for a month or a plan of a year."""
    found = _YEAR.search(name)
    if found is None:
        return None
    besides = _OF_A_FORM.sub("", f"{name[: found.start()]}|{name[found.end() :]}").strip("|")
    return year_number(found.group()) if not besides or looks_like_agency(besides) else None
