"""What a sentence prints of the change on last year, against last year's report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from msgspec import structs
from stated_corpus import FAILED, Corpus, report

from pipeline.model.check import CheckResult, Kind, Operand, Outcome, Severity
from pipeline.model.observation import Scope
from pipeline.model.report import Report

RECEIVED = "requests.received"


def on(year: int, value: str, *checks: CheckResult, template: str = "D") -> Report:
    one = report({RECEIVED: value, "requests.processed": "1"}, year=year, checks=checks)
    return replace(one, template=template)


def told(change: str, *between: str, now: str = "189") -> CheckResult:
    """As reading leaves it."""
    return CheckResult(
        rule_id="X-Y1",
        kind=Kind.CROSS_YEAR,
        severity=Severity.WARN,
        outcome=Outcome.NOT_ASSESSABLE,
        indicator_ids=(RECEIVED,),
        expected=None,
        actual=Decimal(now),
        difference=None,
        message_zh=f"正文称较上年变动{change}",
        message_en=f"a sentence says {change} on the year before",
        left=(Operand(1, Decimal(change)),),
        right=tuple(Operand(0, Decimal(one)) for one in between),
    )


def outcomes(corpus: Corpus) -> list[tuple[object, ...]]:
    corpus.build_only("check_result")
    return corpus.query(
        "SELECT year, outcome, actual, expected FROM check_result WHERE rule_id = 'X-Y1' "
        "ORDER BY year"
    )


NEARLY_TWICE = told("95.5", "96.62", "96.72")


@pytest.mark.parametrize(
    ("check", "outcome", "worked_out"),
    [
        (NEARLY_TWICE, "fail", "5.586592"),
        (told("5.6", "178.81", "179.15"), "pass", "5.586592"),
        (told("9", "180", "180"), "fail", "10"),
        (told("10", "179", "179"), "pass", "10"),
    ],
)
def test_a_growth_told_is_held_against_last_years_report(
    corpus: Corpus, check: CheckResult, outcome: str, worked_out: str
) -> None:
    """189件，同比增长95.5% stood undisputed beside last year's 179."""
    corpus.add("2022.txt", on(2022, "179"))
    corpus.add("2023.txt", on(2023, "189", check))
    (found,) = outcomes(corpus)
    assert found == (2023, outcome, check.left[0].value, Decimal(worked_out))


def test_both_years_numbers_bear_the_warning_and_contradictions_tell_it(corpus: Corpus) -> None:
    corpus.add("2022.txt", on(2022, "179"))
    corpus.add("2023.txt", on(2023, "189", NEARLY_TWICE))
    corpus.build_only("facts", "contradictions")
    assert corpus.query(
        "SELECT year, warnings_failing, standing FROM facts "
        f"WHERE indicator_id = '{RECEIVED}' ORDER BY year"
    ) == [(2022, 1, "undisputed"), (2023, 1, "undisputed")]
    ((message, left, right),) = corpus.query(
        "SELECT message_zh, left_values, right_values FROM contradictions"
    )
    assert "上年报告为 179，应为 5.59，不符" in str(message)
    assert (left, right) == (["95.5"], ["189", "179"])


def test_nothing_is_accused_without_a_number_it_can_be_held_against(corpus: Corpus) -> None:
    """No report on the year before; its county's and not its office's; another form's number."""
    corpus.add("2023.txt", on(2023, "189", NEARLY_TWICE))
    assert outcomes(corpus) == [(2023, "not_assessable", None, None)]
    corpus.add("2022.txt", replace(on(2022, "179"), scope=Scope.REGION))
    assert outcomes(corpus) == [(2023, "not_assessable", None, None)]


@pytest.mark.parametrize("form", ["A", "C"])
def test_only_what_means_the_same_in_both_forms_is_held(corpus: Corpus, form: str) -> None:
    corpus.add("2022.txt", on(2022, "179", template=form))
    corpus.add("2023.txt", on(2023, "189", NEARLY_TWICE))
    ((_, outcome, _, _),) = outcomes(corpus)
    assert outcome == ("fail" if form == "C" else "not_assessable")


def test_a_number_in_doubt_accuses_nobody(corpus: Corpus) -> None:
    wrong = structs.replace(FAILED, indicator_ids=(RECEIVED,))
    corpus.add("2022.txt", on(2022, "179", wrong))
    corpus.add("2023.txt", on(2023, "189", NEARLY_TWICE))
    assert outcomes(corpus) == [(2023, "not_assessable", None, None)]


def test_a_sentence_that_gives_another_number_than_the_table_is_left_to_that(
    corpus: Corpus,
) -> None:
    corpus.add("2022.txt", on(2022, "179"))
    corpus.add("2023.txt", on(2023, "189", told("95.5", "96.6", "96.7", now="350")))
    assert outcomes(corpus) == [(2023, "not_assessable", None, None)]


@pytest.mark.parametrize(
    ("check", "outcome"), [(NEARLY_TWICE, "not_assessable"), (told("10", "179", "179"), "pass")]
)
def test_a_year_that_was_corrected_may_fit_and_is_not_accused(
    corpus: Corpus, check: CheckResult, outcome: str
) -> None:
    """The sentence may go by the number from before the correction, or by the new one."""
    corpus.add("2022.txt", replace(on(2022, "97"), published_on=date(2023, 1, 20)))
    corpus.add("corrected.txt", replace(on(2022, "179"), published_on=date(2023, 6, 1)))
    corpus.add("2023.txt", on(2023, "189", check))
    ((_, found, _, _),) = outcomes(corpus)
    assert found == outcome
