"""The hash documents are known by."""

import hashlib
from typing import BinaryIO


def sha256_of(data: bytes) -> str:
    """Returns the SHA-256 of a document in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_stream(stream: BinaryIO) -> str:
    """Returns the SHA-256 of a whole seekable file."""
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    stream.seek(0)
    return digest
