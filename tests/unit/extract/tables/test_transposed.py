"""Tables turned on their side: rows stand side by side, with their values below."""

from decimal import Decimal

import pytest
from found_tables import found_in, values

from pipeline.readers.html.html_reader import read_html

HEADS = """<tr><td colspan=2 rowspan=3>申请人情况</td>
<td rowspan=3>一、本年新收政府信息公开申请数量</td>
<td rowspan=3>二、上年结转政府信息公开申请数量</td>
<td colspan=7>三、本年度办理结果</td>
<td rowspan=3>四、结转下年度继续办理</td></tr>
<tr><td rowspan=2>（一）予以公开</td><td colspan=2>（三）不予公开</td>
<td colspan=3>（六）其他处理</td>
<td rowspan=2>（七）总计</td></tr>
<tr><td>1.属于国家秘密</td><td>2.其他法律行政法规禁止公开</td>
<td>1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请</td>
<td>2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请</td><td>3.其他</td></tr>"""
FIGURES = (9, 0, 4, 1, 2, 0, 0, 1, 8, 1)
BODIES = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结")


def cells(words: object) -> str:
    return "".join(f"<td>{word}</td>" for word in words)  # type: ignore[attr-defined]


def page(heads: str = HEADS, figures: tuple[int, ...] = FIGURES) -> bytes:
    nothing = "".join(
        f"<tr>{'' if n else '<td rowspan=5>法人或其他组织</td>'}<td>{body}</td>"
        f"{cells([0] * len(figures))}</tr>"
        for n, body in enumerate(BODIES)
    )
    return (
        "<p>某县教育局2022年政府信息公开工作年度报告</p>"
        "<p>三、收到和处理政府信息公开申请情况</p>"
        f"<table>{heads}<tr><td colspan=2>自然人</td>{cells(figures)}</tr>{nothing}"
        f"<tr><td colspan=2>总计</td>{cells(figures)}</tr></table>"
        "<p>四、政府信息公开行政复议、行政诉讼情况</p>"
        f"<table><tr>{cells(('类别', *OUTCOMES, '总计'))}</tr>"
        f"<tr>{cells(('行政复议', 1, 1, 1, 1, 4))}</tr>"
        f"<tr>{cells(('未经复议直接起诉', 0, 0, 0, 0, 0))}</tr>"
        f"<tr>{cells(('复议后起诉', 2, 2, 2, 2, 8))}</tr></table>"
    ).encode()


def test_the_total_of_a_turned_table_is_not_taken_for_a_head_of_the_next():
    found = values(found_in(read_html(page()), 2022))
    assert found["requests.processed:natural_person"] == Decimal(8)
    assert found["requests.processed"] == Decimal(8)
    assert found["requests.carried_out"] == Decimal(1)
    assert found["reconsideration.total"] == Decimal(4)


def test_of_two_columns_called_total_the_first_is_not_taken_for_all_that_was_processed():
    heads = HEADS.replace("<td colspan=7>三", "<td colspan=8>三")
    heads = heads.replace("不予公开</td>", "不予公开</td><td rowspan=2>总计</td>")
    found = values(found_in(read_html(page(heads, (9, 0, 4, 1, 2, 3, 0, 0, 1, 8, 1))), 2022))
    assert found["requests.processed.granted:natural_person"] == Decimal(4)
    assert found["requests.processed.denied.prohibited_by_law:natural_person"] == Decimal(2)
    assert found.get("requests.processed:natural_person") in (None, Decimal(8))
    assert found.get("requests.processed") in (None, Decimal(8))


LABELS = (
    "制发规范性文件总数（件）",
    "依申请公开信息收取的费用（万元）",
    "举办各类培训班数（次）",
)


def small_tables(*rows: str, labels: tuple[str, ...] = LABELS) -> dict[str, Decimal]:
    """Form B with labels side by side, as many rows of figures below them as given."""
    figures = "".join(f"<tr>{cells(row)}</tr>" for row in rows)
    read = read_html(
        f"<p>某县教育局2015年政府信息公开工作年度报告</p><p>统计表</p>"
        f"<table><tr>{cells(labels)}</tr>{figures}</table>".encode()
    )
    return values(found_in(read, 2015))


