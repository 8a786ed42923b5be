"""Crawls: reports are read page by page, all other pages counted."""

import gzip
import io
import json
from html import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.model.document import Document, Reading, Reason, Rejection, Skipped
from pipeline.readers.archive.crawls import warc_pages
from pipeline.readers.archive.prefilter import looks_like_report
from pipeline.readers.reading import read, read_path

REPORT = (
    "<html><head><title>某局2018年政府信息公开工作年度报告</title></head><body>"
    "<p>根据《条例》要求，现公布2018年度政府信息公开工作年度报告，主动公开政府信息236条。</p>"
    "</body></html>"
)
LONG_REPORT = REPORT.replace("</body>", f"<p>{'本机关认真落实各项要求。' * 20}</p></body>")
NEWS = (
    "<html><body><ul>"
    + "<li><a href='/x'>某局2018年政府信息公开年度报告</a></li>" * 20
    + "</ul><p>今天召开政务公开工作会议，会议要求全县各部门认真落实各项任务，不断提高水平。</p>"
)
LIST = "<html><body><ul>" + "<li><a href='/x'>2018年政府信息公开年度报告</a></li>" * 20
OTHER = "<html><body><p>今天天气很好。</p></body></html>"
PAGES = {"http://a/1": REPORT, "http://a/2": NEWS, "http://a/3": LIST, "http://a/4": OTHER}


def warc(pages: dict[str, str], kind: str = "response") -> bytes:
    data = b""
    for address, page in pages.items():
        body = page.encode("gb18030")
        mime = b"text/plain"
        if kind == "response":
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            mime = b"application/http; msgtype=response"
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{address}>\r\n"
            f"WARC-Target-URI: {address}\r\nContent-Length: {len(body)}\r\nContent-Type: "
        )
        data += head.encode() + mime + b"\r\n\r\n" + body + b"\r\n\r\n"
    return data


def jsonl(pages: dict[str, str], column: str = "html") -> bytes:
    return "\n".join(json.dumps({"url": u, column: p}) for u, p in pages.items()).encode()


def parquet(pages: dict[str, str], column: str = "html") -> bytes:
    stream = io.BytesIO()
    table = {"url": list(pages), column: list(pages.values()), "links": [["x"]] * len(pages)}
    pq.write_table(pa.table(table), stream)
    return stream.getvalue()


def gzipped_records(pages: dict[str, str]) -> bytes:
    return b"".join(gzip.compress(warc({u: p})) for u, p in pages.items())


def feed(pages: dict[str, str]) -> bytes:
    items = "".join(
        f"<item><link>{u}</link><content:encoded><![CDATA[{p}]]></content:encoded></item>"
        for u, p in pages.items()
    )
    declared = "<?xml version='1.0' encoding='gb2312'?><rss xmlns:content='x'><channel>"
    return f"{declared}{items}</channel></rss>".encode("gb18030")


def exported(pages: dict[str, str]) -> bytes:
    items = (
        f"<article><url>{u}</url><content>{escape(p)}</content></article>" for u, p in pages.items()
    )
    return f"<?xml version='1.0'?><articles>{''.join(items)}</articles>".encode()


CRAWLS = {
    "feed.xml": feed(PAGES),
    "exported.xml": exported(PAGES),
    "a.warc": warc(PAGES),
    "a.warc.gz": gzipped_records(PAGES),
    "a.wet": warc({u: p for u, p in PAGES.items() if p is not LIST}, "conversion"),
    "a.jsonl": jsonl(PAGES),
    "a.jsonl.gz": gzip.compress(jsonl(PAGES, "raw_html")),
    "a.parquet": parquet(PAGES),
    "b.parquet": parquet(PAGES, "content"),
}


@pytest.mark.parametrize("name", CRAWLS)
def test_reports_are_read_and_the_other_pages_counted(name):
    found = list(read(name, CRAWLS[name]))
    reading, skipped = found
    assert isinstance(reading, Reading)
    assert isinstance(reading.content, Document)
    assert reading.member == "http://a/1"
    assert "主动公开政府信息236条" in reading.content.text
    assert skipped == Skipped(2 if name == "a.wet" else 3)


@pytest.mark.parametrize("name", ["a.warc.gz", "a.jsonl", "a.parquet"])
def test_crawls_are_read_from_disk_the_same_way(name, tmp_path):
    path = tmp_path / "no-ending"
    path.write_bytes(CRAWLS[name])
    assert list(read_path(path)) == list(read(name, CRAWLS[name]))


def test_a_crawl_inside_an_archive_keeps_both_paths():
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("crawl/a.jsonl", CRAWLS["a.jsonl"])
    reading, _ = read("a.zip", stream.getvalue())
    assert reading.member == "crawl/a.jsonl!/http://a/1"


def test_what_the_crawl_says_about_a_page_is_kept():
    said = {"title": "题", "date": "2019", "kind": ""}
    line = {"url": "u", "text": "某局2018年政府信息公开年度报告全文", **said}
    (reading,) = read("a.jsonl", json.dumps(line, ensure_ascii=False).encode())
    assert reading.content.title == "题"
    assert reading.content.metadata["date"] == "2019"
    assert "kind" not in reading.content.metadata


