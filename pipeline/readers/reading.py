"""Any file to the documents in it: the one entrance to the readers."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.model.document import Document, Reading, Reason, Rejection, Skipped
from pipeline.readers.archive.archives import (
    MAX_DOCUMENT,
    Member,
    gunzipped,
    tar_members,
    too_large,
    zip_members,
)
from pipeline.readers.archive.mail import mail_members
from pipeline.readers.archive.shards import Shard, shards
from pipeline.readers.arrangement import arranged
from pipeline.readers.compat_chars import with_plain_ideographs
from pipeline.readers.faults import damaged
from pipeline.readers.hashing import sha256_of, sha256_of_stream
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.sniffing import Format, sniff
from pipeline.readers.text.delimited import read_csv
from pipeline.readers.text.plain_text import read_text

Reader = Callable[[bytes], Document | Rejection]

_DEEPEST = 2
_TOO_DEEP = Rejection(
    Reason.TOO_DEEP,
    "Archives are opened to the second level only; unpack this one and put its files into the "
    "raw folder.",
)
_TOO_LITTLE_MEMORY = Rejection(
    Reason.OUT_OF_MEMORY,
    "Reading the file needs more memory than one process may have; save what is of the report in "
    "a file of its own, or in several.",
)
_NOTHING_IN_IT = Rejection(
    Reason.EMPTY, "Nothing is in the archive or letter; fetch it again, or remove it."
)


def _loaded(module: str, name: str) -> Callable[..., Any]:
    """A reader that is loaded when it is first needed: each brings a library of its own."""

    def read(*given: object) -> Any:
        return getattr(import_module(f"pipeline.readers.{module}"), name)(*given)

    return read


def _rejecting(reason: Reason, detail: str) -> Reader:
    """A reader for what cannot be read here."""
    return lambda data: Rejection(reason, detail)


_READERS: Mapping[Format, Reader] = {
    Format.TEXT: read_text,
    Format.CSV: read_csv,
    Format.HTML: read_html,
    Format.PDF: _loaded("scan.scans", "read_pdf_or_scan"),
    Format.OFD: _loaded("pdf.ofd_reader", "read_ofd"),
    Format.DOCX: _loaded("office.word", "read_docx"),
    Format.SHEET: _loaded("office.sheets", "read_sheets"),
    Format.EXCEL_XML: _loaded("office.excel_xml", "read_excel_xml"),
    Format.ODS: _loaded("office.ods", "read_ods"),
    Format.DOC: _loaded("office.office_convert", "read_doc"),
    Format.RTF: _loaded("office.office_convert", "read_by_office"),
    Format.OFFICE: _loaded("office.office_convert", "read_by_office"),
    Format.MHTML: _loaded("html.mhtml", "read_mhtml"),
    Format.IMAGE: _loaded("scan.scans", "read_picture"),
    Format.LOCKED_OFFICE: _rejecting(
        Reason.ENCRYPTED,
        "The file is locked with a password; open it in its program and save it without one.",
    ),
    Format.UNPACKABLE: _rejecting(
        Reason.UNSUPPORTED,
        "Archives of this kind (rar, 7z, xz, bz2, zstd) are not unpacked; unpack it and put the "
        "files into the raw folder, or pack them as zip or tar.gz.",
    ),
    Format.UNSUPPORTED: _rejecting(
        Reason.UNSUPPORTED,
        "Slides are not read; save the file as PDF or DOCX.",
    ),
}
_ARCHIVES: Mapping[Format, Callable[[BinaryIO, int], Iterator[Member]]] = {
    Format.ZIP: zip_members,
    Format.MAIL: mail_members,
    Format.TAR: tar_members,
}
_CRAWLS: Mapping[Format, Callable[..., Any]] = {
    Format.WARC: _loaded("archive.crawls", "warc_pages"),
    Format.JSONL: _loaded("archive.crawls", "jsonl_pages"),
    Format.XML: _loaded("archive.crawls", "xml_pages"),
    Format.PARQUET: _loaded("archive.crawls", "parquet_pages"),
}
_pages_of = _loaded("archive.crawls", "pages_of")
_reports_in = _loaded("archive.crawls", "reports_in")


def read(name: str, data: bytes) -> Iterator[Reading | Skipped]:
    """Yields the documents in a file.

    Args:
        name: File name; its ending is a hint at most.
        data: The whole file.

    Yields:
        One reading for a plain file, one a member for archives; for crawls one a page
        that may be a report, and how many pages were none at the end.
    """
    yield from _read(name, io.BytesIO(data), len(data), depth=0)


def read_path(path: Path) -> Iterator[Reading | Skipped]:
    """Yields the documents in a file on disk, see ``read``.

    Crawls and archives are streamed; anything else is loaded if it is small enough for a
    report and rejected if not.

    Raises:
        OSError: The file cannot be opened or read.
    """
    with path.open("rb") as stream:
        yield from _read(path.name, stream, path.stat().st_size, depth=0)


def shards_of(name: str, stream: BinaryIO, size: int) -> list[Shard]:
    """Returns the shares that a file can be read in, none where it is to be read whole."""
    return shards(stream, size, sniff(stream, name))


def read_shard(stream: BinaryIO, shard: Shard, file_id: str) -> Iterator[Reading | Skipped]:
    """Yields the documents in one share of a crawl, see ``read``."""
    rejected = sha256_of(f"{file_id} {shard.label}".encode())
    for found in _reports_in(_pages_of(stream, shard), lambda: rejected, _read_plain):
        if isinstance(found, Reading) and not found.member:
            yield replace(found, member=shard.label)
        else:
            yield found


def _read(name: str, stream: BinaryIO, size: int, depth: int) -> Iterator[Reading | Skipped]:
    kind = sniff(stream, name)
    stream.seek(0)
    if kind in _CRAWLS:
        pages = _CRAWLS[kind](stream)
        yield from _reports_in(pages, lambda: sha256_of_stream(stream), _read_plain)
    elif kind in _ARCHIVES or kind is Format.GZIP:
        yield from _unpacked(kind, name, stream, size, depth)
    elif size > MAX_DOCUMENT:
        yield Reading("", sha256_of_stream(stream), too_large(size))
    else:
        data = stream.read()
        yield Reading("", sha256_of(data), _guarded(_READERS[kind], data))


def _unpacked(
    kind: Format, name: str, stream: BinaryIO, size: int, depth: int
) -> Iterator[Reading | Skipped]:
    """The documents of an archive's members, each under its path."""
    archive = sha256_of_stream(stream)
    if depth == _DEEPEST:
        yield Reading("", archive, _TOO_DEEP)
        return
    is_empty = True
    for member in _members(kind, stream, size):
        is_empty = False
        if isinstance(member.content, Rejection):
            digest = sha256_of(f"{archive}/{member.name}".encode()) if member.name else archive
            yield Reading(member.name, digest, member.content)
            continue
        inner = member.name or name.removesuffix(".gz")
        unpacked = io.BytesIO(member.content)
        for reading in _read(inner, unpacked, len(member.content), depth + 1):
            yield _under(member.name, reading)
    if is_empty:
        yield Reading("", archive, _NOTHING_IN_IT)


