"""What once went wrong in tables, each in the fewest words that show it."""

from decimal import Decimal

import pytest
from found_tables import found_in, found_in_text, values

from pipeline.extract.tables.table_reader import TableFindings
from pipeline.forms.catalogue import indicators
from pipeline.lexis.values import read_value
from pipeline.model.observation import Observation, Source, Status
from pipeline.readers.html.html_reader import read_html

YEAR = 2015
HEADS = "指标名称 单位 2015年 历年累计"
FUJIAN = (
    ("主动公开文件数", "条"),
    ("其中：1.政府网站公开数", "条"),
    ("2.政府公报公开数", "条"),
    ("受理政府信息公开申请总数", "条"),
    ("其中：1.当面申请数", "条"),
    ("对申请的答复总数", "条"),
    ("其中：1同意公开答复数", "条"),
    ("行政复议数", "件"),
    ("行政诉讼数", "件"),
)
TABLE_2 = (
    "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数 规章 0 0 0 "
    "行政规范性文件 {} 第二十条第（五）项 信息内容 本年处理决定数量 行政许可 {} "
    "第二十条第（六）项 信息内容 本年处理决定数量 行政处罚 {} 行政强制 {} "
    "第二十条第（八）项 信息内容 本年收费金额（单位：万元） 行政事业性收费 {}"
)
TABLE_4 = (
    "行政复议 行政诉讼 结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉 "
    "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计 "
)


def find(text: str, year: int = YEAR) -> TableFindings:
    return found_in_text(text, year)


def of(found: TableFindings, indicator: str) -> list[Observation]:
    return [one for one in found.observations if one.indicator_id == indicator]


def fujian(*numbers: str, heads: str = HEADS) -> str:
    rows = zip(FUJIAN, numbers, strict=True)
    return " ".join([heads, *(f"{label} {unit} {number}" for (label, unit), number in rows)])


def table_2(
    documents: str = "1 0 2",
    licences: str = "3",
    penalties: str = "4",
    measures: str = "5",
    fees: str = "6",
) -> str:
    return TABLE_2.format(documents, licences, penalties, measures, fees)


def test_a_blank_cell_is_not_filled_from_the_digits_of_its_neighbour() -> None:
    found = find(fujian("9 9", "9 9", "0 0", "12", "3 3", "8 8", "8 8", "0 0", "0 0"))
    assert {one.value_status for one in of(found, "requests.received")} == {Status.UNREADABLE}
    assert "requests.received" not in values(found)


def test_two_columns_under_heads_run_together_are_not_one_number() -> None:
    text = fujian(*["12 34"] * 9).replace(" ", "")
    assert Decimal(1234) not in values(find(text)).values()


def test_the_next_labels_bare_number_is_no_value() -> None:
    found = values(find(fujian("9 9", "9 9", "0 0", "2 2", "2 2", "8", "8 8", "0 0", "0 0")))
    assert found.get("requests.answered:cumulative") is None


def test_a_change_downwards_is_negative() -> None:
    text = (
        "第二十条第（五）项 信息内容 上一年项目数量 本年增/减 处理决定数量 行政许可 20 减2 7 "
        "其他对外管理服务事项 3 增1 0 第二十条第（六）项 信息内容 上一年项目数量 本年增/减 "
        "处理决定数量 行政处罚 1 -1 0 行政强制 1 +3/-2 0"
    )
    found = values(find(text, 2019))
    assert found["licensing.items_change"] == -2
    assert found["other_services.items_change"] == 1
    assert found["penalties.items_change"] == -1
    assert found["coercive_measures.items_change"] == 1


def test_a_year_that_begins_the_next_sentence_is_no_cell() -> None:
    found = values(find(table_2(fees="6 2022年，我局收费减少。"), 2022))
    assert found["administrative_fees.amount"] == 6


