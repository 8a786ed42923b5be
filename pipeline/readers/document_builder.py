"""From blocks of any format to a document: one text, every place an offset into it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, groupby, pairwise
from operator import attrgetter

from msgspec import Struct, structs

from pipeline.model.document import Cell, Document, Locator, Paragraph, Table

Box = tuple[float, float, float, float]

_ROW_AND_COL = attrgetter("row", "col")
_FEW_CELLS = 6
_LONG_CELL = 250
_LONGEST_LABEL = 60


class Spot(Struct, frozen=True):
    """A cell on its way into a table: as ``Cell``, before its place in the text is known."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    box: Box | None = None
    confidence: float = 1.0


Row = Sequence[Spot]


def filled_cells(row: Row) -> list[Spot]:
    """Returns the cells of a row that hold any text."""
    return [spot for spot in row if spot.text]


def rows_of(spots: Iterable[Spot]) -> list[list[Spot]]:
    """Returns the rows that the cells of a table stand in, given from the top down."""
    return [list(row) for _, row in groupby(spots, key=attrgetter("row"))]


class Linearisation:
    """Collects blocks in reading order and writes the text their places point into.

    Paragraphs and table rows end with a newline, cells of a row are parted by tabs.
    """

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The text of all blocks so far."""
        return "".join(self._parts)

    def paragraph(self, text: str, page: int | None = None, box: Box | None = None) -> None:
        """Adds a paragraph; blank ones are left out."""
        if not text.strip():
            return
        start, end = self._write(text.strip())
        self.blocks.append(Paragraph(text.strip(), Locator(start, end, page, box)))
        self._write("\n")

    def table(self, spots: Iterable[Spot]) -> None:
        """Adds a table; one without any text is left out."""
        compact = _compacted(sorted(spots, key=_ROW_AND_COL))
        if not any(spot.text for spot in compact):
            return
        texts = [spot.text for spot in compact]
        starts = accumulate([len(text) + 1 for text in texts], initial=self._length)
        cells = tuple([_placed(spot, start) for spot, start in zip(compact, starts, strict=False)])
        marks = ["\t" if one.row == before.row else "\n" for before, one in pairwise(compact)]
        text = "".join(chain.from_iterable(zip(texts, [*marks, ""], strict=True)))
        first_page = next((spot.page for spot in compact if spot.page is not None), None)
        around = enclosing([spot.box for spot in compact if spot.box and spot.page == first_page])
        start, end = self._write(text)
        self.blocks.append(Table(cells, Locator(start, end, first_page, around)))
        self._write("\n")

    def document(self, inner: Document) -> None:
        """Adds the blocks of a document that stands within another."""
        for block in inner.blocks:
            if isinstance(block, Paragraph):
                self.paragraph(block.text, block.place.page, block.place.box)
                continue
            self.table(map(spot_of, block.cells))

    def _write(self, text: str) -> tuple[int, int]:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length


def spot_of(cell: Cell) -> Spot:
    """Returns a cell as it was before its place in the text was known."""
    place = cell.place
    return Spot(
        cell.text,
        cell.row,
        cell.col,
        cell.rowspan,
        cell.colspan,
        place.page,
        place.box,
        cell.confidence,
    )


def _placed(spot: Spot, start: int) -> Cell:
    place = Locator(start, start + len(spot.text), spot.page, spot.box)
    return Cell(spot.text, spot.row, spot.col, place, spot.rowspan, spot.colspan, spot.confidence)


def only_arranges(spots: Sequence[Spot]) -> bool:
    """Whether a table only arranges prose: one column, or one long text with few others.

    A short label and a figure, and nothing else, are a table of numbers.
    """
    filled = [spot.text for spot in spots if spot.text]
    if len(filled) == 2 and filled[1].isdecimal() and len(filled[0]) <= _LONGEST_LABEL:
        return False
    if len(filled) <= 1 or all(spot.col == 0 for spot in spots):
        return True
    longest = max(filled, key=len)
    return (
        len(filled) <= _FEW_CELLS
        and len(longest) >= _LONG_CELL
        and len(longest) >= 0.7 * sum(map(len, filled))
    )


def _rows_seen(spots: Sequence[Spot]) -> list[int]:
    """The rows in which a cell begins that anybody sees.

    Where the border of a merged cell crosses a row, a blank begins within that row, and is none.
    """
    begun, written = {spot.row for spot in spots}, {spot.row for spot in spots if spot.text}
    for row in begun - written:
        blank = sum(spot.colspan for spot in spots if spot.row == row)
        through = (
            spot.colspan for spot in spots if spot.text and spot.row < row < spot.row + spot.rowspan
        )
        if sum(through) <= blank:
            written.add(row)
    return sorted(written)


def _compacted(spots: Sequence[Spot]) -> list[Spot]:
    """Without the rows and columns that nobody sees on the page."""
    if not spots:
        return []
    rows, cols = _rows_seen(spots), sorted({spot.col for spot in spots})
    spots = [
        spot
        for spot in spots
        if bisect_left(rows, spot.row) < bisect_left(rows, spot.row + spot.rowspan)
    ]
    if rows[-1] == len(rows) - 1 and cols[-1] == len(cols) - 1:
        bottom = max([spot.row + spot.rowspan for spot in spots])
        right = max([spot.col + spot.colspan for spot in spots])
        if bottom <= len(rows) and right <= len(cols):
            return list(spots)
        return [
            structs.replace(
                spot,
                rowspan=min(spot.rowspan, len(rows) - spot.row),
                colspan=min(spot.colspan, len(cols) - spot.col),
            )
            for spot in spots
        ]
    return [
        structs.replace(
            spot,
            row=(row := bisect_left(rows, spot.row)),
            col=(col := bisect_left(cols, spot.col)),
            rowspan=max(1, bisect_left(rows, spot.row + spot.rowspan) - row),
            colspan=max(1, bisect_left(cols, spot.col + spot.colspan) - col),
        )
        for spot in spots
    ]


def enclosing(boxes: Sequence[Box]) -> Box | None:
    """Returns the smallest box that holds others; None where there are none."""
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
