"""Columns that a report prints in another way than the form, each in the fewest words."""

from decimal import Decimal

import pytest
from found_tables import found_in, found_in_text

from pipeline.extract.tables.propose.columns import fixed_columns
from pipeline.extract.tables.table_reader import TableFindings
from pipeline.forms.form import forms
from pipeline.model.document import Table
from pipeline.model.observation import Status
from pipeline.readers.document_builder import Linearisation, Spot
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.text.delimited import read_csv

PARTS = "自然人 法人或其他组织 商业企业 科研机构 社会公益组织 法律服务机构 其他"
ROWS = (
    "一、本年新收政府信息公开申请数量 {} 二、上年结转政府信息公开申请数量 {} "
    "三、本年度办理结果 （一）予以公开 {} （二）部分公开 {} （七）总计 {} 四、结转下年度继续办理 {}"
)
TOTAL_FIRST = ("9 6 2 0 0 1 0", "0 0 0 0 0 0 0", "7 5 1 0 0 1 0", "2 1 1 0 0 0 0")
TOTAL_LAST = ("6 2 0 0 1 0 9", "0 0 0 0 0 0 0", "5 1 0 0 1 0 7", "1 1 0 0 0 0 2")
BLOCK = "结果维持 结果纠正 其他结果 尚未审结 总计"
SCOPES = (
    "第二十条第（五）项 信息内容 {} 行政许可 {} "
    "第二十条第（六）项 信息内容 {} 行政处罚 {} 行政强制 {}"
)


def read(document: object, year: int = 2022) -> TableFindings:
    return found_in(document, year)


def running(text: str, year: int = 2022) -> TableFindings:
    return found_in_text(text, year)


def values(found: TableFindings) -> dict[str, Decimal]:
    return {
        one.indicator_id: one.value
        for one in found.observations
        if one.indicator_id and one.value is not None and one.year in (None, 2022)
    }


def table_3(heads: str, rows: tuple[str, ...]) -> str:
    new, zeros, granted, partly = rows
    return f"申请人情况 {heads} " + ROWS.format(new, zeros, granted, partly, new, zeros)


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (f"总计 {PARTS}", TOTAL_FIRST),
        (f"{PARTS} 总计", TOTAL_LAST),
        # The head of the totals spans the rows of heads and is read first.
        (f"总计 {PARTS}", TOTAL_LAST),
    ],
)
def test_the_total_is_where_heads_and_sums_say(heads: str, rows: tuple[str, ...]) -> None:
    found = values(running(table_3(heads, rows)))
    assert found["requests.received"] == 9
    assert found["requests.received:natural_person"] == 6
    assert found["requests.processed.granted:legal_service"] == 1


def test_a_total_that_sums_deny_on_either_side_is_nobodys() -> None:
    rows = ("9 6 2 0 0 5 1", "0 0 0 0 0 0 0", "8 5 1 0 0 7 3", "2 1 4 0 0 0 3")
    found = running(table_3(f"总计 {PARTS}", rows))
    assert not any(key.startswith("requests.") for key in values(found))
    assert any("order of columns" in notice for notice in found.notices)
    assert sum(one.value == 9 for one in found.observations) == 2


def test_columns_in_the_forms_order_stay_however_the_sums_fall() -> None:
    rows = ("9 6 2 0 0 1 0", "0 0 0 0 0 0 0", "7 5 1 0 0 1 0", "2 1 1 0 0 0 0")
    found = values(running(table_3(f"{PARTS} 总计", rows)))
    assert found["requests.received:natural_person"] == 9


def test_blocks_as_rows_take_the_order_of_their_heads() -> None:
    text = (
        table_3(f"{PARTS} 总计", TOTAL_LAST) + " 四、复议诉讼情况 类别 总计 结果维持 结果纠正 "
        "其他结果 尚未审结 行政复议 7 4 2 1 0 "
        "行政诉讼 未经复议直接起诉 3 1 0 0 2 复议后起诉 0 0 0 0 0"
    )
    found = values(running(text))
    assert found["reconsideration.total"] == 7
    assert found["reconsideration.upheld"] == 4
    assert found["litigation_direct.pending"] == 2


