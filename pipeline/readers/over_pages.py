"""A sheet printed down, then over: all its labels on the first pages, its figures on the next.

Programs print so where a sheet is a column too wide for the page. Each figure stands as high on
its page as its row does on the page of its label, as many pages before.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import structs

from pipeline.model.document import Paragraph
from pipeline.readers.document_builder import Row, Spot, enclosing, filled_cells, rows_of
from pipeline.readers.unusual_layouts import is_figure

_LEAST_ROWS = 8
_LONGEST_BESIDE = 5
"""Characters of a unit or of a head beside figures."""

Block = Paragraph | list[Spot]


class _Line(NamedTuple):
    """A paragraph, or a row of a table: on which page, how high, and of which block."""

    page: int
    top: float
    bottom: float
    row: Row
    block: int

    @property
    def texts(self) -> list[str]:
        """What it says, cell by cell."""
        return [spot.text for spot in filled_cells(self.row)]

    def is_beside(self, other: "_Line") -> bool:
        """Whether it stands as high on its page as another does on its own."""
        middle, theirs = (self.top + self.bottom) / 2, (other.top + other.bottom) / 2
        return other.top < middle < other.bottom or self.top < theirs < self.bottom


def printed_over(blocks: Sequence[Block]) -> list[Block]:
    """Returns the blocks of a document, what was printed over as one table with its labels."""
    of_page: defaultdict[int, list[_Line]] = defaultdict(list)
    for number, block in enumerate(blocks):
        for line in _lines(number, block):
            of_page[line.page].append(line)
    written = list(blocks)
    for of_figures, run in groupby(
        sorted(of_page), key=lambda page: all(map(_is_of_figures, of_page[page]))
    ):
        pages = list(run)
        labels = [line for n in pages for line in of_page.get(n - len(pages), ())]
        figures = [line for n in pages for line in of_page[n]]
        rows = _joined(labels, figures, len(pages)) if of_figures else {}
        if rows:
            for line in figures:
                written[line.block] = []
            for number in rows:
                written[number] = []
            written[min(rows)] = [spot for own in rows.values() for row in own for spot in row]
    return [block for block in written if block != []]


def _lines(number: int, block: Block) -> Iterator[_Line]:
    if isinstance(block, Paragraph):
        place = block.place
        if place.page is not None and place.box:
            spot = Spot(block.text, 0, 0, page=place.page, box=place.box)
            yield _Line(place.page, place.box[1], place.box[3], [spot], number)
        return
    for row in rows_of(block) if block[0].page is not None else ():
        box = enclosing([spot.box for spot in row if spot.box])
        if box and row[0].page is not None:
            yield _Line(row[0].page, box[1], box[3], row, number)


def _is_of_figures(line: _Line) -> bool:
    """Whether figures, units and their heads stand on a line, and no label."""
    return all(is_figure(text) or len(text) <= _LONGEST_BESIDE for text in line.texts)


def _joined(
    labels: Sequence[_Line], figures: Sequence[_Line], pages: int
) -> Mapping[int, list[Row]]:
    """The rows of both, by the blocks of their labels; none where they do not match."""
    filled = [line for line in figures if line.texts]
    counted = sum(any(map(is_figure, line.texts)) for line in filled)
    if counted < _LEAST_ROWS or any(is_figure(text) for line in labels for text in line.texts):
        return {}
    beside: dict[int, _Line] = {}
    for line in filled:
        own = [
            n
            for n, label in enumerate(labels)
            if label.page + pages == line.page and label.is_beside(line)
        ]
        # A label that goes on in further lines is as high as all of these.
        if not own or own != list(range(own[0], own[-1] + 1)) or not beside.keys().isdisjoint(own):
            return {}
        beside |= dict.fromkeys(own, line)
    first, last = (labels[edge(beside)].block for edge in (min, max))
    width = max(spot.col + spot.colspan for line in labels for spot in line.row)
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    kept = [(n, label) for n, label in enumerate(labels) if first <= label.block <= last]
    for number, (n, label) in enumerate(kept):
        is_first = n in beside and beside[n] is not beside.get(n - 1)
        rows[label.block].append(_row(number, label.row, beside[n].row if is_first else (), width))
    return rows


def _row(number: int, label: Row, figures: Row, width: int) -> Row:
    moved = (structs.replace(spot, col=spot.col + width) for spot in figures)
    return [structs.replace(spot, row=number, rowspan=1) for spot in (*label, *moved)]
