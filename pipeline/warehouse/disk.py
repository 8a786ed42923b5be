"""Files that are wholly there or not there, and the lock that keeps builds apart."""

import errno
import fcntl
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

UNFINISHED = ".unfinished-"
"""Prefix of names under construction; whatever bears it may be deleted when no build runs."""

DAMAGED = ".damaged-"
"""Prefix of what was set aside; it counts for nothing and may be deleted at any time."""


class BuildError(Exception):
    """A build cannot go on; the message says what was met and what to do."""


def set_aside(path: Path) -> str:
    """Moves a damaged file or folder out of the way and returns where it is now.

    Nothing is deleted: what is made again from the raw files may still be worth a look.
    """
    now = datetime.now(UTC)
    target = path.with_name(f"{DAMAGED}{now:%Y%m%dT%H%M%S%f}-{path.name}")
    path.rename(target)
    return target.name


def cleared(folder: Path) -> str | None:
    """Sets aside a file that lies where a folder belongs; returns a sentence if there was one."""
    if not os.path.lexists(folder) or folder.is_dir():
        return None
    return f"{folder} is no folder: set aside as {set_aside(folder)}"


class BusyError(BuildError):
    """Another build holds the warehouse."""


@contextmanager
def only_build(warehouse: Path, wait: float = 0.0) -> Iterator[None]:
    """Holds the warehouse for one build at a time.

    The operating system lets go of the lock when the process ends, however it ends: a
    lock file left by a dead build holds nobody up.

    Raises:
        BusyError: Another build still holds it after that time.
    """
    create_folder(warehouse)
    if (warehouse / ".lock").is_dir():
        set_aside(warehouse / ".lock")
    with (warehouse / ".lock").open("a+", encoding="utf-8") as lock:
        _acquire(lock, warehouse, time.monotonic() + wait)
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        lock.seek(0)
        lock.truncate()
        lock.write(json.dumps(holder))
        lock.flush()
        yield
        lock.seek(0)
        lock.truncate()


@contextmanager
def no_build(warehouse: Path, wait: float = 0.0) -> Iterator[None]:
    """Keeps builds away from a warehouse that is only read; nothing is written.

    Raises:
        BusyError: A build still holds it after that time.
        BuildError: Its lock cannot be read.
    """
    try:
        lock = (warehouse / ".lock").open(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError):  # nothing was ever built in this place
        yield
        return
    except OSError as error:
        raise BuildError(f"cannot read {error.filename}: {error.strerror}") from error
    with lock:
        _acquire(lock, warehouse, time.monotonic() + wait, fcntl.LOCK_SH)
        yield


def _acquire(lock: IO[str], warehouse: Path, deadline: float, how: int = fcntl.LOCK_EX) -> None:
    while True:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError(
                    f"{warehouse} is being built by {_holder(lock)}; try again later, "
                    "or wait for it with --wait SECONDS"
                ) from None
            time.sleep(0.1)


def _holder(lock: IO[str]) -> str:
    lock.seek(0)
    try:
        holder = json.loads(lock.read())
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (ValueError, KeyError):
        return "another process"


def create_folder(folder: Path) -> None:
    """Creates a folder and those above it.

    Raises:
        BuildError: It cannot be created or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BuildError(f"cannot create {folder}: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BuildError(
            f"cannot write to {folder}: give this user write permission there, "
            "or name another folder with --warehouse"
        )


@contextmanager
def new_folder(final: Path, writer: str = "") -> Iterator[Path]:
    """Gives a folder to fill that appears as ``final`` at once, and only if all went well.

    Args:
        final: What it is called in the end.
        writer: Tells the drafts of several writers apart, where there may be several.
    """
    draft = final.with_name(f"{UNFINISHED}{final.name}{writer}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        settle(draft)
        draft.rename(final)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync(final.parent)


def put_in_place(fresh: Path, final: Path) -> None:
    """Lets a whole folder take the place of an earlier one, which is deleted."""
    old = final.with_name(f"{UNFINISHED}{final.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    fresh.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def write_file(final: Path, content: str) -> None:
    """Writes a small text file that is wholly the old or wholly the new one."""
    draft = final.with_name(f"{UNFINISHED}{final.name}")
    draft.write_text(content, "utf-8")
    sync(draft)
    draft.replace(final)
    sync(final.parent)


def link(name: Path, target: str) -> None:
    """Points the symbolic link ``name`` at ``target`` in one step."""
    draft = name.with_name(f"{UNFINISHED}{name.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(name)
    sync(name.parent)


def settle(folder: Path) -> None:
    """Waits until everything below ``folder`` has reached the disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Waits until a file or a folder's list of names has reached the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Deletes what builds that were killed left unfinished directly in ``folder``."""
    for path in folder.glob(f"{UNFINISHED}*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


FULL = BuildError(
    "the disk is full or fails: make room and build again; what is published stays as it was"
)


def is_full(error: BaseException) -> bool:
    """Whether a failure means that the disk is full, whichever library met it."""
    full = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    words = ("No space left", "disk is full", "File too large", "disk I/O error")
    return getattr(error, "errno", None) in full or any(word in str(error) for word in words)


def first_line(error: BaseException) -> str:
    """Returns what an error says, without the query and the trace that DuckDB adds below."""
    return str(error).partition("\n")[0]


def explained(error: OSError) -> BuildError:
    """Returns a failure of the file system as a sentence an operator can act on."""
    if is_full(error):
        return FULL
    return BuildError(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
