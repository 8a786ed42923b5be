"""Scanned PDFs and pictures, recognised where the extra ``gongkai[ocr]`` is installed."""

import io
import os
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageSequence

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.document_builder import Box
from pipeline.readers.pdf.grids import PdfTable, filled, table_of
from pipeline.readers.pdf.lines import UNMAPPED, Char, PdfLine, lines_of, without_page_number
from pipeline.readers.pdf.pages import PdfPage, document_of, without_running_heads
from pipeline.readers.pdf.pdf_reader import read_pdf
from pipeline.readers.programs import can_recognise
from pipeline.readers.scan.ruling import cells_of

_DPI = 200
_SCALE = 72 / _DPI
_MOST_PAGES = 16
_MOST_PIXELS = 60_000_000
_UNSURE = 0.5
_EDGE = 3
_PAD = 16
_NOTICE = "the text was recognised from pictures"
_NEEDS_OCR = Rejection(
    Reason.NEEDS_OCR,
    "The file is a picture; install the extra gongkai[ocr] to have it recognised.",
)
_NO_TEXT = Rejection(
    Reason.NO_TEXT, "No text was recognised on the picture; scan the page again, straight."
)


def read_pdf_or_scan(data: bytes) -> Document | Rejection:
    """Reads a PDF file, by recognition where it has no readable text layer."""
    content = read_pdf(data)
    unread = (Reason.NEEDS_OCR, Reason.GARBLED_FONTS)
    if isinstance(content, Document) or content.reason not in unread or not can_recognise():
        return content
    pdf = pypdfium2.PdfDocument(data)
    try:
        if len(pdf) > _MOST_PAGES:
            return _too_many(len(pdf))
        pictures = (page.render(scale=1 / _SCALE).to_pil() for page in pdf)
        return _recognised(pictures, "application/pdf")
    finally:
        pdf.close()


def read_picture(data: bytes) -> Document | Rejection:
    """Reads a picture of a page, or several in one TIFF file."""
    if not can_recognise():
        return _NEEDS_OCR
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = Image.open(io.BytesIO(data))
    pages = getattr(picture, "n_frames", 1)
    if pages > _MOST_PAGES:
        return _too_many(pages)
    if picture.width * picture.height > _MOST_PIXELS:
        return Rejection(
            Reason.TOO_LARGE,
            f"The picture has {picture.width} by {picture.height} dots; scan the page at "
            f"{_DPI} dots an inch.",
        )
    kind = Image.MIME.get(picture.format or "", "image")
    return _recognised((frame.copy() for frame in ImageSequence.Iterator(picture)), kind)


def _too_many(pages: int) -> Rejection:
    return Rejection(
        Reason.TOO_LARGE,
        f"The scan has {pages} pages, more than the {_MOST_PAGES} that are recognised; take out "
        "the pages of the report.",
    )


def _recognised(pictures: Iterator[Image.Image], media_type: str) -> Document | Rejection:
    pages = [_page(picture, number) for number, picture in enumerate(pictures, start=1)]
    if not any(page.items for page in pages):
        return _NO_TEXT
    return document_of(without_running_heads(pages), media_type, None, (_NOTICE,))


def _page(picture: Image.Image, number: int) -> PdfPage:
    colors = np.asarray(picture.convert("RGB"))
    gray = np.asarray(picture.convert("L"))
    pieces = _pieces(colors)
    tables: list[PdfTable] = []
    for cells in cells_of(gray, _SCALE):
        inside, pieces = _parted(pieces, cells)
        table = filled(cells, _by_cell(inside, cells, gray, colors))
        tables.append(table_of(table, number))
        pieces += table.loose
    lines = without_page_number(lines_of(pieces), picture.height * _SCALE)
    items: list[PdfLine | PdfTable] = [*lines, *tables]
    items.sort(key=lambda item: item.box[1])
    return PdfPage(number, picture.width * _SCALE, tuple(items))


