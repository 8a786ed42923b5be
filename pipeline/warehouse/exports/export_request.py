"""A request for an export: its rows, its folder, and who is told of its progress."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.warehouse.checksums import digest
from pipeline.warehouse.exports.about import About
from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.progress import Progress
from pipeline.warehouse.schema import TableSchema
from pipeline.warehouse.statements import listed


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of an export.

    Attributes:
        path: Its path below the export folder, with forward slashes.
        table: The table it holds rows of.
        rows: How many.
        sha256: Hash of its bytes.
        size: Bytes.
        without_value: Rows that tell of a gap, in a file of facts that has them.
    """

    path: str
    table: TableSchema
    rows: int
    sha256: str
    size: int
    without_value: int = 0

    @property
    def ending(self) -> str:
        """What its name ends in, without the dot."""
        return self.path.rpartition(".")[2]

    @property
    def name(self) -> str:
        """A name without slash and dot, different for each resource of an export."""
        stem = self.path.rpartition(".")[0].rpartition("/")[2].replace(".", "-")
        return self.table.name if self.ending == "xlsx" else stem


def resource(folder: Path, file: Path, table: TableSchema, rows: int) -> Resource:
    """Returns the description of a file just written below ``folder``."""
    path = file.relative_to(folder).as_posix()
    return Resource(path, table, rows, digest(file), file.stat().st_size)


BATCH = 50_000


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What a writer gets.

    Attributes:
        connection: A publication, open for reading.
        folder: Where the files go.
        chosen: The rows, one table after another.
        about: What descriptors say.
        progress: Who is told how far it is.
    """

    connection: duckdb.DuckDBPyConnection
    folder: Path
    chosen: tuple[Selection, ...]
    about: About
    progress: Progress

    def rows(self, one: Selection) -> int:
        """Returns how many rows are chosen of a table."""
        query = f"SELECT count(*) FROM {one.relation} AS given WHERE {one.where}"
        return int(self.connection.execute(query).fetchall()[0][0])

    def batches(self, one: Selection) -> Iterator[pa.RecordBatch]:
        """Yields rows of a table in the declared schema, ordered by its key."""
        table, total, done = one.table, self.rows(one), 0
        self.progress(table.name, done, total)
        # Sums of a view are wider than what any table declares.
        order = listed(table.key) or "ALL"
        reader = self.connection.sql(
            f"SELECT {table.cast} FROM {one.relation} AS given WHERE {one.where} ORDER BY {order}"
        ).to_arrow_reader(BATCH)
        for batch in reader:
            yield batch.cast(table.arrow)
            done += batch.num_rows
            self.progress(table.name, done, total)

    def resource(self, file: Path, one: Selection, rows: int) -> Resource:
        """Returns the description of a file just written."""
        return resource(self.folder, file, one.table, rows)
