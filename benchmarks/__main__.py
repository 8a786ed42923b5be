"""Runs the benchmarks named on the command line, or all of them."""

import platform
import sys
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console
from rich.table import Table

from benchmarks.extraction import extraction
from benchmarks.ingest import ingest
from benchmarks.measuring import Line
from benchmarks.publishing import publishing
from benchmarks.reading import reading

BENCHMARKS: Mapping[str, Callable[[], Iterator[Line]]] = {
    "extraction": extraction,
    "ingest": ingest,
    "publishing": publishing,
    "reading": reading,
}


def main() -> None:
    """Prints one table a benchmark."""
    names = sys.argv[1:] or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    console = Console()
    console.print(f"Python {platform.python_version()}, {platform.machine()}")
    for name in names:
        table = Table("measured", "figure", "aim", title=name, title_justify="left", box=None)
        for line in BENCHMARKS[name]():
            table.add_row(line.name, line.figure, line.aim)
        console.print(table)


if __name__ == "__main__":
    main()
