"""How the words of a Word file look: what their styles and their own properties make of them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn

_VALUE = qn("w:val")
_OFF = frozenset({"0", "false", "off"})
_TOGGLES = tuple(map(qn, ("w:vanish", "w:strike", "w:dstrike")))
_VERTICAL, _POSITION, _SIZE, _COLOR = map(qn, ("w:vertAlign", "w:position", "w:sz", "w:color"))
_SCALE = qn("w:w")
_TEXT_FILL = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_NO_INK = "{http://schemas.microsoft.com/office/word/2010/wordml}noFill"
_PLAIN = (_VERTICAL, _POSITION, _SIZE, _COLOR, _SCALE)
_SHADE, _FILL, _HIGHLIGHT = map(qn, ("w:shd", "w:fill", "w:highlight"))
_RUN_PROPERTIES, _PARAGRAPH_PROPERTIES = qn("w:rPr"), qn("w:pPr")
_CELL, _CELL_PROPERTIES, _TABLE = qn("w:tc"), qn("w:tcPr"), qn("w:tbl")
_NO_FILL = frozenset({None, "auto"})
_PAPER = "FFFFFF"
_HIGHLIGHTS = {"white": _PAPER, "black": "000000", "yellow": "FFFF00", "red": "FF0000"}
_NARROWEST = 5
# In half points: nobody sees words of one point, and a raised mark stands two points up.
_UNSEEN_SIZE = 3
_RAISED_BY = 3

Properties = dict[str, str]


class Look(NamedTuple):
    """What decides whether words are read.

    Attributes:
        is_unseen: Whether they are hidden, struck or without size.
        is_raised: Whether they stand above the line, or below it.
        ink: Their colour, empty where none is said; on what, their surroundings tell.
    """

    is_unseen: bool = False
    is_raised: bool = False
    ink: str = ""


_PLAIN_LOOK = Look()


class WordStyles:
    """The styles of one file."""

    def __init__(self, styles: Any) -> None:
        self._own: dict[str | None, Properties] = {}
        self._based_on: dict[str | None, str | None] = {}
        self._default: str | None = None
        self._remembered: dict[tuple[str | None, str | None], Look] = {}
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{_RUN_PROPERTIES}")
        self._everywhere = _properties(defaults)
        self._shading: set[str | None] = set()
        for style in styles.iterfind(qn("w:style")):
            name = style.get(qn("w:styleId"))
            self._own[name] = _properties(style.find(_RUN_PROPERTIES))
            based = style.find(qn("w:basedOn"))
            self._based_on[name] = None if based is None else based.get(_VALUE)
            if any(shade.get(_FILL) not in (*_NO_FILL, _PAPER) for shade in style.iter(_SHADE)):
                self._shading.add(name)
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1":
                self._default = name

    def look_of(self, run: Any, paragraph: Any) -> Look:
        """Tells how the words of a run look."""
        own = run.find(_RUN_PROPERTIES)
        around = _style(paragraph.find(_PARAGRAPH_PROPERTIES), "w:pStyle") or self._default
        named = _style(own, "w:rStyle")
        styled = (around, named)
        if own is None or len(own) == (named is not None):
            look = self._remembered.get(styled)
            if look is None:
                look = self._remembered[styled] = _look(self._styled(*styled))
        else:
            look = _look({**self._styled(*styled), **_properties(own)})
        if look.ink and look.ink == self._ground(run, paragraph):
            return look._replace(is_unseen=True)
        return look

    def _styled(self, *names: str | None) -> Properties:
        """The properties that styles give words; a property switched on by two styles is off."""
        found = dict(self._everywhere)
        for name in names:
            inherited = self._inherited(name)
            for tag, value in inherited.items():
                if tag in _TOGGLES:
                    is_on = (value not in _OFF) != (found.get(tag, "0") not in _OFF)
                    found[tag] = "1" if is_on else "0"
                else:
                    found[tag] = value
        return found

    def _inherited(self, name: str | None) -> Properties:
        return {
            tag: value
            for style in reversed(list(self._lineage(name)))
            for tag, value in self._own[style].items()
        }

    def _lineage(self, name: str | None) -> Iterator[str | None]:
        met: set[str | None] = set()  # Broken files base styles on each other in a circle.
        while name in self._own and name not in met:
            met.add(name)
            yield name
            name = self._based_on[name]

    def _ground(self, run: Any, paragraph: Any) -> str:
        """The colour behind words; empty where a style of tables paints it."""
        own = run.find(_RUN_PROPERTIES)
        highlight = None if own is None else own.find(_HIGHLIGHT)
        if highlight is not None and highlight.get(_VALUE) != "none":
            return _HIGHLIGHTS.get(highlight.get(_VALUE, ""), "")
        fill = _fill(own) or _fill(paragraph.find(_PARAGRAPH_PROPERTIES))
        around = paragraph.getparent()
        while around is not None and not fill:
            if around.tag == _CELL:
                fill = _fill(around.find(_CELL_PROPERTIES))
            if around.tag == _TABLE and _style(around.find(qn("w:tblPr")), "w:tblStyle") in (
                self._shading
            ):
                return ""
            around = around.getparent()
        return fill or _PAPER


def _properties(element: Any) -> Properties:
    """The properties that decide, as written; one that is merely named is on."""
    if element is None:
        return {}
    found = {
        one.tag: one.get(_VALUE, "1") for one in element if one.tag in _TOGGLES or one.tag in _PLAIN
    }
    if any(one.tag == _TEXT_FILL and one.find(_NO_INK) is not None for one in element):
        found[_SCALE] = "0"
    return found


def _look(found: Properties) -> Look:
    if not found:
        return _PLAIN_LOOK
    is_tiny = (
        0 <= _number(found.get(_SIZE), 20) <= _UNSEEN_SIZE
        or _number(found.get(_SCALE, "").removesuffix("%"), 100) <= _NARROWEST
    )
    ink = found.get(_COLOR, "").upper()
    return Look(
        is_tiny or any(found.get(tag, "0") not in _OFF for tag in _TOGGLES),
        found.get(_VERTICAL, "baseline") != "baseline"
        or abs(_number(found.get(_POSITION), 0)) >= _RAISED_BY,
        "" if ink == "AUTO" else ink,
    )


def _number(written: str | None, missing: int) -> int:
    try:
        return int(float(written)) if written else missing
    except ValueError:
        return missing


def _style(properties: Any, kind: str) -> str | None:
    found = None if properties is None else properties.find(qn(kind))
    return None if found is None else found.get(_VALUE)


def _fill(properties: Any) -> str:
    """The colour that properties paint behind words; empty where they paint none."""
    shade = None if properties is None else properties.find(_SHADE)
    fill = None if shade is None else shade.get(_FILL)
    return "" if fill in _NO_FILL else str(fill).upper()