def test_the_total_of_the_table_before_is_no_head_of_the_next() -> None:
    text = (
        table_3(f"{PARTS} 总计", TOTAL_LAST)[:-30]
        + f" 总计 {BLOCK} 行政复议 行政诉讼 未经复议直接起诉 复议后起诉 "
        f"{BLOCK} {BLOCK} 4 2 1 0 7 1 0 0 2 3 0 0 0 0 0"
    )
    found = values(running(text))
    assert found["reconsideration.upheld"] == 4
    assert found["reconsideration.total"] == 7


def test_only_all_scopes_together_are_the_reports_number() -> None:
    heads = "市本级 县（市、区） 合计"
    found = running(SCOPES.format(heads, "3 40 43", heads, "5 60 65", "1 2 3"))
    assert values(found) == {
        "licensing.decisions": 43,
        "penalties.decisions": 65,
        "coercive_measures.decisions": 3,
    }
    assert {one.value for one in found.observations if not one.indicator_id} >= {3, 40, 5, 60}


def test_scopes_below_the_head_of_one_column_do_not_fill_the_others() -> None:
    cells = "".join(
        f"<tr><td>{label}</td><td>{own}</td><td>{other}</td><td>{own + other}</td></tr>"
        for label, own, other in (("行政许可", 3, 40), ("行政处罚", 5, 60), ("行政强制", 1, 2))
    )
    page = (
        "<html><body><p>二、主动公开政府信息情况</p><table><tr><td rowspan=2>信息内容</td>"
        "<td colspan=3>处理决定数量</td></tr><tr><td>市本级</td><td>县（区）</td><td>合计</td></tr>"
        f"{cells}</table><p>{table_3(f'{PARTS} 总计', TOTAL_LAST)}</p></body></html>"
    )
    found = values(read(read_html(page.encode()), 2020))
    assert found["licensing.decisions"] == 43
    assert found["penalties.decisions"] == 65
    assert not any("items" in key for key in found)


def test_years_in_place_of_applicants_head_the_whole() -> None:
    text = "申请人情况 项目 2021年 2022年 同比增减 " + ROWS.format(*["4 9 5"] * 6)
    found = running(text)
    assert values(found)["requests.received"] == 9
    assert {one.value for one in found.observations if one.year == 2021} == {4}
    assert not any(":" in (one.indicator_id or "") for one in found.observations)


def test_a_head_that_begins_like_another_is_the_forms_own() -> None:
    text = (
        "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数 规章 1 2 3 "
        "行政规范性文件 4 5 6 第二十条第（五）项 信息内容 本年处理决定数量 行政许可 7"
    )
    assert values(running(text))["normative_documents.in_force"] == 6


def test_a_note_wrapped_around_a_value_gives_it_back() -> None:
    text = (
        "统计指标 单位 统计数\n一、主动公开情况 ——\n"
        "（一）主动公开政府信息数（不同渠道和方式公开  条  1011\n"
        "相同信息计1条）\n其中：主动公开规范性文件数  条  19\n制发规范性文件总数  件  21\n"
        "（二）从事政府信息公开工作人员数  人  55\n"
        "1.专职人员数（不包括政府公报及政府网站工作  人  8\n"
        "人员数）\n2.兼职人员数  人  47\n"
    )
    found = values(running(text, 2014))
    assert found["disclosure.items"] == 1011
    assert found["staff.full_time"] == 8
    assert found["staff.part_time"] == 47


