"""What went wrong in tables as crawlers leave them, each in the fewest words that show it."""

from decimal import Decimal

import pytest
from found_tables import found_in_text, values

from pipeline.extract.tables.table_reader import TableFindings
from pipeline.model.observation import Observation

NATIONAL = (
    ("（一）主动公开政府信息数", "条", "96"),
    ("其中：主动公开规范性文件数", "条", "3"),
    ("制发规范性文件总数", "件", "9"),
    ("1.政府公报公开政府信息数", "条", "2"),
    ("2.政府网站公开政府信息数", "条", "68"),
    ("3.政务微博公开政府信息数", "条", "11"),
    ("4.政务微信公开政府信息数", "条", "41"),
)


def find(text: str, year: int = 2016) -> TableFindings:
    return found_in_text(text, year)


def headings(found: TableFindings) -> list[Observation]:
    return [one for one in found.observations if one.indicator_id is None]


def test_a_heading_of_the_prose_is_not_taken_for_that_of_the_table() -> None:
    rows = [f"{number}\n{label}\n{value}" for number, (label, _, value) in enumerate(NATIONAL, 2)]
    found = find(
        "一、主动公开情况\n全年做好公开工作。\n二、统计表\n序号\n统计指标\n统计数\n1\n一、主动公开情况\n"
        + "\n".join(rows)
    )
    assert values(found)["disclosure.items"] == 96
    assert values(found)["disclosure.channel.website"] == 68


def test_a_number_is_never_a_unit() -> None:
    rows = [f"{label} {value} 7" for label, _, value in NATIONAL]
    assert values(find("一、主动公开情况 " + " ".join(rows))) == {}


def test_numbers_that_count_the_rows_are_no_values() -> None:
    rows = [f"{label} {value} {number}" for number, (label, _, value) in enumerate(NATIONAL, 3)]
    read = values(find("1 一、主动公开情况 2 " + " ".join(rows)))
    assert read["disclosure.normative_documents"] == 3
    blank = [f"{number}\n{label}\n{unit}\n" for number, (label, unit, _) in enumerate(NATIONAL, 2)]
    assert values(find("1\n一、主动公开情况\n" + "".join(blank))) == {}


def test_cells_between_tabs_on_one_line_have_no_columns() -> None:
    heads = "自然人\t法人或其他组织\t总计\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t"
    labels = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "（七）总计",
    )
    rows = "\t".join(f"{label}\t4\t1\t0\t3\t0\t22\t30" for label in labels)
    read = values(find(heads + rows, 2021))
    assert (read["requests.received"], read["requests.received:public_interest"]) == (30, 3)


def test_of_two_rows_that_may_bear_a_label_the_upper_one_bears_it() -> None:
    found = find(
        "统计指标 单位 统计数 四、行政复议数量 件 5 （一）维持具体行政行为数 件 3 "
        "（二）被依法纠错数 件 1 （三）其他情形数 件 1 五、行政诉讼数量 件 4 "
        "（一）维持具体行政行为或者驳回原告诉讼请求数 件 2 （二）被依法纠错数 件 2 "
        "（三）其他情形数 件 0 七、依申请公开信息收取的费用 万元 0"
    )
    assert values(found)["litigation.corrected"] == 2
    assert values(found)["litigation.other"] == 0


def test_the_footer_of_a_site_on_the_same_line_takes_no_row_with_it() -> None:
    rows = "".join(f"{label}{unit}{value}" for label, unit, value in NATIONAL * 3)
    found = find(
        f"本报告由办公室编制。统计指标单位统计数{rows}版权所有：平邑县政府办公室 鲁ICP备1101号"
    )
    assert values(found)["disclosure.channel.wechat"] == 41


def test_a_footer_in_the_middle_of_a_line_takes_no_row_with_it() -> None:
    rows = "".join(f"{label}{unit}{value}" for label, unit, value in NATIONAL)
    found = find(
        f"本报告由办公室编制。网站标识码3713260004统计指标单位统计数{rows}{'，办公室说明' * 40}"
    )
    assert values(found)["disclosure.items"] == 96


