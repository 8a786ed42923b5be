"""What stands in the cell of an indicator that gives no fact."""

import pytest
from msgspec import structs
from table_cells import printed

from pipeline.facts.gaps import find_gaps
from pipeline.facts.selection import settled
from pipeline.model.fact import Want
from pipeline.model.observation import Scope, Source, Status
from pipeline.model.report import Report
from pipeline.parsing import parse_file

_TABLE = """高青县教育局2018年政府信息公开工作年度报告

政府信息公开情况统计表（2018年度）
统计指标\t单位\t统计数
（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）\t条\t12
其中：主动公开规范性文件数\t条\t5
（一）收到申请数\t件\t{cell}
1.当面申请数\t件\t1
2.传真申请数\t件\t0
"""


def _report(cell: str) -> Report:
    (document,) = parse_file("report.txt", _TABLE.format(cell=cell).encode())
    return document.reports[0]


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("", Want.BLANK),
        ("—", Want.DASH),
        ("/", Want.NOT_APPLICABLE),
        ("XX", Want.MASKED),
        ("3l", Want.UNREADABLE),
    ],
)
def test_a8_what_stands_there_is_told_and_is_no_fact(cell: str, want: Want) -> None:
    report = _report(cell)
    (gap,) = [one for one in report.gaps if one.indicator_id == "requests.received"]
    assert (gap.want, gap.value_raw) == (want, cell)
    assert report.observations[gap.observation].indicator_id == "requests.received"
    assert "requests.received" not in {fact.indicator_id for fact in report.facts}


def test_a_fact_leaves_no_gap() -> None:
    report = _report("31")
    facts = {fact.indicator_id for fact in report.facts}
    assert "requests.received" in facts
    assert not facts & {gap.indicator_id for gap in report.gaps}


def test_two_numbers_that_disagree_are_told_with_both() -> None:
    seen = [printed("disclosure.items", 5), printed("disclosure.items", 6)]
    (gap,) = find_gaps(seen, (), 2018, settled(seen, 2018, Scope.AGENCY))
    assert (gap.want, gap.candidates) == (Want.DISAGREEING, ("5", "6"))


@pytest.mark.parametrize(("year", "gaps"), [(2018, 1), (None, 1), (2017, 0)])
def test_a_blank_of_another_year_is_no_gap(year: int | None, gaps: int) -> None:
    blank = structs.replace(
        printed("disclosure.items", 0), value=None, value_status=Status.BLANK, year=year
    )
    assert len(find_gaps([blank], (), 2018, settled([blank], 2018, Scope.AGENCY))) == gaps


def test_a_total_worked_out_beside_a_blank_cell_leaves_a_gap_and_no_crash() -> None:
    blank = structs.replace(printed("disclosure.items", 0), value=None, value_status=Status.BLANK)
    seen = [blank, printed("disclosure.items", 5, Source.DERIVED)]
    (gap,) = find_gaps(seen, (), 2018, settled(seen, 2018, Scope.AGENCY))
    assert (gap.want, gap.observation) == (Want.BLANK, 0)


def test_money_without_a_unit_is_told_to_have_none() -> None:
    seen = [printed("administrative_fees.amount", 25)]
    (gap,) = find_gaps(seen, (), 2023, settled(seen, 2023, Scope.AGENCY))
    assert (gap.want, gap.value_raw) == (Want.NO_UNIT, "25")
