"""A document as text and grids, with what was read from it marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.explorer.markup import Content, Node, el
from pipeline.model.document import Cell, Document, Locator, Paragraph, Table

_AROUND = 30_000
"""Characters shown on either side of the first mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to mark in a document.

    Attributes:
        id: What links lead to it by.
        start: Offset of its first character in the document's text.
        end: Offset behind its last one.
        printed: What of it to make stand out: the number as printed.
        is_main: Whether it is what the page is about.
    """

    id: str
    start: int
    end: int
    printed: str
    is_main: bool


def paper(document: Document, marks: Sequence[Mark], label: str, cut: str) -> Node:
    """Returns the document in a box that scrolls to its main mark.

    Args:
        document: The document.
        marks: What to mark; the first is the one to begin around.
        label: What the box is called by screen readers.
        cut: What to say where the document goes on beyond what is shown.
    """
    middle = marks[0].start if marks else 0
    inside = [
        block
        for block in document.blocks
        if block.place.end >= middle - _AROUND and block.place.start <= middle + _AROUND
    ]
    blocks = [_block(block, marks) for block in inside]
    is_cut_before = bool(inside) and inside[0] is not document.blocks[0]
    is_cut_behind = bool(inside) and inside[-1] is not document.blocks[-1]
    return el(
        "div",
        el("p", cut, class_="cut") if is_cut_before else None,
        blocks,
        el("p", cut, class_="cut") if is_cut_behind else None,
        class_="paper",
        role="region",
        tabindex=0,
        aria_label=label,
        lang="zh",
    )


def block_of(document: Document, mark: Mark) -> Locator | None:
    """Returns the cell or paragraph a mark stands in, None where it stands in neither."""
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                if _touches(cell.place, mark):
                    return cell.place
        elif _touches(block.place, mark):
            return block.place
    return None


def _block(block: Paragraph | Table, marks: Sequence[Mark]) -> Node:
    here = [mark for mark in marks if _touches(block.place, mark)]
    if isinstance(block, Table):
        return _grid(block, here)
    return el("p", list(_runs(block, here)))


def _touches(place: Locator, mark: Mark) -> bool:
    return place.start < mark.end and mark.start < place.end


def _runs(paragraph: Paragraph, marks: Sequence[Mark]) -> Iterator[Content]:
    """Cuts a paragraph where marks begin; of marks that overlap the first is kept."""
    text, offset, at = paragraph.text, paragraph.place.start, 0
    kept = sorted(marks, key=lambda mark: (not mark.is_main, mark.start))
    for mark in sorted(_apart(kept), key=lambda mark: mark.start):
        start, end = max(mark.start - offset, at), min(mark.end - offset, len(text))
        yield text[at:start]
        yield el("mark", _emphasised(text[start:end], mark), **_identity(mark))
        at = end
    yield text[at:]


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in marks:
        if all(mark.end <= one.start or one.end <= mark.start for one in kept):
            kept.append(mark)
    return kept


def _emphasised(text: str, mark: Mark) -> list[Content]:
    """The sentence with its number standing out."""
    before, found, behind = text.partition(mark.printed) if mark.printed else (text, "", "")
    if not found or not mark.is_main:
        return [text]
    return [before, el("mark", found, class_="here"), behind]


def _identity(mark: Mark) -> dict[str, str | int | None]:
    return {"id": mark.id, "tabindex": -1, "data-reveal": "1" if mark.is_main else None}


def _grid(table: Table, marks: Sequence[Mark]) -> Node:
    return el("table", el("tbody", [_row(row, marks) for row in table.rows()]))


def _row(row: Sequence[Cell], marks: Sequence[Mark]) -> Node:
    here = [mark for mark in marks if any(_touches(cell.place, mark) for cell in row)]
    return el("tr", [_cell(cell, here) for cell in row], class_="trace" if here else None)


def _cell(cell: Cell, marks: Sequence[Mark]) -> Node:
    found = next((mark for mark in marks if _touches(cell.place, mark)), None)
    spans = {
        "rowspan": cell.rowspan if cell.rowspan > 1 else None,
        "colspan": cell.colspan if cell.colspan > 1 else None,
    }
    if found is None:
        return el("td", cell.text, **spans)
    return el(
        "td", cell.text, class_="here" if found.is_main else None, **spans, **_identity(found)
    )