def _members(kind: Format, stream: BinaryIO, size: int) -> Iterator[Member]:
    if kind is Format.GZIP:
        return iter([Member("", gunzipped(stream))])
    return _ARCHIVES[kind](stream, size)


def _under(member: str, reading: Reading | Skipped) -> Reading | Skipped:
    """A reading found inside a member, with its path in the outer archive."""
    if isinstance(reading, Skipped) or not member:
        return reading
    path = f"{member}!/{reading.member}" if reading.member else member
    return Reading(path, reading.sha256, reading.content)


def _guarded(reader: Reader, data: bytes) -> Document | Rejection:
    """Reads one document; whatever a library trips over costs this document only."""
    try:
        content = reader(data)
        return (
            arranged(with_plain_ideographs(content)) if isinstance(content, Document) else content
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:  # told apart from damage; the other documents of an archive are read
        return _TOO_LITTLE_MEMORY
    except BaseException as error:  # a panic in a Rust library is no Exception
        return damaged(
            "The file cannot be read",
            error,
            "open it in its program and save it again, or fetch it again",
        )


def _read_plain(name: str, data: bytes) -> Document | Rejection:
    """Reads a page of a crawl that is neither an archive nor a crawl itself."""
    kind = sniff(io.BytesIO(data), name)
    if kind not in _READERS:
        return Rejection(Reason.UNSUPPORTED, "Archives inside crawls are not opened.")
    return _guarded(_READERS[kind], data)
