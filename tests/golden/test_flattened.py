"""Documents as sites and crawlers really print them, and the facts that each holds.

``documents.csv`` says what is odd about each document. Its facts lie beside it: a value
that is certain must come out; one that is not may be left out, and may not come out wrong.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.model.observation import Source, Status
from pipeline.model.report import Report
from pipeline.parsing import parse_file

FOLDER = Path(__file__).parent / "flattened"
REPORTS = Path(__file__).parent / "reports"
SEEDS = Path(__file__).parents[2] / "data" / "raw"
READ_IN_TABLES = (Source.TABLE, Source.RECONSTRUCTED)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


DOCUMENTS = [row["document"] for row in rows(FOLDER / "documents.csv")]


def report(path: Path) -> Report:
    (document,) = parse_file(path.name, path.read_bytes())
    assert document.rejection is None
    (only,) = document.reports
    return only


def table_facts(read: Report) -> dict[str, Decimal]:
    return {fact.indicator_id: fact.value for fact in read.facts if fact.source in READ_IN_TABLES}


def gold(path: Path, certain: tuple[str, ...] = ("yes", "no")) -> dict[str, Decimal]:
    return {
        row["indicator_id"]: Decimal(row["value"])
        for row in rows(path)
        if row.get("certain", "yes") in certain
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_certain_comes_out_and_nothing_wrong(name: str) -> None:
    path = FOLDER / name
    got = table_facts(report(path))
    every, certain = gold(path.with_suffix(".csv")), gold(path.with_suffix(".csv"), ("yes",))
    assert {key: value for key, value in got.items() if every.get(key) != value} == {}
    assert certain.keys() - got.keys() == set()


def test_every_document_is_listed() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.suffix != ".csv"}
    assert files == set(DOCUMENTS)


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.*[tf]")), ids=lambda path: path.stem)
def test_real_reports_come_out_to_the_number(path: Path) -> None:
    assert table_facts(report(path)) == gold(path.with_suffix(".csv"))


@pytest.mark.parametrize("number", ["001", "002", "004"])
def test_the_samples_tables_come_out_to_the_number(number: str) -> None:
    (path,) = SEEDS.glob(f"*/{number}_*.txt")
    facts = rows(Path(__file__).parent / "narrative" / "table_facts.csv")
    expected = {
        row["indicator_id"]: Decimal(row["value"]) for row in facts if row["seed"] == path.stem
    }
    assert table_facts(report(path)) == expected


def test_an_ambiguous_row_keeps_what_it_may_mean() -> None:
    read = report(FOLDER / "glued_rows.txt")
    unread = [one for one in read.observations if one.value_status is Status.UNREADABLE]
    assert {one.indicator_id for one in unread} == {
        "normative_documents.issued",
        "normative_documents.repealed",
        "normative_documents.in_force",
    }
    assert "6 2 33440" in unread[0].candidates
    assert any("6233440" in notice for notice in read.notices)


def test_unknown_rows_are_kept_as_printed_under_no_indicator() -> None:
    read = report(FOLDER / "unknown_rows.txt")
    unknown = {
        one.label_raw: one.value_raw
        for one in read.observations
        if one.indicator_id is None and one.source is Source.TABLE
    }
    assert unknown["行政检查"] == "77"
    assert any("工作秘密" in label for label in unknown)


def test_values_printed_twice_and_differently_are_an_error_and_no_fact() -> None:
    read = report(FOLDER / "printed_twice_differently.txt")
    failed = [check for check in read.checks if check.rule_id == "P-T1" and check.difference]
    assert failed
    assert not table_facts(read).keys() & {check.indicator_ids[0] for check in failed}


def test_the_column_of_another_year_keeps_its_year() -> None:
    read = report(FOLDER / "national_two_years.txt")
    seen = {one.year for one in read.observations if one.indicator_id == "requests.received"}
    assert seen >= {2017, 2018}


def test_sentences_about_the_subject_are_no_table() -> None:
    read = report(FOLDER / "prose_only.txt")
    assert read.template == "none"
    assert not [one for one in read.observations if one.source in READ_IN_TABLES]
