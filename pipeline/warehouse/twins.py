"""Tables of a publication against their Parquet twins: the same rows, or told which not."""

from collections.abc import Iterator

import duckdb

from pipeline.warehouse.parts import rows_of
from pipeline.warehouse.publication import Publication, Written
from pipeline.warehouse.schema import Table, quoted, tables

_SHOWN = 3


def differing(publication: Publication, written: Written | None = None) -> list[str]:
    """Reads tables and their twins back and returns a sentence for each that differ.

    Args:
        publication: Holds both.
        written: What of it was written just now: of other files rows are counted alone. All
            are read if None.
    """
    with publication.read() as connection:
        if written is not None:
            return [
                *_told_of_written(connection, publication, written),
                *_uncounted(connection, publication),
            ]
        return [
            told
            for table in tables().values()
            for told in _told(connection, table, table.name, _twin(publication, table))
        ]


def _told_of_written(
    connection: duckdb.DuckDBPyConnection, publication: Publication, written: Written
) -> Iterator[str]:
    for table in tables().values():
        parts = [part for part in written.parts if part.table == table]
        if parts:
            files = ", ".join(quoted(str(publication.folder / part.file)) for part in parts)
            yield from _told(connection, table, f"({rows_of(parts)})", f"[{files}]")


def _uncounted(connection: duckdb.DuckDBPyConnection, publication: Publication) -> Iterator[str]:
    """Tells of tables that have not as many rows as their twins say they have."""
    rows = connection.execute(
        " UNION ALL ".join(f"SELECT {quoted(name)}, count(*) FROM {name}" for name in tables())
    ).fetchall()
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


def _twin(publication: Publication, table: Table) -> str:
    return quoted(str(publication.folder / "parquet" / table.name / "*.parquet"))


def _told(
    connection: duckdb.DuckDBPyConnection, table: Table, rows: str, twin: str
) -> Iterator[str]:
    try:
        fault = _fault(connection, table, rows, twin)
    except duckdb.Error as error:
        said = str(error).partition("\n")[0]
        fault = f"cannot be read back: {said}"
    if fault:
        yield f"table {table.name} {fault}"


def _fault(connection: duckdb.DuckDBPyConnection, table: Table, rows: str, twin: str) -> str | None:
    """Compares by a sum of the rows' hashes, which needs no order; looks closer if it differs."""
    cast = ", ".join(f'"{c.name}"::{c.type} AS "{c.name}"' for c in table.columns)
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    sides = (f"(SELECT {names} FROM {rows})", f"(SELECT {cast} FROM read_parquet({twin}))")
    sums = [
        connection.execute(f"SELECT count(*), sum(hash({names})::HUGEINT) FROM {side}").fetchall()
        for side in sides
    ]
    if sums[0] == sums[1]:
        return None
    found = [
        row
        for here, there in (sides, sides[::-1])
        for row in connection.execute(
            f"FROM {here} EXCEPT ALL FROM {there} LIMIT {_SHOWN}"
        ).fetchall()
    ]
    counts = f"{sums[0][0][0]} rows against {sums[1][0][0]}"
    return f"differs from its Parquet twin ({counts}), first in {str(found[:1])[:300]}"
