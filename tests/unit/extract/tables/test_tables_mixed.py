"""Reports with tables of two forms: the heads printed above a table say what it counts."""

import re
from decimal import Decimal

import pytest

from pipeline.parsing import parse_file

TITLE = "灵石县两渡镇人民政府2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
RULES = ["第二十条第（一）项", "信息内容|{}", "规章|0|1|2", "行政规范性文件|3|4|9"]
OLD_RULES = "本年新制作数量|本年新公开数量|对外公开总数量"
NEW_RULES = "本年制发件数|本年废止件数|现行有效件数"
NEW_DECISIONS = [
    *("第二十条第（五）项", "信息内容|本年处理决定数量", "行政许可|57"),
    *("第二十条第（六）项", "信息内容|本年处理决定数量", "行政处罚|13", "行政强制|4"),
    *("第二十条第（八）项", "信息内容|本年收费金额（单位：万元）", "行政事业性收费|28.5"),
]
OLD_DECISIONS = [
    *("第二十条第（五）项", "信息内容|上一年项目数量|本年增/减|处理决定数量", "行政许可|6|-1|57"),
    *("第二十条第（六）项", "信息内容|上一年项目数量|本年增/减|处理决定数量"),
    *("行政处罚|5|2|13", "行政强制|3|0|4"),
    *("第二十条第（八）项", "信息内容|上一年项目数量|本年增/减", "行政事业性收费|7|1"),
]
REQUESTS = """三、收到和处理政府信息公开申请情况
申请人情况|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计
一、本年新收政府信息公开申请数量|2|0|0|0|0|0|2
二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0
（六）其他处理|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请|1|0|0|0|0|0|1
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|0|0|0|0|0|0|0
3.其他|1|0|0|0|0|0|1
（七）总计|2|0|0|0|0|0|2
四、结转下年度继续办理|0|0|0|0|0|0|0""".splitlines()


def in_cells(lines: list[str]) -> str:
    return "\n".join(f"| {' | '.join(line.split('|'))} |" for line in lines)


def one_cell_a_line(lines: list[str]) -> str:
    return "\n\n".join(cell for line in lines for cell in line.split("|"))


def in_html(lines: list[str]) -> str:
    rows = ("".join(f"<td>{cell}</td>" for cell in line.split("|")) for line in lines)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def values(body: str) -> dict[str, Decimal]:
    name = "report.html" if "<table" in body else "report.txt"
    content = re.sub(r"\n", "<br>\n", TITLE) + body if "<table" in body else TITLE + body
    (document,) = parse_file(name, content.encode())
    return {
        seen.indicator_id: seen.value
        for seen in document.reports[0].observations
        if seen.indicator_id and seen.value is not None
    }


@pytest.mark.parametrize("layout", [in_cells, one_cell_a_line, in_html])
def test_decisions_of_the_form_in_force_below_rules_of_the_one_before(layout) -> None:  # type: ignore[no-untyped-def]
    rules = [line.format(OLD_RULES) for line in RULES]
    read = values(layout([*rules, *NEW_DECISIONS]))
    assert read["normative_documents.disclosed_stock"] == 9
    assert read["licensing.decisions"] == 57
    assert read["penalties.decisions"] == 13
    assert read["coercive_measures.decisions"] == 4
    assert read["administrative_fees.amount"] == Decimal("28.5")
    assert not [name for name in read if "items" in name]


@pytest.mark.parametrize("layout", [in_cells, one_cell_a_line, in_html])
def test_rules_of_the_form_before_above_tables_of_the_one_in_force(layout) -> None:  # type: ignore[no-untyped-def]
    rules = [line.format(OLD_RULES) for line in RULES]
    read = values(layout([*rules, *NEW_DECISIONS, *REQUESTS]))
    assert read["normative_documents.made"] == 3
    assert read["normative_documents.disclosed_stock"] == 9
    assert read["licensing.decisions"] == 57
    assert read["requests.processed.other.residual"] == 1
    assert not [name for name in read if name.endswith((".issued", ".repealed", ".in_force"))]


@pytest.mark.parametrize("layout", [in_cells, one_cell_a_line, in_html])
def test_decisions_of_the_form_before_among_tables_of_the_one_in_force(layout) -> None:  # type: ignore[no-untyped-def]
    rules = [line.format(NEW_RULES) for line in RULES]
    read = values(layout([*rules, *OLD_DECISIONS, *REQUESTS]))
    assert read["normative_documents.in_force"] == 9
    assert read["licensing.items_last_year"] == 6
    assert read["licensing.decisions"] == 57
    assert read["penalties.decisions"] == 13
    assert read["administrative_fees.items_change"] == 1
    assert "administrative_fees.amount" not in read
