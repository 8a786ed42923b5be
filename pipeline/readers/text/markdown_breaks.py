"""Markdown tables whose cells hold line breaks, written as HTML.

What turns PDFs into Markdown breaks long labels so, and puts several rows into one.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.model.document import Cell, Locator
from pipeline.readers.text.text_lines import joined

_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_BAR = re.compile(r"(?<!\\)\|")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
"""The end of a line as HTML has it."""

_FIGURE = re.compile(r"[*_`\\]*[+-]?\d[\d,.]*%?[*_`]*|[-—–/]{1,2}")

_NOWHERE = Locator(0, 0)


def broken_table(lines: Sequence[str], at: int) -> tuple[list[Cell], int]:
    """The cells of a table that begins at a line, and the line behind it.

    Returns:
        No cells where none begins there, or none of its cells holds a line break.
    """
    end = at
    while end < len(lines) and _ROW.fullmatch(lines[end]):
        end += 1
    rows = lines[at:end]
    if not any(map(_RULE.fullmatch, rows)) or not any(map(BREAK.search, rows)):
        return [], at
    cells: list[Cell] = []
    row = 0
    for line in rows:
        if not _RULE.fullmatch(line):
            found = list(_cells(line, row))
            cells += sorted(found, key=lambda cell: (cell.row, cell.col))
            row = max(cell.row + cell.rowspan for cell in found)
    return cells, end


def _cells(line: str, row: int) -> Iterator[Cell]:
    """The cells of a row; those of each of the rows that were put into one."""
    texts = [BREAK.split(text) for text in _BAR.split(line.strip())[1:-1]]
    rows = _rows_in(texts)
    for col, parts in enumerate(texts):
        if len(parts) == rows:
            yield from (Cell(part.strip(), row + n, col, _NOWHERE) for n, part in enumerate(parts))
        else:
            yield Cell(joined(parts), row, col, _NOWHERE, rows)


def _rows_in(texts: Sequence[Sequence[str]]) -> int:
    """How many rows a line holds: as many as each of its cells of figures has, and a label."""
    figures = [parts for parts in texts if all(_FIGURE.fullmatch(part.strip()) for part in parts)]
    counts = {len(parts) for parts in figures}
    count = counts.pop() if len(counts) == 1 else 1
    labels = (parts for parts in texts if parts not in figures)
    return count if any(len(parts) == count for parts in labels) else 1
