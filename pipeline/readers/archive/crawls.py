"""Pages of crawl archives, one at a time: however long the file, memory stays the same.

A large crawl is read in shards, each by whoever is free: bytes of a WARC or JSONL file, row
groups of a Parquet file. A page belongs to the shard in which it begins.
"""

import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError, iterparse

import pyarrow as pa
import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipeline.model.document import Document, Reading, Reason, Rejection, Skipped
from pipeline.readers.archive.archives import MAX_DOCUMENT
from pipeline.readers.archive.prefilter import looks_like_report, may_be_report
from pipeline.readers.archive.shards import Shard, first_record, is_packed
from pipeline.readers.encodings import Decoded, decode
from pipeline.readers.faults import damaged
from pipeline.readers.hashing import sha256_of
from pipeline.readers.html.html_reader import document_of
from pipeline.readers.sniffing import Format, sniff
from pipeline.readers.text.plain_text import read_text

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
_ENDS_OF_COLUMNS = ("html", "text", "content", "body", "markdown", "正文", "内容")
"""How a site calls the column of the page where it bears none of these names: articleContent."""
ADDRESS_COLUMNS = ("url", "uri", "target_uri", "source_url", "link", "id")
TITLE_COLUMNS = ("title", "标题")
_LONGEST_METADATA = 200
# How much is read at a time: nothing but memory and time hang on it.
_BATCH, _WHITE, _PIECE = 64, 256, 1 << 20
_DEEPEST_RECORD = 8
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
class CrawledPage:
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


def pages_of(stream: BinaryIO, shard: Shard) -> Iterator[CrawledPage | Rejection]:
    """Yields the pages of one share of a crawl."""
    match shard.kind:
        case Format.WARC:
            return _warc_pages(stream, shard.start, shard.end)
        case Format.JSONL:
            return _lines_between(stream, shard.start, shard.end)
        case _:
            return _parquet_pages(stream, shard.start, shard.end)


def reports_in(
    pages: Iterator[CrawledPage | Rejection], identity: Callable[[], str], read_other: Reader
) -> Iterator[Reading | Skipped]:
    """Yields the pages that may be reports.

    Args:
        pages: All pages; a rejection among them is about the file as a whole.
        identity: Hash of the file, asked for where it has to be rejected.
        read_other: Reads pages that are neither HTML nor text, by name and bytes.

    Yields:
        A reading for each page that may be a report, then the number of all others.
    """
    skipped = 0
    for page in pages:
        if isinstance(page, Rejection):
            yield Reading("", identity(), page)
            continue
        content = _read_page(page, read_other)
        if content is None:
            skipped += 1
        else:
            yield Reading(page.address, sha256_of(page.data), content)
    if skipped:
        yield Skipped(skipped)


def warc_pages(stream: BinaryIO) -> Iterator[CrawledPage | Rejection]:
    """Yields the pages of a WARC or WET file, packed or not, as far as it can be read."""
    return _warc_pages(stream, 0, None)


def _warc_pages(stream: BinaryIO, start: int, end: int | None) -> Iterator[CrawledPage | Rejection]:
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        first = first_record(stream, start, end) if start else 0
        if first is None:
            return
        stream.seek(first)
        for record in ArchiveIterator(stream, record_types=kinds, auto_decode="all"):
            if end is not None and record.stream_pos >= end:
                return
            address = record.headers.get("WARC-Target-URI") or record.record_id or ""
            data = record.reader.read(MAX_DOCUMENT)
            if _is_cut(record, len(data)):
                yield _broken(EOFError(f"the page {address[:200]} is cut"))
                return
            yield CrawledPage(address, data)
    except (OSError, EOFError, ValueError, RuntimeError, zlib.error) as error:
        yield _broken(error)


def jsonl_pages(stream: BinaryIO) -> Iterator[CrawledPage | Rejection]:
    """Yields the pages of a JSON Lines file, packed with gzip or not."""
    packed = is_packed(stream)
    stream.seek(0)
    lines = io.BufferedReader(gzip.GzipFile(fileobj=stream)) if packed else stream
    records = _whole_or_lines(lines)
    return _jsonl_pages((f"#{n}", line) for n, line in enumerate(records, 1))


def _whole_or_lines(stream: BinaryIO | io.BufferedReader) -> Iterator[bytes]:
    """The lines of a file, or the file where it is one record written over many lines."""
    first = stream.readline(MAX_DOCUMENT)
    if first.strip() and _record(first) is None:
        whole = first + stream.read(MAX_DOCUMENT) + stream.readline(MAX_DOCUMENT)
        yield from [whole] if _record(whole) is not None else whole.splitlines(keepends=True)
    else:
        yield first
    yield from _lines(stream)


def _lines_between(stream: BinaryIO, start: int, end: int) -> Iterator[CrawledPage | Rejection]:
    """Yields the pages whose lines begin in a range of bytes, each named by its first byte."""

    def placed() -> Iterator[tuple[str, bytes]]:
        position = start
        if start:
            stream.seek(start - 1)
            cut = b""
            while not cut.endswith(b"\n") and (cut := stream.readline(_PIECE)):
                position += len(cut)
            position -= 1
        else:
            stream.seek(0)
        for line in _lines(stream):
            if position >= end:
                return
            yield f"#byte{position}", line
            position += len(line)

    return _jsonl_pages(placed())


def _lines(stream: BinaryIO | io.BufferedReader) -> Iterator[bytes]:
    while line := stream.readline(MAX_DOCUMENT):
        yield line