def test_years_head_columns_with_the_words_for_a_count_behind_them() -> None:
    rows = "\n".join(f"{label}\t{unit}\t7\t{value}" for label, unit, value in NATIONAL)
    found = find(f"统计指标\t单位\t2015年统计数\t2016年统计数\n{rows}\n")
    own = [one for one in found.observations if one.year == 2016]
    assert [str(one.value) for one in own] == [value for *_, value in NATIONAL]


def test_markdown_escapes_points_in_numbers_and_behind_them() -> None:
    found = find(
        "统计指标 | 单位 | 统计数  \n---|---|---  \n"
        "（二）通过不同渠道和方式公开政府信息的情况 |  |   \n"
        "1\\. 政府公报公开政府信息数 | 条 | 2  \n"
        "（四）政府信息公开专项经费 | 万元 | 2\\.5  "
    )
    assert values(found)["budget.special_funds"] == Decimal("2.5")
    assert headings(found) == []


def test_a_long_note_in_brackets_belongs_to_its_label() -> None:
    note = (
        "行政机关制定发布的决定、公告、通告、意见、通知，以及标题采用“规定”“办法”字样的公文，" * 2
    )
    found = find(
        "第二十条第（一）项\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n"
        f"规章\n0\n0\n0\n规范性文件（{note}一般情况下属于规范性文件）\n34\n4\n47\n",
        2020,
    )
    assert values(found)["normative_documents.made"] == 34
    assert values(found)["normative_documents.disclosed_stock"] == 47


def test_a_row_out_of_order_in_a_grid_keeps_its_indicator() -> None:
    found = find(
        "指标 | 单位 | 2011年 |\n主动公开政府信息数 | 条 | 18 |\n本年度申请总数 | 条 | 12 |\n"
        "对申请的答复总数 | 条 | 11 |\n提供服务类信息数 | 条 | 30 |\n"
        "网站专栏页面访问量 | 人次 | 65 |\n"
        "咨询电话接听数 | 人次 | 54 |\n网上咨询数 | 人次 | 37 |\n行政复议数 | 件 | 6 |\n",
        2011,
    )
    read = values(found)
    assert (read["consultation.telephone"], read["consultation.online"]) == (54, 37)


def test_the_rows_of_putian_name_their_channels_in_short() -> None:
    found = find(
        "指标名称 计量单位 2009年度 历年累计 主动公开信息数 条 212 1406 "
        "其中：1.政府网站 条 205 1377 2.政府公报 条 7 29 "
        "受理依申请公开信息总数 条 3 17 其中：1.当面申请数 条 1 11",
        2009,
    )
    read = values(found)
    assert (read["disclosure.channel.website"], read["disclosure.channel.gazette"]) == (205, 7)


def test_the_year_so_far_is_the_figure_of_the_year_beside_a_period() -> None:
    found = find(
        "指标名称 计量单位 代码 本期实际 本年累计 主动公开信息数 条 01 61 318 "
        "其中：全文电子化的主动公开信息数 条 02 60 311 新增的行政规范性文件数 条 03 0 1 "
        "申请总数 条 10 2 9 行政复议数 件 32 0 1",
        2010,
    )
    read = values(found)
    assert (read["disclosure.items"], read["requests.received"]) == (318, 9)
    assert not any(key.endswith(":cumulative") for key in read)
    items = [one.value for one in found.observations if one.indicator_id == "disclosure.items"]
    assert items == [318]


def test_the_title_at_the_head_of_a_page_parts_no_row() -> None:
    found = find(
        "统计指标\n单位\n统计数\n收到申请数\n件\n8\n1.当面申请数\n石泉县人民政府2017年政府信息公开工作年度报告\n"
        "第 7 页 共 9 页\n件\n5\n2.传真申请数\n件\n0\n3.网络申请数\n件\n3\n"
        "4.信函申请数\n件\n0\n",
        2017,
    )
    assert values(found)["requests.received.in_person"] == 5


def test_a_total_of_the_requests_may_be_called_the_sum() -> None:
    found = find(
        "三、收到和处理政府信息公开申请情况 自然人 商业企业 科研机构 社会公益组织 法律服务机构 "
        "其他 总计 一、本年新收政府信息公开申请数量 5 1 0 0 0 0 6 "
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0 （一）予以公开 4 0 0 0 0 0 4 "
        "（二）部分公开 0 1 0 0 0 0 1 （七）合计 4 1 0 0 0 0 5 "
        "四、结转下年度继续办理 1 0 0 0 0 0 1",
        2021,
    )
    assert values(found)["requests.processed"] == 5


