"""The parse store: what parsing found, in Parquet batches, by file hash and parser version.

A batch is a folder with one file a table. On a disk it appears at once; in an object store
its list of files is what is written last, and a folder without that list counts for nothing.
A batch is never changed; a merged batch names those it replaces, so that a crash between
writing it and deleting them leaves no row twice.
"""

import errno
import hashlib
import json
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.storage import (
    Remote,
    StoragePath,
    delete,
    delete_folder,
    filesystem,
    listing,
    opened,
    upload,
)
from pipeline.warehouse import disk
from pipeline.warehouse.rows import PARSED
from pipeline.warehouse.schema import quoted, store_tables
from pipeline.warehouse.worker import Outcome, Parsed

FILES_A_BATCH = 500
BYTES_A_BATCH = 64 << 20
"""A batch is written once its rows take so many bytes, however few its files."""

SECONDS_A_BATCH = 30.0
"""A batch is written after so long in any case: no more work is lost with the power."""

SMALL_BATCHES = 16
"""So many small batches are merged into one."""

_SMALL = 256 << 10
_LAST = "file.parquet"
_REPLACES = "replaces.json"


class ParseStore:
    """Batches of one parser version below ``<store>/<version>``."""

    def __init__(self, root: StoragePath, version: str) -> None:
        """Opens the store; nothing is created until the first batch is written."""
        self.folder = root / version
        self._root = root

    def batches(self) -> list[StoragePath]:
        """Returns the folders whose rows count."""
        return [self.folder / name for name in self._alive(self._found())]

    def size(self) -> int:
        """Returns the bytes of the batches whose rows count."""
        found = self._found()
        return sum(sum(found[name].values()) for name in self._alive(found))

    def relation(self, table: str) -> str:
        """Returns what to put behind FROM to read a table of the store."""
        paths = [quoted(str(batch / f"{table}.parquet")) for batch in self.batches()]
        if not paths:
            return f"({_empty(table)})"
        return f"read_parquet([{', '.join(paths)}])"

    def add(self, outcomes: Iterable[Parsed]) -> Iterator[Outcome]:
        """Stores outcomes batch by batch and yields each one on."""
        waiting: list[Parsed] = []
        due = time.monotonic() + SECONDS_A_BATCH
        for outcome in outcomes:
            waiting.append(outcome)
            files = sum(one.outcome.files for one in waiting)
            size = sum(len(data) for one in waiting for data in one.tables.values())
            if files >= FILES_A_BATCH or size >= BYTES_A_BATCH or time.monotonic() >= due:
                self.write(waiting)
                waiting = []
                due = time.monotonic() + SECONDS_A_BATCH
            yield outcome.outcome
        self.write(waiting)

    def write(self, outcomes: list[Parsed]) -> None:
        """Stores outcomes as one batch, named by what it holds: to write it twice is harmless."""
        if not any(one.outcome.files for one in outcomes):
            return
        with self._new_batch(_name(_contents(_joined(outcomes, "file")))) as folder:
            for name in PARSED:
                _write_table(folder, name, [_joined(outcomes, name)])
        # What Arrow keeps for later would grow with every batch.
        pa.default_memory_pool().release_unused()

    def compact(self) -> None:
        """Merges small batches once there are many of them."""
        found = self._found()
        small = [name for name in self._alive(found) if sum(found[name].values()) < _SMALL]
        if len(small) < SMALL_BATCHES:
            return
        with self._new_batch(_name(small)) as folder:
            for table in PARSED:
                _write_table(folder, table, (self._read(batch, table) for batch in small))
            names = [one for batch in small for one in (batch, *self._replaced_by(found, batch))]
            (folder / _REPLACES).write_text(json.dumps(names), "utf-8")
        self.sweep()

    def sweep(self) -> None:
        """Deletes unfinished and replaced batches."""
        if isinstance(self.folder, Path) and self.folder.exists():
            disk.sweep(self.folder)
        found = self._found(finished=False)
        alive = set(self._alive(self._found()))
        for batch in set(found) - alive:
            self._delete(batch, found[batch])

    def forget_other_versions(self) -> None:
        """Deletes batches of other parser versions; call when nothing published needs them."""
        if isinstance(self._root, Path):
            for folder in self._root.glob("*"):
                if folder != self.folder and any(folder.glob("batch-*")):
                    shutil.rmtree(folder)
            return
        names = (one.name.split("/") for one in listing(self._root))
        versions = {name[0] for name in names if len(name) == 3 and name[1].startswith("batch-")}
        for version in versions - {self.folder.name}:
            delete_folder(self._root / version)

    def _found(self, *, finished: bool = True) -> dict[str, dict[str, int]]:
        """Returns names and sizes of the files in each batch, by name of the batch."""
        found: dict[str, dict[str, int]] = {}
        for one in listing(self.folder):
            batch, _, file = one.name.partition("/")
            if batch.startswith("batch-") and file:
                found.setdefault(batch, {})[file] = one.size
        return {name: files for name, files in found.items() if not finished or _LAST in files}

    def _alive(self, found: Mapping[str, Mapping[str, int]]) -> list[str]:
        replaced = {old for name in found for old in self._replaced_by(found, name)}
        return sorted(set(found) - replaced)

    def _replaced_by(self, found: Mapping[str, Mapping[str, int]], batch: str) -> list[str]:
        if _REPLACES not in found[batch]:
            return []
        with opened(self.folder / batch / _REPLACES) as stream:
            return list(json.loads(stream.read()))

    @contextmanager
    def _new_batch(self, name: str) -> Iterator[Path]:
        """Gives a folder to fill that becomes a batch, unless there is one of that name."""
        if isinstance(self.folder, Path):
            try:
                with disk.new_folder(self.folder / name, uuid4().hex) as draft:
                    yield draft
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
            return
        with TemporaryDirectory(prefix="gongkai-") as folder:
            yield Path(folder)
            files = sorted(Path(folder).iterdir(), key=lambda file: file.name == _LAST)
            for file in files:
                upload(file, self.folder / name / file.name)

    def _read(self, batch: str, table: str) -> pa.Table:
        file = self.folder / batch / f"{table}.parquet"
        if isinstance(file, Remote):
            return pq.read_table(file.key, filesystem=filesystem(file), partitioning=None)
        return pq.read_table(file, partitioning=None)

    def _delete(self, batch: str, files: Iterable[str]) -> None:
        folder = self.folder / batch
        if isinstance(folder, Path):
            shutil.rmtree(folder)
        else:
            # Without its list of files the rest counts for nothing, should this be cut short.
            delete(folder, [name for name in files if name == _LAST])
            delete_folder(folder)


def _name(contents: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join(sorted(contents)).encode()).hexdigest()
    return f"batch-{digest[:20]}"


def _joined(outcomes: Iterable[Parsed], table: str) -> pa.Table:
    streams = (pa.ipc.open_stream(one.tables[table]) for one in outcomes)
    return pa.concat_tables([stream.read_all() for stream in streams])


def _contents(files: pa.Table) -> list[str]:
    rows = zip(files["file_id"].to_pylist(), files["part"].to_pylist(), strict=True)
    return [f"{file_id}/{part}" for file_id, part in rows]


def _write_table(folder: Path, table: str, parts: Iterable[pa.Table]) -> None:
    schema = store_tables()[table].arrow
    with pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part)


def _empty(table: str) -> str:
    columns = (f'NULL::{c.type} AS "{c.name}"' for c in store_tables()[table].columns)
    return f"SELECT {', '.join(columns)} WHERE false"
