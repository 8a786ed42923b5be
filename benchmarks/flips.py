"""Flips single bits of a warehouse, one at a time, and counts those that verify does not find.

    python -m benchmarks.flips WAREHOUSE 10000

Works on a copy. Files are drawn by their share of the bytes for one half of the flips, and each
alike for the other, so that small ones are met too.
"""

import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.settings import Settings
from pipeline.warehouse.verification import verify

NOT_HELD = {"looks.json", "retries.json", ".lock", "metrics.prom"}
"""Says nothing of a value: without it everything is looked at or tried anew."""


def held(warehouse: Path) -> Iterator[Path]:
    """Yields the files whose bytes are held by a hash: store, publications and records."""
    for path in sorted(warehouse.rglob("*")):
        if path.is_symlink() or not path.is_file() or ".dagster" in path.parts:
            continue
        if path.name not in NOT_HELD and path.suffix != ".jsonl":
            yield path


def flips(warehouse: Path, times: int, seed: int = 22) -> tuple[Counter[str], list[str]]:
    """Returns how many flips were found by kind of file, and those that were not."""
    dice = random.Random(seed)
    settings = Settings(raw=warehouse / "none", warehouse=warehouse)
    files = [path for path in held(warehouse) if path.stat().st_size]
    sizes = [path.stat().st_size for path in files]
    found: Counter[str] = Counter()
    missed: list[str] = []
    for number in range(times):
        (path,) = dice.choices(files, sizes) if number % 2 else (dice.choice(files),)
        place, bit = dice.randrange(path.stat().st_size), dice.randrange(8)
        flip(path, place, bit)
        if next(verify(settings, with_rows=False), None):
            found[path.suffix] += 1
        else:
            missed.append(f"{path.relative_to(warehouse)} byte {place} bit {bit}")
        flip(path, place, bit)
    return found, missed


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        (was,) = file.read(1)
        file.seek(place)
        file.write(bytes([was ^ 1 << bit]))


def main() -> None:
    """Prints what was found and what was not; the exit code is 1 for anything missed."""
    source, times = Path(sys.argv[1]), int(sys.argv[2])
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "warehouse"
        shutil.copytree(source, copy, symlinks=True)
        before = list(verify(Settings(raw=copy / "none", warehouse=copy)))
        if before:
            sys.exit("not whole to begin with: " + "; ".join(map(str, before)))
        started = time.process_time()
        found, missed = flips(copy, times)
        print(f"{sum(found.values())} of {times} flips found: {dict(found)}")
        print(f"{time.process_time() - started:.0f} s of processor time")
        for one in missed:
            print(f"missed: {one}")
        sys.exit(bool(missed))


if __name__ == "__main__":
    main()
