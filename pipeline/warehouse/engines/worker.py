"""What runs inside a worker process: read some files, parse them, hand back Arrow buffers.

Kept free of DuckDB and Dagster, so that a worker starts quickly and dies alone.
"""

import ctypes
import gc
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO, cast

import pyarrow as pa

from pipeline.model.document import Reason, Rejection, Skipped
from pipeline.parsing import (
    DocumentResult,
    parse_path,
    parse_reading,
    parse_split,
)
from pipeline.readers.archive.shards import Shard
from pipeline.readers.hashing import sha256_of
from pipeline.stages import parser_version
from pipeline.storage import copy, look, opened, place
from pipeline.warehouse.intake.raw import identity, is_known_by_name
from pipeline.warehouse.store.documents import READ, read_back
from pipeline.warehouse.store.parse_store import PARSED
from pipeline.warehouse.store.store_rows import StoreRows
from pipeline.warehouse.store.tasks import Key, Parsed, Task, TasksOutcome, Unread

_PR_SET_PDEATHSIG = 1
_DOCUMENTS_A_BATCH = 200
_OBJECTS_A_COLLECTION = 50_000


def start(memory: int) -> None:
    """Bounds the address space of this process and ties its life to its parent's."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    collect_seldom()
    # The interrupt key is for the parent, which ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def collect_seldom() -> None:
    """Sets the collector to what parsing makes.

    Thousands of small objects live as long as their document; looking for garbage among
    them costs time and finds nothing.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_COLLECTION)


def parse(tasks: tuple[Task, ...]) -> Parsed:
    """Parses files one after another.

    Raises:
        MemoryError: One of them needs more than the process may have.
    """
    batches = RowBatches()
    unread: list[Unread] = []
    batches.add_stored([task for task in tasks if task.stored])
    for task in tasks:
        if task.stored:
            continue
        try:
            if task.shard is None:
                _parse_whole(task, batches)
            else:
                _parse_share(task, task.shard, batches)
        except _ChangedError:
            unread.append(Unread(task.source_path, "the file changed while it was being read"))
        except OSError as error:
            unread.append(Unread(task.source_path, error.strerror or str(error)))
    return batches.packed(tuple(unread))


class _ChangedError(Exception):
    """A file is not what it was when it was listed."""


def _parse_whole(task: Task, batches: "RowBatches") -> None:
    with _on_disk(task) as path:
        if is_known_by_name(place(task.path), task.size):
            _compare_time(task)
        elif identity(path, task.size, 0) != task.file_id:
            raise _ChangedError
        batches.add_file(task, parse_path(path))


def _compare_time(task: Task) -> None:
    if task.mtime_ns is not None and look(place(task.path)).mtime_ns != task.mtime_ns:
        raise _ChangedError


@contextmanager
def _on_disk(task: Task) -> Iterator[Path]:
    """Gives a file of this machine, a copy where it lies in an object store."""
    source = place(task.path)
    if isinstance(source, Path):
        yield source
        return
    with NamedTemporaryFile(prefix="gongkai-", suffix=f"-{Path(source.name).name}") as target:
        with opened(source) as stream:
            copy(stream, cast(IO[bytes], target))
        target.flush()
        yield Path(target.name)


def _parse_share(task: Task, shard: Shard, batches: "RowBatches") -> None:
    """Parses a share of a file too large to be hashed for each of them."""
    _compare_time(task)
    with opened(place(task.path)) as stream:
        batches.add_file(task, parse_split(cast(BinaryIO, stream), shard, task.file_id))


def rejected(task: Task, reason: Reason, detail: str) -> Parsed:
    """Returns the outcome of a file, or a share of one, that could not be parsed."""
    batches = RowBatches()
    member = task.shard.label if task.shard else ""
    digest = sha256_of(f"{task.file_id} {member}".encode()) if member else task.file_id
    failure = DocumentResult(member, digest, None, None, (), Rejection(reason, detail))
    # Not kept as read: it may as well be what the document says that the program tripped over.
    batches.add_file(task, [failure], keep=False)
    return batches.packed()


class RowBatches:
    """Rows packed as they come, so that a crawl of any size needs little memory."""

    def __init__(self) -> None:
        self._rows = StoreRows()
        self._sinks = {name: pa.BufferOutputStream() for name in (*READ, *PARSED)}
        self._writers = {
            name: pa.ipc.new_stream(self._sinks[name], table.schema)
            for name, table in self._rows.to_arrow().items()
        }
        self._files = 0
        self._skipped = 0

    def add_file(
        self, task: Task, parsed: Iterable[DocumentResult | Skipped], *, keep: bool = True
    ) -> None:
        """Adds a file, or a share of one, with everything found in it."""
        skipped = 0
        for document in parsed:
            if isinstance(document, Skipped):
                skipped += document.count
                continue
            if keep:
                self._rows.keep(task.key, document)
            self._add(task, document)
        parts = task.shard.parts if task.shard else 1
        if keep:
            self._rows.keep_file(task.key, skipped, parts)
        self._finish(task, skipped, parts)

    def add_stored(self, tasks: Iterable[Task]) -> None:
        """Adds files whose documents the store holds, with everything found in them."""
        batches: dict[str, dict[Key, Task]] = {}
        for task in tasks:
            if task.stored:
                batches.setdefault(task.stored.batch, {})[task.key] = task
        for batch, wanted in batches.items():
            for key, reading in read_back(place(batch), set(wanted)):
                self._add(wanted[key], parse_reading(reading))
            for task in wanted.values():
                if task.stored:
                    self._finish(task, task.stored.pages_skipped, task.stored.parts)

    def _add(self, task: Task, document: DocumentResult) -> None:
        self._rows.add_document(task.file_id, parser_version(), document)
        if self._rows.documents >= _DOCUMENTS_A_BATCH:
            self._write()

    def _finish(self, task: Task, skipped: int, parts: int) -> None:
        file_id, part = task.key
        self._rows.add_file(file_id, parser_version(), skipped, part, parts)
        self._files += 1
        self._skipped += skipped

    def packed(self, unread: tuple[Unread, ...] = ()) -> Parsed:
        """All rows in a form that is cheap to send between processes."""
        self._write()
        for writer in self._writers.values():
            writer.close()
        tables = {name: bytes(sink.getvalue()) for name, sink in self._sinks.items()}
        return Parsed(TasksOutcome(self._files, unread, self._skipped), tables)

    def _write(self) -> None:
        for name, table in self._rows.to_arrow().items():
            self._writers[name].write_table(table)
        self._rows = StoreRows()
