"""Walks the raw folder: every file at any depth, whatever its name."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.declared import Declaration, declared
from pipeline.model.document import Reason
from pipeline.readers.archive.archives import MAX_DOCUMENT
from pipeline.readers.hashing import sha256_of
from pipeline.storage import Remote, StoragePath, is_reachable, listing
from pipeline.warehouse.checksums import digest
from pipeline.warehouse.disk import BuildError

SIDECAR = ".origin.yml"
PASSED_OVER = "passed_over"
"""The reason of a path whose name no report bears: it is counted, and that is all."""

_BLOCK = 512
_LATEST_NS = (1 << 63) - 1
"""The last time a column holds; a file of a later one is looked at again each time."""


@dataclass(frozen=True, slots=True)
class SeenPath:
    """A path met below the raw folder.

    Attributes:
        source_path: The path below the raw folder, printable; bytes that are no UTF-8 are
            shown as escapes.
        name: The same path as the operating system spells it.
        size: Bytes.
        mtime_ns: Time of last change.
        reason: Why its content must not or cannot be read.
        detail: The same as a sentence.
    """

    source_path: str
    name: bytes
    size: int = 0
    mtime_ns: int = 0
    reason: str | None = None
    detail: str | None = None


def walk(raw: StoragePath) -> Iterator[SeenPath]:
    """Yields every file below ``raw`` apart from origin sidecars, in no certain order.

    Folders that are symbolic links are not entered: what they show inside the raw folder
    is met at its own place, and what lies outside it is not ours to read.

    Raises:
        BuildError: The folder itself cannot be read.
    """
    if isinstance(raw, Remote):
        yield from _listed(raw)
        return
    root = raw.resolve()
    if not root.is_dir():
        raise BuildError(f"no raw folder at {raw}: create it or name another with --raw")
    if not os.access(root, os.R_OK | os.X_OK):
        raise BuildError(f"cannot read {raw}: give this user read permission there")
    yield from _walk(root)


def keep_apart(raw: StoragePath, warehouse: Path) -> None:
    """Refuses a raw folder and a warehouse that lie one in the other.

    Raises:
        BuildError: A build would take in what it wrote itself, again and again.
    """
    if not isinstance(raw, Path):
        return
    first, second = raw.resolve(), warehouse.resolve()
    if first.is_relative_to(second) or second.is_relative_to(first):
        raise BuildError(
            f"the raw folder {raw} and the warehouse {warehouse} lie one in the other: give the "
            "warehouse a folder of its own with --warehouse"
        )


def place_of(raw: StoragePath, name: bytes) -> StoragePath:
    """Returns where a file below the raw folder is opened."""
    return raw / os.fsdecode(name)


def is_known_by_name(file: StoragePath, size: int) -> bool:
    """Whether a file is not hashed: an object too large for a document is a crawl or archive.

    To hash it would carry all of it through one machine before anybody reads it.
    """
    return isinstance(file, Remote) and size > MAX_DOCUMENT


def identity(file: StoragePath, size: int, mtime_ns: int) -> str:
    """Returns what a content is known by: the hash of its bytes, of a huge object its name's.

    Raises:
        OSError: It cannot be read.
    """
    if is_known_by_name(file, size):
        return sha256_of(f"{file} {size} {mtime_ns}".encode())
    return digest(file)


class _Names(Declaration):
    fetched: re.Pattern[str]
    open_in_office: re.Pattern[str]
    left_by_systems: re.Pattern[str]


@cache
def _names() -> re.Pattern[str]:
    named = declared("pipeline.warehouse", "passed_over", _Names)
    kinds = (named.fetched, named.open_in_office, named.left_by_systems)
    return re.compile("|".join(f"(?:{one.pattern})" for one in kinds), re.IGNORECASE)


def _is_passed_over(name: str) -> bool:
    """Whether a file is still being fetched, or is what a program leaves beside files."""
    return _names().fullmatch(name) is not None


def _listed(raw: Remote) -> Iterator[SeenPath]:
    try:
        if not is_reachable(raw):
            raise FileNotFoundError("there is no such bucket")
        for one in listing(raw):
            if not one.name.endswith(SIDECAR):
                passed = _is_passed_over(one.name.rpartition("/")[2])
                reason = PASSED_OVER if passed else None
                yield SeenPath(one.name, one.name.encode(), one.size, one.mtime_ns, reason)
    except OSError as error:
        raise BuildError(
            f"cannot list {raw}: {' '.join(str(error).split())[:300]}; look at the name of the "
            "bucket, at AWS_ENDPOINT_URL and at the keys"
        ) from error


def _walk(root: Path) -> Iterator[SeenPath]:
    """Yields what lies below a folder; no depth is too deep for a list of folders to do."""
    waiting = [b""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(os.path.join(os.fsencode(root), folder)) as found:  # noqa: PTH118
                entries = list(found)
        except OSError as error:
            yield _refused(folder, Reason.NOT_READABLE, f"folder: {error.strerror}")
            continue
        for entry in entries:
            name = os.path.join(folder, entry.name)  # noqa: PTH118
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            elif not entry.name.endswith(SIDECAR.encode()):
                seen = _look(root, name, entry)
                if seen is not None:
                    yield seen


def _look(root: Path, name: bytes, entry: "os.DirEntry[bytes]") -> SeenPath | None:
    if _is_passed_over(os.fsdecode(entry.name)):
        return SeenPath(printable(name), name, reason=PASSED_OVER)
    try:
        if entry.is_symlink() and not Path(os.fsdecode(entry.path)).resolve(True).is_relative_to(
            root
        ):
            return _refused(
                name, Reason.OUTSIDE_RAW, "a link that leads outside the raw folder; copy the file"
            )
        found = entry.stat()
    except OSError as error:
        return _refused(name, Reason.NOT_READABLE, str(error.strerror))
    except RuntimeError:  # what Path.resolve raises at a link that leads to itself
        return _refused(name, Reason.NOT_READABLE, "a link that leads to itself; remove it")
    if stat.S_ISDIR(found.st_mode):
        return None
    if not stat.S_ISREG(found.st_mode):
        return _refused(name, Reason.NOT_READABLE, "not a regular file")
    if found.st_size > MAX_DOCUMENT and found.st_blocks * _BLOCK < found.st_size // 2:
        return _refused(
            name,
            Reason.TOO_LARGE,
            f"{found.st_size >> 20} MB, most of them holes that were never written; copy it again",
        )
    return SeenPath(printable(name), name, found.st_size, min(found.st_mtime_ns, _LATEST_NS))


def _refused(name: bytes, reason: Reason, detail: str) -> SeenPath:
    return SeenPath(printable(name), name, reason=str(reason), detail=detail)


def printable(name: bytes) -> str:
    """Returns a path as text; bytes that are no UTF-8 become escapes, as backslashes do.

    No two names print alike: a name may hold what looks like an escape.
    """
    return name.replace(b"\\", rb"\x5c").decode("utf-8", "backslashreplace")
