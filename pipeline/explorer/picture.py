"""A page of a PDF as a picture, with a box around what was read from it."""

import base64
import io
import threading
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import ImageDraw

from pipeline.model.document import Locator

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
