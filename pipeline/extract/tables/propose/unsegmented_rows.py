"""Unsegmented rows of a report, split where the identities leave one reading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from msgspec import structs

from pipeline.extract.tables.propose.constraints import solve, with_blank_column
from pipeline.extract.tables.propose.digit_split import Solution, UnsegmentedRow
from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.forms.arithmetic import Known, equalities, sides
from pipeline.forms.identities import Identity, every_operand, identities
from pipeline.lexis.values import Value
from pipeline.model.observation import Status

_MOST_CANDIDATES = 20
_LEAST_BLANK_ROWS = 5
_FEW_CELLS = 2
_NOTHING = Value("", Status.BLANK)
_BLANK = (Status.BLANK, Status.DASH, Status.NOT_APPLICABLE)


def segment(report: Rows) -> Iterator[Proposal]:
    """Splits the unsegmented rows of a report.

    A row with one possible reading gets it, marked as reconstructed; with several it
    stays unreadable, keeps them as candidates, and a notice says so.
    """
    rows = {n: _unsegmented_row(one) for n, one in enumerate(report.rows) if one.unsegmented}
    if not rows:
        return
    rules = [rule for rule in identities() if report.form in rule.forms]
    sums = equalities(rules)
    for n, solution in _solved(report, rows, rules).items():
        reading, own = report.rows[n], frozenset(rows[n].ids)
        within = [
            rule.rule_id
            for rule in (sums if solution.only else ())
            if own.issuperset(sides(rule, own).ids)
        ]
        has_digits = any(map(str.isdigit, "".join(one.text for one in reading.unsegmented)))
        is_lost = solution.only is None and has_digits
        notice = _notice(reading, solution) if is_lost else ""
        yield Proposal(n, _told(reading, solution), reading.unsegmented, tuple(within), notice)


def _solved(
    report: Rows, rows: Mapping[int, UnsegmentedRow], rules: Sequence[Identity]
) -> dict[int, Solution]:
    """Solutions of unsegmented rows, those that lack the cell of one blank column first."""
    numbers = list(rows)
    of_column = with_blank_column(list(rows.values()), _known(report.rows), equalities(rules))
    settled = {numbers[index]: Solution((split,)) for index, split in of_column.items()}
    told = [
        structs.replace(one, cells=_told(one, settled[n])) if n in settled else one
        for n, one in enumerate(report.rows)
    ]
    left = [n for n in rows if n not in settled]
    solutions = solve([rows[n] for n in left], _known(told), rules)
    if _leaves_zeros_blank(told, solutions):
        pairs = zip(left, solutions, strict=True)
        solutions = [_without_run_together(rows[n], one) for n, one in pairs]
    return settled | dict(zip(left, solutions, strict=True))


def _leaves_zeros_blank(readings: Sequence[RowReading], solutions: Sequence[Solution]) -> bool:
    """Whether a report leaves cells blank that others fill with zeros.

    Then digits that would fill every cell of a row may as well be those of fewer cells.
    """
    rows = [reading for reading in readings if len(reading.cells) > _FEW_CELLS]
    prints = [
        "".join(token.text for token in reading.unsegmented)
        for reading in rows
        if reading.unsegmented
    ]
    blank = sum(not reading.has_values and not reading.unsegmented for reading in rows)
    with_zeros = sum("00" in row for row in prints)
    read = [one.only for one in solutions if one.only and len(one.only) > _FEW_CELLS]
    are_printed = blank < _LEAST_BLANK_ROWS and sum(0 in split for split in read) * 2 > len(read)
    return not are_printed and with_zeros * (2 if blank >= _LEAST_BLANK_ROWS else 4) < len(prints)


def _without_run_together(row: UnsegmentedRow, solution: Solution) -> Solution:
    """Takes the certainty from a reading that parts a piece of the print into cells."""
    only = solution.only
    if only is None or len(row.prints[0]) >= sum(number is not None for number in only):
        return solution
    return replace(solution, is_proved=False)


def _unsegmented_row(reading: RowReading) -> UnsegmentedRow:
    """The row as the solver takes it; cells of unknown meaning get an id no rule names."""
    return UnsegmentedRow(
        tuple(
            _own_year(reading, cell) or f"{reading.label_start}#{number}"
            for number, cell in enumerate(reading.cells)
        ),
        tuple(_prints(reading)),
        tuple(_places(reading)),
        id(reading.window.table),
        _heads(reading),
    )


def _places(reading: RowReading) -> Iterator[range]:
    """The columns of a grid in which the pieces of a row may stand, if place tells them.

    Figures below heads that tell their column need no sums, unless their row has moved.
    """
    cells = [token.cell for token in reading.unsegmented if token.text.strip()]
    is_across = any(cell.colspan > 1 for cell in cells if cell)
    if len(cells) <= len(reading.cells) and (is_across or not _heads(reading)):
        yield from (cell.cols for cell in cells if cell)


def _heads(reading: RowReading) -> tuple[tuple[int, int], ...]:
    """Which cell of a row is below each column of its grid, if heads tell."""
    below = [(column.col, n) for n, column in enumerate(reading.printed) if column.col is not None]
    return tuple(below) if len(below) == len(reading.cells) else ()


def _prints(reading: RowReading) -> Iterator[tuple[str, ...]]:
    """What may be printed in a row with a piece too many or too few.

    A number among them may be that of a page; a number may be printed in two pieces.
    """
    pieces = tuple(token.text.strip() for token in reading.unsegmented if token.text.strip())
    if len(pieces) == len(reading.cells) + 1 and not reading.form_row.table.has_variable_columns:
        for at in range(len(pieces)):
            yield (*pieces[:at], *pieces[at + 1 :])
        for at in range(len(pieces) - 1):
            yield (*pieces[:at], pieces[at] + pieces[at + 1], *pieces[at + 2 :])
    else:
        yield pieces
        if reading.doubtful:
            yield (*pieces, reading.doubtful.text.strip())


def _known(readings: Sequence[RowReading]) -> Known:
    """Values read without doubt, indicators with a blank cell, indicators that are not printed."""
    values: dict[str, Decimal] = {}
    blank: set[str] = set()
    printed: set[str] = set()
    for reading in readings:
        for cell in reading.cells:
            indicator = _own_year(reading, cell)
            if indicator is None:
                continue
            printed.add(indicator)
            if cell.value.number is not None:
                values.setdefault(indicator, cell.value.number)
            elif cell.value.status in _BLANK:
                blank.add(indicator)
    return Known(values, frozenset(blank - values.keys()), every_operand() - printed)


def _own_year(reading: RowReading, cell: CellReading) -> str | None:
    """The indicator of a cell; None where it is about a year before the report's."""
    newest = max((other.year or 0 for other in reading.cells), default=0)
    return reading.indicator_of(cell) if (cell.year or newest) == newest else None


def _told(reading: RowReading, solution: Solution) -> tuple[CellReading, ...]:
    """The cells of a row with the values of a solution."""
    cells = [structs.replace(cell, token=reading.unsegmented[0]) for cell in reading.cells]
    if solution.only is None:
        candidates = tuple(
            " ".join("_" if number is None else f"{number:f}" for number in split)
            for split in solution.splits[:_MOST_CANDIDATES]
        )
        return tuple([structs.replace(cell, candidates=candidates) for cell in cells])
    return tuple(
        structs.replace(cell, value=_NOTHING)
        if number is None
        else structs.replace(
            cell,
            value=Value(cell.value.raw, Status.REPORTED, number),
            is_reconstructed=len(cells) > 1,
        )
        for cell, number in zip(cells, solution.only, strict=True)
    )


def _notice(reading: RowReading, solution: Solution) -> str:
    what = f"{len(solution.splits)} readings satisfy the identities"
    if solution.gave_up:
        what = "the search gave up"
    elif not solution.is_proved:
        what = "no identity proves the one reading that is left"
    printed = " ".join(token.text for token in reading.unsegmented if token.text.strip())
    return f"Row {reading.label_raw!r} is printed without cell borders ({printed}): {what}"
