"""Reports made up after the ways real ones are laid out, by someone who had not seen the reader.

In ``layouts`` they follow the ways of sites and offices, in ``crawled`` those of the tools that
turn a page into text. ``documents.csv`` names agency, year and the sums that do not hold; the
facts of each document lie beside it: ``yes`` must come out, ``no`` cannot be read with
certainty, ``gap`` could be and is not yet. None may come out wrong.
"""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.facts.selection import choose_facts, settled
from pipeline.model.check import Kind, Outcome, Severity
from pipeline.model.observation import Source
from pipeline.model.report import Report
from pipeline.parsing import parse_file

FOLDERS = [Path(__file__).parent / name for name in ("layouts", "crawled")]
READ_IN_TABLES = (Source.TABLE, Source.RECONSTRUCTED)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


DOCUMENTS = [
    {**row, "folder": folder.name} for folder in FOLDERS for row in rows(folder / "documents.csv")
]
each_document = pytest.mark.parametrize("row", DOCUMENTS, ids=lambda row: row["document"])


def place(row: dict[str, str]) -> Path:
    return Path(__file__).parent / row["folder"] / row["document"]


@cache
def report(path: Path) -> Report:
    (document,) = parse_file(path.name, path.read_bytes())
    assert document.rejection is None
    (only,) = document.reports
    return only


def numbers(path: Path) -> dict[str, Decimal]:
    """Facts of the tables; those it would have where the agency could not be placed."""
    read = report(path)
    assert read.year is not None
    seen = read.observations
    facts = read.facts or choose_facts(seen, settled(seen, read.year, read.scope))
    return {fact.indicator_id: fact.value for fact in facts if fact.source in READ_IN_TABLES}


@each_document
def test_certain_numbers_come_out_and_none_wrong(row: dict[str, str]) -> None:
    got = numbers(place(row))
    gold = rows(place(row).with_suffix(".csv"))
    every = {one["indicator_id"]: Decimal(one["value"]) for one in gold}
    certain = {one["indicator_id"] for one in gold if one["certain"] == "yes"}
    assert {key: value for key, value in got.items() if every.get(key) != value} == {}
    assert certain - got.keys() == set()


@each_document
def test_agency_and_year_are_those_of_the_report(row: dict[str, str]) -> None:
    read = report(place(row))
    assert read.agency is not None
    assert (read.agency.name_zh, read.year) == (row["agency"], int(row["year"]))


@each_document
def test_broken_sums_are_reported_and_no_others(row: dict[str, str]) -> None:
    failed = {
        check.rule_id
        for check in report(place(row)).checks
        if check.outcome is Outcome.FAIL
        and check.kind is Kind.EQUALITY
        and check.severity is Severity.ERROR
    }
    assert failed == set(row["broken"].split())


def test_every_document_is_listed() -> None:
    files = {path for folder in FOLDERS for path in folder.iterdir() if path.suffix != ".csv"}
    assert files == set(map(place, DOCUMENTS))
