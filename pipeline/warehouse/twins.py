"""Tables of a publication against their Parquet twins: the same rows, or told which not."""

from collections.abc import Iterator

import duckdb

from pipeline.warehouse.publication import Publication, Written
from pipeline.warehouse.schema import Table, quoted, tables

_SHOWN = 3


def differing(publication: Publication) -> list[str]:
    """Reads every table and its twin back and returns a sentence for each that differ."""
    with publication.read() as connection:
        return [
            told
            for table in tables().values()
            for told in _told(connection, table, table.name, _twin(publication, table))
        ]


def differing_anew(publication: Publication, written: Written) -> list[str]:
    """The same, where only the files that were written are read; of the others rows are counted."""
    told: list[str] = []
    with publication.read() as connection:
        for part in written.parts:
            twin = quoted(str(publication.folder / part.file))
            told.extend(_told(connection, part.table, f"({part.rows})", twin))
        for table in tables().values():
            twin = _twin(publication, table)
            counts = [
                connection.execute(f"SELECT count(*) FROM {side}").fetchall()[0][0]
                for side in (table.name, f"read_parquet({twin})")
            ]
            if counts[0] != counts[1]:
                told.append(
                    f"table {table.name} has {counts[0]} rows, its Parquet twin {counts[1]}"
                )
    return told


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
