"""How words of an OpenDocument file look: hidden, struck or raised by the styles they name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.office.sheet_looks import SMALLEST

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STRUCK = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_DISPLAY, _POSITION, _SIZE = (
    f"{_TEXT}display",
    f"{_STYLE}text-position",
    f"{_FO}font-size",
)
_COLOUR, _BEHIND = f"{_FO}color", f"{_FO}background-color"
_NOTES = (
    f"{_TEXT}note",
    f"{_OFFICE}annotation",
    f"{_TEXT}tracked-changes",
    f"{_TEXT}ruby-text",
)


class OdfLook(NamedTuple):
    """What decides whether words are read."""

    is_unseen: bool = False
    is_raised: bool = False


class OdfLooks:
    """The styles of one file."""

    def __init__(self, parts: Iterable[ElementTree.Element]) -> None:
        self._own: dict[str | None, dict[str, str]] = {}
        self._parent: dict[str | None, str | None] = {}
        self._remembered: dict[str | None, OdfLook] = {}
        for part in parts:
            for style in part.iter(f"{_STYLE}style"):
                name = style.get(f"{_STYLE}name")
                self._parent[name] = style.get(f"{_STYLE}parent-style-name")
                self._own[name] = {
                    key: value
                    for kind in ("text-properties", "table-cell-properties")
                    for properties in style.iterfind(f"{_STYLE}{kind}")
                    for key, value in properties.items()
                }

    def look_of(self, name: str | None) -> OdfLook:
        """Tells how words look that name a style."""
        if name not in self._remembered:
            self._remembered[name] = _look(self._inherited(name))
        return self._remembered[name]

    def text_of(self, paragraph: ElementTree.Element) -> str:
        """What is seen of a paragraph, without the raised marks of notes."""
        parts = list(self._seen(paragraph, OdfLook()))
        words = "".join(text for text, is_raised in parts if not is_raised)
        return words if words.strip() else "".join(text for text, _ in parts)

    def _seen(self, element: ElementTree.Element, around: OdfLook) -> Iterator[tuple[str, bool]]:
        """The pieces of text that are seen, each with whether it is the mark of a note."""
        look = around
        if element.tag == f"{_TEXT}span":
            own = self.look_of(element.get(f"{_TEXT}style-name"))
            look = OdfLook(own.is_unseen or around.is_unseen, own.is_raised or around.is_raised)
        if element.text and not look.is_unseen:
            yield _piece(element.text, look)
        if element.tag == f"{_TEXT}s":
            yield " ", False
        for child in element:
            if child.tag not in _NOTES:
                yield from self._seen(child, look)
            if child.tail and not look.is_unseen:
                yield _piece(child.tail, look)

    def _inherited(self, name: str | None) -> dict[str, str]:
        found: dict[str, str] = {}
        met: set[str | None] = set()  # Broken files base styles on each other in a circle.
        while name in self._own and name not in met:
            met.add(name)
            found = {**self._own[name], **found}
            name = self._parent[name]
        return found


def _piece(text: str, look: OdfLook) -> tuple[str, bool]:
    return text, look.is_raised and MARK_OF_NOTE.fullmatch(text) is not None


def _look(found: dict[str, str]) -> OdfLook:
    is_struck = any(found.get(name, "none") != "none" for name in _STRUCK)
    behind = found.get(_BEHIND, "transparent").lower()
    ground = "#ffffff" if behind == "transparent" else behind
    position = found.get(_POSITION, "0%").split()[0]
    return OdfLook(
        is_struck
        or found.get(_DISPLAY) == "none"
        or _points(found.get(_SIZE, "")) < SMALLEST
        or found.get(_COLOUR, "").lower() == ground,
        position not in ("0%", "0"),
    )


def _points(size: str) -> float:
    try:
        if size.endswith("%"):
            return float(size.removesuffix("%")) / 10
        return float(size.removesuffix("pt")) if size.endswith("pt") else 10.0
    except ValueError:
        return 10.0
