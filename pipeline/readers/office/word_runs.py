"""The words of a Word paragraph as they are seen, wherever in it they are kept."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.office.word_looks import WordStyles

_T, _RUN, _SYMBOL, _DROP_DOWN = map(qn, ("w:t", "w:r", "w:sym", "w:ddList"))
_TEXT_BOX = qn("w:txbxContent")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
# Deleted and moved-away text, and how characters are pronounced.
UNSEEN = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr", "w:rt", "w:delText"))
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULA, _MATH_TEXT = f"{_MATH}oMath", f"{_MATH}t"
_BUILT_UP = frozenset(f"{_MATH}{tag}" for tag in ("f", "sSup", "sSub", "rad", "d", "nary", "m"))
_SENDS_TO_NOTE = (qn("w:footnoteReference"), qn("w:endnoteReference"))
_PICTURES = frozenset(
    [
        qn("w:object"),
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{urn:schemas-microsoft-com:vml}imagedata",
    ]
)
_PRIVATE = range(0xF000, 0xF100)
_PICTURE_FONTS = ("wingdings", "webdings")
_CIRCLED_IN_WINGDINGS = range(0x81, 0x8B)
_FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class ParagraphText:
    """What stands in a paragraph.

    Attributes:
        parts: Its words in reading order, each with whether it is raised.
        boxes: The text boxes anchored in it.
        unseen: How many hidden or struck runs hold a figure.
        pictures: How many pictures, embedded files and signs without meaning it shows.
    """

    parts: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    unseen: int = 0
    pictures: int = 0

    @property
    def text(self) -> str:
        """The words; marks of notes only where nothing stands beside them."""
        kept = [text for text, is_mark in self.parts if not is_mark]
        if len(kept) == len(self.parts) or not "".join(kept).strip():
            return "".join([text for text, _ in self.parts])
        return "".join(kept)

    @property
    def marks(self) -> int:
        """How many marks of notes were left out."""
        raised = sum(is_mark for _, is_mark in self.parts)
        return raised if any(text.strip() for text, is_mark in self.parts if not is_mark) else 0


def words_of(paragraph: Any, looks: WordStyles) -> ParagraphText:
    """Reads a paragraph. An explicit stack: runs nest in links, fields and insertions."""
    words = ParagraphText()
    stack: list[Any] = list(reversed(paragraph))
    is_mark = False
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == _T:
            words.parts.append((element.text or "", is_mark))
        elif tag == _RUN:
            look = looks.look_of(element, paragraph)
            if look.is_unseen:
                words.unseen += _FIGURE.search(_text(element)) is not None
                continue
            is_sent = any(element.find(sign) is not None for sign in _SENDS_TO_NOTE)
            is_mark = (look.is_raised or is_sent) and _is_mark(element)
            stack.extend(reversed(element))
        elif tag in _BREAKS:
            words.parts.append(("" if _is_page_break(element) else _BREAKS[tag], False))
        elif tag == _TEXT_BOX:
            words.boxes.append(element)
        elif tag == _FORMULA:
            words.parts.append((_formula(element), False))
        elif tag == _SYMBOL:
            sign = _sign(element)
            words.parts.append((sign, False))
            words.pictures += not sign
        elif tag == _DROP_DOWN:
            words.parts.append((_chosen(element), False))
        elif tag not in UNSEEN and tag != _FALLBACK:
            words.pictures += tag in _PICTURES
            stack.extend(reversed(element))
    return words


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(_T))


def _is_mark(run: Any) -> bool:
    """Whether a run is the mark of a note, which would otherwise join the figure before it."""
    return MARK_OF_NOTE.fullmatch(_text(run)) is not None


def _formula(element: Any) -> str:
    """The text of a formula, with the parts of a fraction separated so that it is no number."""
    texts = [text.text or "" for text in element.iter(_MATH_TEXT)]
    is_built_up = any(part.tag in _BUILT_UP for part in element.iter())
    return (" / " if is_built_up else "").join(texts)


def _sign(element: Any) -> str:
    """A character given by its code in a font; empty where only the font can tell."""
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return ""
    if code not in _PRIVATE:
        return chr(code) if code > 31 else ""
    low = code - _PRIVATE.start
    font = (element.get(qn("w:font")) or "").lower()
    if font.startswith(_PICTURE_FONTS):
        return chr(0x2460 + low - 0x81) if low in _CIRCLED_IN_WINGDINGS else ""
    return chr(low) if 31 < low < 127 else ""


def _chosen(element: Any) -> str:
    """The entry that a drop-down field of a form shows."""
    entries = [one.get(qn("w:val"), "") for one in element.iterfind(qn("w:listEntry"))]
    number = 0
    for kind in ("w:default", "w:result"):
        found = element.find(qn(kind))
        written = "" if found is None else found.get(qn("w:val"), "")
        number = int(written) if written.isdecimal() else number
    return entries[number] if number < len(entries) else ""


def _is_page_break(element: Any) -> bool:
    return element.get(qn("w:type")) in ("page", "column")
