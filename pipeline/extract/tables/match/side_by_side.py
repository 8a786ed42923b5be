"""Forms printed in halves side by side, read one half after the other."""

from collections import Counter
from collections.abc import Sequence

from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.tokens import Layout
from pipeline.lexis.normalise import Letters

_LEAST_ROWS = 5


def in_reading_order(
    found: Sequence[Occurrence], text: Letters, layout: Layout
) -> Sequence[Occurrence]:
    """Labels in the order of the form: in a grid of two halves those of the left one first."""
    if not layout.tables:
        return found
    places = [_place(occurrence, text, layout) for occurrence in found]
    borders = _borders([place for place in places if place])
    if not borders:
        return found

    def order(item: tuple[Occurrence, tuple[int, int, int] | None]) -> tuple[int, bool, int]:
        occurrence, place = item
        if place is None or place[0] not in borders:
            return text.offset(occurrence.start), False, 0
        table, _, col = place
        start = layout.tables[table].place.start
        return start, col >= borders[table], occurrence.start

    return [occurrence for occurrence, _ in sorted(zip(found, places, strict=True), key=order)]


def _place(occurrence: Occurrence, text: Letters, layout: Layout) -> tuple[int, int, int] | None:
    """Table, row and column that a label stands in."""
    offset = text.offset(occurrence.start)
    table = layout.table_at(offset)
    if table is None:
        return None
    cell = layout.tables[table].cells[layout.cell_at(table, offset)]
    return table, cell.row, cell.col


def _borders(places: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """Where the right half begins, by table: the second column that holds labels row by row."""
    columns: dict[tuple[int, int], list[int]] = {}
    for table, row, col in places:
        columns.setdefault((table, row), []).append(col)
    pairs = Counter(
        (table, cols[1]) for (table, _), cols in columns.items() if len(cols) == len(set(cols)) == 2
    )
    return {table: col for (table, col), rows in pairs.items() if rows >= _LEAST_ROWS}