def test_an_empty_form_has_blank_cells_in_the_table_without_labels() -> None:
    heads = "".join(f"<td>{head}</td>" for head in BLOCK.split() * 3)
    page = (
        f"<html><body><p>{table_3(f'{PARTS} 总计', TOTAL_LAST)}</p><table>"
        "<tr><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td></tr>"
        "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
        f"<tr>{heads}</tr><tr>{'<td></td>' * 15}</tr></table></body></html>"
    )
    found = read(read_html(page.encode()))
    blank = [one for one in found.observations if one.value_status is Status.BLANK]
    assert sum((one.indicator_id or "").startswith("litigation") for one in blank) == 10
    assert sum((one.indicator_id or "").startswith("reconsideration") for one in blank) == 5


def test_stretched_cells_leave_a_blank_one_its_place() -> None:
    other = "（六）其他处理 0 0 0 0 0 0 0 （七）"
    page = (
        "<html><body><table><tr><td colspan=6>第二十条第（八）项</td></tr><tr><td>信息内容</td>"
        "<td colspan=2>上一年项目数量</td><td colspan=3>本年增/减</td></tr>"
        "<tr><td>行政事业性收费</td>"
        "<td colspan=3>&nbsp;</td><td colspan=2>41</td></tr></table>"
        f"<p>{table_3(f'{PARTS} 总计', TOTAL_LAST).replace('（七）', other)}"
        "</p></body></html>"
    )
    found = values(read(read_html(page.encode()), 2020))
    assert found["administrative_fees.items_change"] == 41
    assert "administrative_fees.items_last_year" not in found


def test_values_that_stand_before_their_labels_are_given_to_none() -> None:
    text = (
        f"申请人情况 {PARTS} 总计\n9 0 0 0 0 0 9\n一、本年新收政府信息公开申请数量\n1 0 0 0 0 0 1\n"
        "二、上年结转政府信息公开申请数量\n三、本年度办理结果\n6 0 0 0 0 0 6\n（一）予以公开\n"
        "3 0 0 0 0 0 3\n（二）部分公开\n9 0 0 0 0 0 9\n（七）总计\n1 0 0 0 0 0 1\n"
        "四、结转下年度继续办理\n五、存在的主要问题及改进情况"
    )
    found = running(text)
    assert not values(found)
    assert any("before their labels" in notice for notice in found.notices)


def test_values_before_their_labels_are_told_though_others_stand_behind_the_last() -> None:
    new, zeros, granted, partly = TOTAL_LAST
    rows = ROWS.format(zeros, granted, partly, new, zeros, "3 0 0 0 0 0 3")
    found = running(f"申请人情况 {PARTS} 总计 {new} {rows}")
    assert values(found) == {}
    assert any("before their labels" in notice for notice in found.notices)


def test_a_count_of_the_columns_is_no_row_of_values() -> None:
    found = values(running(table_3(f"{PARTS} 总计 1 2 3 4 5 6 7", TOTAL_LAST)))
    assert found["requests.received"] == 9


@pytest.mark.parametrize("lost", [0, 1], ids=["two rows", "two rows less a number"])
def test_rows_behind_one_that_ran_into_the_label_before_belong_to_nobody(lost: int) -> None:
    new, zeros, granted, partly = TOTAL_LAST
    ran_together = " ".join(f"{zeros} {granted}".split()[lost:])
    rows = ROWS.format(new, ran_together, "", partly, new, zeros)
    found = running(f"申请人情况 {PARTS} 总计 {rows}")
    assert values(found)["requests.received"] == 9
    assert not any("processed" in indicator for indicator in values(found))
    assert any("apart from their labels" in notice for notice in found.notices)


def test_codes_before_the_labels_are_no_values() -> None:
    text = (
        "代码 统计指标 单位 统计数 01 一、主动公开情况 —— 02 （一）主动公开政府信息数 条 764 "
        "03 其中：主动公开规范性文件数 条 4 04 制发规范性文件总数 件 05 （一）收到申请数 件 5 "
        "06 1.当面申请数 件 6 07 2.传真申请数 件 0"
    )
    found = values(running(text, 2016))
    assert found["disclosure.items"] == 764
    assert found["disclosure.normative_documents"] == 4
    assert "normative_documents.issued_all" not in found
    assert found["requests.received"] == 5
    assert found["requests.received.in_person"] == 6


