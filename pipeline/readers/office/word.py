"""Word files (DOCX): paragraphs and tables in order, merged cells once at their origin."""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from msgspec import structs

from pipeline.model.document import Document, Reading, Reason, Rejection
from pipeline.readers.archive.archives import packed_too_tight
from pipeline.readers.document_builder import Linearisation, Spot, only_arranges
from pipeline.readers.office.word_looks import WordStyles
from pipeline.readers.office.word_numbering import Numbering
from pipeline.readers.office.word_runs import UNSEEN, ParagraphText, words_of
from pipeline.readers.reading import read

_P, _TBL, _TR, _TC, _CHUNK = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "altChunk"))
_HIDDEN_ROW = f"{qn('w:trPr')}/{qn('w:hidden')}"
_STRUCK = "struck or hidden figures were not read"
_NESTED = "cells hold a table and no words; it stands behind their own, and they read as blank"
_MARKS = "raised marks of notes were not read"
_PICTURED = "cells show a picture or an embedded file and no text; they read as blank"
_CHUNKS = "parts of another kind, which the program shows as text, could not be read"
_NOTHING = "The Word file shows no text; if it holds pictures of pages, save them as PDF."


def read_docx(data: bytes) -> Document | Rejection:
    """Reads a Word file.

    Returns:
        The document; tracked deletions are left out, the numbers of automatic lists put in.
        A rejection where the file is broken or without text.
    """
    objection = packed_too_tight(data)
    if objection:
        return objection
    try:
        opened = docx.Document(io.BytesIO(data))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        return Rejection(
            Reason.DAMAGED,
            f"The Word file is broken ({type(error).__name__}); open it in Word or WPS and save "
            "it again.",
        )
    linear = Linearisation()
    body = _Body(linear, opened.part, Numbering(opened), WordStyles(opened.styles.element))
    body.add(opened.element.body)
    if not linear.blocks:
        return Rejection(Reason.NO_TEXT, _NOTHING)
    return Document(
        text=linear.text,
        blocks=tuple(linear.blocks),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        title=opened.core_properties.title or None,
        notices=tuple(f"{n} {what}" for what, n in body.unread.items() if n) + tuple(body.notices),
    )


