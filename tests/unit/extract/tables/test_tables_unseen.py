"""What went wrong on reports that nobody had tuned the reader to, one test a cause."""

from decimal import Decimal

from pipeline.model.observation import Observation
from pipeline.parsing import parse_file

TITLE = "灵石县两渡镇人民政府{year}年政府信息公开工作年度报告\n"
APPLICANTS = ["自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织"]
APPLICANTS += ["法律服务机构", "其他"]
REQUESTS = {"一、本年新收政府信息公开申请数量": "14 2 0 0 1 0 17"}
REQUESTS |= {"二、上年结转政府信息公开申请数量": "1 0 0 0 0 0 1"}
REQUESTS |= {"（一）予以公开": "5 1 0 0 0 0 6", "四、结转下年度继续办理": "10 1 0 0 1 0 12"}


def observed(body: str, year: int) -> list[Observation]:
    (document,) = parse_file("report.txt", (TITLE.format(year=year) + body + "\n").encode())
    (report,) = document.reports
    return list(report.observations)


def values(body: str, year: int = 2016) -> dict[str | None, Decimal]:
    return {
        seen.indicator_id: seen.value for seen in observed(body, year) if seen.value is not None
    }


def facts(body: str, year: int) -> dict[str, Decimal]:
    (document,) = parse_file("report.txt", (TITLE.format(year=year) + body).encode())
    return {fact.indicator_id: fact.value for fact in document.reports[0].facts}


def test_heads_run_into_one_row_do_not_move_the_values_to_other_applicants() -> None:
    heads = "\t".join(["申请人情况", *APPLICANTS])
    rows = ["\t".join([label, *numbers.split()]) for label, numbers in REQUESTS.items()]
    read = values("\n".join([heads, *rows]), 2023)
    assert read["requests.received"] == 17
    assert read["requests.received:enterprise"] == 2
    assert read["requests.received:other_organisation"] == 0


def test_no_row_of_a_second_copy_is_given_to_a_heading_of_the_first() -> None:
    labels = ["主动公开政府信息数", "政府网站公开政府信息数", "回应公众关注热点或重大舆情数"]
    labels += ["收到申请数", "当面申请数", "网络申请数", "申请办结数", "按时办结数", "申请答复数"]
    labels += ["属于已主动公开范围数", "同意公开答复数", "不同意公开答复数", "行政复议数量"]
    labels += ["维持具体行政行为数", "被依法纠错数", "其他情形数", "举报投诉数量"]
    last = ["政府信息公开工作专门机构数", "举办各类培训班数", "接受培训人员数"]
    copy = "".join(f"{label} 件 {n * 7}\n" for n, label in enumerate([*labels, *last]))
    read = values(f"统计指标 单位 统计数\n{copy}附件下载\n统计指标 单位 统计数\n{copy}")
    assert read["reconsideration.upheld"] == 91
    assert not {"complaints.upheld", "complaints.corrected", "complaints.other"} & read.keys()


def test_a_bold_number_is_a_number() -> None:
    table = (
        "统计指标 | 单位 | 统计数\n---|---|---\n收到申请数 | 件 | **5**\n当面申请数 | 件 | __3__\n"
    )
    read = values(table + "网络申请数 | 件 | ***1,002***\n")
    assert read["requests.received"] == 5
    assert read["requests.received.in_person"] == 3
    assert read["requests.received.online"] == 1002


def test_a_line_with_a_bar_above_a_table_in_markdown_is_no_head_of_it() -> None:
    around = "2017-01-28 | 点击数：512\n一、基本情况。公开政府信息231条。\n"
    table = "统计指标 | 单位 | 统计数\n---|---|---\n收到申请数 | 件 | 9\n当面申请数 | 件 | 3\n"
    assert values(around + table)["requests.received"] == 9


def test_a_unit_of_money_may_stand_in_brackets_behind_the_label() -> None:
    rows = ["收到申请数（件）\t9", "当面申请数（件）\t9", "依申请公开信息收取的费用（万元）\t1.35"]
    read = facts("\n".join(["统计指标\t数量", *rows]), 2016)
    assert read["requests.fees_collected"] == Decimal("1.35")


def test_a_unit_of_money_may_stand_in_brackets_in_the_head() -> None:
    table = (
        "第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额（万元）\n政府集中采购\n9\n216.4\n"
    )
    assert facts(table, 2019)["procurement.amount"] == 2_164_000
    assert "procurement.amount" not in facts(table.replace("（万元）", ""), 2019)


def test_a_list_of_labels_and_numbers_a_line_each_is_a_table() -> None:
    labels = ["收到申请数", "当面申请数", "网络申请数", "申请办结数", "按时办结数", "申请答复数"]
    read = values("".join(f"　　（一）{label}：{n}件；\n" for n, label in enumerate(labels)))
    assert read["requests.received"] == 0
    assert read["requests.answered"] == 5