def test_a_column_beside_the_forms_own_is_left_out() -> None:
    heads = "".join(
        f"<td>{head}</td>" for head in (*PARTS.split(), "小计", "总计") if "法人" not in head
    )
    rows = "".join(
        f"<tr><td>{label}</td>" + "".join(f"<td>{one}</td>" for one in row.split()) + "</tr>"
        for label, row in (
            ("一、本年新收政府信息公开申请数量", "6 2 0 0 1 0 3 9"),
            ("二、上年结转政府信息公开申请数量", "0 0 0 0 0 0 0 0"),
            ("（一）予以公开", "6 2 0 0 1 0 3 9"),
        )
    )
    page = f"<html><body><table><tr><td>申请人情况</td>{heads}</tr>{rows}</table></body></html>"
    found = values(read(read_html(page.encode())))
    assert found["requests.received"] == 9
    assert found["requests.received:other_organisation"] == 0


def test_rows_whose_label_spans_a_column_too_few_are_not_read_a_column_off() -> None:
    heads = "".join(f"<td>{head}</td>" for head in (*PARTS.split(), "总计") if "法人" not in head)
    rows = "".join(
        f"<tr><td colspan=2>{label}</td>"
        + "".join(f"<td>{one}</td>" for one in row.split())
        + "<td></td></tr>"
        for label, row in (
            ("一、本年新收政府信息公开申请数量", "585 47 0 0 0 0 632"),
            ("二、上年结转政府信息公开申请数量", "0 3 0 0 0 0 3"),
            ("（一）予以公开", "235 32 0 0 0 0 267"),
        )
    )
    page = f"<html><body><table><tr><td colspan=3>申请人情况</td>{heads}</tr>{rows}</table></body>"
    found = values(read(read_html(page.encode())))
    assert found["requests.received"] == 632
    assert found["requests.received:natural_person"] == 585
    assert found["requests.carried_in:natural_person"] == 0
    assert found["requests.carried_in:enterprise"] == 3


def test_parts_in_another_order_are_given_to_none() -> None:
    heads = "其他 自然人 商业企业 科研机构 社会公益组织 法律服务机构 总计"
    found = running(table_3(heads, TOTAL_LAST))
    assert not any(":" in key for key in values(found))
    assert any("order of columns" in notice for notice in found.notices)


def test_columns_of_other_meanings_take_the_order_of_their_heads() -> None:
    text = (
        "第二十条第（一）项 信息内容 现行有效件数 本年制发件数 本年废止件数 规章 30 1 2 "
        "行政规范性文件 60 4 5 第二十条第（五）项 信息内容 本年处理决定数量 行政许可 7"
    )
    found = values(running(text))
    assert found["normative_documents.in_force"] == 60
    assert found["rules.repealed"] == 2


def test_a_row_that_names_its_applicants_is_read_by_their_names() -> None:
    text = (
        "一、本年新收政府信息公开申请数量 自然人6件 商业企业1件\n"
        "二、上年结转政府信息公开申请数量 自然人0件\n三、本年度办理结果\n"
        "（一）予以公开 商业企业1件 自然人4件\n（二）部分公开 自然人2件\n"
        "（三）不予公开 1.属于国家秘密 自然人0件\n"
    )
    assert values(running(text)) == {
        "requests.received:natural_person": 6,
        "requests.received:enterprise": 1,
        "requests.carried_in:natural_person": 0,
        "requests.processed.granted:natural_person": 4,
        "requests.processed.granted:enterprise": 1,
        "requests.processed.partly_granted:natural_person": 2,
        "requests.processed.denied.state_secret:natural_person": 0,
    }


