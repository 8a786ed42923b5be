"""Parsed documents to rows of the parse store.

Ids are made here; values are taken over as they are. Rows are kept by columns, as Arrow
wants them: row by row it costs twice the time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Any

import pyarrow as pa

from pipeline.model.check import CheckResult, Kind, Outcome
from pipeline.model.document import Reading
from pipeline.model.fact import Fact, Gap, Want
from pipeline.model.observation import Observation
from pipeline.model.report import Report
from pipeline.parsing import DocumentResult
from pipeline.warehouse.ids import id_of_report
from pipeline.warehouse.schema import store_tables
from pipeline.warehouse.store.documents import READ, columns_of, rows_of
from pipeline.warehouse.store.parse_store import PARSED
from pipeline.warehouse.store.tasks import Key

Columns = Mapping[str, Iterable[Any]]
"""Some rows of a table: the values of each column, equally many."""

_STEP = Decimal("0.000001")
_LIMIT = Decimal(10) ** 14
_SHOWN = 60
_HALVES = re.compile("[\ud800-\udfff]")


class StoreRows:
    """Rows of some files, table by table."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, list[Any]]] = {
            name: {column.name: [] for column in store_tables()[name].columns}
            for name in (*READ, *PARSED)
        }

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self._tables["document"]["origin"])

    def add_file(
        self, file_id: str, version: str, pages_skipped: int = 0, part: int = 1, parts: int = 1
    ) -> None:
        """Adds a file, or a part of one, that has been parsed, beside the documents in it."""
        row = {
            "file_id": file_id,
            "part": part,
            "parts": parts,
            "parser_version": version,
            "pages_skipped": pages_skipped,
        }
        self._extend("file", _one(row))

    def keep_file(self, key: Key, pages_skipped: int = 0, parts: int = 1) -> None:
        """Adds a file, or a part of one, whose documents are kept."""
        file_id, part = key
        row = {"file_id": file_id, "part": part, "parts": parts, "pages_skipped": pages_skipped}
        self._extend("read_file", _one(row))

    def keep(self, key: Key, document: DocumentResult) -> None:
        """Adds a document as it was read, or why it could not be."""
        content = document.document or document.rejection
        if content is not None:
            for table, columns in rows_of(key, Reading(document.member, document.sha256, content)):
                self._extend(table, columns)

    def add_document(self, file_id: str, version: str, document: DocumentResult) -> None:
        """Adds a document with its reports, or nothing if it is inconsistent.

        Raises:
            ValueError: A report gives an indicator twice.
        """
        for table, columns in list(_tables_of(file_id, version, document)):
            self._extend(table, columns)

    def to_arrow(self) -> dict[str, pa.Table]:
        """Returns the rows as Arrow tables with the declared schemas."""
        return {name: _to_arrow(name, columns) for name, columns in self._tables.items()}

    def _extend(self, table: str, columns: Columns) -> None:
        held = self._tables[table]
        for name, values in columns.items():
            held[name].extend(values)


def _to_arrow(table: str, columns: Mapping[str, list[Any]]) -> pa.Table:
    schema = store_tables()[table].arrow
    return pa.Table.from_arrays(
        [_array(columns[field.name], field.type) for field in schema], schema=schema
    )


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_encodable(value) for value in values], kind)


def _encodable(value: Any) -> Any:
    """Text in which halves of characters, as broken pages hold them, are marked as broken."""
    if isinstance(value, list):
        return [_encodable(one) for one in value]
    return _HALVES.sub("\ufffd", value) if isinstance(value, str) else value


def _tables_of(
    file_id: str, version: str, document: DocumentResult
) -> Iterator[tuple[str, Columns]]:
    origin = f"{file_id}!/{document.member}" if document.member else file_id
    rejection = document.rejection
    row = {
        "origin": origin,
        "file_id": file_id,
        "member": document.member,
        "document_id": document.sha256,
        "reason": rejection and str(rejection.reason),
        "detail": rejection and rejection.detail,
    }
    yield "document", _one(row)
    for report in document.reports:
        own_id = id_of_report(document.sha256, report.part)
        row = {
            **_report(report),
            "origin": origin,
            "report_id": own_id,
            "document_id": document.sha256,
            "media_type": document.media_type,
            "encoding": document.encoding,
            "parser_version": version,
        }
        yield "report", _one(row)
        yield "observation", _observations(origin, own_id, report.observations)
        yield "fact", _facts(origin, own_id, report.observations, report.facts)
        yield "gap", _gaps(origin, own_id, (*report.gaps, *_too_large(report)))
        yield "check", _checks(origin, own_id, report.checks)


def _one(row: Mapping[str, Any]) -> Columns:
    return {name: (value,) for name, value in row.items()}


