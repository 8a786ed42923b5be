"""How fast tables become facts: by sample, by layout, and the worst of glued rows."""

from collections.abc import Iterator

from benchmarks.measuring import BenchmarkLine, Options, fastest
from pipeline.extract.identity.segmentation import split
from pipeline.extract.tables.propose.constraints import solve
from pipeline.extract.tables.propose.digit_split import UnsegmentedRow
from pipeline.extract.tables.table_reader import observe_tables
from pipeline.forms.arithmetic import Known
from pipeline.forms.identities import identities
from pipeline.model.document import Document
from pipeline.parsing import parse_file
from pipeline.readers.reading import Reading, read
from pipeline.settings import ROOT
from tests.generator.corpus import sample
from tests.generator.layouts import LAYOUTS

_DOCUMENTS = 20
_COURTS = tuple(
    f"{block}.{result}"
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    for result in ("upheld", "corrected", "other", "pending", "total")
)


def extraction(_options: Options) -> Iterator[BenchmarkLine]:
    """Processor time of tables, end to end and alone; the worst row without cell borders."""
    for path in sorted((ROOT / "data" / "raw").glob("*/00[124]_*.txt")):
        yield BenchmarkLine(
            f"tables of sample {path.name[:3]}", f"{_tables(path.read_bytes()):.1f} ms", "< 3"
        )
    for layout in LAYOUTS:
        drawn = [sample(seed, layout=layout) for seed in range(_DOCUMENTS)]
        spent = fastest(lambda drawn=drawn: [list(parse_file(d.name, d.data)) for d in drawn])
        yield BenchmarkLine(f"{layout}, documents", f"{_DOCUMENTS / spent:.0f} a second")
    rules = [rule for rule in identities() if "D" in rule.forms]
    row = UnsegmentedRow(_COURTS, (("1" * 45,),))
    known = Known({})
    spent = fastest(lambda: solve([row], known, rules))
    yield BenchmarkLine("worst row of 15 cells without borders", f"{spent:.2f} s", "< 1 s")


def _tables(data: bytes) -> float:
    """Milliseconds that the tables of one document take."""
    (found,) = (found for found in read("sample.txt", data) if isinstance(found, Reading))
    document = found.content
    if not isinstance(document, Document):
        raise TypeError("the sample is no document")
    (part,) = split(document)
    return 1_000 * fastest(lambda: observe_tables(document, part, 2018))
