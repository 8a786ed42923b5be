"""Scans: read where the extra is installed, named as missing where not."""

import io
import re
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from pipeline.model.document import Document, Reason, Rejection, Table
from pipeline.readers.reading import read
from pipeline.readers.scan import scans

FORM = Path(__file__).parents[3] / "golden" / "formats" / "form_over_pages.pdf"
has_ocr = find_spec("rapidocr") is not None
needs_ocr = pytest.mark.skipif(not has_ocr, reason="needs pip install -e '.[ocr]'")


def pictures(dpi: int) -> list[Image.Image]:
    pdf = pypdfium2.PdfDocument(FORM.read_bytes())
    found = [page.render(scale=dpi / 72).to_pil().convert("L") for page in pdf]
    pdf.close()
    return found


def scanned(pages: list[Image.Image], dpi: int) -> bytes:
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=50)
    return stream.getvalue()


def png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def numbers(document: Document) -> list[tuple[str, int, int]]:
    return [
        (cell.text, cell.row, cell.col)
        for block in document.blocks
        if isinstance(block, Table)
        for cell in block.cells
        if re.fullmatch(r"\d+", cell.text)
    ]


@pytest.mark.parametrize("kind", ["PDF", "PNG", "TIFF"])
def test_without_the_extra_the_reason_names_it(monkeypatch, kind):
    monkeypatch.setattr(scans, "can_recognise", lambda: False)
    stream = io.BytesIO()
    Image.new("L", (200, 300), 255).save(stream, kind)
    (reading,) = read("a.bin", stream.getvalue())
    assert isinstance(reading.content, Rejection)
    assert reading.content.reason is Reason.NEEDS_OCR
    assert "gongkai[ocr]" in reading.content.detail


def test_long_scans_and_huge_pictures_are_refused_before_work_begins(monkeypatch):
    monkeypatch.setattr(scans, "can_recognise", lambda: True)
    monkeypatch.setattr(scans, "_MOST_PAGES", 2)
    blank = Image.new("L", (20, 30), 255)
    (reading,) = read("a.pdf", scanned([blank] * 3, 72))
    assert reading.content.reason is Reason.TOO_LARGE
    monkeypatch.setattr(scans, "_MOST_PIXELS", 500)
    (reading,) = read("a.png", png(blank))
    assert reading.content.reason is Reason.TOO_LARGE


@needs_ocr
def test_every_number_of_a_scanned_form_is_right():
    (declared,) = read("a.pdf", FORM.read_bytes())
    (reading,) = read("a.pdf", scanned(pictures(150), 150))
    assert isinstance(reading.content, Document)
    assert numbers(reading.content) == numbers(declared.content)
    cells = [c for b in reading.content.blocks if isinstance(b, Table) for c in b.cells]
    assert any(cell.confidence < 1 for cell in cells)
    assert reading.content.notices == ("the text was recognised from pictures",)


@needs_ocr
def test_blank_picture_has_no_text():
    (reading,) = read("a.png", png(Image.new("L", (600, 800), 255)))
    assert reading.content.reason is Reason.NO_TEXT