@pytest.mark.parametrize(
    "record",
    [
        {"articleContent": LONG_REPORT},
        {"code": 200, "data": {"statusText": "好", "news_html": LONG_REPORT}},
        {"statusText": "成功", "data": [{"txtContent": LONG_REPORT}]},
        {"metaContent": "政务公开", "bodyText": LONG_REPORT, "attachments": []},
        {"summaryText": "某局", "html": REPORT, "docContent": LONG_REPORT},
    ],
)
def test_a_page_in_a_column_called_after_what_it_holds_is_not_lost(record: dict[str, object]):
    (reading,) = read("a.json", json.dumps(record, ensure_ascii=False).encode())
    assert reading.content.text.count("主动公开政府信息236条") == 1


def test_the_title_of_such_a_page_is_kept():
    record = {"articleTitle": "题", "articleContent": "某局2018年政府信息公开年度报告全文。" * 20}
    (reading,) = read("a.json", json.dumps(record, ensure_ascii=False).encode())
    assert reading.content.title == "题"


def test_a_word_in_such_a_column_is_no_page():
    (reading,) = read("a.json", json.dumps({"statusText": "成功", "data": {"n": 1}}).encode())
    assert reading.content.reason is Reason.DAMAGED


def test_a_page_sent_in_chunks_is_shorter_than_its_record_and_not_cut():
    page = REPORT.encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    record = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Target-URI: http://a/1\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/http; msgtype=response\r\n\r\n"
    )
    (reading,) = read("a.warc", record.encode() + body + b"\r\n\r\n")
    assert isinstance(reading.content, Document)
    assert "主动公开政府信息236条" in reading.content.text


def test_cut_page_is_not_read_and_the_file_named_damaged():
    whole = warc({"http://a/1": REPORT})
    found = list(read("a.warc", whole + whole[:-60]))
    assert [type(r.content) for r in found] == [Document, Rejection]
    assert found[1].content.reason is Reason.DAMAGED


def test_lines_that_are_no_pages_are_counted_in_one_rejection():
    found = list(read("a.jsonl", CRAWLS["a.jsonl"] + b'\nnot json\n{"x": 1}\n'))
    (rejected,) = [r.content for r in found if getattr(r, "member", None) == ""]
    assert rejected.reason is Reason.DAMAGED
    assert rejected.detail.startswith("2 of 6 lines")


def test_xml_that_breaks_off_keeps_what_came_before():
    reading, rejected, *_ = read("a.xml", feed(PAGES)[:-40])
    assert isinstance(reading.content, Document)
    assert rejected.content.reason is Reason.DAMAGED


def test_parquet_without_a_page_column_says_how_to_name_it():
    stream = io.BytesIO()
    pq.write_table(pa.table({"x": [1]}), stream)
    (reading,) = read("a.parquet", stream.getvalue())
    assert reading.content.reason is Reason.UNSUPPORTED
    assert "'html'" in reading.content.detail


def test_pages_are_streamed():
    class Counting(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    filler = "x" * 100_000
    stream = Counting(warc({f"http://a/{n}": filler for n in range(100)}))
    pages = warc_pages(stream)
    next(pages)
    assert stream.taken < 2_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("某局2018年政府信息公开工作年度报告", True),
        ("二〇一八年度政务公开工作总结", True),
        ("某局2018年政府信息公開工作年度報告", True),
        ("政府信息公开情况统计表（2018年度）", True),
        ("统 计 指 标 主动公开政府信息数", False),
        ("政府信息公开 统 计 指 标", True),
        ("政府信息公开指南 政府信息公开年报", False),
        ("今天天气很好", False),
        ("2018年工作总结", False),
    ],
)
def test_recogniser(text, expected):
    assert looks_like_report(text) is expected


@pytest.mark.parametrize("indent", [None, 2])
def test_a_page_inside_the_answer_of_an_interface_is_read(indent):
    answer = {"code": 200, "data": {"rows": [{"title": "报告", "content": REPORT}]}}
    (found,) = read("answer.json", json.dumps(answer, indent=indent).encode())
    assert isinstance(found, Reading)
    assert isinstance(found.content, Document)
    assert "236条" in found.content.text


def test_all_pages_inside_an_answer_have_names_of_their_own():
    answer = {"data": [{"content": REPORT}, {"content": REPORT.replace("236", "237")}]}
    found = list(read("answer.json", json.dumps(answer).encode()))
    assert len({one.member for one in found if isinstance(one, Reading)}) == 2


@pytest.mark.parametrize(("deep", "count"), [(8, 1), (9, 0)])
def test_pages_are_found_eight_records_deep(deep: int, count: int) -> None:
    record: object = {"url": "http://a/1", "html": REPORT}
    for _ in range(deep):
        record = {"data": record}
    found = list(read("a.jsonl", "\n".join([json.dumps(record)] * 2).encode()))
    assert sum(isinstance(one, Reading) for one in found) >= count
    assert any(isinstance(one, Reading) and isinstance(one.content, Document) for one in found) is (
        count > 0
    )


@pytest.mark.parametrize(("length", "is_kept"), [(200, True), (201, False)])
def test_what_a_record_says_beside_its_page_is_kept_where_it_is_short(
    length: int, *, is_kept: bool
) -> None:
    record = {"url": "http://a/1", "html": REPORT, "note": "文" * length}
    (reading, *_) = read("a.jsonl", "\n".join([json.dumps(record)] * 2).encode())
    assert isinstance(reading, Reading)
    assert isinstance(reading.content, Document)
    assert ("note" in reading.content.metadata) is is_kept
