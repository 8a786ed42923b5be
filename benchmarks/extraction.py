"""How fast tables become facts: against pandas on the same page, by layout, glued rows."""

import io
import time
from collections.abc import Callable, Iterator

import pandas as pd

from benchmarks.measuring import Line
from pipeline.extract.glue import solve
from pipeline.extract.split import split
from pipeline.extract.splitting import GluedRow, Known
from pipeline.extract.tables import observe_tables
from pipeline.forms.identities import identities
from pipeline.parsing import parse_file
from pipeline.readers.document import Document
from pipeline.readers.reading import Reading, read
from pipeline.settings import ROOT
from tests.generator.corpus import sample
from tests.generator.layouts import LAYOUTS

_REPEATS = 15
_PAGES = 10
_DOCUMENTS = 20
_COURTS = tuple(
    f"{block}.{result}"
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    for result in ("upheld", "corrected", "other", "pending", "total")
)


def extraction() -> Iterator[Line]:
    """Processor time of tables, end to end and alone; the worst row without cell borders."""
    pages = [sample(seed, form="D", layout="html").data for seed in range(_PAGES)]
    ours = sum(_fastest(lambda page=page: list(parse_file("page.html", page))) for page in pages)
    theirs = sum(_fastest(lambda page=page: pd.read_html(io.BytesIO(page))) for page in pages)
    yield Line("html, bytes to facts", f"{1_000 * ours / _PAGES:.1f} ms")
    yield Line("html, pandas.read_html alone", f"{1_000 * theirs / _PAGES:.1f} ms")
    yield Line("html, ours against pandas", f"{ours / theirs:.2f}", "< 1")
    for path in sorted((ROOT / "data" / "raw").glob("*/00[124]_*.txt")):
        yield Line(
            f"tables of sample {path.name[:3]}", f"{_tables(path.read_bytes()):.1f} ms", "< 3"
        )
    for layout in LAYOUTS:
        drawn = [sample(seed, layout=layout) for seed in range(_DOCUMENTS)]
        spent = _fastest(lambda drawn=drawn: [list(parse_file(d.name, d.data)) for d in drawn])
        yield Line(f"{layout}, documents per second", f"{_DOCUMENTS / spent:.0f}")
    rules = [rule for rule in identities() if "D" in rule.forms]
    row = GluedRow(_COURTS, (("1" * 45,),))
    known = Known({})
    spent = _fastest(lambda: solve([row], known, rules))
    yield Line("worst row of 15 cells without borders", f"{spent:.2f} s", "< 1 s")


def _tables(data: bytes) -> float:
    """Milliseconds that the tables of one document take."""
    (found,) = (found for found in read("sample.txt", data) if isinstance(found, Reading))
    document = found.content
    if not isinstance(document, Document):
        raise TypeError("the sample is no document")
    (part,) = split(document)
    return 1_000 * _fastest(lambda: observe_tables(document, part, 2018))


def _fastest(work: Callable[[], object]) -> float:
    """Processor seconds of the fastest of several runs: the machine is never quiet."""
    spent = []
    for _ in range(_REPEATS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)
