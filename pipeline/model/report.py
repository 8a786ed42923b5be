"""A report: one agency's account of one year, found in a document."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.agency import Agency
from pipeline.model.check import CheckResult
from pipeline.model.fact import Fact, Gap
from pipeline.model.observation import Observation, Scope

NOT_PLACED = "could not be placed"
"""What a notice says where the agency is not known; the reason follows in brackets."""


class DocType(StrEnum):
    """What kind of paper it is. Only annual reports feed facts."""

    ANNUAL_REPORT = "annual_report"
    WORK_SUMMARY = "work_summary"
    OTHER = "other"


class OtherKind(StrEnum):
    """What a paper is that looks like an annual report and is none."""

    PART_OF_YEAR = "part_of_year"
    SAMPLE = "sample"
    LIST_OF_AGENCIES = "list_of_agencies"
    ERRATUM = "erratum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of a document, with everything seen in it.

    Attributes:
        part: Number of the report inside its document, from 1.
        title: Title as printed, None where there is none.
        agency: Who reports; ``agency_id`` begins with ``unresolved.`` where the name
            could not be placed; None where the report is masked or unsigned.
        agency_stated: The name as printed, None where there is none.
        year: The year reported on, None where the document does not say.
        period_start: First day of the period, where the document states one.
        period_end: Last day of the period, where the document states one.
        template: Letter of the form, ``none`` without a statistics table.
        doc_type: What kind of paper it is.
        other_kind: Which other paper it is, where that can be told; None for accounts of a year.
        scope: Whose numbers the report gives.
        published_on: Day of publication as the document states it.
        is_correction: Whether it says that it stands in the place of an earlier one.
        char_start: Offset of the report in the decoded text.
        char_end: Offset after it.
        observations: Every number seen, in reading order.
        facts: At most one value an indicator; empty unless an annual report of a
            known agency and year.
        gaps: Indicators that its tables print without a usable value; empty where no facts
            can be.
        checks: Every check evaluated on this report alone.
        unfit: Decisions of people that do not fit what the report prints, each with why.
        notices: What was dropped or doubted, one short sentence each.
    """

    part: int
    title: str | None
    agency: Agency | None
    agency_stated: str | None
    year: int | None
    period_start: date | None
    period_end: date | None
    template: str
    doc_type: DocType
    scope: Scope
    published_on: date | None
    char_start: int
    char_end: int
    observations: tuple[Observation, ...]
    facts: tuple[Fact, ...]
    checks: tuple[CheckResult, ...]
    gaps: tuple[Gap, ...] = ()
    unfit: tuple[tuple[str, str], ...] = ()
    is_correction: bool = False
    other_kind: OtherKind | None = None
    notices: tuple[str, ...] = ()
