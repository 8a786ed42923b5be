"""Ruled tables of a PDF page: from drawn lines to a logical grid, and over page breaks."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from pdfplumber.utils.geometry import filter_edges

from pipeline.lexis.numbering import ORDINALS
from pipeline.readers.document_builder import Box, Spot
from pipeline.readers.pdf.colours import is_white
from pipeline.readers.pdf.lines import Char, cell_text

_LEAST_BEYOND = 0.25
_TOLERANCE = 3.0
_SAME_COLUMN = 7.0
_SLIMMEST = 4.0
_FEWEST_RULES = 3
_MOST_CROSSINGS_TRIED = 4_000_000
_MARKER = re.compile(rf"[（(]?\s*[{ORDINALS}\d]{{1,3}}\s*[）)、.．]")
_LONGEST_REST = 12
_FIGURE = re.compile(r"[-+−]?\d[\d,.]*|[—–/-]{1,2}")
_FEWEST_FIGURES = 3


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table, or the part of one that stands on a page.

    Attributes:
        spots: Its cells in reading order.
        edges: Where its columns are parted, outer borders included.
        box: Its outline on its (first) page.
        rows: Number of rows.
    """

    spots: tuple[Spot, ...]
    edges: tuple[float, ...]
    box: Box
    rows: int


def outlines_of(drawn: Iterable[dict[str, Any]]) -> list[list[Box]]:
    """Finds the cells that visible lines enclose.

    Args:
        drawn: The edges on a page, as pdfplumber gives them.

    Returns:
        The cell boxes of each table of more than one column, from the top of the page down.
        Frames around single lines of text, as WPS draws them, are no tables.
    """
    # Curves have slanting edges, too, and letters may be drawn as curves.
    edges = [edge for edge in drawn if edge["orientation"] and _is_visible(edge)]
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if not upright or upright * (len(edges) - upright) > _MOST_CROSSINGS_TRIED:
        return []
    tables = [cells for band in _bands(edges) for cells in _tables_among(band)]
    wide = [cells for cells in tables if len({round(cell[0]) for cell in cells}) > 1]
    return sorted(wide, key=lambda cells: min(cell[1] for cell in cells))


def parts_columns_alone(table: "Filled", outside: Iterable[Char]) -> bool:
    """Whether upright rules part some columns of a table, and nothing its rows.

    Such a strip of columns holds figures under each other, and the rest of their rows stands
    beside it: taken for a row of its own it would tear them apart.

    Args:
        table: What is enclosed.
        outside: The characters around it.
    """
    if len(table.ys) > 2 or not any(_stacks_figures(chars) for chars in table.held):
        return False
    top, bottom = table.ys[0], table.ys[-1]
    return any(top < char["top"] and char["bottom"] < bottom for char in outside)


def _stacks_figures(chars: Sequence[Char]) -> bool:
    """Whether a cell holds two lines or more that are a figure each."""
    return sum(line.strip().isdecimal() for line in cell_text(chars).splitlines()) > 1


