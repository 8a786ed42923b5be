"""How fast the readers are, format by format."""

from collections.abc import Iterator

from benchmarks.measuring import BenchmarkLine, Options, fastest
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.reading import read
from pipeline.settings import ROOT

_FORMATS = ROOT / "tests" / "golden" / "formats"
_FILES = ("docx", "doc", "html", "xls", "xlsx", "ods")


def reading(_options: Options) -> Iterator[BenchmarkLine]:
    """Processor time a document of each format."""
    for ending in _FILES:
        path = _FORMATS / f"form.{ending}"
        data = path.read_bytes()
        seconds = fastest(lambda name=path.name, data=data: list(read(name, data)))
        yield BenchmarkLine(f"{ending}, documents", f"{1 / seconds:.0f} a second")
    page = (_FORMATS / "form.html").read_bytes()
    spent = fastest(lambda: read_html(page)) * 1_000
    yield BenchmarkLine(f"html page of {len(page) >> 10} kB", f"{spent:.1f} ms", "< 6 ms")
