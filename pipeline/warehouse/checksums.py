"""Hashes of files that the program wrote, to find changed bytes."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from pipeline.storage import ListedFile, StoragePath, look, opened
from pipeline.warehouse import disk

SEAL = "seal"
_END = "\n}"

LOOK_AGAIN_AFTER = timedelta(days=7)
"""A file whose size and time of change are as they were is hashed again after so long."""


class SealError(ValueError):
    """A file is not what was written; the message says how it differs, not where it lies."""


def sealed(content: Mapping[str, Any]) -> str:
    """Returns an object as JSON that holds the hash of its own content."""
    bare = {key: value for key, value in content.items() if key != SEAL}
    text = json.dumps(bare, ensure_ascii=False, indent=1)
    return text.removesuffix(_END) + _stamp(text) if bare else "{" + _stamp(text)[1:]


def unsealed(data: bytes) -> dict[str, Any]:
    """Returns what was sealed.

    Raises:
        SealError: A byte of it is another than was written, or it never had a seal.
    """
    try:
        text = data.decode()
        content = json.loads(text)
    except ValueError as error:
        raise SealError("no JSON") from error
    if not isinstance(content, dict) or SEAL not in content:
        raise SealError("no seal")
    bare = {key: value for key, value in content.items() if key != SEAL}
    # The text and not the object: to write that again takes longer than to read it.
    unstamped = text[:-_STAMP_LENGTH] + _END if bare else "{}"
    if not text.endswith(_stamp(unstamped)[not bare :]):
        raise SealError("not what was written")
    return bare


def _stamp(text: str) -> str:
    """The end of a sealed object, after everything else it holds."""
    return f',\n "{SEAL}": "{hashlib.sha256(text.encode()).hexdigest()}"{_END}'


_STAMP_LENGTH = len(_stamp(""))


def digest(file: StoragePath) -> str:
    """Returns the SHA-256 of a file's bytes.

    Raises:
        OSError: It cannot be read.
    """
    with opened(file) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


@contextmanager
def copied(file: Path, copy: Path, sha256: str) -> Iterator[None]:
    """Copies a file to work on the copy, and checks the hash of the original meanwhile.

    Its bytes are looked at while work goes on, and those of the copy are brought to the disk.

    Raises:
        SealError: A byte is another.
    """
    shutil.copyfile(file, copy)
    with ThreadPoolExecutor(2) as pool:
        met = pool.submit(digest, file)
        settled = pool.submit(disk.sync, copy)
        yield
    settled.result()
    if met.result() != sha256:
        raise SealError(f"{file.name} is not what was written")


def difference(file: StoragePath, sha256: str | None) -> str | None:
    """Says what is wrong with a file, None where nothing is; reads all of it.

    Args:
        file: The file.
        sha256: Hash of what was written; None where nobody wrote it down.
    """
    try:
        is_whole = digest(file) == sha256
    except OSError as error:
        return _unread(file, error)
    return None if is_whole else f"{file.name} is not what was written"


def _unread(file: StoragePath, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{file.name} is missing"
    return f"{file.name} cannot be read ({error.strerror})"


class _Look(BaseModel):
    size: int
    mtime_ns: int
    sha256: str
    at: datetime


_Looks = TypeAdapter(dict[str, _Look])


class LookLog:
    """When each file was last found to be what was written: the file ``looks.json``.

    Hashing everything each night would cost what the store has grown to; a file of unchanged
    size and time of change is believed for a week. Without this file everything is hashed.
    """

    def __init__(self, warehouse: Path, now: datetime | None = None) -> None:
        self._path = warehouse / "looks.json"
        self._now = now or datetime.now(UTC)
        self._met: dict[str, _Look] = {}
        try:
            self._known = _Looks.validate_python(unsealed(self._path.read_bytes()))
        except (OSError, SealError, ValidationError):
            self._known = {}

    def fault(self, file: StoragePath, sha256: str | None) -> str | None:
        """The same as ``difference``, without reading what was read lately."""
        try:
            found = look(file)
        except OSError as error:
            return _unread(file, error)
        known = self._known.get(str(file))
        if known is None or not self._holds(known, found, sha256):
            if fault := difference(file, sha256):
                return fault
            known = _Look(
                size=found.size, mtime_ns=found.mtime_ns, sha256=str(sha256), at=self._now
            )
        self._met[str(file)] = known
        return None

    def keep(self) -> None:
        """Writes down what was found; files not asked about are forgotten."""
        if self._met != self._known:
            content = {name: one.model_dump(mode="json") for name, one in self._met.items()}
            disk.write_file(self._path, sealed(content))

    def _holds(self, known: _Look, found: ListedFile, sha256: str | None) -> bool:
        was = (known.size, known.mtime_ns, known.sha256)
        is_as_it_was = was == (found.size, found.mtime_ns, sha256)
        # A clock that was set back makes no look lie in the future for ever.
        return is_as_it_was and abs(self._now - known.at) < LOOK_AGAIN_AFTER
