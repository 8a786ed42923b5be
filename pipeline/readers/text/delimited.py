"""Cells parted by commas or other marks, as Excel and WPS save a sheet, without merged cells."""

import csv
import io
import re

from pipeline.model.document import Document, Rejection
from pipeline.readers.document_builder import Linearisation, Spot
from pipeline.readers.encodings import decode
from pipeline.readers.office.sheet_layout import Row, add_rows
from pipeline.readers.text.plain_text import document_of

_LEAST_COLUMNS = 2
# As one keeps Excel from reading a number otherwise.
_AS_TEXT = re.compile(r'\A="([^"]*)"\Z')
_MARKS = ",;\t|"
_CUT = "the sheet ends in the middle of a row, whose last number was not read: fetch it again"


def read_csv(data: bytes) -> Document | Rejection:
    """Reads a comma-separated file; one that has no columns is read as plain text."""
    decoded = decode(data)
    if isinstance(decoded, Rejection):
        return decoded
    try:
        rows = _rows(decoded.text)
    except csv.Error:
        return document_of(decoded)
    if max(map(len, rows), default=0) < _LEAST_COLUMNS:
        return document_of(decoded)
    is_cut = _is_cut(rows, decoded.text)
    if is_cut:
        rows[-1].pop()
    linear = Linearisation()
    add_rows(linear, rows)
    ends = decoded.text.endswith(("\n", "\r"))
    return Document(
        text=linear.text if ends or is_cut else linear.text.rstrip("\n"),
        blocks=tuple(linear.blocks),
        media_type="text/csv",
        encoding=decoded.encoding,
        notices=(_CUT,) if is_cut else (),
    )


def _is_cut(rows: list[Row], text: str) -> bool:
    """Whether the last row is shorter than the one above it and ends in a digit, no line end."""
    return text[-1:].isdecimal() and len(rows) > 1 and len(rows[-1]) < len(rows[-2])


def _rows(text: str) -> list[Row]:
    return [
        [Spot(_AS_TEXT.sub(r"\1", value.strip()), number, col) for col, value in enumerate(values)]
        for number, values in enumerate(csv.reader(io.StringIO(text), delimiter=_mark(text)))
    ]


def _mark(text: str) -> str:
    """The mark between cells: the one that most lines hold, the usual one in doubt."""
    lines = text.splitlines()
    return max(_MARKS, key=lambda mark: sum(mark in line for line in lines))
