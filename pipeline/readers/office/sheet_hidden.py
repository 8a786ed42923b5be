"""Rows and columns that a spreadsheet hides: old or working figures that nobody is shown.

The library that reads the cells does not tell them, so they are looked up in the file.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple
from xml.etree import ElementTree

from doc2docx.cfb import CompoundFile
from doc2docx.errors import Doc2DocxError
from msgspec import structs

from pipeline.readers.document_builder import Spot
from pipeline.readers.office.sheet_layout import Row
from pipeline.readers.sniffing import UNREADABLE_ZIP

_HIDDEN = rb"(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*"
_ROW = re.compile(rb"<(?:\w+:)?row\b" + _HIDDEN)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b" + _HIDDEN)
_NUMBER = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Records of a workbook before XLSX, and the bit in each that hides.
SHEET, _ROW_RECORD, _COLUMN_RECORD, _END = 0x85, 0x208, 0x7D, 0x0A
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x20, 0x01
_MOST_COLUMNS = 16_384

MOST_HIDDEN = 100_000
"""Rows that one element may hide: further down no form stands, and a file may claim millions."""


class Hidden(NamedTuple):
    """What a sheet hides, counted from 0."""

    rows: frozenset[int] = frozenset()
    cols: frozenset[int] = frozenset()

    def seen_of(self, spot: Spot) -> Spot | None:
        """The shown part of a cell, which begins in its first shown row; None for a hidden cell."""
        rows = [row for row in range(spot.row, spot.row + spot.rowspan) if row not in self.rows]
        if not rows or self.cols.issuperset(range(spot.col, spot.col + spot.colspan)):
            return None
        return structs.replace(spot, row=rows[0], rowspan=spot.row + spot.rowspan - rows[0])


def shown(rows: Sequence[Row], hidden: Hidden, name: str, notices: list[str]) -> list[Row]:
    """The rows of a sheet without what it hides.

    Args:
        rows: All its rows, the first row first.
        hidden: What is hidden.
        name: Its name.
        notices: Takes a sentence where figures or words were left out.
    """
    if not hidden.rows and not hidden.cols:
        return list(rows)
    kept: dict[int, Row] = {number: [] for number in range(len(rows)) if number not in hidden.rows}
    lost = 0
    for spot in (spot for row in rows for spot in row):
        seen = hidden.seen_of(spot)
        if seen:
            kept.setdefault(seen.row, []).append(seen)
        lost += not seen and bool(spot.text)
    if lost:
        notices.append(f"{lost} cells in hidden rows or columns of sheet {name!r} were not read")
    return [sorted(row, key=attrgetter("col")) for _, row in sorted(kept.items())]


def hidden_in_xlsx(data: bytes) -> list[Hidden]:
    """What the sheets of an XLSX file hide, in the order of the sheets; empty if not to be told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            target = {one.get("Id"): one.get("Target", "") for one in relations}
            names = [target.get(one.get(_RELATION), "") for one in book.iter() if _is_sheet(one)]
            return [_hidden_in_xml(archive.read(_member(name))) for name in names]
    except (ElementTree.ParseError, KeyError, *UNREADABLE_ZIP):
        return []


def hidden_in_xls(book: bytes) -> list[Hidden]:
    """What the sheets of an XLS file hide, in the order of the sheets; empty if not to be told."""
    try:
        starts = [
            struct.unpack_from("<I", one)[0] for kind, one in records(book, 0) if kind == SHEET
        ]
        return [_hidden_in_records(book, start) for start in starts]
    except (struct.error, ValueError, IndexError):
        return []


def book_of(data: bytes) -> bytes:
    """The records of an XLS file; empty if it holds none that can be read."""
    try:
        file = CompoundFile(data)
        name = next(one.path for one in file.entries if one.path in ("Workbook", "Book"))
        return bytes(file.open_stream(name))
    except (Doc2DocxError, StopIteration, struct.error, ValueError, IndexError):
        return b""


def _is_sheet(element: ElementTree.Element) -> bool:
    return element.tag.rpartition("}")[2] == "sheet"


def _member(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _hidden_in_xml(xml: bytes) -> Hidden:
    rows = {int(dict(_NUMBER.findall(one.group()))[b"r"]) - 1 for one in _ROW.finditer(xml)}
    cols: set[int] = set()
    for one in _COLUMN.finditer(xml):
        numbers = dict(_NUMBER.findall(one.group()))
        cols.update(range(int(numbers[b"min"]) - 1, min(int(numbers[b"max"]), _MOST_COLUMNS)))
    return Hidden(frozenset(rows), frozenset(cols))


def _hidden_in_records(book: bytes, start: int) -> Hidden:
    rows: set[int] = set()
    cols: set[int] = set()
    for kind, record in records(book, start):
        if kind == _ROW_RECORD and struct.unpack_from("<H", record, 12)[0] & _ROW_IS_HIDDEN:
            rows.add(struct.unpack_from("<H", record)[0])
        elif kind == _COLUMN_RECORD and struct.unpack_from("<H", record, 8)[0] & _COLUMN_IS_HIDDEN:
            first, last = struct.unpack_from("<HH", record)
            cols.update(range(first, last + 1))
    return Hidden(frozenset(rows), frozenset(cols))


def records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records from an offset to the end of what begins there."""
    while start + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, start)
        yield kind, book[start + 4 : start + 4 + size]
        if kind == _END:
            return
        start += 4 + size
