"""Ruled tables of a PDF page: from cells to a logical grid, and over page breaks."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from msgspec import structs

from pipeline.lexis.numbering import ORDINALS
from pipeline.readers.document_builder import Box, Spot
from pipeline.readers.pdf.lines import Char, cell_text
from pipeline.readers.pdf.ruled_cells import clustered

_LEAST_BEYOND = 0.25
_SAME_COLUMN = 7.0
_MARKER = re.compile(rf"[（(]?\s*[{ORDINALS}\d]{{1,3}}\s*[）)、.．]")
_LONGEST_REST = 12
_FIGURE = re.compile(r"[-+−]?\d[\d,.]*|[—–/-]{1,2}")
_FEWEST_FIGURES = 3
_FEWEST_HEADED = 5
_HALF = 0.5

_Lines = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table, or the part of one that stands on a page.

    Attributes:
        spots: Its cells in reading order.
        edges: Where its columns are parted, outer borders included; none if nothing joins it.
        box: Its outline on its (first) page.
        rows: Number of rows.
    """

    spots: tuple[Spot, ...]
    edges: tuple[float, ...]
    box: Box
    rows: int


def parts_columns_alone(table: "Filled", outside: Iterable[Char]) -> bool:
    """Whether upright rules part some columns of a table, and nothing its rows.

    Such columns hold figures under each other, or under their heads. Of a strip the rest of the
    rows stands beside it: taken for a row of its own it would tear them apart.
    """
    # What stands on one line alone is neither stacked nor below words.
    lines = [
        _words(text)
        for chars, text in zip(table.held, table.texts, strict=True)
        if len({char["top"] for char in chars}) > 1
    ]
    if sum(map(_is_headed_figure, lines)) >= _FEWEST_HEADED:
        return True
    stacked = list(filter(None, map(_stacked_figures, lines)))
    if not stacked:
        return False
    # In a narrow column a long number takes two lines; other cells hold theirs in one.
    of_figures = sum(map(_holds_figures_alone, map(_words, table.texts)))
    if sum(stacked) >= _FEWEST_FIGURES and len(stacked) > _HALF * of_figures:
        return True
    if len(table.ys) > 2:
        return False
    top, bottom = table.ys[0], table.ys[-1]
    return any(top < char["top"] and char["bottom"] < bottom for char in outside)


def _words(text: str) -> _Lines:
    """The words of a cell, line by line."""
    return [line.split() for line in text.splitlines()]


def _holds_figures_alone(lines: _Lines) -> bool:
    return any(lines) and all(word.isdecimal() for line in lines for word in line)


def _stacked_figures(lines: _Lines) -> int:
    """How many columns of figures a cell holds: none unless two lines are figures alone."""
    figures = [len(line) for line in lines if line and all(map(str.isdecimal, line))]
    return min(figures) if len(figures) > 1 else 0


def _is_headed_figure(lines: _Lines) -> bool:
    """Whether a cell ends in a line of one figure below words without any."""
    *words, last = lines or [[]]
    return (
        len(last) == 1
        and last[0].isdecimal()
        and any(words)
        and not any(char.isdecimal() for line in words for word in line for char in word)
    )


class Filled(NamedTuple):
    """The cells of a table with the characters that stand in them.

    Attributes:
        cells: The outline of each cell.
        areas: Its row and column, and how many of each it covers.
        held: Its characters.
        texts: What they say.
        xs: Where the columns are parted.
        ys: Where the rows are parted.
        loose: The characters that stand in no cell.
    """

    cells: Sequence[Box]
    areas: list[tuple[int, int, int, int]]
    held: list[list[Char]]
    texts: list[str]
    xs: list[float]
    ys: list[float]
    loose: list[Char]


def filled(cells: Sequence[Box], chars: Iterable[Char]) -> Filled:
    """Puts characters into cells."""
    xs = clustered(x for cell in cells for x in (cell[0], cell[2]))
    ys = clustered(y for cell in cells for y in (cell[1], cell[3]))
    owner: dict[tuple[int, int], int] = {}
    areas = []
    for number, cell in enumerate(cells):
        left, right = _nearest(xs, cell[0]), _nearest(xs, cell[2])
        top, bottom = _nearest(ys, cell[1]), _nearest(ys, cell[3])
        areas.append((top, left, bottom - top, right - left))
        for row in range(top, bottom):
            for col in range(left, right):
                owner[row, col] = number
    held: list[list[Char]] = [[] for _ in cells]
    loose: list[Char] = []
    across: list[tuple[Char, int, int]] = []
    for char in chars:
        row = bisect_right(ys, (char["top"] + char["bottom"]) / 2) - 1
        col = bisect_right(xs, (char["x0"] + char["x1"]) / 2) - 1
        number = owner.get((row, col), -1)
        (held[number] if number >= 0 else loose).append(char)
        other = owner.get((row + _beyond(char, ys), col), -1)
        if min(number, other) >= 0 and other != number:
            across.append((char, number, other))
    held = _settled(held, across) if across else held
    return Filled(cells, areas, held, list(map(cell_text, held)), xs, ys, loose)


