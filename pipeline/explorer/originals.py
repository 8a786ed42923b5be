"""The bytes of the document a number was read from, for a picture of the page."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from pipeline.readers.archive.archives import MAX_DOCUMENT, Member, tar_members, zip_members
from pipeline.readers.hashing import sha256_of
from pipeline.readers.sniffing import Format, sniff
from pipeline.storage import StoragePath, look, opened

_DEEPEST = 2
_UNPACKERS = {Format.ZIP: zip_members, Format.TAR: tar_members}


def bytes_of(raw: StoragePath, source_path: str, document_id: str) -> bytes | None:
    """Returns the bytes of a document, None where the raw folder has not got them.

    Args:
        raw: The raw folder.
        source_path: Path below it, as ``dim_report`` has it.
        document_id: Hash of the bytes.
    """
    file = raw / source_path.partition("!/")[0]
    if isinstance(raw, Path) and isinstance(file, Path):
        file = file.resolve()
        if not file.is_relative_to(raw.resolve()) or not file.is_file():
            return None
    try:
        return _found(file, document_id)
    except OSError:
        return None


def _found(file: StoragePath, document_id: str) -> bytes | None:
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
