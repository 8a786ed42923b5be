"""Finds the document a number was read from in the raw folder, and reads it again."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.readers.archives import tar_members, zip_members
from pipeline.readers.document import Document, Reading
from pipeline.readers.hashing import sha256_of
from pipeline.readers.reading import read, read_path
from pipeline.readers.sniffing import Format, sniff

_DEEPEST = 2
_LARGEST_FILE = 64 << 20
_SECONDS_IN_A_CRAWL = 20.0
_UNPACKERS = {Format.ZIP: zip_members, Format.TAR: tar_members}


@dataclass(frozen=True, slots=True)
class Original:
    """A document as found in the raw folder.

    Attributes:
        document: What its reader makes of it; the places of observations point into it.
        data: Its bytes, None where it came out of a crawl.
    """

    document: Document
    data: bytes | None


class NotFoundError(Exception):
    """The document cannot be shown; the message is the text that says why."""


def path_of(raw: object, source_path: str) -> Path:
    """Returns the file in the raw folder that holds a document.

    Args:
        raw: The raw folder; one that is not on this machine is not looked into.
        source_path: Path below it, as ``dim_report`` has it.

    Raises:
        NotFoundError: There is none, or the path leads elsewhere.
    """
    if not isinstance(raw, Path):
        raise NotFoundError("evidence.elsewhere")
    path = (raw / source_path.partition("!/")[0]).resolve()
    if not path.is_relative_to(raw.resolve()) or not path.is_file():
        raise NotFoundError("evidence.gone")
    return path


def find(path: Path, document_id: str) -> Original:
    """Reads a document again.

    Args:
        path: The file that holds it.
        document_id: Hash of its bytes.

    Raises:
        NotFoundError: The file has changed, or a crawl is too long to look through.
    """
    data = _bytes_of(path, document_id)
    found = read(path.name, data) if data is not None else _in_crawl(path)
    for reading in found:
        if isinstance(reading, Reading) and reading.sha256 == document_id:
            if isinstance(reading.content, Document):
                return Original(reading.content, data)
            raise NotFoundError("evidence.unreadable")
    raise NotFoundError("evidence.changed")


def _in_crawl(path: Path) -> Iterator[Reading]:
    """Yields the documents of a file that holds many, as long as somebody may wait."""
    last = time.monotonic() + _SECONDS_IN_A_CRAWL
    for reading in read_path(path):
        if time.monotonic() > last:
            raise NotFoundError("evidence.long")
        if isinstance(reading, Reading):
            yield reading


def _bytes_of(path: Path, document_id: str) -> bytes | None:
    """Returns the bytes of the document, None where it is neither a file nor in an archive."""
    with path.open("rb") as stream:
        unpack = _UNPACKERS.get(sniff(stream, path.name))
        stream.seek(0)
        if unpack is None:
            if path.stat().st_size > _LARGEST_FILE:
                return None
            data = stream.read()
            return data if sha256_of(data) == document_id else None
        return _packed(stream.read(), path.name, document_id, depth=0)


def _packed(data: bytes, name: str, document_id: str, depth: int) -> bytes | None:
    if sha256_of(data) == document_id:
        return data
    unpack = _UNPACKERS.get(sniff(io.BytesIO(data), name)) if depth < _DEEPEST else None
    if unpack is None:
        return None
    for member in unpack(io.BytesIO(data), len(data)):
        if isinstance(member.content, bytes):
            found = _packed(member.content, member.name, document_id, depth + 1)
            if found is not None:
                return found
    return None
