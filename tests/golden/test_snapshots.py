"""Every document is read as its page says; a change is seen and taken over on purpose.

What else holds of all golden documents together stands here too: they are read once a module.
"""

import difflib
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from benchmarks.accuracy import FLOORS, prose, tables, worse
from pipeline.forms.rules import rules
from pipeline.model.check import CheckResult, Kind, Operand, Outcome
from pipeline.model.report import Report
from tests.golden.snapshot import KEPT, documents, parsed, snapshot_of

DOCUMENTS = documents()
pytestmark = pytest.mark.skipif(not KEPT.exists(), reason="no page is kept yet: make accept")
# LibreOffice opens these, which takes longer than everything else together.
OPENED_BY_OFFICE = {".doc", ".odt", ".rtf"}
SUMS = (Kind.EQUALITY, Kind.INEQUALITY)
DRAWN_EACH = 2
"""Generated reports of each layout and form; `make accuracy` draws five."""


NAMES = [
    pytest.param(name, marks=[pytest.mark.slow] * (path.suffix in OPENED_BY_OFFICE))
    for name, path in DOCUMENTS.items()
]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_as_its_page_says(name: str) -> None:
    kept = (KEPT / f"{name}.txt").read_text("utf-8").splitlines()
    now = snapshot_of(DOCUMENTS[name]).splitlines()
    told = difflib.unified_diff(kept, now, "kept", "now", n=0, lineterm="")
    changed = "\n".join(told)
    assert not changed, f"{changed}\nif this is right: make accept ARGUMENTS={name}"


def test_every_page_has_its_document() -> None:
    pages = {path.relative_to(KEPT).as_posix() for path in KEPT.rglob("*.txt")}
    assert pages == {f"{name}.txt" for name in DOCUMENTS}


@cache
def checks() -> tuple[tuple[str, CheckResult], ...]:
    return tuple(
        (name, check)
        for name, path in DOCUMENTS.items()
        if path.suffix not in OPENED_BY_OFFICE
        for document in parsed(path)
        for report in document.reports
        for check in report.checks
    )


def failed_sums() -> Iterator[tuple[str, CheckResult]]:
    for name, check in checks():
        if check.kind in SUMS and check.outcome is Outcome.FAIL:
            yield name, check


def total(side: tuple[Operand, ...]) -> Decimal:
    return sum((one.value or Decimal(0) for one in side), Decimal(0))


@pytest.mark.slow
def test_the_sides_of_every_contradiction_reproduce_actual_and_expected() -> None:
    failed = list(failed_sums())
    assert len(failed) > 20
    assert [
        (name, check.rule_id)
        for name, check in failed
        if (total(check.left), total(check.right)) != (check.actual, check.expected)
    ] == []


@pytest.mark.slow
def test_every_rule_that_golden_documents_meet_is_explained() -> None:
    assert {check.rule_id for _, check in checks()} - rules().keys() == set()


@pytest.mark.slow
def test_no_message_groups_the_digits_of_a_year() -> None:
    said = [check.message_en + check.message_zh for _, check in checks() if "Y1" in check.rule_id]
    assert said
    assert not [message for message in said if "2,0" in message]


def only_report(path: Path) -> Report:
    (document,) = parsed(path)
    return document.reports[0]


@pytest.mark.slow
def test_no_group_of_documents_is_read_worse_than_its_floor() -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    assert worse({**tables(DRAWN_EACH, only_report), **prose()}, floors) == []