@cache
def _engine() -> Any:
    """The recogniser, with the models its wheel brings; it must not call home."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "critical"})


def _pieces(colors: Any) -> list[Char]:
    """The pieces of text found on a page, in the shape of characters of a PDF page."""
    # The engine remembers these switches from call to call.
    found = _engine()(colors, use_det=True, use_cls=True, use_rec=True)
    if found.boxes is None:
        return []
    return [
        _piece(text, _outline(corners), score)
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def _outline(corners: Any) -> Box:
    xs, ys = [float(x) * _SCALE for x, _ in corners], [float(y) * _SCALE for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _piece(text: str, box: Box, score: float) -> Char:
    x0, top, x1, bottom = box
    place = {"x0": x0, "top": top, "x1": x1, "bottom": bottom}
    return {"text": text, **place, "upright": True, "confidence": round(float(score), 3)}


def _parted(pieces: Sequence[Char], cells: Sequence[Box]) -> tuple[list[Char], list[Char]]:
    """Pieces within the outline of a table, and all others."""
    x0, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    x1, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    inside: list[Char] = []
    outside: list[Char] = []
    for piece in pieces:
        x, y = (piece["x0"] + piece["x1"]) / 2, (piece["top"] + piece["bottom"]) / 2
        (inside if x0 <= x <= x1 and top <= y <= bottom else outside).append(piece)
    return inside, outside


def _by_cell(pieces: Sequence[Char], cells: Sequence[Box], gray: Any, colors: Any) -> list[Char]:
    """Pieces that stand in one cell each.

    Cells that share a piece with another, and cells with ink but no piece, are read again
    by themselves: the finder runs neighbours together and overlooks single digits.
    """
    crossing = [piece for piece in pieces if len(_cells_under(piece, cells)) > 1]
    again = {cell for piece in crossing for cell in _cells_under(piece, cells)}
    again |= {
        cell
        for cell in cells
        if not any(_share(piece, cell) > 0.5 for piece in pieces) and _has_ink(cell, gray)
    }
    kept = [piece for piece in pieces if not again & set(_cells_under(piece, cells))]
    return kept + [part for cell in sorted(again) for part in _read_cell(cell, colors)]


def _cells_under(piece: Char, cells: Sequence[Box]) -> list[Box]:
    return [cell for cell in cells if _share(piece, cell) > 0.1]


def _share(piece: Char, cell: Box) -> float:
    """How much of a piece stands in a cell."""
    wide = min(piece["x1"], cell[2]) - max(piece["x0"], cell[0])
    high = min(piece["bottom"], cell[3]) - max(piece["top"], cell[1])
    area = (piece["x1"] - piece["x0"]) * (piece["bottom"] - piece["top"])
    return max(0.0, wide) * max(0.0, high) / area if area > 0 else 0.0


def _has_ink(cell: Box, gray: Any) -> bool:
    crop = _crop(cell, gray)
    return crop.size > 0 and int((crop < np.median(crop) - 80).sum()) >= 12


def _read_cell(cell: Box, colors: Any) -> list[Char]:
    """The lines of one cell; one unmapped sign where the recogniser is sure of nothing."""
    x0, top, x1, bottom = cell
    crop = np.pad(_crop(cell, colors), ((_PAD, _PAD), (_PAD, _PAD), (0, 0)), mode="edge")
    left, upper = x0 + (_EDGE - _PAD) * _SCALE, top + (_EDGE - _PAD) * _SCALE
    lines = [
        piece
        | {"x0": piece["x0"] + left, "x1": piece["x1"] + left}
        | {"top": piece["top"] + upper, "bottom": piece["bottom"] + upper}
        for piece in _pieces(crop)
    ]
    if lines:
        return lines
    found = _engine()(crop, use_det=False, use_cls=False, use_rec=True)
    text, score = (found.txts[0], found.scores[0]) if found.txts else ("", 0.0)
    inner = (x0 + 2, top + 2, x1 - 2, bottom - 2)
    return [_piece(text if text and score >= _UNSURE else UNMAPPED, inner, score)]


def _crop(cell: Box, picture: Any) -> Any:
    """The inside of a cell, its lines left out."""
    x0, top, x1, bottom = (round(side / _SCALE) for side in cell)
    return picture[top + _EDGE : bottom - _EDGE, x0 + _EDGE : x1 - _EDGE]
