"""Pages as PDFium paints them: the same as the slow reader's, or left to it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from test_pdf_reader import pdf_of, ruled, shown, texts

from pipeline.readers.pdf.page_items import pages_on
from pipeline.readers.pdf.pages import PdfPage
from pipeline.readers.pdf.painted_pages import upright
from pipeline.readers.pdf.pdf_reader import read_pdf
from pipeline.readers.pdf.pdfium_pages import PdfiumPage, painted_by_pdfium

GOLDEN = Path(__file__).parents[3] / "golden"
GRID = ruled([100, 200, 300], [600, 700]) + shown("label", 110, 650)
FIGURE = shown("84", 230, 650)
WATERMARK = shown("7 7", 120, 400, turn="0.8 0.6 -0.6 0.8")
NOTE = "/Annots[<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]>>]"


def told(data: bytes) -> PdfiumPage | None:
    with painted_by_pdfium(data) as painted:
        return painted(1)


def both_ways(data: bytes) -> Iterator[tuple[list[PdfPage], list[PdfPage]]]:
    with pdfplumber.open(io.BytesIO(data)) as pdf, painted_by_pdfium(data) as painted:
        for page in pdf.pages:
            sheet = painted(page.page_number)
            if sheet is not None:
                yield pages_on(sheet), pages_on(upright(page))


def printed(pages: list[PdfPage]) -> list[object]:
    return [
        item.text if hasattr(item, "text") else [(s.row, s.col, s.text) for s in item.spots]
        for page in pages
        for item in page.items
    ]


@pytest.mark.parametrize(
    ("name", "fewest"),
    [
        ("reports/hongze_2024.pdf", 5),
        ("formats/form_over_pages.pdf", 4),
        ("formats/form_repeated.pdf", 3),
    ],
)
def test_cells_and_lines_are_those_of_the_slow_reader(name: str, fewest: int) -> None:
    pages = list(both_ways((GOLDEN / name).read_bytes()))
    assert len(pages) >= fewest
    for fast, slow in pages:
        assert printed(fast) == printed(slow)
        assert [page.notice for page in fast] == [page.notice for page in slow]


def test_an_upright_ruled_page_is_told() -> None:
    page = told(pdf_of(GRID + FIGURE))
    assert page is not None
    assert [char["text"] for char in page.chars if char["text"].isdigit()] == ["8", "4"]


def test_characters_are_as_wide_as_the_font_says_and_not_as_their_ink() -> None:
    data = pdf_of(GRID + FIGURE)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        slow = [char for char in upright(pdf.pages[0]).chars if char["text"].strip()]
    page = told(data)
    assert page is not None
    fast = [char for char in page.chars if char["text"].strip()]
    for one, other in zip(fast, slow, strict=True):
        assert (one["x0"], one["x1"]) == pytest.approx((other["x0"], other["x1"]), abs=0.05)


def test_a_watermark_leaves_no_page_to_the_slow_reader() -> None:
    ((fast, slow),) = both_ways(pdf_of(GRID + FIGURE + WATERMARK))
    assert printed(fast) == printed(slow) == [[(0, 0, "label"), (0, 1, "84")]]


@pytest.mark.parametrize(
    "content",
    [
        WATERMARK,
        GRID + shown("84", 230, 650, turn="0 1 -1 0"),
        GRID + shown("84", 230, 650, "F2"),
        GRID + FIGURE + "q 1 g 229 645 20 20 re f Q " + FIGURE,  # covered, and printed again
        GRID + f"/Span <</ActualText (7)>> BDC {FIGURE} EMC ",
    ],
)
def test_what_is_not_plain_is_left_to_the_slow_reader(content: str) -> None:
    assert told(pdf_of(content)) is None


@pytest.mark.parametrize("entry", ["/Rotate 90", "/CropBox[9 9 500 800]", NOTE])
def test_turned_cut_and_annotated_pages_are_left_to_the_slow_reader(entry: str) -> None:
    plain = pdf_of(GRID + FIGURE)
    assert told(plain.replace(b"/Type/Page/Parent", f"{entry}/Type/Page/Parent".encode())) is None


def test_a_number_covered_and_printed_again_is_read_once() -> None:
    data = pdf_of(GRID + FIGURE + "q 1 g 229 645 20 20 re f Q " + FIGURE)
    (table,) = [block for block in texts(read_pdf(data)) if isinstance(block, list)]
    assert table[-1] == "84"


def test_a_file_that_pdfium_cannot_open_is_left_to_the_slow_reader() -> None:
    assert told(b"%PDF-1.4 and nothing more") is None
