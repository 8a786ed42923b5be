"""Pieces of a row dealt out to its columns: one each, or none where nobody can tell."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.extract.tables.column_headers import PrintedColumn
from pipeline.extract.tables.tokens import Slot
from pipeline.forms.form import OF_ORGANISATIONS
from pipeline.lexis.normalise import letters
from pipeline.lexis.traditional import simplified
from pipeline.lexis.values import read_value

_ZERO = Decimal(0)


def deal(
    slots: Sequence[Slot], columns: Sequence[PrintedColumn], *, is_table: bool
) -> list[Slot | None] | None:
    """Deals the pieces of a row, without words: one a column, None for a column without any.

    Returns:
        None as a whole where it cannot be told which piece is whose.
    """
    wanted = len(columns)
    if len(slots) == wanted and "" not in [slot.text for slot in slots]:
        return list(slots)
    printed = slots
    if is_table and len(slots) > wanted > 1:
        under_heads = _by_grid_column(printed, columns)
        if under_heads:
            return under_heads
    slots = _spanned(slots)
    while len(slots) > wanted and not slots[-1].text.strip():
        slots = slots[:-1]
    if len(slots) == wanted:
        return list(slots)
    filled = [slot for slot in slots if slot.text.strip()]
    if len(filled) == wanted:
        return list(filled)
    if not filled:
        return [slots[n] if n < len(slots) else None for n in range(wanted)]
    return _by_grid_column(printed, columns) if is_table else None


def deal_by_head(
    slots: Sequence[Slot], columns: Sequence[PrintedColumn]
) -> list[Slot | None] | None:
    """Deals a row that names the column before each value: 自然人6件 商业企业1件.

    Returns:
        As ``deal`` does; None as a whole where the row is of another kind.
    """
    if not slots or not slots[0].is_word:
        return None
    named = {
        letters(head): n
        for n, column in enumerate(columns)
        for head in (column.declared.heads if column.declared else ())
    }
    pieces = [slot for slot in slots if not slot.is_unit and _says_more(slot)]
    heads = [named.get(simplified(letters(slot.text))) for slot in pieces[::2]]
    values = pieces[1::2]
    if len(heads) != len(values) or None in heads or len(set(heads)) < len(heads):
        return None
    dealt = dict(zip(heads, values, strict=True))
    return [dealt.get(n) for n in range(len(columns))] if dealt else None


def _says_more(slot: Slot) -> bool:
    """Whether a piece is neither the head over several others nor the mark behind a label."""
    return not slot.is_word or simplified(letters(slot.text)) not in ("", OF_ORGANISATIONS)


def _have_moved(
    dealt: Sequence[Slot | None], columns: Sequence[PrintedColumn], beside: Sequence[Slot]
) -> bool:
    """Whether sums show that a cell is missing in a row or stands there twice.

    Then a row without a total ends in one or has a figure beside its columns, or one with more
    figures than columns has another total than its parts give. A row whose figures add up one
    column further left as well, where a cell is blank, may have moved or not.
    """
    totals = [
        n for n, column in enumerate(columns) if column.declared and not column.declared.suffix
    ]
    if len(totals) != 1 or len(columns) == 1:
        return False
    figures = [slot and read_value(slot.text).number for slot in dealt]
    if dealt[totals[0]] is None:
        *parts, last = [figure for figure in figures if figure is not None] or [_ZERO]
        return last > 0 and sum(parts) <= last and (len(parts) + 1) == sum(map(bool, dealt))
    total = figures.pop(totals[0])
    if not beside or total is None:
        return bool(beside)
    parts = [figure for figure in figures if figure is not None]
    adds_up_moved = sum(parts) + total == read_value(beside[0].text).number
    return sum(parts) != total or (len(parts) < len(figures) and total > 0 and adds_up_moved)


def _spanned(slots: Sequence[Slot]) -> list[Slot]:
    """A blank cell that spans several columns stands for a blank in each."""
    return [
        slot
        for slot in slots
        for _ in range(slot.cell.colspan if slot.cell and not slot.text.strip() else 1)
    ]


def _by_grid_column(
    slots: Sequence[Slot], columns: Sequence[PrintedColumn]
) -> list[Slot | None] | None:
    """Deals by the grid where every value stands under one head, else gives up.

    Values beside a row that is complete stand in columns that the form does not have.
    """
    cols = [column.col for column in columns]
    if None in cols or len(set(cols)) < len(cols):
        return None
    dealt: list[Slot | None] = [None] * len(columns)
    beside: list[Slot] = []
    for slot in slots:
        under = [n for n, column in enumerate(columns) if _stands_under(slot, column)]
        if not slot.text.strip():
            for n in under:
                dealt[n] = dealt[n] or slot
            continue
        # What lies across several columns is none's alone.
        across = slot.cell.cols[1:] if slot.cell else ()
        if len(under) > 1 or (under and dealt[under[0]]) or not set(across).isdisjoint(cols):
            return None
        if under:
            dealt[under[0]] = slot
        else:
            beside.append(slot)
    if (beside and None in dealt) or _have_moved(dealt, columns, beside):
        return None
    return dealt


def _stands_under(slot: Slot, column: PrintedColumn) -> bool:
    cell = slot.cell
    if cell is None or column.col is None:
        return False
    behind = column.col + column.colspan
    return cell.col == column.col or (column.col < cell.col and cell.col + cell.colspan <= behind)
