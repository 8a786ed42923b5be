"""How long millions of facts take to publish, whole and after a night that changed ten reports.

In how much memory, and how fast views answer.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.generated import change, generate
from benchmarks.measuring import BenchmarkLine, Options, measure, mebibytes
from pipeline.warehouse.publishing.views import views

_AGENCIES_A_MILLION = 500
_YEARS = 10
_FACTS_A_REPORT = 200
_REPEATS = 5

_NIGHTS = {
    "the newest year": "year = 2023 ORDER BY file_id LIMIT 10",
    "other years": "year < 2023 ORDER BY file_id LIMIT 10",
}
"""Ten reports that another content is found of, and of which years they are."""

_PUBLISH = """
import sys, time
from pathlib import Path
from pipeline.warehouse.engines.arrow_alone import load_arrow_alone
load_arrow_alone()  # as the command does
from pipeline.settings import Settings
from pipeline.warehouse.build import open_build
from pipeline.warehouse.publishing.checks import BLOCKING

started = time.perf_counter(), time.process_time()
with open_build(Settings(raw=Path(sys.argv[1]), warehouse=Path(sys.argv[1]))) as build:
    build.build_tables()
    candidate = build.build_views()
    for check in BLOCKING:
        with candidate.read() as connection:
            assert build.asked(check, connection).passed
    assert build.publish().is_published
print(time.perf_counter() - started[0], time.process_time() - started[1])
"""


def publishing(options: Options) -> Iterator[BenchmarkLine]:
    """Generates stores, publishes them, and runs every view's example on each result."""
    for millions in options.facts:
        with tempfile.TemporaryDirectory(dir=os.environ.get("GONGKAI_BENCH_DIR")) as folder:
            yield from _published(Path(folder), millions)


def _published(root: Path, millions: int) -> Iterator[BenchmarkLine]:
    started = time.perf_counter()
    size = (millions * _AGENCIES_A_MILLION, _YEARS, _FACTS_A_REPORT)
    generate(root / "store", *size)
    name = f"{millions} million facts"
    yield BenchmarkLine(f"{name}, store written", f"{time.perf_counter() - started:.1f} s")
    yield BenchmarkLine(f"{name}, store", mebibytes(_size(root / "store")))
    published = measure([sys.executable, "-c", _PUBLISH, str(root)])
    aims = ("<= 60 s", "<= 2048 MiB") if millions == 10 else ("", "<= 8192 MiB")
    yield BenchmarkLine(
        f"{name}, published with blocking checks", f"{published.seconds:.1f} s", aims[0]
    )
    yield BenchmarkLine(f"{name}, peak memory", mebibytes(published.peak), aims[1])
    yield BenchmarkLine(f"{name}, DuckDB file", mebibytes((root / "gongkai.duckdb").stat().st_size))
    for years, chosen in _NIGHTS.items():
        change(root / "store", *size, chosen)
        night = measure([sys.executable, "-c", _PUBLISH, str(root)])
        # DuckDB draws its progress before, where a night takes long.
        seconds, processor = map(float, night.output.split()[-2:])
        aim = {1: "<= 2 s", 10: "<= 15 s"}.get(millions, "")
        yield BenchmarkLine(f"{name}, ten changed reports of {years}", f"{seconds:.1f} s", aim)
        yield BenchmarkLine(f"{name}, the same, processor time", f"{processor:.1f} s")
    with duckdb.connect(str(root / "gongkai.duckdb"), read_only=True) as connection:
        for view in views():
            yield BenchmarkLine(
                f"{name}, {view.name}", _median(connection, view.example), "<= 0.3 s"
            )


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.parquet"))


def _median(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    times = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        connection.execute(sql).fetchall()
        times.append(time.perf_counter() - started)
    return f"{statistics.median(times):.3f} s"
