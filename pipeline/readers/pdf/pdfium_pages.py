"""Pages of a PDF as PDFium paints them, told in the words of pdfplumber, at a fraction of its time.

PDFium sorts, joins and drops what it takes for text that nobody copies, so that a page is only
told where every character stands upright and alone for the glyph it was painted with.
"""

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as kinds

from pipeline.readers.pdf.geometry import UNIT, Matrix, Point, moved, outline, slants
from pipeline.readers.pdf.painted_pages import painted_over, small_pictures
from pipeline.readers.pdf.painting import FAINTEST
from pipeline.readers.pdf.pdfium_functions import NumbersWritten
from pipeline.readers.pdf.pdfium_functions import functions as pdfium

_ALIKE = 0.01
_WIDEST = 2.0
_LARGEST_GLYPH = 1.3
_FIRST_WIDE = 0x2E80
_FIRST_PRINTED = ord(" ")
_NO_CHARACTERS = (0xFFFD, 0xFFFE, 0xFFFF)
_DEEPEST = 8
_STICKS_OUT = 2.0
_LINE, _MOVE = kinds.FPDF_SEGMENT_LINETO, kinds.FPDF_SEGMENT_MOVETO
_MARKS_UNSEEN = (kinds.FPDF_ANNOT_LINK, kinds.FPDF_ANNOT_POPUP)
_INK = (35, 31, 32)
"""What PDFium makes of black ink alone, which is no black on a screen."""

Thing = dict[str, Any]


class _UnsureError(Exception):
    """Something on the page is better told by the reader that interprets it step by step."""


@dataclass(slots=True)
class PdfiumPage:
    """A page as painted; see ``painted_pages.Painted``."""

    page_number: int
    width: float
    height: float
    chars: list[Thing] = field(default_factory=list)
    rects: list[Thing] = field(default_factory=list)
    curves: list[Thing] = field(default_factory=list)
    images: list[Thing] = field(default_factory=list)
    edges: list[Thing] = field(default_factory=list)
    annots: tuple[Thing, ...] = ()

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Its outline."""
        return (0.0, 0.0, self.width, self.height)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is painted on it."""
        return not (self.chars or self.rects or self.curves or self.images or self.edges)

    def close(self) -> None:
        """Nothing is held."""


class _Style(NamedTuple):
    """What all characters of one run of text share."""

    painted: int
    mode: int
    colour: tuple[float, ...] | None
    size: float
    descent: float
    font: int
    owner: int
    is_told: bool


@contextmanager
def painted_by_pdfium(data: bytes) -> Iterator[Callable[[int], PdfiumPage | None]]:
    """Opens a file for as long as its pages are asked for.

    Yields:
        Gives the page of a number from 1; None where it holds something that this reader
        cannot tell for certain: turned pages and text, notes and fields, glyphs without a
        character.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield lambda _: None
        return
    try:
        yield partial(_told, pdf)
    finally:
        pdf.close()


def _told(pdf: pypdfium2.PdfDocument, number: int) -> PdfiumPage | None:
    page = pdfium.FPDF_LoadPage(pdf, number - 1)
    if not page:
        return None
    text = None
    try:
        width, height = _size(page)
        text = pdfium.FPDFText_LoadPage(page)
        told = PdfiumPage(number, width, height)
        styles = _Painter(told).paint(page)
        writing = _Writing(text, styles, height)
        told.chars = writing.chars()
        writing.look_for_repeats(told.chars)
        if any(painted_over(small_pictures(told), told.chars)):
            raise _UnsureError
        return told
    except _UnsureError:
        return None
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _size(page: int) -> tuple[float, float]:
    """Width and height of a page that begins where its file's coordinates do."""
    if pdfium.FPDFPage_GetRotation(page):
        raise _UnsureError
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind not in _MARKS_UNSEEN:
            raise _UnsureError
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    whole = (0.0, 0.0, width, height)
    for read in (pdfium.FPDFPage_GetMediaBox, pdfium.FPDFPage_GetCropBox):
        sides = NumbersWritten(ctypes.c_float, 4)
        is_given = read(page, *sides.places)
        if is_given and any(
            abs(side - at) > _ALIKE for side, at in zip(sides.read(), whole, strict=True)
        ):
            raise _UnsureError
    return width, height


