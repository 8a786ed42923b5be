"""What is made of a picture's words and ruled cells, a stated recogniser standing for the real one.

Sizes are in dots; a page has 200 of them an inch.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image, ImageDraw

from pipeline.model.document import Document, Paragraph, Reason, Rejection, Table
from pipeline.readers.pdf.lines import UNMAPPED
from pipeline.readers.scan import scans

Word = tuple[str, float, float, float, float]
"""A text, and where its left, upper, right and lower sides are."""

FORM = Path(__file__).parents[3] / "golden" / "formats" / "form_over_pages.pdf"
WIDTH, HEIGHT = 800, 400
DOTS = 72 / 200
FOUR = ((100, 100, 200, 160), (200, 100, 320, 160), (100, 160, 200, 220), (200, 160, 320, 220))
"""Cells of two rows and two columns: of the first column 100 dots are wide, of the other 120."""

Recognise = Callable[..., list[str]]


class Recogniser:
    """Finds stated words on the page and in cells, which it knows by how wide they are."""

    def __init__(
        self, page: Sequence[Word], cells: Mapping[int, Sequence[Word]], alone: Mapping[int, Any]
    ) -> None:
        self._found = {WIDTH: page} | {wide + 26: words for wide, words in cells.items()}
        self._alone = {wide + 26: said for wide, said in alone.items()}
        self.asked: list[int] = []

    def __call__(self, colors: Any, *, use_det: bool, **_: bool) -> SimpleNamespace:
        wide = colors.shape[1]
        if not use_det:
            text, score = self._alone.get(wide, (None, None))
            return SimpleNamespace(txts=text is not None and (text,), scores=(score,))
        self.asked.append(wide)
        words = self._found.get(wide, ())
        corners = [
            # The page is a little askew.
            [(x0, top + 1), (x1 - 1, top), (x1, bottom - 1), (x0 + 1, bottom)]
            for _, x0, top, x1, bottom in words
        ]
        texts = [text for text, *_ in words]
        return SimpleNamespace(boxes=corners or None, txts=texts, scores=[0.91234] * len(words))


def tables(document: Document) -> list[list[str]]:
    return [
        [" ".join(cell.text for cell in row) for row in block.rows()]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Document | Rejection]:
    """Reads a white page with these words, cells, and dots of ink."""

    def read(
        page: Sequence[Word],
        cells: Sequence[Sequence[float]] = (),
        inside: Mapping[int, Sequence[Word]] = {},
        alone: Mapping[int, Any] = {},
        ink: Sequence[Sequence[int]] = (),
        shade: int = 0,
    ) -> Document | Rejection:
        boxes = [tuple(side * DOTS for side in cell) for cell in cells]
        monkeypatch.setattr(scans, "cells_of", lambda *_: [boxes] if boxes else [])
        monkeypatch.setattr(scans, "can_recognise", lambda: True)
        engine = Recogniser(page, inside, alone)
        monkeypatch.setattr(scans, "_engine", lambda: engine)
        picture = Image.new("L", (WIDTH, HEIGHT), 200)
        for box in ink:
            ImageDraw.Draw(picture).rectangle(tuple(box), fill=shade)
        return scans.read_picture(png(picture))

    return read


def word(text: str, left: float, top: float, wide: float = 40, high: float = 30) -> Word:
    return text, left, top, left + wide, top + high


A, B, C, D = (
    word("甲", 120, 115), word("乙", 230, 115), word("丙", 120, 175), word("8", 230, 175),
)  # fmt: skip


def test_words_outside_of_cells_are_lines_where_they_stand(recognised: Recognise) -> None:
    found = recognised([*(A, B, C, D), word("上文", 50, 20, 200), word("下文", 50, 300, 200)], FOUR)
    assert isinstance(found, Document)
    assert lines(found) == ["上文", "下文"]
    assert tables(found) == [["甲 乙", "丙 8"]]
    assert found.media_type == "image/png"
    table = next(block for block in found.blocks if isinstance(block, Table))
    assert {cell.confidence for cell in table.cells} == {0.912}


def test_a_page_without_words_has_none_and_one_with_a_table_alone_is_read(
    recognised: Recognise,
) -> None:
    assert recognised([]).reason is Reason.NO_TEXT
    found = recognised([A, B, C, D], FOUR)
    assert isinstance(found, Document)
    assert tables(found) == [["甲 乙", "丙 8"]]


@pytest.mark.parametrize(
    ("left", "top", "is_inside"),
    [
        # It is where its middle is.
        (80, 115, True), (79, 115, False), (299, 115, True), (301, 115, False),
        (230, 85, True), (230, 84, False), (230, 205, True), (230, 206, False),
    ],
)  # fmt: skip
def test_a_word_is_in_a_table_by_its_middle(
    recognised: Recognise, left: float, top: float, is_inside: bool
) -> None:
    found = recognised([A, word("边", left, top)], FOUR)
    assert isinstance(found, Document)
    assert ("边" in lines(found)) is not is_inside


@pytest.mark.parametrize(
    ("left", "rows"),
    [
        # A tenth of it may reach into the neighbour; cells that share more are read by themselves.
        (163, ["甲乙 ", "丙 8"]),
        (165, ["1 2", "丙 8"]),
        (180, ["1 2", "丙 8"]),
        (195, ["1 2", "丙 8"]),
        (197, [" 甲乙", "丙 8"]),
    ],
)
def test_a_word_over_two_cells_is_read_cell_by_cell(
    recognised: Recognise, left: float, rows: list[str]
) -> None:
    inside = {100: [word("1", 40, 30)], 120: [word("2", 40, 30)]}
    found = recognised([word("甲乙", left, 115), C, D], FOUR, inside)
    assert isinstance(found, Document)
    assert tables(found) == [rows]


@pytest.mark.parametrize(
    ("ink", "shade", "last"),
    [
        # Twelve dots, much darker than the paper, are ink.
        ((230, 180, 233, 182), 0, "9"),
        ((230, 180, 233, 182), 119, "9"),
        ((230, 180, 233, 182), 120, ""),
        ((230, 180, 240, 180), 0, ""),
        # The lines around a cell are none.
        ((200, 160, 202, 219), 0, ""),
    ],
)
def test_a_cell_with_ink_and_without_a_word_is_read_by_itself(
    recognised: Recognise, ink: tuple[int, ...], shade: int, last: str
) -> None:
    found = recognised([A, B, C], FOUR, {120: [word("9", 40, 30)]}, ink=[ink], shade=shade)
    assert isinstance(found, Document)
    assert tables(found) == [["甲 乙", f"丙 {last}"]]


@pytest.mark.parametrize(("top", "first"), [(115, "角"), (86, "1")])
def test_a_cell_that_holds_less_than_half_of_a_word_is_read_as_well(
    recognised: Recognise, top: float, first: str
) -> None:
    # The word reaches over the left edge of the table, or over its corner.
    inside = {100: [word("1", 30, 30)]}
    found = recognised([word("角", 81, top), B, C, D], FOUR, inside, ink=[(150, 130, 170, 140)])
    assert isinstance(found, Document)
    assert tables(found)[0][0] == f"{first} 乙"


@pytest.mark.parametrize(
    ("said", "last"),
    [
        (("9", 0.5), "9"),
        (("9", 0.49), UNMAPPED),
        (("", 0.9), UNMAPPED),
        ((None, None), UNMAPPED),
    ],
)
def test_a_single_sign_is_taken_if_the_recogniser_is_half_sure(
    recognised: Recognise, said: tuple[str | None, float | None], last: str
) -> None:
    alone = {120: said} if said[0] is not None else {}
    ink = [(230, 180, 250, 200)]
    found = recognised([A, B, C], FOUR, {}, alone, ink=ink)
    assert isinstance(found, Document)
    assert [row.rstrip() for row in tables(found)[0]] == ["甲 乙", f"丙 {last}"]


def test_a_cell_no_wider_than_its_lines_is_blank(recognised: Recognise) -> None:
    cells = (*FOUR[:3], (200, 160, 205, 220))
    found = recognised([A, B, C], cells, ink=[(0, 0, WIDTH, HEIGHT)])
    assert isinstance(found, Document)
    assert "甲" in tables(found)[0][0]


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Says of what kind a file is that reaches the recogniser."""
    monkeypatch.setattr(scans, "can_recognise", lambda: True)
    monkeypatch.setattr(scans, "_recognised", lambda _, kind: kind)
    yield


