"""Values each printed behind the head of its column, below the label of the row.

Crawlers, exports and small offices print 自然人 4 商业企业 1 … 总计 13 under a label, often
without the zeros. 其他 and 总计 are then heads of columns, though rows are called so as well.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from pipeline.extract.column_headers import head_of
from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.tokens import Layout
from pipeline.forms.form import OF_ORGANISATIONS
from pipeline.forms.indexed_form import closed_heads, heads_of_no_row
from pipeline.lexis.normalise import either
from pipeline.lexis.units import UNITS
from pipeline.lexis.values import NUMBER
from pipeline.model.document import Table

_FIGURE = re.compile(rf"\s*(?:{NUMBER})\s*")
_FEWEST_RUNS = 2


def are_pairs(grid: Table) -> bool:
    """Whether every number of a grid stands beside the head of a column."""
    heads: set[str] = set()
    for row in grid.rows():
        texts = [cell.text for cell in row if cell.text.strip()]
        if len(texts) > 1 and any(map(_FIGURE.fullmatch, texts)):
            # One row with figures settles it for most grids.
            if len(texts) > 2 or not _FIGURE.fullmatch(texts[1]):
                return False
            heads.add(head_of(texts[0]))
    return heads <= closed_heads() and not heads.isdisjoint(heads_of_no_row())


def without_heads_of_pairs(found: Sequence[Occurrence], layout: Layout) -> list[Occurrence]:
    """The labels that are none of the heads printed before each value in running text."""
    runs = [run for run in _runs().finditer(layout.text) if layout.table_of(run.start()) is None]
    if sum(_is_sure(run.group()) for run in runs) < _FEWEST_RUNS:
        return list(found)
    within = {start for run in runs for start in range(*run.span())}
    return [
        one for one in found if one.label not in closed_heads() or one.place.start not in within
    ]


def heads_a_column(found: Occurrence, layout: Layout) -> bool:
    """Whether a label stands in its row behind the head of a column which no row is called."""
    own, grid = found.cell, layout.table_of(found.place.start)
    if own is None or grid is None or found.label not in closed_heads():
        return False
    before = takewhile(lambda cell: cell is not own, grid.cells)
    return any(cell.row == own.row and head_of(cell.text) in heads_of_no_row() for cell in before)


def _is_sure(run: str) -> bool:
    """Whether several heads stand in a run, one of which no row is called."""
    heads = re.findall(either(closed_heads()), run)
    return len(heads) > 1 and not heads_of_no_row().isdisjoint(heads)


@cache
def _runs() -> re.Pattern[str]:
    """Heads with a number each; one behind a number of its own is the label of a row."""
    return re.compile(
        rf"(?<![\w.．、)）])(?:(?:{OF_ORGANISATIONS}\s*)?(?:{either(closed_heads())})\s*[:：]?\s*"
        rf"(?:{NUMBER})(?:{UNITS})?[\s,，、;；]*)+"
        rf"(?!\s*(?:{NUMBER})(?:\s|$))"
    )
