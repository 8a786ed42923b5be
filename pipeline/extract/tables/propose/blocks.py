"""The row below blocks of heads (reviews and lawsuits): which number is whose.

The form prints its blocks side by side. Offices transpose them: a block a row, in an order of
their own, or outcomes down the side. The names printed before every run of numbers tell.
Without any, the numbers are read where every block is four outcomes and their sum.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, repeat
from typing import NamedTuple

from msgspec import structs

from pipeline.extract.column_headers import year_of
from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.extract.tables.tokens import Token
from pipeline.forms.arithmetic import sums_told
from pipeline.forms.form import FormTable
from pipeline.lexis.normalise import either, letters
from pipeline.lexis.traditional import simplified
from pipeline.lexis.values import read_value
from pipeline.model.document import Table

_LOOK_BACK = 200


class _Run(NamedTuple):
    """A run of numbers without a name between them, with the names before it."""

    names: tuple[str, ...]
    size: int


def assign_blocks(report: Rows) -> Iterator[Proposal]:
    """Gives the cells of transposed blocks the columns that are printed beside them.

    Where the order cannot be told, its values belong to no indicator, and a notice says so.
    """
    first = end = 0
    for number, (before, reading) in enumerate(pairwise((None, *report.rows))):
        assert reading is not None
        table = reading.form_row.table
        if before is None or before.form_row.table is not table or before.row.unlabelled:
            first, end = reading.label_start, before.end if before else 0
        if not reading.row.unlabelled:
            continue
        tokens = _of_own_year(_tokens_of(reading), reading.window.table, report.year)
        placed = _by_place(table, reading.window.table, tokens)
        if placed and (reading.unsegmented or placed != list(range(len(table.columns)))):
            yield Proposal(number, assigned(reading, placed, _of_no_block(table), tokens))
        if placed or len(tokens) < len(table.columns):
            continue
        runs = list(_runs(table, report.text, max(end, first - _LOOK_BACK), tokens))
        if len(runs) == 1 and (reading.unsegmented or not _are_swapped(reading, runs[0].names)):
            continue
        order = _order(table, runs)
        if order:
            yield Proposal(number, assigned(reading, order, _of_no_block(table), tokens))
        elif not reading.unsegmented and (len(runs) == 1 or not reading.adds_up):
            yield Proposal(
                number,
                assigned(reading, repeat(None), _of_no_block(table)),
                notice=f"Table {table.id}: the order of its {len(tokens)} values cannot be told; "
                "they are kept under no indicator",
            )


def settle_missing_header(report: Rows) -> Iterator[Proposal]:
    """Keeps the columns of rows without column heads where sums prove them; a notice says so."""
    for number, reading in enumerate(report.rows):
        if not reading.lacks_header:
            continue
        table = reading.form_row.table
        is_named = table.heads_of_block.fullmatch(reading.label_raw) is not None
        placed = _by_place(table, reading.window.table, _tokens_of(reading))
        is_headed = is_named or placed == list(range(len(table.columns)))
        if reading.adds_up and (is_headed or _shows_order(reading)):
            cells = tuple([structs.replace(cell, is_reconstructed=True) for cell in reading.cells])
            outcome = "its values were told by their order and their sums"
            proved = reading.sums.proofs
        else:
            cells = assigned(reading, repeat(None), reading.label_raw)
            outcome = "its values do not show which is which and are kept under no indicator"
            proved = ()
        notice = f"Table {table.id}: its heads are not those of the form; {outcome}"
        yield Proposal(number, cells, identities=proved, notice=notice)


def _shows_order(reading: RowReading) -> bool:
    """Whether sums that add up would not, were the totals printed before their parts.

    Zeros alone are right in any order.
    """
    columns = reading.form_row.table.columns
    numbers = reading.numbers
    groups = groupby(range(len(columns)), key=lambda n: columns[n].group)
    blocks = [list(block) for _, block in groups]
    rotated = [numbers[n] for block in blocks for n in (*block[1:], block[0])]
    return not any(numbers) or bool(sums_told(reading.indicators, rotated).broken)


def assigned(
    reading: RowReading,
    order: Iterable[int | None],
    no_block: str,
    tokens: Sequence[Token] = (),
) -> tuple[CellReading, ...]:
    """Every number of a row in its column; what has none stays as printed, under a label."""
    columns = reading.form_row.table.columns
    year = next((cell.year for cell in reading.cells), None)
    return tuple(
        CellReading(
            column,
            token,
            read_value(token.text),
            no_block if column is None else columns[column].name,
            year=year,
        )
        for token, column in zip(tokens or _tokens_of(reading), order, strict=False)
    )


def _tokens_of(reading: RowReading) -> Sequence[Token]:
    return reading.unsegmented or [cell.token for cell in reading.cells if cell.token]


def _of_own_year(tokens: Sequence[Token], grid: Table | None, year: int | None) -> Sequence[Token]:
    """The numbers below the year reported on, where a grid has a column for each of several."""
    named = ((cell.col, year_of(letters(cell.text))) for cell in (grid.cells if grid else ()))
    years = {col: said for col, said in named if said}
    own = [token for token in tokens if token.cell and years.get(token.cell.col) == year]
    return own if year and len(years) > 1 and own else tokens


def _of_no_block(table: FormTable) -> str:
    """What the table is about, for numbers that no block is known to have."""
    return "、".join(row.label for row in table.rows if row.label and row.level == 1)


def _runs(table: FormTable, text: str, start: int, tokens: Sequence[Token]) -> Iterator[_Run]:
    """The numbers as they stand between names."""
    known = re.compile(either(table.names))
    names: tuple[str, ...] = ()
    count = 0
    for token in tokens:
        between = simplified(letters(text[start : token.start]))
        found = tuple(known.findall(between))
        if found and count:
            yield _Run(names, count)
            names, count = (), 0
        names += found
        count += 1
        start = token.end
    yield _Run(names, count)


def _by_place(table: FormTable, grid: Table | None, tokens: Sequence[Token]) -> list[int | None]:
    """The column of every number of a grid by the heads above it; empty if the heads do not tell.

    Where every column has its number, one below no head has none: it counts the rows.
    """
    cells = [token.cell for token in tokens if token.cell]
    if grid is None or len(cells) < len(tokens):
        return []
    at = {
        (column.group, head): n for n, column in enumerate(table.columns) for head in column.heads
    }
    names = {name for key in at for name in key}
    groups = {group for group, _ in at}
    heads = ((simplified(letters(cell.text)), cell) for cell in grid.cells)
    known = [(name, cell) for name, cell in heads if name in names]
    order = []
    for cell in cells:
        # The nearest above comes last, behind those before it in its row.
        over = [
            (cell.col in other.cols, other.row, other.col, name)
            for name, other in known
            if (other.row < cell.row and cell.col in other.cols)
            or (other.col < cell.col and cell.row in other.rows)
        ]
        group = max((own for own in over if own[-1] in groups), default=("",))[-1]
        head = max((own for own in over if own[-1] not in groups), default=("",))[-1]
        order.append(at.get((group, head)))
    headed = [column for column in order if column is not None]
    is_whole = len(headed) in (len(order), len(table.columns))
    return order if is_whole and len(set(headed)) == len(headed) else []


def _order(table: FormTable, runs: Sequence[_Run]) -> list[int | None]:
    """The column of every number, as the names before the runs say; empty if they do not.

    A number of all lawsuits, or of all blocks, has no column.
    """
    at = {(column.group, column.heads[0]): n for n, column in enumerate(table.columns)}
    outcomes = {head: column.heads[0] for column in table.columns for head in column.heads}
    own = list(dict.fromkeys(outcomes.values()))
    groups = {column.group for column in table.columns}
    above: list[str] = []
    heads: list[str] = []
    order: list[int | None] = []
    for run in runs:
        above += [name for name in run.names if name not in outcomes]
        beside = [outcomes[name] for name in run.names if name in outcomes]
        heads += beside
        blocks = [name for name in run.names if name in groups]
        # Of all blocks, the name of one may span the rows of the others, and stand anywhere.
        if run.size == len(beside) < len(table.columns) and beside == own * len(blocks):
            order += [at.get((group, head)) for group in blocks for head in own]
        elif run.size == len(own):
            sums_up = len(run.names) == 1 and run.names[0] in outcomes
            group = None if sums_up or not above else above[-1]
            order += [at.get((group, head)) for head in heads[-len(own) :] or own]
        else:
            across = [name for name in above if name in groups or run.size != len(groups)]
            order += [at.get((group, head)) for head in heads[-1:] for group in across[-run.size :]]
    known = sorted(column for column in order if column is not None)
    is_whole = known == list(range(len(table.columns)))
    return order if is_whole and len(order) == sum(run.size for run in runs) else []


def _are_swapped(reading: RowReading, names: Sequence[str]) -> bool:
    """Whether the head of a block stands before that of one the form prints first."""
    groups = list(dict.fromkeys(column.group for column in reading.form_row.table.columns))
    said = [groups.index(name) for name in names if name in groups]
    return any(one > other for one, other in pairwise(said))
