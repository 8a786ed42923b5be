"""Runs what a visitor writes, within limits of rows, bytes and seconds."""

import io
import json
import pickle
import select
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.explorer import sql_worker
from pipeline.explorer.opening import SETTINGS, Opened
from pipeline.warehouse.records import Record

ROWS = 1_000
"""Rows an answer may have; the rest is left out, and said to be."""

SECONDS = 20.0
_SECONDS_TO_START = 30.0
_BYTES = 24 << 20
_MEMORY = 1280 << 20
"""Bytes of address space: what the database may use, its program, and an answer twice."""

_AT_ONCE = 2
_PLACES = threading.BoundedSemaphore(_AT_ONCE)
_TYPES = {
    ("decimal", "Decimal"),
    ("uuid", "UUID"),
    *(("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")),
}


class RefusedError(Exception):
    """The SQL was not run, or came to nothing.

    Attributes:
        name: The text that says why: ``sql.<name>`` of the texts.
        detail: What the database says, empty where it says nothing.
    """

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave.

    Attributes:
        names: Names of its columns, each once.
        rows: Its rows, as many as the limits allow.
        is_cut: Whether there are more.
    """

    names: Sequence[str]
    rows: Sequence[tuple[Any, ...]]
    is_cut: bool

    def records(self) -> list[Record]:
        """Returns the rows by the names of their columns."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


def ask(opened: Opened, sql: str, *, seconds: float = SECONDS) -> Answer:
    """Runs one statement that reads, in a process of its own.

    The database folds constants and converts values where neither its own limit of memory nor
    an interrupt reaches; a process can always be bounded, and be killed.

    Raises:
        RefusedError: It does not read, is wrong, takes too long or too much memory.
    """
    if not _PLACES.acquire(timeout=seconds):
        raise RefusedError("busy")
    try:
        reply = _reply(opened, sql, seconds)
    finally:
        _PLACES.release()
    if "refused" in reply:
        raise RefusedError(reply["refused"], reply["detail"])
    return Answer(_distinct(reply["names"]), reply["rows"], reply["is_cut"])


def _reply(opened: Opened, sql: str, seconds: float) -> dict[str, Any]:
    file = opened.file.number
    request = {
        "sql": sql,
        "file": f"/dev/fd/{file}",
        "settings": dict(SETTINGS),
        "rows": ROWS,
        "bytes": _BYTES,
        "memory": _MEMORY,
    }
    with subprocess.Popen(
        [sys.executable, "-I", sql_worker.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(file,),
        cwd="/",
        env={"HOME": "/", "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
    ) as process:
        try:
            return _heard(process, json.dumps(request), seconds)
        except subprocess.TimeoutExpired as error:
            raise RefusedError("too_long") from error
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            # It ends without an answer where the system refuses it memory.
            raise RefusedError("too_much") from error
        finally:
            process.kill()


def _heard(process: subprocess.Popen[bytes], request: str, seconds: float) -> dict[str, Any]:
    """Asks and returns the answer; starting takes time of its own on a busy machine."""
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(request.encode("utf-8", "replace") + b"\n")
    process.stdin.flush()
    if not select.select([process.stdout], [], [], _SECONDS_TO_START)[0]:
        raise subprocess.TimeoutExpired(process.args, _SECONDS_TO_START)
    said, _ = process.communicate(timeout=seconds)
    return dict(_Reply(io.BytesIO(said[len(sql_worker.STARTED) :])).load())


class _Reply(pickle.Unpickler):
    """Takes plain values only: what a visitor asked for was done by the process that answers."""

    def find_class(self, module: str, name: str) -> Any:
        """Returns one of the few types that values of a database have."""
        if (module, name) in _TYPES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a database")


def _distinct(names: Sequence[str]) -> list[str]:
    """Numbers columns of the same name, since a record keeps one of each name only."""
    found: list[str] = []
    for name in names:
        times = sum(one == name or one.startswith(f"{name}:") for one in found)
        found.append(f"{name}:{times}" if name in found else name)
    return found