def test_glued_rows_of_a_report_that_leaves_zeros_blank_are_not_parted() -> None:
    # Meant: 54 + 19 + 3 + 33 = 109, and only 5 + 4 + 1 + 93 + 3 + 3 fills every cell.
    rows = (
        ("一、本年新收政府信息公开申请数量", "54 19 3 33 109"),
        ("二、上年结转政府信息公开申请数量", "14 2 57 19 92"),
        ("（一）予以公开", "24 30 18 56 128"),
        ("（二）部分公开", "12 30 26 12 80"),
        ("1.属于国家秘密", "53 22 27 13 115"),
        ("2.其他法律行政法规禁止公开", "41 25 58 14 138"),
    )
    heads = "自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他 "
    found = find(heads + " ".join(f"{label} {row.replace(' ', '')}" for label, row in rows), 2021)
    assert values(found) == {}


def test_commas_between_cells_are_not_those_of_thousands() -> None:
    found = find(
        "第二十条第（一）项\n信息内容,本年新制作数量,本年新公开数量,对外公开总数量\n规章,0,165,1\n"
        "规范性文件,27,308,712\n第二十条第（五）项\n信息内容,上一年项目数量,本年增/减,处理决定数量\n"
        '行政许可,36,339,"1,204"\n',
        2020,
    )
    read = values(found)
    assert (read["rules.made"], read["rules.disclosed"]) == (0, 165)
    assert (read["normative_documents.made"], read["normative_documents.disclosed"]) == (27, 308)
    assert read["licensing.decisions"] == 1204


def test_nothing_in_words_is_read_behind_a_unit_it_touches() -> None:
    rows = "\n".join(f"{label}{unit}无" for label, unit, _ in NATIONAL)
    assert set(values(find(f"统计指标单位统计数\n{rows}")).values()) == {Decimal(0)}


def test_halves_side_by_side_tell_labels_that_recur_apart() -> None:
    left = (
        ("四、行政复议数量", 9), ("（一）维持具体行政行为数", 5), ("（二）被依法纠错数", 3),
        ("（三）其他情形数", 1), ("五、行政诉讼数量", 6),
        ("（一）维持具体行政行为或者驳回原告诉讼请求数", 4),
    )  # fmt: skip
    right = (
        ("（二）被依法纠错数", 2), ("（三）其他情形数", 0), ("六、被举报投诉数量", 7),
        ("（一）维持具体行政行为数", 4), ("（二）被纠错数", 2), ("（三）其他情形数", 1),
    )  # fmt: skip
    rows = (
        f"{one}\t件\t{n}\t{other}\t件\t{m}"
        for (one, n), (other, m) in zip(left, right, strict=True)
    )
    read = values(find("\n".join(["\t".join(["统计指标", "单位", "统计数"] * 2), *rows])))
    assert (read["reconsideration.corrected"], read["litigation.corrected"]) == (3, 2)
    assert (read["litigation.other"], read["complaints.other"]) == (0, 1)


def test_halves_of_five_rows_are_halves() -> None:
    left = (
        ("四、行政复议数量", 9), ("（二）被依法纠错数", 3), ("（三）其他情形数", 1),
        ("五、行政诉讼数量", 6), ("（一）维持具体行政行为或者驳回原告诉讼请求数", 4),
    )  # fmt: skip
    right = (
        ("（三）其他情形数", 0), ("六、被举报投诉数量", 7), ("（一）维持具体行政行为数", 4),
        ("（二）被纠错数", 2), ("（三）其他情形数", 1),
    )  # fmt: skip
    rows = (
        f"{one}\t件\t{n}\t{other}\t件\t{m}"
        for (one, n), (other, m) in zip(left, right, strict=True)
    )
    read = values(find("\n".join(["\t".join(["统计指标", "单位", "统计数"] * 2), *rows])))
    assert (read["reconsideration.corrected"], read["reconsideration.other"]) == (3, 1)
    assert (read["litigation.other"], read["complaints.corrected"]) == (0, 2)


