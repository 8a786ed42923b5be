"""OFD (GB/T 33190), in which agencies publish as others do in PDF: the same pages and tables.

The file is a ZIP of XML: text in objects that give the place of each character, lines as paths.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import Any
from xml.etree import ElementTree

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.archive.archives import packed_too_tight
from pipeline.readers.pdf.aligned_pages import with_aligned_tables
from pipeline.readers.pdf.geometry import UNIT, Matrix, Point, ems, moved, outline
from pipeline.readers.pdf.page_items import pages_on
from pipeline.readers.pdf.pages import document_of, too_many, without_running_heads
from pipeline.readers.pdf.sheets_of_two import in_order
from pipeline.readers.sniffing import UNREADABLE_ZIP

_POINTS = 72 / 25.4
_THIN = 3.0
_PATH = re.compile(r"([A-Za-z])|(-?\d+(?:\.\d+)?)")
_HIDDEN = ("false", "0")

Element = ElementTree.Element


def read_ofd(data: bytes) -> Document | Rejection:
    """Reads an OFD file with a text layer."""
    objection = packed_too_tight(data)
    if objection:
        return objection
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = _Package(archive)
            if rejection := too_many(len(package.places)):
                return rejection
            sheets = [pages_on(page) for page in package.pages()]
            title = package.title
    except (ElementTree.ParseError, KeyError, *UNREADABLE_ZIP) as error:
        return Rejection(
            Reason.DAMAGED,
            f"The OFD file is broken or locked ({type(error).__name__}); open it in its program "
            "and print it to PDF.",
        )
    pages = in_order(sheets)
    if not any(page.items for page in pages):
        return Rejection(
            Reason.NEEDS_OCR if any(page.is_picture for page in pages) else Reason.NO_TEXT,
            "The OFD file holds no text, as scans do; print it to PDF and have it recognised "
            "with gongkai[ocr].",
        )
    pages = with_aligned_tables(without_running_heads(pages))
    return document_of(pages, "application/ofd", title)


@dataclass(slots=True)
class _Sheet:
    """A page of an OFD file, in the words that pages of PDF files are told in."""

    page_number: int
    bbox: tuple[float, float, float, float]
    chars: list[dict[str, Any]] = field(default_factory=list)
    rects: list[dict[str, Any]] = field(default_factory=list)
    images: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    curves: tuple[dict[str, Any], ...] = ()
    annots: tuple[dict[str, Any], ...] = ()
    painted: int = 0

    @property
    def width(self) -> float:
        return self.bbox[2]

    @property
    def height(self) -> float:
        return self.bbox[3]

    def close(self) -> None:
        """Nothing is held."""


class _Package:
    """The parts of a file, by their paths."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        entry = self._part("OFD.xml")
        self.title = (_text(entry, "Title") or "").strip() or None
        self._root = (_text(entry, "DocRoot") or "").strip().lstrip("/")
        self._document = self._part(self._root)
        pages = next(_all(self._document, "Pages"), None)
        self.places = [
            one.get("BaseLoc", "") for one in (() if pages is None else _all(pages, "Page"))
        ]
        self._box = _text(self._document, "PhysicalBox")
        self._templates = {
            one.get("ID"): one.get("BaseLoc", "") for one in _all(self._document, "TemplatePage")
        }

    def pages(self) -> Iterator[_Sheet]:
        """The pages in order, what their templates print included."""
        for number, place in enumerate(self.places, 1):
            content = self._part(self._near(place))
            box = _numbers(_text(content, "PhysicalBox") or self._box or "0 0 210 297")
            sheet = _Sheet(number, (0.0, 0.0, box[2] * _POINTS, box[3] * _POINTS))
            for template in _all(content, "Template"):
                place = self._templates.get(template.get("TemplateID"), "")
                if place:
                    _paint(self._part(self._near(place)), sheet)
            _paint(content, sheet)
            yield sheet

    def _near(self, place: str) -> str:
        """The path of a part that the document names."""
        inside = normpath(join(dirname(self._root), place))
        return place.lstrip("/") if place.startswith("/") or inside not in self._names else inside

    def _part(self, name: str) -> Element:
        return ElementTree.fromstring(self._archive.read(name))


def _all(element: Element, name: str) -> Iterator[Element]:
    """Elements of a name, whatever their namespace: programs write several."""
    return (one for one in element.iter() if one.tag.rpartition("}")[2] == name)


def _text(element: Element, name: str) -> str | None:
    found = next(_all(element, name), None)
    return None if found is None else found.text


def _numbers(written: str | None) -> list[float]:
    """Numbers parted by blanks; ``g 3 5`` stands for three times 5."""
    found: list[float] = []
    words = (written or "").split()
    while words:
        if words[0] == "g" and len(words) > 2:
            found += [float(words[2])] * min(int(float(words[1])), 10_000)
            words = words[3:]
        else:
            found.append(float(words.pop(0)))
    return found


def _paint(content: Element, sheet: _Sheet) -> None:
    """Adds what a page or a template paints, in order."""
    for element in content.iter():
        kind = element.tag.rpartition("}")[2]
        if kind not in ("TextObject", "PathObject", "ImageObject"):
            continue
        if element.get("Visible", "true").lower() in _HIDDEN or element.get("Alpha") == "0":
            continue
        sheet.painted += 1
        box = _numbers(element.get("Boundary"))
        if len(box) < 4:
            continue
        if kind == "TextObject":
            sheet.chars += _chars(element, box, sheet.painted)
        elif kind == "PathObject":
            _add_path(element, box, sheet)
        else:
            sheet.images.append(_outline(box, sheet.painted))