@pytest.mark.parametrize("years", [(2017, 2016), (2016, 2017)])
def test_figures_run_together_are_parted_by_the_sums_of_the_reports_own_year(
    years: tuple[int, int],
) -> None:
    """The column of last year, which does not add up here, says nothing of this year's."""
    numbers = {2017: (31, 4, 3, 20, 4), 2016: (32, 5, 4, 21, 5)}
    labels = ("（一）收到申请数", "1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数")
    rows = [
        f"{label} 件 {numbers[years[0]][n]}{' ' if n else ''}{numbers[years[1]][n]}"
        for n, label in enumerate(labels)
    ]
    heads = f"统计指标 单位 {years[0]}年 {years[1]}年"
    text = "\n".join(["嘉祥县水务局2017年政府信息公开工作年度报告", heads, *rows, ""])
    found = found_in_text(text, 2017)
    received = [one for one in found.observations if one.indicator_id == "requests.received"]
    printed = " ".join(str(numbers[year][0]) for year in years)
    assert [printed in one.candidates for one in received] == [True, True]


LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（七）总计",
    "四、结转下年度继续办理",
)


def rows_of(*numbers: str) -> str:
    return "".join(
        f"<tr><td>{label}{''.join(f'<td>{number}' for number in numbers)}" for label in LABELS
    )


def told(page: str, year: int = 2022) -> dict[tuple[str, int | None], Decimal | None]:
    found = read(read_html(f"<h2>三、收到和处理情况</h2>{page}".encode()), year)
    return {
        (one.indicator_id, one.year): one.value
        for one in found.observations
        if one.indicator_id and one.value is not None
    }


def test_the_second_half_of_a_table_begins_with_another_kind_of_applicant():
    halves = (
        "<table><tr><td>（本列数据）<td>自然人<td>商业企业<td>科研机构<td>社会公益组织"
        f"{rows_of(*'1234')}</table><p>表3-2</p><table><tr><td rowspan=2>（本列数据）"
        "<td colspan=2>法人或其他组织<td rowspan=2>总计<tr><td>法律服务机构<td>其他"
        f"{rows_of('5', '6', '21')}</table>"
    )
    found = told(halves)
    assert found["requests.received:legal_service", None] == 5
    assert found["requests.received:other_organisation", None] == 6
    assert found["requests.processed", None] == 21


def test_heads_that_stand_over_some_columns_only_tell_nothing_of_the_others():
    cut = f"<table><tr><td><td>法律服务机构<td>其他<td>总计{rows_of(*'1234567')}</table>"
    found = told(cut)
    assert found.get(("requests.received:legal_service", None)) in (None, 5)


def test_years_below_each_kind_of_applicant_are_its_columns():
    kinds = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    over = "".join(f"<td colspan=2>{kind}" for kind in kinds)
    page = (
        f"<table><tr><td rowspan=2>（本列数据的勾稽关系）{over}<tr>{'<td>2022年<td>2021年' * 7}"
        f"{rows_of(*(str(n) for n in range(14)))}</table>"
    )
    found = told(page)
    assert found["requests.received:natural_person", 2022] == 0
    assert found["requests.received:natural_person", 2021] == 1
    assert found["requests.received", 2022] == 12


def test_the_form_s_heads_down_the_side_and_years_across_are_read_by_both():
    page = (
        "<p>二、主动公开政府信息情况</p><table><tr><td>项目<td>指标<td>2022年<td>2021年<td>增减"
        "<tr><td>行政规范性文件<td>本年制发件数<td>5<td>2<td>3"
        "<tr><td>行政规范性文件<td>现行有效件数<td>9<td>7<td>2"
        "<tr><td>行政事业性收费<td>本年收费金额（万元）<td>6<td>8<td>-2</table>"
    )
    found = values(read(read_html(page.encode())))
    assert found == {
        "normative_documents.issued": 5,
        "normative_documents.in_force": 9,
        "administrative_fees.amount": 6,
    }