def test_an_unknown_row_with_a_number_of_its_own_leaves_the_row_above_whole() -> None:
    found = find(table_2(measures="5 3.行政检查 77"), 2022)
    assert values(found)["coercive_measures.decisions"] == 5
    unknown = [one for one in found.observations if one.indicator_id is None]
    assert [(one.label_raw.strip("."), one.value_raw) for one in unknown] == [("行政检查", "77")]


def test_the_unit_that_touches_a_number_belongs_to_it() -> None:
    (amount,) = of(find(table_2(fees="35000元"), 2022), "administrative_fees.amount")
    assert (amount.value, amount.unit_raw) == (Decimal(35000), "元")


def test_the_unit_printed_in_the_head_beats_the_forms() -> None:
    text = table_2(fees="35000").replace("万元", "元") + "\n"
    (amount,) = of(find(text, 2022), "administrative_fees.amount")
    assert (amount.value, amount.unit_raw) == (Decimal(35000), "元")


@pytest.mark.parametrize("printed", ["05", "0000"])
def test_a_zero_in_front_means_lost_borders(printed: str) -> None:
    (decisions,) = of(find(table_2(licences=printed), 2022), "licensing.decisions")
    assert (decisions.value, decisions.value_status) == (None, Status.UNREADABLE)


def test_sentences_with_units_and_commas_are_no_rows() -> None:
    text = "全年办理行政许可20件、行政处罚141件、行政强制3件，行政事业性收费12.5万元，规章2件。"
    assert find(text, 2022).template == "none"


def test_a_label_joined_to_another_is_not_that_label() -> None:
    text = fujian("9 9", "9 9", "0 0", "2 2", "2 2", "8 8", "8 8", "0 0", "0 0")
    found = values(find(text.replace("1.当面申请数", "1.网络、当面申请数")))
    assert "requests.received.in_person" not in found


def test_blocks_set_as_rows_of_their_own_are_one_row() -> None:
    text = (
        "结果维持 结果纠正 其他结果 尚未审结 总计 行政复议 1 0 0 0 1 行政诉讼 "
        "未经复议直接起诉 0 2 0 0 2 复议后起诉 0 0 3 0 3"
    )
    found = values(find(table_2() + " " + text, 2022))
    assert found["reconsideration.total"] == 1
    assert found["litigation_direct.corrected"] == 2
    assert found["litigation_after_reconsideration.other"] == 3


def test_a_page_number_behind_the_last_row_is_no_cell() -> None:
    cells = "1 0 0 0 1 0 2 0 0 2 0 0 3 0 3"
    for printed in (f"{cells} — 5 —", f"{cells} 第 5 页", f"{cells} 5"):
        found = values(find(f"{table_2()} {TABLE_4}{printed}", 2022))
        assert found["litigation_after_reconsideration.total"] == 3


@pytest.mark.parametrize("heads", ["2014年 2015年", "二〇一四年 二〇一五年", "２０１４ ２０１５"])
def test_a_column_of_last_year_is_not_this_years(heads: str) -> None:
    numbers = ["5 7"] * 9
    found = find(fujian(*numbers, heads=f"指标名称 单位 {heads}"))
    years = {one.year: one.value for one in of(found, "requests.received")}
    assert years == {2014: Decimal(5), 2015: Decimal(7)}


def test_a_masked_cell_is_not_zero_in_a_sum() -> None:
    found = find(table_2(licences="XX"), 2022)
    (decisions,) = of(found, "licensing.decisions")
    assert (decisions.value, decisions.value_status) == (None, Status.MASKED)


@pytest.mark.parametrize("last", ["2021年", "２０２１年", "二〇二一年度", "2 0 2 1 年"])
def test_a_second_table_under_last_years_caption_keeps_its_year(last: str) -> None:
    found = find(f"{table_2()} 附：{last}数据 " + table_2(licences="8"), 2022)
    years = {one.year: one.value for one in of(found, "licensing.decisions")}
    assert years == {None: Decimal(3), 2021: Decimal(8)}


