"""A table most of whose sums fail is not published; one with slips of its own is."""

import random

import pytest
from msgspec import structs

from pipeline.facts.adding_up import contradicted_tables
from pipeline.facts.identity_checks import check_identities
from pipeline.model.check import CheckResult, Outcome
from pipeline.model.fact import Want
from pipeline.model.report import Report
from pipeline.parsing import parse_file
from tests.generator.layouts import as_html
from tests.generator.paper import Style, set_form
from tests.generator.values import draw

AGENCY, YEAR = "福建省平潭县公安局", 2022
IDS = ("requests.received", "requests.processed.granted", "requests.processed.other.residual")


def report_with_wrong_totals(rows: int) -> Report:
    """A report in which so many rows of the applicants' table have the total of another year."""
    rng = random.Random(7)
    values = draw("D", rng)
    totals = [key for key in values.by_indicator if f"{key}:natural_person" in values.by_indicator]
    for total in totals[:rows]:
        values.by_indicator[total] += 90
    style = Style(half_brackets=False, point=".", notes=True, units=True)
    page = as_html(AGENCY, YEAR, set_form(values, style), rng)
    ((report,),) = (one.reports for one in parse_file("page.html", page))
    assert report.agency is not None
    return report


@pytest.mark.parametrize("rows", [0, 3])
def test_a_report_with_slips_of_its_own_is_published(rows: int):
    report = report_with_wrong_totals(rows)
    assert set(IDS) <= {fact.indicator_id for fact in report.facts}
    assert not [notice for notice in report.notices if "sums do not hold" in notice]


def test_a_table_that_does_not_add_up_stays_observations_with_one_notice():
    report = report_with_wrong_totals(20)
    facts = {fact.indicator_id for fact in report.facts}
    assert not {one for one in facts if one.startswith("requests.")}
    assert "reconsideration.total" in facts
    assert {"requests.received", "requests.received:natural_person"} <= {
        one.indicator_id for one in report.observations if one.value is not None
    }
    gaps = {gap.indicator_id: gap.want for gap in report.gaps}
    assert gaps["requests.received"] is Want.NOT_ADDING_UP
    (notice,) = [notice for notice in report.notices if "sums do not hold" in notice]
    assert notice.startswith("Table 3: ")


def sums(failing: int, holding: int) -> list[CheckResult]:
    """So many sums of the applicants' table that fail, and so many that hold."""
    (check, *_) = (
        one
        for one in check_identities([], "D", YEAR, {})
        if one.rule_id == "CD-E3:requests.received"
    )
    return [structs.replace(check, outcome=Outcome.FAIL)] * failing + [
        structs.replace(check, outcome=Outcome.PASS)
    ] * holding


@pytest.mark.parametrize(
    ("failing", "holding", "is_withheld"),
    [(8, 8, True), (7, 8, False), (10, 20, True), (9, 21, False), (0, 8, False)],
)
def test_eight_failing_sums_and_three_in_ten_withhold_a_table_and_no_fewer(
    failing: int, holding: int, *, is_withheld: bool
):
    told = list(contradicted_tables(sums(failing, holding), "D"))
    assert [(one.table, one.failing, one.assessable) for one in told] == [
        ("3", failing, failing + holding)
    ] * is_withheld


def test_sums_that_cannot_be_told_count_neither_way():
    unknown = check_identities([], "D", YEAR, {})
    assert {one.outcome for one in unknown} == {Outcome.NOT_ASSESSABLE}
    (told,) = contradicted_tables([*sums(8, 8), *unknown], "D")
    assert (told.failing, told.assessable) == (8, 16)
