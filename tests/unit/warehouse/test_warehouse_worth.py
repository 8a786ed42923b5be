"""What a number is worth travels with it, and no number ends a build."""

from dataclasses import replace
from decimal import Decimal

import pytest
import yaml
from msgspec import structs
from pydantic import ValidationError
from stated_corpus import Corpus, county, report

from pipeline.model.check import CheckResult, Kind, Operand, Outcome, Severity
from pipeline.model.observation import Source
from pipeline.model.report import Report
from pipeline.settings import ROOT
from pipeline.warehouse import standing_levels

WORTH = "SELECT indicator_id, errors_failing, warnings_failing, standing FROM facts ORDER BY ALL"


def failing(
    report: Report, *named: str, rule_id: str = "B-E2", severity: Severity = Severity.ERROR
) -> CheckResult:
    """A check that fails and names these indicators of a report."""
    places = {one.indicator_id: number for number, one in enumerate(report.observations)}
    return CheckResult(
        rule_id=rule_id,
        kind=Kind.EQUALITY,
        severity=severity,
        outcome=Outcome.FAIL,
        indicator_ids=named,
        expected=Decimal(1),
        actual=Decimal(10),
        difference=Decimal(9),
        message_zh="左右不等",
        message_en="the sides differ",
        left=tuple(Operand(places[one], Decimal(1)) for one in named),
    )


def test_a_failed_error_check_disputes_what_it_names_and_nothing_else(corpus: Corpus) -> None:
    stated = report({"requests.closed": "10", "requests.closed.on_time": "1", "meetings.held": "2"})
    checks = (
        failing(stated, "requests.closed", "requests.closed.on_time"),
        failing(stated, "requests.closed", rule_id="B-I7", severity=Severity.WARN),
        failing(stated, "meetings.held", rule_id="B-I8", severity=Severity.INFO),
    )
    corpus.add("a.txt", replace(stated, checks=checks))
    corpus.build_only("facts")
    assert corpus.query(WORTH) == [
        ("meetings.held", 0, 0, "undisputed"),
        ("requests.closed", 1, 1, "disputed"),
        ("requests.closed.on_time", 1, 0, "disputed"),
    ]


def test_a_table_against_its_text_is_no_longer_undisputed(corpus: Corpus) -> None:
    stated = report({"requests.received": "13", "requests.closed": "12", "meetings.held": "2"})
    checks = (
        failing(stated, "requests.received", rule_id="X-T1", severity=Severity.WARN),
        failing(stated, "requests.closed", rule_id="B-I7", severity=Severity.WARN),
    )
    corpus.add("a.txt", replace(stated, checks=checks))
    corpus.build_only("facts")
    assert corpus.query(WORTH) == [
        ("meetings.held", 0, 0, "undisputed"),
        ("requests.closed", 0, 1, "undisputed"),
        ("requests.received", 0, 1, "doubtful"),
    ]


@pytest.mark.parametrize(
    ("source", "worth"), [(Source.DERIVED, "disputed"), (Source.TABLE, "undisputed")]
)
def test_a_total_worked_out_of_a_disputed_part_is_disputed_and_a_printed_one_is_not(
    corpus: Corpus, source: Source, worth: str
) -> None:
    reasons = [
        f"requests.processed.not_available.{one}"
        for one in ("not_held", "no_existing_information", "still_unclear")
    ]
    total = "requests.processed.not_available"
    stated = report({**dict.fromkeys(reasons, "2"), total: "6"}, year=2022)
    whole = structs.replace(stated.facts[-1], source=source)
    checks = (failing(stated, reasons[0]),)
    corpus.add("a.txt", replace(stated, facts=(*stated.facts[:-1], whole), checks=checks))
    corpus.build_only("facts")
    assert {row[0]: row[3] for row in corpus.query(WORTH)} == {
        total: worth,
        reasons[0]: "disputed",
        reasons[1]: "undisputed",
        reasons[2]: "undisputed",
    }


