"""Parquet: tables with a year in one folder a year, with field descriptions in the schema."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.order import Order, Resource
from pipeline.warehouse.schema import schema_version

PARTITIONED = ("facts", "facts_main", "fact_indicator", "fact_history")


def write(order: Order) -> Iterator[Resource]:
    """Writes every table and yields what was written."""
    for one in order.chosen:
        name = one.table.name
        if name in PARTITIONED:
            for part, of_year in _years(order, one):
                yield _write(order, order.folder / name / f"{name}-{part}.parquet", of_year)
        else:
            yield _write(order, order.folder / name / f"{name}.parquet", one)


def _years(order: Order, one: Selection) -> Iterator[tuple[str, Selection]]:
    query = f"SELECT DISTINCT year FROM {one.relation} WHERE {one.where} ORDER BY year"
    years = order.connection.execute(query).fetchall()
    for (year,) in years:
        yield str(year), replace(one, where=f"({one.where}) AND year = {year}")
    if not years:
        # A table without rows still has a schema, and readers still look for its folder.
        yield "none", one


def _write(order: Order, file: Path, one: Selection) -> Resource:
    file.parent.mkdir(parents=True, exist_ok=True)
    schema = _schema(order, one)
    rows = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in order.batches(one):
            writer.write_batch(batch.cast(schema))
            rows += batch.num_rows
    return order.resource(file, one, rows)


def _schema(order: Order, one: Selection) -> pa.Schema:
    about = {
        "table": one.table.name,
        "comment": one.table.both,
        "schema_version": str(schema_version()),
        "license": order.about.license.id,
        "source": order.about.source.both,
        "citation": order.about.citation,
    }
    return one.table.arrow.with_metadata(about)