BLOCK = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"
COURTS = f"行政复议\n行政诉讼\n{BLOCK}未经复议直接起诉\n复议后起诉\n{BLOCK}{BLOCK}" + "\n".join(
    "201030100100000"
)


@pytest.mark.parametrize("year", [2020, 2022])
@pytest.mark.parametrize("behind", ["", "\n六、其他\n行政复议3起，行政诉讼2起，均已审结。"])
def test_a_sentence_above_the_heads_puts_no_numbers_into_the_row(year: int, behind: str) -> None:
    found = find(
        "四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n四、政府信息公开行政复议、行政诉讼情况\n"
        f"行政复议61起，行政诉讼15起，均已审结。\n{COURTS}{behind}",
        year,
    )
    read = values(found)
    assert (read["reconsideration.upheld"], read["reconsideration.total"]) == (2, 3)
    assert (read["litigation_direct.upheld"], read["litigation_after_reconsideration.total"]) == (
        0,
        0,
    )


def test_a_year_that_begins_the_line_behind_a_table_is_no_value_of_it() -> None:
    rows = "\n".join("\n".join(row) for row in NATIONAL)
    found = find(f"统计指标\n单位\n统计数\n{rows}\n2017年，主动公开政府信息数 66 条。", 2017)
    assert values(found)["disclosure.channel.wechat"] == 41


def test_codes_that_values_run_into_are_cut_off_them() -> None:
    labels = [("一、主动公开情况", "——", ""), *NATIONAL]
    rows = "".join(f"{n}{label}{unit}{value}" for n, (label, unit, value) in enumerate(labels, 1))
    read = values(find(f"序号统计指标单位统计数{rows}"))
    assert read["disclosure.items"] == 96
    assert read["disclosure.normative_documents"] == 3
    assert read["normative_documents.issued_all"] == 9
    assert read["disclosure.channel.website"] == 68


def test_a_misprinted_head_does_not_cost_the_row_below_it() -> None:
    read = values(find(COURTS.replace("尚未审结", "尚未员结", 1), 2022))
    assert (read["reconsideration.total"], read["litigation_direct.corrected"]) == (3, 1)


def test_a_misprinted_head_over_others_does_not_cost_the_table() -> None:
    found = find(
        "自然人 法人或其他信织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他 "
        "一、本年新收政府信息公开申请数量 5 1 0 0 0 0 6 "
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0 （一）予以公开 4 0 0 0 0 0 4 "
        "（二）部分公开 0 1 0 0 0 0 1 （七）总计 4 1 0 0 0 0 5 "
        "四、结转下年度继续办理 1 0 0 0 0 0 1",
        2021,
    )
    assert values(found)["requests.received:enterprise"] == 1


def test_a_sentence_with_a_label_makes_the_table_no_second_one() -> None:
    rows = "".join(f"{label}\n{unit}\n{value}\n" for label, unit, value in NATIONAL)
    found = find(
        "主动公开政府信息数 | 9 |\n制发规范性文件总数 | 2 |\n\n与2014年相比有所增加。\n\n"
        f"统计指标\n单位\n统计数\n{rows}",
        2016,
    )
    assert {one.year for one in found.observations if one.indicator_id} == {None}


@pytest.mark.parametrize("page", ["Page 7", "P. 7", "·7·", "7/12", "- 7 -", "第7页"])
def test_the_number_of_a_page_is_no_value(page: str) -> None:
    rows = [f"{label}\n{unit}\n{value}" for label, unit, value in NATIONAL]
    rows[2] = rows[2].replace("件\n", f"件\n{page}\n")
    assert (
        values(find("统计指标\n单位\n统计数\n" + "\n".join(rows)))["normative_documents.issued_all"]
        == 9
    )


def test_a_page_number_amid_a_row_is_told_by_its_sum_or_not_at_all() -> None:
    heads = "自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他 "
    rows = (
        "一、本年新收政府信息公开申请数量 2 0 0 0 0 0 2 "
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0 "
        "（一）予以公开 2 0 0 0 7 0 0 2 （二）部分公开 0 2 0 0 0 0 0 2 （七）总计 2 0 0 0 0 0 2 "
    )
    read = values(find(heads + rows, 2021))
    assert read["requests.processed.granted:natural_person"] == 2
    assert "requests.processed.partly_granted:natural_person" not in read
