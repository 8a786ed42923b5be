"""What a document costs that is the first ever seen, one among others like it, and seen again."""

import statistics
import time
from collections.abc import Iterator, Sequence

from benchmarks.measuring import BenchmarkLine, Options, forget
from pipeline.parsing import parse_file
from pipeline.warehouse.engines.worker import collect_seldom
from tests.generator.corpus import sample

_DOCUMENTS = 60
_BEFORE = 20
_REPEATS = 5


def sights(_options: Options) -> Iterator[BenchmarkLine]:
    """Processor time of a document, by what was read before: values differ, labels hardly."""
    collect_seldom()
    for layout in ("html", "portal", "flattened"):
        drawn = [sample(seed, form="D", layout=layout) for seed in range(_DOCUMENTS)]
        files = [(one.name, one.data) for one in drawn]
        yield BenchmarkLine(f"{layout}, first ever seen", _figure([_cold(*file) for file in files]))
        for file in files[:_BEFORE]:
            _spent(*file)
        yield BenchmarkLine(
            f"{layout}, after others", _figure([_spent(*f) for f in files[_BEFORE:]])
        )
        again = [min(_spent(*file) for _ in range(_REPEATS)) for file in files]
        yield BenchmarkLine(f"{layout}, seen again", _figure(again))


def _cold(name: str, data: bytes) -> float:
    forget()
    return _spent(name, data)


def _spent(name: str, data: bytes) -> float:
    started = time.process_time()
    list(parse_file(name, data))
    return time.process_time() - started


def _figure(spent: Sequence[float]) -> str:
    return f"{1_000 * statistics.median(spent):.1f} ms"
