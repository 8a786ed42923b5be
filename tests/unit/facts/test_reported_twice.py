"""Two reports of one document on one agency and year: which stands first decides nothing."""

from decimal import Decimal

import pytest

from pipeline.model.check import CheckResult, Outcome
from pipeline.model.fact import Want
from pipeline.model.report import Report
from pipeline.parsing import parse_file
from tests.some import some

RECEIVED = "requests.received"
_REPORT = """{title}
根据《中华人民共和国政府信息公开条例》的规定，由高青县水务局编制本报告。{opening}本报告所列数据的统计期限自2017年1月1日起至2017年12月31日止。
一、概述
2017年，高青县水务局认真贯彻落实条例，不断加强组织领导，健全工作制度，规范公开内容，丰富公开形式，较好地保障了群众的知情权、参与权和监督权。
二、主动公开政府信息情况
按照要求公开机构职能、政策法规、规划计划、行政许可和财政预算等信息，方便群众查阅和监督。
三、依申请公开政府信息情况
统计指标\t单位\t统计数
（一）收到申请数\t件\t{received}
1.当面申请数\t件\t{received}
2.传真申请数\t件\t0
3.网络申请数\t件\t0
4.信函申请数\t件\t0
四、存在的主要问题和改进措施
公开的内容还不够全面，公开的形式还不够丰富。下一步将加强培训，完善制度，提高质量。
高青县水务局
2018年1月20日
"""
_TITLE = "高青县水务局2017年政府信息公开工作年度报告"


def one(received: int | str, title: str = _TITLE, opening: str = "") -> str:
    return _REPORT.format(title=title, opening=opening, received=received)


def reports(*texts: str) -> tuple[Report, ...]:
    (document,) = parse_file("report.txt", "\n\n".join(texts).encode())
    assert len(document.reports) == len(texts)
    return document.reports


def received(report: Report) -> Decimal | None:
    return next((fact.value for fact in report.facts if fact.indicator_id == RECEIVED), None)


def differing(report: Report) -> list[CheckResult]:
    return [one for one in report.checks if one.rule_id == "I-T1" and RECEIVED in one.indicator_ids]


def test_of_two_reports_in_one_file_neither_is_taken_where_they_differ() -> None:
    first, second = reports(one(2), one(9))
    for report, own, other in ((first, 2, 9), (second, 9, 2)):
        assert received(report) is None
        (gap,) = [gap for gap in report.gaps if gap.indicator_id == RECEIVED]
        assert (gap.want, gap.candidates) == (Want.DISAGREEING, ("2", "9"))
        (check,) = differing(report)
        assert (check.outcome, check.actual, check.expected) == (Outcome.FAIL, own, other)
        assert "2 in report 1, 9 in report 2" in check.message_en
        assert report.observations[check.left[0].observation].value == own
        untouched = {fact.indicator_id: fact.value for fact in report.facts}
        assert untouched["requests.received.fax"] == 0


def test_two_reports_in_one_file_that_agree_dispute_nothing() -> None:
    for report in some(reports(one(2), one(2))):
        assert (received(report), differing(report)) == (2, [])


def test_three_reports_in_one_file_are_all_named() -> None:
    for report in some(reports(one(2), one(9), one(9))):
        assert received(report) is None
        (check,) = differing(report)
        assert "2 in report 1, 9 in report 2, 9 in report 3" in check.message_en


@pytest.mark.parametrize(
    ("title", "opening"),
    [(_TITLE + "（更正）", ""), (_TITLE + "（更正版）", ""), (_TITLE, "现将有关数据更正如下。")],
)
def test_a_report_that_says_it_corrects_the_other_one_of_its_file_wins(
    title: str, opening: str
) -> None:
    first, second = reports(one(2), one(9, title, opening))
    assert [received(first), received(second)] == [2, 9], "the later one counts"
    first, second = reports(one(9, title, opening), one(2))
    assert [received(first), received(second)] == [9, None]
    assert differing(first) == differing(second) == []


def test_regulations_that_were_amended_correct_no_report() -> None:
    amended = "本报告依据2019年修订后的条例和《办法（修订）》编制。"
    assert [received(each) for each in reports(one(2), one(9, opening=amended))] == [None, None]


def test_about_so_many_in_one_report_does_not_dispute_the_number_of_the_other() -> None:
    for texts, own in (
        ([one("300余"), one(312)], [300, 312]),
        ([one(312), one("300余")], [312, None]),
    ):
        first, second = reports(*texts)
        assert [received(first), received(second)] == own
        assert differing(first) == differing(second) == []
