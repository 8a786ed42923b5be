"""Trends and series: what is joined from year to year, and what is not."""

from dataclasses import replace
from decimal import Decimal

import pytest
import yaml
from msgspec import structs
from pydantic import ValidationError
from stated_corpus import FAILED, GAOQING, Corpus, county, report

from pipeline.forms.catalogue import DATA
from pipeline.forms.crosswalk import Crosswalk, crosswalk
from pipeline.model.check import Severity
from tests.generator.values import REASONS


def test_a_trend_shows_change_gap_and_change_of_form(corpus: Corpus) -> None:
    for year, value, form in [
        (2016, "4", "B"),
        (2017, "6", "B"),
        (2019, "3", "C"),
        (2020, "0", "C"),
    ]:
        stated = replace(report({"requests.received": value}, year=year), template=form)
        corpus.add(f"{year}.txt", stated)
    corpus.build_only("indicator_trend")
    assert corpus.query(
        "SELECT year, change, change_rate, has_gap, method_break FROM indicator_trend ORDER BY year"
    ) == [
        (2016, None, None, False, None),
        (2017, Decimal(2), 0.5, False, None),
        (2019, None, None, True, None),
        (2020, Decimal(-3), -1.0, False, None),
    ]


def test_a_change_is_worth_no_more_than_either_of_its_years(corpus: Corpus) -> None:
    """Who asked for what is undisputed got changes against values that a report contradicts."""
    doubt = structs.replace(FAILED, rule_id="X-T1", severity=Severity.WARN)
    checks = {2016: (FAILED,), 2018: (doubt,), 2020: (FAILED,)}
    for year in range(2015, 2021):
        told = {"staff.total": str(year - 2000)}
        corpus.add(f"{year}.txt", report(told, year=year, checks=checks.get(year, ())))
    corpus.build_only("indicator_trend")
    assert corpus.query(
        "SELECT year, change, change_rate IS NULL, standing, value_standing, previous_standing "
        "FROM indicator_trend ORDER BY year"
    ) == [
        (2015, None, True, "undisputed", "undisputed", None),
        (2016, None, True, "disputed", "disputed", "undisputed"),
        (2017, None, True, "undisputed", "undisputed", "disputed"),
        (2018, 1, False, "doubtful", "doubtful", "undisputed"),
        (2019, 1, False, "doubtful", "undisputed", "doubtful"),
        (2020, None, True, "disputed", "disputed", "undisputed"),
    ]


def test_trend_and_series_break_at_the_same_years(corpus: Corpus) -> None:
    """A trend marked every change of form, a series only where the concept changed."""
    for year, form in [(2013, "A"), (2018, "B"), (2019, "C"), (2021, "D")]:
        values = {"requests.received": "4", "reconsideration.total": "1"}
        corpus.add(f"{year}.txt", replace(report(values, year=year), template=form))
    corpus.build_only("indicator_trend", "series")
    for indicator, breaks in [
        ("requests.received", [(2018, "A→B", "旧表多按条计")]),
        ("reconsideration.total", [(2019, "B→C", "2019年起另计尚未审结")]),
    ]:
        for view, name in (("indicator_trend", "indicator_id"), ("series", "series_id")):
            found = corpus.query(
                f"SELECT year, method_break, note_zh FROM {view} WHERE {name} = '{indicator}' "
                "AND method_break IS NOT NULL AND year > 2013 ORDER BY year"
            )
            assert found[-len(breaks) :] == breaks, view


def test_a_series_adds_what_a_later_form_merges_and_marks_the_break(corpus: Corpus) -> None:
    """Of each agency by itself: no first year breaks with the last one of another."""
    answered = {"requests.answered.already_public": "2", "requests.answered.granted": "3"}
    disputed = structs.replace(FAILED, indicator_ids=("requests.answered.granted",))
    agencies = (GAOQING, county(370321, "桓台县质量技术监督局"))
    for number, agency in enumerate(agencies):
        first = report(answered, agency, year=2018, checks=(disputed,))
        corpus.add(f"{number}_2018.txt", first)
        for year, form in [(2019, "C"), (2021, "D")]:
            later = report({"requests.processed.granted": "7"}, agency, year=year)
            corpus.add(f"{number}_{year}.txt", replace(later, template=form))
    corpus.build_only("series")
    assert corpus.query(
        "SELECT year, value, template, method_break, standing FROM series "
        "WHERE series_id = 'requests.granted' ORDER BY agency_id, year"
    ) == 2 * [
        (2018, Decimal(5), "B", None, "disputed"),
        (2019, Decimal(7), "C", "B→C", "undisputed"),
        (2021, Decimal(7), "D", None, "undisputed"),
    ]


