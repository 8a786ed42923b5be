"""How fast, and in how much memory, ``gongkai build`` takes in many documents."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from benchmarks.measuring import Line, Measured, Options, measure, mebibytes
from pipeline.settings import ROOT

_GONGKAI = Path(sys.executable).with_name("gongkai")


def ingest(_options: Options) -> Iterator[Line]:
    """The samples repeated to 500 and 2,000 documents, then ten more."""
    peaks: list[int] = []
    for count in (500, 2_000):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            multiply(root / "raw", count)
            first = _build(root)
            peaks.append(first.peak)
            seconds = _seconds_in_job(root)
            yield Line(f"{count} documents, whole command", f"{first.seconds:.1f} s")
            yield Line(f"{count} documents, whole job", f"{count / seconds:.0f} a second", ">= 300")
            yield Line(f"{count} documents, peak memory", mebibytes(first.peak))
            again = _build(root)
            yield Line(f"{count} documents, second run", f"{again.seconds:.1f} s")
            multiply(root / "raw", 10, start=count)
            more = _build(root)
            yield Line(f"{count} documents and ten more", f"{more.seconds:.1f} s")
    yield Line("memory, 2,000 documents against 500", f"{peaks[1] / peaks[0]:.2f}", "about 1")


def multiply(raw: Path, count: int, start: int = 0) -> None:
    """Writes documents made of the samples, each with a harmless last line of its own."""
    samples = [path.read_bytes() for path in sorted((ROOT / "data" / "raw").rglob("*.txt"))]
    for number in range(start, start + count):
        folder = raw / f"{number % 100:02d}"
        folder.mkdir(parents=True, exist_ok=True)
        ending = f"\n\n（存档编号{number}）\n".encode()
        (folder / f"{number}.txt").write_bytes(samples[number % len(samples)] + ending)


def _build(root: Path) -> Measured:
    environment = {
        **os.environ,
        "GONGKAI_RAW": str(root / "raw"),
        "GONGKAI_WAREHOUSE": str(root / "warehouse"),
    }
    return measure([str(_GONGKAI), "build"], environment)


def _seconds_in_job(root: Path) -> float:
    record = json.loads(max((root / "warehouse" / "runs").glob("*.json")).read_text("utf-8"))
    first, last = (datetime.fromisoformat(record[name]) for name in ("started_at", "finished_at"))
    return (last - first).total_seconds()
