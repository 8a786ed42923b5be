"""Labels that head several rows of a table, set in the middle of these."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.readers.document_builder import Spot
from pipeline.readers.pdf.words import PdfWord, box_around, joined_text, stacked

_EDGE = 1.5


class LabelGrid(NamedTuple):
    """The columns of labels of a table, and its rows.

    Attributes:
        tracks: Left edges of the columns of labels.
        bands: Borders of the rows, from the top down.
        page: Page number.
    """

    tracks: Sequence[float]
    bands: Sequence[float]
    page: int

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.bands) - 1

    def row_of(self, word: PdfWord) -> int:
        """The row that a word stands in, -1 above the first."""
        return bisect_right(self.bands, word.middle) - 1

    def column_of(self, word: PdfWord) -> int:
        """The column of labels that a word begins in."""
        return bisect_right(self.tracks, word.x0 + _EDGE) - 1


class _Neighbours(NamedTuple):
    """What bounds the rows that a group label heads.

    Attributes:
        labels: Labels of its column and those before it that head no group.
        borders: Rows at which groups in the columns before it begin or end, in order.
        taken: The first row that no group above it has.
    """

    labels: Sequence[PdfWord]
    borders: Sequence[int]
    taken: int


def heads_group(word: PdfWord, labels: Sequence[PdfWord], grid: LabelGrid) -> bool:
    """Whether a label stands in a column of groups, before the label of its row."""
    if len(grid.tracks) < 2 or word.x1 > grid.tracks[-1] + 2 * _EDGE:
        return False
    row = grid.row_of(word)
    return any(other.x0 >= word.x1 - _EDGE and grid.row_of(other) == row for other in labels)


def group_spots(
    words: Sequence[PdfWord], labels: Sequence[PdfWord], grid: LabelGrid
) -> Iterator[Spot]:
    """Yields group labels as cells over all rows that they head.

    Args:
        words: The words of labels that head groups.
        labels: The words of all labels.
        grid: Where these stand.
    """
    of_groups = set(map(id, words))
    single = [word for word in labels if id(word) not in of_groups]
    borders: list[int] = []
    for column in range(len(grid.tracks) - 1):
        others = [word for word in single if grid.column_of(word) <= column]
        outer = sorted(borders)
        taken = 0
        for label in stacked(word for word in words if grid.column_of(word) == column):
            rows = _rows_headed(label, _Neighbours(others, outer, taken), grid)
            taken = rows.stop
            borders += [rows.start, rows.stop]
            box = box_around(label)
            yield Spot(joined_text(label), rows.start, column, len(rows), 1, grid.page, box)


def _rows_headed(label: Sequence[PdfWord], beside: _Neighbours, grid: LabelGrid) -> range:
    """The rows that a group label heads: as far below its middle as above, up to its neighbours.

    Where that reaches no further than its own lines, it heads the rows of these.
    """
    first, last = grid.row_of(label[0]), grid.row_of(label[-1])
    begin, limit = _free_rows(label, beside, grid)
    if begin <= first:
        middle = (label[0].top + label[-1].bottom) / 2
        reach = 2 * middle - grid.bands[begin]
        end = min(range(len(grid.bands)), key=lambda n: abs(grid.bands[n] - reach))
        if last < end <= limit:
            first, last = begin, end - 1
    last = min(max(last, first, beside.taken), grid.rows - 1)
    return range(min(max(first, beside.taken), last), last + 1)


def _free_rows(label: Sequence[PdfWord], beside: _Neighbours, grid: LabelGrid) -> tuple[int, int]:
    """The first row that a group may begin in, and the row that it must end before."""
    begun = bisect_right(beside.borders, grid.row_of(label[0]))
    above = [grid.row_of(one) for one in beside.labels if one.middle < label[0].top]
    below = [grid.row_of(one) for one in beside.labels if one.middle > label[-1].bottom]
    first = max(beside.taken, *beside.borders[:begun][-1:], *(row + 1 for row in above), 0)
    return first, min([*beside.borders[begun:][:1], *below, grid.rows])
