"""Runs the benchmarks named on the command line, or all of them, and keeps what they measured."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.crawls import crawls
from benchmarks.extraction import extraction
from benchmarks.formats import reading
from benchmarks.ingest import ingest
from benchmarks.measuring import BenchmarkLine, Options, machine
from benchmarks.nights import nights
from benchmarks.plotting import plot
from benchmarks.publishing import publishing
from benchmarks.ratios import ratios
from benchmarks.scaling import scaling
from benchmarks.sights import sights
from pipeline.settings import ROOT

BENCHMARKS: Mapping[str, Callable[[Options], Iterator[BenchmarkLine]]] = {
    "ratios": ratios,
    "reading": reading,
    "extraction": extraction,
    "sights": sights,
    "ingest": ingest,
    "scaling": scaling,
    "crawls": crawls,
    "publishing": publishing,
    "nights": nights,
}
RESULTS = ROOT / "benchmarks" / "results"


def main() -> None:
    """Prints one table a benchmark, and writes all figures as JSON and as a plot."""
    arguments = _arguments()
    options = Options(tuple(arguments.facts), tuple(arguments.crawl))
    about = machine()
    console = Console()
    console.print(about)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name in arguments.names or BENCHMARKS:
        table = Table("measured", "figure", "aim", title=name, title_justify="left", box=None)
        lines = list(BENCHMARKS[name](options))
        for line in lines:
            table.add_row(line.name, line.figure, line.aim)
        console.print(table)
        _keep(arguments.out, name, lines, about)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--facts", nargs="+", type=int, default=Options().facts, help="millions of facts to publish"
    )
    parser.add_argument(
        "--crawl", nargs="+", type=int, default=Options().crawl, help="megabytes of crawls to read"
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="where figures are kept")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(BENCHMARKS):
        parser.error(
            f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}"
        )
    return arguments


def _keep(folder: Path, name: str, lines: list[BenchmarkLine], about: str) -> None:
    """Writes figures beside those kept, of which only the same ones are replaced; and the plot."""
    path = folder / "results.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    before = {line["name"]: line for line in kept.get(name, {}).get("lines", ())}
    kept[name] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": about,
        "lines": list((before | {line.name: asdict(line) for line in lines}).values()),
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    results = {
        known: [BenchmarkLine(**line) for line in kept[known]["lines"]]
        for known in BENCHMARKS
        if known in kept
    }
    (folder / "results.svg").write_text(plot(results, about), "utf-8")


if __name__ == "__main__":
    main()
