"""Letters: the files attached to them are read, and what they say."""

import io
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest

from pipeline.model.document import Document, Reason
from pipeline.readers.archive.archives import MAX_DOCUMENT
from pipeline.readers.archive.mail import mail_members
from pipeline.readers.reading import read

REPORT = "行政许可\t行政处罚\t行政强制\n1\t2\t3\n4\t5\t6\n"


def letter(*attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "年报", "a@example.org", "b@example.org"
    message.set_content("请查收附件中的政府信息公开工作年度报告。")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_attached_files_are_read_under_their_names():
    found = list(read("mail.eml", letter(("年报.txt", REPORT.encode()), ("b.txt", b"no report"))))
    assert [one.member for one in found] == ["年报.txt", "b.txt", "body.txt"]
    assert isinstance(found[0].content, Document)
    assert "行政处罚" in found[0].content.text


def test_what_stands_behind_the_text_is_not_read_in_its_place():
    message = EmailMessage()
    message["Subject"], message["From"] = "年报", "a@example.org"
    message.set_content(REPORT)
    message.make_mixed()
    message.attach(MIMEText("此邮件由系统自动发送。", "plain", "utf-8"))
    (found,) = read("mail.eml", message.as_bytes())
    assert "行政处罚" in found.content.text


def test_a_path_in_a_name_leads_nowhere():
    (first, *_) = read("mail.eml", letter(("../../etc/年报.txt", REPORT.encode())))
    assert first.member == "年报.txt"


def test_a_page_saved_with_its_pictures_is_no_letter():
    page = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        b"Content-Type: text/html\n\n<html><body><p>abc 84</p></body></html>\n--x--\n"
    )
    (found,) = read("page.mht", page)
    assert found.member == ""


@pytest.mark.parametrize("deep", [10, 5_000])
def test_a_letter_of_nothing_but_nesting_vanished_or_broke_the_reader(deep):
    parts = b"".join(
        b"--x%d\nContent-Type: multipart/mixed; boundary=x%d\n\n" % (n, n + 1) for n in range(deep)
    )
    head = b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x0\n\n"
    (reading,) = read("a.eml", head + parts)
    assert reading.content.reason in {Reason.EMPTY, Reason.TOO_DEEP}


@pytest.mark.parametrize(("kind", "body"), [("plain", REPORT), ("html", "<p>行政许可</p>")])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_letter_of_one_part_was_read_with_its_fields_and_in_code(kind, body, charset):
    message = EmailMessage()
    message["Subject"], message["From"] = "行政处罚" * 12, "a@example.org"
    message.set_content(body, subtype=kind, charset=charset, cte="base64")
    (found,) = read("mail.eml", message.as_bytes())
    assert found.member.startswith("body.")
    assert "行政许可" in found.content.text
    assert "Subject" not in found.content.text


def test_a_text_that_names_a_type_of_content_is_no_letter():
    (found,) = read("a.txt", "Content-Type: text/plain\n行政许可\t1\n".encode())
    assert found.member == ""


@pytest.mark.parametrize(("size", "is_read"), [(MAX_DOCUMENT, True), (MAX_DOCUMENT + 1, False)])
def test_a_letter_may_be_as_large_as_a_document(size, is_read):
    (found,) = mail_members(io.BytesIO(letter()), size)
    assert isinstance(found.content, bytes) is is_read
