"""How fast a crawl of any size is read, and whether the longer one needs more memory."""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import BenchmarkLine, Options, measure, mebibytes
from pipeline.settings import ROOT

_FORMATS = ROOT / "tests" / "golden" / "formats"
_PAGES_A_REPORT = 1_000
_PARSE = """
import json, sys
from pathlib import Path
import duckdb
from pipeline.settings import Settings
from pipeline.warehouse.build import open_build
from pipeline.warehouse.store.parse_store import ParseStore

root = Path(sys.argv[1])
settings = Settings(raw=root / "raw", warehouse=root / "warehouse", jobs=2)
with open_build(settings) as build:
    build.survey()
    build.parse()
found = ParseStore(settings.store).reports
(documents,) = duckdb.sql(f"SELECT count(*) FROM {found.relation('document')}").fetchall()[0]
(skipped,) = duckdb.sql(f"SELECT sum(pages_skipped) FROM {found.relation('file')}").fetchall()[0]
print(json.dumps([documents, int(skipped)]))
"""


def crawls(options: Options) -> Iterator[BenchmarkLine]:
    """Crawls with one report in a thousand pages, read in shares by two workers."""
    peaks = []
    for megabytes in options.crawl:
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw"
            raw.mkdir()
            pages = write_crawl(raw / "crawl.warc", megabytes << 20, _PAGES_A_REPORT)
            measured = measure([sys.executable, "-c", _PARSE, folder])
        reports, skipped = json.loads(measured.output.splitlines()[-1])
        peaks.append(measured.peak)
        name = f"crawl of {megabytes} MB"
        yield BenchmarkLine(f"{name}, pages", f"{pages / measured.seconds:.0f} a second")
        yield BenchmarkLine(f"{name}, whole", f"{measured.seconds:.1f} s")
        yield BenchmarkLine(f"{name}, reports", f"{reports} of {pages} pages", "0.1 %")
        yield BenchmarkLine(f"{name}, peak memory", mebibytes(measured.peak))
        if reports + skipped != pages:
            raise ValueError(f"{pages} pages written, {reports + skipped} accounted for")
    if len(peaks) > 1:
        yield BenchmarkLine(
            "memory, longest crawl against shortest", f"{peaks[-1] / peaks[0]:.2f}", "about 1"
        )


def write_crawl(path: Path, size: int, each: int = 100) -> int:
    """Writes a WARC file of so many bytes and returns its pages; one in ``each`` is a report."""
    report = (_FORMATS / "form.html").read_text("utf-8")
    title = "<title>某县2024年政府信息公开工作年度报告</title>"
    report_page = report.replace("<body", f"{title}<body", 1).encode()
    link = "<li><a href='/a'>关于做好二〇二四年度有关工作的通知</a></li>"
    sentence = "<p>会议强调，要进一步提高认识，压实责任，扎实做好各项重点工作。</p>"
    other_page = f"<html><body><ul>{link * 60}</ul>{sentence * 150}</body></html>".encode()
    pages = 0
    with path.open("wb") as stream:
        while stream.tell() < size:
            body = report_page if pages % each == each // 2 else other_page
            body += f"<!-- {pages} -->".encode()
            stream.write(_record(f"http://example.invalid/{pages}", body))
            pages += 1
    return pages


def _record(address: str, page: bytes) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