def test_a_cell_is_found_where_the_grid_has_it() -> None:
    page = (
        "<table><tr><td>导航</td><td>甲</td></tr><tr><td>搜索</td><td>乙</td></tr></table>"
        "<table><tr><td colspan=4>第二十条第（一）项</td></tr><tr><td>信息内容</td>"
        "<td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
        "<tr><td>规章</td><td>0</td><td>0</td><td>7</td></tr>"
        "<tr><td>行政规范性文件</td><td>2</td><td>1</td><td>9</td></tr></table>"
    )
    document = read_html(page.encode())
    (in_force,) = of(found_in(document, 2023), "normative_documents.in_force")
    assert (in_force.value, in_force.table_no) == (9, 2)
    assert (in_force.row_no, in_force.col_no) == (4, 4)


def test_a_value_nobody_could_read_is_not_trusted() -> None:
    found = find(table_2("6233440"), 2023)
    unread = [one for one in found.observations if one.value_status is Status.UNREADABLE]
    assert unread
    assert {one.confidence for one in unread} == {0.0}


def test_traditional_units_beside_a_number_are_units() -> None:
    found = find(fujian(*["9條 12"] * 9).replace("条 9條 12", "條 9條 12"))
    assert values(found)["disclosure.items"] == 9


def test_money_in_traditional_characters_is_money() -> None:
    assert read_value("3.5萬").number == 35000
    assert read_value("12條").unit == "条"
    assert read_value("無").number == 0


def test_the_bracket_that_closes_a_label_is_no_part_of_the_unit() -> None:
    found = find(
        fujian(*["9"] * 9, heads="指标名称 单位 2015年").replace("文件数 条", "文件数 ）条")
    )
    assert {one.unit_raw for one in of(found, "disclosure.items")} == {"条"}


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("5 -20 - 4 -", [(None, "5 -20")] * 3),
        ("5 0 -20 - 4 -", [(5, "5"), (0, "0"), (None, "-20")]),
    ],
)
def test_a_minus_and_the_dash_of_a_page_number_are_no_page_number(
    row: str, read: list[tuple[int | None, str]]
) -> None:
    found = find(TABLE_2.format(row, 12, 3, 0, 0), year=2022)
    columns = ("issued", "repealed", "in_force")
    ids = [f"normative_documents.{column}" for column in columns]
    assert [(one.value, one.value_raw) for name in ids for one in of(found, name)] == read


OTHER_HANDLING = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
)


def rows_beside_one_cell(rowspan: int) -> TableFindings:
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["0", "98", "0", "0", "9", "0", "107"], ["7", "0", "0", "0", "0", "0", "7"]]
    rows.append(["2", "300", "0", "3", "0", "0", "305"])
    rows += [["1", "0", "0", "0", "0", "0", "1"]] * (rowspan - len(rows))
    cells = ["".join(f"<td>{value}</td>" for value in row) for row in rows]
    cells[rowspan:] = [f"<td></td>{row}" for row in cells[rowspan:]]
    page = (
        "<html><body><p>三、收到和处理政府信息公开申请情况</p><table><tr><td colspan=2>"
        f"{''.join(f'<td>{head}</td>' for head in heads)}</tr>"
        "<tr><td colspan=2>一、本年新收政府信息公开申请数量</td>"
        f"{'<td>5</td>' * 6}<td>30</td></tr><tr><td rowspan=3>（六）其他处理</td>"
        f"<td rowspan={rowspan}>{'<br>'.join(OTHER_HANDLING)}</td>"
        f"{'</tr><tr>'.join(cells)}</tr></table></body></html>"
    )
    return found_in(read_html(page.encode()), 2023)


def test_labels_in_one_tall_cell_have_a_row_of_values_each():
    found = values(rows_beside_one_cell(rowspan=3))
    other = "requests.processed.other"
    assert [found[f"{other}.{kind}"] for kind in ("not_amended", "not_paid", "residual")] == [
        107,
        7,
        305,
    ]


