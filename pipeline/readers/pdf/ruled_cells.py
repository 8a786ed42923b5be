"""Lines drawn on a page to the cells that they enclose.

Rulings that almost meet are taken to meet, those that go on where others end are one, and a
border that a table leaves out is put where its rules end.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pdfplumber.table import cells_to_tables

from pipeline.readers.document_builder import Box
from pipeline.readers.pdf.colours import is_white

_TOLERANCE = 3.0
_SLIMMEST = 4.0
_FEWEST_RULES = 3
# So many rules are the hatching of a drawing, and to cross them takes minutes.
_MOST_CROSSINGS_TRIED = 4_000_000


class Ruling(NamedTuple):
    """A straight line along an axis: where on the other axis it runs, and from where to where."""

    at: float
    first: float
    last: float


class _Crossing(NamedTuple):
    """The rules that run through a point, by their numbers."""

    across: set[int]
    down: set[int]


_Crossings = Mapping[tuple[float, float], _Crossing]


def outlines_of(drawn: Iterable[dict[str, Any]]) -> list[list[Box]]:
    """Finds the cells that visible lines enclose.

    Returns:
        The cell boxes of each table of more than one column, from the top of the page down.
        Frames around single lines of text, as WPS draws them, are no tables.
    """
    across: list[Ruling] = []
    down: list[Ruling] = []
    for edge in drawn:
        # Curves have slanting edges, too, and letters may be drawn as curves.
        if edge["orientation"] == "v" and _is_visible(edge):
            down.append(Ruling(edge["x0"], edge["top"], edge["bottom"]))
        elif edge["orientation"] == "h" and _is_visible(edge):
            across.append(Ruling(edge["top"], edge["x0"], edge["x1"]))
    if not down or len(across) * len(down) > _MOST_CROSSINGS_TRIED:
        return []
    tables = [cells for band in _bands(across, down) for cells in _tables_among(*band)]
    wide = [cells for cells in tables if len({round(cell[0]) for cell in cells}) > 1]
    return sorted(wide, key=lambda cells: min(cell[1] for cell in cells))


def clustered(values: Iterable[float]) -> list[float]:
    """The first of all values that are taken for one."""
    clusters: list[float] = []
    for value in sorted(values):
        if not clusters or value - clusters[-1] > _TOLERANCE:
            clusters.append(value)
    return clusters


def _is_visible(edge: dict[str, Any]) -> bool:
    """Whether an edge is drawn: not the outline of white paint or of a shaded area."""
    if edge["object_type"] != "rect_edge" or edge.get("stroke"):
        return not (edge.get("stroke") and is_white(edge.get("stroking_color")))
    return _thickness(edge) <= _TOLERANCE and not is_white(edge.get("non_stroking_color"))


def _thickness(edge: dict[str, Any]) -> float:
    """The smaller side of the rectangle an edge belongs to."""
    (x, y), _, (opposite_x, opposite_y), *_ = edge["pts"]
    return float(min(abs(opposite_x - x), abs(opposite_y - y)))


def _bands(
    across: Sequence[Ruling], down: Sequence[Ruling]
) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Rulings that no empty strip across the page parts: columns of one table are not another's."""
    heights = sorted(
        [*((rule.first, rule.last) for rule in down), *((one.at,) * 2 for one in across)]
    )
    starts: list[float] = []
    behind = 0.0
    for top, bottom in heights:
        if not starts or top > behind + _TOLERANCE:
            starts.append(top)
        behind = max(behind, bottom)
    for start, end in zip(starts, [*starts[1:], float("inf")], strict=True):
        yield (
            [rule for rule in across if start <= rule.at < end],
            [rule for rule in down if start <= rule.first < end],
        )


def _tables_among(across: Sequence[Ruling], down: Sequence[Ruling]) -> list[list[Box]]:
    """The cells of tables; upright rules alone part columns, and no rows."""
    across, down = _merged(across), _merged(down)
    if not across:
        return []
    across, down = across + _left_open(down, across), down + _left_open(across, down)
    tables: list[list[Box]] = cells_to_tables(list(_cells(_crossings(across, down))))
    return [[cell for cell in cells if not _is_between_rules(cell)] for cells in tables]


def _is_between_rules(cell: Box) -> bool:
    """Whether a cell is but the gap of a double rule: no figure is so slim."""
    return min(cell[2] - cell[0], cell[3] - cell[1]) < _SLIMMEST


