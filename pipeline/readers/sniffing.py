"""The kind of a file by its content, or by its name where the content leaves it open."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

_HEAD = 8_192
_OLE_SEARCHED = 4 << 20

UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
"""What ``zipfile`` raises on damaged, locked and exotic archives."""


class Format(StrEnum):
    """The kinds of file told apart; the value is the IANA media type or a name of our own."""

    TEXT = "text/plain"
    CSV = "text/csv"
    HTML = "text/html"
    MHTML = "multipart/related"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    SHEET = "application/x-spreadsheet"
    EXCEL_XML = "application/x-spreadsheet+xml"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    OFD = "application/ofd"
    DOC = "application/msword"
    RTF = "application/rtf"
    OFFICE = "application/x-office"
    LOCKED_OFFICE = "application/x-locked-office"
    IMAGE = "image"
    MAIL = "message/rfc822"
    ZIP = "application/zip"
    TAR = "application/x-tar"
    GZIP = "application/gzip"
    WARC = "application/warc"
    JSONL = "application/jsonl"
    XML = "application/xml"
    PARQUET = "application/vnd.apache.parquet"
    UNPACKABLE = "application/x-archive"
    UNSUPPORTED = "application/x-unsupported"


_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", Format.PDF),
    (b"{\\rtf", Format.RTF),
    (b"WARC/", Format.WARC),
    (b"PAR1", Format.PARQUET),
    (b"\x89PNG\r\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"II*\0", Format.IMAGE),
    (b"MM\0*", Format.IMAGE),
    (b"Rar!\x1a\x07", Format.UNPACKABLE),
    (b"7z\xbc\xaf\x27\x1c", Format.UNPACKABLE),
    (b"\xfd7zXZ\0", Format.UNPACKABLE),
    (b"BZh", Format.UNPACKABLE),
    (b"\x28\xb5\x2f\xfd", Format.UNPACKABLE),
)
# Streams of a compound file that say which program wrote it.
_OLE_STREAMS: tuple[tuple[str, Format], ...] = (
    ("EncryptedPackage", Format.LOCKED_OFFICE),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.SHEET),
    ("PowerPoint Document", Format.UNSUPPORTED),
    ("Book", Format.SHEET),
)
# Members of a zip that make it something else than an archive.
_ZIP_MEMBERS: tuple[tuple[str, Format], ...] = (
    ("word/document.xml", Format.DOCX),
    ("xl/workbook.xml", Format.SHEET),
    ("xl/workbook.bin", Format.SHEET),
    ("ppt/presentation.xml", Format.UNSUPPORTED),
    ("OFD.xml", Format.OFD),
)
_ODF_TYPES: tuple[tuple[bytes, Format], ...] = (
    (b"vnd.oasis.opendocument.spreadsheet", Format.ODS),
    (b"vnd.oasis.opendocument.text", Format.OFFICE),
    (b"vnd.oasis.opendocument.presentation", Format.UNSUPPORTED),
)
# Only for content that is text of some kind.
_MARKUP_ENDINGS = {".html": Format.HTML, ".htm": Format.HTML, ".shtml": Format.HTML}
_PLAIN_ENDINGS = {".csv": Format.CSV}

_HTML_START = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b")
# A feed or an export of a site, which holds pages as text.
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>|<(?:rss|feed|rdf:rdf)\b)(?!\s*(?:<!--.*?-->\s*)*<(?:html|!doctype))"
    rb".*?(?:<!\[cdata\[\s*<|&lt;/?(?:p|div|table|h[1-6]|span|section|article)\b)",
    re.DOTALL,
)
_MARKUP = re.compile(rb"<(?:!doctype|/?(?:html|head|body|table|tr|td|div|p|span|br|a|h[1-6]))\b")
# A row of cells above the line that makes it a head.
_MARKDOWN = re.compile(rb"\|[ \t]*\r?\n[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\r?\n")
# A heading or the first line of a table, as MediaWiki marks them; spans are anchors in it.
_WIKI = re.compile(rb"^(={1,6})[^=<\n]+\1[ \t]*\r?$|^\{\|", re.MULTILINE)
_OF_WIKI = re.compile(rb"</?(?:span|br)\b")
_EXCEL_XML = re.compile(rb"<(?:\w+:)?workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_WORD_XML = (b"<?mso-application", b"schemas.microsoft.com/office/word/2003")
_FLAT_ODF = re.compile(rb"<office:document\b")
_JSON_LINE = re.compile(rb'\s*\{\s*"[^"\n]{1,60}"\s*:')
_MIME = re.compile(rb"(?:^|\n)(?:mime-version:|content-type:\s*multipart/related)")
_MAIL = re.compile(rb"(?:^|\n)content-type:\s*multipart/(?:mixed|alternative|signed|report)")
_FIELD = rb"[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*"
# A letter of one part, which says between its other fields what that is.
_LETTER = re.compile(rb"(?:%b)+?content-type:\s*text/(?:html|plain)\b" % _FIELD)


def sniff(stream: BinaryIO, name: str) -> Format:
    """Tells what a file is.

    Args:
        stream: The file, seekable; its position is lost.
        name: File name, asked only where the content leaves the format open.

    Returns:
        The format; ``TEXT`` for everything unknown, which the text reader then judges.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    for starts, tell in _FAMILIES:
        if head.startswith(starts):
            return tell(stream)
    if head[257:262] == b"ustar":
        return Format.TAR
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.IMAGE
    if head[:2] == b"BM" and head[6:10] == bytes(4) and b"\0" in head[:30]:
        return Format.IMAGE
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    return _kind_of_text(head, name)