def pages(count: int, kind: str) -> bytes:
    stream = io.BytesIO()
    blank = Image.new("L", (20, 30), 255)
    blank.save(stream, kind, save_all=True, append_images=[blank] * (count - 1))
    return stream.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A picture that is said to have so many dots, without any."""
    small = png(Image.new("1", (1, 1)))
    return small[:16] + width.to_bytes(4) + height.to_bytes(4) + small[24:]


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize(
    ("read", "data", "reason"),
    [
        (scans.read_picture, pages(16, "TIFF"), "image/tiff"),
        (scans.read_picture, pages(17, "TIFF"), Reason.TOO_LARGE),
        (scans.read_pdf_or_scan, pages(16, "PDF"), "application/pdf"),
        (scans.read_pdf_or_scan, pages(17, "PDF"), Reason.TOO_LARGE),
    ],
)
def test_sixteen_pages_are_recognised_and_no_more(
    read: Callable[[bytes], Any], data: bytes, reason: object
) -> None:
    found = read(data)
    assert (found.reason if isinstance(found, Rejection) else found) == reason


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize(
    ("width", "height", "is_read"),
    [(10_000, 6_000, True), (6_000, 10_000, True), (10_000, 6_001, False), (60_000_001, 1, False)],
)
def test_sixty_million_dots_are_recognised_and_no_more(
    monkeypatch: pytest.MonkeyPatch, width: int, height: int, is_read: bool
) -> None:
    opened = Image.open

    def lenient(stream: io.BytesIO) -> Any:
        """Takes the header as it is, whose sum of checks is another picture's."""
        picture = opened(io.BytesIO(png(Image.new("1", (1, 1)))))
        size = stream.getvalue()[16:24]
        picture._size = int.from_bytes(size[:4]), int.from_bytes(size[4:])
        return picture

    monkeypatch.setattr(scans.Image, "open", lenient)
    found = scans.read_picture(claiming(width, height))
    assert isinstance(found, Rejection) is not is_read


@pytest.mark.usefixtures("reached")
def test_only_a_file_without_text_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(scans.read_pdf_or_scan(FORM.read_bytes()), Document)
    broken = scans.read_pdf_or_scan(b"%PDF-1.7 nothing more")
    assert isinstance(broken, Rejection) and broken.reason is not Reason.NEEDS_OCR
    monkeypatch.setattr(scans, "can_recognise", lambda: False)
    blank = scans.read_pdf_or_scan(pages(1, "PDF"))
    assert isinstance(blank, Rejection) and blank.reason is Reason.NEEDS_OCR
    picture = scans.read_picture(pages(1, "PNG"))
    assert isinstance(picture, Rejection) and picture.reason is Reason.NEEDS_OCR
