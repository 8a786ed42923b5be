"""Finds the document a number was read from in the raw folder, and reads it again."""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.model.document import Document, Reading
from pipeline.readers.archive.archives import MAX_DOCUMENT, Member, tar_members, zip_members
from pipeline.readers.hashing import sha256_of
from pipeline.readers.reading import read, read_path
from pipeline.readers.sniffing import Format, sniff
from pipeline.storage import StoragePath, look, opened

_DEEPEST = 2
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


def file_of(raw: StoragePath, source_path: str) -> StoragePath:
    """Returns the file in the raw folder that holds a document.

    Args:
        raw: The raw folder.
        source_path: Path below it, as ``dim_report`` has it.

    Raises:
        NotFoundError: There is none, or the path leads elsewhere.
    """
    outer = source_path.partition("!/")[0]
    if not isinstance(raw, Path):
        return raw / outer
    path = (raw / outer).resolve()
    if not path.is_relative_to(raw.resolve()) or not path.is_file():
        raise NotFoundError("evidence.gone")
    return path


def find(file: StoragePath, document_id: str) -> Original:
    """Reads a document again.

    Args:
        file: The file that holds it.
        document_id: Hash of its bytes.

    Raises:
        NotFoundError: The file has changed, or a crawl is too long to look through.
    """
    data = _bytes_of(file, document_id)
    found = read(file.name, data) if data is not None else _in_crawl(file)
    for reading in found:
        if isinstance(reading, Reading) and reading.sha256 == document_id:
            if isinstance(reading.content, Document):
                return Original(reading.content, data)
            raise NotFoundError("evidence.unreadable")
    raise NotFoundError("evidence.changed")


def _in_crawl(file: StoragePath) -> Iterator[Reading]:
    """Yields the documents of a file that holds many, as long as somebody may wait."""
    if not isinstance(file, Path):
        raise NotFoundError("evidence.elsewhere")
    last = time.monotonic() + _SECONDS_IN_A_CRAWL
    for reading in read_path(file):
        if time.monotonic() > last:
            raise NotFoundError("evidence.long")
        if isinstance(reading, Reading):
            yield reading


def _bytes_of(file: StoragePath, document_id: str) -> bytes | None:
    """Returns the bytes of the document, None where it is neither a file nor in an archive."""
    with opened(file) as found:
        stream = cast(BinaryIO, found)
        unpack = _UNPACKERS.get(sniff(stream, file.name))
        stream.seek(0)
        if unpack is not None:
            return _unpacked(unpack(stream, look(file).size), document_id, depth=1)
        data = stream.read(MAX_DOCUMENT + 1)
    return data if sha256_of(data) == document_id else None


def _unpacked(members: Iterator[Member], document_id: str, depth: int) -> bytes | None:
    for member in members:
        data = member.content
        if not isinstance(data, bytes):
            continue
        if sha256_of(data) == document_id:
            return data
        unpack = _UNPACKERS.get(sniff(io.BytesIO(data), member.name)) if depth < _DEEPEST else None
        if unpack is not None:
            found = _unpacked(unpack(io.BytesIO(data), len(data)), document_id, depth + 1)
            if found is not None:
                return found
    return None
