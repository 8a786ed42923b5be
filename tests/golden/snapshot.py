"""Everything a document is read as, on one page that two people can read side by side.

A line an indicator; the seven columns of applicants stand on one. A number is a fact as it
stands, ``(5)`` is seen and no fact. Behind it: ``r`` reconstructed, ``n`` said in a sentence,
``d`` worked out, ``@2015`` of that year, ``~`` about, ``>`` at least. Without a number: ``_``
blank, ``-`` dash, ``/`` not applicable, ``*`` masked, ``?`` unreadable, ``.`` not printed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from pipeline.model.check import Outcome
from pipeline.model.observation import Observation, Qualifier, Source, Status
from pipeline.model.report import Report
from pipeline.parsing import DocumentResult, parse_file

GOLDEN = Path(__file__).parent
KEPT = GOLDEN / "snapshots"
FOLDERS = ("layouts", "crawled", "flattened", "reports", "formats")
SAMPLES = GOLDEN.parents[1] / "data" / "raw"

_COLUMNS = (
    "natural_person", "enterprise", "research", "public_interest", "legal_service",
    "other_organisation", "",
)  # fmt: skip
_NO_NUMBER = {
    Status.BLANK: "_",
    Status.DASH: "-",
    Status.NOT_APPLICABLE: "/",
    Status.MASKED: "*",
    Status.UNREADABLE: "?",
}
_SOURCES = {Source.TABLE: "", Source.RECONSTRUCTED: "r", Source.NARRATIVE: "n", Source.DERIVED: "d"}
_HOW = {Qualifier.EXACT: "", Qualifier.APPROXIMATE: "~", Qualifier.AT_LEAST: ">"}
_PARTICULARS = re.compile(r"'[^']*'|\([^()]*\)|\d+(?:[-.]\d+)*|: .*")
_LONGEST_LABEL = 40


def documents() -> dict[str, Path]:
    """The documents by the name their page is kept under."""
    found = {
        f"{folder}/{path.name}": path
        for folder in FOLDERS
        for path in sorted((GOLDEN / folder).iterdir())
        if path.suffix not in (".csv", ".py") and path.is_file()
    }
    samples = sorted(SAMPLES.glob("*/*.txt"))
    return {**found, **{f"samples/{path.name[:3]}.txt": path for path in samples}}


@cache
def parsed(path: Path) -> tuple[DocumentResult, ...]:
    """What a document is read as; read once a process, whoever asks."""
    return tuple(parse_file(path.name, path.read_bytes()))


def snapshot_of(path: Path) -> str:
    """The page of a document."""
    return page_of(path, _summed_up)


def page_of(path: Path, told: Callable[[Report], Iterator[str]]) -> str:
    """A page of a document on which a report's numbers are told like this."""
    lines = [line for document in parsed(path) for line in _of_document(document, told)]
    return "\n".join(lines) + "\n"


def _summed_up(report: Report) -> Iterator[str]:
    yield from _numbers(report)
    yield from _unknown(report)


def _of_document(
    document: DocumentResult, told: Callable[[Report], Iterator[str]]
) -> Iterator[str]:
    if document.rejection:
        yield f"rejected {document.rejection.reason}"
    for report in document.reports:
        agency = report.agency
        yield f"report {report.part} {report.title or ''}".rstrip()
        yield f"agency {agency.agency_id} {agency.name_zh}" if agency else "agency none"
        yield f"year {report.year} form {report.template} {report.doc_type} scope {report.scope}"
        yield from told(report)
        yield from _failures(report)
        yield from _notices(report)


def _numbers(report: Report) -> Iterator[str]:
    facts = {fact.observation for fact in report.facts}
    of: dict[str, dict[str, list[str]]] = {}
    for place, seen in enumerate(report.observations):
        if seen.indicator_id:
            base, _, column = seen.indicator_id.partition(":")
            cells = of.setdefault(base, {}).setdefault(column, [])
            cells.append(number(seen, is_fact=place in facts))
    for base, cells in of.items():
        names = _COLUMNS if cells.keys() & set(_COLUMNS[:-1]) else ("",)
        row = ["+".join(cells.get(name, ["."])) for name in names]
        rest = [f"{key}={'+'.join(value)}" for key, value in cells.items() if key not in names]
        yield " ".join([base, *(row if "" in cells or len(names) > 1 else []), *rest])


def number(seen: Observation, *, is_fact: bool) -> str:
    """A number, or what stands in its place, with how it came to be known."""
    year = f"@{seen.year}" if seen.year else ""
    behind = f"{_SOURCES[seen.source]}{_HOW[seen.qualifier]}{year}"
    if seen.value is None:
        return f"{_NO_NUMBER.get(seen.value_status, seen.value_status)}{behind}"
    return f"{seen.value:f}{behind}" if is_fact else f"({seen.value:f}{behind})"


def _unknown(report: Report) -> Iterator[str]:
    for seen in report.observations:
        if seen.indicator_id is None:
            label = "".join(seen.label_raw.split())[:_LONGEST_LABEL]
            yield f"unknown {label} {number(seen, is_fact=False)}"


def _failures(report: Report) -> Iterator[str]:
    failed = [check for check in report.checks if check.outcome is Outcome.FAIL]
    for check in sorted(failed, key=lambda one: (one.rule_id, one.indicator_ids)):
        sides = f"{check.actual} against {check.expected}"
        of = " ".join(check.indicator_ids[:1])
        yield f"fails {check.rule_id} {check.severity} {check.kind} {sides} {of}".rstrip()


def _notices(report: Report) -> Iterator[str]:
    kinds = Counter(_PARTICULARS.sub("…", notice) for notice in report.notices)
    for kind, count in sorted(kinds.items()):
        yield f"notice {count} {kind}"
