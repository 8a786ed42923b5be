"""Holds the ratios against ``floors.json``: ``make bench-guard``, apart from the tests."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measuring import BenchmarkLine, Options
from benchmarks.ratios import ratios

FLOORS = Path(__file__).with_name("floors.json")


def worse(lines: Iterable[BenchmarkLine], most: dict[str, float]) -> list[str]:
    """Returns a sentence for each ratio above the most it may be, or that was not measured."""
    found = {line.name: line.value for line in lines}
    told = []
    for name, limit in most.items():
        value = found.get(name)
        if value is None:
            told.append(f"{name}: not measured")
        elif value > limit:
            told.append(f"{name}: {value:g}, at most {limit:g}")
    return told


def main() -> None:
    """Measures, and ends with 1 where something has become slower than it may be."""
    told = worse(ratios(Options()), json.loads(FLOORS.read_text("utf-8")))
    if told:
        sys.exit("\n".join(told))
    print("no ratio is worse than it may be")


if __name__ == "__main__":
    main()
