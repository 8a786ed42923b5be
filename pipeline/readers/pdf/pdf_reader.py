"""PDF files with a text layer: ruled tables cell by cell, prose with its lines joined."""

import io
from collections.abc import Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.encodings import Decoded, decode
from pipeline.readers.pdf.borderless import borderless_tables
from pipeline.readers.pdf.grids import PdfTable, filled, outlines_of, table_of
from pipeline.readers.pdf.lines import (
    UNMAPPED,
    Char,
    PdfLine,
    digit_gap_of,
    lines_of,
    text_of,
    without_page_number,
)
from pipeline.readers.pdf.losses import listening
from pipeline.readers.pdf.pages import Page, document_of
from pipeline.readers.pdf.plain_pages import PaintedPage, seen_on, upright
from pipeline.readers.pdf.sheets_of_two import gutter_of, halves, in_order

_MOST_PAGES = 400
_BAD_SHARE = 0.01
_BAD_ALLOWED = 2
_DRAWN_TEXT = 50


def read_pdf(data: bytes) -> Document | Rejection:
    """Reads a PDF file that has a text layer.

    Args:
        data: The whole file.

    Returns:
        The document, pages that cannot be read named in its notices; a rejection where
        no page can, where the file is locked, and where its pages are pictures.
    """
    try:
        with listening() as losses, pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                return Rejection(
                    Reason.TOO_LARGE,
                    f"The file has {len(pdf.pages)} pages, more than the {_MOST_PAGES} of any "
                    "report; take out the pages of the report.",
                )
            title = _title(pdf)
            pages = in_order([_read_page(upright(page)) for page in pdf.pages])
    except PdfminerException as error:
        return _unopened(error)
    if all(not page.items for page in pages):
        return _nothing_read(pages)
    return document_of(pages, "application/pdf", title, losses)


def _read_page(page: PaintedPage) -> list[Page]:
    """What stands on a sheet: one page, or two side by side."""
    number: int = page.page_number
    seen = seen_on(page)
    chars = seen.chars
    bad = sum(UNMAPPED in text_of(char) for char in chars)
    if bad > max(_BAD_ALLOWED, _BAD_SHARE * len(chars)):
        page.close()
        why = (
            f"page {number} was not read: {bad} of its {len(chars)} characters have no Unicode "
            "mapping in the file's fonts"
        )
        return [Page(number, page.width, (), notice=why)]
    if not chars:
        has_picture = bool(page.images) or len(page.curves) > _DRAWN_TEXT
        page.close()
        notice = f"page {number} is a picture without text" if has_picture else None
        return [Page(number, page.width, (), has_picture, notice)]
    edges: list[Any] = page.edges
    gutter = gutter_of(chars, edges, page.width, page.height)
    parts = [(chars, edges)] if gutter is None else _halves(chars, edges, gutter)
    items = [_items(*part, page.height, number) for part in parts]
    page.close()
    told = (
        (bad, "unmapped glyphs read U+FFFD"),
        (seen.unseen, "hidden, covered or struck digits were not read"),
        (seen.marks, "raised marks of notes were not read"),
    )
    said = ", ".join(f"{count} {what}" for count, what in told if count)
    notice = f"page {number}: {said}" if said else None
    width = page.width / len(items)
    return [Page(number, width, one, notice=notice if one is items[0] else None) for one in items]


def _halves(
    chars: Sequence[Char], edges: Sequence[Any], gutter: float
) -> list[tuple[list[Char], list[Any]]]:
    """The two pages on a sheet."""
    return list(zip(halves(chars, gutter), halves(edges, gutter), strict=True))


def _items(
    chars: Sequence[Char], edges: Sequence[Any], height: float, number: int
) -> tuple[PdfLine | PdfTable, ...]:
    ruled = []
    prose = list(chars)
    for cells in outlines_of(edges):
        x0, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
        x1, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
        inside: list[Char] = []
        outside: list[Char] = []
        for char in prose:
            x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
            (inside if x0 <= x <= x1 and top <= y <= bottom else outside).append(char)
        ruled.append(filled(cells, inside))
        prose = outside + ruled[-1].loose
    gap = digit_gap_of(held for table in ruled for held in table.held)
    tables = [table_of(table, number, gap) for table in ruled]
    if not tables:
        across = [edge for edge in edges if edge["orientation"] == "h"]
        tables, prose = borderless_tables(prose, across, number)
    lines = without_page_number(lines_of(char for char in prose if char["upright"]), height)
    return tuple(sorted((*lines, *tables), key=lambda item: item.box[1]))


def _title(pdf: Any) -> str | None:
    """The title in the file's information, in whatever encoding it was written."""
    for info in pdf.doc.info:
        raw = info.get("Title")
        if isinstance(raw, bytes) and raw.strip():
            decoded = decode(raw)
            if isinstance(decoded, Decoded) and decoded.text.strip("\0 "):
                return decoded.text.strip("\0 ")
    return None


def _unopened(error: PdfminerException) -> Rejection:
    cause = error.args[0] if error.args else error
    if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
        return Rejection(
            Reason.ENCRYPTED,
            "The PDF is locked with a password; print it to a new PDF without one.",
        )
    return Rejection(
        Reason.DAMAGED,
        f"The PDF is broken ({type(cause).__name__}); fetch it again, or print it to a new PDF.",
    )


def _nothing_read(pages: Sequence[Page]) -> Rejection:
    garbled = [page for page in pages if page.notice and not page.is_picture]
    if garbled:
        return Rejection(
            Reason.GARBLED_FONTS,
            f"None of {len(pages)} pages can be read, their fonts do not say which characters "
            "they show; export the source to PDF again, or print the pages as pictures and read "
            "them with gongkai[ocr].",
        )
    if not any(page.is_picture for page in pages):
        return Rejection(
            Reason.NO_TEXT,
            f"The PDF has {len(pages)} pages and shows nothing on them; fetch it again.",
        )
    return Rejection(
        Reason.NEEDS_OCR,
        f"The PDF has {len(pages)} pages and no text layer, as scans have; install the extra "
        "gongkai[ocr] to have it recognised.",
    )