def test_each_label_of_a_row_has_the_figure_below_it():
    assert small_tables("702") == {
        "normative_documents.issued_all": Decimal(7),
        "requests.fees_collected": Decimal(0),
        "training.sessions": Decimal(2),
    }


def test_of_two_rows_of_figures_below_labels_neither_is_taken_for_theirs():
    assert small_tables("702", "813") == {}


def test_a_label_with_its_figure_in_its_own_cell_keeps_that_over_figures_below():
    labels = ("制发规范性文件总数3件", "举办各类培训班数4次")
    assert small_tables("78", labels=labels) == {
        "normative_documents.issued_all": Decimal(3),
        "training.sessions": Decimal(4),
    }


FIRST = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "4.保护第三方合法权益",
)
SECOND = (
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（七）总计",
    "四、结转下年度继续办理",
)
WHO = ("自然人", *BODIES, "总计")


def band(labels: tuple[str, ...], first: int) -> list[str]:
    rows = [("申请人情况", *labels)]
    rows += [
        (who, *range(first + 10 * n, first + 10 * n + len(labels))) for n, who in enumerate(WHO)
    ]
    return [cells(row) for row in rows]


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("lower", [0, 1])
def test_a_turned_table_broken_in_two_gives_each_label_the_figures_of_its_own_heads(
    lower: int, *, beside: bool
) -> None:
    one, other = band(FIRST, 0), band(SECOND, 100)
    if beside:
        blank = cells([""] * 7)
        other = [blank] * lower + other
        one += [blank] * lower
        rows = [left + right for left, right in zip(one, other, strict=True)]
    else:
        rows = one + other
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    said = (
        "<p>某县教育局2022年政府信息公开工作年度报告</p><p>三、收到和处理政府信息公开申请情况</p>"
    )
    found = values(found_in(read_html(f"{said}<table>{table}</table>".encode()), 2022))
    assert found["requests.received:natural_person"] == 0
    assert found["requests.received:enterprise"] == 10
    assert found["requests.processed.granted"] == 62
    assert found["requests.processed:natural_person"] == 104
    assert found["requests.carried_out:enterprise"] == 115


ITEMS = ("主动公开信息数", "申请总数", "当面申请数", "传真申请数")


def one_row(*rows: tuple[object, ...], heads: str = "") -> dict[str, Decimal]:
    """Form A with its items side by side, in two rows of heads, and as many rows as given."""
    heads = heads or (
        f"<tr><td rowspan=2>单位名称</td><td rowspan=2>{ITEMS[0]}</td>"
        f"<td colspan=3>申请情况（条）</td></tr><tr>{cells(ITEMS[1:])}</tr>"
    )
    figures = "".join(f"<tr>{cells(row)}</tr>" for row in rows)
    read = read_html(
        "<p>某县2009年政府信息公开工作年度报告</p><p>附表：统计表</p>"
        f"<table>{heads}{figures}</table>".encode()
    )
    return values(found_in(read, 2009))


READ_ACROSS = {
    "disclosure.items": Decimal(372),
    "requests.received": Decimal(16),
    "requests.received.in_person": Decimal(6),
    "requests.received.fax": Decimal(10),
}


def test_items_side_by_side_have_the_figures_in_the_row_of_the_body_below_them():
    assert one_row(("某县", 372, 16, 6, 10)) == READ_ACROSS


def test_units_between_items_and_figures_are_no_other_labels():
    assert one_row(("单位", "条", "件", "件", "件"), ("某县", 372, 16, 6, 10)) == READ_ACROSS


def test_a_blank_below_one_item_leaves_the_others_their_figures():
    found = one_row(("某县", 372, 16, "", 10))
    assert "requests.received.in_person" not in found
    assert found["requests.received.fax"] == Decimal(10)


