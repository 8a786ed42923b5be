"""Captions above a table: its year, its body."""

import re
from collections.abc import Iterator, Sequence, Set

from msgspec import structs

from pipeline.extract.headings import HeadingExtent, disowning, extent_of, is_of_a_body_below
from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import of_year
from pipeline.lexis.normalise import letters
from pipeline.lexis.years import Use, mentions

_LONGEST_CAPTION = 200
_DIGITS = 4
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
        of_below = is_of_a_body_below(caption)
        is_copy = any(_are_copies(rows_of[n], rows) for rows in own)
        if not is_copy or (of_below and is_parted):
            if of_below and caption not in captions[:n]:
                first = report.rows[report.tables[n].start]
                said = f"The table below {caption!r} may be of bodies below, not the report's own"
                yield Proposal(report.tables[n].start, first.cells, first.unsegmented, notice=said)
            continue
        yield from _left_aside(report, n, f"below {caption!r} repeats the report's own")


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
        yield from _left_aside(report, n, f"below {extent.heading!r} is on a part of the region")


def _left_aside(report: Rows, table: int, why: str) -> Iterator[Proposal]:
    """The rows of a table without their columns; the first says why."""
    said = f"The table {why} and was left aside"
    for number in report.tables[table]:
        cells = tuple([structs.replace(one, column=None) for one in report.rows[number].cells])
        yield Proposal(number, cells, notice=said)
        said = ""


def _rows_on_all(report: Rows, extents: Sequence[HeadingExtent]) -> Set[int | str]:
    told = zip(report.rows_of, extents, strict=False)
    return frozenset().union(*(rows for rows, extent in told if extent.is_whole))


def _extents(report: Rows) -> list[HeadingExtent]:
    """What the headings above all tables say.

    One without a heading on this is on all where the one before is, and on its part where it
    copies rows told of all.
    """
    found: list[HeadingExtent] = []
    for (rows, begin, end), own in zip(_captions(report), report.rows_of, strict=True):
        grid = report.rows[rows.start].window.table
        told = extent_of(report.text[begin : min(end, grid.place.start) if grid else end])
        if told is None:
            before = found[-1] if found else HeadingExtent()
            is_part = before.heading and _are_copies(own, _rows_on_all(report, found))
            told = before if before.is_whole or is_part else HeadingExtent()
        found.append(told)
    return found


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
        disowned = disowning(above)
        goes_on = bool(found) and (not letters(above) or _are_copies(rows, own))
        found.append(disowned or (found[-1] if goes_on else None))
        own |= rows if found[-1] is None else set()
    return found


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
