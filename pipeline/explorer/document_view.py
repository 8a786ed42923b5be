"""A document as text and grids, with what was read from it marked; ``templates/paper.html``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.document import Cell, Document, Locator, Paragraph, Table

_AROUND = 30_000
"""Characters shown on either side of the first mark."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """Something to mark in a document.

    Attributes:
        id: What links lead to it by.
        start: Offset of its first character in the document's text.
        end: Offset after its last one.
        printed: What of it to make stand out: the number as printed.
        is_main: Whether it is what the page is about.
    """

    id: str
    start: int
    end: int
    printed: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, marked or not.

    Attributes:
        text: The text before the number, or all of it.
        mark: The mark it bears.
        number: The number that stands out in it.
        after: The text after the number.
    """

    text: str
    mark: Highlight | None = None
    number: str = ""
    after: str = ""


Field = tuple[Cell, Highlight | None]
"""A cell of a grid, and the mark it bears."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a grid.

    Attributes:
        runs: Texts of a paragraph, in order.
        rows: Rows of a grid, each with whether something in it is marked.
    """

    runs: Sequence[Run] = ()
    rows: Sequence[tuple[bool, Sequence[Field]]] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What is shown of a document."""

    blocks: Sequence[Block]
    is_cut_before: bool
    is_cut_after: bool


def paper(document: Document, marks: Sequence[Highlight]) -> Paper:
    """Returns the document around its first mark."""
    middle = marks[0].start if marks else 0
    inside = [
        block
        for block in document.blocks
        if block.place.end >= middle - _AROUND and block.place.start <= middle + _AROUND
    ]
    return Paper(
        [_block(block, marks) for block in inside],
        is_cut_before=bool(inside) and inside[0] is not document.blocks[0],
        is_cut_after=bool(inside) and inside[-1] is not document.blocks[-1],
    )


def block_of(document: Document, mark: Highlight) -> Locator | None:
    """Returns the cell or paragraph a mark stands in, None where it stands in neither."""
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                if _touches(cell.place, mark):
                    return cell.place
        elif _touches(block.place, mark):
            return block.place
    return None


def _block(block: Paragraph | Table, marks: Sequence[Highlight]) -> Block:
    here = [mark for mark in marks if _touches(block.place, mark)]
    if isinstance(block, Table):
        return Block(rows=[_row(row, here) for row in block.rows()])
    return Block(runs=[run for run in _runs(block, here) if run.text or run.number or run.mark])


def _touches(place: Locator, mark: Highlight) -> bool:
    return place.start < mark.end and mark.start < place.end


def _runs(paragraph: Paragraph, marks: Sequence[Highlight]) -> Iterator[Run]:
    """Cuts a paragraph where marks begin; of marks that overlap the first is kept."""
    text, offset, at = paragraph.text, paragraph.place.start, 0
    kept = sorted(marks, key=lambda mark: (not mark.is_main, mark.start))
    for mark in sorted(_apart(kept), key=lambda mark: mark.start):
        start, end = max(mark.start - offset, at), min(mark.end - offset, len(text))
        yield Run(text[at:start])
        yield _emphasised(text[start:end], mark)
        at = end
    yield Run(text[at:])


def _apart(marks: Sequence[Highlight]) -> list[Highlight]:
    kept: list[Highlight] = []
    for mark in marks:
        if all(mark.end <= one.start or one.end <= mark.start for one in kept):
            kept.append(mark)
    return kept


def _emphasised(text: str, mark: Highlight) -> Run:
    """The sentence with its number standing out."""
    before, found, after = text.partition(mark.printed) if mark.printed else (text, "", "")
    if not found or not mark.is_main:
        return Run(text, mark)
    return Run(before, mark, found, after)


def _row(row: Sequence[Cell], marks: Sequence[Highlight]) -> tuple[bool, Sequence[Field]]:
    here = [mark for mark in marks if any(_touches(cell.place, mark) for cell in row)]
    bears = [next((mark for mark in here if _touches(cell.place, mark)), None) for cell in row]
    return bool(here), list(zip(row, bears, strict=True))
