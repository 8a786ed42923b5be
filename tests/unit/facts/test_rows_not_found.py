"""A row that vanishes from a table of the form is told."""

import pytest
from table_cells import printed

from pipeline.facts.rows_not_found import rows_not_found
from pipeline.forms.form import forms
from pipeline.model.observation import Source
from pipeline.parsing import parse_file

_ABOVE = """高青县教育局2022年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t1\t2\t3
第二十条第（六）项
信息内容\t本年处理决定数量
行政处罚\t4
"""


def _notices(text: str) -> list[str]:
    (document,) = parse_file("report.txt", text.encode())
    assert any(fact.indicator_id == "penalties.decisions" for fact in document.reports[0].facts)
    return [one for one in document.reports[0].notices if "were not found" in one]


def test_a_row_that_vanished_from_its_table_was_not_told():
    (notice,) = _notices(_ABOVE)
    assert notice.startswith("Table 2.6: 1 of the form's 2 values")
    assert "'行政强制'" in notice


def test_tables_that_are_whole_or_not_printed_are_not_told():
    assert _notices(f"{_ABOVE}行政强制\t5\n") == []


def test_rows_that_reports_choose_among_are_not_told():
    (document,) = parse_file(
        "report.txt",
        "高青县教育局2018年政府信息公开工作年度报告\n政府信息公开情况统计表（2018年度）\n"
        "统计指标\t单位\t统计数\n（一）收到申请数\t件\t1\n1.当面申请数\t件\t1\n"
        "（二）申请办结数\t件\t1\n（三）申请答复数\t件\t1\n".encode(),
    )
    assert document.reports[0].template == "B"
    assert document.reports[0].notices == ()


@pytest.mark.parametrize(
    ("missing", "named", "more"), [(3, 3, ""), (4, 4, ""), (5, 4, " and 1 more")]
)
def test_the_first_four_rows_are_named_and_the_others_counted(
    missing: int, named: int, more: str
) -> None:
    (table,) = (one for form in forms() if form.form == "D" for one in form.tables if one.id == "3")
    rows = [row for row in table.rows if not row.is_heading]
    seen = [printed(one, 1) for row in rows[missing:] for one in table.ids_of(row)]
    (notice,) = rows_not_found(seen, "D")
    assert notice.count("'") == 2 * named + 1
    assert f"{more}: see whether" in notice
    assert notice.startswith(f"Table 3: {7 * missing} of the form's ")


def test_a_table_without_any_value_is_not_printed() -> None:
    assert list(rows_not_found([], "D")) == []
    assert list(rows_not_found([printed("requests.received", 1, Source.NARRATIVE)], "D")) == []
