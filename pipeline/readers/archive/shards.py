"""The shares that a large crawl is read in, each by whoever is free.

Of a WARC or JSONL file they are ranges of bytes, of a Parquet file ranges of row groups. They
follow from the file alone, so that everybody who looks at it comes to the same ones.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.readers.sniffing import Format

# A record of an unpacked WARC file follows the two line ends that close the one before.
_RECORD = re.compile(rb"(?<=\n\r\n)WARC/\d\.\d\r?\n|(?<=\n\n)WARC/\d\.\d\r?\n")
_MEMBER = b"\x1f\x8b\x08"
# How much is read at a time: nothing but memory and time hang on it.
_WINDOW = 1 << 20
# A record tells its kind in its first lines.
_HEADER = 8 << 10
_BEFORE = 4

SHARD_BYTES = 64 << 20
"""So much of a crawl, about, is one shard."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A share of a crawl: the pages that begin from ``start`` on and before ``end``.

    Attributes:
        kind: Format of the crawl.
        part: Which of the shares, from 1.
        parts: How many shares there are.
        start: First byte, of a Parquet file the first row group.
        end: The byte or row group behind the last.
    """

    kind: Format
    part: int
    parts: int
    start: int
    end: int

    @property
    def label(self) -> str:
        """Its name in messages."""
        unit = "row groups" if self.kind is Format.PARQUET else "bytes"
        return f"{unit} {self.start} to {self.end}"


def shards(stream: BinaryIO, size: int, kind: Format) -> list[Shard]:
    """Returns the shares that a crawl can be read in, by its size and format alone.

    Args:
        stream: The file, seekable; its position is lost.
        size: Its bytes.
        kind: Its format; anything but a large crawl has no shares.
    """
    if size <= SHARD_BYTES:
        return []
    match kind:
        case Format.WARC:
            bounds = range(0, size, SHARD_BYTES)
        case Format.JSONL if not is_packed(stream):
            bounds = range(0, size, SHARD_BYTES)
        case Format.PARQUET:
            return _numbered(kind, _row_groups(stream))
        case _:
            return []
    return _numbered(kind, [(start, min(start + SHARD_BYTES, size)) for start in bounds])


def _numbered(kind: Format, bounds: Sequence[tuple[int, int]]) -> list[Shard]:
    count = len(bounds)
    return [Shard(kind, n, count, *bound) for n, bound in enumerate(bounds, 1)] if count > 1 else []


def _row_groups(stream: BinaryIO) -> list[tuple[int, int]]:
    """Row groups, several small ones together; none where the file cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        stream.seek(0)
        about = pq.ParquetFile(stream, pre_buffer=False).metadata
    except (pa.ArrowException, OSError, ValueError):
        return []
    bounds: list[tuple[int, int]] = []
    first = size = 0
    for number in range(about.num_row_groups):
        size += about.row_group(number).total_byte_size
        if size >= SHARD_BYTES or number + 1 == about.num_row_groups:
            bounds.append((first, number + 1))
            first, size = number + 1, 0
    return bounds


def first_record(stream: BinaryIO, start: int, end: int | None) -> int | None:
    """Returns where the first record at or behind ``start`` begins, None if none does.

    What looks like the beginning of a record is believed once it reads as one. A page that
    is itself a WARC file can hold such a place; its records are then taken for pages.
    """
    begins = _begins_packed if is_packed(stream) else _begins_plain
    window = start
    while end is None or window < end:
        stream.seek(window - _BEFORE)
        chunk = stream.read(_BEFORE + _WINDOW + _HEADER)
        if len(chunk) <= _BEFORE:
            return None
        for offset in begins(chunk):
            found = window - _BEFORE + offset
            if found < window or offset >= _BEFORE + _WINDOW:
                continue
            return found if end is None or found < end else None
        window += _WINDOW
    return None


def _begins_plain(chunk: bytes) -> Iterator[int]:
    for match in _RECORD.finditer(chunk):
        header = chunk[match.end() : match.end() + _HEADER].lower()
        if b"warc-type:" in header and b"content-length:" in header:
            yield match.start()


def _begins_packed(chunk: bytes) -> Iterator[int]:
    offset = chunk.find(_MEMBER)
    while offset >= 0:
        try:
            head = zlib.decompressobj(wbits=31).decompress(chunk[offset : offset + _HEADER], 16)
        except zlib.error:
            head = b""
        if head.startswith(b"WARC/"):
            yield offset
        offset = chunk.find(_MEMBER, offset + 1)


def is_packed(stream: BinaryIO) -> bool:
    """Tells whether a file is packed with gzip; its position is lost."""
    stream.seek(0)
    return stream.read(2) == b"\x1f\x8b"