def test_a_cell_as_tall_as_its_label_is_that_label_s_beside_lower_rows():
    page = (
        "<table><tr><td>信息内容<td>上一年项目数量<td>本年增/减<td>处理决定数量"
        "<td rowspan=2>信息内容<td rowspan=2>上一年项目数量<td rowspan=2>本年增/减"
        "<td rowspan=2>处理决定数量"
        "<tr><td rowspan=2>行政许可<td rowspan=2>25<td rowspan=2>-6<td rowspan=2>1"
        "<tr><td>行政强制<td>7<td>0<td>2</table>"
    )
    found = values(read(read_html(page.encode()), 2020))
    assert found["licensing.items_last_year"] == 25
    assert found["coercive_measures.items_last_year"] == 7


def test_reviews_and_lawsuits_upright_before_the_requests_keep_their_first_block():
    outcomes = BLOCK.split()
    blocks = ("行政复议", "未经复议直接起诉", "复议后起诉")
    upright = "".join(
        f"<tr>{f'<td rowspan=5>{block}' if not n else ''}<td>{outcome}<td>{first + n}"
        for first, block in zip((0, 10, 20), blocks, strict=True)
        for n, outcome in enumerate(outcomes)
    )
    requests = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    page = (
        "<table><tr><td>信息内容<td>本年处理决定数量<tr><td>行政处罚<td>4</table>"
        f"<table><tr><td>类别<td>结果<td>件数{upright}</table><p>三、收到和处理申请情况</p>"
        f"<table><tr><td>申请人情况{''.join(f'<td>{one}' for one in requests)}"
        f"{rows_of(*'1000001')}</table><p>四、政府信息公开行政复议、行政诉讼情况</p>"
    )
    found = values(read(read_html(page.encode())))
    assert found["reconsideration.upheld"] == 0
    assert found["litigation_after_reconsideration.other"] == 22


def test_a_year_on_the_line_of_who_filled_a_form_in_heads_no_column() -> None:
    lines = ["某市政府信息公开统计表,,", "填报单位：某局,,2017年度", "统计指标,单位,统计数"]
    rows = ["（一）收到申请数,件,9", "1.当面申请数,件,4", "2.传真申请数,件,5"]
    found = values(read(read_csv("\n".join([*lines, *rows]).encode()), 2017))
    assert found["requests.received"] == 9
    assert found["requests.received.in_person"] == 4


def test_a_total_by_its_other_name_before_its_parts_is_found_by_its_head() -> None:
    """Read in the form's order, every sum would fail and no value be published."""
    lines = [f"类别 合计 {PARTS}".replace(" 法人或其他组织", "").split()]
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（七）总计"]
    for label, row in zip(labels, TOTAL_FIRST, strict=False):
        lines.append([label, *row.split()])
    cells = "".join(f"<tr><td>{'<td>'.join(line)}" for line in lines)
    page = f"<body><p>三、收到和处理政府信息公开申请情况</p><table>{cells}</table></body>"
    found = values(read(read_html(page.encode())))
    assert found["requests.received"] == 9
    assert found["requests.received:natural_person"] == 6


@pytest.mark.parametrize(
    ("heads", "years"),
    [("2015年", {None}), ("统计数", {None}), ("2015年\t2016年", {2015, 2016})],
)
def test_one_year_over_the_only_column_tells_nothing_and_two_do(
    heads: str, years: set[int | None]
) -> None:
    """It may be a slip of last year's form."""
    again = "\t1" * heads.count("\t")
    rows = (
        ("（一）收到申请数", 14),
        ("1.当面申请数", 1),
        ("2.传真申请数", 9),
        ("（二）申请办结数", 14),
    )
    text = f"嘉祥县财政局2016年政府信息公开情况统计表\n统计指标\t单位\t{heads}\n"
    text += "".join(f"{label}\t件\t{n}{again}\n" for label, n in rows)
    found = found_in_text(text, 2016)
    assert {one.year for one in found.observations} == years


