"""Pages of lines and tables, however they were come by, to one document."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.document_builder import Linearisation
from pipeline.readers.pdf.grids import PdfTable, continued
from pipeline.readers.pdf.lines import PdfLine, Prose, joined, paragraphs_of

_MOST_PAGES = 400
_NARROWEST = 0.7
_AS_HIGH = 3.0

Item = Prose | PdfTable


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What stands on a page, from the top down.

    Attributes:
        number: Its number, from 1.
        width: Its width in points.
        items: Lines and tables.
        is_picture: Whether it shows a picture and no text.
        notice: What to say about it; why it was not read, where it was not.
        part: Which page or column of a sheet it is, from 1; 0 for a whole one.
        left: Where it begins on the sheet.
    """

    number: int
    width: float
    items: tuple[PdfLine | PdfTable, ...]
    is_picture: bool = False
    notice: str | None = None
    part: int = 0
    left: float = 0.0


def too_many(pages: int) -> Rejection | None:
    """Why a file of so many pages is not read; None where it is."""
    if pages <= _MOST_PAGES:
        return None
    return Rejection(
        Reason.TOO_LARGE,
        f"The file has {pages} pages, more than the {_MOST_PAGES} of any report; take out the "
        "pages of the report.",
    )


def document_of(
    pages: Sequence[PdfPage], media_type: str, title: str | None, notices: Sequence[str] = ()
) -> Document:
    """Joins what page breaks have cut, and writes the document."""
    linear = Linearisation()
    for item, number in _joined_pages(pages):
        if isinstance(item, Prose):
            linear.paragraph(item.text, number, item.box)
        else:
            linear.table(item.spots)
    return Document(
        text=linear.text,
        blocks=tuple(linear.blocks),
        media_type=media_type,
        title=title,
        notices=(*(page.notice for page in pages if page.notice), *notices),
    )


def without_running_heads(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Drops a first or last line that most pages share; of two pages, the second's first."""
    read = [page for page in pages if page.items]
    if len(read) < 3:
        return _without_head_again(pages)
    for edge in (0, -1):
        counts = Counter(line.text for page in read if (line := _line_at(page, edge)))
        repeated = {text for text, count in counts.items() if count >= max(3, len(read) / 2)}
        pages = [
            replace(page, items=page.items[1:] if edge == 0 else page.items[:-1])
            if (line := _line_at(page, edge)) and line.text in repeated
            else page
            for page in pages
        ]
    return list(pages)


def _without_head_again(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Drops the first line of a page that says what the page before begins with, as high."""
    lines = [_line_at(page, 0) for page in pages]
    return [
        replace(page, items=page.items[1:])
        if one and other and one.text == other.text and abs(one.box[1] - other.box[1]) <= _AS_HIGH
        else page
        for one, other, page in zip([None, *lines], lines, pages, strict=False)
    ]


def _line_at(page: PdfPage, edge: int) -> PdfLine | None:
    item = page.items[edge] if page.items else None
    return item if isinstance(item, PdfLine) else None


def _joined_pages(pages: Sequence[PdfPage]) -> Iterator[tuple[Item, int]]:
    """Blocks of all pages with the page they begin on, those cut by a page break joined."""
    held: tuple[Item, int] | None = None
    margins = {
        part: _margins([page for page in pages if page.part == part])
        for part in {page.part for page in pages}
    }
    for page in pages:
        for index, item in enumerate(_blocks(page, *margins[page.part])):
            whole = _continued(held[0], item) if held and index == 0 else None
            if held and whole is not None:
                held = (whole, held[1])
                continue
            if held:
                yield held
            held = (item, page.number)
    if held:
        yield held


def _continued(above: Item, below: Item) -> Item | None:
    if isinstance(above, PdfTable) and isinstance(below, PdfTable):
        return continued(above, below)
    if isinstance(above, Prose) and isinstance(below, Prose) and above.open and not below.indented:
        return above._replace(text=joined(above.text, below.text), open=below.open)
    return None


def _margins(pages: Sequence[PdfPage]) -> tuple[float, float]:
    """Where the prose of pages begins and ends, those of short lines not trusted.

    A title that goes over both columns of a page is none of the left one.
    """
    lines = [
        item
        for page in pages
        for item in page.items
        if isinstance(item, PdfLine) and item.box[2] <= page.left + page.width
    ]
    narrowest = max((page.left + _NARROWEST * page.width for page in pages), default=0.0)
    left = min((line.box[0] for line in lines), default=0.0)
    right = max((line.box[2] for line in lines), default=0.0)
    return left, max(right, narrowest)


def _blocks(page: PdfPage, left: float, right: float) -> Iterator[Item]:
    run: list[PdfLine] = []
    for item in page.items:
        if isinstance(item, PdfLine):
            run.append(item)
            continue
        yield from paragraphs_of(run, left, right)
        run = []
        yield item
    yield from paragraphs_of(run, left, right)
