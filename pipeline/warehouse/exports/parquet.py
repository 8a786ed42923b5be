"""Parquet: tables with a year in one folder a year, with field descriptions in the schema."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.resource import Resource, resource
from pipeline.warehouse.exports.table_batches import batches
from pipeline.warehouse.schema import Table, schema_version

PARTITIONED = ("facts", "facts_main", "fact_indicator", "fact_history")


def write(
    connection: duckdb.DuckDBPyConnection, folder: Path, chosen: Sequence[Selection]
) -> Iterator[Resource]:
    """Writes every table and yields what was written."""
    for one in chosen:
        table = one.table
        if table.name in PARTITIONED:
            yield from _write_years(connection, folder, one)
        else:
            file = folder / table.name / f"{table.name}.parquet"
            yield resource(folder, file, table, _write(connection, file, table, one.where))


def _write_years(
    connection: duckdb.DuckDBPyConnection, folder: Path, chosen: Selection
) -> Iterator[Resource]:
    table, where = chosen.table, chosen.where
    years = connection.execute(
        f"SELECT DISTINCT year FROM {table.name} WHERE {where} ORDER BY year"
    ).fetchall()
    for (year,) in years:
        file = folder / table.name / f"{table.name}-{year}.parquet"
        rows = _write(connection, file, table, f"({where}) AND year = {year}")
        yield resource(folder, file, table, rows)
    if not years:
        # A table without rows still has a schema, and readers still look for its folder.
        file = folder / table.name / f"{table.name}-none.parquet"
        yield resource(folder, file, table, _write(connection, file, table, "false"))


def _write(connection: duckdb.DuckDBPyConnection, file: Path, table: Table, where: str) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with pq.ParquetWriter(file, _schema(table), compression="zstd") as writer:
        for batch in batches(connection, table, where):
            writer.write_batch(batch.cast(_schema(table)))
            rows += batch.num_rows
    return rows


def _schema(table: Table) -> pa.Schema:
    about = {"table": table.name, "comment": table.comment, "schema_version": str(schema_version())}
    return table.arrow.with_metadata(about)
