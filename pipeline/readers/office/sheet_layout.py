"""Sheets of a workbook to tables and the lines of text above and below them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.model.document import SHEETS, Document, Reason, Rejection
from pipeline.readers.crossed_records import crossed
from pipeline.readers.document_builder import Linearisation, Spot, filled_cells
from pipeline.readers.office.path_records import written_out

MOST_CELLS = 4_000_000
"""Cells a sheet may span, filled or not."""

_FIGURE = re.compile(r"\d{1,3}")
"""A sheet's name that might be taken for a figure of the table above it."""

Row = list[Spot]


class Sheet(NamedTuple):
    """A visible sheet: its name, and its rows from the first on."""

    name: str
    rows: Sequence[Row]


def workbook(
    sheets: Sequence[Sheet], media_type: str, notices: Sequence[str]
) -> Document | Rejection:
    """Makes a document of the sheets of a workbook.

    Of several, each stands below its name, which may be all that tells them apart.

    Args:
        sheets: The visible ones.
        media_type: IANA media type of the workbook.
        notices: What its reader noticed.
    """
    filled = [one for one in sheets if any(map(filled_cells, one.rows))]
    if not filled:
        return Rejection(Reason.NO_TEXT, "The spreadsheet's visible sheets are empty.")
    linear = Linearisation()
    named: list[str] = []
    for sheet in filled:
        name = " ".join(sheet.name.split())
        if name and len(filled) > 1 and not _FIGURE.fullmatch(name):
            linear.paragraph(name)
            named.append(name)
        add_rows(linear, sheet.rows)
    return Document(
        text=linear.text,
        blocks=tuple(linear.blocks),
        media_type=media_type,
        metadata={SHEETS: "\n".join(named)} if named else {},
        notices=tuple(notices),
    )


def add_rows(linear: Linearisation, rows: Sequence[Row]) -> None:
    """Adds the tables of a sheet, and lines of one cell above and below them as paragraphs."""
    for part in _parts(rows):
        above, table, below = _divided(crossed(part) or written_out(part))
        for row in above:
            linear.paragraph(row[0].text)
        for beside in _side_by_side(table):
            linear.table(spot for row in beside for spot in row)
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
    wide = [filled_cells(row)[-1] for row in rows if len(filled_cells(row)) > 1]
    return max(map(_right, wide), default=0)


def _side_by_side(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Tables side by side on a sheet: a blank column separates them, and each has its labels.

    Columns left free within a table begin and end in the same rows as it does.
    """
    filled = {
        col for row in rows for spot in filled_cells(row) for col in range(spot.col, _right(spot))
    }
    starts = sorted(col for col in filled if col - 1 not in filled)
    ends = sorted(col for col in filled if col + 1 not in filled)
    parts = [_between(rows, *edges) for edges in zip(starts, ends, strict=True)]
    are_apart = len(parts) > 1 and all(len(one) != len(other) for one, other in pairwise(parts))
    yield from parts if are_apart and all(map(_has_labels, parts)) else [rows]


def _between(rows: Sequence[Row], first: int, last: int) -> list[Row]:
    """The columns of a table, to its own last row."""
    part = [[spot for spot in row if first <= spot.col <= last] for row in rows]
    while part and not filled_cells(part[-1]):
        part.pop()
    return part


def _has_labels(rows: Sequence[Row]) -> bool:
    """Whether a table begins with a column of words."""
    filled = [spot for row in rows for spot in filled_cells(row)]
    first = min(spot.col for spot in filled)
    begins = [spot.text for spot in filled if spot.col == first]
    return sum(text.isdecimal() for text in begins) * 2 < len(begins)


def _right(spot: Spot) -> int:
    return spot.col + spot.colspan


def _divided(rows: Sequence[Row]) -> tuple[list[Row], Sequence[Row], list[Row]]:
    """The lines above a table, the table, the lines below.

    Where lines of one cell also part the table itself, the one right above it belongs to it.
    """
    wide = [n for n, row in enumerate(rows) if len(filled_cells(row)) > 1]
    if not wide:
        return [filled_cells(row) for row in rows], [], []
    first, last = wide[0], wide[-1]
    parted = any(
        len(filled_cells(rows[n])) == 1 and filled_cells(rows[n])[0].rowspan == 1
        for n in range(first, last)
    )
    if parted and first:
        first -= 1
    above = [filled_cells(row) for row in rows[:first]]
    below = [filled_cells(row) for row in rows[last + 1 :]]
    return above, rows[first : last + 1], below
