"""``gongkai inspect``: one document as the program sees it."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from msgspec import Struct, structs
from rich.console import Console
from rich.table import Table

from pipeline.commands.failure import Failure
from pipeline.commands.screen import console, plain, table, text
from pipeline.model.check import Outcome
from pipeline.model.document import Reason, Rejection
from pipeline.model.observation import Observation
from pipeline.model.report import Report
from pipeline.parsing import DocumentResult, parse_path


def run(file: Path, *, as_json: bool) -> None:
    """Prints reports, observations and checks of a file, as tables or as one JSON object.

    Raises:
        Failure: The file cannot be opened, or nothing in it can be read.
    """
    rejections = (_print_json if as_json else _print_tables)(file)
    unread = [one for one in rejections if one and one.reason is not Reason.NOT_A_REPORT]
    if unread and len(unread) == len(rejections):
        raise Failure(f"{file} cannot be read: {unread[0].reason}")


def _print_tables(path: Path) -> list[Rejection | None]:
    screen = console(sys.stdout)
    rejections = []
    for document in _documents(path):
        _print_document(screen, path, document)
        rejections.append(document.rejection)
    return rejections


def _print_json(path: Path) -> list[Rejection | None]:
    found = list(_documents(path))
    told = {"file": str(path), "documents": [_plain(document) for document in found]}
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    return [document.rejection for document in found]


def _documents(path: Path) -> Iterator[DocumentResult]:
    try:
        for found in parse_path(path):
            if isinstance(found, DocumentResult):
                yield found
    except OSError as error:
        raise Failure(f"cannot read {path}: {error.strerror}") from error


def _print_document(screen: Console, path: Path, document: DocumentResult) -> None:
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
    # Of a row that was printed without cell borders several readings may remain.
    possible = {one.section_path: one.candidates for one in report.observations if one.candidates}
    for label, candidates in possible.items():
        screen.print(f"  ? {label} may be {' | '.join(candidates)}")
    _print_checks(screen, report)
    for notice in report.notices:
        screen.print(f"  ! {notice}")


def _observations(report: Report) -> Table:
    facts = {fact.observation for fact in report.facts}
    failing = _failing(report)
    shown = table(
        "",
        "indicator",
        "label",
        "unit",
        "printed",
        "value",
        "status",
        "source",
        "sure",
        "place",
        "fails",
    )
    for index, seen in enumerate(report.observations):
        shown.add_row(
            "●" if index in facts else "",
            seen.indicator_id or "—",
            seen.label_raw,
            seen.unit_raw or "",
            seen.value_raw,
            text(seen.value),
            str(seen.value_status),
            str(seen.source),
            f"{seen.confidence:.2f}",
            _place(seen),
            " ".join(failing.get(index, ())),
        )
    return shown


def _failing(report: Report) -> dict[int, list[str]]:
    """Rules that fail, by the observations they involve."""
    failing: dict[int, list[str]] = {}
    for check in report.checks:
        if check.outcome is Outcome.FAIL:
            for number in check.observations:
                rules = failing.setdefault(number, [])
                if check.rule_id not in rules:
                    rules.append(check.rule_id)
    return failing


def _place(seen: Observation) -> str:
    """Page, table, row and column, as far as the document has them."""
    parts = (("p", seen.page), ("t", seen.table_no), ("r", seen.row_no), ("c", seen.col_no))
    return " ".join(f"{letter}{number}" for letter, number in parts if number is not None)


def _print_checks(screen: Console, report: Report) -> None:
    """Failed checks in full, the others by their ids."""
    failed = [check for check in report.checks if check.outcome is Outcome.FAIL]
    if failed:
        shown = table("fails", "severity", "message")
        for check in failed:
            shown.add_row(check.rule_id, str(check.severity), check.message_zh)
        screen.print(shown)
    for outcome, words in ((Outcome.PASS, "hold"), (Outcome.NOT_ASSESSABLE, "not assessable")):
        rules = [check.rule_id for check in report.checks if check.outcome is outcome]
        if rules:
            screen.print(f"  {len(rules)} {words}: {' '.join(rules)}")


def _plain(value: object) -> object:
    """A value as JSON knows it; records become objects."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case Struct():
            return {name: _plain(each) for name, each in structs.asdict(value).items()}
        case tuple() | list() | frozenset():
            return [_plain(each) for each in value]
    return plain(value)
