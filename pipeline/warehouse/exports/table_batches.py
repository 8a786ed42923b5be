"""Reads a published table in batches of the declared schema."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from pipeline.warehouse.schema import Table

BATCH = 50_000


def batches(
    connection: duckdb.DuckDBPyConnection, table: Table, where: str = "true"
) -> Iterator[pa.RecordBatch]:
    """Yields the rows of a table that meet a condition, ordered by its key."""
    # Sums of a view are wider than what any table declares.
    columns = ", ".join(f'given."{one.name}"::{one.type} AS "{one.name}"' for one in table.columns)
    order = ", ".join(f'"{name}"' for name in table.key) or "ALL"
    reader = connection.sql(
        f"SELECT {columns} FROM {table.name} AS given WHERE {where} ORDER BY {order}"
    ).to_arrow_reader(BATCH)
    for batch in reader:
        yield batch.cast(table.arrow)
