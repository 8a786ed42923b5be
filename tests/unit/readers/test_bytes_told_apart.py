"""What a few bytes make a file: every sign of a format beside what only looks like it."""

import io
import zipfile
import zlib

import pytest

from pipeline.readers.sniffing import Format, sniff


def kind(data: bytes, name: str = "a") -> Format:
    return sniff(io.BytesIO(data), name)


def packed(*members: str, mimetype: bytes = b"") -> Format:
    """What a zip of these members is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in members:
            archive.writestr(member, mimetype if member == "mimetype" else b"")
    return sniff(stream, "a.zip")


def compound(stream: str) -> Format:
    return kind(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + stream.encode("utf-16-le"))


def zipped(data: bytes) -> Format:
    packer = zlib.compressobj(wbits=31)
    return kind(packer.compress(data) + packer.flush())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.4", Format.PDF),
        (b"junk %PDF-1.4", Format.PDF),
        (b" " * 1019 + b"%PDF-", Format.PDF),
        (b" " * 1020 + b"%PDF-", Format.TEXT),
        (b"{\\rtf1", Format.RTF),
        (b"{rtf1", Format.TEXT),
        (b"WARC/1.0", Format.WARC),
        (b"PAR1", Format.PARQUET),
        (b"\x89PNG\r\n", Format.IMAGE),
        (b"\xff\xd8\xff", Format.IMAGE),
        (b"\xff\xd8", Format.TEXT),
        (b"GIF89a", Format.IMAGE),
        (b"II*\0", Format.IMAGE),
        (b"MM\0*", Format.IMAGE),
        (b"Rar!\x1a\x07", Format.UNPACKABLE),
        (b"7z\xbc\xaf\x27\x1c", Format.UNPACKABLE),
        (b"\xfd7zXZ\0", Format.UNPACKABLE),
        (b"BZh9", Format.UNPACKABLE),
        (b"\x28\xb5\x2f\xfd", Format.UNPACKABLE),
        (b"RIFF1234WEBP", Format.IMAGE),
        (b"RIFF1234WAVE", Format.TEXT),
        (b"1234RIFFWEBP", Format.TEXT),
        (b"BM1234" + bytes(4) + b"\0", Format.IMAGE),
        (b"BM1234" + b"abcd" + b"\0", Format.TEXT),
        (b"BM1234567890", Format.TEXT),
        (b"BX1234" + bytes(4) + b"\0", Format.TEXT),
        (b"\0" * 257 + b"ustar", Format.TAR),
        (b"\0" * 256 + b"ustar", Format.TEXT),
        (b"", Format.TEXT),
    ],
)
def test_a_file_is_what_its_first_bytes_say(data: bytes, expected: Format) -> None:
    assert kind(data) == expected


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"<html>", "a", Format.HTML),
        (b"<!-- x --><html>", "a", Format.HTML),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "a", Format.HTML),
        (b"<\0h\0t\0m\0l\0>\0", "a", Format.HTML),
        (b"text <html>", "a", Format.TEXT),
        (b"<p>text", "a", Format.HTML),
        (b"text<p>", "a", Format.TEXT),
        (b"text<p>a</p>", "a", Format.TEXT),
        (b"text<p>a</p><p>", "a", Format.HTML),
        (b"text<i>a</i><i>", "a", Format.TEXT),
        (b"text<p>", "a.html", Format.HTML),
        (b"text<p>", "a.HTM", Format.HTML),
        (b"text<p>", "a.csv", Format.TEXT),
        (b"text", "a.html", Format.TEXT),
        (b"text", "a.csv", Format.CSV),
        (b"text", "a.txt", Format.TEXT),
        (b"| a | b |\n| --- | --- |\n| c<br>d<br>e<br>f | g |\n", "a", Format.TEXT),
        (b"| a | b |\n| --- | --- |\n| c<br>d<br>e<br><p> | g |\n", "a", Format.HTML),
        (b"| a | b |\n| c<br>d<br>e<br>f | g |\n", "a", Format.HTML),
        (b"== a ==\n<span>b</span><br>", "a", Format.TEXT),
        (b"== a ==\n<span>b</span><p>", "a", Format.HTML),
        (b"== a =\n<span>b</span><br>", "a", Format.HTML),
        (b"{|\n<span>b</span><br>", "a", Format.TEXT),
    ],
)
def test_markup_is_told_by_its_tags_and_no_single_one(
    data: bytes, name: str, expected: Format
) -> None:
    assert kind(data, name) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<rss><item>&lt;p&gt;a</item></rss>", Format.XML),
        (b"<rss><item>a</item></rss>", Format.TEXT),
        (b"<?xml version='1.0'?><items><![CDATA[ <p>a</p>]]></items>", Format.XML),
        (b"<?xml version='1.0'?><html><![CDATA[ <p>a</p>]]></html>", Format.HTML),
        (b"<?xml version='1.0'?><!-- a --><html>&lt;p&gt;</html>", Format.HTML),
        (b"<feed>&lt;table&gt;</feed>", Format.XML),
        (b"<feed>&lt;b&gt;</feed>", Format.TEXT),
        (b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", Format.EXCEL_XML),
        (b"<Workbook>", Format.TEXT),
        (b"<?mso-application progid='Word.Document'?>", Format.OFFICE),
        (b"http://schemas.microsoft.com/office/word/2003/wordml", Format.OFFICE),
        (
            b"<office:document office:mimetype='application/vnd.oasis.opendocument.spreadsheet'>",
            Format.ODS,
        ),
        (
            b"<office:document office:mimetype='application/vnd.oasis.opendocument.text'>",
            Format.OFFICE,
        ),
        (
            b"<office:document office:mimetype='application/vnd.oasis.opendocument.presentation'>",
            Format.UNSUPPORTED,
        ),
        (b"<office:document>", Format.OFFICE),
        (b"<office:documents>", Format.TEXT),
        (b"From: a\nSubject: b\n c\nContent-Type: text/plain\n\na", Format.MAIL),
        (b"From: a\n\nContent-Type: text/plain\n\na", Format.TEXT),
        (b"Content-Type: application/pdf\n\na", Format.TEXT),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n", Format.MHTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n", Format.MAIL),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", Format.TEXT),
        (b"a" * 983 + b"\nMIME-Version: 1.0\nboundary=a\n", Format.MHTML),
        (b"a" * 987 + b"\nMIME-Version: 1.0\nboundary=a\n", Format.TEXT),
        (b"MIME-Version: 1.0\nContent-Type: multipart/signed; boundary=a\n", Format.MAIL),
        (b'{"url": "a"}', Format.JSONL),
        (b'{"url" : "a"}', Format.JSONL),
        (b'{url: "a"}', Format.TEXT),
        (b'["url"]', Format.TEXT),
        (b'{"' + b"a" * 60 + b'": 1}', Format.JSONL),
        (b'{"' + b"a" * 61 + b'": 1}', Format.TEXT),
    ],
)
def test_what_holds_pages_is_told_from_a_page(data: bytes, expected: Format) -> None:
    assert kind(data) == expected


@pytest.mark.parametrize(
    ("members", "mimetype", "expected"),
    [
        (("word/document.xml",), b"", Format.DOCX),
        (("xl/workbook.xml",), b"", Format.SHEET),
        (("xl/workbook.bin",), b"", Format.SHEET),
        (("ppt/presentation.xml",), b"", Format.UNSUPPORTED),
        (("OFD.xml",), b"", Format.OFD),
        (("a.txt",), b"", Format.ZIP),
        (("mimetype",), b"application/vnd.oasis.opendocument.spreadsheet", Format.ODS),
        (("mimetype",), b"application/vnd.oasis.opendocument.text", Format.OFFICE),
        (("mimetype",), b"application/vnd.oasis.opendocument.presentation", Format.UNSUPPORTED),
        (("mimetype",), b"application/epub+zip", Format.ZIP),
        (
            ("mimetype", "word/document.xml"),
            b"application/vnd.oasis.opendocument.text",
            Format.DOCX,
        ),
        ((), b"", Format.ZIP),
    ],
)
def test_a_zip_is_what_its_members_make_it(
    members: tuple[str, ...], mimetype: bytes, expected: Format
) -> None:
    assert packed(*members, mimetype=mimetype) == expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("WordDocument", Format.DOC),
        ("Workbook", Format.SHEET),
        ("Book", Format.SHEET),
        ("PowerPoint Document", Format.UNSUPPORTED),
        ("EncryptedPackage", Format.LOCKED_OFFICE),
        ("Contents", Format.OFFICE),
        ("EncryptedPackage WordDocument", Format.LOCKED_OFFICE),
    ],
)
def test_a_compound_file_is_what_its_streams_make_it(stream: str, expected: Format) -> None:
    assert compound(stream) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"WARC/1.0", Format.WARC),
        (b"\0" * 257 + b"ustar", Format.TAR),
        (b'{"url": "a"}', Format.JSONL),
        (b"<html>", Format.GZIP),
        (b"text", Format.GZIP),
    ],
)
def test_what_is_packed_alone_is_read_through_only_where_it_holds_files(
    data: bytes, expected: Format
) -> None:
    assert zipped(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x1f\x8b broken", Format.GZIP),
        (b"PK\x03\x04 broken", Format.ZIP),
        (b"PK\x05\x06 broken", Format.ZIP),
        (b"PK\x01\x02", Format.TEXT),
    ],
)
def test_what_only_begins_as_a_packed_file_is_one_all_the_same(
    data: bytes, expected: Format
) -> None:
    assert kind(data) == expected
