"""What is known of the raw files: each path, each content it had, and since when.

Hashing is what costs; a file whose size and time of change are as they were is not
hashed again.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO, cast

import duckdb

from pipeline.model.document import Reason
from pipeline.readers.archive.shards import SHARD_BYTES
from pipeline.storage import StoragePath, look, opened
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import SealError, digest, sealed, unsealed
from pipeline.warehouse.intake.raw import PASSED_OVER, identity, place_of, walk
from pipeline.warehouse.records import records
from pipeline.warehouse.reviewed.expected import LETTING_IT_GO, Loss
from pipeline.warehouse.schema import TableSchema, store_tables
from pipeline.warehouse.scratch import scratch
from pipeline.warehouse.statements import quoted, statement
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.tasks import Stored, Task, Unread

_CHUNK = 5_000
_FRESH_NS = 2_000_000_000
"""A file changed so shortly before it is looked at may change again within one clock tick."""

_READERS_OF_OBJECTS = 16
_OBJECTS_AT_ONCE = 512

_SEEN = {
    "source_path": "VARCHAR",
    "name": "BLOB",
    "size": "BIGINT",
    "mtime_ns": "BIGINT",
    "reason": "VARCHAR",
    "detail": "VARCHAR",
}
_HASHED = {
    "source_path": "VARCHAR",
    "file_id": "VARCHAR",
    "reason": "VARCHAR",
    "detail": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at the raw folder brought.

    Attributes:
        files: Paths seen.
        added: Paths whose content was not known there.
        retired: Paths gone or with other content than before.
        known: Paths there were the last time.
        gone: Of these, paths where nothing is any more, and whose content lies nowhere else.
        moved: Of the retired, paths where nothing is any more and whose content lies elsewhere.
        passed_over: Paths whose name no report bears, which are none of the files.
    """

    files: int
    added: int
    retired: int
    known: int = 0
    gone: int = 0
    moved: int = 0
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Todo:
    """What is to be parsed.

    Attributes:
        files: How many contents.
        tasks: How many tasks that makes.
        each: The tasks, to be gone through once.
    """

    files: int
    tasks: int
    each: Iterator[Task]