def _report(report: Report) -> dict[str, Any]:
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
        "other_kind": report.other_kind and str(report.other_kind),
        "scope": str(report.scope),
        "published_on": report.published_on,
        "is_correction": report.is_correction,
        "name_zh": agency and agency.name_zh,
        "region_code": agency and agency.region_code,
        "region_name": agency and agency.region_name,
        "province": agency and agency.province,
        "level": agency and str(agency.level),
        "function": agency and agency.function,
        "valid_from": agency and agency.valid_from,
        "valid_to": agency and agency.valid_to,
        "notices": [*report.notices, *_inexact(report.observations)],
    }


def _observations(origin: str, report_id: str, seen: Sequence[Observation]) -> Columns:
    """A column a field, and the ids."""
    if not seen:
        return {}
    fields = columns_of(Observation, seen)
    values = [storable(one.value) for one in seen]
    return {
        **fields,
        "origin": repeat(origin, len(seen)),
        "observation_id": [f"{report_id}.{number}" for number in range(1, len(seen) + 1)],
        "report_id": repeat(report_id, len(seen)),
        "value": values,
        "value_status": map(_status, seen, values),
    }


def _facts(
    origin: str, report_id: str, seen: Sequence[Observation], facts: Sequence[Fact]
) -> Columns:
    """What can be stored of them; a ValueError where an indicator is given twice."""
    ids = [fact.indicator_id for fact in facts]
    if len(set(ids)) < len(ids):
        raise ValueError(f"report {report_id} gives {max(ids, key=ids.count)} twice")
    values = [storable(fact.value) for fact in facts]
    given = [fact for fact, value in zip(facts, values, strict=True) if value is not None]
    return {
        "origin": repeat(origin, len(given)),
        "report_id": repeat(report_id, len(given)),
        "indicator_id": [fact.indicator_id for fact in given],
        "value": [value for value in values if value is not None],
        "unit": [fact.unit for fact in given],
        "source": [fact.source for fact in given],
        "qualifier": [fact.qualifier for fact in given],
        "observation_id": [f"{report_id}.{fact.observation + 1}" for fact in given],
        "confidence": [seen[fact.observation].confidence for fact in given],
    }


def _too_large(report: Report) -> Iterator[Gap]:
    """What stands in the place of facts that no column holds."""
    for fact in report.facts:
        if storable(fact.value) is None:
            raw = report.observations[fact.observation].value_raw
            yield Gap(fact.indicator_id, Want.TOO_LARGE, fact.observation, raw, ())


def _gaps(origin: str, report_id: str, gaps: Sequence[Gap]) -> Columns:
    if not gaps:
        return {}
    fields = columns_of(Gap, gaps)
    return {
        "origin": repeat(origin, len(gaps)),
        "report_id": repeat(report_id, len(gaps)),
        "indicator_id": fields["indicator_id"],
        "status": fields["want"],
        "observation_id": [f"{report_id}.{index + 1}" for index in fields["observation"]],
        "value_raw": fields["value_raw"],
        "candidates": [list(one) for one in fields["candidates"]],
    }


def _checks(origin: str, report_id: str, checks: Sequence[CheckResult]) -> Columns:
    """A column a field; observations are named by their ids, numbers stored as such."""
    if not checks:
        return {}
    fields = columns_of(CheckResult, checks)
    left, right = fields.pop("left"), fields.pop("right")
    return {
        **fields,
        "origin": repeat(origin, len(checks)),
        "report_id": repeat(report_id, len(checks)),
        "expected": map(storable, fields["expected"]),
        "actual": map(storable, fields["actual"]),
        "difference": map(storable, fields["difference"]),
        "observation_ids": [
            [f"{report_id}.{index + 1}" for index in one.observations] for one in checks
        ],
        "left_count": [len(side) for side in left],
        "counted": [
            [storable(operand.value) for operand in (*one, *other)]
            if check.outcome is Outcome.FAIL or check.kind is Kind.CROSS_YEAR
            else []
            for check, one, other in zip(checks, left, right, strict=True)
        ],
    }


def storable(value: Decimal | None) -> Decimal | None:
    """Returns ``value`` as DECIMAL(20,6) holds it, None where it is too large for that."""
    if value is None or not value.is_finite() or not -_LIMIT < value < _LIMIT:
        return None
    rounded = value.quantize(_STEP)
    return rounded if -_LIMIT < rounded < _LIMIT else None


def _inexact(seen: Sequence[Observation]) -> Iterator[str]:
    """A sentence for each number that the column cannot hold as it was printed."""
    for one in seen:
        stored = storable(one.value)
        if one.value is not None and stored is None:
            yield (
                f"{one.label_raw}: {one.value_raw[:_SHOWN]} is larger than any column holds "
                "and is withheld; what was printed is kept in value_raw"
            )
        elif stored != one.value:
            yield (
                f"{one.label_raw}: {one.value_raw[:_SHOWN]} has more than {-_STEP.adjusted()} "
                "decimals and is rounded; what was printed is kept in value_raw"
            )


def _status(seen: Observation, value: Decimal | None) -> str:
    """A number too large to store is no number; what was printed stays in ``value_raw``."""
    too_large = seen.value is not None and value is None
    return "unreadable" if too_large else seen.value_status
