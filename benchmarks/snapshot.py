"""What one version of the program reads in documents, as lines of JSON.

Run by ``benchmarks.compare`` against two checkouts: it imports nothing but ``pipeline.parsing``
and asks a report for nothing but what every version of it has.
"""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pipeline
from pipeline.parsing import parse_file


def main(root: str, listed: str, jobs: str) -> None:
    """Prints one line a document, in the order of the list.

    Args:
        root: The checkout whose program is meant.
        listed: File with one path a line.
        jobs: Processes that parse.
    """
    if not Path(pipeline.__path__[0]).is_relative_to(root):
        raise SystemExit(f"meant to run {root}, but {pipeline.__path__[0]} was imported")
    paths = Path(listed).read_text("utf-8").splitlines()
    with ProcessPoolExecutor(int(jobs)) as pool:
        for line in pool.map(seen, paths, chunksize=8):
            print(line)


def seen(path: str) -> str:
    """Everything about one file that a change of reading could change."""
    try:
        found = list(parse_file(Path(path).name, Path(path).read_bytes()))
    except Exception as error:  # what one version stops at is a difference to be shown
        return json.dumps([{"part": "", "identity": f"raised {type(error).__name__}"}])
    return json.dumps([part for document in found for part in _parts(document)])


def _parts(document: Any) -> Iterator[dict[str, Any]]:
    if document.rejection is not None:
        yield {"part": document.member, "identity": f"rejected: {document.rejection.reason}"}
    for report in document.reports:
        agency = report.agency.agency_id if report.agency else None
        whose = f"{agency} {report.year} {report.scope}"
        yield {
            "part": f"{document.member}#{report.part}",
            "identity": f"{whose} {report.template} {report.doc_type}",
            "facts": {f.indicator_id: str(f.value.normalize() + 0) for f in report.facts},
            "failing": sorted({c.rule_id for c in report.checks if c.outcome == "fail"}),
        }


if __name__ == "__main__":
    main(*sys.argv[1:])