@pytest.mark.parametrize(("above", "col"), [("总计", 7), ("", None)])
def test_a_word_below_the_first_row_is_no_head_beside_those_above_it(
    above: str, col: int | None
) -> None:
    (table,) = (one for form in forms() if form.form == "D" for one in form.tables if one.id == "3")
    heads = [column.heads[0] for column in table.columns[:-1]]
    printed = (["", *heads, above], ["一、新收", *"1234567"], ["合计", *"123456", "总计"])
    page = Linearisation()
    page.table(Spot(text, n, at) for n, row in enumerate(printed) for at, text in enumerate(row))
    (grid,) = page.blocks
    assert isinstance(grid, Table)
    first = next(cell.place.start for cell in grid.cells if cell.row == 1)
    found = {column.head: column.col for column in fixed_columns(table, grid, first)}
    assert found == {
        **{column.name: n for n, column in enumerate(table.columns[:-1], 1)},
        table.columns[-1].name: col,
    }


LISTED = "<tr>{}<td>{}</td><td>{}</td></tr>"
NAMED = ("本年制发件数", "本年废止件数", "现行有效件数")


@pytest.mark.parametrize("way", ["over its rows", "in its first row", "in one cell with each"])
def test_a_column_named_beside_each_figure_of_a_label_is_that_figures(way: str) -> None:
    rows = ""
    for label, figures in (("规章", (0, 1, 2)), ("行政规范性文件", (8, 3, 19))):
        for n, (name, figure) in enumerate(zip(NAMED, figures, strict=True)):
            if way == "in one cell with each":
                rows += LISTED.format("", label + name, figure)
            elif way == "over its rows":
                own = "" if n else f"<td rowspan=3>{label}</td>"
                rows += LISTED.format(own, name, figure)
            else:
                rows += LISTED.format(f"<td>{'' if n else label}</td>", name, figure)
    page = (
        "<p>某县教育局2022年政府信息公开工作年度报告</p><p>第二十条第（一）项</p>"
        f"<table><tr><td>信息内容</td><td>统计项目</td><td>数量</td></tr>{rows}</table>"
        "<p>第二十条第（五）项</p><table><tr><td>行政许可</td><td>12</td></tr></table>"
    )
    found = values(read(read_html(page.encode())))
    kinds = ("issued", "repealed", "in_force")
    names = [f"{of}.{kind}" for of in ("rules", "normative_documents") for kind in kinds]
    assert [found.get(name) for name in names] == [0, 1, 2, 8, 3, 19]


@pytest.mark.parametrize(
    ("corner", "kinds", "bodies"), [(3, 1, 5), (2, 1, 5), (3, 2, 5), (3, 1, 4), (3, 1, 6)]
)
def test_heads_that_a_wrong_span_moves_shift_no_figure(
    corner: int, kinds: int, bodies: int
) -> None:
    """A browser moves them too, but nobody counts labels by kinds of applicants."""
    rows = {
        "一、本年新收政府信息公开申请数量": (119, 2, 3, 4, 5, 6, 139),
        "二、上年结转政府信息公开申请数量": (0, 0, 0, 0, 0, 0, 0),
        "（一）予以公开": (7, 1, 0, 0, 0, 0, 8),
        "（二）部分公开": (9, 0, 0, 2, 0, 0, 11),
        "（七）总计": (16, 1, 0, 2, 0, 0, 19),
    }
    below = "<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他"
    figures = "".join(
        f"<tr><td colspan=3>{label}{''.join(f'<td>{figure}' for figure in row)}</tr>"
        for label, row in rows.items()
    )
    page = (
        f"<p>某县教育局2022年政府信息公开工作年度报告</p><table>"
        f"<tr><td colspan=3 rowspan={corner}><td colspan=7 rowspan={kinds}>申请人情况</tr>"
        f"<tr><td rowspan=2>自然人"
        f"<td colspan={bodies}>法人或其他组织<td rowspan=2>总计</tr>"
        f"<tr>{below}</tr>{figures}</table>"
    )
    found = values(read(read_html(page.encode())))
    assert found["requests.received:natural_person"] == 119
    assert found["requests.received:enterprise"] == 2
    assert found["requests.received:other_organisation"] == 6
    assert found["requests.received"] == 139
