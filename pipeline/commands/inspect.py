"""``gongkai inspect``: one document as the program sees it."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.commands.failure import Failure
from pipeline.commands.query import console, text
from pipeline.extract.report import Report
from pipeline.facts.check import Outcome
from pipeline.parsing import ParsedDocument, parse_path


def print_report(path: Path) -> None:
    """Prints reports, observations and checks of a file as tables.

    Raises:
        Failure: The file cannot be opened.
    """
    screen = console(sys.stdout)
    for document in _documents(path):
        _print_document(screen, path, document)


def print_json(path: Path) -> None:
    """Prints the same as JSON, one object for the whole file.

    Raises:
        Failure: The file cannot be opened.
    """
    documents = [asdict(document) for document in _documents(path)]
    json.dump(
        {"file": str(path), "documents": documents},
        sys.stdout,
        ensure_ascii=False,
        indent=1,
        default=_plain,
    )
    sys.stdout.write("\n")


def _documents(path: Path) -> Iterator[ParsedDocument]:
    try:
        for found in parse_path(path):
            if isinstance(found, ParsedDocument):
                yield found
    except OSError as error:
        raise Failure(f"cannot read {path}: {error.strerror}") from error


def _print_document(screen: Console, path: Path, document: ParsedDocument) -> None:
    name = f"{path}!/{document.member}" if document.member else str(path)
    screen.print(f"{name}  {document.media_type or ''} {document.encoding or ''}".rstrip())
    if document.rejection is not None:
        screen.print(f"  quarantined: {document.rejection.reason}: {document.rejection.detail}")
    elif not document.reports:
        screen.print("  no report was recognised in it")
    for report in document.reports:
        _print_report(screen, report)


def _print_report(screen: Console, report: Report) -> None:
    agency = report.agency
    screen.print(f"\nreport {report.part}: {report.title or '(no title)'}")
    screen.print(
        f"  agency    {report.agency_stated or '(not stated)'}"
        + (f" → {agency.name_zh} [{agency.agency_id}]" if agency else "")
    )
    screen.print(f"  year      {report.year or '(not stated)'}")
    screen.print(f"  form      {report.template}, {report.doc_type}, scope {report.scope}")
    screen.print(f"  published {report.published_on or '(not stated)'}")
    screen.print(f"  {len(report.observations)} observations, {len(report.facts)} facts")
    if report.observations:
        screen.print(_observations(report))
    if report.checks:
        screen.print(_checks(report))
    for notice in report.notices:
        screen.print(f"  ! {notice}")


def _observations(report: Report) -> Table:
    facts = {fact.observation for fact in report.facts}
    table = _table(
        "",
        "indicator",
        "label",
        "unit",
        "printed",
        "value",
        "status",
        "source",
        "table",
        "row",
        "page",
    )
    for index, seen in enumerate(report.observations):
        table.add_row(
            "●" if index in facts else "",
            seen.indicator_id or "—",
            seen.label_raw,
            seen.unit_raw or "",
            seen.value_raw,
            text(seen.value),
            str(seen.value_status),
            str(seen.source),
            text(seen.table_no),
            text(seen.row_no),
            text(seen.page),
        )
    return table


def _checks(report: Report) -> Table:
    order = [Outcome.FAIL, Outcome.NOT_ASSESSABLE, Outcome.PASS]
    table = _table("check", "outcome", "severity", "message")
    for check in sorted(report.checks, key=lambda check: order.index(check.outcome)):
        table.add_row(check.rule_id, str(check.outcome), str(check.severity), check.message_zh)
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
