"""Folders and files on this machine or in an object store, under one small interface.

A path means this machine, a URL such as ``s3://bucket/folder`` an object store. Keys, region
and address of the store come from the usual variables (``AWS_ACCESS_KEY_ID``,
``AWS_ENDPOINT_URL``, …) or from the machine's own role.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

SCHEMES = ("s3",)
"""Object stores that the tests put to use."""

_CHUNK = 4 << 20
_SECONDS_TO_CONNECT = 10
_SECONDS_TO_ANSWER = 120


class StorageError(ValueError):
    """A URL names no place that can be used; the message says which can."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder or an object in an object store.

    Attributes:
        url: Its address, without a slash at the end.
    """

    url: str

    def __truediv__(self, name: str) -> Remote:
        return Remote(f"{self.url}/{name}")

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.url.rpartition("/")[2]

    @property
    def key(self) -> str:
        """Bucket and key, as the client of the store wants them."""
        return self.url.partition("://")[2]


StoragePath = Path | Remote


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file met in a listing.

    Attributes:
        name: Its path below the folder listed, with slashes.
        size: Bytes.
        mtime_ns: Time of last change.
    """

    name: str
    size: int
    mtime_ns: int


def place(text: str | StoragePath) -> StoragePath:
    """Returns the place that a path or a URL means; a relative path is made absolute.

    Raises:
        StorageError: The URL is of a kind not known here, or names no bucket.
    """
    if isinstance(text, Remote):
        return text
    name = str(text)
    scheme, mark, rest = name.partition("://")
    if not mark:
        return Path(name).absolute()
    if scheme not in SCHEMES or not rest.strip("/"):
        known = ", ".join(f"{one}://bucket/folder" for one in SCHEMES)
        raise StorageError(f"{name} is no place to use: give a path, or {known}")
    return Remote(name.rstrip("/"))


def listing(folder: StoragePath) -> Iterator[ListedFile]:
    """Yields every file below a folder, in no certain order; none where there is no folder."""
    if isinstance(folder, Path):
        # Paths as texts: to make a Path of each takes most of the time of a long list.
        if folder.is_dir():
            yield from _below(str(folder), "")
        return
    from pyarrow import fs

    selector = fs.FileSelector(folder.key, allow_not_found=True, recursive=True)
    for info in filesystem(folder).get_file_info(selector):
        if info.type is fs.FileType.File:
            name = info.path[len(folder.key) + 1 :]
            yield ListedFile(name, info.size, info.mtime_ns or 0)


def _below(folder: str, above: str) -> Iterator[ListedFile]:
    """Yields files below a folder, named from where it was begun; links to folders lead nowhere."""
    try:
        entries = list(os.scandir(folder))
    except PermissionError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{above}{entry.name}/")
        elif entry.is_file():
            found = entry.stat()
            yield ListedFile(above + entry.name, found.st_size, found.st_mtime_ns)


def is_reachable(remote: Remote) -> bool:
    """Tells whether there is a bucket to find a place in, empty or not."""
    from pyarrow import fs

    (info,) = filesystem(remote).get_file_info([remote.key.partition("/")[0]])
    return info.type is fs.FileType.Directory


def look(file: StoragePath) -> ListedFile:
    """Returns size and time of change of one file.

    Raises:
        FileNotFoundError: There is none.
    """
    if isinstance(file, Path):
        found = file.stat()
        return ListedFile(file.name, found.st_size, found.st_mtime_ns)
    from pyarrow import fs

    (info,) = filesystem(file).get_file_info([file.key])
    if info.type is not fs.FileType.File:
        raise FileNotFoundError(2, "no such object", str(file))
    return ListedFile(file.name, info.size, info.mtime_ns or 0)


@contextmanager
def opened(file: StoragePath) -> Iterator[IO[bytes]]:
    """Opens a file for reading anywhere in it.

    Raises:
        OSError: It is not there or cannot be read.
    """
    if isinstance(file, Path):
        with file.open("rb") as stream:
            yield stream
        return
    with (
        filesystem(file).open_input_file(file.key) as stream,
        io.BufferedReader(stream, _CHUNK) as buffered,
    ):
        yield buffered


def copy(stream: IO[bytes], target: IO[bytes]) -> None:
    """Copies a stream to its end, a few megabytes at a time."""
    while chunk := stream.read(_CHUNK):
        target.write(chunk)


def upload(file: Path, target: Remote) -> None:
    """Copies a file of this machine into an object store; it appears there at once or never."""
    with file.open("rb") as source, filesystem(target).open_output_stream(target.key) as sink:
        copy(source, sink)


def delete(folder: Remote, names: Iterable[str]) -> None:
    """Deletes objects below a folder."""
    for name in names:
        filesystem(folder).delete_file((folder / name).key)


def delete_folder(folder: Remote) -> None:
    """Deletes everything below a folder."""
    filesystem(folder).delete_dir(folder.key)


def filesystem(remote: Remote) -> Any:
    """Returns the client of an object store, one a process and server."""
    address = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    return _filesystem(remote.url.partition("://")[0], address, os.getpid())


@cache
def _filesystem(scheme: str, address: str | None, _pid: int) -> Any:
    """One client a process: it starts threads, which a forked child would be left without."""
    from pyarrow import fs

    # Else a machine outside the cloud waits seconds for a role that nobody will give it.
    if address:
        os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    clients = {"s3": fs.S3FileSystem}
    return clients[scheme](
        endpoint_override=address,
        # A small object goes out in one request instead of three.
        allow_delayed_open=True,
        connect_timeout=_SECONDS_TO_CONNECT,
        request_timeout=_SECONDS_TO_ANSWER,
    )
