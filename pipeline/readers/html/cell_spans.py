"""Row and column spans of HTML to a logical grid, however odd they are written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

MAX_COLUMNS = 1_000
"""Columns kept of a table; browsers stop at the same number."""

_NUMBER = re.compile(r"\s*(\d{1,6})")


class Spanning(Protocol):
    """A cell with the span attributes as written, None where it has none."""

    @property
    def rowspan(self) -> str | None:
        """Attribute ``rowspan``."""

    @property
    def colspan(self) -> str | None:
        """Attribute ``colspan``."""


C = TypeVar("C", bound=Spanning)


Area = tuple[int, int, int, int]
"""The row and the column that a cell begins in, and how many of each it covers."""


def placed(groups: Iterable[Sequence[Sequence[C]]]) -> Iterator[tuple[C, Area]]:
    """Places the cells of a table as browsers do.

    Args:
        groups: Row groups (head, bodies, foot) of rows of cells. No cell spans out of its
            group; a rowspan of 0 reaches to the group's end.

    Yields:
        Each cell with the area it covers, in source order; cells beyond the last
        column kept are left out.
    """
    top = 0
    for rows in groups:
        taken_until: list[int] = []
        bottom = top + len(rows)
        for row, cells in enumerate(rows, start=top):
            col = 0
            for cell in cells:
                while col < len(taken_until) and taken_until[col] > row:
                    col += 1
                if col >= MAX_COLUMNS:
                    break
                if cell.colspan is None and cell.rowspan is None:
                    taken_until[col : col + 1] = (row + 1,)
                    yield cell, (row, col, 1, 1)
                    col += 1
                    continue
                colspan, rowspan = 1, 1
                if cell.colspan is not None:
                    colspan = min(_number(cell.colspan) or 1, MAX_COLUMNS - col)
                if cell.rowspan is not None:
                    rowspan = min(_number(cell.rowspan) or bottom - row, bottom - row)
                taken_until[col : col + colspan] = [row + rowspan] * colspan
                yield cell, (row, col, rowspan, colspan)
                col += colspan
        top = bottom


def _number(written: str) -> int:
    """The number an attribute begins with: ``2;`` and full-width ``２`` are 2, none is 1."""
    match = _NUMBER.match(written)
    return int(match[1]) if match else 1
