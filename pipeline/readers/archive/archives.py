"""Members of zip and tar archives, read in memory within limits; nothing is ever written."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from pipeline.model.document import Reason, Rejection
from pipeline.readers.faults import damaged
from pipeline.readers.sniffing import UNREADABLE_ZIP

MAX_DOCUMENT = 64 << 20
"""Bytes one document may have, unpacked."""

MAX_OFFICE = 256 << 20
"""Bytes the parts of one office file may have together, unpacked."""

MAX_MEMBERS = 20_000
MAX_UNPACKED = 4 << 30
MAX_RATIO = 300
_RATIO_COUNTS_FROM = 32 << 20
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive.

    Attributes:
        name: Its path as the archive gives it, empty for the archive itself.
        content: Its bytes, or why it could not be unpacked.
    """

    name: str
    content: bytes | Rejection


def too_large(size: int) -> Rejection:
    """Returns the rejection of a document of so many bytes."""
    return Rejection(
        Reason.TOO_LARGE,
        f"The document has {size >> 20} MB, more than the {MAX_DOCUMENT >> 20} MB one report "
        "may have; split it, or put a crawl in as WARC, JSONL or Parquet.",
    )


def packed_too_tight(data: bytes) -> Rejection | None:
    """Returns the objection to an office file that is a zip made to harm, None if it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
            unpacked = sum(info.file_size for info in files)
    except UNREADABLE_ZIP as error:
        return _damaged(error)
    if unpacked > MAX_OFFICE:
        return too_large(unpacked)
    return _objection(len(files), unpacked, len(data))


def zip_members(stream: BinaryIO, size: int) -> Iterator[Member]:
    """Yields the files of a zip archive.

    Args:
        stream: The archive, seekable.
        size: Its bytes.

    Yields:
        Each member with its bytes or a rejection; one nameless member with a rejection
        where the archive as a whole is damaged or looks like a bomb.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except UNREADABLE_ZIP as error:
        yield Member("", _damaged(error))
        return
    with archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        objection = _objection(len(files), sum(info.file_size for info in files), size)
        if objection:
            yield Member("", objection)
            return
        for info in files:
            name = _zip_name(info)
            if not _is_litter(name):
                yield Member(name, _unzipped(archive, info))


def tar_members(stream: BinaryIO, size: int) -> Iterator[Member]:
    """Yields the regular files of a tar archive, packed with gzip or not.

    Links and devices are left alone. See ``zip_members`` for arguments and results.
    """
    stream.seek(0)
    count = unpacked = 0
    try:
        with tarfile.open(fileobj=stream, mode="r:*", encoding="utf-8") as archive:
            for info in archive:
                count += 1
                unpacked += info.size
                objection = _objection(count, unpacked, size)
                if objection:
                    yield Member("", objection)
                    return
                name = _as_unicode(info.name.encode("utf-8", "surrogateescape"))
                if info.isreg() and not _is_litter(name):
                    yield Member(name, _untarred(archive, info))
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError) as error:
        yield Member("", _damaged(error))


def gunzipped(stream: BinaryIO) -> bytes | Rejection:
    """Unpacks a single file packed with gzip."""
    stream.seek(0)
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            return _limited(packed.read(MAX_DOCUMENT + 1))
    except (OSError, EOFError, zlib.error) as error:
        return _damaged(error)


def _objection(count: int, unpacked: int, packed: int) -> Rejection | None:
    if count > MAX_MEMBERS:
        return Rejection(
            Reason.TOO_MANY,
            f"The archive has more than {MAX_MEMBERS:,} files; split it into smaller ones.",
        )
    if unpacked > MAX_UNPACKED or (
        unpacked > _RATIO_COUNTS_FROM and unpacked > MAX_RATIO * max(packed, 1)
    ):
        return Rejection(
            Reason.SUSPICIOUS_ARCHIVE,
            f"The archive of {packed >> 10} kB claims to unpack to {unpacked >> 20} MB or more, "
            "as archives made to harm do; unpack it by hand if you trust it.",
        )
    return None


def _zip_name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _UTF8_NAME:
        return _as_unicode(info.filename.encode("utf-8", "surrogatepass"))
    return _as_unicode(info.filename.encode("cp437", "replace"))


def _as_unicode(name: bytes) -> str:
    """A file name in UTF-8 or, as Chinese Windows writes them, GBK."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _is_litter(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name in _LITTER or path.name.startswith("._") or "__MACOSX" in path.parts


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Rejection:
    if info.flag_bits & _ENCRYPTED:
        return Rejection(
            Reason.ENCRYPTED,
            "The member is locked with a password; unpack the archive and put the files into "
            "the raw folder.",
        )
    if info.file_size > MAX_DOCUMENT:
        return too_large(info.file_size)
    try:
        with archive.open(info) as member:
            return _limited(member.read(MAX_DOCUMENT + 1))
    except UNREADABLE_ZIP as error:
        return _damaged(error)


def _untarred(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes | Rejection:
    if info.size > MAX_DOCUMENT:
        return too_large(info.size)
    member = archive.extractfile(info)
    return member.read() if member else b""


def _limited(data: bytes) -> bytes | Rejection:
    return too_large(len(data)) if len(data) > MAX_DOCUMENT else data


def _damaged(error: Exception) -> Rejection:
    return damaged(
        "The archive cannot be unpacked",
        error,
        "fetch it again, or unpack it and put the files into the raw folder",
    )
