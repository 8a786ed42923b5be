"""Captions above a table: its year, its body."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from msgspec import structs

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import of_year
from pipeline.lexis.normalise import letters
from pipeline.lexis.years import Use, mentions

_LONGEST_CAPTION = 200
_DIGITS = 4
_OF_NOBODY_HERE = re.compile(
    r"[^\n。；]*(?:[填样范]\S{0,3}示?例[^\n。；]{0,20}|仅供参考|非本(?:单位|机关|部门))[^\n。；]*"
)
# A heading, not a sentence, which may speak of them above a table of the report's own; nor that
# of a section before the title of another table.
_OF_A_BODY_BELOW = re.compile(
    r"(?m)^(?=.{4,40}$)(?P<annex>附)?[^\n。；，]*(?<![及和与含、])(?:[所下直局委厅院校镇]属|所辖|下[辖设])(?!于)[^\n。；，]{0,8}?"
    r"(?:单位|机构|乡镇|街道|部门|中心|[大支]队|企业|学校|医院|[站所])"
    r"(?:[^\n。；，]{0,30}(?:表|情况|统计|数据)[^\n。；，]*$"
    r"(?(annex)|(?![\s\S]*^[^\t\n。；，]{3,40}表$)))?$"
)
# Without one of these, words above a table tell neither.
_SIGN = re.compile("例|仅供|非本|属|所辖|下[辖设]")
# What a heading says of whose table stands below it in a region's report: a part's, or all of it.
_OF_A_PART = re.compile(
    r"[^\n。；，]*?(?:(?:^|[省市县区州旗盟府）)、．. ])(?:级)?本级(?!政府信息公开(?:工作)?年度报告)"
    r"|政府办公[室厅][^\n。；，]{0,12}(?:收到|办理|情况|统计|数据|表)"
    r"|(?:[县区市旗]、?)+[（(][县区市旗、]+[)）]|县市区|县区|区县|市县|旗县|乡镇|镇街|街镇|街道"
    r"|[省市县区州旗盟][直级](?:各)?(?:部门|单位|机关)|(?:各|所属)(?:部门|单位))[^\n。；，]*"
)
_OF_THE_WHOLE = re.compile(
    r"[^\n。；，]*(?:全[省市县区州旗盟](?!本级|直|级)|汇总|合计)[^\n。；，]*"
)
_LONGEST_HEADING = 40
_OF_ALL = re.compile(r"(?m)^[^\t\n。；，]{0,20}(?:合计|总计|汇总)[^\t\n。；，]{0,8}$")


def date_captions(report: Rows) -> Iterator[Proposal]:
    """Gives a table printed beside the report's own the year that its caption names."""
    if report.year is None:
        return
    rows_of = report.rows_of
    are_copies = [_are_copies(rows, set().union(*rows_of[:n])) for n, rows in enumerate(rows_of)]
    if not any(are_copies):
        return
    years = _years_of(report)
    for n, rows in enumerate(report.tables):
        if years[n] in (None, report.year):
            continue
        own_too = (m for m in range(n + 1, len(years)) if years[m] == report.year)
        if are_copies[n] or any(_are_copies(rows_of[n], rows_of[m]) for m in own_too):
            for number in rows:
                reading = of_year(report.rows[number], years[n])
                yield Proposal(number, reading.cells, reading.unsegmented)


def disown_captions(report: Rows) -> Iterator[Proposal]:
    """Drops the columns of a copied table whose caption says it is an example or another body's.

    A table of a body below stays where it is no copy, which is said. So does one beside a table
    of all bodies: which of them is the report's own is not told.
    """
    rows_of = report.rows_of
    captions = _disowned(report)
    own = [rows for rows, caption in zip(rows_of, captions, strict=True) if caption is None]
    is_parted = any(captions) and _OF_ALL.search(report.text) is not None
    for n, caption in enumerate(captions):
        if caption is None:
            continue
        of_below = _OF_A_BODY_BELOW.search(caption) is not None
        is_copy = any(_are_copies(rows_of[n], rows) for rows in own)
        if not is_copy or (of_below and is_parted):
            if of_below and caption not in captions[:n]:
                first = report.rows[report.tables[n].start]
                said = f"The table below {caption!r} may be of bodies below, not the report's own"
                yield Proposal(report.tables[n].start, first.cells, first.unsegmented, notice=said)
            continue
        said = f"The table below {caption!r} repeats the report's own and was left aside"
        for number in report.tables[n]:
            cells = tuple([structs.replace(one, column=None) for one in report.rows[number].cells])
            yield Proposal(number, cells, notice=said)
            said = ""


