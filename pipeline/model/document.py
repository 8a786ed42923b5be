"""What every reader returns: text, paragraphs and table cells, each with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

SHEETS = "工作表"
"""Under which label ``Document.metadata`` has the names of sheets that stand above these."""


class Locator(Struct, frozen=True):
    """Where something stands in a document.

    Attributes:
        start: Offset of its first character in ``Document.text``.
        end: Offset after its last character.
        page: Page number, from 1, where the format has pages.
        box: ``(x0, top, x1, bottom)`` on the page in points, where known.
    """

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class Cell(Struct, frozen=True):
    """One table cell as printed, stored once at its origin however far it spans.

    Attributes:
        text: The text as printed; lines of a wrapped cell are kept apart by newlines.
        row: Logical row of its upper left corner, from 0.
        col: Logical column of its upper left corner, from 0.
        place: Where the text stands.
        rowspan: Logical rows it covers.
        colspan: Logical columns it covers.
        confidence: Below 1 only where the text was recognised from a picture.
    """

    text: str
    row: int
    col: int
    place: Locator
    rowspan: int = 1
    colspan: int = 1
    confidence: float = 1.0

    @property
    def rows(self) -> range:
        """The logical rows it covers."""
        return range(self.row, self.row + self.rowspan)

    @property
    def cols(self) -> range:
        """The logical columns it covers."""
        return range(self.col, self.col + self.colspan)


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells in reading order: by row, then by column."""

    cells: tuple[Cell, ...]
    place: Locator

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yields the cells that begin in each row, row by row; rows without any are left out."""
        row: list[Cell] = []
        for cell in self.cells:
            if row and cell.row != row[0].row:
                yield tuple(row)
                row = []
            row.append(cell)
        if row:
            yield tuple(row)

    def covering(self, row: int, col: int) -> Cell | None:
        """Returns the cell that covers a logical row and column, wherever it begins."""
        for c in self.cells:
            if c.row <= row < c.row + c.rowspan and c.col <= col < c.col + c.colspan:
                return c
        return None

    def cell_at(self, offset: int) -> Cell | None:
        """Returns the cell whose text an offset into the document lies in."""
        return next((c for c in self.cells if c.place.start <= offset < c.place.end), None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of prose. ``text`` equals ``Document.text[place.start:place.end]``."""

    text: str
    place: Locator


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read.

    Attributes:
        text: The decoded text. For formats without a plain text (HTML, PDF, Word)
            the reader's linearisation of it; offsets of every place point into it.
        blocks: Paragraphs and tables in reading order. What stands in a table
            is in no paragraph.
        media_type: IANA media type, such as ``text/plain``.
        encoding: Name of the codec the bytes were decoded with, if any.
        title: Title from the file's own metadata (HTML title, Word core properties).
        metadata: Label/value pairs the page states about itself, as printed, such as
            ``{"发布机构": "平潭县公安局办公室", "发布时间": "2010-05-12 00:00"}``.
        notices: What the reader noticed and did not fail on, one short sentence each.
    """

    text: str
    blocks: tuple[Paragraph | Table, ...]
    media_type: str
    encoding: str | None = None
    title: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why a file could not be read: the codes of the quarantine."""

    EMPTY = "empty"
    BINARY = "binary"
    NO_TEXT = "no_text"
    NOT_A_REPORT = "not_a_report"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    SUSPICIOUS_ARCHIVE = "suspicious_archive"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    GARBLED_FONTS = "garbled_fonts"
    NEEDS_OCR = "needs_ocr"
    NEEDS_OFFICE = "needs_office"
    JAVASCRIPT_SHELL = "javascript_shell"
    LIST_PAGE = "list_page"
    ATTACHMENT_ONLY = "attachment_only"
    CRASHED = "crashed"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    NOT_READABLE = "not_readable"
    OUTSIDE_RAW = "outside_raw"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that could not be read.

    Attributes:
        reason: The code.
        detail: One sentence for the operator: what was found and what to do about it.
    """

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One document found in a file: the file itself, or a member of an archive.

    Attributes:
        member: Path inside the archive, or address of the page in a crawl; empty for the
            file itself. Members of archives in archives are parted by ``!/``.
        sha256: Hash of the bytes of the file or member.
        content: The document, or why it could not be read.
    """

    member: str
    sha256: str
    content: Document | Rejection


@dataclass(frozen=True, slots=True)
class Skipped:
    """Pages of a crawl that are no reports: counted at its end, neither read nor kept.

    Attributes:
        count: How many there were.
    """

    count: int
