"""Parquet files of the publication before in which the rows that moved are exchanged.

Texts are handed from one file to the next as places in a dictionary, which costs a fifth of
what it costs to write them from the table. A file is patched only if every byte of it is what
was written; what comes of it is read back like any other.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.warehouse.publishing.increments import Rewritten
from pipeline.warehouse.publishing.parts import WrittenFile, name_of_part
from pipeline.warehouse.schema import TableSchema

_SOUGHT = frozenset({"agency_id", "year", "indicator_id", "indicator_no", "rule_id"})
"""Columns that rows are looked up by: bounds of all of them take a third of a file's time."""

_PART = "name_of_part"
"""Names the part of a row that moved."""

_LEAST_ROWS = 61_440
"""Half of a row group as DuckDB writes it; smaller ones are laid together."""

_MOST_UNITS = 10_000
"""Of more agencies and years, or reports, the rows are not gathered in memory."""


class Patches:
    """Patches for the files of one draft."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        before: Path,
        hashes: Mapping[str, str],
        rewritten: Rewritten,
        parts: Iterable[WrittenFile],
    ) -> None:
        self._connection = connection
        self._before = before
        self._hashes = hashes
        self._rewritten = rewritten
        patched = {part.table.name: part.table for part in parts if part.file.as_posix() in hashes}
        self._rows = {
            name: connection.sql(f"SELECT *, {_place(table)} FROM {rows}").to_arrow_table()
            for name, table in patched.items()
            if 0 < len(rewritten.units.get(name, ())) <= _MOST_UNITS
            and (rows := rewritten.rows(table))
        }

    def write(self, part: WrittenFile, folder: Path) -> None:
        """Writes the file of a part below the folder of the draft, from the table if need be."""
        name = part.file.as_posix()
        data = self._whole(name) if part.table.name in self._rows else None
        if data is None:
            part.write(self._connection, folder)
            return
        column, moved = self._rewritten.moved(part)
        rows = self._rows[part.table.name]
        belonging = rows.filter(pc.equal(rows[_PART], part.name)).drop_columns(_PART)
        _exchange(data, folder / name, column, moved, belonging)

    def _whole(self, name: str) -> bytes | None:
        """The bytes of a file that is there and is what was written."""
        if name not in self._hashes:
            return None
        try:
            data = (self._before / name).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == self._hashes[name] else None


def _place(table: TableSchema) -> str:
    """The SQL that names the part of a row; what moves arrives in a part of its own."""
    return f"{'NULL' if table.parts == 'arrival' else name_of_part(table)}::VARCHAR AS {_PART}"


def _exchange(data: bytes, target: Path, column: str, moved: list[str], rows: pa.Table) -> None:
    """Writes a file again without what a column says has moved, and with other rows."""
    texts = _in_dictionaries(pq.read_metadata(pa.BufferReader(data)))
    file = pq.ParquetFile(pa.BufferReader(data), read_dictionary=texts)
    schema = file.schema_arrow.remove_metadata()
    target.parent.mkdir(parents=True, exist_ok=True)
    # A link to the file of an earlier publication would be written through.
    target.unlink(missing_ok=True)
    with pq.ParquetWriter(
        target,
        schema,
        compression="zstd",
        use_dictionary=texts,
        store_schema=False,
        write_statistics=[name for name in schema.names if name in _SOUGHT],
    ) as writer:
        for group in _laid_together(chain(_staying(file, column, moved), [rows]), schema):
            writer.write_table(group)
        writer.add_key_value_metadata(file.metadata.metadata)


def _staying(file: pq.ParquetFile, column: str, moved: list[str]) -> Iterator[pa.Table]:
    for number in range(file.num_row_groups):
        group = file.read_row_group(number, use_threads=False)
        yield group.filter(
            pc.invert(pc.is_in(group[column], value_set=pa.array(moved, pa.string())))
        )


def _laid_together(groups: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Row groups of some size: each small one, as nights leave them, costs half of a large one."""
    waiting: list[pa.Table] = []
    for group in groups:
        waiting.append(group.cast(schema))
        if sum(one.num_rows for one in waiting) >= _LEAST_ROWS:
            yield pa.concat_tables(waiting).unify_dictionaries()
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting).unify_dictionaries()


def _in_dictionaries(metadata: pq.FileMetaData) -> list[str]:
    """Columns of which each text is written once."""
    group = metadata.row_group(0)
    columns = [(group.column(n), metadata.schema.column(n)) for n in range(group.num_columns)]
    return [
        kind.path
        for column, kind in columns
        if kind.physical_type == "BYTE_ARRAY"
        and kind.max_repetition_level == 0
        and any("DICTIONARY" in one for one in column.encodings)
    ]
