"""Pages of a PDF as they are painted: what of their characters is seen, and which way is up."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page

from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.pdf.annotations import notes_on, strikes_on, typed_on
from pipeline.readers.pdf.colours import is_black, is_white
from pipeline.readers.pdf.geometry import slants
from pipeline.readers.pdf.lines import Char
from pipeline.readers.pdf.painting import NOT_PAINTED, PaintedPage

_UNSEEN_MODES = (3, 7)
_MOST = 0.6
_DRAWN_TEXT = 50
_FEWEST_TURNED = 20
_LARGEST_COVER = 0.25
_HALF = 0.5
_MASKS = ("Mask", "ImageMask", "IM")
_FULL_INK = 255
_SMALLEST = 1.0
_SET_SOLID = 0.05
_LONGEST_STRIKE = 0.5
# Where a strike runs hangs on the font's box; an underline is further down in any.
_AROUND_MIDDLE = 0.28
_SMALLER = 0.86
_RAISED = 0.15
_TOUCHING = 0.3
_ALMOST = 0.5


class Painted(Protocol):
    """A page as painted, in the words of pdfplumber; ``mcid`` tells when, ``tag`` how."""

    page_number: int

    @property
    def bbox(self) -> Any:
        """Its outline."""

    @property
    def chars(self) -> Any:
        """Its characters."""

    @property
    def rects(self) -> Any:
        """Its rectangles."""

    @property
    def curves(self) -> Any:
        """Its other areas."""

    @property
    def images(self) -> Any:
        """Its pictures."""

    @property
    def edges(self) -> Any:
        """The straight lines drawn on it."""

    @property
    def annots(self) -> Any:
        """The annotations of the page."""

    @property
    def width(self) -> Any:
        """Its width in points."""

    @property
    def height(self) -> Any:
        """Its height in points."""

    def close(self) -> None:
        """Frees the memory that the page holds."""


def upright(page: Page) -> PaintedPage:
    """The page turned so that most of its text is upright."""
    painted = PaintedPage(page.pdf, page.page_obj, page.page_number, page.initial_doctop)
    turn = _turn_of(painted.chars)
    if not turn:
        return painted
    painted.close()
    rotation = (painted.rotation + turn) % 360
    page.page_obj.rotate = rotation
    page.page_obj.attrs["Rotate"] = rotation
    return PaintedPage(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _turn_of(chars: Sequence[Char]) -> int:
    """By how many degrees a page must be turned clockwise for most of its text to be upright."""
    turns = Counter(map(_turn, chars))
    if not turns or turns[0] == len(chars):
        return 0
    turn, count = turns.most_common(1)[0]
    return turn if count >= max(_FEWEST_TURNED, _MOST * len(chars)) else 0


def _turn(char: Char) -> int:
    a, b, *_ = char["matrix"]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270


class VisibleText(NamedTuple):
    """The characters of a page that are seen.

    Attributes:
        chars: Those, without the marks of notes.
        rules: The straight lines drawn, those that strike characters left out.
        unseen: How many figures are hidden, covered, struck or off the page.
        marks: How many figures are raised marks of notes.
    """

    chars: list[Char]
    rules: list[Any]
    unseen: int = 0
    marks: int = 0


def seen_on(page: Painted) -> VisibleText:
    """Tells what is seen of the text of a page.

    Where most of it is invisible beside a picture it is the text of that picture, and stays.
    """
    chars, sheet = _straight(page.chars), page.bbox
    kept = [
        char for char in chars if char["tag"] != NOT_PAINTED and not _is_out_of_sight(char, sheet)
    ]
    left_out = _figures_lost(chars, kept)
    unpainted = {id(char) for char in kept if char["tag"] in _UNSEEN_MODES}
    if len(unpainted) > _HALF * len(kept) and has_picture(page):
        return VisibleText(kept + typed_on(page), page.edges, left_out)
    white = list(_white(kept))
    struck = list(_struck(kept, page))
    hidden = set(_covered(kept, page)) | {id(char) for _, char in struck}
    if white:
        hidden |= set(_on_nothing(white, page))
    if len(hidden) > _HALF * len(kept):
        return VisibleText(kept, page.edges, left_out)
    unseen = unpainted | hidden
    kept = [char for char in kept if id(char) not in unseen]
    figures = _figures_lost(chars, kept)
    kept += typed_on(page)
    marks = _marks_of_notes(kept)
    strokes = {id(stroke) for stroke, _ in struck}
    rules = [edge for edge in page.edges if id(edge) not in strokes]
    return VisibleText([char for char in kept if id(char) not in marks], rules, figures, len(marks))


def _straight(chars: Sequence[Char]) -> Sequence[Char]:
    """The characters without those that slant across the page."""
    straight = [char for char in chars if not slants(char["matrix"])]
    return straight if len(straight) > _HALF * len(chars) else chars


def _white(chars: Iterable[Char]) -> Iterator[Char]:
    """The characters in the colour of the paper; neighbours mostly share theirs."""
    for (colour, space), run in groupby(chars, _ink):
        if is_white(colour, space):
            yield from run


def _ink(char: Char) -> tuple[Any, Any]:
    return char["non_stroking_color"], char.get("ncs")


def _figures_lost(chars: Sequence[Char], kept: Sequence[Char]) -> int:
    """How many figures are among characters, and not among those kept of them."""
    return _figures(chars) - _figures(kept) if len(kept) < len(chars) else 0


def _figures(chars: Iterable[Char]) -> int:
    return sum(char["text"].isdecimal() for char in chars)


def has_picture(page: Painted) -> bool:
    """Whether a page holds a picture, or as many curves as letters drawn as shapes have."""
    return bool(page.images) or len(page.curves) > _DRAWN_TEXT


def _is_out_of_sight(char: Char, sheet: Sequence[float]) -> bool:
    """Whether a character stands off the sheet, or is too small to be seen."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    left, top, right, bottom = sheet
    is_on_page = left <= x <= right and top <= y <= bottom
    return not is_on_page or 0 < char["bottom"] - char["top"] < _SMALLEST


