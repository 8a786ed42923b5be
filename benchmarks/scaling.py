"""What a second worker brings, and what the other engine costs."""

import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ingest import multiply
from benchmarks.measuring import BenchmarkLine, Options, measure, mebibytes
from tests.generator.corpus import sample

_DOCUMENTS = 2_000
_DRAWN = 400
_PARSE = """
import sys, time
from pathlib import Path
from pipeline.settings import Settings
from pipeline.warehouse.build import open_build

raw, warehouse, engine, jobs = sys.argv[1:]
settings = Settings(Path(raw), warehouse=Path(warehouse), engine=engine, jobs=int(jobs))
with open_build(settings) as build:
    build.survey()
    started = time.perf_counter()
    build.parse()
    print(time.perf_counter() - started)
"""


def scaling(_options: Options) -> Iterator[BenchmarkLine]:
    """Parsing and storing the same documents with one worker and with two, by both engines."""
    engines = ["local"]
    if importlib.util.find_spec("daft"):
        engines.append("daft")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        multiply(root / "raw", _DOCUMENTS - _DRAWN)
        for seed in range(_DRAWN):
            drawn = sample(seed)
            (root / "raw" / f"drawn{seed}-{drawn.name}").write_bytes(drawn.data)
        for engine in engines:
            spent = []
            for jobs in (1, 2):
                name = f"{engine}, workers: {jobs}"
                target = root / f"{engine}-{jobs}"
                arguments = [str(root / "raw"), str(target), engine, str(jobs)]
                measured = measure([sys.executable, "-c", _PARSE, *arguments])
                spent.append(float(measured.output.splitlines()[-1]))
                yield BenchmarkLine(f"{name}, documents", f"{_DOCUMENTS / spent[-1]:.0f} a second")
                yield BenchmarkLine(f"{name}, peak memory", mebibytes(measured.peak))
            yield BenchmarkLine(
                f"{engine}, two workers against one", f"{spent[0] / spent[1]:.2f}", "2"
            )
