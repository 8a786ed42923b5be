"""Tokens of a row assigned to its columns: one each, or none where nobody can tell."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.extract.column_headers import PrintedColumn
from pipeline.extract.tables.tokens import Token
from pipeline.forms.form import OF_ORGANISATIONS
from pipeline.lexis.normalise import letters
from pipeline.lexis.traditional import simplified
from pipeline.lexis.values import read_value

_ZERO = Decimal(0)
# Two figures below each other in one cell of too few: a border is lost, and place tells nothing.
_SEVERAL = re.compile(r"\d\n\d")


def assign(
    tokens: Sequence[Token], columns: Sequence[PrintedColumn], *, is_table: bool
) -> list[Token | None] | None:
    """Assigns the tokens of a row, without words: one a column, None for a column without any.

    Returns:
        None as a whole where it cannot be told which token is whose.
    """
    wanted = len(columns)
    if len(tokens) == wanted and "" not in [token.text for token in tokens]:
        return list(tokens)
    if len(tokens) < wanted and any(_SEVERAL.search(token.text) for token in tokens):
        return None
    under_heads = _by_grid_column(tokens, columns) if is_table else None
    if under_heads and len(tokens) > wanted > 1:
        return under_heads
    spanned = _spanned(tokens)
    while len(spanned) > wanted and not spanned[-1].text.strip():
        spanned.pop()
    if len(spanned) == wanted:
        return list(spanned)
    filled = [token for token in tokens if token.text.strip()]
    if len(filled) == wanted:
        return None if is_table and _adds_up_as_placed(tokens, columns) else list(filled)
    return under_heads if filled else [*spanned, *[None] * (wanted - len(spanned))]


def assign_by_head(
    tokens: Sequence[Token], columns: Sequence[PrintedColumn]
) -> list[Token | None] | None:
    """Assigns a row that names the column before each value: 自然人6件 商业企业1件.

    Returns:
        As ``assign`` does; None as a whole where the row is of another kind.
    """
    telling = (token for token in tokens if not token.is_unit and _says_more(token))
    first = next(telling, None)
    if first is None or not first.is_word:
        return None
    named_values = [first, *telling]
    named = {
        letters(head): n
        for n, column in enumerate(columns)
        for head in (column.declared.heads if column.declared else ())
    }
    heads = [named.get(simplified(letters(token.text))) for token in named_values[::2]]
    values = named_values[1::2]
    if len(heads) != len(values) or None in heads or len(set(heads)) < len(heads):
        return None
    assigned = dict(zip(heads, values, strict=True))
    return [assigned.get(n) for n in range(len(columns))] if assigned else None


def _says_more(token: Token) -> bool:
    """Whether a token is neither the head over several others nor the mark behind a label."""
    return not token.is_word or simplified(letters(token.text)) not in ("", OF_ORGANISATIONS)


def _have_moved(
    assigned: Sequence[Token | None], columns: Sequence[PrintedColumn], beside: Sequence[Token]
) -> bool:
    """Whether sums show that a cell is missing in a row or stands there twice.

    Then a row without a total ends in one or has a figure beside its columns, or one with more
    figures than columns has another total than its parts give. A row whose figures add up one
    column further left as well, where a cell is blank, may have moved or not.
    """
    totals = [n for n, column in enumerate(columns) if _is_total(column)]
    if len(totals) != 1 or len(columns) == 1:
        return False
    figures = [read_value(token.text).number if token else None for token in assigned]
    if assigned[totals[0]] is None:
        *parts, last = [figure for figure in figures if figure is not None] or [_ZERO]
        return last > 0 and sum(parts) <= last and (len(parts) + 1) == sum(map(bool, assigned))
    total = figures.pop(totals[0])
    if not beside or total is None:
        return bool(beside)
    parts = [figure for figure in figures if figure is not None]
    adds_up_moved = sum(parts) + total == read_value(beside[0].text).number
    return sum(parts) != total or (len(parts) < len(figures) and total > 0 and adds_up_moved)


def _adds_up_as_placed(tokens: Sequence[Token], columns: Sequence[PrintedColumn]) -> bool:
    """Whether figures under the heads add up, though others stand under no head."""
    assigned, beside = _under_heads(tokens, columns) or ((), ())
    figures = [(token and read_value(token.text).number) or _ZERO for token in assigned]
    totals = [figures[n] for n, column in enumerate(columns) if beside and _is_total(column)]
    return len(totals) == 1 and 0 < 2 * totals[0] == sum(figures)


def _spanned(tokens: Sequence[Token]) -> list[Token]:
    """A blank cell that spans several columns stands for a blank in each."""
    return [
        token
        for token in tokens
        for _ in range(token.cell.colspan if token.cell and not token.text.strip() else 1)
    ]


def _by_grid_column(
    tokens: Sequence[Token], columns: Sequence[PrintedColumn]
) -> list[Token | None] | None:
    """Assigns by the grid where every value stands under one head, else gives up.

    Values beside a row that is complete stand in columns that the form does not have.
    """
    assigned, beside = _under_heads(tokens, columns) or ([], [])
    if not assigned or (beside and None in assigned) or _have_moved(assigned, columns, beside):
        return None
    return assigned


def _under_heads(
    tokens: Sequence[Token], columns: Sequence[PrintedColumn]
) -> tuple[list[Token | None], list[Token]] | None:
    """Tokens under each head, and those under none; None where two share a head or a token."""
    cols = [column.col for column in columns]
    if None in cols or len(set(cols)) < len(cols):
        return None
    assigned: list[Token | None] = [None] * len(columns)
    beside: list[Token] = []
    for token in tokens:
        under = [n for n, column in enumerate(columns) if _stands_under(token, column)]
        if not token.text.strip():
            for n in under:
                assigned[n] = assigned[n] or token
            continue
        # What lies across several columns is none's alone.
        across = token.cell.cols[1:] if token.cell else ()
        if len(under) > 1 or (under and assigned[under[0]]) or not set(across).isdisjoint(cols):
            return None
        if under:
            assigned[under[0]] = token
        else:
            beside.append(token)
    return assigned, beside


def _is_total(column: PrintedColumn) -> bool:
    return column.declared is not None and not column.declared.suffix


def _stands_under(token: Token, column: PrintedColumn) -> bool:
    cell = token.cell
    if cell is None or column.col is None:
        return False
    behind = column.col + column.colspan
    return cell.col == column.col or (column.col < cell.col and cell.col + cell.colspan <= behind)
