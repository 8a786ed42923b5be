"""What is known of the raw files: each path, each content it had, and since when.

Hashing is what costs; a file whose size and time of change are as they were is not
hashed again.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.readers.document import Reason
from pipeline.warehouse import disk
from pipeline.warehouse.raw import Seen, walk
from pipeline.warehouse.schema import quoted, store_tables
from pipeline.warehouse.store import ParseStore
from pipeline.warehouse.worker import Task, Unread

_CHUNK = 5_000
_FRESH_NS = 2_000_000_000
"""A file changed so shortly before it is looked at may change again within one clock tick."""

_SUSPICIOUS = 10
"""So many files do not all vanish in a day; more likely a disk is not mounted."""

_SEEN = pa.schema(
    [
        ("source_path", pa.string()),
        ("name", pa.binary()),
        ("size", pa.int64()),
        ("mtime_ns", pa.int64()),
        ("reason", pa.string()),
        ("detail", pa.string()),
    ]
)
_HASHED = pa.schema(
    [
        ("source_path", pa.string()),
        ("file_id", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at the raw folder brought.

    Attributes:
        files: Paths seen.
        added: Paths whose content was not known there.
        retired: Paths gone or with other content than before.
    """

    files: int
    added: int
    retired: int


class Inventory:
    """The file ``inventory.parquet`` of the store."""

    def __init__(self, store: Path) -> None:
        """Opens the inventory; it may not exist yet."""
        self.path = store / "inventory.parquet"

    def relation(self) -> str:
        """Returns what to put behind FROM to read it."""
        if self.path.exists():
            return f"read_parquet({quoted(str(self.path))})"
        columns = store_tables()["inventory"].columns
        empty = ", ".join(f'NULL::{c.type} AS "{c.name}"' for c in columns)
        return f"(SELECT {empty} WHERE false)"

    def update(self, raw: Path) -> Survey:
        """Looks at the raw folder and writes down what has come, changed and gone.

        Raises:
            disk.BuildError: The folder cannot be read, or is empty all of a sudden.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TEMP TABLE known AS FROM {self.relation()}")
            _append(connection, "seen", _SEEN, (_seen_row(seen) for seen in walk(raw)))
            _append(connection, "hashed", _HASHED, _hash_new(connection, raw))
            connection.execute(_MERGE, {"now": now, "fresh": _now_ns() - _FRESH_NS})
            survey = Survey(*_row(connection, _COUNTS, {"now": now}))
            if survey.files == 0 and survey.retired >= _SUSPICIOUS:
                raise disk.BuildError(
                    f"{raw} is empty, though {survey.retired} files were known: is it mounted? "
                    f"To begin anew with an empty folder, delete {self.path}"
                )
            self._write(connection, "merged")
            return survey

    def todo(self, raw: Path, store: ParseStore) -> Iterator[Task]:
        """Yields a task for each content that no batch of the store holds."""
        root = raw.resolve()
        with duckdb.connect() as connection:
            rows = connection.execute(
                f"""
                SELECT file_id, min_by(source_path, source_path), min_by(name, source_path),
                       any_value(size)
                FROM {self.relation()} WHERE retired_at IS NULL AND file_id IS NOT NULL
                AND file_id NOT IN (SELECT file_id FROM {store.relation("file")})
                GROUP BY file_id ORDER BY 2
                """
            )
            while chunk := rows.fetchmany(_CHUNK):
                for file_id, source_path, name, size in chunk:
                    path = root / os.fsdecode(name)
                    yield Task(file_id, source_path, str(path), size)

    def count_todo(self, store: ParseStore) -> int:
        """Returns how many contents no batch of the store holds."""
        with duckdb.connect() as connection:
            (count,) = _row(
                connection,
                f"""
                SELECT count(DISTINCT file_id) FROM {self.relation()}
                WHERE retired_at IS NULL
                AND file_id NOT IN (SELECT file_id FROM {store.relation("file")})
                """,
            )
        return count

    def mark_unread(self, unread: Iterable[Unread]) -> None:
        """Writes down files whose bytes could not be had, to be tried again next time."""
        rows = [(one.detail, one.source_path) for one in unread]
        if not rows:
            return
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TEMP TABLE merged AS FROM {self.relation()}")
            connection.executemany(
                f"""
                UPDATE merged SET file_id = NULL, reason = '{Reason.NOT_READABLE}', detail = ?
                WHERE source_path = ? AND retired_at IS NULL
                """,
                rows,
            )
            self._write(connection, "merged")

    def _write(self, connection: duckdb.DuckDBPyConnection, relation: str) -> None:
        disk.create_folder(self.path.parent)
        names = ", ".join(f'"{c.name}"' for c in store_tables()["inventory"].columns)
        draft = self.path.with_name(f"{disk.UNFINISHED}{self.path.name}")
        connection.execute(
            f"COPY (SELECT {names} FROM {relation} ORDER BY source_path, first_seen) "
            f"TO {quoted(str(draft))} (FORMAT parquet, COMPRESSION zstd)"
        )
        disk.sync(draft)
        draft.replace(self.path)
        disk.sync(self.path.parent)


_MERGE = """
CREATE TEMP TABLE merged AS
WITH present AS (
    SELECT s.source_path, s.name, s.size, CASE WHEN s.mtime_ns < $fresh THEN s.mtime_ns END
               AS mtime_ns,
           h.file_id, coalesce(h.reason, s.reason) AS reason, coalesce(h.detail, s.detail) AS detail
    FROM seen s LEFT JOIN hashed h USING (source_path)
    WHERE s.reason IS NOT NULL OR h.source_path IS NOT NULL
    UNION ALL
    SELECT s.source_path, s.name, s.size, s.mtime_ns, k.file_id, NULL, NULL
    FROM seen s JOIN known k ON k.source_path = s.source_path AND k.size = s.size
        AND k.mtime_ns = s.mtime_ns AND k.retired_at IS NULL AND k.file_id IS NOT NULL
)
SELECT p.source_path, p.name, p.size, p.mtime_ns, p.file_id,
       coalesce(k.first_seen, $now) AS first_seen, NULL::TIMESTAMP AS retired_at,
       p.reason, p.detail
