"""Values behind the head of their column each: whose they are, and what is no row."""

from decimal import Decimal

import pytest
from found_tables import found_in, found_in_text, values

from pipeline.readers.html.html_reader import read_html

HEAD = "三、收到和处理政府信息公开申请情况\n"
# Zeros are left out, and nobody asked in the second row.
PAIRS = (
    f"{HEAD}一、本年新收政府信息公开申请数量\n自然人{{0}}4\n商业企业{{0}}1\n其他{{0}}1\n总计{{0}}6\n"
    "二、上年结转政府信息公开申请数量\n三、本年度办理结果\n（一）予以公开\n其他{0}1\n总计{0}1\n"
    "（三）不予公开：1.属于国家秘密\n自然人{0}3\n总计{0}3\n"
    "3.危及“三安全一稳定”\n商业企业{0}1\n总计{0}1\n"
    "（六）其他处理：3.其他\n自然人{0}1\n总计{0}1\n（七）总计\n自然人{0}4\n商业企业{0}1\n其他{0}1\n"
    "总计{0}6\n四、结转下年度继续办理\n五、存在的主要问题及改进情况\n"
)


@pytest.mark.parametrize("between", ["\t", " ", "：", "\n"])
def test_a_value_behind_the_head_of_its_column_is_that_columns(between: str) -> None:
    found = values(found_in_text(PAIRS.format(between), 2024))
    assert found["requests.received:natural_person"] == 4
    assert found["requests.received:other_organisation"] == 1
    assert found["requests.received"] == 6
    assert found["requests.processed.granted:other_organisation"] == 1
    assert found["requests.processed.denied.security_stability:enterprise"] == 1
    assert found["requests.processed.other.residual:natural_person"] == 1
    assert found["requests.processed:enterprise"] == 1
    assert "requests.carried_in" not in found
    assert "requests.received:research" not in found


def test_rows_called_as_columns_are_stay_rows_beside_applicants_in_sentences() -> None:
    row = "0 0 0 0 0 0 0"
    text = (
        "收到自然人5件、商业企业3件申请，答复自然人4件、商业企业2件。\n"
        + HEAD
        + "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
        f"一、本年新收政府信息公开申请数量 5 3 0 0 0 0 8\n二、上年结转政府信息公开申请数量 {row}\n"
        f"三、本年度办理结果\n（一）予以公开 4 2 0 0 0 0 6\n（六）其他处理\n其他 1 1 0 0 0 0 2\n"
        "总计 5 3 0 0 0 0 8\n四、结转下年度继续办理 0 0 0 0 0 0 0\n"
    )
    found = values(found_in_text(text, 2024))
    assert found["requests.processed.other.residual"] == 2
    assert found["requests.processed"] == 8


@pytest.mark.parametrize(("unit", "printed"), [("元", "元"), ("万元", "万元")])
def test_a_unit_between_a_label_and_its_value_is_the_values(unit: str, printed: str) -> None:
    text = (
        "第二十条第（六）项\n行政处罚\n本年处理决定数量\t6\n行政强制\n本年处理决定数量\t0\n"
        f"第二十条第（八）项\n行政事业性收费\n本年收费金额（单位：{unit}）\t35000\n"
        + PAIRS.format("\t")
    )
    found = found_in_text(text, 2024)
    (fees,) = [o for o in found.observations if o.indicator_id == "administrative_fees.amount"]
    assert (fees.value, fees.unit_raw) == (Decimal(35000), printed)


def small_tables(*captions: str) -> dict[str, Decimal]:
    tables = "".join(
        f"<h3>{caption}</h3><table><tr><td>办理情况<td>件数"
        f"<tr><td>一、本年新收政府信息公开申请数量<td>{n}<tr><td>二、上年结转政府信息公开申请数量<td>0"
        f"<tr><td>（一）予以公开<td>{n}<tr><td>1.属于国家秘密<td>0<tr><td>2.重复申请<td>0"
        f"<tr><td>（七）总计<td>{n}<tr><td>四、结转下年度继续办理<td>0</table>"
        for n, caption in enumerate(captions, 1)
    )
    page = f"<h1>2024年政府信息公开年度报告</h1><h2>{HEAD}</h2>{tables}"
    return values(found_in(read_html(page.encode()), 2024))


def test_a_small_table_for_each_kind_of_applicant_is_that_kinds() -> None:
    found = small_tables("自然人", "法人或其他组织—其他", "总计")
    assert found["requests.received:natural_person"] == 1
    assert found["requests.processed:other_organisation"] == 2
    assert found["requests.received"] == 3


@pytest.mark.parametrize(
    "captions", [("其他事项", "总计"), ("自然人和商业企业", "总计"), ("自然人",)]
)
def test_a_caption_that_may_mean_something_else_gives_no_column(captions: tuple[str, ...]) -> None:
    assert not [one for one in small_tables(*captions) if one.startswith("requests")]


@pytest.mark.parametrize("behind", ["", "<tr><td>四、结转下年度继续办理</td>{0}</tr>"])
def test_a_piece_of_a_table_with_its_totals_alone_has_the_columns_of_its_heads(behind: str) -> None:
    heads = (
        "<tr><td rowspan=2>办理情况</td><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td>"
        "<td rowspan=2>总计</td></tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td>"
        "<td>法律服务机构</td><td>其他</td></tr>"
    )
    figures = "".join(f"<td>{figure}</td>" for figure in (7, 1, "/", "/", "/", "/", 8))
    page = (
        "<p>某县教育局2024年政府信息公开工作年度报告</p>"
        f"<table>{heads}<tr><td>一、本年新收政府信息公开申请数量</td>{figures}</tr>"
        f"<tr><td>（一）予以公开</td>{figures}</tr></table>"
        f"<table>{heads}<tr><td>（七）总计</td>{figures}</tr>{behind.format(figures)}</table>"
    )
    found = values(found_in(read_html(page.encode()), 2024))
    assert found["requests.processed:natural_person"] == 7
    assert found["requests.processed:enterprise"] == 1
    assert found["requests.processed"] == 8
