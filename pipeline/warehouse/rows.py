"""Parsed documents to rows of the parse store.

Ids are made here; values are taken over as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any

import pyarrow as pa

from pipeline.extract.observation import Observation
from pipeline.extract.report import Report
from pipeline.parsing import ParsedDocument
from pipeline.warehouse.schema import store_tables

Row = dict[str, Any]

PARSED = ("file", "document", "report", "observation", "fact", "check")
"""The tables of the store that parsing fills."""

_STEP = Decimal("0.0001")
_LIMIT = Decimal(10) ** 14


@dataclass(slots=True)
class Rows:
    """Rows of some files, table by table."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in PARSED})

    def add_file(
        self, file_id: str, version: str, pages_skipped: int = 0, part: int = 1, parts: int = 1
    ) -> None:
        """Adds a file, or a part of one, that has been parsed, beside the documents in it."""
        self.tables["file"].append(
            {
                "file_id": file_id,
                "part": part,
                "parts": parts,
                "parser_version": version,
                "pages_skipped": pages_skipped,
            }
        )

    def add_document(self, file_id: str, version: str, document: ParsedDocument) -> None:
        """Adds a document with its reports, or nothing if it is inconsistent.

        Raises:
            ValueError: A report gives an indicator twice.
        """
        new = Rows()
        new._add(file_id, version, document)
        for name, rows in new.tables.items():
            self.tables[name].extend(rows)

    def to_arrow(self) -> dict[str, pa.Table]:
        """Returns the rows as Arrow tables with the declared schemas."""
        return {name: to_arrow(name, rows) for name, rows in self.tables.items()}

    def _add(self, file_id: str, version: str, document: ParsedDocument) -> None:
        origin = f"{file_id}!/{document.member}" if document.member else file_id
        rejection = document.rejection
        self.tables["document"].append(
            {
                "origin": origin,
                "file_id": file_id,
                "member": document.member,
                "document_id": document.sha256,
                "reason": rejection and str(rejection.reason),
                "detail": rejection and rejection.detail,
            }
        )
        for report in document.reports:
            report_id = f"{document.sha256[:16]}-{report.part}"
            self.tables["report"].append(
                {
                    **_report_row(report),
                    "origin": origin,
                    "report_id": report_id,
                    "document_id": document.sha256,
                    "media_type": document.media_type,
                    "encoding": document.encoding,
                    "parser_version": version,
                }
            )
            self.tables["observation"].extend(_observation_rows(origin, report_id, report))
            self.tables["fact"].extend(_fact_rows(origin, report_id, report))
            self.tables["check"].extend(_check_rows(origin, report_id, report))


def to_arrow(table: str, rows: list[Row]) -> pa.Table:
    """Returns ``rows`` as an Arrow table with the declared schema of a store table."""
    schema = store_tables()[table].arrow
    columns = [pa.array(map(itemgetter(field.name), rows), field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _report_row(report: Report) -> Row:
    agency = report.agency
    return {
        "part": report.part,
        "title": report.title,
        "agency_id": agency and agency.agency_id,
        "agency_stated": report.agency_stated,
        "year": report.year,
        "period_start": report.period_start,
        "period_end": report.period_end,
        "template": report.template,
        "doc_type": str(report.doc_type),
        "scope": str(report.scope),
        "published_on": report.published_on,
        "name_zh": agency and agency.name_zh,
        "region_code": agency and agency.region_code,
        "region_name": agency and agency.region_name,
        "province": agency and agency.province,
        "level": agency and str(agency.level),
        "function": agency and agency.function,
        "valid_from": agency and agency.valid_from,
        "valid_to": agency and agency.valid_to,
        "notices": list(report.notices),
    }


def _observation_rows(origin: str, report_id: str, report: Report) -> Iterator[Row]:
    for number, seen in enumerate(report.observations, 1):
        value = _storable(seen.value)
        yield {
            "origin": origin,
            "observation_id": f"{report_id}.{number}",
            "report_id": report_id,
            "indicator_id": seen.indicator_id,
            "section_path": seen.section_path,
            "label_raw": seen.label_raw,
            "unit_raw": seen.unit_raw,
            "value_raw": seen.value_raw,
            "value": value,
            "value_status": _status(seen, value),
            "qualifier": seen.qualifier,
            "source": seen.source,
            "confidence": seen.confidence,
            "page": seen.page,
            "table_no": seen.table_no,
            "row_no": seen.row_no,
            "col_no": seen.col_no,
            "char_start": seen.char_start,
            "char_end": seen.char_end,
            "quote": seen.quote,
            "year": seen.year,
            "scope": seen.scope,
            "candidates": list(seen.candidates),
        }


def _fact_rows(origin: str, report_id: str, report: Report) -> Iterator[Row]:
    given: set[str] = set()
    for fact in report.facts:
        if fact.indicator_id in given:
            raise ValueError(f"report {report_id} gives {fact.indicator_id} twice")
        given.add(fact.indicator_id)
        value = _storable(fact.value)
        if value is None:
            continue
        yield {
            "origin": origin,
            "report_id": report_id,
            "indicator_id": fact.indicator_id,
            "value": value,
            "unit": fact.unit,
            "source": fact.source,
            "qualifier": fact.qualifier,
            "observation_id": f"{report_id}.{fact.observation + 1}",
        }


def _check_rows(origin: str, report_id: str, report: Report) -> Iterator[Row]:
    for check in report.checks:
        yield {
            "origin": origin,
            "rule_id": check.rule_id,
            "kind": check.kind,
            "severity": check.severity,
            "outcome": check.outcome,
            "report_id": report_id,
            "indicator_ids": list(check.indicator_ids),
            "expected": _storable(check.expected),
            "actual": _storable(check.actual),
            "difference": _storable(check.difference),
            "message_zh": check.message_zh,
            "message_en": check.message_en,
            "observation_ids": [f"{report_id}.{index + 1}" for index in check.observations],
        }


def _storable(value: Decimal | None) -> Decimal | None:
    """Returns ``value`` as DECIMAL(18,4) holds it, None where it is too large for that."""
    if value is None or not value.is_finite() or not -_LIMIT < value < _LIMIT:
        return None
    return value.quantize(_STEP)


def _status(seen: Observation, value: Decimal | None) -> str:
    """A number too large to store is no number; what was printed stays in ``value_raw``."""
    too_large = seen.value is not None and value is None
    return "unreadable" if too_large else seen.value_status
