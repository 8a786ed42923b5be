"""A page of the PDF a number was read from, as a picture with a box around it."""

import base64
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pypdfium2 as pdfium
from PIL import ImageDraw

from pipeline.model.document import Locator
from pipeline.readers.archive.archives import MAX_DOCUMENT, Member, tar_members, zip_members
from pipeline.readers.hashing import sha256_of
from pipeline.readers.sniffing import Format, sniff
from pipeline.storage import StoragePath, look, opened

_DEEPEST = 2
_UNPACKERS = {Format.ZIP: zip_members, Format.TAR: tar_members}

_SCALE = 1.6
_MOST_PIXELS = 12_000_000
_MARGIN = 3
_INK = (176, 60, 0)
# PDFium must not be entered by two threads at once, whichever document they read.
_PDFIUM = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, drawn.

    Attributes:
        address: The picture as a ``data:`` address, which fetches nothing.
        width: Its width in pixels.
        height: Its height in pixels.
        middle: How far down the box stands: 0 for the top, 1 for the bottom.
    """

    address: str
    width: int
    height: int
    middle: float


def page_picture(data: bytes, place: Locator) -> Picture | None:
    """Returns the page with a box around the place.

    Args:
        data: The PDF file.
        place: Has the page and, where known, the box in points from the upper left corner.

    Returns:
        None where the place has no page or the page cannot be drawn.
    """
    if place.page is None or not data.startswith(b"%PDF"):
        return None
    try:
        with _PDFIUM:
            return _drawn(data, place)
    except (pdfium.PdfiumError, ValueError, IndexError):
        return None


def _drawn(data: bytes, place: Locator) -> Picture:
    document = pdfium.PdfDocument(data)
    try:
        page = document[(place.page or 1) - 1]
        width, height = page.get_size()
        scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        image = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    middle = 0.0
    if place.box is not None:
        x0, top, x1, bottom = (edge * scale for edge in place.box)
        box = (x0 - _MARGIN, top - _MARGIN, x1 + _MARGIN, bottom + _MARGIN)
        middle = (box[1] + box[3]) / 2 / image.height
        ImageDraw.Draw(image).rectangle(box, outline=_INK, width=3)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    address = "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")
    return Picture(address, image.width, image.height, middle)


def bytes_of(raw: StoragePath, source_path: str, document_id: str) -> bytes | None:
    """Returns the bytes of a document, None where the raw folder has not got them.

    Args:
        raw: The raw folder.
        source_path: Path below it, as ``dim_report`` has it.
        document_id: Hash of the bytes.
    """
    file = raw / source_path.partition("!/")[0]
    if isinstance(raw, Path) and isinstance(file, Path):
        file = file.resolve()
        if not file.is_relative_to(raw.resolve()) or not file.is_file():
            return None
    try:
        return _found(file, document_id)
    except OSError:
        return None


def _found(file: StoragePath, document_id: str) -> bytes | None:
    with opened(file) as found:
        stream = cast(BinaryIO, found)
        unpack = _UNPACKERS.get(sniff(stream, file.name))
        stream.seek(0)
        if unpack is not None:
            return _unpacked(unpack(stream, look(file).size), document_id, depth=1)
        data = stream.read(MAX_DOCUMENT + 1)
    return data if sha256_of(data) == document_id else None


def _unpacked(members: Iterator[Member], document_id: str, depth: int) -> bytes | None:
    for member in members:
        data = member.content
        if not isinstance(data, bytes):
            continue
        if sha256_of(data) == document_id:
            return data
        unpack = _UNPACKERS.get(sniff(io.BytesIO(data), member.name)) if depth < _DEEPEST else None
        if unpack is not None:
            found = _unpacked(unpack(io.BytesIO(data), len(data)), document_id, depth + 1)
            if found is not None:
                return found
    return None