@pytest.mark.parametrize("rowspan", [2, 4])
def test_labels_in_one_cell_of_fewer_or_more_rows_are_nobody_s_values(rowspan):
    found = rows_beside_one_cell(rowspan)
    other = [one for one in found.observations if ".other." in (one.indicator_id or "")]
    assert {one.value_status for one in other} == {Status.UNREADABLE}


def carried_in(row: str) -> list[Observation]:
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    page = (
        "<html><body><p>三、收到和处理政府信息公开申请情况</p><table><tr><td>"
        f"{''.join(f'<td>{head}' for head in heads)}"
        f"<tr><td>一、本年新收政府信息公开申请数量{'<td>5' * 6}<td>30"
        f"<tr><td>二、上年结转政府信息公开申请数量{row}</table></body></html>"
    )
    found = found_in(read_html(page.encode()), 2023).observations
    return [one for one in found if (one.indicator_id or "").startswith("requests.carried_in")]


def test_words_in_a_cell_of_values_cost_that_cell_only():
    found = carried_in("<td>84件另结转3件<td>2<td>125<td>23<td>8<td>12<td>254")
    assert [one.value for one in found] == [None, 2, 125, 23, 8, 12, 254]
    assert found[0].value_status is Status.UNREADABLE
    assert found[0].value_raw == "84件另结转3件"


def test_a_row_of_words_and_figures_that_fit_no_columns_is_said_to_be_unreadable():
    found = carried_in("<td>84件另3件<td>2<td>125<td>23<td>8<td>12<td>254<td>见附件")
    assert {one.value_status for one in found} == {Status.UNREADABLE}
    assert len(found) == 7


@pytest.mark.parametrize("row", ["2 125 23 8 12 170", "84 2 125 23 8 326"])
def test_a_row_that_lacks_a_cell_and_ends_in_its_sum_is_not_dealt_from_the_left(row):
    found = carried_in("".join(f"<td>{value}" for value in row.split()))
    assert {one.value_status for one in found} == {Status.UNREADABLE}


def test_a_row_that_lacks_the_total_keeps_its_values():
    found = carried_in("<td>84<td>2<td>125<td>23<td>8<td>12")
    assert [one.value for one in found if one.value_raw] == [84, 2, 125, 23, 8, 12]
    assert [one.indicator_id for one in found if not one.value_raw] == ["requests.carried_in"]


def test_a_figure_beside_the_columns_does_not_move_those_behind_a_blank_cell():
    found = carried_in("<td> <td>2<td>125<td>23<td>8<td>12<td>170<td>9")
    assert [one.value for one in found] == [None, 2, 125, 23, 8, 12, 170]


def test_a_number_broken_over_lines_is_joined_where_the_sum_bears_it_out():
    found = carried_in("<td>1,99<br>8<td>2<td>125<td>23<td>8<td>12<td>21<br>68")
    assert [one.value for one in found] == [1998, 2, 125, 23, 8, 12, 2168]
    assert found[0].source is Source.RECONSTRUCTED
    assert found[1].source is Source.TABLE


def test_numbers_on_two_lines_of_a_cell_are_not_joined_on_trust():
    found = carried_in("<td>84<br>3<td>2<td>125<td>23<td>8<td>12<td>254")
    assert [one.value for one in found] == [None, 2, 125, 23, 8, 12, 254]


def _with_copy_below(caption: str) -> TableFindings:
    applicants = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    labels = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
    )
    own, other = (
        "<table>"
        + "".join(
            f"<tr><td>{'<td>'.join(row)}"
            for row in (("项目", *applicants), *((label, *figures) for label in labels))
        )
        + "</table>"
        for figures in ("3000014", "8000019")
    )
    prose = "<p>现将我局2022年度政府信息公开工作的有关情况报告如下，请予监督。"
    return found_in(read_html(f"<body>{prose}{own}<h2>{caption}</h2>{other}".encode()), 2022)