def test_of_several_bodies_below_items_none_is_taken_for_the_report_s():
    assert one_row(("甲局", 372, 16, 6, 10), ("乙局", 3, 1, 1, 0)) == {}


def test_a_head_over_a_single_item_does_not_take_its_figure():
    heads = (
        f"<tr><td rowspan=2>单位名称</td><td rowspan=2>{ITEMS[0]}</td><td>申请总数</td>"
        "<td rowspan=2>传真申请数</td></tr><tr><td>当面申请数</td></tr>"
    )
    found = one_row(("某县", 372, 6, 10), heads=heads)
    assert "requests.received" not in found
    assert found["requests.received.in_person"] == Decimal(6)


@pytest.mark.parametrize("unit", ["万元", "元"])
def test_the_unit_below_an_item_is_that_of_its_figure(unit: str):
    rows = ((LABELS[1], LABELS[2]), (unit, "次"), (3, 2))
    written = "".join(f"<tr>{cells(row)}</tr>" for row in rows)
    page = f"<p>某县教育局2015年政府信息公开工作年度报告</p><p>统计表</p><table>{written}</table>"
    found = found_in(read_html(page.encode()), 2015)
    fees = [one for one in found.observations if one.indicator_id == "requests.fees_collected"]
    assert [(one.value, one.unit_raw) for one in fees] == [(Decimal(3), unit)]


def test_a_form_with_more_items_side_by_side_than_a_line_of_text_has_is_read():
    others = tuple(f"第{n}类指标" for n in range(70))
    rows = (("统计指标", *LABELS, *others), ("单位", "件", "万元", "次", *("件",) * 70))
    written = "".join(f"<tr>{cells(row)}</tr>" for row in (*rows, ("统计数", 7, 0, 2, *range(70))))
    page = f"<p>某县教育局2015年政府信息公开工作年度报告</p><p>统计表</p><table>{written}</table>"
    assert values(found_in(read_html(page.encode()), 2015)) == {
        "normative_documents.issued_all": Decimal(7),
        "requests.fees_collected": Decimal(0),
        "training.sessions": Decimal(2),
    }


def test_labels_side_by_side_with_values_behind_them_keep_these() -> None:
    """Names of applicants beside them are those of their own row, no heads of rows below."""
    rows = (
        (
            "一、本年新收政府信息公开申请数量",
            "自然人",
            5,
            "二、上年结转政府信息公开申请数量",
            "自然人",
            1,
        ),
        ("（一）予以公开", "商业企业", 4, "（二）部分公开", "商业企业", 3),
        ("（六）其他处理", "科研机构", 7, "四、结转下年度继续办理", "科研机构", 8),
    )
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    title = "<p>三、收到和处理政府信息公开申请情况</p>"
    page = f"<html><body>{title}<table>{lines}</table></body></html>"
    assert values(found_in(read_html(page.encode()), 2020)) == {
        "requests.received:natural_person": 5,
        "requests.carried_in:natural_person": 1,
        "requests.processed.granted:enterprise": 4,
        "requests.processed.partly_granted:enterprise": 3,
        "requests.processed.other:research": 7,
        "requests.carried_out:research": 8,
    }


@pytest.mark.parametrize("joint", ["—", "-", "：", ""])
def test_bodies_named_with_their_group_head_the_rows_of_a_turned_table(joint: str):
    turned = page().decode().replace("<td rowspan=5>法人或其他组织</td>", "")
    turned = turned.replace("<td colspan=2>自然人", "<td>自然人").replace(
        "<td colspan=2>总", "<td>总"
    )
    turned = turned.replace("<td colspan=2 rowspan=3>", "<td rowspan=3>")
    for body in BODIES:
        turned = turned.replace(f"<tr><td>{body}</td>", f"<tr><td>法人或其他组织{joint}{body}</td>")
    found = values(found_in(read_html(turned.encode()), 2022))
    assert found["requests.received:natural_person"] == Decimal(9)
    assert found["requests.received:enterprise"] == Decimal(0)
    assert found["requests.processed:other_organisation"] == Decimal(0)
    assert found["requests.processed"] == Decimal(8)