def test_lines_with_nothing_but_a_space_are_blank_cells_of_a_row() -> None:
    rows = {"一、本年新收政府信息公开申请数量": "8 1 - - - - 9", "（一）予以公开": "- 4 - - - - 4"}
    rows |= {"（二）部分公开": "4 - - - - - 4", "四、结转下年度继续办理": "- - - - - - 0"}
    lines = [cell for label, cells in rows.items() for cell in (label, *cells.split())]
    text = "\n".join(["申请人情况", *APPLICANTS, *lines, ""]).replace("\n-", "\n\xa0")
    read = values(text, 2025)
    assert read["requests.received:enterprise"] == 1
    assert read["requests.processed.granted:enterprise"] == 4
    assert "requests.processed.granted:natural_person" not in read
    assert read["requests.carried_out"] == 0


def test_lines_with_nothing_but_a_space_between_all_cells_are_none() -> None:
    lines = ["申请人情况", *APPLICANTS, "一、本年新收政府信息公开申请数量", "8", "2", "1", "11"]
    read = values("\n\xa0\n".join([*lines, "四、结转下年度继续办理"]) + "\n", 2025)
    assert "requests.received:research" not in read
    assert "requests.received:legal_service" not in read


def test_values_below_a_label_that_breaks_in_brackets_are_its_own() -> None:
    lines = ["统计指标                                  单位    统计数"]
    lines += ["收到申请数                                件      9"]
    lines += ["当面申请数                                件      3"]
    lines += ["专职人员数（不包括政府公报及政府"]
    lines += ["                                          人      4", "网站工作人员数）"]
    lines += ["兼职人员数                                人      2"]
    read = values("\n".join(lines))
    assert (read["staff.full_time"], read["staff.part_time"]) == (4, 2)


def test_the_source_run_into_a_title_hides_neither_title_nor_agency() -> None:
    name = "灌南县消防救援大队"
    title = f"{name}2022年政府信息公开工作年度报告来源：{name}发布时间：2023-01-19\n"
    table = "申请人情况 自然人\n" + "".join(f"{row} {cells}\n" for row, cells in REQUESTS.items())
    (document,) = parse_file("report.txt", (title + table).encode())
    (report,) = document.reports
    assert report.agency is not None
    assert (report.agency.name_zh, report.year) == (name, 2022)


def test_a_row_broken_at_a_bar_goes_on_below() -> None:
    heads = f"申请人情况 | {' | '.join(APPLICANTS)}\n---|---|---|---|---|---|---|---|---\n"
    rows = [f"{label} | {cells.replace(' ', ' | ')}" for label, cells in REQUESTS.items()]
    rows[0] = rows[0].replace("| 0 | 17", "|\n0 | 17")
    rows[2] = rows[2].replace("| 0 | 6", "| 0\n| 6")
    read = values(heads + "\n".join(rows), 2022)
    assert (read["requests.received"], read["requests.processed.granted"]) == (17, 6)
    assert (read["requests.carried_in"], read["requests.carried_out"]) == (1, 12)


def test_hard_spaces_written_as_entities_are_spaces() -> None:
    rows = ["收到申请数&nbsp;件&nbsp;9", "当面申请数&nbsp;件&nbsp;2", "传真申请数&nbsp;件&nbsp;0"]
    rows += ["网络申请数&nbsp;件&nbsp;7", "申请办结数&nbsp;件&nbsp;9", "按时办结数&nbsp;件&nbsp;8"]
    read = values("统计指标&nbsp;单位&nbsp;统计数\n" + "\n".join(rows))
    assert (read["requests.received"], read["requests.closed.on_time"]) == (9, 8)


DISCLOSED = ["本年新制作数量", "本年新公开数量", "对外公开总数量"]
LICENSED = ["上一年项目数量", "本年增/减", "处理决定数量"]


def statuses(body: str, year: int) -> dict[str | None, str]:
    return {seen.indicator_id: str(seen.value_status) for seen in observed(body, year)}


def test_a_cell_of_words_takes_nothing_from_the_cells_beside_it() -> None:
    rows = [
        ["信息内容", *DISCLOSED],
        ["规章", "本单位未制作规章", "本单位未制作规章", "本单位未制作规章"],
        ["规范性文件", "本单位未制作规范性文件", "2", "7"],
        ["信息内容", *LICENSED],
        ["行政许可", "见附件", "-2", "97"],
    ]
    for body in ("\n".join("\t".join(row) for row in rows), " |\n".join(_cell_a_line(rows))):
        read = values(body, 2020)
        assert read["normative_documents.disclosed"] == 2
        assert read["normative_documents.disclosed_stock"] == 7
        assert read["licensing.items_change"] == -2
        assert read["licensing.decisions"] == 97
        said = statuses(body, 2020)
        assert said["rules.made"] == said["rules.disclosed_stock"] == "unreadable"
        assert said["normative_documents.made"] == said["licensing.items_last_year"] == "unreadable"


def _cell_a_line(rows: list[list[str]]) -> list[str]:
    return [cell for row in rows for cell in (*row, "")]


def test_a_page_is_no_form_for_the_word_other_in_its_particulars() -> None:
    body = """索引号: | 46804/2023-03 | 信息分类: | 城乡建设、环境保护/其他 / 报告 |
发布机构: | 两渡镇 | 发文日期: | 2023-01-18 |
一、总体情况
公开信息16条。"""
    (document,) = parse_file("report.txt", (TITLE.format(year=2022) + body).encode())
    assert document.reports[0].template == "none"
    assert not [one for one in document.reports[0].observations if one.source == "table"]