@pytest.mark.parametrize(
    "caption",
    [
        "附：填表示例（仅供参考，非本单位数据）",
        "样表示例",
        "附：所属单位统计表",
        "下属机构统计情况表",
    ],
)
def test_an_example_or_the_form_of_another_body_below_the_own_one_takes_nothing_from_it(caption):
    found = _with_copy_below(caption)
    assert values(found)["requests.received"] == 4
    received = [one.value for one in found.observations if one.indicator_id == "requests.received"]
    assert received == [4]
    assert any("was left aside" in notice for notice in found.notices)


@pytest.mark.parametrize("caption", ["附：统计表", "本局及所属单位统计表"])
def test_of_two_tables_that_may_both_be_the_own_one_none_is_left_aside(caption):
    found = _with_copy_below(caption)
    assert not any("was left aside" in notice for notice in found.notices)


def test_a_column_of_all_years_whose_indicator_is_none_stops_nothing():
    rows = "（一）主动公开政府信息数\t条\t6959\t20922\n其中：主动公开规范性文件数\t条\t3\t48\n"
    rows += "制发规范性文件总数\t件\t5\t62\n1.政府公报公开政府信息数\t条\t4\t36\n"
    found = found_in_text(f"统计指标\t单位\t本年数\t历年累计\n{rows}", 2017)
    known = indicators()
    assert all(one.indicator_id in known for one in found.observations if one.indicator_id)
    assert values(found)["disclosure.normative_documents"] == 3


_ROWS_OF_B = (
    ("（一）主动公开政府信息数", "条", "12"),
    ("1.政府公报公开政府信息数", "条", "0"),
    ("2.政府网站公开政府信息数", "条", "12"),
    ("3.政务微博公开政府信息数", "条", "0"),
    ("（一）收到申请数", "件", "4"),
    ("1.当面申请数", "件", "1"),
)


def test_the_only_table_is_read_whoever_its_caption_names():
    """Nothing is a copy of another where there is no other."""
    rows = "\n".join(map("\t".join, _ROWS_OF_B))
    found = found_in_text(f"所属各单位统计表\n统计指标\t单位\t统计数\n{rows}\n", 2016)
    assert values(found)["disclosure.items"] == 12
    assert not any("was left aside" in notice for notice in found.notices)


@pytest.mark.parametrize(("words", "items"), [("", [12, 99]), ("去年 ", [12]), ("去年数据 ", [12])])
def test_a_row_behind_a_flattened_table_is_its_row_only_without_a_word_between(words, items):
    rows = " ".join(" ".join(row) for row in _ROWS_OF_B)
    again = f"{words}（一）主动公开政府信息数 条 99"
    found = found_in_text(f"统计表\n统计指标 单位 统计数 {rows} {again}\n", 2016)
    seen = [one.value for one in found.observations if one.indicator_id == "disclosure.items"]
    assert seen == items


@pytest.mark.parametrize(("rows", "items"), [(2, 12), (3, None)])
def test_a_tall_figure_is_shared_only_where_it_reaches_down_to_the_next_label(rows, items):
    page = (
        "<p>现将本年度政府信息公开工作的有关情况公布如下，请予监督。</p><table>"
        "<tr><td>统计指标<td>单位<td>统计数"
        f"<tr><td>（一）主动公开政府信息数<td rowspan={rows}>条<td rowspan={rows}>12"
        "<tr><td>（不同渠道和方式公开相同信息计1条）"
        f"<tr><td>其中：主动公开规范性文件数{'<td>条<td>3' * (rows == 2)}"
        "<tr><td>（一）收到申请数<td>件<td>4<tr><td>1.当面申请数<td>件<td>1</table>"
    )
    found = values(found_in(read_html(f"<body>{page}".encode()), 2016))
    assert found.get("disclosure.items") == items
    assert found["requests.received"] == 4


