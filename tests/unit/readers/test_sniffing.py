"""What a file is, by its content."""

import io
import zipfile

import pytest

from pipeline.model.document import Reason
from pipeline.readers.reading import read
from pipeline.readers.sniffing import Format, sniff


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
    assert sniff(io.BytesIO(data), name) is expected


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
    assert sniff(io.BytesIO(data), "") is expected


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("WordDocument", Format.DOC),
        ("Workbook", Format.SHEET),
        ("EncryptedPackage", Format.LOCKED_OFFICE),
        ("PowerPoint Document", Format.UNSUPPORTED),
        ("Other", Format.OFFICE),
    ],
)
def test_old_office_files_are_told_by_their_streams(stream, expected):
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")
    assert sniff(io.BytesIO(data), "a.doc") is expected


def test_locked_office_file_says_so():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    (reading,) = read("a.docx", data)
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
