"""Generated reports with known values, over all forms and layouts, read end to end."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.model.check import Kind, Outcome
from pipeline.model.observation import Observation, Source
from pipeline.model.report import Report
from pipeline.parsing import parse_file
from tests.generator.corpus import Sample, sample
from tests.generator.layouts import LAYOUTS

DOCUMENTS = 150
GLUED_DOCUMENTS = 40
LEAST_SHARE = Decimal("0.995")
READ_IN_TABLES = (Source.TABLE, Source.RECONSTRUCTED)


def read(drawn: Sample) -> Report:
    (document,) = parse_file(drawn.name, drawn.data)
    assert document.rejection is None, drawn.name
    (report,) = document.reports
    assert report.template == drawn.form, drawn.name
    return report


def values(report: Report) -> dict[str, Observation]:
    found: dict[str, Observation] = {}
    for one in report.observations:
        if one.indicator_id and one.source in READ_IN_TABLES and one.value is not None:
            found.setdefault(one.indicator_id, one)
    return found


def wrong(drawn: Sample, report: Report) -> list[str]:
    """What came out with another value than was printed, or where none was."""
    return [key for key, one in values(report).items() if one.value != drawn.cells.get(key)]


def outcomes(report: Report) -> dict[str, Outcome]:
    return {
        check.rule_id: check.outcome
        for check in report.checks
        if check.kind in (Kind.EQUALITY, Kind.INEQUALITY)
    }


def failed(report: Report) -> set[str]:
    return {rule for rule, outcome in outcomes(report).items() if outcome is Outcome.FAIL}


def test_a_corpus_over_all_forms_and_layouts() -> None:
    cells = Counter[str]()
    for seed in range(DOCUMENTS):
        drawn = sample(seed)
        report = read(drawn)
        assert wrong(drawn, report) == [], drawn.name
        assert failed(report) == drawn.broken, drawn.name
        printed = {key for key, value in drawn.cells.items() if value is not None}
        cells["printed"] += len(printed)
        cells["read"] += len(printed & values(report).keys())
    assert Decimal(cells["read"]) / cells["printed"] >= LEAST_SHARE


def test_a_corpus_with_lost_cell_borders() -> None:
    cells = Counter[str]()
    for seed in range(GLUED_DOCUMENTS):
        drawn = sample(seed, layout="flattened", glue=0.3)
        report = read(drawn)
        assert wrong(drawn, report) == [], drawn.name
        assert failed(report) <= drawn.broken, drawn.name
        unread = drawn.broken - failed(report)
        assert all(outcomes(report)[rule] is Outcome.NOT_ASSESSABLE for rule in unread), drawn.name
        apart = {key for key, value in drawn.cells.items() if value is not None} - drawn.glued
        assert apart <= values(report).keys(), drawn.name
        cells["glued"] += len(drawn.glued)
        cells["read"] += len(drawn.glued & values(report).keys())
    assert Decimal(cells["read"]) / cells["glued"] >= Decimal("0.9")


@pytest.mark.parametrize("seed", range(12))
def test_text_without_any_space_between_words_gives_nothing_wrong(seed: int) -> None:
    drawn = sample(seed, layout="tight")
    assert wrong(drawn, read(drawn)) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), form=st.sampled_from("ABCD"), layout=st.sampled_from([*LAYOUTS]))
# Three labels in a row misprinted before one that recurs.
@example(seed=2912, form="B", layout="html")
def test_values_go_round_trip(seed: int, form: str, layout: str) -> None:
    drawn = sample(seed, form=form, layout=layout)
    report = read(drawn)
    assert wrong(drawn, report) == []
    assert failed(report) == drawn.broken
    missing = {key for key, value in drawn.cells.items() if value is not None} - values(
        report
    ).keys()
    assert len(missing) <= len(drawn.cells) * (1 - LEAST_SHARE) + 1
