"""Reports read again with what people decided about them: from the store, no file is opened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from pipeline.model.decision import Decision, DecisionKind
from pipeline.model.document import Reading
from pipeline.model.report import Report
from pipeline.parsing import parse_reading
from pipeline.stages import parser_version
from pipeline.warehouse.attaching import attach
from pipeline.warehouse.publishing.overlay import Decided
from pipeline.warehouse.reviewed.decisions import WrittenDecision
from pipeline.warehouse.store.documents import document_in
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.store_rows import StoreRows, storable

NO_DOCUMENT = "document"
"""The document is not in the raw folder any more."""

NO_REPORT = "report"
"""The document has no such report."""

NO_FACT = "fact"
"""The report gives no fact there that could be withheld."""


_ORIGINS = """
SELECT DISTINCT origin, file_id, member, document_id FROM {documents}
WHERE list_contains($ids, document_id)
"""


def decide(store: ParseStore, decisions: Sequence[WrittenDecision]) -> Decided:
    """Returns the reports that decisions are about, as they are with them."""
    by_document: dict[str, list[WrittenDecision]] = defaultdict(list)
    for one in decisions:
        by_document[one.expect.document].append(one)
    rows, origins = StoreRows(), []
    unfit = {one.decision_id: NO_DOCUMENT for one in decisions}
    withheld: dict[str, Mapping[str, Any]] = {}
    about_report: dict[str, Report] = {}
    for origin, file_id, member, document_id in _found(store, list(by_document)):
        content = document_in(store.documents, document_id)
        if content is None:
            continue
        about = by_document[document_id]
        given: dict[int, tuple[Decision, ...]] = defaultdict(tuple)
        for one in about:
            given[one.part] += (one.decided(),)
        parsed = parse_reading(Reading(member, document_id, content), given)
        rows.add_document(file_id, parser_version(), parsed)
        origins.append(origin)
        reports = {report.part: report for report in parsed.reports}
        about_report |= {one.decision_id: reports[one.part] for one in about if one.part in reports}
        for one in about:
            unfit[one.decision_id], row = _outcome(one, reports.get(one.part))
            if row:
                withheld[one.decision_id] = row
    outcomes = [
        {
            **_row(one, unfit[one.decision_id]),
            **_read_of(one, about_report.get(one.decision_id)),
        }
        for one in decisions
    ]
    return Decided(origins, rows.to_arrow(), outcomes, list(withheld.values()))


def _found(store: ParseStore, ids: list[str]) -> list[tuple[str, str, str, str]]:
    documents = store.reports.relation("document")
    with duckdb.connect() as connection:
        attach(connection, store.reports.folder)
        return connection.execute(_ORIGINS.format(documents=documents), {"ids": ids}).fetchall()


def _outcome(one: WrittenDecision, report: Report | None) -> tuple[str, Mapping[str, Any] | None]:
    """Why a decision does not fit, empty where it does; and what it withholds."""
    if report is None:
        return NO_REPORT, None
    unfit = dict(report.unfit).get(one.decision_id, "")
    if unfit or one.kind is not DecisionKind.WITHHOLD:
        return unfit, None
    fact = next((fact for fact in report.facts if fact.indicator_id == one.indicator), None)
    if fact is None:
        return NO_FACT, None
    return "", {
        "report_id": one.report_id,
        "indicator_id": one.indicator,
        "expect": storable(fact.value),
        "reason": f"{one.reason} ({one.reviewer})",
        "decided_on": one.decided_on,
    }


def _read_of(one: WrittenDecision, report: Report | None) -> Mapping[str, Any]:
    """Whose report a decision is about, and what is read there of its indicator now."""
    if report is None:
        return {"name_zh": None, "year": None, "is_read": None}
    values = (fact.value for fact in report.facts if fact.indicator_id == one.indicator)
    return {
        "name_zh": report.agency and report.agency.name_zh,
        "year": report.year,
        "is_read": next(values, None),
    }


def _row(one: WrittenDecision, unfit: str) -> Mapping[str, Any]:
    is_agency = one.kind is DecisionKind.AGENCY
    return {
        "decision_id": one.decision_id,
        "kind": str(one.kind),
        "report_id": one.report_id,
        "document_id": one.expect.document,
        "quote": one.expect.quote,
        "indicator_id": one.indicator,
        "value_raw": one.value,
        "agency_id": one.agency_meant().agency_id if is_agency else None,
        "reviewer": one.reviewer,
        "decided_on": one.decided_on,
        "reason": one.reason,
        "is_applied": not unfit,
        "unfit": unfit or None,
    }
