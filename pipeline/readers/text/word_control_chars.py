"""The marks of old Word in a text saved out of it: one ends a cell, one more ends a row.

Nothing else parts rows, and a blank cell leaves the same two marks as the end of a row. So
rows are told by their number of cells, or by the words that begin them.
"""

import re
from collections.abc import Sequence

from pipeline.lexis.numbering import BRACKETED, COUNT
from pipeline.readers.text.text_lines import LONGEST_CELL

MARK = "\x07"

_PARTS_OF_FIELDS = re.compile(
    r"\x13[^\x13-\x15]*\x14|\x13[^\x13-\x15]*\x15|[\x01-\x06\x08\x14\x15]"
)
_END_AND_MARK = f"\n{MARK}"
_HEADING = re.compile(rf"(?:{COUNT}、|{BRACKETED}|第)")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_LEAST_MARKS = 6
_LABEL_WITHIN = 3


def as_rows(text: str) -> str:
    """Turns tables between Word's marks into lines of cells parted by tabs.

    Where rows cannot be told apart every cell gets a line of its own.
    """
    marks = text.count(MARK)
    if marks < _LEAST_MARKS:
        return text.replace(MARK, "")
    text = _PARTS_OF_FIELDS.sub("", text)
    # Macros print the end of a paragraph before each mark, a file's own text does not.
    if text.count(_END_AND_MARK) == marks:
        text = text.replace(_END_AND_MARK, MARK)
    *pieces, behind = text.split(MARK)
    written: list[str] = []
    table: list[str] = []
    for piece in pieces:
        before, cell = _parted(piece, is_first=not table, ends_row=table[-1:] == [""])
        if before:
            written += [*_lines(table), before]
            table = []
        table.append(" ".join(cell.split()))
    return "\n".join([*written, *_lines(table), behind])


def _parted(piece: str, *, is_first: bool, ends_row: bool) -> tuple[str, str]:
    """Paragraphs between two tables, and the cell behind them."""
    before, _, cell = piece.rpartition("\n")
    is_prose = is_first or (
        ends_row and (len(before) > LONGEST_CELL or _HEADING.match(before) is not None)
    )
    return (before, cell) if before and is_prose else ("", piece)


def _lines(cells: Sequence[str]) -> list[str]:
    rows = _of_one_length(cells) or _begun_by_words(cells)
    if not rows:
        return [cell or " " for cell in cells]
    return ["\t".join(row) for row in rows]


def _of_one_length(cells: Sequence[str]) -> list[Sequence[str]]:
    """The rows of a table that has as many cells in each; none if no number fits."""
    for size in range(3, len(cells) // 2 + 1):
        if len(cells) % size == 0 and not any(cells[size - 1 :: size]):
            return [cells[at : at + size - 1] for at in range(0, len(cells), size)]
    return []


def _begun_by_words(cells: Sequence[str]) -> list[Sequence[str]]:
    """Rows that end at the first blank behind a cell that is none; none if a label lacks."""
    rows: list[Sequence[str]] = []
    row: list[str] = []
    for cell in cells:
        if cell or not any(row):
            row.append(cell)
        else:
            rows.append(row)
            row = []
    labelled = all(any(map(_WORDS.search, row[:_LABEL_WITHIN])) for row in rows)
    return rows if labelled and not any(row) else []
