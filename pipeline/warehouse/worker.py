"""What runs inside a worker process: read some files, parse them, hand back Arrow buffers.

Kept free of DuckDB and Dagster, so that a worker starts quickly and dies alone.
"""

import ctypes
import hashlib
import resource
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.parsing import ParsedDocument, parse_file, parser_version
from pipeline.readers.document import Reason, Rejection
from pipeline.warehouse.rows import Rows

_PR_SET_PDEATHSIG = 1


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
    """

    files: int
    tables: dict[str, bytes]
    unread: tuple[Unread, ...] = ()


def start(memory: int) -> None:
    """Bounds the address space of this process and ties its life to its parent's."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # The interrupt key is for the parent, which ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def parse(tasks: tuple[Task, ...]) -> Parsed:
    """Parses files one after another.

    Raises:
        MemoryError: One of them needs more than the process may have.
    """
    rows = Rows()
    unread: list[Unread] = []
    for task in tasks:
        try:
            data = Path(task.path).read_bytes()
        except OSError as error:
            unread.append(Unread(task.source_path, error.strerror or str(error)))
            continue
        if hashlib.sha256(data).hexdigest() != task.file_id:
            unread.append(Unread(task.source_path, "the file changed while it was being read"))
            continue
        _add(rows, task, data)
    return packed(rows, tuple(unread))


def rejected(task: Task, reason: Reason, detail: str) -> Parsed:
    """Returns the outcome of a file that could not be parsed."""
    rows = Rows()
    rows.add_file(task.file_id, parser_version(), [_failure(task, reason, detail)])
    return packed(rows)


def packed(rows: Rows, unread: tuple[Unread, ...] = ()) -> Parsed:
    """Returns rows in a form that is cheap to send between processes."""
    tables = {name: _ipc(table) for name, table in rows.to_arrow().items()}
    return Parsed(len(rows.tables["file"]), tables, unread)


def _add(rows: Rows, task: Task, data: bytes) -> None:
    try:
        rows.add_file(task.file_id, parser_version(), parse_file(task.source_path, data))
    except MemoryError:
        raise
    except Exception as error:  # a defect met by one document must not cost the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        detail = (
            f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno}); "
            "a defect of the program, please report it with the file"
        )
        rows.add_file(task.file_id, parser_version(), [_failure(task, Reason.CRASHED, detail)])


def _failure(task: Task, reason: Reason, detail: str) -> ParsedDocument:
    return ParsedDocument("", task.file_id, None, None, (), Rejection(reason, detail))


def _ipc(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())
