"""Ours against what an analyst would write by hand, on the same bytes in one run."""

import io
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pdfplumber

from benchmarks.measuring import BenchmarkLine, Options, fastest, forget
from pipeline.parsing import parse_file
from pipeline.readers.pdf.pdf_reader import read_pdf
from pipeline.settings import ROOT
from pipeline.warehouse.engines.worker import collect_seldom
from tests.generator.corpus import sample

_PAGES = 10
_REPEATS = 15
_GOLDEN = ROOT / "tests" / "golden"
_FORM = _GOLDEN / "formats" / "form.html"
_REPORT = _GOLDEN / "reports" / "hongze_2024.pdf"
_PAGES_OF_FORMS = _GOLDEN / "formats" / "form_over_pages.pdf"


def ratios(_options: Options) -> Iterator[BenchmarkLine]:
    """HTML against pandas, PDF against the bare library; the guard watches these.

    Both sides run as a worker of a build does, with a collector that rarely looks.
    """
    collect_seldom()
    drawn = [sample(seed, form="D", layout="html").data for seed in range(_PAGES)]
    yield from _html("html, drawn", drawn)
    served = [sample(seed, form="D", layout="portal").data for seed in range(_PAGES)]
    yield from _html("html, from a portal", served)
    yield from _html("html, as Word saves it", [_word_page()])
    yield from _first_sight(sorted(_GOLDEN.rglob("*.html")))
    yield from _pdf("pdf, a report of 5 pages", _REPORT.read_bytes())
    yield from _pdf("pdf, a form printed over 4 pages", _PAGES_OF_FORMS.read_bytes())


def _pdf(name: str, file: bytes) -> Iterator[BenchmarkLine]:
    bare = fastest(lambda: _bare_tables(file))
    whole = fastest(lambda: list(parse_file("report.pdf", file)))
    yield BenchmarkLine(f"{name}, reading", f"{fastest(lambda: read_pdf(file)):.3f} s")
    yield BenchmarkLine(f"{name}, pdfplumber's own tables", f"{bare:.3f} s")
    yield BenchmarkLine(
        f"{name}, bytes to facts against the bare library", f"{whole / bare:.2f}", "<= 0.2"
    )


def _first_sight(paths: list[Path]) -> Iterator[BenchmarkLine]:
    """Pages of many layouts, each read once by a program that has forgotten all others."""
    ours, read = [], []
    for path in paths:
        list(parse_file(path.name, path.read_bytes()))  # what is loaded once is not counted
    for path in paths:
        page = path.read_bytes()
        try:
            theirs = _spent(lambda page=page: pd.read_html(io.BytesIO(page)))
        except (ImportError, ValueError):  # no tables, or a page for a parser that is not there
            continue
        forget()
        read.append(theirs)
        ours.append(_spent(lambda page=page: list(parse_file("page.html", page))))
    name = f"html, first sight of {len(ours)} varied pages"
    ratio = statistics.median(one / other for one, other in zip(ours, read, strict=True))
    yield BenchmarkLine(f"{name}, bytes to facts", f"{1_000 * statistics.median(ours):.1f} ms")
    yield BenchmarkLine(
        "html, first sight, ours against read_html, median", f"{ratio:.2f}", "<= 1.0"
    )
    yield BenchmarkLine(
        "html, first sight, ours against read_html, sum", f"{sum(ours) / sum(read):.2f}"
    )


def _spent(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _html(name: str, pages: list[bytes]) -> Iterator[BenchmarkLine]:
    ours = _each(lambda page: list(parse_file("page.html", page)), pages)
    read = _each(lambda page: pd.read_html(io.BytesIO(page)), pages)
    melted = _each(_melt, pages)
    size = sum(map(len, pages)) // len(pages) >> 10
    yield BenchmarkLine(f"{name}, {size} kB, bytes to facts", f"{1_000 * ours / len(pages):.1f} ms")
    yield BenchmarkLine(
        f"{name}, {size} kB, pandas.read_html", f"{1_000 * read / len(pages):.1f} ms"
    )
    yield BenchmarkLine(
        f"{name}, {size} kB, read_html and melt", f"{1_000 * melted / len(pages):.1f} ms"
    )
    yield BenchmarkLine(f"{name}, ours against read_html", f"{ours / read:.2f}", "<= 0.33")
    yield BenchmarkLine(
        f"{name}, ours against read_html and melt", f"{ours / melted:.2f}", "<= 0.33"
    )


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
