"""Reports made up after the ways real ones are laid out, by someone who had not seen the reader.

``layouts/documents.csv`` names agency, year and the sums that do not hold; the facts of each
document lie beside it: ``yes`` must come out, ``no`` cannot be read with certainty, ``gap``
could be and is not yet. None may come out wrong.
"""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.extract.observation import Source
from pipeline.extract.report import Report
from pipeline.facts.check import Kind, Outcome, Severity
from pipeline.facts.choice import choose_facts
from pipeline.parsing import parse_file

FOLDER = Path(__file__).parent / "layouts"
READ_IN_TABLES = (Source.TABLE, Source.RECONSTRUCTED)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


DOCUMENTS = rows(FOLDER / "documents.csv")
each_document = pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: row["document"])


@cache
def report(name: str) -> Report:
    (document,) = parse_file(name, (FOLDER / name).read_bytes())
    assert document.rejection is None
    (only,) = document.reports
    return only


def numbers(name: str) -> dict[str, Decimal]:
    """Facts of the tables; those it would have where the agency could not be placed."""
    read = report(name)
    assert read.year is not None
    facts = read.facts or choose_facts(read.observations, read.year)
    return {fact.indicator_id: fact.value for fact in facts if fact.source in READ_IN_TABLES}


@each_document
def test_certain_numbers_come_out_and_none_wrong(row: dict[str, str]) -> None:
    got = numbers(row["document"])
    gold = rows((FOLDER / row["document"]).with_suffix(".csv"))
    every = {one["indicator_id"]: Decimal(one["value"]) for one in gold}
    certain = {one["indicator_id"] for one in gold if one["certain"] == "yes"}
    assert {key: value for key, value in got.items() if every.get(key) != value} == {}
    assert certain - got.keys() == set()


@each_document
def test_agency_and_year_are_those_of_the_report(row: dict[str, str]) -> None:
    read = report(row["document"])
    assert read.agency is not None
    assert (read.agency.name_zh, read.year) == (row["agency"], int(row["year"]))


@each_document
def test_broken_sums_are_reported_and_no_others(row: dict[str, str]) -> None:
    failed = {
        check.rule_id
        for check in report(row["document"]).checks
        if check.outcome is Outcome.FAIL
        and check.kind is Kind.EQUALITY
        and check.severity is Severity.ERROR
    }
    assert failed == set(row["broken"].split())


def test_every_document_is_listed() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.suffix != ".csv"}
    assert files == {row["document"] for row in DOCUMENTS}
