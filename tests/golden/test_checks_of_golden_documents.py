"""Every check of every golden document: its sides give what it says, and it is explained."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.forms.rules import rules
from pipeline.model.check import CheckResult, Kind, Operand, Outcome
from pipeline.parsing import parse_file

_HERE = Path(__file__).parent
_READ = {".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".csv.txt"}
_SUMS = (Kind.EQUALITY, Kind.INEQUALITY)


@cache
def _checks() -> tuple[tuple[str, CheckResult], ...]:
    return tuple(
        (path.name, check)
        for path in sorted(_HERE.rglob("*"))
        if path.suffix in _READ
        for document in parse_file(path.name, path.read_bytes())
        for report in document.reports
        for check in report.checks
    )


def _failed_sums() -> Iterator[tuple[str, CheckResult]]:
    for name, check in _checks():
        if check.kind in _SUMS and check.outcome is Outcome.FAIL:
            yield name, check


def _total(side: tuple[Operand, ...]) -> Decimal:
    return sum((one.value or Decimal(0) for one in side), Decimal(0))


@pytest.mark.slow
def test_the_sides_of_every_contradiction_reproduce_actual_and_expected() -> None:
    failed = list(_failed_sums())
    assert len(failed) > 20
    assert [
        (name, check.rule_id)
        for name, check in failed
        if (_total(check.left), _total(check.right)) != (check.actual, check.expected)
    ] == []


@pytest.mark.slow
def test_every_rule_that_golden_documents_meet_is_explained() -> None:
    assert {check.rule_id for _, check in _checks()} - rules().keys() == set()


@pytest.mark.slow
def test_no_message_groups_the_digits_of_a_year() -> None:
    said = [check.message_en + check.message_zh for _, check in _checks() if "Y1" in check.rule_id]
    assert said
    assert not [message for message in said if "2,0" in message]
