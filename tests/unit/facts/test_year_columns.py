"""A column of another year beside the report's own takes no part in its checks."""

import pytest

from pipeline.model.check import Outcome
from pipeline.parsing import parse_file

_TABLE = """嘉祥县财政局2018年政府信息公开工作年度报告
统计指标\t单位\t2017年\t2018年
（一）收到申请数\t件\t8\t3
1.当面申请数\t件\t7\t1
2.传真申请数\t件\t0\t0
3.网络申请数\t件\t0\t2
4.信函申请数\t件\t0\t0
（二）申请办结数\t件\t7\t3
1.按时办结数\t件\t7\t3
2.延期办结数\t件\t0\t0
"""


def test_last_years_column_is_neither_checked_nor_a_fact() -> None:
    (document,) = parse_file("report.txt", _TABLE.encode())
    (report,) = document.reports
    assert not [check for check in report.checks if check.outcome is Outcome.FAIL]
    received = [fact.value for fact in report.facts if fact.indicator_id == "requests.received"]
    assert received == [3]


def test_the_reports_own_column_is_still_checked() -> None:
    (document,) = parse_file("report.txt", _TABLE.replace("\t8\t3", "\t8\t4").encode())
    (report,) = document.reports
    failed = {check.rule_id for check in report.checks if check.outcome is Outcome.FAIL}
    assert failed == {"B-E1"}


@pytest.mark.parametrize(
    ("said", "is_doubted"),
    [("2018年收到申请3件。", False), ("2018年收到申请8件。", True), ("2018年收到申请5件。", True)],
)
def test_a_sentence_is_held_against_its_own_years_column(said: str, is_doubted: bool) -> None:
    (document,) = parse_file("report.txt", f"{_TABLE}\n一、概述\n{said}\n".encode())
    (report,) = document.reports
    failed = {check.rule_id for check in report.checks if check.outcome is Outcome.FAIL}
    assert ("X-T1" in failed) is is_doubted
