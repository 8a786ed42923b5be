"""Tables of a PDF that alignment alone tells: the lines of its pages, read as those of a text.

What a page tells beyond a text are the places of its words. Lines of a cell stand closer than
rows do: words so close below each other are one, beside the figures that they stand around.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise
from math import inf
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from pipeline.lexis.numbering import marker
from pipeline.readers.document_builder import enclosing, spot_of
from pipeline.readers.pdf.grids import PdfTable
from pipeline.readers.pdf.lines import PdfLine
from pipeline.readers.pdf.pages import PdfPage
from pipeline.readers.pdf.words import PdfWord, figures_in, rows_of, words_on
from pipeline.readers.text.aligned import placed_tables
from pipeline.readers.text.aligned_cells import Aligned
from pipeline.readers.text.display_words import DisplayWord, Measure

# Rows are set apart by some padding, if little.
_CLOSER_THAN_ROWS = 0.9
_SAME_LINE = 0.5
_SAME_PLACE = 0.6
# A date, the mark of a note or a value in a chart is no row of a table.
_FEWEST_IN_ROW = 2
_NEARLY = 1.2
# A head and those beside it.
_BOTH_SIDES = 3
# Digits are half as wide as a Chinese character: a column of a display.
_COLUMNS_OF_CHAR = 2

# Thousands of a number without a mark: none of those beside it has one. A year tells nothing.
_UNMARKED = re.compile(r"(?!(?:19|20)\d\d$)\d{4,}")
# A figure with a footnote's mark, in brackets, or with what it counts.
_MARKED = re.compile(r"[^\d\s]{0,2}\d[\d,.]*[^\d\s]{0,2}")

_MIDDLE = attrgetter("middle")
_HEIGHT = attrgetter("height")


def with_aligned_tables(pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Puts tables that alignment alone tells in the place of their lines.

    Args:
        pages: The pages of a document.

    Returns:
        Pages with ruled tables as they were; on the others a table that goes on over several
        stands on the page it begins on.
    """
    found: list[PdfPage] = []
    for (is_ruled, _), group in groupby(pages, _sort_of):
        run = list(group)
        found += run if is_ruled else _with_tables(run)
    return found


def _sort_of(page: PdfPage) -> tuple[bool, float]:
    """Whether a page has ruled tables, and how wide it is: columns of one table stand alike."""
    return any(isinstance(item, PdfTable) for item in page.items), page.width


def _with_tables(pages: Sequence[PdfPage]) -> Iterator[PdfPage]:
    """The pages, tables in the place of lines."""
    lines = list(_lines_on(pages))
    tables = list(placed_tables(lines))
    taken = {
        id(char)
        for table in tables
        for line in lines[table.first : table.behind]
        for char in line.chars
    }
    for n, page in enumerate(pages):
        begun = [_pdf_table(table) for table in tables if lines[table.first].at == n]
        left = [item for item in _printed(page) if taken.isdisjoint(map(id, item.chars))]
        items: list[PdfLine | PdfTable] = [*left, *begun]
        yield replace(page, items=tuple(sorted(items, key=lambda item: item.box[1])))


def _printed(page: PdfPage) -> Iterator[PdfLine]:
    for item in page.items:
        if isinstance(item, PdfLine):
            yield item


def _pdf_table(table: Aligned) -> PdfTable:
    """The table as one of the page it begins on; it joins no other, as it is whole."""
    spots = tuple(map(spot_of, table.cells))
    placed = [(spot.page, spot.box) for spot in spots if spot.box]
    box = enclosing([own for page, own in placed if page == placed[0][0]])
    return PdfTable(spots, (), box or (0.0, 0.0, 0.0, 0.0), spots[-1].row + 1)


class _PlacedLine(NamedTuple):
    """Words beside each other, as ``DisplayLine``; a cell of several lines is one."""

    at: int
    text: str
    words: tuple[DisplayWord, ...]
    chars: tuple[object, ...]
    page: int = 0

    def words_in(self, _: Measure) -> Sequence[DisplayWord]:
        """Its words: the page tells how wide they are."""
        return self.words


class _CellOfWords(NamedTuple):
    """The words of a cell, one on each of its lines, and the height its row stands at."""

    words: Sequence[PdfWord]
    middle: float
    is_figure: bool = False


