"""PDF files with a text layer: ruled tables cell by cell, prose with its lines joined."""

import io
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.encodings import Decoded, decode
from pipeline.readers.pdf.aligned_pages import with_aligned_tables
from pipeline.readers.pdf.page_items import pages_on
from pipeline.readers.pdf.pages import PdfPage, document_of, too_many, without_running_heads
from pipeline.readers.pdf.painted_pages import upright
from pipeline.readers.pdf.painting import layers_off
from pipeline.readers.pdf.pdfium_pages import PdfiumPage, painted_by_pdfium
from pipeline.readers.pdf.sheets_of_two import in_order

_LOGGER = logging.getLogger("pdfminer")
_LOSS = "Data-loss"
# Operators that show text, pictures or forms; in a name or a number they only raise doubt.
_PAINTS = re.compile(rb"T[jJ]|['\"]|Do|EI|sh")


def read_pdf(data: bytes) -> Document | Rejection:
    """Reads a PDF file that has a text layer.

    Returns:
        The document, pages that cannot be read named in its notices; a rejection where
        no page can, where the file is locked, and where its pages are pictures.
    """
    try:
        with listening() as losses, _opened(data) as pdf:
            if rejection := too_many(len(pdf.pages)):
                return rejection
            title = _title(pdf)
            has_hidden = bool(layers_off(pdf.doc))
            with painted_by_pdfium(b"" if has_hidden else data) as painted:
                pages = in_order([_pages(painted, page, losses) for page in pdf.pages])
    except PdfminerException as error:
        return _unopened(error)
    if all(not page.items for page in pages):
        return _nothing_read(pages)
    pages = with_aligned_tables(without_running_heads(pages))
    return document_of(pages, "application/pdf", title, losses)


def _pages(
    painted: Callable[[int], PdfiumPage | None], page: Any, losses: Sequence[str]
) -> list[PdfPage]:
    """What stands on a sheet: as PDFium paints it, or read step by step where that is in doubt."""
    content = _content(page)
    # PDFium would not tell that something is lost.
    sheet = None if losses else painted(page.page_number)
    if sheet is not None:
        is_blank = sheet.is_blank and not _PAINTS.search(content)
        read = pages_on(sheet)
        if all((one.items or is_blank) and one.notice is None for one in read):
            return read
    return pages_on(upright(page))


def _content(page: Any) -> bytes:
    """What paints a page, as written in the file."""
    streams = map(resolve1, page.page_obj.contents)
    return b"\n".join(one.get_data() for one in streams if isinstance(one, PDFStream))


def _opened(data: bytes) -> Any:
    return pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False)


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


def _nothing_read(pages: Sequence[PdfPage]) -> Rejection:
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


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.notices: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if _LOSS in record.getMessage() and not self.notices:
            self.notices.append("the file is damaged, part of its text may be missing")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collects a notice of lost data while a file is read; other remarks are kept quiet."""
    listener = _Listener()
    propagated = _LOGGER.propagate
    _LOGGER.addHandler(listener)
    _LOGGER.propagate = False
    try:
        yield listener.notices
    finally:
        _LOGGER.removeHandler(listener)
        _LOGGER.propagate = propagated
