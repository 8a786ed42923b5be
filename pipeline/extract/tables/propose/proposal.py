"""The input and output of proposers: rows as read, and proposals to change them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from msgspec import structs

from pipeline.extract.tables.rows import CellReading, RowReading
from pipeline.extract.tables.tokens import Token
from pipeline.model.observation import Status

_UNREADABLE = Status.UNREADABLE


@dataclass(frozen=True)
class Rows:
    """The rows of a report as read so far, and for every table the range of its rows.

    The form is told by its letter; the year is the one reported on, None where it is not known.
    An open-ended text ends in a digit, and nothing says that it is whole. A report of a region
    may print the numbers of a part of it as well.
    """

    rows: tuple[RowReading, ...]
    tables: tuple[range, ...]
    text: str
    form: str
    year: int | None
    is_open_ended: bool = False
    is_of_region: bool = False

    @cached_property
    def unread(self) -> Mapping[int, RowReading]:
        """The rows with a cell that is not read, by their index."""
        return {
            n: row
            for n, row in enumerate(self.rows)
            if _UNREADABLE in [cell.value.status for cell in row.cells]
        }

    @cached_property
    def in_grids(self) -> tuple[tuple[int, RowReading], ...]:
        """The rows in grids whose labels have values, each with its index."""
        return tuple(
            (n, row)
            for n, row in enumerate(self.rows)
            if row.window.table is not None and not row.is_heading and not row.row.unlabelled
        )

    @cached_property
    def rows_of(self) -> tuple[frozenset[int | str], ...]:
        """What every table gives values for: rows by index, those without a label by table."""
        tables = (self.rows[own.start : own.stop] for own in self.tables)
        return tuple(
            frozenset(
                row.form_row.table.id if row.row.unlabelled else row.form_row.index
                for row in own
                if not row.is_heading
            )
            for own in tables
        )


class Proposal(NamedTuple):
    """Another reading of a row, by its index, for ``decide`` to take.

    Attributes:
        cells: Its cells, in the order in which they are to be told.
        unsegmented: Pieces whose borders still do not tell the columns apart.
        identities: Ids of the identities that speak for it.
        notice: What is to be said of it, empty for nothing.
        unit: Its unit, None where the proposal does not say.
    """

    row: int
    cells: tuple[CellReading, ...]
    unsegmented: tuple[Token, ...] = ()
    identities: tuple[str, ...] = ()
    notice: str = ""
    unit: str | None = None


class Proposer(NamedTuple):
    """A way to read rows: its id in ``why`` of an observation, and what proposes for some."""

    id: str
    propose: Callable[[Rows], Iterable[Proposal]]


def doubted(rows: Mapping[int, RowReading], notice: str, **change: Any) -> Iterator[Proposal]:
    """Proposals that change all cells of some rows alike, with one notice for all."""
    for n, row in rows.items():
        cells = tuple([structs.replace(cell, **change) for cell in row.cells])
        yield Proposal(n, cells, row.unsegmented, notice=notice)
        notice = ""