def _lines_on(pages: Sequence[PdfPage]) -> Iterator[_PlacedLine]:
    """The words of pages as lines, from the top down."""
    words = [
        list(words_on(char for line in _printed(page) for char in line.chars)) for page in pages
    ]
    if any(_is_unmarked(row) for own in words for row in _rows_of_figures(own)):
        words = [list(_told_by_others(own)) for own in words]
    rows = [list(_rows(word for word in own if word.is_figure)) for own in words]
    step = _CLOSER_THAN_ROWS * min(chain.from_iterable(map(_apart, rows)), default=0.0)
    for n, (page, own, below) in enumerate(zip(pages, words, rows, strict=True)):
        size = median(map(_HEIGHT, own)) if own else 0.0
        cells = sorted(_cells(own, [row[0].middle for row in below], step), key=_MIDDLE)
        figures = list(chain.from_iterable(below))
        for row in rows_of(cells, _MIDDLE, lambda _, size=size: size):
            beside = sorted(row, key=lambda cell: cell.words[0].x0)
            yield _line(list(_with_figures(beside, figures)), n, page, size)


def _is_unmarked(row: Sequence[PdfWord]) -> bool:
    """Whether a number of four digits stands beside other figures: a lone one is of no table."""
    return len(row) > 1 and any(_UNMARKED.fullmatch(word.text) for word in row)


def _told_by_others(words: Sequence[PdfWord]) -> Iterator[PdfWord]:
    """Words of a page, figures that a blank parts told apart where others show that they are.

    Those beside them have no mark, or others above or below them stand apart as they do. What
    is below one head is one number, whatever tables elsewhere on the page show.
    """
    rows = list(_rows_of_figures(words))
    apart = {id(word) for row in rows if _is_unmarked(row) for word in row}
    pairs = [pair for row in rows for pair in pairwise(row)]
    for word in words:
        parts = list(figures_in(word)) if word.is_parted else [word]
        if id(word) in apart or all(
            any(_are_below(one, other) for other in pairs) for one in pairwise(parts)
        ):
            yield from parts
        else:
            yield word


def _rows(words: Iterable[PdfWord]) -> Iterator[list[PdfWord]]:
    """Words that stand at one height, from the top down."""
    return rows_of(sorted(words, key=_MIDDLE), _MIDDLE, _HEIGHT)


def _rows_of_figures(words: Sequence[PdfWord]) -> Iterator[list[PdfWord]]:
    """The figures beside each other, from left to right."""
    for row in _rows(word for word in words if word.is_figure or word.is_parted):
        yield sorted(row, key=attrgetter("x0"))


def _are_below(pair: tuple[PdfWord, PdfWord], others: tuple[PdfWord, PdfWord]) -> bool:
    """Whether two figures stand below two others or above, each in line with one."""
    (left, right), (first, second) = pair, others
    are_apart = left.x1 < second.x0 and first.x1 < right.x0
    return are_apart and _are_in_line(left, first) and _are_in_line(right, second)


def _apart(rows: Sequence[Sequence[PdfWord]]) -> Iterator[float]:
    """How far apart rows of several figures are of which some stand below each other."""
    for above, row in pairwise(own for own in rows if len(own) >= _FEWEST_IN_ROW):
        if any(one.overlaps(own) for one in above for own in row):
            yield row[0].middle - above[0].middle


def _cells(
    words: Sequence[PdfWord], heights: Sequence[float], step: float
) -> Iterator[_CellOfWords]:
    """Words as cells, each at the height of its row."""
    goes_on = _goes_on_in([word for word in words if not (word.is_figure or word.is_parted)], step)
    below = set(map(id, goes_on.values()))
    for word in words:
        if id(word) in below:
            continue
        own = [word]
        while id(own[-1]) in goes_on:
            own.append(goes_on[id(own[-1])])
        while own:
            cell = _first_cell(own, heights)
            yield cell
            own = own[len(cell.words) :]


def _first_cell(words: Sequence[PdfWord], heights: Sequence[float]) -> _CellOfWords:
    """The cell that begins with the first of close lines.

    It is beside figures where one row of them stands beside its first line or its middle; lines
    behind it are of another cell. Beside the last line they are where no number begins there.
    """
    reach = _SAME_LINE * words[0].height
    beside = [at for at in heights if words[0].middle - reach < at < words[-1].middle + reach]
    for n in range(len(words), 0, -1) if len(beside) == 1 else ():
        middle = (words[0].middle + words[n - 1].middle) / 2
        if min(abs(beside[0] - middle), abs(beside[0] - words[0].middle)) < reach:
            return _CellOfWords(words[:n], beside[0])
    is_set_low = len(beside) == 1 and abs(beside[0] - words[-1].middle) < reach
    if is_set_low and marker(words[-1].text) is None:
        return _CellOfWords(words, beside[0])
    return _CellOfWords(words, (words[0].middle + words[-1].middle) / 2)


