"""Captions above a table: its year, its kind of applicant, its body."""

import re
from collections.abc import Iterator, Set
from itertools import permutations

from msgspec import structs

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import CellReading, of_year
from pipeline.extract.tables.tables_of_rows import LONGEST_REST
from pipeline.forms.form import OF_ORGANISATIONS, FormTable
from pipeline.lexis.normalise import letters
from pipeline.lexis.values import read_value
from pipeline.lexis.years import Use, mentions

_LONGEST_CAPTION = 200
_DIGITS = 4
_OF_NOBODY_HERE = re.compile(
    r"[^\n。；]*(?:[填样范]\S{0,3}示?例[^\n。；]{0,20}|仅供参考|非本(?:单位|机关|部门)"
    r"|(?<![及和与含、])(?:所属|下属|直属|所辖|下辖)(?:各)?(?:单位|机构|乡镇|街道|部门)\S{0,12}(?:表|情况))[^\n。；]*"
)


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


def head_captions(report: Rows) -> Iterator[Proposal]:
    """Gives the only value of every row to the kind of applicant that its table's caption names.

    Some print the requests as a small table for each kind.
    """
    found: dict[int, range] = {}
    for rows, begin, end in _captions(report, LONGEST_REST):
        table = report.rows[rows.start].form_row.table
        column = _column_named(table, letters(report.text[begin:end]))
        are_single = any(len(report.rows[number].unsegmented) == 1 for number in rows)
        if column is not None and column not in found and are_single:
            found[column] = rows
    for column, rows in found.items() if {0} < found.keys() else ():
        for number in rows:
            reading = report.rows[number]
            if len(reading.unsegmented) == 1:
                (token,) = reading.unsegmented
                head = reading.form_row.table.columns[column].name
                yield Proposal(number, (CellReading(column, token, read_value(token.text), head),))


def _column_named(table: FormTable, caption: str) -> int | None:
    """The only column that the letters of a caption name, if its table is of applicants."""
    if not table.columns[0].suffix:
        return None
    plain = caption.replace(OF_ORGANISATIONS, "")
    columns = [[letters(head) for head in column.heads] for column in table.columns]
    named = [n for n, heads in enumerate(columns) if any(head in plain for head in heads)]
    return named[0] if len(named) == 1 else None


def disown_captions(report: Rows) -> Iterator[Proposal]:
    """Drops the columns of a copied table whose caption says it is an example or another body's."""
    rows_of = report.rows_of
    if not any(_are_copies(*pair) for pair in permutations(rows_of, 2)):
        return
    captions = _disowned(report)
    own = [rows for rows, caption in zip(rows_of, captions, strict=True) if caption is None]
    for n, caption in enumerate(captions):
        if caption is None or not any(_are_copies(rows_of[n], rows) for rows in own):
            continue
        said = f"The table below {caption!r} repeats the report's own and was left aside"
        for number in report.tables[n]:
            cells = tuple([structs.replace(one, column=None) for one in report.rows[number].cells])
            yield Proposal(number, cells, notice=said)
            said = ""


def _captions(report: Rows, longest: int) -> Iterator[tuple[range, int, int]]:
    """Every table, and where the words above it begin and end."""
    end = 0
    for rows in report.tables:
        first = report.rows[rows.start].label_start
        yield rows, max(end, first - longest), first
        end = report.rows[rows.stop - 1].end


def _disowned(report: Rows) -> list[str | None]:
    """The words above every table by which it is not the report's own, None where there are none.

    A table with no words above it is of the kind of the one before.
    """
    found: list[str | None] = []
    for _, begin, end in _captions(report, _LONGEST_CAPTION):
        above = report.text[begin:end]
        disowned = _OF_NOBODY_HERE.search(above)
        is_bare = bool(found) and not letters(above)
        found.append(disowned[0].strip() if disowned else found[-1] if is_bare else None)
    return found


def _are_copies(one: Set[int], other: Set[int]) -> bool:
    return bool(one) and len(one & other) * 2 >= len(one)


def _years_of(report: Rows) -> list[int | None]:
    """The year that the caption of every table names.

    A table that goes on where the one before ended is of the same year, unless it has a
    caption with a year of its own.
    """
    years: list[int | None] = []
    row = 0
    for rows, begin, end in _captions(report, _LONGEST_CAPTION):
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
