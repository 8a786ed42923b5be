"""Where a difference begins to count: just inside and just outside of every bound."""

from collections.abc import Sequence

import pytest
from msgspec import structs
from table_cells import printed

from pipeline.facts.identity_checks import check_identities, weigh_by_checks
from pipeline.facts.selection import PRINTED, settled
from pipeline.facts.table_checks import check_printing
from pipeline.model.check import CheckResult, Outcome, Severity
from pipeline.model.observation import Observation, Scope, Source, Status
from pipeline.model.report import DocType, Report
from pipeline.parsing import parse_file

PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.NOT_ASSESSABLE
LETTERHEAD = "嘉祥县质量技术监督局2016年政府信息公开工作年度报告\n\n一、概述\n"


def checked(seen: Sequence[Observation], form: str, year: int) -> tuple[CheckResult, ...]:
    return check_identities(seen, form, year, settled(seen, year, Scope.AGENCY, PRINTED))


def outcome(rule: str, form: str, **values: str) -> Outcome:
    seen = [printed(key.replace("__", "."), value) for key, value in values.items()]
    (found,) = [one for one in checked(seen, form, 2016) if one.rule_id == rule]
    return found.outcome


def reported(text: str) -> Report:
    (document,) = parse_file("a.txt", (LETTERHEAD + text).encode())
    (report,) = document.reports
    assert report.doc_type is DocType.ANNUAL_REPORT
    return report


@pytest.mark.parametrize(
    ("closed", "received", "expected"),
    [
        ("80", "100", PASS),
        ("79", "100", FAIL),
        ("100", "80", PASS),
        ("100", "79", FAIL),
        ("5", "10", PASS),
        ("4", "10", FAIL),
        ("0", "5", PASS),
        ("0", "6", FAIL),
    ],
)
def test_closed_may_differ_from_received_by_a_fifth_or_by_five(
    closed: str, received: str, expected: Outcome
) -> None:
    assert outcome("B-I7", "B", requests__closed=closed, requests__received=received) is expected


@pytest.mark.parametrize(("part", "expected"), [("17", PASS), ("18", FAIL), ("0", PASS)])
def test_a_part_may_be_its_whole_and_not_more(part: str, expected: Outcome) -> None:
    values = {"disclosure__normative_documents": part, "disclosure__items": "17"}
    assert outcome("B-I3", "B", **values) is expected


@pytest.mark.parametrize(
    ("topics", "answers", "expected"),
    [("0", "0", PASS), ("0", "1", FAIL), ("1", "0", PASS), ("1", "7", PASS)],
)
def test_nothing_is_answered_where_there_was_nothing_to_answer(
    topics: str, answers: str, expected: Outcome
) -> None:
    values = {"response__hot_topics": topics, "response__weibo_wechat": answers}
    assert outcome("B-I5", "B", **values, response__other="0") is expected


def channels(online: str, *unknown: Observation) -> Outcome:
    values = {"in_person": "1", "fax": "0", "online": online, "mail": "0"}
    seen = [printed(f"requests.received.{key}", value) for key, value in values.items()]
    seen += [printed("requests.received", "7"), *unknown]
    (found,) = [one for one in checked(seen, "B", 2016) if one.rule_id == "B-E1"]
    return found.outcome


def test_a_row_nobody_knows_may_be_the_missing_part_of_a_sum() -> None:
    """A row 热线电话 3 is no other form of request, and no error of the agency either."""
    assert channels("3") is FAIL
    assert channels("3", printed(None, "3")) is UNKNOWN
    assert channels("6") is PASS


def test_a_blank_row_nobody_knows_is_missing_in_no_sum() -> None:
    blank = structs.replace(printed(None, "0"), value_raw="", value=None, value_status=Status.BLANK)
    assert channels("3", blank) is FAIL


def test_a_sentence_nobody_knows_is_no_missing_row() -> None:
    assert channels("3", printed(None, "3", Source.NARRATIVE)) is FAIL


def test_a_row_nobody_knows_is_none_where_all_parts_are_printed() -> None:
    other = printed("requests.received.other_form", "0")
    assert channels("3", other, printed(None, "3")) is FAIL


def test_only_errors_lower_the_confidence_of_a_value() -> None:
    warned = [
        printed("disclosure.normative_documents", "5"),
        printed("normative_documents.issued_all", "0"),
    ]
    wrong = [printed("disclosure.normative_documents", "5"), printed("disclosure.items", "4")]
    for seen, severity, confidence in (
        (warned, Severity.WARN, 1.0),
        (wrong, Severity.ERROR, 0.7),
    ):
        checks = checked(seen, "B", 2016)
        assert {one.severity for one in checks if one.outcome is FAIL} == {severity}
        assert {one.confidence for one in weigh_by_checks(seen, checks)} == {confidence}


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("全年共收到政府信息公开申请五件。", "全年共收到政府信息公开申请5件。"),
        ("全年主动公开政府信息三十一条。", "全年主动公开政府信息31条。"),
    ],
)
def test_a_number_in_characters_counts_like_one_in_digits(text: str, digits: str) -> None:
    seen = [one for one in reported(text).observations if one.value]
    assert [one.value for one in seen] == [one.value for one in reported(digits).observations]
    values = [[fact.value for fact in reported(one).facts] for one in (text, digits)]
    assert values[0] == values[1] != []


@pytest.mark.parametrize(("again", "expected"), [("5", PASS), ("6", FAIL)])
def test_a_value_printed_twice_must_be_the_same(again: str, expected: Outcome) -> None:
    seen = [printed("disclosure.items", "5"), printed("disclosure.items", again)]
    (found,) = check_printing(seen, (), (), 2016)
    assert (found.rule_id, found.outcome, found.severity) == ("P-T1", expected, Severity.ERROR)


def test_a_cell_of_last_years_column_is_no_part_of_this_years_sum() -> None:
    other = printed("requests.received.other_form", "4")
    assert channels("6", structs.replace(other, year=2015)) is PASS
    assert channels("6", structs.replace(other, year=2016)) is FAIL


def test_what_a_rule_takes_away_is_shown_with_its_sign() -> None:
    values = {"issued": "5", "repealed": "2", "in_force": "2"}
    seen = [printed(f"rules.{key}", value) for key, value in values.items()]
    (found,) = [one for one in checked(seen, "D", 2021) if one.outcome is FAIL]
    assert [one.value for one in found.left] == [5, -2]