@dataclass(frozen=True, slots=True)
class _Body:
    """Writes the block elements of a body, a layout cell or a text box."""

    linear: Linearisation
    package: Any
    numbering: Numbering
    looks: WordStyles
    unread: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)

    def add(self, parent: Any) -> None:
        for element in _blocks(parent):
            if element.tag == _TBL:
                self._add_table(element)
            elif element.tag == _CHUNK:
                self._add_chunk(element)
            else:
                self._add_paragraph(element)

    def _add_chunk(self, element: Any) -> None:
        """Adds a part that is a file of its own, most often a page that a system exports."""
        part = self.package.related_parts.get(element.get(qn("r:id")))
        found = list(read(part.partname, part.blob)) if part else []
        whole = [one.content for one in found if isinstance(one, Reading)]
        held = [one for one in whole if isinstance(one, Document)]
        for document in held:
            self.linear.document(document)
            self.notices.extend(document.notices)
        self.unread[_CHUNKS] += not held or len(held) < len(whole)

    def _add_paragraph(self, element: Any) -> None:
        words = self._words(element)
        for line in self._lines(element, words):
            self.linear.paragraph(line)
        for box in words.boxes:
            self.add(box)

    def _add_table(self, element: Any) -> None:
        inner: list[Any] = []
        counted = self.numbering.state()
        spots = self._spots(element, inner)
        if only_arranges(spots):
            self.numbering.restore(counted)
            for row in _rows(element):
                for cell in _cells(row):
                    self.add(cell)
            return
        self.linear.table(spots)
        for part in inner:
            self.add([part] if part.tag in (_TBL, _CHUNK) else part)

    def _spots(self, table: Any, inner: list[Any]) -> list[Spot]:
        """Cells of a table; tables and text boxes inside them go to ``inner``."""
        spots: list[Spot] = []
        open_above: dict[int, int] = {}
        for row, element in enumerate(_rows(table)):
            col = _grid_offset(element)
            for cell in _cells(element):
                colspan, merge = _spans(cell)
                above = open_above.get(col)
                if merge == "continue" and above is not None:
                    start = spots[above]
                    spots[above] = structs.replace(start, rowspan=row - start.row + 1)
                else:
                    if merge is None:
                        open_above.pop(col, None)
                    else:
                        open_above[col] = len(spots)
                    spots += self._spots_of(cell, Spot("", row, col, 1, colspan), inner)
                col += colspan
        return spots

    def _spots_of(self, cell: Any, place: Spot, inner: list[Any]) -> Iterator[Spot]:
        """A cell, or the cells of a table of one row that fills it."""
        parts = _only_row(cell)
        width, rest = divmod(place.colspan, max(len(parts), 1))
        if len(parts) < 2 or rest:
            yield structs.replace(place, text=self._cell_text(cell, inner))
            return
        for number, part in enumerate(parts):
            text = self._cell_text(part, inner)
            yield structs.replace(place, text=text, col=place.col + number * width, colspan=width)

    def _cell_text(self, cell: Any, inner: list[Any]) -> str:
        """The lines of a cell; of one that holds nothing but text boxes, theirs."""
        lines: list[str] = []
        boxes: list[Any] = []
        pictures = nested = 0
        for element in _blocks(cell):
            if element.tag == _TBL:
                only = _only_cell(element)
                if only is None:
                    nested += 1
                    inner.append(element)
                else:
                    lines += filter(None, self._cell_text(only, inner).split("\n"))
                continue
            if element.tag == _CHUNK:
                inner.append(element)
                continue
            words = self._words(element)
            lines += self._lines(element, words)
            boxes += words.boxes
            pictures += words.pictures
        if not lines:
            for box in boxes:
                lines += filter(None, self._cell_text(box, inner).split("\n"))
        else:
            inner.extend(boxes)
        self.unread[_PICTURED] += bool(pictures and not lines)
        self.unread[_NESTED] += bool(nested and not lines)
        return "\n".join(lines)

    def _words(self, paragraph: Any) -> ParagraphText:
        words = words_of(paragraph, self.looks)
        self.unread[_STRUCK] += words.unseen
        self.unread[_MARKS] += words.marks
        return words

    def _lines(self, paragraph: Any, words: ParagraphText) -> list[str]:
        """The lines of a paragraph, the first with its automatic number."""
        number = self.numbering.number_of(paragraph)
        lines = [line.strip() for line in words.text.split("\n") if line.strip()]
        return [number + lines[0], *lines[1:]] if lines else []


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of an element, content controls and insertions looked through."""
    for element in parent:
        if element.tag in (_P, _TBL, _CHUNK):
            yield element
        elif isinstance(element.tag, str) and element.tag not in UNSEEN:
            yield from _blocks(element)


def _only_row(cell: Any) -> list[Any]:
    """The cells of the only row of the only table of a cell without words of its own."""
    blocks = list(_blocks(cell))
    tables = [block for block in blocks if block.tag == _TBL]
    if len(tables) != 1 or any(block.tag == _P and "".join(block.itertext()) for block in blocks):
        return []
    rows = list(_rows(tables[0]))
    return list(_cells(rows[0])) if len(rows) == 1 else []


def _only_cell(table: Any) -> Any | None:
    """The cell of a table that has no other."""
    rows = list(_rows(table))
    cells = list(_cells(rows[0])) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == _TR:
            if element.find(_HIDDEN_ROW) is None:
                yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == _TC:
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _cells(element)


def _grid_offset(row: Any) -> int:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return _value(before, 0)


def _spans(cell: Any) -> tuple[int, str | None]:
    """Columns a cell covers, and whether it begins or continues a vertical merge."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return 1, None
    merge = properties.find(qn("w:vMerge"))
    kind = None if merge is None else merge.get(qn("w:val"), "continue")
    return min(max(1, _value(properties.find(qn("w:gridSpan")), 1)), 1_000), kind


def _value(element: Any, missing: int) -> int:
    written = None if element is None else element.get(qn("w:val"))
    return int(written) if written and written.isdecimal() else missing