class _Extent(NamedTuple):
    """How much of a region the heading above a table says it is on.

    Attributes:
        heading: The heading of a table on a part, empty for any other.
        is_whole: Whether it is on all of the region.
    """

    heading: str = ""
    is_whole: bool = False


def disown_parts(report: Rows) -> Iterator[Proposal]:
    """Drops the columns of tables on a part of a region beside those on all of it.

    The government's own office, its departments and the lower tiers are parts. Headings have to
    tell both.
    """
    extents = _extents(report) if report.is_of_region else []
    whole = _rows_on_all(report, extents)
    for n, extent in enumerate(extents):
        if not extent.heading or not _are_copies(report.rows_of[n], whole):
            continue
        said = f"The table below {extent.heading!r} is on a part of the region and was left aside"
        for number in report.tables[n]:
            cells = tuple([structs.replace(one, column=None) for one in report.rows[number].cells])
            yield Proposal(number, cells, notice=said)
            said = ""


def _rows_on_all(report: Rows, extents: Sequence[_Extent]) -> Set[int | str]:
    told = zip(report.rows_of, extents, strict=False)
    return frozenset().union(*(rows for rows, extent in told if extent.is_whole))


def _extents(report: Rows) -> list[_Extent]:
    """What the headings above all tables say.

    One without a heading on this is on all where the one before is, and on its part where it
    copies rows told of all.
    """
    found: list[_Extent] = []
    for (rows, begin, end), own in zip(_captions(report), report.rows_of, strict=True):
        grid = report.rows[rows.start].window.table
        told = _extent(report.text[begin : min(end, grid.place.start) if grid else end])
        if told is None:
            before = found[-1] if found else _Extent()
            is_part = before.heading and _are_copies(own, _rows_on_all(report, found))
            told = before if before.is_whole or is_part else _Extent()
        found.append(told)
    return found


def _extent(above: str) -> _Extent | None:
    """What the last heading says that speaks of a part or of all, None without one."""
    heads = (line.strip() for line in reversed(above.splitlines()))
    for head in heads:
        if len(head) > _LONGEST_HEADING:
            continue
        is_whole = _OF_THE_WHOLE.fullmatch(head) is not None
        if _OF_A_PART.fullmatch(head):
            return _Extent() if is_whole else _Extent(head)
        if is_whole:
            return _Extent(is_whole=True)
    return None


def _captions(report: Rows) -> Iterator[tuple[range, int, int]]:
    """Every table, and where the words above it begin and end."""
    end = 0
    for rows in report.tables:
        first = report.rows[rows.start].label_start
        yield rows, max(end, first - _LONGEST_CAPTION), first
        end = report.rows[rows.stop - 1].end


def _disowned(report: Rows) -> list[str | None]:
    """The words above every table by which it is not the report's own, None where there are none.

    A table with no words above it is of the kind of the one before, and so is one that goes on
    where that ended and copies one of the report's own.
    """
    found: list[str | None] = []
    own: set[int | str] = set()
    for (_, begin, end), rows in zip(_captions(report), report.rows_of, strict=True):
        above = report.text[begin:end]
        disowned = _disowning(above) if _SIGN.search(above) else None
        goes_on = bool(found) and (not letters(above) or _are_copies(rows, own))
        found.append(disowned[0].strip() if disowned else found[-1] if goes_on else None)
        own |= rows if found[-1] is None else set()
    return found


def _disowning(above: str) -> re.Match[str] | None:
    return _OF_NOBODY_HERE.search(above) or _OF_A_BODY_BELOW.search(above)


def _are_copies(one: Set[int | str], other: Set[int | str]) -> bool:
    return bool(one) and len(one & other) * 2 >= len(one)


def _years_of(report: Rows) -> list[int | None]:
    """The year that the caption of every table names.

    A table that goes on where the one before ended is of the same year, unless it has a
    caption with a year of its own.
    """
    years: list[int | None] = []
    row = 0
    for rows, begin, end in _captions(report):
        # What stands behind the last number of a row may have been taken for another one.
        begin = max(begin - _DIGITS, end - _LONGEST_CAPTION)
        named = [
            one.year for one in mentions(report.text, begin, end) if one.use in (Use.YEAR, Use.DAY)
        ]
        goes_on = bool(years) and report.rows[rows.start].form_row.index > row
        inherited = years[-1] if goes_on else None
        years.append(named[-1] if named else inherited)
        row = report.rows[rows.stop - 1].form_row.index
    return years