def _on_nothing(white: Sequence[Char], page: Painted) -> Iterator[int]:
    """White characters behind which nothing is painted."""
    painted = [
        thing
        for thing in (*page.rects, *page.curves)
        if thing["fill"] and not is_white(thing["non_stroking_color"], thing.get("ncs"))
    ]
    painted += page.images
    for char in white:
        behind = (thing for thing in painted if _is_before(thing, char))
        if not any(_holds(thing, char) for thing in behind):
            yield id(char)


def _covered(chars: Sequence[Char], page: Painted) -> Iterator[int]:
    """Characters that white or black paint covers, or a picture that lets nothing through."""
    covers = [
        rect
        for rect in page.rects
        if rect["fill"]
        and _is_small(rect, page)
        and min(rect["width"], rect["height"]) > _SMALLEST
        and (
            is_white(rect["non_stroking_color"], rect.get("ncs"))
            or is_black(rect["non_stroking_color"], rect.get("ncs"))
        )
    ]
    covers += [note for note in notes_on(page) if note["is_opaque"]]
    pictures = [picture for picture in small_pictures(page) if _is_opaque(picture)]
    yield from map(id, painted_over(covers, chars))
    yield from _wholly({id(char) for char in painted_over(pictures, chars)}, chars)


def _wholly(covered: set[int], chars: Sequence[Char]) -> Iterator[int]:
    """Those covered, but for numbers at the edge of a picture: half a number is another one."""
    number: list[int] = []
    before: Char | None = None
    for char in chars if covered else ():
        if before is None or not _continues(before, char):
            yield from number if covered.issuperset(number) else ()
            number = []
        number.append(id(char))
        before = char
    yield from number if covered.issuperset(number) else ()


def _continues(before: Char, char: Char) -> bool:
    """Whether two digits are of one number, set without a gap."""
    are_digits = before["text"].isdecimal() and char["text"].isdecimal()
    gap, em = char["x0"] - before["x1"], char["bottom"] - char["top"]
    is_level = abs(char["bottom"] - before["bottom"]) < _SMALLEST
    return bool(are_digits and is_level and abs(gap) < _SET_SOLID * em)


def _is_small(cover: Any, page: Painted) -> bool:
    return bool(cover["width"] * cover["height"] <= _LARGEST_COVER * page.width * page.height)


def small_pictures(page: Painted) -> list[Any]:
    """Pictures that may cover something: not that of the whole page, beneath or over its text."""
    return [picture for picture in page.images if _is_small(picture, page)]


def _is_opaque(picture: Any) -> bool:
    """Whether nothing is seen through a picture: no mask, or one of full ink, and no blending.

    One that lies over nothing is not asked: PDFium does not tell.
    """
    stream = picture.get("stream")
    if stream is None or picture["tag"] == NOT_PAINTED or any(map(stream.attrs.get, _MASKS)):
        return False
    soft = resolve1(stream.attrs.get("SMask"))
    return soft is None or set(soft.get_data()) == {_FULL_INK}


def painted_over(covers: Sequence[Any], chars: Sequence[Char]) -> Iterator[Char]:
    """Characters that something was painted over later."""
    for cover, char in _meeting(covers, chars):
        if _is_before(char, cover) and _holds(cover, char):
            yield char


