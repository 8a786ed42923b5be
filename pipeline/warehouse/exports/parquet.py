"""Parquet: tables with a year in one folder a year, with field descriptions in the schema."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.export_request import ExportRequest, Resource
from pipeline.warehouse.schema import schema_version

PARTITIONED = ("facts", "facts_main", "fact_indicator", "fact_history")


def write(request: ExportRequest) -> Iterator[Resource]:
    """Writes every table and yields what was written."""
    for one in request.chosen:
        name = one.table.name
        if name in PARTITIONED:
            for part, of_year in _years(request, one):
                yield _write(request, request.folder / name / f"{name}-{part}.parquet", of_year)
        else:
            yield _write(request, request.folder / name / f"{name}.parquet", one)


def _years(request: ExportRequest, one: Selection) -> Iterator[tuple[str, Selection]]:
    query = f"SELECT DISTINCT year FROM {one.relation} WHERE {one.where} ORDER BY year"
    years = request.connection.execute(query).fetchall()
    for (year,) in years:
        yield str(year), replace(one, where=f"({one.where}) AND year = {year}")
    if not years:
        # A table without rows still has a schema, and readers still look for its folder.
        yield "none", one


def _write(request: ExportRequest, file: Path, one: Selection) -> Resource:
    file.parent.mkdir(parents=True, exist_ok=True)
    schema = _schema(request, one)
    rows = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in request.batches(one):
            writer.write_batch(batch.cast(schema))
            rows += batch.num_rows
    return request.resource(file, one, rows)


def _schema(request: ExportRequest, one: Selection) -> pa.Schema:
    about = {
        "table": one.table.name,
        "comment": one.table.both,
        "schema_version": str(schema_version()),
        "license": request.about.license.id,
        "source": request.about.source.both,
        "citation": request.about.citation,
    }
    return one.table.arrow.with_metadata(about)
