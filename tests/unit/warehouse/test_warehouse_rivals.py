"""Two reports on one agency and year: what tells which counts, and what is said if nothing does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs
from stated_corpus import FAILED, GAOQING, Corpus, report

from pipeline.model.check import CheckResult, Kind, Outcome, Severity
from pipeline.model.observation import Qualifier
from pipeline.model.report import Report
from pipeline.warehouse.publishing import seeds
from pipeline.warehouse.reviewed.overrides import Override

ITEMS, RECEIVED, HELD = "disclosure.items", "requests.received", "meetings.held"
FACTS = "SELECT indicator_id, value, standing FROM facts ORDER BY indicator_id"
CONTESTED = (
    "SELECT indicator_ids, actual, expected, left_values, right_values FROM contradictions "
    "WHERE rule_id = 'I-T2' ORDER BY ALL"
)
NAMED = "facts", "contradictions", "fact_history", "dim_report"

ODD_YEAR = CheckResult(
    rule_id="I-Y1",
    kind=Kind.CROSS_SOURCE,
    severity=Severity.WARN,
    outcome=Outcome.FAIL,
    indicator_ids=(),
    expected=Decimal(2018),
    actual=Decimal(2017),
    difference=Decimal(-1),
    message_zh="报告年度读作2018年，但标题为2017年",
    message_en="the year is read as 2018, but the title says 2017",
)


@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("z.txt", "0.txt")])
def test_no_file_name_decides_which_of_two_reports_counts(
    corpus: Corpus, names: tuple[str, str]
) -> None:
    """Both came in one night without a day: one of two numbers stands, and it says so."""
    corpus.add(names[0], report({ITEMS: "17", RECEIVED: "100", HELD: "1"}))
    corpus.add(names[1], report({ITEMS: "17", RECEIVED: "61"}))
    corpus.build_only(*NAMED)
    assert corpus.query(FACTS) == [
        (ITEMS, 17, "undisputed"),
        (HELD, 1, "undisputed"),
        (RECEIVED, 100, "disputed"),
    ]
    assert corpus.query(CONTESTED) == [([RECEIVED], 100, 61, ["100"], ["61"])]
    assert corpus.query("SELECT count(*) FROM fact_history") == [(0,)]
    assert corpus.query("SELECT DISTINCT reports FROM facts") == [(2,)]


def test_an_estimate_in_one_of_two_reports_contests_no_number_of_the_other(
    corpus: Corpus,
) -> None:
    told = report({RECEIVED: "60"})
    about = tuple(structs.replace(fact, qualifier=Qualifier.APPROXIMATE) for fact in told.facts)
    corpus.add("a.txt", report({ITEMS: "17", RECEIVED: "61"}))
    corpus.add("b.txt", replace(told, facts=about))
    corpus.build_only(*NAMED)
    assert corpus.query(FACTS) == [(ITEMS, 17, "undisputed"), (RECEIVED, 61, "undisputed")]
    assert corpus.query(CONTESTED) == []


def test_of_two_reports_the_one_without_errors_counts(corpus: Corpus) -> None:
    corpus.add("a.txt", report({RECEIVED: "100", ITEMS: "3"}, checks=(FAILED,)))
    corpus.add("b.txt", report({RECEIVED: "61"}))
    corpus.build_only(*NAMED)
    assert (RECEIVED, 61, "disputed") in corpus.query(FACTS)


def test_a_report_without_a_day_is_not_later_than_one_with_a_day(corpus: Corpus) -> None:
    corpus.add("a.txt", report({RECEIVED: "100", ITEMS: "3"}, published_on=date(2019, 3, 1)))
    corpus.add("b.txt", report({RECEIVED: "61"}))
    corpus.build_only(*NAMED)
    assert (RECEIVED, 100, "disputed") in corpus.query(FACTS)
    assert corpus.query("SELECT count(*) FROM fact_history") == [(0,)]


@pytest.mark.parametrize("days", [(None, None), (20, 20), (20, None), (None, 20)])
@pytest.mark.parametrize("order", [("a.txt", "z.txt"), ("z.txt", "a.txt")])
def test_the_night_a_report_came_tells_not_that_it_is_later(
    corpus: Corpus, order: tuple[str, str], days: tuple[int | None, int | None]
) -> None:
    """Two sites print two numbers: they dispute each other, whichever site was asked first."""
    printed = {"a.txt": {RECEIVED: "61"}, "z.txt": {RECEIVED: "100", ITEMS: "3"}}
    for name in order:
        day = days[name == "z.txt"]
        published_on = None if day is None else date(2019, 1, day)
        corpus.add(name, report(printed[name], published_on=published_on))
        corpus.parse()
    corpus.build_only(*NAMED)
    assert (RECEIVED, 100, "disputed") in corpus.query(FACTS)
    assert corpus.query(CONTESTED) == [([RECEIVED], 100, 61, ["100"], ["61"])]
    assert corpus.query("SELECT count(*) FROM fact_history") == [(0,)]


def test_an_old_copy_found_elsewhere_undoes_no_file_that_was_overwritten(corpus: Corpus) -> None:
    """A mirror brings back what the agency itself has replaced, on the same printed day."""
    old, new = ({RECEIVED: value, ITEMS: items} for value, items in (("100", "3"), ("61", "3")))
    corpus.add("a.txt", report(old, published_on=date(2019, 1, 20)), content="the first")
    corpus.parse()
    corpus.add("a.txt", report(new, published_on=date(2019, 1, 20)), content="the second")
    corpus.parse()
    corpus.add("mirror.txt", report(old, published_on=date(2019, 1, 20)), content="the first")
    corpus.build_only(*NAMED)
    assert (RECEIVED, 61, "undisputed") in corpus.query(FACTS)
    assert corpus.query(CONTESTED) == []
    assert corpus.query("SELECT value FROM fact_history") == [(100,)]


def test_one_that_says_it_corrects_is_the_later_one(corpus: Corpus) -> None:
    corpus.add("z.txt", report({RECEIVED: "100", ITEMS: "3"}, published_on=date(2019, 1, 20)))
    corpus.add("a.txt", replace(report({RECEIVED: "61"}), is_correction=True))
    corpus.build_only(*NAMED)
    assert (RECEIVED, 61, "undisputed") in corpus.query(FACTS)
    assert corpus.query(CONTESTED) == []


def test_a_correction_without_a_day_takes_the_place_of_what_is_found_after_it(
    corpus: Corpus,
) -> None:
    corpus.add("a.txt", replace(report({RECEIVED: "61"}), is_correction=True))
    corpus.parse()
    corpus.add("z.txt", report({RECEIVED: "100"}, published_on=date(2019, 1, 20)))
    corpus.build_only(*NAMED)
    assert corpus.query(FACTS) == [(RECEIVED, 61, "undisputed")]


def doubted(values: dict[str, str], day: date | None = None) -> Report:
    return report(values, published_on=day, checks=(ODD_YEAR,))


def test_a_report_of_a_doubtful_year_takes_no_place_of_a_clean_one(corpus: Corpus) -> None:
    corpus.add("a.txt", report({RECEIVED: "61"}, published_on=date(2019, 1, 20)))
    corpus.add("b.txt", doubted({RECEIVED: "100", ITEMS: "3", HELD: "1"}, date(2019, 3, 1)))
    corpus.build_only(*NAMED)
    assert corpus.query(FACTS) == [
        (ITEMS, 3, "doubtful"),
        (HELD, 1, "doubtful"),
        (RECEIVED, 61, "undisputed"),
    ]
    assert corpus.query("SELECT count(*) FROM fact_history") == [(0,)]
    assert corpus.query("SELECT source_path FROM dim_report WHERE is_current") == [("a.txt",)]


def test_reports_of_doubtful_years_dispute_each_other(corpus: Corpus) -> None:
    corpus.add("a.txt", doubted({RECEIVED: "61"}))
    corpus.add("b.txt", doubted({RECEIVED: "100", ITEMS: "3"}))
    corpus.build_only(*NAMED)
    assert (RECEIVED, 100, "disputed") in corpus.query(FACTS)


def test_a_doubt_that_was_settled_for_one_year_stays_in_another(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = Override(
        rule_id=ODD_YEAR.rule_id,
        agency=GAOQING.agency_id,
        year=2016,
        reason="已与原件核对",
        decided_on=date(2026, 11, 20),
    )
    monkeypatch.setattr(seeds, "overrides", lambda: (settled,))
    for year in (2016, 2017):
        first = report({RECEIVED: "61"}, year=year, published_on=date(year + 1, 1, 20))
        second = doubted({RECEIVED: "100"}, date(year + 1, 3, 1))
        corpus.add(f"{year}_first.txt", first)
        corpus.add(f"{year}_second.txt", replace(second, year=year))
    corpus.build_only("facts")
    assert corpus.query("SELECT year, value::INTEGER FROM facts ORDER BY year") == [
        (2016, 100),
        (2017, 61),
    ]
