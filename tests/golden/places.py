"""Where everything was seen that a document is read as, for small documents of one kind each.

A line a row of a table: page, table and row, the indicator and the label as printed with what
stands above it, then the cells by their columns; a line a number that a sentence tells. Numbers
are written as in ``snapshot``, with ``!`` and how well they are trusted where that is not wholly.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pipeline.model.observation import Observation
from pipeline.model.report import Report
from tests.golden.snapshot import GOLDEN, number, page_of

FOLDER = GOLDEN / "kinds"
PAGES = GOLDEN / "places"
_LONGEST_LABEL, _LONGEST_QUOTE = 60, 60


def kinds() -> dict[str, Path]:
    """The documents by their names."""
    return {path.name: path for path in sorted(FOLDER.iterdir())}


def places_of(path: Path) -> str:
    """The page of a document."""
    return page_of(path, _seen)


def _seen(report: Report) -> Iterator[str]:
    agency = report.agency
    if agency:
        where = f"{agency.region_code} {agency.region_name} of {agency.province}"
        yield f"place {where} {agency.level} {agency.function} {report.agency_stated}"
    days = f"{report.period_start} to {report.period_end} published {report.published_on}"
    rest = " ".join(filter(None, [report.other_kind, "correction" * report.is_correction]))
    yield f"period {days} {rest}".rstrip()
    facts = {fact.observation for fact in report.facts}
    seen = [(_place(one), one, n in facts) for n, one in enumerate(report.observations)]
    for place, row in groupby(seen, key=lambda one: one[0]):
        cells = [(one, is_fact) for _, one, is_fact in row]
        bases = {(one.indicator_id or "unknown").partition(":")[0] for one, _ in cells}
        base = f" {bases.pop()}" if len(bases) == 1 else ""
        numbers = " ".join(f"{_column(one, base)}{_said(one, is_fact)}" for one, is_fact in cells)
        yield f"{place}{base} = {numbers}"
    yield from (f"told {notice}" for notice in report.notices)


def _place(one: Observation) -> str:
    label = "".join(one.section_path.split())[-_LONGEST_LABEL:]
    if one.table_no is None:
        quote = "".join(one.quote.split())[:_LONGEST_QUOTE]
        return f"{one.char_start}-{one.char_end} {label} {one.unit_raw} “{quote}”"
    page = "" if one.page is None else f"p{one.page}"
    return f"{page}t{one.table_no}r{one.row_no} {label} {one.unit_raw}"


def _column(one: Observation, base: str) -> str:
    column = "" if one.col_no is None else f"{one.col_no}"
    shared, mark, applicant = (one.indicator_id or "unknown").partition(":")
    return f"{column}{'' if base else shared}{mark}{applicant[:5]}:"


def _said(one: Observation, is_fact: bool) -> str:
    sure = "" if one.confidence == 1 else f"!{one.confidence:.2f}"
    return number(one, is_fact=is_fact) + sure + "".join(f"|{way}" for way in one.candidates)