def _kind_of_text(head: bytes, name: str) -> Format:
    bare = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lower()
    if _EXCEL_XML.search(bare):
        return Format.EXCEL_XML
    if any(mark in bare for mark in _WORD_XML):
        return Format.OFFICE
    if b"<office:" in bare and _FLAT_ODF.search(bare):
        return next((kind for mark, kind in _ODF_TYPES if mark in bare), Format.OFFICE)
    if _XML.match(bare):
        return Format.XML
    if _HTML_START.match(bare):
        return Format.HTML
    if _LETTER.match(bare):
        return Format.MAIL
    if _MIME.search(bare[:1_000]) and b"boundary=" in bare:
        return Format.MAIL if _MAIL.search(bare) else Format.MHTML
    if _JSON_LINE.match(bare):
        return Format.JSONL
    tags = len(_MARKUP.findall(bare))
    if tags and tags == bare.count(b"<br") and _MARKDOWN.search(bare):
        return Format.TEXT
    if tags and tags == len(_OF_WIKI.findall(bare)) and _WIKI.search(bare):
        return Format.TEXT
    if tags >= 3 or (tags and bare.lstrip()[:1] == b"<"):
        return Format.HTML
    ending = PurePosixPath(name.lower()).suffix
    return (_MARKUP_ENDINGS if tags else _PLAIN_ENDINGS).get(ending, Format.TEXT)


def _kind_of_zip(stream: BinaryIO) -> Format:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            for member, found in _ZIP_MEMBERS:
                if member in names:
                    return found
            if "mimetype" in names:
                with archive.open("mimetype") as mimetype:
                    declared = mimetype.read(200)
                return next((kind for mark, kind in _ODF_TYPES if mark in declared), Format.ZIP)
    except UNREADABLE_ZIP:
        return Format.ZIP
    return Format.ZIP


def _kind_of_compound(stream: BinaryIO) -> Format:
    stream.seek(0)
    data = stream.read(_OLE_SEARCHED)
    for name, found in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return found
    return Format.OFFICE


def _kind_of_gzip(stream: BinaryIO) -> Format:
    """What is inside decides: a crawl and a tar are read through, a single file unpacked."""
    stream.seek(0)
    try:
        head = zlib.decompressobj(wbits=31).decompress(stream.read(_HEAD), _HEAD)
    except zlib.error:
        return Format.GZIP
    inner = sniff(io.BytesIO(head), "")
    return inner if inner in (Format.WARC, Format.TAR, Format.JSONL) else Format.GZIP


_FAMILIES: tuple[tuple[bytes, Callable[[BinaryIO], Format]], ...] = (
    (b"PK\x03\x04", _kind_of_zip),
    (b"PK\x05\x06", _kind_of_zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _kind_of_compound),
    (b"\x1f\x8b", _kind_of_gzip),
)
