"""What a file is, by its content."""

import io
import zipfile
import zlib

import pytest

from pipeline.model.document import Reason
from pipeline.readers.reading import read
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


def compound(stream: str, before: int) -> bytes:
    """A compound file with the name of a stream so many bytes behind its sign."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(before) + stream.encode("utf-16-le")


def zipped(data: bytes) -> Format:
    packer = zlib.compressobj(wbits=31)
    return kind(packer.compress(data) + packer.flush())


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.html", Format.TEXT),
        ("某局报告 236 条".encode(), "a.pdf", Format.TEXT),
        (b"  <!DOCTYPE HTML><p>", "a.txt", Format.HTML),
        (b"\xef\xbb\xbf<html>", "a", Format.HTML),
        ("<html><p>条".encode("utf-16"), "a.xls", Format.HTML),
        (b"<?xml version='1.0'?><html xmlns='x'><body><p>", "a.xml", Format.HTML),
        (b"<?xml version='1.0'?><html><!--&lt;p&gt;--><p>", "a.xml", Format.HTML),
        (b"<?xml version='1.0'?><a><content>&lt;p&gt;x", "a.xml", Format.XML),
        (b"<rss><channel><item><description><![CDATA[ <p>x", "a.xml", Format.XML),
        (b"text <br>x", "a.htm", Format.HTML),
        (b"text <br>x", "a.txt", Format.TEXT),
        (b"a < b and c > d", "a.html", Format.TEXT),
        (b"junk before\n%PDF-1.4", "a.txt", Format.PDF),
        (b"{\\rtf1 x}", "a.doc", Format.RTF),
        (b'{"html": "<p>"}\n', "a.txt", Format.JSONL),
        (b"{ not json", "a.json", Format.TEXT),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "a", Format.MHTML),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "a", Format.OFFICE),
        (
            b"<?mso-application progid='Excel.Sheet'?>\n"
            b"<ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>",
            "a.xls",
            Format.EXCEL_XML,
        ),
        (b"<span id='a'></span>\n== A ==\n<span id='b'></span>\nb<br>", "a.txt", Format.TEXT),
        (b"<p>a\n== A ==\n<span id='b'></span>\nb<br>", "a.txt", Format.HTML),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", Format.IMAGE),
        (b"PK\x03\x04 and nothing else", "a.docx", Format.ZIP),
    ],
)
def test_content_decides_and_the_name_only_helps(data, name, expected):
    assert kind(data, name) is expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # What stands at a place of its own, and the same one byte before or behind.
        (b"x" * 257 + b"ustar", Format.TAR),
        (b"x" * 256 + b"ustarx", Format.TEXT),
        (b"x" * 258 + b"ustar", Format.TEXT),
        (b"x" * 257 + b"ustax", Format.TEXT),
        (b"RIFF0000WEBP", Format.IMAGE),
        (b"RIFF000WEBP0", Format.TEXT),
        (b"RIFF00000WEBP", Format.TEXT),
        (b"RIFF0000WAVE", Format.TEXT),
        (b"RIFX0000WEBP", Format.TEXT),
        (b"BM1234\0\0\0\0more", Format.IMAGE),
        (b"BM1234\0\0\0x", Format.TEXT),
        (b"BMI is 1234 and so on", Format.TEXT),
        (b"XM1234\0\0\0\0", Format.TEXT),
        (b"BM123\0\0\0\0x", Format.TEXT),
        (b"x" * 1019 + b"%PDF-", Format.PDF),
        (b"x" * 1020 + b"%PDF-", Format.TEXT),
        (b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n", Format.MAIL),
        (b"MIME-Version: 1.0\nContent-Type: multipart/mixed\n", Format.TEXT),
        (b"x\n" * 493 + b"\nMIME-Version: boundary=", Format.MHTML),
        (b"x\n" * 494 + b"\nMIME-Version: boundary=", Format.TEXT),
        (b"text with boundary= in it", Format.TEXT),
        (b"From: a\nContent-Type: text/plain\n\nx", Format.MAIL),
        (b"<html><p>From: a\nContent-Type: text/plain\n\nx", Format.HTML),
        (b"<office:document office:mimetype='vnd.oasis.opendocument.spreadsheet'>", Format.ODS),
        (b"<office:document office:mimetype='vnd.oasis.opendocument.text'>", Format.OFFICE),
        (b"<office:document>", Format.OFFICE),
        (b"<office:other>", Format.TEXT),
        # Three tags, or one that the text begins with, make a page.
        (b"a <p> b", Format.TEXT),
        (b"a <p> b </p>", Format.TEXT),
        (b"a <p> b </p> <br>", Format.HTML),
        (b" <p> b", Format.HTML),
        (b"<a1> b", Format.TEXT),
        (b"<!-- note --> <title>a", Format.HTML),
        # Tables of Markdown and headings of a wiki may hold breaks and anchors.
        (b"| a | b<br>c<br>d<br>e |\n|---|---|\n", Format.TEXT),
        (b"| a | b<br>c<br>d<p>e |\n|---|---|\n", Format.HTML),
        (b"| a | b<br>c<br>d<br>e |\n", Format.HTML),
        (b"{| class=x\na<br>b<br>c<br>d", Format.TEXT),
        (b"{| class=x\na<br>b<p>c<br>d", Format.HTML),
        (b"a<br>b<br>c<br>d", Format.HTML),
    ],
)
def test_what_is_where_tells_the_format(data, expected):
    assert kind(data, "") is expected


@pytest.mark.parametrize("before", [64, 600])
@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("WordDocument", Format.DOC),
        ("Workbook", Format.SHEET),
        ("Book", Format.SHEET),
        ("PowerPoint Document", Format.UNSUPPORTED),
        ("EncryptedPackage", Format.LOCKED_OFFICE),
        ("Contents", Format.OFFICE),
        ("Other", Format.OFFICE),
        ("EncryptedPackage WordDocument", Format.LOCKED_OFFICE),
    ],
)
def test_a_compound_file_is_what_its_streams_make_it(
    stream: str, before: int, expected: Format
) -> None:
    assert kind(compound(stream, before), "a.doc") is expected


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


def test_locked_office_file_says_so():
    (reading,) = read("a.docx", compound("EncryptedPackage", 600))
    assert reading.content.reason is Reason.ENCRYPTED


def test_slides_say_what_to_do():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("ppt/presentation.xml", "x")
    (reading,) = read("a.pdf", stream.getvalue())
    assert reading.content.reason is Reason.UNSUPPORTED
    assert "save the file as PDF or DOCX" in reading.content.detail


def test_saved_web_page_is_read():
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    page = "<html><p>主动公开政府信息236条。</p>".encode("gb18030")
    part = b"Content-Type: text/html; charset=gb2312\r\n\r\n" + page + b"\r\n--x--"
    (reading,) = read("a.mht", head + part)
    assert reading.content.text == "主动公开政府信息236条。\n"
