"""How long ten million facts take to publish, in how much memory, and how fast views answer."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.generated import generate
from benchmarks.measuring import Line, measure, mebibytes
from pipeline.warehouse.views import views

_AGENCIES = 5_000
_YEARS = 10
_FACTS_A_REPORT = 200
_REPEATS = 5

_PUBLISH = """
import sys
from pathlib import Path
from pipeline.settings import Settings
from pipeline.warehouse.build import open_build
from pipeline.warehouse.checks import BLOCKING

with open_build(Settings(raw=Path(sys.argv[1]), warehouse=Path(sys.argv[1]))) as build:
    build.build_tables()
    candidate = build.build_views()
    for check in BLOCKING:
        with candidate.read() as connection:
            assert check(connection).passed
    build.publish()
"""


def publishing() -> Iterator[Line]:
    """Generates a store, publishes it, and runs every view's example on the result."""
    agencies = int(os.environ.get("GONGKAI_BENCH_AGENCIES", _AGENCIES))
    with tempfile.TemporaryDirectory(dir=os.environ.get("GONGKAI_BENCH_DIR")) as folder:
        root = Path(folder)
        facts = generate(root / "store", agencies, _YEARS, _FACTS_A_REPORT)
        yield Line("facts", f"{facts:,}")
        published = measure([sys.executable, "-c", _PUBLISH, str(root)])
        yield Line("publish, with blocking checks", f"{published.seconds:.1f} s", "<= 60 s")
        yield Line("publish, peak memory", mebibytes(published.peak), "<= 2048 MiB")
        yield Line("DuckDB file", mebibytes((root / "gongkai.duckdb").stat().st_size))
        with duckdb.connect(str(root / "gongkai.duckdb"), read_only=True) as connection:
            for view in views():
                yield Line(f"example of {view.name}", _median(connection, view.example), "<= 0.3 s")


def _median(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    times = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        connection.execute(sql).fetchall()
        times.append(time.perf_counter() - started)
    return f"{statistics.median(times):.3f} s"