def _outline(box: Sequence[float], painted: int) -> dict[str, Any]:
    x0, top, width, height = (part * _POINTS for part in box[:4])
    return {
        "x0": x0,
        "x1": x0 + width,
        "top": top,
        "bottom": top + height,
        "width": width,
        "height": height,
        "mcid": painted,
    }


def _matrix(element: Element) -> Matrix:
    numbers = _numbers(element.get("CTM"))
    return (*numbers[:6],) if len(numbers) >= 6 else UNIT  # type: ignore[return-value]


def _chars(element: Element, box: Sequence[float], painted: int) -> Iterator[dict[str, Any]]:
    size = float(element.get("Size", "3.5"))
    matrix = _matrix(element)
    colour = _colour(element, "FillColor") if element.get("Fill", "true") != "false" else None
    for code in _all(element, "TextCode"):
        text = (code.text or "").strip("\n\r")
        x, y = float(code.get("X", "0")), float(code.get("Y", "0"))
        steps = [_numbers(code.get(name)) for name in ("DeltaX", "DeltaY")]
        for number, char in enumerate(text):
            wide = size * ems(char)
            yield _char(char, (x, y), (wide, size), matrix, box, colour, painted)
            across, down = (step[number] if number < len(step) else None for step in steps)
            x += across if across is not None else (0 if down is not None else wide)
            y += down or 0


def _char(
    text: str,
    at: Point,
    size: tuple[float, float],
    matrix: Matrix,
    box: Sequence[float],
    colour: tuple[float, ...] | None,
    painted: int,
) -> dict[str, Any]:
    """A character; its place is that of its base line, which stands a fifth above its foot."""
    corners = [
        moved(matrix, at[0] + dx, at[1] + dy)
        for dx in (0, size[0])
        for dy in (-0.85 * size[1], 0.15 * size[1])
    ]
    xs, ys = zip(*corners, strict=True)
    return {
        "text": text,
        "x0": (box[0] + min(xs)) * _POINTS,
        "x1": (box[0] + max(xs)) * _POINTS,
        "top": (box[1] + min(ys)) * _POINTS,
        "bottom": (box[1] + max(ys)) * _POINTS,
        "upright": abs(matrix[0]) >= abs(matrix[1]),
        "matrix": (matrix[0], -matrix[1], -matrix[2], matrix[3], 0, 0),
        "non_stroking_color": (0,) if colour is None else colour,
        "tag": 0,
        "mcid": painted,
    }


def _colour(element: Element, name: str) -> tuple[float, ...] | None:
    """A colour in parts of one, None where it is the usual one."""
    own = next((one for one in element if one.tag.rpartition("}")[2] == name), None)
    if own is None:
        return None
    try:
        parts = tuple(float(part) / 255 for part in own.get("Value", "").split())
    except ValueError:
        return None
    return parts or None


def _add_path(element: Element, box: Sequence[float], sheet: _Sheet) -> None:
    """Adds the straight lines of a path, and the area it fills."""
    matrix = _matrix(element)
    is_stroked = element.get("Stroke", "true").lower() not in _HIDDEN
    is_filled = element.get("Fill", "false").lower() not in _HIDDEN
    points = list(_points(_text(element, "AbbreviatedData") or ""))
    placed = [None if at is None else _on_page(moved(matrix, *at), box) for at in points]
    corners = [at for at in placed if at is not None]
    if not corners:
        return
    area = outline(*corners) | {"mcid": sheet.painted}
    colour = _colour(element, "FillColor")
    if is_filled:
        sheet.rects.append(
            {**area, "fill": True, "non_stroking_color": (0,) if colour is None else colour}
        )
    if is_filled and not is_stroked and min(area["width"], area["height"]) > _THIN:
        return
    for one, other in pairwise(placed):
        if one is not None and other is not None:
            edge = _edge(one, other, _colour(element, "StrokeColor") if is_stroked else colour)
            sheet.edges += [edge] if edge else []


def _on_page(at: Point, box: Sequence[float]) -> Point:
    return (box[0] + at[0]) * _POINTS, (box[1] + at[1]) * _POINTS


def _points(path: str) -> Iterator[Point | None]:
    """The corners of a path; None where the pen is lifted. Of curves only the ends count."""
    command = ""
    numbers: list[float] = []
    first: Point | None = None
    needed = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
    for letter, number in _PATH.findall(path):
        if letter:
            command, numbers = letter.upper(), []
            if command == "C" and first is not None:
                yield first
            continue
        numbers.append(float(number))
        if len(numbers) == needed.get(command, 0):
            at = (numbers[-2], numbers[-1])
            if command in "SM":
                first = at
                yield None
            yield at
            numbers = []


def _edge(one: Point, other: Point, colour: tuple[float, ...] | None) -> dict[str, Any] | None:
    """A horizontal or vertical line in pdfplumber's form; None for a slanting one."""
    line = outline(one, other)
    if min(line["width"], line["height"]) > 0.5:
        return None
    return line | {
        "orientation": "h" if line["height"] <= line["width"] else "v",
        "object_type": "line",
        "stroke": True,
        "stroking_color": (0,) if colour is None else colour,
        "fill": False,
        "non_stroking_color": None,
    }
