"""Numbers printed in multiples of the form's unit: exact, or kept and not used, never blank."""

from decimal import Decimal

import pytest
from found_tables import found_in, found_in_text

from pipeline.model.check import Outcome
from pipeline.model.observation import Status
from pipeline.model.report import Report
from pipeline.parsing import parse_file
from pipeline.readers.html.html_reader import read_html

_TABLE = """高青县教育局2018年政府信息公开工作年度报告

政府信息公开情况统计表（2018年度）
统计指标\t单位\t统计数
一、主动公开情况\t——\t
（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）\t{unit}\t{number}
其中：主动公开规范性文件数\t条\t5
制发规范性文件总数\t件\t5
（二）通过不同渠道和方式公开政府信息的情况\t——\t
1.政府公报公开政府信息数\t条\t0
2.政府网站公开政府信息数\t条\t{website}
3.政务微博公开政府信息数\t条\t0
4.政务微信公开政府信息数\t条\t0
5.其他方式公开政府信息数\t条\t0
三、依申请公开情况\t——\t
（一）收到申请数\t件\t31
1.当面申请数\t件\t1
2.传真申请数\t件\t0
3.网络申请数\t件\t30
4.信函申请数\t件\t0
"""


def _parsed(unit: str, number: str, website: str = "12000", gap: str = "\t") -> Report:
    text = _TABLE.format(unit=unit, number=number, website=website).replace("\t", gap)
    (document,) = parse_file("report.txt", text.encode())
    (report,) = document.reports
    return report


def _items(report: Report) -> tuple[Decimal, str] | None:
    facts = {one.indicator_id: (one.value, one.unit) for one in report.facts}
    return facts.get("disclosure.items")


@pytest.mark.parametrize("gap", ["\t", " "])
@pytest.mark.parametrize(
    ("unit", "number", "value"),
    [
        ("万条", "1.2", 12000),
        ("千条", "12", 12000),
        ("百条", "0.07", 7),
        ("亿条", "1.00000003", 100000003),
        ("条", "12000", 12000),
    ],
)
def test_a_multiple_of_the_unit_is_counted_by_ones_exactly(
    unit: str, number: str, value: int, gap: str
) -> None:
    report = _parsed(unit, number, gap=gap)
    assert _items(report) == (value, "条")
    (seen,) = [one for one in report.observations if one.indicator_id == "disclosure.items"]
    assert (seen.value, seen.unit_raw, seen.value_raw) == (Decimal(number), unit, number)
    assert seen.confidence > 0.65  # a failing sum alone brings it down to 0.7


@pytest.mark.parametrize("gap", ["\t", " "])
def test_many_of_something_unknown_is_kept_and_no_fact(gap: str) -> None:
    report = _parsed("千册", "12", gap=gap)
    assert _items(report) is None
    (seen,) = [one for one in report.observations if one.indicator_id == "disclosure.items"]
    assert (seen.value, seen.unit_raw, seen.value_status) == (12, "千册", Status.REPORTED)


def test_an_unknown_word_in_the_cell_of_the_unit_does_not_hide_the_number() -> None:
    report = _parsed("宗卷", "31")
    (seen,) = [one for one in report.observations if one.indicator_id == "disclosure.items"]
    assert (seen.value, seen.unit_raw) == (31, "宗卷")


def test_a_sum_over_rows_in_other_multiples_is_no_contradiction() -> None:
    checks = {one.rule_id: one for one in _parsed("万条", "1.2").checks}
    assert checks["B-I2:website"].outcome is Outcome.PASS
    checks = {one.rule_id: one for one in _parsed("万条", "1.2", website="12001").checks}
    failed = checks["B-I2:website"]
    assert (failed.outcome, failed.actual, failed.expected) == (Outcome.FAIL, 12001, 12000)


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [("万元", "50000元", 5), ("万元", "5", 5), ("元", "50000", 5), ("元", "5万元", 5)],
)
def test_a_unit_in_the_cell_counts_before_that_of_its_row(unit: str, cell: str, value: int) -> None:
    text = _TABLE.format(unit="条", number="5", website="5")
    text += f"（三）政府信息公开专项经费\t{unit}\t{cell}\n"
    (document,) = parse_file("report.txt", text.encode())
    facts = {one.indicator_id: (one.value, one.unit) for one in document.reports[0].facts}
    assert facts["budget.special_funds"] == (value, "万元")


def test_the_unit_said_over_the_next_row_is_not_that_of_the_row_above() -> None:
    text = (
        "统计表 四、行政复议数量 2 五、行政诉讼数量 1 六、举报投诉数量 4\n单位：万元\n"
        "七、依申请公开信息收取的费用（单位：万元） 5\n（二）举办各类培训班数 2"
    )
    found = found_in_text(text, 2015).observations
    units = {one.indicator_id: one.unit_raw for one in found}
    assert units["complaints.total"] is None
    assert units["requests.fees_collected"] == "万元"


def test_a_unit_behind_the_note_of_a_label_is_the_row_s() -> None:
    page = (
        "<table><tr><td>举办各类培训班数（单位：次）<td>2"
        "<tr><td>政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）"
        "（单位：万元）<td>6</table>"
    )
    found = found_in(read_html(page.encode()), 2015).observations
    assert [(one.value, one.unit_raw) for one in found] == [(2, "次"), (6, "万元")]