FROM present p LEFT JOIN known k
    ON k.source_path = p.source_path AND k.file_id IS NOT DISTINCT FROM p.file_id
UNION ALL
SELECT k.source_path, k.name, k.size, k.mtime_ns, k.file_id, k.first_seen,
       coalesce(k.retired_at, $now), k.reason, k.detail
FROM known k ANTI JOIN present p
    ON k.source_path = p.source_path AND k.file_id IS NOT DISTINCT FROM p.file_id
WHERE k.file_id IS NOT NULL
"""

_COUNTS = """
SELECT count(*) FILTER (retired_at IS NULL),
       count(*) FILTER (retired_at IS NULL AND first_seen = $now),
       count(*) FILTER (retired_at = $now)
FROM merged
"""

_UNKNOWN = """
SELECT s.source_path, s.name FROM seen s
ANTI JOIN known k ON k.source_path = s.source_path AND k.size = s.size
    AND k.mtime_ns = s.mtime_ns AND k.retired_at IS NULL AND k.file_id IS NOT NULL
WHERE s.reason IS NULL
"""


def _seen_row(seen: Seen) -> tuple[object, ...]:
    return (seen.source_path, seen.name, seen.size, seen.mtime_ns, seen.reason, seen.detail)


def _hash_new(
    connection: duckdb.DuckDBPyConnection, raw: Path
) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    root = raw.resolve()
    for source_path, name in connection.execute(_UNKNOWN).fetchall():
        try:
            with (root / os.fsdecode(name)).open("rb") as file:
                file_id = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield source_path, None, str(Reason.NOT_READABLE), error.strerror or str(error)
        else:
            yield source_path, file_id, None, None


def _append(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    schema: pa.Schema,
    rows: Iterator[tuple[object, ...]],
) -> None:
    """Creates a temporary table from rows, some thousand at a time."""
    connection.register("chunk", schema.empty_table())
    connection.execute(f"CREATE TEMP TABLE {table} AS FROM chunk")
    while chunk := list(islice(rows, _CHUNK)):
        columns = [
            pa.array(column, field.type)
            for column, field in zip(zip(*chunk, strict=True), schema, strict=True)
        ]
        connection.register("chunk", pa.Table.from_arrays(columns, schema=schema))
        connection.execute(f"INSERT INTO {table} FROM chunk")
    connection.unregister("chunk")


def _row(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, object] | None = None
) -> tuple[int, ...]:
    row = connection.execute(sql, parameters).fetchone()
    return row or ()


def _now_ns() -> int:
    return int(datetime.now(UTC).timestamp() * 1_000_000_000)
