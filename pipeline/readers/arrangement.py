"""Tables set otherwise than forms are, as the rows and columns that they stand for.

Labels may stand behind their values or above them, a long table may go on beside itself under
a second copy of its head, a head may come again above every block, and a wide table may go on
below in a second one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from msgspec import structs

from pipeline.lexis.numbering import marker
from pipeline.model.document import Document, Paragraph, Table
from pipeline.readers.columns_by_caption import columns_by_caption
from pipeline.readers.crossed_records import crossed
from pipeline.readers.document_builder import (
    Linearisation,
    Row,
    Spot,
    filled_cells,
    rows_of,
    spot_of,
)
from pipeline.readers.over_pages import printed_over
from pipeline.readers.unusual_layouts import (
    alternating_joined,
    codes_parted,
    halves_stacked,
    labels_reaching_down,
    lines_parted,
    mirrored,
    without_copies_of_head,
    wrapped_joined,
)
from pipeline.readers.wide_tables import are_heads, columns_joined

_LEAST_ROWS = 3


def arranged(document: Document) -> Document:
    """Returns a document with its tables turned the way that forms print them.

    Returns:
        The same document where every table is set as forms are.
    """
    if not any(isinstance(block, Table) for block in document.blocks):
        return document
    before = [
        list(map(spot_of, one.cells)) if isinstance(one, Table) else one for one in document.blocks
    ]
    joined, notices = columns_by_caption(printed_over(before))
    after = [
        one if isinstance(one, Paragraph) else _arranged(one) for one in columns_joined(joined)
    ]
    if after == before:
        return document
    linear = Linearisation()
    for one in after:
        if isinstance(one, Paragraph):
            linear.paragraph(one.text, one.place.page, one.place.box)
        else:
            linear.table(one)
    return replace(
        document,
        text=linear.text,
        blocks=tuple(linear.blocks),
        notices=(*document.notices, *notices),
    )


def _arranged(spots: list[Spot]) -> list[Spot]:
    """The cells of a table moved to where a form has them; unchanged where the place is unclear."""
    rows = rows_of(spots)
    if len(rows) < _LEAST_ROWS:
        return spots
    found = crossed(rows)
    if found:
        return [spot for row in found for spot in row]
    written: list[Spot] = []
    for section in _sections(rows):
        down = max((one.row + one.rowspan for one in written), default=0) - section[0][0].row
        own = without_copies_of_head(
            halves_stacked(
                alternating_joined(
                    wrapped_joined(
                        mirrored(codes_parted(lines_parted(labels_reaching_down(section))))
                    )
                )
            )
        )
        written += [
            structs.replace(spot, row=spot.row + down) if down else spot
            for row in own
            for spot in row
        ]
    return written


def _sections(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """What stands below each heading of the report, where a sheet holds several tables."""
    begins = [n for n, pair in enumerate(pairwise(rows)) if n and _is_heading(*pair)]
    for first, end in pairwise([0, *begins, len(rows)]):
        yield rows[first:end]


def _is_heading(row: Row, below: Row) -> bool:
    """Whether a row is a heading of the report, alone above the head of a table."""
    filled = filled_cells(row)
    told = marker(filled[0].text) if len(filled) == 1 else None
    return told is not None and told.level == 1 and are_heads(below)
