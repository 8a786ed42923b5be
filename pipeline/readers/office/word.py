"""Word files (DOCX): paragraphs and tables in order, merged cells once at their origin."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.archive.archives import packed_too_tight
from pipeline.readers.document_builder import Linearisation, Spot, only_arranges
from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.office.word_numbering import Numbering

_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "r", "t"))
_TEXT_BOX = qn("w:txbxContent")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
# Deleted and moved-away text, and the older copy Word keeps of every text box.
_UNSEEN = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:rPr"), qn("w:pPr")})
_RUN = qn("w:r")
_RAISED = f"{qn('w:rPr')}/{qn('w:vertAlign')}"
_UNSEEN_MARKS = tuple(f"{qn('w:rPr')}/{qn(name)}" for name in ("w:vanish", "w:strike", "w:dstrike"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTHING = "The Word file shows no text; if it holds pictures of pages, save them as PDF."


def read_docx(data: bytes) -> Document | Rejection:
    """Reads a Word file.

    Args:
        data: The whole file.

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
    _Body(linear, Numbering(opened)).add(opened.element.body)
    if not linear.blocks:
        return Rejection(Reason.NO_TEXT, _NOTHING)
    return Document(
        text=linear.text,
        blocks=tuple(linear.blocks),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        title=opened.core_properties.title or None,
    )


@dataclass(slots=True)
class _Words:
    """Text of a paragraph, and the text boxes anchored in it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Body:
    """Writes the block elements of a body, a layout cell or a text box."""

    linear: Linearisation
    numbering: Numbering

    def add(self, parent: Any) -> None:
        for element in _blocks(parent):
            if element.tag == _TBL:
                self._add_table(element)
            else:
                self._add_paragraph(element)

    def _add_paragraph(self, element: Any) -> None:
        words = _words(element)
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
            if part.tag == _TBL:
                self._add_table(part)
            else:
                self.add(part)

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
                    spots[above] = start._replace(rowspan=row - start.row + 1)
                else:
                    if merge is None:
                        open_above.pop(col, None)
                    else:
                        open_above[col] = len(spots)
                    spots.append(Spot(self._cell_text(cell, inner), row, col, 1, colspan))
                col += colspan
        return spots

    def _cell_text(self, cell: Any, inner: list[Any]) -> str:
        lines = []
        for element in _blocks(cell):
            if element.tag == _TBL:
                inner.append(element)
                continue
            words = _words(element)
            lines += self._lines(element, words)
            inner.extend(words.boxes)
        return "\n".join(lines)

    def _lines(self, paragraph: Any, words: _Words) -> list[str]:
        """The lines of a paragraph, the first with its automatic number."""
        number = self.numbering.number_of(paragraph)
        lines = [line.strip() for line in "".join(words.parts).split("\n") if line.strip()]
        return [number + lines[0], *lines[1:]] if lines else []


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of an element, content controls and insertions looked through."""
    for element in parent:
        if element.tag in (_P, _TBL):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _UNSEEN:
            yield from _blocks(element)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == _TR:
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == _TC:
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _cells(element)


def _words(paragraph: Any) -> _Words:
    """Text in reading order. An explicit stack: runs nest in links, fields and insertions."""
    words = _Words()
    stack: list[Any] = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == _T:
            words.parts.append(element.text or "")
        elif tag in _BREAKS:
            words.parts.append("" if _is_page_break(element) else _BREAKS[tag])
        elif tag == _TEXT_BOX:
            words.boxes.append(element)
        elif tag == _RUN and (_is_unseen(element) or (words.parts and _is_raised_mark(element))):
            continue
        elif tag not in _UNSEEN and tag != _FALLBACK:
            stack.extend(reversed(element))
    return words


def _is_unseen(run: Any) -> bool:
    """Whether words are hidden or struck: read along, they would join the figure beside them."""
    marks = (run.find(mark) for mark in _UNSEEN_MARKS)
    return any(m is not None and m.get(qn("w:val")) not in ("0", "false", "off") for m in marks)


def _is_raised_mark(run: Any) -> bool:
    """Whether raised words send to a note: read along, they would join the figure before them."""
    raised = run.find(_RAISED)
    if raised is None or raised.get(qn("w:val")) != "superscript":
        return False
    return MARK_OF_NOTE.fullmatch("".join(text.text or "" for text in run.iter(_T))) is not None


def _is_page_break(element: Any) -> bool:
    return element.get(qn("w:type")) in ("page", "column")


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
