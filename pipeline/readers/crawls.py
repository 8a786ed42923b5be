"""Pages of crawl archives, one at a time: however long the file, memory stays the same."""

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipeline.readers.archives import MAX_DOCUMENT
from pipeline.readers.document import Document, Reading, Reason, Rejection, Skipped
from pipeline.readers.encodings import Decoded, decode
from pipeline.readers.faults import damaged
from pipeline.readers.hashing import sha256_of, sha256_of_stream
from pipeline.readers.html import document_of
from pipeline.readers.recognising import looks_like_report, may_be_report
from pipeline.readers.sniffing import Format, sniff
from pipeline.readers.text import read_text

HTML_COLUMNS = ("html", "raw_html", "content_html", "page_html", "body_html")
TEXT_COLUMNS = (
    "text",
    "content",
    "raw_content",
    "page_content",
    "body",
    "markdown",
    "正文",
    "内容",
)
ADDRESS_COLUMNS = ("url", "uri", "target_uri", "source_url", "link", "id")
TITLE_COLUMNS = ("title", "标题")
_LONGEST_METADATA = 200
_BATCH = 64
# What tells that a page is no report, rather than a report that cannot be read.
_NO_REPORT = frozenset(
    {
        Reason.EMPTY,
        Reason.NO_TEXT,
        Reason.BINARY,
        Reason.UNSUPPORTED,
        Reason.JAVASCRIPT_SHELL,
        Reason.LIST_PAGE,
        Reason.ATTACHMENT_ONLY,
    }
)

Reader = Callable[[str, bytes], Document | Rejection]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a crawl.

    Attributes:
        address: Where it was fetched from, or its number in the file.
        data: Its bytes.
        title: Title the crawl gives it, if any.
        metadata: What else the crawl says about it.
    """

    address: str
    data: bytes
    title: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


def reports_in(
    pages: Iterator[Page | Rejection], stream: BinaryIO, read_other: Reader
) -> Iterator[Reading | Skipped]:
    """Yields the pages that may be reports.

    Args:
        pages: All pages; a rejection among them is about the file as a whole.
        stream: The file, hashed where it has to be rejected.
        read_other: Reads pages that are neither HTML nor text, by name and bytes.

    Yields:
        A reading for each page that may be a report, then the number of all others.
    """
    skipped = 0
    for page in pages:
        if isinstance(page, Rejection):
            yield Reading("", sha256_of_stream(stream), page)
            continue
        content = _read_page(page, read_other)
        if content is None:
            skipped += 1
        else:
            yield Reading(page.address, sha256_of(page.data), content)
    if skipped:
        yield Skipped(skipped)


def warc_pages(stream: BinaryIO) -> Iterator[Page | Rejection]:
    """Yields the pages of a WARC or WET file, packed or not, as far as it can be read."""
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        for record in ArchiveIterator(stream, record_types=kinds, auto_decode="all"):
            address = record.headers.get("WARC-Target-URI") or record.record_id or ""
            data = record.reader.read(MAX_DOCUMENT)
            if _is_cut(record, len(data)):
                yield _broken(EOFError(f"the page {address[:200]} is cut"))
                return
            yield Page(address, data)
    except (OSError, EOFError, ValueError, RuntimeError, zlib.error) as error:
        yield _broken(error)


def jsonl_pages(stream: BinaryIO) -> Iterator[Page | Rejection]:
    """Yields the pages of a JSON Lines file, packed with gzip or not."""
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    lines = io.BufferedReader(gzip.GzipFile(fileobj=stream)) if packed else stream
    bad = number = 0
    try:
        while line := lines.readline(MAX_DOCUMENT):
            number += 1
            record = _record(line)
            page = _page(record, number) if record is not None else None
            if page is not None:
                yield page
            elif line.strip():
                bad += 1
    except (OSError, EOFError, zlib.error) as error:
        yield _broken(error)
    if bad:
        yield Rejection(
            Reason.DAMAGED,
            f"{bad} of {number} lines are no JSON object with a column for the page; name the "
            f"column {HTML_COLUMNS[0]!r} or {TEXT_COLUMNS[0]!r}.",
        )


def parquet_pages(stream: BinaryIO) -> Iterator[Page | Rejection]:
    """Yields the pages of a Parquet file, a few rows at a time."""
    number = 0
    try:
        table = pq.ParquetFile(stream, pre_buffer=False)
        names = [name for name in table.schema_arrow.names if _is_plain(table.schema_arrow, name)]
        if not set(names) & {*HTML_COLUMNS, *TEXT_COLUMNS}:
            yield Rejection(
                Reason.UNSUPPORTED,
                "The Parquet file has no column for the page; name it "
                f"{HTML_COLUMNS[0]!r} or {TEXT_COLUMNS[0]!r}.",
            )
            return
        for batch in table.iter_batches(batch_size=_BATCH, columns=names, use_threads=False):
            for record in batch.to_pylist():
                number += 1
                page = _page(record, number)
                if page is not None:
                    yield page
    except (pa.ArrowException, OSError, ValueError) as error:
        yield _broken(error)


def _is_cut(record: Any, size: int) -> bool:
    """Whether a page is shorter than its record says: its numbers may be cut as well."""
    http = record.http_headers
    is_packed = http is not None and any(
        http.get(name) for name in ("Content-Encoding", "Transfer-Encoding")
    )
    return not is_packed and size < record.content_length


def _read_page(page: Page, read_other: Reader) -> Document | Rejection | None:
    """The document of a page, or None where it is no report."""
    kind = sniff(io.BytesIO(page.data), page.address)
    if kind in (Format.HTML, Format.TEXT):
        content = _read_markup(page.data, kind)
    elif kind is Format.IMAGE:
        return None
    else:
        content = read_other(page.address, page.data)
    if content is None or (isinstance(content, Rejection) and content.reason in _NO_REPORT):
        return None
    if isinstance(content, Rejection):
        return content
    document = replace(
        content,
        title=content.title or page.title,
        metadata={**page.metadata, **content.metadata},
    )
    shown = f"{document.title or ''}\n{document.text}"
    return document if looks_like_report(shown) else None


def _read_markup(data: bytes, kind: Format) -> Document | Rejection | None:
    if not may_be_report(data):
        return None
    decoded = decode(data)
    if isinstance(decoded, Decoded) and not looks_like_report(decoded.text):
        return None
    if kind is Format.TEXT or isinstance(decoded, Rejection):
        return read_text(data)
    return document_of(decoded)


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _page(record: Mapping[str, Any], number: int) -> Page | None:
    content = _first(record, (*HTML_COLUMNS, *TEXT_COLUMNS))
    if content is None:
        return None
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    address = _first(record, ADDRESS_COLUMNS)
    metadata = {
        name: str(value)
        for name, value in record.items()
        if isinstance(value, str | int | float) and 0 < len(str(value)) <= _LONGEST_METADATA
    }
    title = _first(record, TITLE_COLUMNS)
    return Page(
        address if isinstance(address, str) else f"#{number}",
        data,
        title if isinstance(title, str) else None,
        metadata,
    )


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str | bytes | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, str | bytes) and value.strip():
            return value
    return None


def _is_plain(schema: pa.Schema, name: str) -> bool:
    kind = schema.field(name).type
    return not pa.types.is_nested(kind)


def _broken(error: Exception) -> Rejection:
    return damaged(
        "The crawl breaks off",
        error,
        "what came before was read, fetch the file again for the rest",
    )
