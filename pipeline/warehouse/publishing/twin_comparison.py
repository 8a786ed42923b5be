"""Tables of a publication against their Parquet twins: the same rows, or told which not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import duckdb

from pipeline.warehouse import disk
from pipeline.warehouse.publishing.parts import rows_of
from pipeline.warehouse.publishing.publication import Draft, Publication
from pipeline.warehouse.publishing.twin_files import DraftFiles
from pipeline.warehouse.schema import TableSchema, rows_counted, tables
from pipeline.warehouse.statements import columns_of, quoted

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows of a table, and the files that hold them as well.

    Attributes:
        table: The table.
        rows: What to put after FROM to read the rows.
        twin: The files, as ``read_parquet`` takes them.
    """

    table: TableSchema
    rows: str
    twin: str

    @property
    def sides(self) -> tuple[str, str]:
        """What to put after FROM for either, with the columns that are declared."""
        return (
            f"(SELECT {self.table.names} FROM {self.rows})",
            f"(SELECT {self.table.cast} FROM read_parquet({self.twin}))",
        )

    @property
    def sums(self) -> tuple[str, str]:
        """What asks either for its rows and a sum of their hashes, which needs no order."""
        here, there = (
            f"SELECT {quoted(self.table.name)}, count(*), "
            f"sum(hash({self.table.names})::HUGEINT) FROM {side}"
            for side in self.sides
        )
        return here, there


def read_back(draft: Draft, written: DraftFiles, *, is_part: bool) -> Mapping[str, str]:
    """Brings a draft to the disk, reads it back meanwhile, and returns the hashes of its files.

    Args:
        draft: All of it is written, and its file closed.
        written: Its Parquet files.
        is_part: Whether rows of files that were not written for it were published before.

    Raises:
        disk.BuildError: What is read is not what was written.
    """
    with ThreadPoolExecutor(1) as pool:
        settled = pool.submit(draft.settle, written.shared)
        found = differing(draft, written if is_part else None)
    if found:
        raise disk.BuildError(
            f"what was written does not read back the same: {'; '.join(found)}. Nothing was "
            "published; look at the disk and the memory of this machine, then build again"
        )
    return settled.result()


def differing(publication: Publication, written: DraftFiles | None = None) -> list[str]:
    """Reads tables and their twins back and returns a sentence for each that differ.

    Args:
        publication: Holds both.
        written: What of it was written just now: of other files rows are counted alone. All
            are read if None.
    """
    pairs = list(_pairs(publication, written))
    with publication.read() as connection:
        differences = [] if _are_same(connection, pairs) else _differences(connection, pairs)
        return [*differences, *(_uncounted(connection, publication) if written else ())]


def _pairs(publication: Publication, written: DraftFiles | None) -> Iterator[Pair]:
    for table in tables().values():
        if written is None:
            twin = quoted(str(publication.folder / "parquet" / table.name / "*.parquet"))
            yield Pair(table, table.name, twin)
        elif parts := [part for part in written.parts if part.table == table]:
            files = ", ".join(quoted(str(publication.folder / part.file)) for part in parts)
            yield Pair(table, f"({rows_of(parts)})", f"[{files}]")


def _uncounted(connection: duckdb.DuckDBPyConnection, publication: Publication) -> Iterator[str]:
    """Tells of tables that have not as many rows as their twins say they have."""
    rows = connection.execute(rows_counted()).fetchall()
    twins = quoted(str(publication.folder / "parquet" / "*" / "*.parquet"))
    held = dict(
        connection.execute(
            "SELECT parse_filename(parse_dirpath(file_name)), sum(num_rows)::BIGINT "
            f"FROM parquet_file_metadata({twins}) GROUP BY ALL"
        ).fetchall()
    )
    for name, count in rows:
        if count != held.get(name):
            yield f"table {name} has {count} rows, its Parquet twin {held.get(name)}"


def _are_same(connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair]) -> bool:
    """Asks of all in one: of small tables each question takes longer to plan than to answer."""
    try:
        here, there = (
            connection.execute(" UNION ALL ".join(queries)).fetchall()
            for queries in zip(*(pair.sums for pair in pairs), strict=True)
        )
    except (duckdb.Error, ValueError):  # then each is asked alone, and named
        return False
    return sorted(here) == sorted(there)


def _differences(connection: duckdb.DuckDBPyConnection, pairs: Iterable[Pair]) -> Iterator[str]:
    for pair in filter(None, (_of_its_version(connection, pair) for pair in pairs)):
        try:
            fault = _fault(connection, pair)
        except duckdb.Error as error:
            fault = f"cannot be read back: {disk.first_line(error)}"
        if fault:
            yield f"table {pair.table.name} {fault}"


def _of_its_version(connection: duckdb.DuckDBPyConnection, pair: Pair) -> Pair | None:
    """A pair with the columns of its time: what neither side has came with a later version."""
    had = _columns(connection, pair.rows) | _columns(connection, f"read_parquet({pair.twin})")
    columns = (column for column in pair.table.columns if column.name in had)
    return replace(pair, table=pair.table.having(columns)) if had else None


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> frozenset[str]:
    try:
        return columns_of(connection, f"FROM {relation}")
    except duckdb.Error:  # told where it is read, if the other side has any
        return frozenset()


def _fault(connection: duckdb.DuckDBPyConnection, pair: Pair) -> str | None:
    """Compares sums, and looks closer if they differ."""
    here, there = (connection.execute(query).fetchall() for query in pair.sums)
    if here == there:
        return None
    found = [
        row
        for one, other in (pair.sides, pair.sides[::-1])
        for row in connection.execute(
            f"FROM {one} EXCEPT ALL FROM {other} LIMIT {_SHOWN}"
        ).fetchall()
    ]
    counts = f"{here[0][1]} rows against {there[0][1]}"
    return f"differs from its Parquet twin ({counts}), first in {str(found[:1])[:300]}"
