"""One document without a warehouse: what the program reads in it, as frames."""

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.model.report import Report


_FACT = ("indicator_id", "value", "unit", "source", "qualifier")


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """One report of a document.

    Attributes:
        agency_id: Id of the agency, None where it is not known.
        agency: Its name, None where nobody is named.
        year: The year it reports on, None where it does not say.
        title: Its title as printed.
        doc_type: ``annual_report``, ``work_summary`` or ``other``.
        template: Form of its tables: a letter, or ``none``.
        notices: What was doubted, a sentence each.
        report: Everything else, as the program holds it.
    """

    agency_id: str | None
    agency: str | None
    year: int | None
    title: str | None
    doc_type: str
    template: str
    notices: tuple[str, ...]
    report: "Report"

    def facts(self) -> "pd.DataFrame":
        """Returns the numbers that would become facts of the warehouse."""
        found = _frame(self.report.facts, _FACT)
        found.insert(0, "year", self.year)
        return found

    def observations(self) -> "pd.DataFrame":
        """Returns every number seen, facts or not, with its place and what it stands in."""
        columns = (
            "indicator_id",
            "label_raw",
            "value_raw",
            "value",
            "unit_raw",
            "value_status",
            "source",
            "confidence",
            "quote",
        )
        return _frame(self.report.observations, columns)

    def checks(self) -> "pd.DataFrame":
        """Returns the checks of the report against itself."""
        columns = ("rule_id", "severity", "outcome", "actual", "expected", "message_zh")
        return _frame(self.report.checks, columns)


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One document of a file: an archive holds several.

    Attributes:
        member: Its path inside the archive, empty for the file itself.
        reports: The reports in it, in reading order.
        rejection: Why there are none, None where it could be read.
    """

    member: str
    reports: tuple[ParsedReport, ...]
    rejection: str | None


def parse(document: "str | PathLike[str] | bytes", name: str = "") -> tuple[ParsedDocument, ...]:
    """Reads a report without a warehouse; nothing is written.

    Args:
        document: Path of a file (HTML, PDF, Word, text, archive), or its bytes.
        name: Name of the file where bytes are given, a hint at the format at most.

    Returns:
        Its documents: one, or the members of an archive.

    Raises:
        OSError: The file cannot be read.
    """
    from pipeline.parsing import parse_file

    if isinstance(document, bytes):
        data = document
    else:
        path = Path(document)
        data, name = path.read_bytes(), path.name
    return tuple(
        ParsedDocument(
            one.member,
            tuple(_report(report) for report in one.reports),
            f"{one.rejection.reason}: {one.rejection.detail}" if one.rejection else None,
        )
        for one in parse_file(name, data)
    )


def _report(report: "Report") -> ParsedReport:
    return ParsedReport(
        agency_id=report.agency.agency_id if report.agency else None,
        agency=report.agency.name_zh if report.agency else report.agency_stated,
        year=report.year,
        title=report.title,
        doc_type=str(report.doc_type),
        template=report.template,
        notices=report.notices,
        report=report,
    )


def _frame(rows: "tuple[Any, ...]", columns: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd

    cells = [[_plain(getattr(row, name)) for name in columns] for row in rows]
    return pd.DataFrame(cells, columns=list(columns))


def _plain(value: object) -> object:
    """A value without the classes of this program; numbers stay exact."""
    return str(value) if isinstance(value, str) else value