def _beyond(char: Char, ys: Sequence[float]) -> int:
    """1 or -1 if a rule crosses a character, which then also stands in the row below or above."""
    margin = _LEAST_BEYOND * (char["bottom"] - char["top"])
    first, last = bisect_right(ys, char["top"] + margin), bisect_right(ys, char["bottom"] - margin)
    return 0 if first == last else 1 if (char["top"] + char["bottom"]) / 2 < ys[first] else -1


def _settled(
    held: Sequence[list[Char]], across: Sequence[tuple[Char, int, int]]
) -> list[list[Char]]:
    """The characters of cells; a line across a rule goes to a cell that has no other line.

    A label with no room in its row runs over both its rules: with a line in it, or with one over
    each.
    """
    crossed = {id(char) for char, _, _ in across}
    whole = [any(id(char) not in crossed for char in own) for own in held]
    beside: dict[int, set[int]] = defaultdict(set)
    for _, number, other in across:
        beside[other].add(number)
    moved = {
        id(char): other
        for char, number, other in across
        if whole[number] and not whole[other] and (held[other] or len(beside[other]) > 1)
    }
    cells: list[list[Char]] = [[] for _ in held]
    for number, own in enumerate(held):
        for char in own:
            cells[moved.get(id(char), number)].append(char)
    return cells


def table_of(table: Filled, page: int, digit_gap: float | None = None) -> PdfTable:
    """Reads the cells of a table.

    Args:
        table: The cells and what stands in them.
        page: Page number.
        digit_gap: The gap that parts two numbers, where it is not the usual one.
    """
    texts = table.texts
    if digit_gap is not None:
        texts = [cell_text(held, digit_gap) for held in table.held]
    spots = [
        Spot(text, *area, page, cell, _confidence(held))
        for text, cell, area, held in zip(texts, table.cells, table.areas, table.held, strict=True)
    ]
    spots.sort(key=lambda spot: (spot.row, spot.col))
    box = (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1])
    return PdfTable(tuple(spots), tuple(table.xs), box, len(table.ys) - 1)


def _confidence(chars: Iterable[Char]) -> float:
    """How sure the least sure character is; only recognised text has doubts."""
    return min((char.get("confidence", 1.0) for char in chars), default=1.0)


def _nearest(values: Sequence[float], value: float) -> int:
    """Index of the nearest of some rising values, of two the first."""
    above = bisect_left(values, value, 0, len(values) - 1)
    return above - 1 if above and value - values[above - 1] <= values[above] - value else above


def continued(above: PdfTable, below: PdfTable) -> PdfTable | None:
    """Joins the parts of a table that a page break has cut.

    Args:
        above: The last table of a page, nothing standing behind it.
        below: The first table of the next page, nothing standing before it.

    Returns:
        The whole table without the repeated header, cells cut by the break joined; None
        where the columns do not agree.
    """
    edges = _common_edges(above.edges, below.edges)
    if edges is None:
        return None
    head = [_regridded(spot, above.edges, edges) for spot in above.spots]
    tail = [_regridded(spot, below.edges, edges) for spot in below.spots]
    repeated = _repeated_rows(head, tail)
    tail = [
        structs.replace(spot, row=spot.row - repeated + above.rows)
        for spot in tail
        if spot.row >= repeated
    ]
    bottom = {spot.col: n for n, spot in enumerate(head) if spot.row + spot.rowspan == above.rows}
    cut_row = _is_rest_of_row(head, tail, bottom, above.rows) or _are_halves_of_row(
        [head[number] for number in bottom.values()],
        [spot for spot in tail if spot.row == above.rows],
    )
    rest = []
    for spot in tail:
        number = bottom.get(spot.col)
        if spot.row == above.rows and number is not None:
            start = head[number]
            same_width = start.colspan == spot.colspan
            if same_width and (cut_row or _is_rest_of_cell(start, spot)):
                head[number] = _extended(start, spot, above.rows + spot.rowspan)
                continue
        rest.append(spot)
    rows = above.rows + below.rows - repeated
    return replace(above, spots=(*head, *rest), edges=edges, rows=rows)