def _goes_on_in(words: Sequence[PdfWord], step: float) -> dict[int, PdfWord]:
    """The word on the next line of the same cell, for words that have one.

    It begins, ends or has its middle at one place, and nothing else is as near to either.
    """
    pairs = list(_below_each_other(words, step))
    nearest: dict[int, float] = {}
    for word, other in pairs:
        for own in (word, other):
            nearest[id(own)] = min(other.middle - word.middle, nearest.get(id(own), inf))
    near = [
        (word, other)
        for word, other in pairs
        if other.middle - word.middle < _NEARLY * min(nearest[id(word)], nearest[id(other)])
    ]
    below = Counter(id(word) for word, _ in near)
    above = Counter(id(other) for _, other in near)
    return {
        id(word): other
        for word, other in near
        if below[id(word)] == above[id(other)] == 1
        and _are_in_line(word, other)
        and not _heads_several(word, other, words)
    }


def _heads_several(word: PdfWord, below: PdfWord, words: Sequence[PdfWord]) -> bool:
    """Whether a word is the head of a group, and no first line of the head below it.

    Heads on both sides of that one have nothing of their own above.
    """
    beside = sorted(_in_line_with(below, words), key=attrgetter("x0"))
    at = beside.index(below)
    sides = beside[max(at - 1, 0) : at + 2]
    over = [own for own in _in_line_with(word, words) if own is not word]
    return len(sides) == _BOTH_SIDES and not any(
        own.overlaps(side) for own in over for side in sides
    )


def _in_line_with(word: PdfWord, words: Sequence[PdfWord]) -> list[PdfWord]:
    """The words at the height of one, itself among them."""
    most = _SAME_LINE * word.height
    return [own for own in words if abs(own.middle - word.middle) < most]


def _below_each_other(words: Sequence[PdfWord], step: float) -> Iterator[tuple[PdfWord, PdfWord]]:
    """Words of which one stands below the other, less than a step apart."""
    ordered = sorted(words, key=_MIDDLE)
    for n, word in enumerate(ordered, 1):
        for other in ordered[n:]:
            if other.middle - word.middle >= step:
                break
            is_below = other.middle - word.middle > _SAME_LINE * word.height
            if is_below and word.overlaps(other):
                yield word, other


_PLACES: tuple[Callable[[PdfWord], float], ...] = (
    attrgetter("x0"),
    attrgetter("x1"),
    attrgetter("center"),
)


def _are_in_line(word: PdfWord, other: PdfWord) -> bool:
    """Whether words begin, end or have their middle at one place."""
    most = _SAME_PLACE * word.height
    return any(abs(place(word) - place(other)) < most for place in _PLACES)


def _with_figures(
    cells: Sequence[_CellOfWords], figures: Sequence[PdfWord]
) -> Iterator[_CellOfWords]:
    """The cells of a line, told which hold a figure.

    One with a mark or a word to it stands below or above other figures, beside one, and behind
    what may be a label.
    """
    is_row = any(len(cell.words) == 1 and cell.words[0].is_figure for cell in cells)
    for n, cell in enumerate(cells):
        word = cell.words[0]
        is_marked = n > 0 and is_row and _MARKED.fullmatch(word.text) is not None
        is_marked = is_marked and any(_are_in_line(word, one) for one in figures)
        is_figure = word.is_figure or word.is_parted or is_marked
        yield cell._replace(is_figure=is_figure and len(cell.words) == 1)


def _line(cells: Sequence[_CellOfWords], at: int, page: PdfPage, size: float) -> _PlacedLine:
    """Cells beside each other as a line of a display whose columns are half a character wide."""
    column = size / _COLUMNS_OF_CHAR
    words: list[DisplayWord] = []
    for cell in cells:
        left = round((min(word.x0 for word in cell.words) - page.left) / column)
        right = round((max(word.x1 for word in cell.words) - page.left) / column)
        left = max(left, words[-1].right + 1) if words else left
        text = "\n".join(word.text for word in cell.words)
        boxes = tuple(
            (page.number, (word.x0, word.top, word.x1, word.bottom)) for word in cell.words
        )
        words.append(DisplayWord(text, left, max(right, left + 1), cell.is_figure, boxes))
    chars = tuple(char for cell in cells for word in cell.words for char in word.chars)
    return _PlacedLine(at, "  ".join(word.text for word in words), tuple(words), chars)
