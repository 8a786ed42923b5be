"""Forms printed in halves side by side, read one half after the other."""

from collections import Counter
from collections.abc import Sequence

from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.tokens import Layout
from pipeline.lexis.letters import Letters
from pipeline.model.document import Cell

_LEAST_ROWS = 5


def in_reading_order(
    found: Sequence[Occurrence], text: Letters, layout: Layout
) -> Sequence[Occurrence]:
    """Labels in the order of the form: in a grid of two halves those of the left one first."""
    offsets = [text.offset(occurrence.start) for occurrence in found]
    places = [(layout.table_at(offset), layout.cell_of(offset)) for offset in offsets]
    borders = _borders([(table, cell) for table, cell in places if table is not None and cell])
    if not borders:
        return found

    def order(n: int) -> tuple[int, bool, int]:
        table, cell = places[n]
        if table is None or cell is None or table not in borders:
            return offsets[n], False, 0
        return layout.tables[table].place.start, cell.col >= borders[table], offsets[n]

    return [found[n] for n in sorted(range(len(found)), key=order)]


def _borders(places: Sequence[tuple[int, Cell]]) -> dict[int, int]:
    """Where the right half begins, by table: the second column that holds labels row by row."""
    columns: dict[tuple[int, int], list[int]] = {}
    for table, cell in places:
        columns.setdefault((table, cell.row), []).append(cell.col)
    pairs = Counter(
        (table, cols[1]) for (table, _), cols in columns.items() if len(cols) == len(set(cols)) == 2
    )
    return {table: col for (table, col), rows in pairs.items() if rows >= _LEAST_ROWS}