def _bands(edges: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Edges that no empty strip across the page parts: columns of one table are not another's."""
    bands: list[list[dict[str, Any]]] = []
    behind = 0.0
    for edge in sorted(edges, key=lambda edge: edge["top"]):
        if not bands or edge["top"] > behind + _TOLERANCE:
            bands.append([])
        bands[-1].append(edge)
        behind = max(behind, edge["bottom"])
    return bands


def _tables_among(edges: list[dict[str, Any]]) -> list[list[Box]]:
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    # A rule painted as a thin rectangle has two ends that are no rules.
    merged = filter_edges(merged, min_length=_TOLERANCE)
    merged += _open_sides(merged)
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    tables: list[list[Box]] = cells_to_tables(intersections_to_cells(crossings))
    return [[cell for cell in cells if not _is_between_rules(cell)] for cells in tables]


def _is_between_rules(cell: Box) -> bool:
    """Whether a cell is but the gap of a double rule: no figure is so slim."""
    return min(cell[2] - cell[0], cell[3] - cell[1]) < _SLIMMEST


class Filled(NamedTuple):
    """The cells of a table with the characters that stand in them.

    Attributes:
        cells: The outline of each cell.
        areas: Its row and column, and how many of each it covers.
        held: Its characters.
        xs: Where the columns are parted.
        ys: Where the rows are parted.
        loose: The characters that stand in no cell.
    """

    cells: Sequence[Box]
    areas: list[tuple[int, int, int, int]]
    held: list[list[Char]]
    xs: list[float]
    ys: list[float]
    loose: list[Char]


def filled(cells: Sequence[Box], chars: Iterable[Char]) -> Filled:
    """Puts characters into cells.

    Args:
        cells: Cell boxes of one table.
        chars: Characters whose centre stands within its outline.
    """
    xs = _clustered(x for cell in cells for x in (cell[0], cell[2]))
    ys = _clustered(y for cell in cells for y in (cell[1], cell[3]))
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
    return Filled(cells, areas, _settled(held, across) if across else held, xs, ys, loose)


def _beyond(char: Char, ys: Sequence[float]) -> int:
    """Whether a rule crosses a character, so that it stands in the row above or below as well."""
    margin = _LEAST_BEYOND * (char["bottom"] - char["top"])
    first, last = bisect_right(ys, char["top"] + margin), bisect_right(ys, char["bottom"] - margin)
    return 0 if first == last else 1 if (char["top"] + char["bottom"]) / 2 < ys[first] else -1


def _settled(
    held: Sequence[list[Char]], across: Sequence[tuple[Char, int, int]]
) -> list[list[Char]]:
    """What cells hold; a line across a rule goes where the rest of its words has no other line.

    A label with no room in its row runs over both its rules.
    """
    crossed = {id(char) for char, _, _ in across}
    whole = [any(id(char) not in crossed for char in own) for own in held]
    moved = {
        id(char): other
        for char, number, other in across
        if whole[number] and held[other] and not whole[other]
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
    gap = () if digit_gap is None else (digit_gap,)
    spots = [
        Spot(cell_text(held, *gap), *area, page, cell, _confidence(held))
        for cell, area, held in zip(table.cells, table.areas, table.held, strict=True)
    ]
    spots.sort(key=lambda spot: (spot.row, spot.col))
    box = (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1])
    return PdfTable(tuple(spots), tuple(table.xs), box, len(table.ys) - 1)


def _open_sides(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The borders that tables leave out: at their sides, or where a page cuts them."""
    across = [edge for edge in edges if edge["orientation"] == "h"]
    down = [edge for edge in edges if edge["orientation"] == "v"]
    return [
        *_where_rules_end(across, ("x0", "x1"), down, ("top", "bottom"), "v"),
        *_where_rules_end(down, ("top", "bottom"), across, ("x0", "x1"), "h"),
    ]


def _where_rules_end(
    rules: Sequence[dict[str, Any]],
    along: tuple[str, str],
    others: Sequence[dict[str, Any]],
    aside: tuple[str, str],
    orientation: str,
) -> list[dict[str, Any]]:
    """A border through the ends of several rules, where the other rules leave it open.

    Args:
        rules: Rules of one direction.
        along: Names of their two ends.
        others: Rules of the other direction.
        aside: Names of the ends of those.
        orientation: How the others run.
    """
    near, far = aside
    borders = []
    for end in along:
        for at in _clustered(rule[end] for rule in rules):
            ending = [rule for rule in rules if abs(rule[end] - at) <= _TOLERANCE]
            if len(ending) < _FEWEST_RULES:
                continue
            first, last = min(rule[near] for rule in ending), max(rule[far] for rule in ending)
            drawn = [
                (other[near], other[far])
                for other in others
                if abs(other[along[0]] - at) <= _TOLERANCE
            ]
            if not _cover(drawn, first, last):
                place = dict.fromkeys(along, at) | {near: first, far: last}
                borders.append({**place, "orientation": orientation, "object_type": "line"})
    return borders


def _cover(stretches: Iterable[tuple[float, float]], first: float, last: float) -> bool:
    """Whether stretches leave nothing open between two places."""
    for start, end in sorted(stretches):
        if start - first > _TOLERANCE:
            break
        first = max(first, end)
    return last - first <= _TOLERANCE


def _confidence(chars: Iterable[Char]) -> float:
    """How sure the least sure character is; only recognised text has doubts."""
    return min((char.get("confidence", 1.0) for char in chars), default=1.0)


def _is_visible(edge: dict[str, Any]) -> bool:
    """Whether an edge is drawn: not the outline of white paint or of a shaded area."""
    if edge["object_type"] != "rect_edge" or edge.get("stroke"):
        return not (edge.get("stroke") and is_white(edge.get("stroking_color")))
    is_thin = min(edge["width"] or edge["height"], _thickness(edge)) <= _TOLERANCE
    return is_thin and not is_white(edge.get("non_stroking_color"))


def _thickness(edge: dict[str, Any]) -> float:
    """The smaller side of the rectangle an edge belongs to."""
    xs, ys = zip(*edge["pts"], strict=True)
    return float(min(max(xs) - min(xs), max(ys) - min(ys)))


def _clustered(values: Iterable[float]) -> list[float]:
    clusters: list[float] = []
    for value in sorted(values):
        if not clusters or value - clusters[-1] > _TOLERANCE:
            clusters.append(value)
    return clusters


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda n: abs(values[n] - value))


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
        spot._replace(row=spot.row - repeated + above.rows) for spot in tail if spot.row >= repeated
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
    return start._replace(text=text, rowspan=bottom - start.row)


def _common_edges(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...] | None:
    """Edges of both parts on the upper part's scale, None unless one's are all the other's."""
    if abs(above[0] - below[0]) > _SAME_COLUMN or abs(above[-1] - below[-1]) > _SAME_COLUMN:
        return None
    finer, coarser = (above, below) if len(above) >= len(below) else (below, above)
    for edge in coarser:
        if min(abs(edge - other) for other in finer) > _SAME_COLUMN:
            return None
    return tuple(finer)


def _regridded(spot: Spot, own: Sequence[float], edges: Sequence[float]) -> Spot:
    left = _nearest(edges, own[spot.col])
    right = _nearest(edges, own[spot.col + spot.colspan])
    return spot._replace(col=left, colspan=max(1, right - left))


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
    """Whether a short text without a list number continues one with a number."""
    return (
        0 < len(rest) <= _LONGEST_REST
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

    It is if it holds a piece of one label and nothing else, below a filled row.
    """
    filled = [spot for spot in tail if spot.row == top and spot.text]
    if len(filled) != 1 or filled[0].col not in bottom:
        return False
    above = [head[number] for number in bottom.values() if head[number].rowspan == 1]
    label = head[bottom[filled[0].col]].text
    return (
        len(above) > 2
        and all(spot.text for spot in above)
        and _is_rest_of_label(label, filled[0].text)
    )
