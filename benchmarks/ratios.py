"""Ours against what an analyst would write by hand, on the same bytes in one run."""

import io
from collections.abc import Callable, Iterator

import pandas as pd
import pdfplumber

from benchmarks.measuring import Line, Options, fastest
from pipeline.parsing import parse_file
from pipeline.readers.pdf.pdf_reader import read_pdf
from pipeline.settings import ROOT
from pipeline.warehouse.worker import collect_seldom
from tests.generator.corpus import sample

_PAGES = 10
_REPEATS = 15
_FORM = ROOT / "tests" / "golden" / "formats" / "form.html"
_REPORT = ROOT / "tests" / "golden" / "reports" / "hongze_2024.pdf"


def ratios(_options: Options) -> Iterator[Line]:
    """HTML against pandas, PDF against the bare library; the guard watches these.

    Both sides run as a worker of a build does, with a collector that rarely looks.
    """
    collect_seldom()
    drawn = [sample(seed, form="D", layout="html").data for seed in range(_PAGES)]
    yield from _html("html, drawn", drawn)
    served = [sample(seed, form="D", layout="portal").data for seed in range(_PAGES)]
    yield from _html("html, from a portal", served)
    yield from _html("html, as Word saves it", [_word_page()])
    report = _REPORT.read_bytes()
    bare = fastest(lambda: _bare_tables(report))
    yield Line("pdf, seconds a report of 5 pages", f"{fastest(lambda: read_pdf(report)):.2f} s")
    whole = fastest(lambda: list(parse_file("report.pdf", report)))
    yield Line("pdf, pdfplumber's own tables", f"{bare:.2f} s")
    yield Line("pdf, bytes to facts against the bare library", f"{whole / bare:.2f}", "<= 1.5")


def _html(name: str, pages: list[bytes]) -> Iterator[Line]:
    ours = _each(lambda page: list(parse_file("page.html", page)), pages)
    read = _each(lambda page: pd.read_html(io.BytesIO(page)), pages)
    melted = _each(_melt, pages)
    size = sum(map(len, pages)) // len(pages) >> 10
    yield Line(f"{name}, {size} kB, bytes to facts", f"{1_000 * ours / len(pages):.1f} ms")
    yield Line(f"{name}, {size} kB, pandas.read_html", f"{1_000 * read / len(pages):.1f} ms")
    yield Line(f"{name}, {size} kB, read_html and melt", f"{1_000 * melted / len(pages):.1f} ms")
    yield Line(f"{name}, ours against read_html", f"{ours / read:.2f}", "<= 0.33")
    yield Line(f"{name}, ours against read_html and melt", f"{ours / melted:.2f}", "<= 0.33")


def _word_page() -> bytes:
    page = _FORM.read_text("utf-8")
    title = "<title>嘉祥县教育局2024年政府信息公开工作年度报告</title>"
    return page.replace("<body", f"{title}<body", 1).encode()


def _each(work: Callable[[bytes], object], pages: list[bytes]) -> float:
    """Processor seconds of one go through all pages, each at its fastest."""
    return sum(fastest(lambda page=page: work(page), _REPEATS) for page in pages)


def _melt(page: bytes) -> list[pd.DataFrame]:
    """What a short script does: every table long, one row a cell."""
    tables = pd.read_html(io.BytesIO(page))
    for table in tables:
        table.columns = [str(number) for number in range(table.shape[1])]
    return [table.melt(id_vars="0").dropna() for table in tables]


def _bare_tables(data: bytes) -> list[object]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]