class _Painter:
    """Goes through what a page paints, in order."""

    def __init__(self, page: PdfiumPage) -> None:
        self._page = page
        self._painted = 0
        self._styles: dict[int, _Style] = {}
        self._descents: dict[tuple[int, float], float] = {}
        self._size = NumbersWritten(ctypes.c_float, 1)
        self._ink = NumbersWritten(ctypes.c_uint, 4)
        self._ways = NumbersWritten(ctypes.c_int, 2)
        self._place = NumbersWritten(ctypes.c_float, 2)
        self._moves = NumbersWritten(ctypes.c_float, 6)

    def paint(self, page: int) -> dict[int, _Style]:
        """Adds everything painted to the page but its characters; how those are painted."""
        for number in range(pdfium.FPDFPage_CountObjects(page)):
            self._add(pdfium.FPDFPage_GetObject(page, number), UNIT, _DEEPEST)
        return self._styles

    def _add(self, thing: int, around: Matrix, deep: int) -> None:
        self._painted += 1
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == kinds.FPDF_PAGEOBJ_TEXT:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
            if _is_cut(thing):
                raise _UnsureError
            colour = self._colour(thing, pdfium.FPDFPageObj_GetFillColor)
            pdfium.FPDFTextObj_GetFontSize(thing, self._size.at)
            (size,), font = self._size.read(), pdfium.FPDFTextObj_GetFont(thing)
            descent = self._descents.get((font, size))
            if descent is None:
                descent = self._descents[font, size] = _descent(font, size)
            self._styles[thing] = _Style(
                self._painted, mode, colour, size, descent, font, thing, _is_told(thing)
            )
        elif kind == kinds.FPDF_PAGEOBJ_PATH:
            self._add_path(thing, self._matrix(thing, around))
        elif kind == kinds.FPDF_PAGEOBJ_FORM:
            if not deep or pdfium.FPDFPageObj_HasTransparency(thing):
                raise _UnsureError
            inside = self._matrix(thing, around)
            for number in range(pdfium.FPDFFormObj_CountObjects(thing)):
                self._add(pdfium.FPDFFormObj_GetObject(thing, number), inside, deep - 1)
        elif kind == kinds.FPDF_PAGEOBJ_IMAGE:
            self._add_image(self._matrix(thing, around))
        else:
            self._page.curves.append(self._outline(self._from_top([(0.0, 0.0)])) | {"fill": False})

    def _matrix(self, thing: int, around: Matrix) -> Matrix:
        """How a thing is moved, that around it included."""
        if not pdfium.FPDFPageObj_GetMatrix(thing, self._moves.at):
            raise _UnsureError
        return _times(self._moves.read(), around)

    def _add_image(self, matrix: Matrix) -> None:
        corners = [moved(matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        self._page.images.append(self._outline(self._from_top(corners)))

    def _from_top(self, points: list[Point]) -> list[Point]:
        return [(x, self._page.height - y) for x, y in points]

    def _outline(self, corners: list[Point]) -> Thing:
        return outline(*corners) | {"mcid": self._painted}

    def _add_path(self, path: int, matrix: Matrix) -> None:
        pdfium.FPDFPath_GetDrawMode(path, *self._ways.places)
        fill, stroke = self._ways.read()
        if not fill and not stroke:
            return
        look = {
            "fill": bool(fill),
            "stroke": bool(stroke),
            "non_stroking_color": self._colour(path, pdfium.FPDFPageObj_GetFillColor)
            if fill
            else None,
            "stroking_color": self._colour(path, pdfium.FPDFPageObj_GetStrokeColor)
            if stroke
            else None,
        }
        for points, is_straight in self._strokes(path, matrix):
            if len(points) > 1:
                self._add_stroke(self._from_top(points), is_straight, look)

    def _strokes(self, path: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """The strokes of a path, each with whether it has straight lines alone."""
        points: list[Point] = []
        is_straight = True
        for number in range(pdfium.FPDFPath_CountSegments(path)):
            segment = pdfium.FPDFPath_GetPathSegment(path, number)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, *self._place.places)
            if kind == _MOVE:
                yield points, is_straight
                points, is_straight = [], True
            is_straight &= kind in (_MOVE, _LINE)
            points.append(moved(matrix, *self._place.read()))
            if points[-1] != points[0] and pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        yield points, is_straight

    def _colour(self, thing: int, read: Any) -> tuple[float, ...] | None:
        """A colour in parts of one; None for a pattern."""
        if not read(thing, *self._ink.places):
            return None
        red, green, blue, alpha = self._ink.read()
        if alpha <= ceil(FAINTEST * 255):
            raise _UnsureError
        return _in_parts(red, green, blue)

    def _add_stroke(self, corners: list[Point], is_straight: bool, look: Thing) -> None:
        """One stroke of a path: a rectangle, a line, or anything else."""
        stroke = self._outline(corners) | look
        if len(corners) == 2:
            level = _level(*corners)
            if level:
                self._page.edges.append(stroke | {"object_type": "line", "orientation": level})
            return
        if is_straight and _is_rectangle(corners):
            stroke["pts"] = corners
            self._page.rects.append(stroke)
            self._page.edges += _sides(stroke)
            return
        self._page.curves.append(stroke)
        for one, other in pairwise(corners):
            level = _level(one, other)
            if level and is_straight:
                side = {"object_type": "curve_edge", "orientation": level}
                self._page.edges.append(outline(one, other) | side)


def _sides(rect: Thing) -> Iterator[Thing]:
    """The four sides of a rectangle."""
    for name, orientation in (("top", "h"), ("bottom", "h"), ("x0", "v"), ("x1", "v")):
        side = rect | {"object_type": "rect_edge", "orientation": orientation}
        if orientation == "h":
            side |= {"top": rect[name], "bottom": rect[name], "height": 0}
        else:
            side |= {"x0": rect[name], "x1": rect[name], "width": 0}
        yield side


def _level(one: Point, other: Point) -> str | None:
    """Whether a line runs across or down; None where it slants."""
    if abs(one[0] - other[0]) <= _ALIKE:
        return "v"
    return "h" if abs(one[1] - other[1]) <= _ALIKE else None


def _is_rectangle(corners: list[Point]) -> bool:
    if corners[0] == corners[-1]:
        corners = corners[:-1]
    if len(corners) != 4:
        return False
    ways = [_level(corners[n], corners[(n + 1) % 4]) for n in range(4)]
    return ways in (["h", "v", "h", "v"], ["v", "h", "v", "h"])


@cache
def _in_parts(red: int, green: int, blue: int) -> tuple[float, ...]:
    if (red, green, blue) == _INK:
        return (0.0,)
    return (red / 255, green / 255, blue / 255)


def _descent(font: int, size: float) -> float:
    """How far a font reaches below its line."""
    descent = NumbersWritten(ctypes.c_float, 1)
    if not pdfium.FPDFFont_GetDescent(font, size, descent.at):
        raise _UnsureError
    return float(*descent.read())


def _bounds(thing: int) -> list[float]:
    """Left, bottom, right and top of what is painted, from the foot of the page."""
    sides = NumbersWritten(ctypes.c_float, 4)
    pdfium.FPDFPageObj_GetBounds(thing, *sides.places)
    return sides.read()


def _is_cut(thing: int) -> bool:
    """Whether a part of a painted thing lies outside its clipping path."""
    clip = pdfium.FPDFPageObj_GetClipPath(thing)
    count = pdfium.FPDFClipPath_CountPaths(clip)
    if count <= 0:
        return False
    left, bottom, right, top = _bounds(thing)
    at = NumbersWritten(ctypes.c_float, 2)
    for path in range(count):
        across, down = [], []
        for number in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, number)
            pdfium.FPDFPathSegment_GetPoint(segment, *at.places)
            x, y = at.read()
            across.append(x)
            down.append(y)
        if across and (
            min(across) - left > _STICKS_OUT
            or right - max(across) > _STICKS_OUT
            or min(down) - bottom > _STICKS_OUT
            or top - max(down) > _STICKS_OUT
        ):
            return True
    return False


def _is_told(run: int) -> bool:
    """Whether the file gives a replacement text (``ActualText``) for a run."""
    for number in range(pdfium.FPDFPageObj_CountMarks(run)):
        mark = pdfium.FPDFPageObj_GetMark(run, number)
        if pdfium.FPDFPageObjMark_GetParamValueType(mark, b"ActualText"):
            return True
    return False


def _times(inner: Sequence[float], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, _, _ = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, *moved(outer, e, f))


class _Writing:
    """The characters of a page; those that PDFium adds between them left out."""

    def __init__(self, text: int, styles: dict[int, _Style], height: float) -> None:
        self._text = text
        self._styles = styles
        self._height = height
        self._advances: dict[tuple[int, int], float] = {}
        self._aslant: Counter[int] = Counter()
        self._moves = NumbersWritten(ctypes.c_float, 6)
        self._width = NumbersWritten(ctypes.c_float, 1)
        self._box = NumbersWritten(ctypes.c_float, 4)

    def chars(self) -> list[Thing]:
        """The characters in the order in which PDFium reads them, without those of watermarks."""
        chars = list(self._upright())
        if self._aslant and self._aslant.total() >= len(chars):
            raise _UnsureError
        return chars

    def _upright(self) -> Iterator[Thing]:
        text = self._text
        at = NumbersWritten(ctypes.c_double, 2)
        run, style, matrix, is_aslant = 0, None, UNIT, False
        unicode_of, owner_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
        is_generated, origin_of = pdfium.FPDFText_IsGenerated, pdfium.FPDFText_GetCharOrigin
        is_unmapped = pdfium.FPDFText_HasUnicodeMapError
        for number in range(pdfium.FPDFText_CountChars(text)):
            code = unicode_of(text, number)
            owner = owner_of(text, number)
            if not owner or (code <= _FIRST_PRINTED and is_generated(text, number)):
                continue
            if is_unmapped(text, number) or code < _FIRST_PRINTED or code in _NO_CHARACTERS:
                raise _UnsureError
            if style is None or owner != run:
                run = owner
                style = self._styles.get(run)
                matrix = self._matrix(number)
                is_aslant = matrix[1] != 0
            if style is None:
                raise _UnsureError
            if is_aslant:
                self._aslant[style.painted] += 1
                continue
            advance = self._advances.get((style.font, code))
            if advance is None:
                advance = self._advances[style.font, code] = self._advance(
                    number, code, style, matrix
                )
            if style.is_told:
                _hold_against_glyphs(chr(code), style, advance, matrix)
            origin_of(text, number, *at.places)
            x, y = at.read()
            bottom = self._height - y - style.descent * matrix[3]
            yield {
                "text": chr(code),
                "x0": x,
                "x1": x + advance * style.size * matrix[0],
                "top": bottom - style.size * matrix[3],
                "bottom": bottom,
                "upright": True,
                "matrix": matrix,
                "non_stroking_color": style.colour,
                "tag": style.mode,
                "mcid": style.painted,
            }

    def look_for_repeats(self, chars: Sequence[Thing]) -> None:
        """PDFium drops what is printed again on its own spot, though the first may be covered."""
        told = {char["mcid"] for char in chars} | self._aslant.keys()
        for style in self._styles.values():
            if style.painted in told:
                continue
            left, bottom, right, top = _bounds(style.owner)
            for char in chars:
                across = (char["x0"] + char["x1"]) / 2
                down = self._height - (char["top"] + char["bottom"]) / 2
                if left <= across <= right and bottom <= down <= top and char["text"].strip():
                    raise _UnsureError

    def _matrix(self, number: int) -> Matrix:
        """How the characters of a run stand."""
        pdfium.FPDFText_GetMatrix(self._text, number, self._moves.at)
        a, b, c, d, e, f = self._moves.read()
        matrix = (a, b, c, d, e, f)
        is_upright = a > 0 and d > 0 and not (b or c)
        if not is_upright and not slants(matrix):
            raise _UnsureError
        return matrix

    def _advance(self, number: int, code: int, style: _Style, matrix: Matrix) -> float:
        """How far a character of a font moves the pen, in parts of its size."""
        pdfium.FPDFFont_GetGlyphWidth(style.font, code, 1.0, self._width.at)
        pdfium.FPDFText_GetLooseCharBox(self._text, number, self._box.at)
        left, _, right, _ = self._box.read()
        advance = float(*self._width.read())
        shown = (right - left) / (style.size * matrix[0])
        if code >= _FIRST_WIDE and (shown > _WIDEST or advance <= 0):
            return 1.0  # Of a font that writes downwards, this is no box of a character.
        # The gap between digits tells one number from two; between letters nothing hangs on it.
        if chr(code).isdigit() and not 0 < advance <= shown + _ALIKE:
            raise _UnsureError
        return advance if advance > 0 else shown


def _hold_against_glyphs(char: str, style: _Style, advance: float, matrix: Matrix) -> None:
    """Accepts a run's replacement text only where a single glyph is painted for it."""
    left, _, right, _ = _bounds(style.owner)
    widest = advance if char.isdigit() else 1.0
    if right - left > _LARGEST_GLYPH * widest * style.size * matrix[0]:
        raise _UnsureError
