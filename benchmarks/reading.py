"""How fast the readers are, format by format, and whether a long crawl stays small in memory."""

import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber

from benchmarks.measuring import Line, measure, mebibytes
from pipeline.readers.html import read_html
from pipeline.readers.pdf import read_pdf
from pipeline.readers.reading import read
from pipeline.settings import ROOT

_FORMATS = ROOT / "tests" / "golden" / "formats"
_REPORT = ROOT / "tests" / "golden" / "reports" / "hongze_2024.pdf"
_FILES = ("docx", "doc", "html", "xls", "xlsx", "ods")
_REPEATS = 7
_COUNT_PAGES = """
import sys
from pathlib import Path
from pipeline.readers.document import Skipped
from pipeline.readers.reading import read_path
reports = skipped = 0
for found in read_path(Path(sys.argv[1])):
    if isinstance(found, Skipped):
        skipped += found.count
    else:
        reports += 1
print(reports, skipped)
"""


def reading() -> Iterator[Line]:
    """Processor time a document of each format, PDF against the bare library, a long crawl."""
    for ending in _FILES:
        path = _FORMATS / f"form.{ending}"
        data = path.read_bytes()
        seconds = _fastest(lambda name=path.name, data=data: list(read(name, data)))
        yield Line(f"{ending}, documents per second", f"{1 / seconds:.0f}")
    page = (_FORMATS / "form.html").read_bytes()
    spent = _fastest(lambda: read_html(page)) * 1_000
    yield Line(f"html page of {len(page) >> 10} kB", f"{spent:.1f} ms", "< 6 ms")
    report = _REPORT.read_bytes()
    ours, bare = _fastest(lambda: read_pdf(report)), _fastest(lambda: _bare_tables(report))
    yield Line("pdf, seconds a report of 5 pages", f"{ours:.2f}")
    yield Line("pdf, against pdfplumber's own tables", f"{ours / bare:.2f}", "<= 1.5")
    yield from _crawl()


def _fastest(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of several runs: the machine is never quiet."""
    spent = []
    for _ in range(_REPEATS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def _bare_tables(data: bytes) -> list[object]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


def _crawl() -> Iterator[Line]:
    """Two crawls with one report in a hundred pages: the longer must not need more memory."""
    peaks = []
    for megabytes in (100, 1_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "crawl.warc")
            pages = write_crawl(path, megabytes << 20)
            measured = measure([sys.executable, "-c", _COUNT_PAGES, str(path)])
        reports, skipped = map(int, measured.output.split())
        peaks.append(measured.peak)
        yield Line(f"crawl of {megabytes} MB, pages per second", f"{pages / measured.seconds:.0f}")
        yield Line(f"crawl of {megabytes} MB, reports of pages", f"{reports} of {pages}", "1 %")
        yield Line(f"crawl of {megabytes} MB, peak memory", mebibytes(measured.peak))
        if reports + skipped != pages:
            raise ValueError(f"{pages} pages written, {reports + skipped} accounted for")
    yield Line("memory, 1,000 MB against 100", f"{peaks[1] / peaks[0]:.2f}", "about 1")


def write_crawl(path: Path, size: int) -> int:
    """Writes a WARC file of a size; every hundredth page is a report. Returns its pages."""
    report = (_FORMATS / "form.html").read_text("utf-8")
    title = "<title>某县2024年政府信息公开工作年度报告</title>"
    report_page = report.replace("<body", f"{title}<body", 1).encode()
    link = "<li><a href='/a'>关于做好二〇二四年度有关工作的通知</a></li>"
    sentence = "<p>会议强调，要进一步提高认识，压实责任，扎实做好各项重点工作。</p>"
    other_page = f"<html><body><ul>{link * 60}</ul>{sentence * 150}</body></html>".encode()
    pages = 0
    with path.open("wb") as stream:
        while stream.tell() < size:
            body = report_page if pages % 100 == 50 else other_page
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