def _extended(start: Spot, rest: Spot, bottom: int) -> Spot:
    text = "\n".join(filter(None, (start.text, rest.text)))
    return structs.replace(start, text=text, rowspan=bottom - start.row)


def _common_edges(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...] | None:
    """The finer edges of two parts of a table, None unless the coarser ones are among them."""
    if (
        not above
        or not below
        or abs(above[0] - below[0]) > _SAME_COLUMN
        or abs(above[-1] - below[-1]) > _SAME_COLUMN
    ):
        return None
    finer, coarser = (above, below) if len(above) >= len(below) else (below, above)
    for edge in coarser:
        if min(abs(edge - other) for other in finer) > _SAME_COLUMN:
            return None
    return tuple(finer)


def _regridded(spot: Spot, own: Sequence[float], edges: Sequence[float]) -> Spot:
    left = _nearest(edges, own[spot.col])
    right = _nearest(edges, own[spot.col + spot.colspan])
    return structs.replace(spot, col=left, colspan=max(1, right - left))


def _repeated_rows(head: Sequence[Spot], tail: Sequence[Spot]) -> int:
    """How many rows at the top of both parts are the same printed header."""
    upper, lower = _row_texts(head), _row_texts(tail)
    count = 0
    for one, other in zip(upper, lower, strict=False):
        if one != other or not any(text for _, text in one):
            break
        count += 1
    return count if count < len(lower) else 0


def _row_texts(spots: Sequence[Spot]) -> list[list[tuple[int, str]]]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for spot in spots:
        rows.setdefault(spot.row, []).append((spot.col, "".join(spot.text.split())))
    return [rows[row] for row in sorted(rows)]


def _is_rest_of_cell(start: Spot, rest: Spot) -> bool:
    """Whether a cell at the top of a page goes on with the merged cell above the break."""
    if start.rowspan > 1 or rest.rowspan > 1:
        return (not rest.text and bool(start.text)) or _is_rest_of_label(start.text, rest.text)
    return False


def _is_rest_of_label(start: str, rest: str) -> bool:
    """Whether a text without a list number continues one with a number.

    It is short, or its first line is as long as that before it, and is not the last.
    """
    before, (first, *lines) = start.split("\n")[-1], rest.split("\n")
    return (
        (0 < len(rest) <= _LONGEST_REST or (bool(lines) and abs(len(first) - len(before)) <= 1))
        and _MARKER.match(start) is not None
        and _MARKER.match(rest) is None
        and not any(char.isdigit() for char in rest)
    )


def _are_halves_of_row(above: Sequence[Spot], below: Sequence[Spot]) -> bool:
    """Whether a break has parted the label of a row from its figures.

    It has if one side holds figures without a label and the other a label without figures.
    """
    upper, lower = (
        {spot.col: spot.text for spot in row if spot.rowspan == 1} for row in (above, below)
    )
    if upper.keys() != lower.keys() or any(upper[col] and lower[col] for col in upper):
        return False
    return _is_label_of(upper, lower) or _is_label_of(lower, upper)


def _is_label_of(label: Mapping[int, str], figures: Mapping[int, str]) -> bool:
    named = [text for text in label.values() if text]
    counted = [text for text in figures.values() if text]
    return (
        bool(named)
        and not any(map(_FIGURE.fullmatch, named))
        and len(counted) >= _FEWEST_FIGURES
        and all(map(_FIGURE.fullmatch, counted))
    )


def _is_rest_of_row(
    head: Sequence[Spot], tail: Sequence[Spot], bottom: dict[int, int], top: int
) -> bool:
    """Whether the first row of a page is the rest of a row cut by the break.

    It is if it holds a piece of one label and nothing else, below a filled row; what belongs
    to rows below as well names their group.
    """
    filled = [spot for spot in tail if spot.row == top and spot.text and spot.rowspan == 1]
    if len(filled) != 1 or filled[0].col not in bottom:
        return False
    above = [head[number] for number in bottom.values() if head[number].rowspan == 1]
    label = head[bottom[filled[0].col]].text
    return (
        len(above) > 2
        and all(spot.text for spot in above)
        and _is_rest_of_label(label, filled[0].text)
    )