def test_what_was_read_badly_is_doubtful_and_a_failed_check_weighs_more(corpus: Corpus) -> None:
    values = ("requests.closed", "meetings.held", "staff.total", "training.sessions")
    stated = report(dict.fromkeys(values, "3"))
    seen = tuple(
        structs.replace(one, confidence=confidence)
        for one, confidence in zip(stated.observations, (0.5, 0.69, 0.7, 0.7), strict=True)
    )
    stated = replace(stated, observations=seen)
    warned = structs.replace(failing(stated, "training.sessions"), severity=Severity.WARN)
    corpus.add("a.txt", replace(stated, checks=(failing(stated, "requests.closed"), warned)))
    corpus.build_only("facts")
    assert corpus.query("SELECT indicator_id, confidence, standing FROM facts ORDER BY ALL") == [
        ("meetings.held", 0.69, "doubtful"),
        ("requests.closed", 0.5, "disputed"),
        ("staff.total", 0.7, "undisputed"),
        ("training.sessions", 0.7, "undisputed"),
    ]


def test_two_years_that_do_not_meet_are_named_in_both(corpus: Corpus) -> None:
    for year, values in (
        (2021, {"requests.carried_out": "3", "requests.carried_in": "1"}),
        (2022, {"requests.carried_in": "5", "requests.carried_out": "2"}),
    ):
        corpus.add(f"{year}.txt", replace(report(values, year=year), template="D"))
    corpus.build_only("facts")
    assert corpus.query(
        "SELECT year, indicator_id, warnings_failing, standing FROM facts ORDER BY ALL"
    ) == [
        (2021, "requests.carried_in", 0, "undisputed"),
        (2021, "requests.carried_out", 1, "undisputed"),
        (2022, "requests.carried_in", 1, "undisputed"),
        (2022, "requests.carried_out", 0, "undisputed"),
    ]


def test_more_digits_than_a_column_holds_are_told_and_kept(corpus: Corpus) -> None:
    corpus.add("a.txt", report({"gazette.copies": "12345678901234.1234567", "meetings.held": "1"}))
    corpus.build_only("facts", "observation", "dim_report")
    assert corpus.query(
        "SELECT f.value, o.value_raw FROM facts AS f JOIN observation AS o USING (observation_id) "
        "WHERE f.indicator_id = 'gazette.copies'"
    ) == [(Decimal("12345678901234.123457"), "12345678901234.1234567")]
    ((notices,),) = corpus.query("SELECT notices FROM dim_report")
    assert [one for one in notices if "12345678901234.1234567" in one and "rounded" in one]  # type: ignore[attr-defined]


def test_a_number_beyond_every_column_ends_no_build_and_is_told(corpus: Corpus) -> None:
    numbers = ("100000000000000", "99999999999999.9999999", "1E+40")
    for code, printed in enumerate(numbers, 370300):
        stated = report({"gazette.copies": printed, "meetings.held": "1"}, county(code, "某县某局"))
        corpus.add(f"{code}.txt", stated)
    corpus.build()
    assert corpus.query("SELECT indicator_id FROM facts") == [("meetings.held",)] * 3
    assert corpus.query(
        "SELECT value_raw, value, value_status FROM observation "
        "WHERE indicator_id = 'gazette.copies' ORDER BY value_raw"
    ) == [(printed, None, "unreadable") for printed in sorted(numbers)]
    assert corpus.query(
        "SELECT agency_id[:6], status, value_raw FROM indicator_coverage "
        "WHERE indicator_id = 'gazette.copies' ORDER BY agency_id"
    ) == [(str(code), "too_large", printed) for code, printed in enumerate(numbers, 370300)]
    told = corpus.query("SELECT notices FROM dim_report ORDER BY source_path")
    for (notices,), printed in zip(told, numbers, strict=True):
        assert [one for one in notices if printed in one and "withheld" in one]  # type: ignore[attr-defined]


def test_sums_beyond_every_column_end_no_build(corpus: Corpus) -> None:
    most = "99999999999999"
    for year in (2021, 2022):
        values = {"rules.in_force": most, "rules.issued": most, "rules.repealed": "0"}
        corpus.add(f"{year}.txt", replace(report(values, year=year), template="D"))
    corpus.build()
    assert corpus.query(
        "SELECT year, outcome, actual, expected FROM check_result WHERE rule_id = 'D-E6:rules' "
        "AND outcome = 'fail'"
    ) == [(2022, "fail", Decimal(most), None)]


def test_a_degree_without_a_bound_is_refused() -> None:
    path = ROOT / "pipeline" / "warehouse" / "data" / "standing.yml"
    declared = yaml.safe_load(path.read_text("utf-8"))
    del declared["disputed"]["errors_from"]
    with pytest.raises(ValidationError, match="nothing leads to"):
        standing_levels._File.model_validate(declared)
