"""The hash documents are known by."""

import hashlib
from typing import BinaryIO

_PIECE = 1 << 20


def sha256_of(data: bytes) -> str:
    """Returns the SHA-256 of a document in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_stream(stream: BinaryIO) -> str:
    """Returns the SHA-256 of a whole seekable file, reading it in pieces."""
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    stream.seek(0)
    return digest.hexdigest()