def _struck(chars: Sequence[Char], page: Painted) -> Iterator[tuple[Any, Char]]:
    """Lines through the middle of characters, as long as these, each with every such character."""
    longest = _LONGEST_STRIKE * page.width
    strokes = [
        edge
        for edge in page.edges
        if edge["orientation"] == "h" and _SMALLEST < edge["width"] <= longest
    ]
    strokes += strikes_on(page)
    met: dict[int, list[Char]] = {}
    for number, char in _through(strokes, chars):
        met.setdefault(number, []).append(char)
    for number, through in met.items():
        size = through[0]["bottom"] - through[0]["top"]
        starts, ends = min(char["x0"] for char in through), max(char["x1"] for char in through)
        stroke = strokes[number]
        if stroke["x0"] > starts - _ALMOST * size and stroke["x1"] < ends + _ALMOST * size:
            yield from ((stroke, char) for char in through)


def _through(strokes: Sequence[Any], chars: Sequence[Char]) -> Iterator[tuple[int, Char]]:
    """Which strokes run through the middle of which characters."""
    if not strokes:
        return
    ordered = sorted(chars, key=_middle)
    middles = list(map(_middle, ordered))
    tallest = max((char["bottom"] - char["top"] for char in chars), default=0.0)
    farthest = _AROUND_MIDDLE * tallest
    for number, stroke in enumerate(strokes):
        at = (stroke["top"] + stroke["bottom"]) / 2
        first, last = bisect_left(middles, at - farthest), bisect_right(middles, at + farthest)
        for char in ordered[first:last]:
            height = char["bottom"] - char["top"]
            is_middle = abs(_middle(char) - at) <= _AROUND_MIDDLE * height
            if is_middle and stroke["x0"] <= (char["x0"] + char["x1"]) / 2 <= stroke["x1"]:
                yield number, char


def _meeting(things: Sequence[Any], chars: Sequence[Char]) -> Iterator[tuple[Any, Char]]:
    """Things and the characters on their height."""
    if not things:
        return
    ordered = sorted(chars, key=_middle)
    middles = list(map(_middle, ordered))
    for thing in things:
        first, last = bisect_left(middles, thing["top"]), bisect_right(middles, thing["bottom"])
        for char in ordered[first:last]:
            yield thing, char


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _is_before(one: Any, other: Any) -> bool:
    """Whether one thing was painted before another."""
    return (one.get("mcid") or 0) < (other.get("mcid") or 0)


def _holds(thing: Any, char: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, _middle(char)
    return bool(thing["x0"] <= x <= thing["x1"] and thing["top"] <= y <= thing["bottom"])


def _marks_of_notes(chars: Sequence[Char]) -> set[int]:
    """Small raised characters that touch a larger one and may send to a note."""
    heights = [char["bottom"] - char["top"] for char in chars]
    if not heights or min(heights) >= _SMALLER * max(heights):
        return set()
    largest = max(heights)
    small = [
        char for char, height in zip(chars, heights, strict=True) if height < _SMALLER * largest
    ]
    runs = [
        run
        for run in _runs(char for char in small if char["upright"])
        if MARK_OF_NOTE.fullmatch("".join([char["text"] for char in run]))
    ]
    found: set[int] = set()
    by_end = sorted(chars, key=itemgetter("x1")) if runs else []
    ends = [char["x1"] for char in by_end]
    for run in runs:
        first = run[0]
        reach = _TOUCHING * largest
        near = by_end[
            bisect_left(ends, first["x0"] - reach) : bisect_right(ends, first["x0"] + reach)
        ]
        if any(_is_raised_on(first, other) for other in near):
            found.update(map(id, run))
    return found


def _runs(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Characters that stand close behind each other on a line."""
    run: list[Char] = []
    for char in sorted(chars, key=lambda one: (round(one["bottom"]), one["x0"])):
        size = char["bottom"] - char["top"]
        is_near = run and abs(run[-1]["bottom"] - char["bottom"]) < _TOUCHING * size
        if not (is_near and -size < char["x0"] - run[-1]["x1"] < _TOUCHING * size):
            if run:
                yield run
            run = []
        run.append(char)
    if run:
        yield run


def _is_raised_on(small: Char, large: Char) -> bool:
    size = large["bottom"] - large["top"]
    return bool(
        small["bottom"] - small["top"] < _SMALLER * size
        and abs(small["x0"] - large["x1"]) < _TOUCHING * size
        and large["top"] - _ALMOST * size < _middle(small) < large["bottom"]
        and small["bottom"] < large["bottom"] - _RAISED * size
    )