def test_of_two_units_printed_above_the_nearer_one_counts():
    text = (
        "第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t120\n"
        "第二十条第（九）项 政府采购 单位：元\n"
        "信息内容 采购项目数量 采购总金额（单位：万元）\n政府集中采购\t5\t120\n"
    )
    (amount,) = of(find(text, year=2019), "procurement.amount")
    assert (amount.value, amount.unit_raw) == (120, "万元")


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("本年收費金額（單位：萬元）", "万元"),
        ("本年收费金额", None),
    ],
)
def test_the_unit_of_a_fee_is_what_is_printed_and_not_what_the_form_has_there(head, unit):
    text = f"第二十条第（八）项\n信息内容\t{head}\n行政事业性收费\t2200.02\n"
    (amount,) = of(find(text, year=2021), "administrative_fees.amount")
    assert (str(amount.value), amount.unit_raw) == ("2200.02", unit)


@pytest.mark.parametrize(("rows", "are_codes"), [(3, False), (4, True), (7, True)])
def test_four_numbers_that_go_up_before_labels_count_the_rows(rows, are_codes):
    labels = ["主动公开政府信息数", *(f"信息公开其他情况{letter}" for letter in "甲乙丙丁戊己")]
    cells = "".join(
        f"<tr><td>{n}</td><td>{label}</td><td>{100 + n}</td></tr>"
        for n, label in enumerate(labels[:rows], 1)
    )
    page = (
        "<p>嘉祥县财政局2018年政府信息公开统计表</p>"
        f"<table><tr><td>代码</td><td>公开情况</td><td>数</td></tr>{cells}</table>"
    )
    found = found_in(read_html(page.encode()), 2018)
    codes = [one for one in found.observations if one.value and one.value < 100]
    assert len(codes) == (0 if are_codes else rows)


TWO_KINDS = (
    "三、收到和处理政府信息公开申请情况\n"
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） "
    "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    "一、本年新收政府信息公开申请数量 {}\n二、上年结转政府信息公开申请数量 自然人6件 商业企业1件\n"
)


def test_a_kind_of_applicant_named_twice_in_a_row_has_no_number():
    text = TWO_KINDS.format("自然人6件 商业企业1件 自然人2件")
    found = find(text, year=2021)
    assert of(found, "requests.received:natural_person")[0].value is None
    (carried,) = of(found, "requests.carried_in:natural_person")
    assert carried.value == 6


@pytest.mark.parametrize(("between", "is_read"), [("以下为各项统计数", True), ("统计" * 5, False)])
def test_a_grid_of_figures_is_the_labels_above_it_behind_a_few_letters_only(between, is_read):
    figures = ("3200016", "1000001")
    grid = "".join(f"<tr>{''.join(f'<td>{n}</td>' for n in row)}</tr>" for row in figures)
    page = (
        "<p>嘉祥县2022年政府信息公开年度报告</p><p>三、收到和处理政府信息公开申请情况</p>"
        "<p>一、本年新收政府信息公开申请数量</p><p>二、上年结转政府信息公开申请数量</p>"
        f"<p>{between}</p><table>{grid}</table>"
    )
    found = values(found_in(read_html(page.encode()), 2022))
    assert found.get("requests.received") == (6 if is_read else None)


def test_a_unit_broken_over_two_lines_of_a_narrow_column_is_one():
    html = (
        "<table><tr><td>统计指标<td>单<br>位<td>统计数<tr><td>五、行政诉讼数量<td>件<td>3"
        "<tr><td>七、依申请公开信息收取的费用<td>万<br>元<td>12.5"
        "<tr><td>（四）政府信息公开专项经费<td>万<br>元<td>30.25</table>"
    )
    found = found_in(read_html(html.encode()), 2017)
    (budget,) = of(found, "budget.special_funds")
    assert (budget.value, budget.unit_raw, budget.confidence) == (Decimal("30.25"), "万元", 1)


def test_a_mark_at_the_beginning_of_a_line_makes_no_number_of_the_digits_above():
    text = (
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况\n"
        "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
        "一、本年新收政府信息公开申请数量 120 0 0 0 0 2 122\n"
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0\n"
        "三 （一）予以公开 120 0 0 0 0 2 122\n、 （二）部分公开 0 0 0 0 0 0 0\n"
    )
    assert values(find(text, year=2023))["requests.processed.granted"] == 122
