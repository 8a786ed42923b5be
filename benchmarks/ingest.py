"""How fast, and in how much memory, ``gongkai build`` takes in many documents."""

import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from benchmarks.measuring import BenchmarkLine, Measured, Options, measure, mebibytes
from pipeline.settings import ROOT

# Numbers that count something: no years, days, section numbers, parts of codes.
_COUNT = re.compile(r"(?<![\d.〔/-])(?!19\d\d|20\d\d)[1-9]\d+(?![\d年月日号.〕/-])")
_GONGKAI = Path(sys.executable).with_name("gongkai")


def ingest(_options: Options) -> Iterator[BenchmarkLine]:
    """The samples repeated to 500 and 2,000 documents, then ten more."""
    peaks: list[int] = []
    for count in (500, 2_000):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            multiply(root / "raw", count)
            first = _build(root)
            peaks.append(first.peak)
            seconds = _seconds_in_job(root)
            yield BenchmarkLine(f"{count} documents, whole command", f"{first.seconds:.1f} s")
            yield BenchmarkLine(
                f"{count} documents, whole job", f"{count / seconds:.0f} a second", ">= 300"
            )
            yield BenchmarkLine(f"{count} documents, peak memory", mebibytes(first.peak))
            again = _build(root)
            yield BenchmarkLine(f"{count} documents, second run", f"{again.seconds:.1f} s")
            multiply(root / "raw", 10, start=count)
            more = _build(root)
            yield BenchmarkLine(f"{count} documents and ten more", f"{more.seconds:.1f} s")
    yield BenchmarkLine(
        "memory, 2,000 documents against 500", f"{peaks[1] / peaks[0]:.2f}", "about 1"
    )


def multiply(raw: Path, count: int, start: int = 0) -> None:
    """Writes documents made of the samples, each with numbers and a last line of its own."""
    samples = [path.read_text("utf-8") for path in sorted((ROOT / "data" / "raw").rglob("*.txt"))]
    for number in range(start, start + count):
        folder = raw / f"{number % 100:02d}"
        folder.mkdir(parents=True, exist_ok=True)
        digits = random.Random(number)
        text = _COUNT.sub(partial(_another, digits), samples[number % len(samples)])
        (folder / f"{number}.txt").write_text(f"{text}\n\n（存档编号{number}）\n", "utf-8")


def _another(digits: random.Random, match: re.Match[str]) -> str:
    """A number as long as another: no document profits from what others left behind."""
    size = len(match[0])
    return str(digits.randrange(10 ** (size - 1), 10**size))


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
