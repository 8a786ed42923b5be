"""Tables of a publication against their Parquet twins: the same rows, or told which not."""

from pathlib import Path

import duckdb

from pipeline.warehouse.publication import Publication
from pipeline.warehouse.schema import Table, quoted, tables

_SHOWN = 3


def differing(publication: Publication) -> list[str]:
    """Reads every table and its twin back and returns a sentence for each that differ."""
    told = []
    with publication.read() as connection:
        for table in tables().values():
            twin = publication.folder / "parquet" / table.name / f"{table.name}.parquet"
            try:
                fault = _fault(connection, table, twin)
            except duckdb.Error as error:
                said = str(error).partition("\n")[0]
                fault = f"cannot be read back: {said}"
            if fault:
                told.append(f"table {table.name} {fault}")
    return told


def _fault(connection: duckdb.DuckDBPyConnection, table: Table, twin: Path) -> str | None:
    """Compares by a sum of the rows' hashes, which needs no order; looks closer if it differs."""
    cast = ", ".join(f'"{c.name}"::{c.type} AS "{c.name}"' for c in table.columns)
    names = ", ".join(f'"{c.name}"' for c in table.columns)
    sides = (
        f"(SELECT {names} FROM {table.name})",
        f"(SELECT {cast} FROM read_parquet({quoted(str(twin))}))",
    )
    sums = [
        connection.execute(f"SELECT count(*), sum(hash({names})::HUGEINT) FROM {side}").fetchall()
        for side in sides
    ]
    if sums[0] == sums[1]:
        return None
    rows = [
        row
        for here, there in (sides, sides[::-1])
        for row in connection.execute(
            f"FROM {here} EXCEPT ALL FROM {there} LIMIT {_SHOWN}"
        ).fetchall()
    ]
    counts = f"{sums[0][0][0]} rows against {sums[1][0][0]}"
    return f"differs from its Parquet twin ({counts}), first in {str(rows[:1])[:300]}"
