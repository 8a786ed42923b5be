"""A table most of whose sums fail is not published; one with slips of its own is."""

import random

import pytest

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
