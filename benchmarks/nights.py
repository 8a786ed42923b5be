"""What a night costs that brings ten documents, on a small store and on a large one."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from benchmarks.generated import generate
from benchmarks.ingest import multiply
from benchmarks.measuring import BenchmarkLine, Measured, Options, measure
from pipeline.warehouse.statements import quoted

_GONGKAI = Path(sys.executable).with_name("gongkai")
_AGENCIES = (5, 5_000)
_YEARS = 10
_FACTS_A_REPORT = 20
_NEW = 10


def nights(_options: Options) -> Iterator[BenchmarkLine]:
    """A whole ``gongkai build``; the journal of the run tells where its time went."""
    spent = []
    for agencies in _AGENCIES:
        documents = agencies * _YEARS
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            _lie_in_wait(root, agencies)
            _night(root)
            multiply(root / "raw" / "new", _NEW)
            measured = _night(root)
            publishing = _seconds_of_publishing(root)
        spent.append(measured.seconds - publishing)
        name = f"{_NEW} new documents on {documents:,}"
        yield BenchmarkLine(f"{name}, without publishing", f"{spent[-1]:.1f} s")
        yield BenchmarkLine(f"{name}, publishing", f"{publishing:.1f} s")
    yield BenchmarkLine(
        "without publishing, large store against small", f"{spent[1] / spent[0]:.2f}", "1.5"
    )


def _lie_in_wait(root: Path, agencies: int) -> None:
    """Makes a store and the raw files it speaks of: empty, but of the size and time it knows."""
    store = root / "warehouse" / "store"
    generate(store, agencies, _YEARS, _FACTS_A_REPORT)
    (root / "raw").mkdir()
    inventory = quoted(str(store / "inventory.parquet"))
    rows = duckdb.sql(f"SELECT source_path, size, mtime_ns FROM {inventory}").fetchall()
    for name, size, mtime_ns in rows:
        path = root / "raw" / name
        with path.open("wb") as file:
            file.truncate(size)
        os.utime(path, ns=(mtime_ns, mtime_ns))


def _night(root: Path) -> Measured:
    environment = {
        **os.environ,
        "GONGKAI_RAW": str(root / "raw"),
        "GONGKAI_WAREHOUSE": str(root / "warehouse"),
    }
    return measure([str(_GONGKAI), "build", "--jobs", "2"], environment)


def _seconds_of_publishing(root: Path) -> float:
    """Seconds from the last file parsed to the swap of the link, checks included."""
    journal = max((root / "warehouse" / "runs").glob("*.jsonl")).read_text("utf-8")
    at = {}
    for line in journal.splitlines():
        entry = json.loads(line)
        at[entry["event"]] = datetime.fromisoformat(entry["at"])
    return (at["published"] - at["building tables"]).total_seconds()
