"""What runs inside a worker process: read some files, parse them, hand back Arrow buffers.

Kept free of DuckDB and Dagster, so that a worker starts quickly and dies alone.
"""

import ctypes
import gc
import hashlib
import resource
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.parsing import ParsedDocument, parse_path, parser_version
from pipeline.readers.document import Reason, Rejection, Skipped
from pipeline.warehouse.rows import Rows

_PR_SET_PDEATHSIG = 1
_DOCUMENTS_A_BATCH = 200
_OBJECTS_A_COLLECTION = 50_000


@dataclass(frozen=True, slots=True)
class Task:
    """One file to parse.

    Attributes:
        file_id: Hash its bytes had when it was listed.
        source_path: Its printable path below the raw folder.
        path: Where to open it.
        size: Bytes, as listed.
    """

    file_id: str
    source_path: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A file whose bytes could not be had; it is tried again in the next run."""

    source_path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of some tasks.

    Attributes:
        files: How many files the tables hold.
        tables: Arrow IPC streams by name of the store table.
        unread: Files that could not be read at all.
        pages_skipped: Pages of crawls that were no reports.
    """

    files: int
    tables: dict[str, bytes]
    unread: tuple[Unread, ...] = ()
    pages_skipped: int = 0


def start(memory: int) -> None:
    """Bounds the address space of this process and ties its life to its parent's."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # A parse makes thousands of small objects that all live as long as its document, so
    # looking for garbage among them costs time and finds nothing.
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_COLLECTION)
    # The interrupt key is for the parent, which ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def parse(tasks: tuple[Task, ...]) -> Parsed:
    """Parses files one after another.

    Raises:
        MemoryError: One of them needs more than the process may have.
    """
    batches = Batches()
    unread: list[Unread] = []
    for task in tasks:
        try:
            with Path(task.path).open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if digest != task.file_id:
                unread.append(Unread(task.source_path, "the file changed while it was being read"))
                continue
            batches.add_file(task.file_id, parse_path(Path(task.path)))
        except OSError as error:
            unread.append(Unread(task.source_path, error.strerror or str(error)))
    return batches.packed(tuple(unread))


def rejected(task: Task, reason: Reason, detail: str) -> Parsed:
    """Returns the outcome of a file that could not be parsed."""
    batches = Batches()
    failure = ParsedDocument("", task.file_id, None, None, (), Rejection(reason, detail))
    batches.add_file(task.file_id, [failure])
    return batches.packed()


class Batches:
    """Rows packed as they come, so that a crawl of any size needs little memory."""

    def __init__(self) -> None:
        """Opens an Arrow stream for every table that parsing fills."""
        self._rows = Rows()
        self._sinks = {name: pa.BufferOutputStream() for name in self._rows.tables}
        self._writers = {
            name: pa.ipc.new_stream(self._sinks[name], table.schema)
            for name, table in self._rows.to_arrow().items()
        }
        self._files = 0
        self._skipped = 0

    def add_file(self, file_id: str, parsed: Iterable[ParsedDocument | Skipped]) -> None:
        """Adds a file with everything found in it."""
        skipped = 0
        for document in parsed:
            if isinstance(document, Skipped):
                skipped += document.count
                continue
            self._rows.add_document(file_id, parser_version(), document)
            if len(self._rows.tables["document"]) >= _DOCUMENTS_A_BATCH:
                self._write()
        self._rows.add_file(file_id, parser_version(), skipped)
        self._files += 1
        self._skipped += skipped

    def packed(self, unread: tuple[Unread, ...] = ()) -> Parsed:
        """All rows in a form that is cheap to send between processes."""
        self._write()
        for writer in self._writers.values():
            writer.close()
        tables = {name: bytes(sink.getvalue()) for name, sink in self._sinks.items()}
        return Parsed(self._files, tables, unread, self._skipped)

    def _write(self) -> None:
        for name, table in self._rows.to_arrow().items():
            self._writers[name].write_table(table)
        self._rows = Rows()