def _merged(rules: Sequence[Ruling]) -> list[Ruling]:
    """Rulings with neighbours at one place merged, and pieces of one line joined.

    A rule painted as a thin rectangle has two ends that are no rules.
    """
    joined: list[Ruling] = []
    for at, beside in _side_by_side(rules):
        run: Ruling | None = None
        for _, first, last in sorted(beside, key=lambda rule: rule.first):
            if run and first <= run.last + _TOLERANCE:
                run = Ruling(at, run.first, max(run.last, last))
                continue
            if run:
                joined.append(run)
            run = Ruling(at, first, last)
        if run:
            joined.append(run)
    return [rule for rule in joined if rule.last - rule.first >= _TOLERANCE]


def _side_by_side(rules: Sequence[Ruling]) -> Iterator[tuple[float, list[Ruling]]]:
    """Rulings each of which almost touches the next, with the place between them."""
    beside: list[Ruling] = []
    for rule in sorted(rules):
        if beside and rule.at > beside[-1].at + _TOLERANCE:
            yield sum(one.at for one in beside) / len(beside), beside
            beside = []
        beside.append(rule)
    if beside:
        yield sum(one.at for one in beside) / len(beside), beside


def _left_open(rules: Sequence[Ruling], others: Sequence[Ruling]) -> list[Ruling]:
    """The borders that tables leave out, at their sides or where a page cuts them.

    Such a border runs through the ends of several rules, where the others leave it open.
    """
    borders = []
    for ends in ([rule.first for rule in rules], [rule.last for rule in rules]):
        for at in clustered(ends):
            ending = [
                rule.at
                for rule, end in zip(rules, ends, strict=True)
                if abs(end - at) <= _TOLERANCE
            ]
            if len(ending) < _FEWEST_RULES:
                continue
            drawn = [(one.first, one.last) for one in others if abs(one.at - at) <= _TOLERANCE]
            if not _cover(drawn, min(ending), max(ending)):
                borders.append(Ruling(at, min(ending), max(ending)))
    return borders


def _cover(stretches: Iterable[tuple[float, float]], first: float, last: float) -> bool:
    """Whether stretches leave nothing open between two places."""
    for start, end in sorted(stretches):
        if start - first > _TOLERANCE:
            break
        first = max(first, end)
    return last - first <= _TOLERANCE


def _crossings(across: Sequence[Ruling], down: Sequence[Ruling]) -> _Crossings:
    """Where rules meet, by x and y."""
    found: dict[tuple[float, float], _Crossing] = {}
    heights = sorted((rule.at, number) for number, rule in enumerate(across))
    for own, (x, top, bottom) in enumerate(down):
        begin = bisect_left(heights, (top - _TOLERANCE, -1))
        end = bisect_right(heights, (bottom + _TOLERANCE, len(across)))
        for y, number in heights[begin:end]:
            if across[number].first - _TOLERANCE <= x <= across[number].last + _TOLERANCE:
                crossing = found.setdefault((x, y), _Crossing(set(), set()))
                crossing.across.add(number)
                crossing.down.add(own)
    return found


def _cells(crossings: _Crossings) -> Iterator[Box]:
    """The smallest cell to the right of and below every crossing whose four sides are drawn."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    for x, y in sorted(crossings):
        columns[x].append(y)
        rows[y].append(x)
    for x, ys in columns.items():
        for n, top in enumerate(ys):
            corner = crossings[x, top]
            rights = [
                right
                for right in rows[top][bisect_right(rows[top], x) :]
                if not corner.across.isdisjoint(crossings[right, top].across)
            ]
            bottoms = (
                bottom
                for bottom in ys[n + 1 :]
                if not corner.down.isdisjoint(crossings[x, bottom].down)
            )
            boxes = ((x, top, right, bottom) for bottom in bottoms for right in rights)
            cell = next((box for box in boxes if _is_closed(box, crossings)), None)
            if cell:
                yield cell


def _is_closed(box: Box, crossings: _Crossings) -> bool:
    """Whether the right and the lower side of a box are drawn as well."""
    x, top, right, bottom = box
    corner = crossings.get((right, bottom))
    return (
        corner is not None
        and not corner.down.isdisjoint(crossings[right, top].down)
        and not corner.across.isdisjoint(crossings[x, bottom].across)
    )