class Inventory:
    """The file ``inventory.parquet`` of the store."""

    def __init__(self, store: StoragePath) -> None:
        self.path = store / "inventory.parquet"

    @property
    def _hashes(self) -> Path:
        """Beside it; an object store keeps hashes of its own."""
        return Path(str(self.path)).with_suffix(".json")

    def relation(self) -> str:
        """Returns the relation of the inventory for a FROM clause."""
        if self._exists():
            return f"read_parquet({quoted(str(self.path))})"
        return f"({_table().no_rows})"

    def heal(self) -> list[str]:
        """Sets the inventory aside where it is damaged; then every file is looked at again.

        Returns:
            A sentence, where that was so.
        """
        if not isinstance(self.path, Path):
            return []
        # An earlier version wrote no hash; when files were first seen is not lost for that.
        fault = (self.fault() if self._hashes.exists() else None) or self._misfit()
        if fault is None:
            return []
        where = disk.set_aside(self.path)
        return [
            f"{self.path} {fault} and is set aside as {where}: all files are looked at anew, "
            "and when each was first seen is lost"
        ]

    def fault(self) -> str | None:
        """Returns what is wrong with its bytes, None where nothing is or there is none yet."""
        if not isinstance(self.path, Path) or not self._exists():
            return None
        try:
            written = unsealed(self._hashes.read_bytes())["sha256"]
        except (OSError, SealError) as error:
            return f"has lost its hash ({error})"
        return None if digest(self.path) in written else "is not what was written"

    def _misfit(self) -> str | None:
        """Why the inventory cannot be read by this version, None where it can."""
        if not self._exists():
            return None
        try:
            with self._connected() as connection:
                connection.execute(
                    f"CREATE TEMP TABLE t AS SELECT {_table().cast} FROM {self.relation()}"
                )
        except duckdb.Error as error:
            return f"could not be read ({type(error).__name__})"
        return None

    def update(self, raw: StoragePath, loss: Loss | None = None) -> Survey:
        """Looks at the raw folder and writes down what has come, changed and gone.

        Args:
            raw: The folder.
            loss: How many files may be gone at once; None for any.

        Raises:
            disk.BuildError: The folder cannot be read, or much of it is gone all of a sudden.
        """
        now = datetime.now(UTC).replace(tzinfo=None)
        with self._connected() as connection:
            connection.execute(f"CREATE TEMP TABLE known AS FROM {self.relation()}")
            _append(connection, "seen", _SEEN, map(attrgetter(*_SEEN), walk(raw)))
            (passed_over,) = _row(
                connection, "DELETE FROM seen WHERE reason = $passed", {"passed": PASSED_OVER}
            )
            _append(connection, "hashed", _HASHED, _hash_new(connection, raw))
            fresh = time.time_ns() - _FRESH_NS
            connection.execute(statement(__name__, "merged"), {"now": now, "fresh": fresh})
            (counts,) = records(connection, statement(__name__, "survey"), {"now": now})
            survey = Survey(**counts, passed_over=passed_over)
            if loss and loss.is_sudden(survey.gone, survey.known):
                raise disk.BuildError(
                    f"{survey.gone} of {survey.known} known files are gone from {raw}: is it "
                    f"mounted, is it whole? Nothing was changed. {LETTING_IT_GO}"
                )
            self._write(connection, "merged")
            return survey

    def waiting(self, store: ParseStore, reasons: Iterable[Reason]) -> list[str]:
        """Returns the files that the store holds as refused for one of some reasons."""
        kept = store.documents.relation("reading")
        named = ", ".join(quoted(str(reason)) for reason in reasons)
        if not named:
            return []
        with self._connected() as connection:
            found = connection.execute(
                f"SELECT DISTINCT file_id FROM {kept} WHERE reason IN ({named})"
            ).fetchall()
        return [file_id for (file_id,) in found]

    def todo(self, raw: StoragePath, store: ParseStore) -> Todo:
        """Returns what the store holds no reports of: whole files, and parts of large crawls.

        What it holds the documents of is not read again.
        """
        relations = {
            "inventory": self.relation(),
            "file": store.reports.relation("file"),
            "read_file": store.documents.relation("read_file", with_name=True),
        }
        relations["parts"] = statement(__name__, "parts").format(**relations)
        with self._connected() as connection:
            stored = connection.execute(
                statement(__name__, "stored").format(**relations)
            ).fetchall()
            unread = statement(__name__, "unread")
            large = unread.format(sizes=_LARGE, **relations)
            found = connection.execute(large).fetchall()
            small = unread.format(sizes=_SMALL, **relations)
            (whole,) = _row(connection, f"SELECT count(*) FROM ({small})")
        shares = [task for row in found for task in _shares(raw, *row)]
        again = (_stored(raw, *row) for row in stored)
        return Todo(
            files=whole + len(found) + len({row[0] for row in stored}),
            tasks=whole + len(shares) + len(stored),
            each=chain(again, shares, self._whole(raw, small)),
        )

    def _whole(self, raw: StoragePath, unread: str) -> Iterator[Task]:
        with self._connected() as connection:
            rows = connection.execute(unread)
            while chunk := rows.fetchmany(_CHUNK):
                for file_id, source_path, name, size, mtime_ns, _parsed in chunk:
                    path = str(place_of(raw, name))
                    yield Task(file_id, source_path, path, size, mtime_ns)

    @contextmanager
    def _connected(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with scratch(self.path) as connection:
            yield connection

    def _exists(self) -> bool:
        try:
            look(self.path)
        except FileNotFoundError:
            return False
        return True

    def mark_unread(self, unread: Iterable[Unread]) -> None:
        """Writes down files whose bytes could not be had, to be tried again next time."""
        rows = [(one.detail, one.source_path) for one in unread]
        if not rows:
            return
        with self._connected() as connection:
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
        rows = f"SELECT {_table().names} FROM {relation} ORDER BY source_path, first_seen"
        if not isinstance(self.path, Path):
            # An object appears at once, when it has been written whole.
            connection.execute(_COPY.format(rows=rows, file=quoted(str(self.path))))
            return
        disk.create_folder(self.path.parent)
        draft = self.path.with_name(f"{disk.UNFINISHED}{self.path.name}")
        connection.execute(_COPY.format(rows=rows, file=quoted(str(draft))))
        disk.sync(draft)
        # Either hash is right until the new file is in its place, whenever the power goes.
        either = [digest(draft), *([digest(self.path)] if self._exists() else [])]
        disk.write_file(self._hashes, sealed({"sha256": either}))
        draft.replace(self.path)
        disk.sync(self.path.parent)


_COPY = "COPY ({rows}) TO {file} (FORMAT parquet, COMPRESSION zstd)"

_LARGE = f"size > {SHARD_BYTES}"
_SMALL = f"size <= {SHARD_BYTES}"

_UNKNOWN = """
SELECT s.source_path, s.name, s.size, s.mtime_ns FROM seen s
ANTI JOIN known k ON k.source_path = s.source_path AND k.size = s.size
    AND k.mtime_ns = s.mtime_ns AND k.retired_at IS NULL AND k.file_id IS NOT NULL
WHERE s.reason IS NULL
"""


def _table() -> TableSchema:
    return store_tables()["inventory"]


_Hashed = tuple[str, str | None, str | None, str | None]


def _hash_new(connection: duckdb.DuckDBPyConnection, raw: StoragePath) -> Iterator[_Hashed]:
    unknown = connection.execute(_UNKNOWN).fetchall()
    if isinstance(raw, Path):
        root = raw.resolve()
        for row in unknown:
            yield _hashed(root, *row)
        return
    with ThreadPoolExecutor(_READERS_OF_OBJECTS) as readers:
        for first in range(0, len(unknown), _OBJECTS_AT_ONCE):
            rows = unknown[first : first + _OBJECTS_AT_ONCE]
            yield from readers.map(lambda row: _hashed(raw, *row), rows)


def _hashed(raw: StoragePath, source_path: str, name: bytes, size: int, mtime_ns: int) -> _Hashed:
    try:
        file_id = identity(place_of(raw, name), size, mtime_ns)
    except (OSError, ValueError, OverflowError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        return source_path, None, str(Reason.NOT_READABLE), detail
    return source_path, file_id, None, None


def _stored(
    raw: StoragePath, file_id: str, source_path: str, name: bytes, filename: str, *kept: int
) -> Task:
    """Returns the task of parsing the stored documents of a file; it counts as a small one."""
    path = str(place_of(raw, name))
    stored = Stored(filename.rpartition("/")[0], *kept)
    return Task(file_id, source_path, path, 0, stored=stored)


def _shares(
    raw: StoragePath,
    file_id: str,
    source_path: str,
    name: bytes,
    size: int,
    mtime_ns: int | None,
    parsed: list[int] | None,
) -> list[Task]:
    """Returns the shares of a large file that are still to be parsed, or the file as one."""
    # The readers are loaded for large files alone: a look at the folder needs none.
    from pipeline.readers.reading import shards_of

    path = place_of(raw, name)
    whole = Task(file_id, source_path, str(path), size, mtime_ns)
    try:
        with opened(path) as stream:
            shares = shards_of(source_path, cast(BinaryIO, stream), size)
    except OSError:
        shares = []
    if not shares:
        return [whole]
    each = size // len(shares)
    todo = [share for share in shares if share.part not in (parsed or ())]
    return [replace(whole, size=each, shard=share) for share in todo]


def _append(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    types: Mapping[str, str],
    rows: Iterator[tuple[object, ...]],
) -> None:
    """Creates a temporary table from rows, some thousand at a time."""
    columns = ", ".join(f"{name} {type_}" for name, type_ in types.items())
    lists = ", ".join(f"unnest(?::{type_}[])" for type_ in types.values())
    connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
    while chunk := list(islice(rows, _CHUNK)):
        # As lists: an Arrow table would load pandas, for half a second of each build.
        columns_of_chunk = [list(column) for column in zip(*chunk, strict=True)]
        connection.execute(f"INSERT INTO {table} SELECT {lists}", columns_of_chunk)


def _row(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, object] | None = None
) -> tuple[int, ...]:
    row = connection.execute(sql, parameters).fetchone()
    return row or ()