def test_a_series_has_no_value_while_a_part_is_missing(corpus: Corpus) -> None:
    corpus.add("2018.txt", report({"requests.answered.granted": "3"}))
    corpus.build_only("series")
    assert corpus.query("FROM series WHERE series_id = 'requests.granted'") == []


def test_denials_of_all_kinds_add_up_only_where_all_are_reported(corpus: Corpus) -> None:
    denied = {f"requests.processed.denied.{reason}": "1" for reason in REASONS}
    for year in (2021, 2022):
        stated = report({**denied, "requests.processed": "16"}, year=year)
        corpus.add(f"{year}.txt", replace(stated, template="D"))
        denied.popitem()
    corpus.build_only("request_outcomes")
    assert corpus.query(
        "SELECT year, numerator, denominator, rate FROM request_outcomes WHERE outcome = 'denied'"
    ) == [(2021, Decimal(8), Decimal(16), 0.5)]


def test_no_series_joins_what_only_looks_alike() -> None:
    text = (DATA / "crosswalk.yml").read_text("utf-8")
    declared = yaml.safe_load(text)
    granted = declared["series"]["requests.granted"]["forms"]
    granted["B"]["sum"] = ["requests.answered.denied"]
    granted["C"]["sum"] = ["requests.processed.denied"]
    with pytest.raises(ValidationError, match=r"requests\.granted joins"):
        Crosswalk.model_validate(declared)
    assert len(crosswalk().series) > 20


def test_an_unknown_indicator_is_refused() -> None:
    part = {"sum": ["requests.recieved"], "relation": "same"}
    series = {"a": {"zh": "甲", "en": "a", "unit": "件", "forms": {"B": part}}}
    with pytest.raises(ValidationError, match=r"requests\.recieved"):
        Crosswalk.model_validate({"series": series, "look_alikes": []})


def test_an_outcome_stands_beside_what_came_in_its_own_year(corpus: Corpus) -> None:
    denied = {f"requests.processed.denied.{reason}": "1" for reason in REASONS}
    for year, came in ((2021, "20"), (2022, "30")):
        values = {**denied, "requests.processed": "16", "requests.received": came}
        corpus.add(f"{year}.txt", replace(report(values, year=year), template="D"))
    corpus.build_only("request_outcomes")
    assert corpus.query(
        "SELECT year, received FROM request_outcomes WHERE outcome = 'denied' ORDER BY ALL"
    ) == [(2021, Decimal(20)), (2022, Decimal(30))]


_OTHER = "requests.processed.other"
_ROWS = {f"{_OTHER}.not_amended": "1", f"{_OTHER}.not_paid": "0", f"{_OTHER}.residual": "2"}


_PRINTED: list[tuple[dict[str, str], int, list[str]]] = [
    ({_OTHER: "4"}, 4, [_OTHER]),
    (_ROWS, 3, [*_ROWS]),
    ({**_ROWS, _OTHER: "9"}, 3, [*_ROWS]),
    ({f"{_OTHER}.not_amended": "1", _OTHER: "4"}, 4, [_OTHER]),
    ({f"{_OTHER}.not_amended": "1"}, 0, []),
]
"""Rows of a report, the number of its outcome, and the rows that it is of."""


def test_what_a_report_prints_in_one_row_is_not_said_to_be_untold(corpus: Corpus) -> None:
    """Some reports keep the older table, with one row where the form of the year has three."""
    for code, (rows, _, _) in enumerate(_PRINTED, 370300):
        values = {"requests.processed": "10", **rows}
        stated = report(values, county(code, "某县某局"), year=2023)
        corpus.add(f"{code}.txt", replace(stated, template="D"))
    corpus.build_only("request_outcomes", "series")
    found = corpus.query(
        "SELECT agency_id[:6]::INTEGER, outcome, numerator, numerator_ids FROM request_outcomes "
        "ORDER BY agency_id, outcome DESC"
    )
    told = []
    for code, (_, other, ids) in enumerate(_PRINTED, 370300):
        told += [(code, "other", other, ids)] if ids else []
        told.append((code, "not_told", 10 - other, []))
    assert found == told
    assert corpus.query(
        "SELECT agency_id[:6]::INTEGER, value, expression FROM series "
        "WHERE series_id = 'requests.other_handling' ORDER BY agency_id"
    ) == [
        (code, other, " + ".join(ids))
        for code, (_, other, ids) in enumerate(_PRINTED, 370300)
        if ids
    ]
