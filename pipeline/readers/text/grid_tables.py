"""Tables drawn with plus signs, dashes and bars, as reStructuredText and many programs have them.

Frames of lines (┌─┬┐) are such drawings with other signs, as browsers of a terminal make them.
Their cells are wrapped over several lines and may span rows and columns. Columns are those of
a terminal, where a Chinese character is two wide; some programs count characters instead.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from pipeline.model.document import Cell, Locator, Table
from pipeline.readers.text.aligned import aligned_tables
from pipeline.readers.text.markdown_breaks import BREAK, broken_table
from pipeline.readers.text.marked_tables import marked_table, without_commands
from pipeline.readers.text.text_lines import joined, width

_RULE = re.compile(r"\s*\+(?:[-=:]{2,}\+)+\s*")
_PART = re.compile(r"\s*[+|].*[+|]\s*")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝", "+"),
        **dict.fromkeys("─━═", "-"),
        **dict.fromkeys("│┃║", "|"),
    }
)
_ACROSS = frozenset("-=:+")
_DOWN = frozenset("|+")
_LEAST_RULES = 3
# A drawing is followed character by character; no form comes near.
_MOST_CHARS = 400_000
_LATEX = "\\begin{"
_OPENED = re.compile(
    r"\+[-=]{2}|[┌┏╔][─━═]{2}|<br|\\begin\{|^\|===|^\.\. (?:list|csv)-table::"
    r"|^[ \t]*(?:\{\||\|(?:[_<>=]|\\\d|/\d)+\.)",
    re.IGNORECASE | re.MULTILINE,
)

# One of these is in all that opens a table, and few texts have any.
_MARKS = ("+", "|", "<", "\\", "..", "┌", "┏", "╔")

_NOWHERE = Locator(0, 0)

Drawing = list[list[str]]


class _Box(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int


class TextWithGrids(NamedTuple):
    """A text whose drawn tables are written out as rows of cells.

    Attributes:
        text: The text.
        tables: Those tables by the offset they begin at.
    """

    text: str
    tables: dict[int, Table]


def with_grids(text: str) -> TextWithGrids:
    """Writes drawn tables out, a row a line and cells parted by tabs; others stay as they are."""
    text = without_commands(text) if _LATEX in text else text
    lines = text.split("\n")
    aligned = {one.first: one for one in aligned_tables(lines)}
    may_be_drawn = any(map(text.__contains__, _MARKS)) and _OPENED.search(text)
    if not aligned and not may_be_drawn:
        return TextWithGrids(text, {})
    drawn = text.translate(_SIGNS).split("\n")
    written: list[str] = []
    tables: dict[int, Table] = {}
    at = length = 0
    while at < len(lines):
        known = aligned.get(at)
        if known:
            cells, end = known.cells, known.behind
        else:
            cells, end = _drawn_table(drawn, at) or _written_table(lines, at)
        if cells:
            piece, tables[length] = _table(cells, length)
        else:
            end = max(end, at + 1)
            # Programs that draw a page fill its lines with blanks.
            piece = "\n".join(line.rstrip(" ") for line in lines[at:end])
            piece = piece if "|" in piece else BREAK.sub("\n", piece)
        written.append(piece)
        length += len(piece) + 1
        at = end
    return TextWithGrids("\n".join(written), tables)


def _drawn_table(lines: Sequence[str], at: int) -> tuple[list[Cell], int] | None:
    """The cells of a drawn table that begins at a line, and the line behind it."""
    end = _end_of_table(lines, at)
    return (_cells(lines[at:end]), end) if end > at else None


def _written_table(lines: Sequence[str], at: int) -> tuple[list[Cell], int]:
    """The same of a table whose cells are parted by marks."""
    cells, end = marked_table(lines, at)
    return (cells, end) if cells else broken_table(lines, at)


def _table(cells: Sequence[Cell], start: int) -> tuple[str, Table]:
    """Cells without places as text, and as a table whose places point into it."""
    placed: list[Cell] = []
    text = ""
    for cell in cells:
        if placed:
            text += "\t" if placed[-1].row == cell.row else "\n"
        place = Locator(start + len(text), start + len(text) + len(cell.text))
        placed.append(structs.replace(cell, place=place))
        text += cell.text
    return text, Table(tuple(placed), Locator(start, start + len(text)))


def _end_of_table(lines: Sequence[str], at: int) -> int:
    """The line behind a drawn table that begins at a line; that line where none does."""
    if not _RULE.fullmatch(lines[at]):
        return at
    end = at
    while end < len(lines) and _PART.fullmatch(lines[end]):
        end += 1
    rules = [n for n in range(at, end) if _RULE.fullmatch(lines[n])]
    return rules[-1] + 1 if len(rules) >= _LEAST_RULES else at


def _cells(lines: Sequence[str]) -> list[Cell]:
    """The cells of a table; none where its lines do not close."""
    if sum(map(len, lines)) > _MOST_CHARS:
        return []
    for measure in (width, len):
        drawing = _drawn(lines, measure)
        boxes = list(_boxes(drawing))
        if boxes and _fill(boxes, drawing):
            return _spanned(boxes, drawing)
    return _between_bars(lines)


def _between_bars(lines: Sequence[str]) -> list[Cell]:
    """The cells of a table whose lines hold a part of every column, however wide it is drawn."""
    columns = lines[0].count("+") - 1
    cells: list[Cell] = []
    row = 0
    parts: list[list[str]] = []
    for line in lines[1:]:
        if _RULE.fullmatch(line):
            texts = map(joined, zip(*parts, strict=True)) if parts else ()
            cells += [Cell(text, row, col, _NOWHERE) for col, text in enumerate(texts)]
            row, parts = row + bool(parts), []
            continue
        pieces = line.strip()[1:-1].split("|")
        if len(pieces) != columns:
            return []
        parts.append(pieces)
    return cells


def _drawn(lines: Sequence[str], measure: Callable[[str], int]) -> Drawing:
    """The signs of a table by line and column; a wide one is followed by nothing."""
    left = min(len(line) - len(line.lstrip()) for line in lines)
    drawing = []
    for line in lines:
        signs: list[str] = []
        for char in line[left:].rstrip():
            signs += [char, *[""] * (measure(char) - 1)]
        drawing.append(signs)
    widest = max(map(len, drawing))
    return [[*signs, *[" "] * (widest - len(signs))] for signs in drawing]


def _boxes(drawing: Drawing) -> Iterator[_Box]:
    """The cells, found from their upper left corners."""
    done: set[tuple[int, int]] = set()
    corners = [(0, 0)]
    while corners:
        corner = corners.pop(0)
        if corner in done:
            continue
        done.add(corner)
        box = _box_at(drawing, *corner)
        if box:
            yield box
            corners += [(box.top, box.right), (box.bottom, box.left)]
            corners.sort()


def _box_at(drawing: Drawing, top: int, left: int) -> _Box | None:
    """The smallest closed box with an upper left corner."""
    for right in range(left + 1, len(drawing[top])):
        sign = drawing[top][right]
        if sign not in _ACROSS:
            return None
        if sign != "+":
            continue
        for bottom in range(top + 1, len(drawing)):
            sides = drawing[bottom][left], drawing[bottom][right]
            if not _DOWN.issuperset(sides):
                break
            if sides == ("+", "+") and _ACROSS.issuperset(drawing[bottom][left : right + 1]):
                return _Box(top, left, bottom, right)
    return None


def _fill(boxes: Sequence[_Box], drawing: Drawing) -> bool:
    """Whether cells leave nothing of their table open."""
    area = sum((box.bottom - box.top) * (box.right - box.left) for box in boxes)
    return area == (len(drawing) - 1) * (len(drawing[0]) - 1)


def _spanned(boxes: Sequence[_Box], drawing: Drawing) -> list[Cell]:
    tops, lefts = (sorted({box[n] for box in boxes}) for n in (0, 1))
    return [
        Cell(
            joined(
                "".join(signs[box.left + 1 : box.right])
                for signs in drawing[box.top + 1 : box.bottom]
            ),
            tops.index(box.top),
            lefts.index(box.left),
            _NOWHERE,
            sum(box.top <= top < box.bottom for top in tops),
            sum(box.left <= left < box.right for left in lefts),
        )
        for box in sorted(boxes)
    ]
