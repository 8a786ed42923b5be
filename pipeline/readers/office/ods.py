"""OpenDocument spreadsheets (ODS): merged cells once at their origin."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from msgspec import structs

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.archive.archives import packed_too_tight
from pipeline.readers.document_builder import Spot
from pipeline.readers.office.odf_looks import OdfLooks
from pipeline.readers.office.sheet_hidden import MOST_HIDDEN, Hidden, shown
from pipeline.readers.office.sheet_layout import MOST_CELLS, Row, Sheet, workbook
from pipeline.readers.sniffing import UNREADABLE_ZIP

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ZIP = b"PK"
_NUMERIC = frozenset({"float", "currency"})


class _TooWideError(Exception):
    """The sheet spans more cells than any report."""


@dataclass(slots=True)
class _Room:
    """Counts down the cells that may still be read."""

    cells: int = MOST_CELLS

    def take(self, cells: int) -> None:
        self.cells -= cells
        if self.cells < 0:
            raise _TooWideError


def _are_shown(root: ElementTree.Element) -> bool:
    """Whether a file says what its numbers are shown as; some programs leave that out."""
    numbers = (one for one in root.iter(f"{_TABLE}table-cell") if _is_number(one))
    return any(one.find(f"{_TEXT}p") is not None for one in numbers)


def _is_number(cell: ElementTree.Element) -> bool:
    return cell.get(f"{_OFFICE}value-type") in _NUMERIC


@dataclass(slots=True)
class _Cells:
    """Reads cells as they are shown.

    Attributes:
        looks: The styles of the file.
        are_shown: Whether numbers are accompanied by what is shown of them.
        unseen: How many figures are struck or hidden.
    """

    looks: OdfLooks
    are_shown: bool
    unseen: int = 0

    def text_of(self, cell: ElementTree.Element) -> str:
        """A cell's value: numbers in full, everything else as shown."""
        shown = "\n".join(self.looks.text_of(line) for line in cell.iterfind(f"{_TEXT}p")).strip()
        is_unseen = self.looks.look_of(cell.get(f"{_TABLE}style-name")).is_unseen
        whole = "\n".join("".join(line.itertext()) for line in cell.iterfind(f"{_TEXT}p")).strip()
        if is_unseen or (self.are_shown and _is_number(cell) and not whole):
            self.unseen += bool(whole or _is_number(cell))
            return ""
        self.unseen += shown != whole
        if _is_number(cell) and shown == whole:
            return cell.get(f"{_OFFICE}value", "").removesuffix(".0")
        return shown


def read_ods(data: bytes) -> Document | Rejection:
    """Reads an OpenDocument spreadsheet, packed or flat.

    Args:
        data: The whole file.

    Returns:
        The document, hidden sheets named in its notices; a rejection where the file is
        broken, locked or empty.
    """
    objection = packed_too_tight(data) if data.startswith(_ZIP) else None
    if objection:
        return objection
    try:
        return _document(_parts(data))
    except (ElementTree.ParseError, KeyError, *UNREADABLE_ZIP) as error:
        return Rejection(
            Reason.DAMAGED,
            f"The spreadsheet is broken or locked ({type(error).__name__}); open it in its "
            "program and save it again without a password.",
        )
    except _TooWideError:
        return Rejection(
            Reason.TOO_LARGE,
            f"The sheets span more than {MOST_CELLS:,} cells; copy the filled part into a new "
            "file.",
        )


def _parts(data: bytes) -> list[ElementTree.Element]:
    """Its styles and its content, which a flat file holds in one."""
    if not data.startswith(_ZIP):
        return [ElementTree.fromstring(data)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in ("styles.xml", "content.xml") if name in archive.namelist()]
        return [ElementTree.fromstring(archive.read(name)) for name in names]


def _document(parts: list[ElementTree.Element]) -> Document | Rejection:
    if not parts:
        raise KeyError("content.xml")
    looks = OdfLooks(parts)
    root = parts[-1]
    hidden = _hidden_styles(root)
    sheets: list[Sheet] = []
    notices: list[str] = []
    room = _Room()
    reader = _Cells(looks, _are_shown(root))
    for table in root.iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        if table.get(f"{_TABLE}style-name") in hidden:
            notices.append(f"sheet {name!r} is hidden and was not read")
            continue
        rows = list(_rows(table, room, reader))
        sheets.append(Sheet(name, shown(rows, _hidden(table), name, notices)))
    if reader.unseen:
        notices.append(f"{reader.unseen} struck or hidden figures were not read")
    return workbook(sheets, "application/vnd.oasis.opendocument.spreadsheet", notices)


def _hidden_styles(root: ElementTree.Element) -> set[str | None]:
    return {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }


def _hidden(table: ElementTree.Element) -> Hidden:
    """The rows and columns that a sheet does not show, as its user or a filter wants it."""
    return Hidden(
        *(
            frozenset(_unseen(table.iter(f"{_TABLE}table-{one}"), f"number-{one}s-repeated"))
            for one in ("row", "column")
        )
    )


def _unseen(elements: Iterable[ElementTree.Element], repeated: str) -> Iterator[int]:
    number = 0
    for element in elements:
        count = _count(element, repeated)
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            yield from range(number, number + min(count, MOST_HIDDEN))
        number += count


def _rows(table: ElementTree.Element, room: _Room, reader: _Cells) -> Iterator[Row]:
    """The rows of a sheet up to the last filled one; blank rows at its end are thousands."""
    number = 0
    waiting = 0
    for element in table.iter(f"{_TABLE}table-row"):
        repeated = _count(element, "number-rows-repeated")
        cells = list(_cells(element, reader))
        if not any(spot.text for spot in cells):
            waiting += repeated
            continue
        room.take((repeated + waiting) * len(cells))
        for _ in range(waiting):
            yield []
        number += waiting
        waiting = 0
        for row in range(number, number + repeated):
            yield [structs.replace(spot, row=row) for spot in cells]
        number += repeated


def _cells(row: ElementTree.Element, reader: _Cells) -> Iterator[Spot]:
    """The cells of a row up to the last filled one, covered ones left out."""
    col = 0
    blank: list[Spot] = []
    for element in row:
        repeated = _count(element, "number-columns-repeated")
        if element.tag == f"{_TABLE}table-cell":
            text = reader.text_of(element)
            rowspan = _count(element, "number-rows-spanned")
            colspan = _count(element, "number-columns-spanned")
            spots = (Spot(text, 0, col + n, rowspan, colspan) for n in range(min(repeated, 2_000)))
            if text:
                yield from blank
                blank.clear()
                yield from spots
            else:
                blank.extend(spots)
        col += repeated
    if col <= 2_000:
        yield from blank


def _count(element: ElementTree.Element, name: str) -> int:
    written = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 8 else 1
