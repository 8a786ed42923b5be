"""Rows of a spreadsheet to tables and the lines of text above and below them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.readers.document_builder import Linearisation, Spot
from pipeline.readers.office.path_records import written_out

MOST_CELLS = 4_000_000
"""Cells a sheet may span, filled or not."""

Row = list[Spot]


def add_sheet(linear: Linearisation, rows: Sequence[Row]) -> None:
    """Adds the tables of a sheet, and lines of one cell above and below them as paragraphs."""
    for part in _parts(written_out(rows)):
        above, table, below = _divided(part)
        for row in above:
            linear.paragraph(row[0].text)
        linear.table(spot for row in table for spot in row)
        for row in below:
            linear.paragraph(row[0].text)


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The tables of a sheet: blank rows part them where the number of columns changes."""
    runs = [
        list(run)
        for filled, run in groupby(rows, key=lambda row: any(spot.text for spot in row))
        if filled
    ]
    part: list[Row] = []
    for run in runs:
        if part and _width(run) != _width(part):
            yield part
            part = []
        part += run
    if part:
        yield part


def _width(rows: Sequence[Row]) -> int:
    """Columns of the rows that are more than a line of text."""
    wide = [_filled(row)[-1] for row in rows if len(_filled(row)) > 1]
    return max((spot.col + spot.colspan for spot in wide), default=0)


def _filled(row: Row) -> list[Spot]:
    return [spot for spot in row if spot.text]


def _divided(rows: Sequence[Row]) -> tuple[list[Row], Sequence[Row], list[Row]]:
    """The lines above a table, the table, the lines below.

    Where lines of one cell also part the table itself, the one right above it belongs to it.
    """
    wide = [n for n, row in enumerate(rows) if len(_filled(row)) > 1]
    if not wide:
        return [_filled(row) for row in rows], [], []
    first, last = wide[0], wide[-1]
    parted = any(
        len(_filled(rows[n])) == 1 and _filled(rows[n])[0].rowspan == 1 for n in range(first, last)
    )
    if parted and first:
        first -= 1
    above = [_filled(row) for row in rows[:first]]
    below = [_filled(row) for row in rows[last + 1 :]]
    return above, rows[first : last + 1], below