def _jsonl_pages(lines: Iterable[tuple[str, bytes]]) -> Iterator[CrawledPage | Rejection]:
    bad = number = 0
    try:
        for name, line in lines:
            number += 1
            pages = list(_pages_within(_record(line), name))
            yield from pages
            bad += not pages and bool(line.strip())
    except (OSError, EOFError, zlib.error) as error:
        yield _broken(error)
    if bad:
        yield Rejection(
            Reason.DAMAGED,
            f"{bad} of {number} lines are no JSON object with a column for the page; name the "
            f"column {HTML_COLUMNS[0]!r} or {TEXT_COLUMNS[0]!r}.",
        )


def xml_pages(stream: BinaryIO) -> Iterator[CrawledPage | Rejection]:
    """Yields the pages of a feed, or of what a site exports: markup held by an element as text."""
    decoded = decode(stream.read(MAX_DOCUMENT))
    if isinstance(decoded, Rejection):
        yield decoded
        return
    number = 0
    try:
        for _, element in iterparse(io.StringIO(decoded.text.lstrip())):
            held = {one.tag.rpartition("}")[2].lower(): one.text for one in element}
            markup = held.pop("encoded", None) or held.get("content") or held.get("description")
            page = _page({**held, "content": markup}, f"#{number + 1}")
            if page is not None and b"<" in page.data:
                number += 1
                yield page
                element.clear()
    except ParseError as error:
        yield _broken(error)
        return
    if not number:
        yield Rejection(
            Reason.UNSUPPORTED,
            "No element of the XML file holds a page as text; name one 'content'.",
        )


def parquet_pages(stream: BinaryIO) -> Iterator[CrawledPage | Rejection]:
    """Yields the pages of a Parquet file, a few rows at a time."""
    return _parquet_pages(stream, 0, None)


def _parquet_pages(
    stream: BinaryIO, first: int, end: int | None
) -> Iterator[CrawledPage | Rejection]:
    try:
        table = pq.ParquetFile(stream, pre_buffer=False)
        schema = table.schema_arrow
        # Of two columns of one name neither can be asked for.
        once = [name for name, count in Counter(schema.names).items() if count == 1]
        names = [name for name in once if _is_plain(schema, name)]
        if not set(names) & {*HTML_COLUMNS, *TEXT_COLUMNS}:
            yield Rejection(
                Reason.UNSUPPORTED,
                "The Parquet file has no column for the page, or two of one name; name one "
                f"{HTML_COLUMNS[0]!r} or {TEXT_COLUMNS[0]!r}.",
            )
            return
        about = table.metadata
        groups = range(first, about.num_row_groups if end is None else end)
        number = sum(about.row_group(group).num_rows for group in range(first))
        for batch in table.iter_batches(_BATCH, list(groups), names, use_threads=False):
            for record in batch.to_pylist():
                number += 1
                page = _page(record, f"#{number}")
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


def _read_page(page: CrawledPage, read_other: Reader) -> Document | Rejection | None:
    """The document of a page, or None where it is no report."""
    if _is_markup(page.data) and not may_be_report(page.data):
        return None
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


def _is_markup(data: bytes) -> bool:
    """Whether a page is surely HTML: told from its first signs, for most pages end here."""
    head = data[:_WHITE].lstrip()
    return head.startswith(b"<") and not head.startswith(b"<?")


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


def _pages_within(value: object, name: str, deep: int = _DEEPEST_RECORD) -> Iterator[CrawledPage]:
    """The pages in a record of a crawl, at any depth, as JSON interfaces of sites nest them."""
    if isinstance(value, dict):
        page = _page(value, name)
        if page is not None:
            yield page
            return
        value = list(value.values())
    if isinstance(value, list) and deep:
        inner = [one for one in value if isinstance(one, dict | list)]
        for n, one in enumerate(inner, 1):
            yield from _pages_within(one, f"{name}.{n}" if len(inner) > 1 else name, deep - 1)


def _page(record: Mapping[str, Any], name: str) -> CrawledPage | None:
    content = _first(record, (*HTML_COLUMNS, *TEXT_COLUMNS)) or _longest_held(record)
    if content is None:
        return None
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    address = _first(record, ADDRESS_COLUMNS)
    metadata = {
        _encodable(name): _encodable(str(value))
        for name, value in record.items()
        if isinstance(value, str | int | float) and 0 < len(str(value)) <= _LONGEST_METADATA
    }
    titled = tuple(name for name in record if name.lower().endswith(TITLE_COLUMNS))
    title = _first(record, (*TITLE_COLUMNS, *titled))
    return CrawledPage(
        _encodable(address) if isinstance(address, str) else name,
        data,
        _encodable(title) if isinstance(title, str) else None,
        metadata,
    )


def _encodable(text: str) -> str:
    """Half of a pair of surrogates, as crawlers write them, is no character anybody can store."""
    return text.encode("utf-8", "replace").decode()


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str | bytes | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, str | bytes) and value.strip():
            return value
    return None


def _longest_held(record: Mapping[str, Any]) -> str | bytes | None:
    """The page in a record that calls its column after what it holds: articleContent, news_html.

    A word is none, such as ``statusText``.
    """
    held = [_first(record, (name,)) or "" for name in record if _may_hold_page(name)]
    longest = max(held, key=len, default="")
    return longest if len(longest) > _LONGEST_METADATA else None


def _may_hold_page(column: str) -> bool:
    return column.lower().endswith(_ENDS_OF_COLUMNS)


def _is_plain(schema: pa.Schema, name: str) -> bool:
    kind = schema.field(name).type
    return not pa.types.is_nested(kind)


def _broken(error: Exception) -> Rejection:
    return damaged(
        "The crawl breaks off",
        error,
        "what came before was read, fetch the file again for the rest",
    )
