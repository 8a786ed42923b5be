"""Rows of the forms as they are printed: which numbers are whose, and which are nobody's."""

import pytest

from pipeline.extract.tables.table_reader import TableFindings
from pipeline.readers.html.html_reader import read_html
from tests.unit.extract.tables.found_tables import found_in, found_in_text, values

HEAD = "统计指标\t单位\t统计数\n"
ABOVE = "一、主动公开情况\t\t\n主动公开政府信息数\t条\t120\n"
BELOW = "二、回应解读情况\t\t\n回应公众关注热点或重大舆情数\t次\t4\n"


def numbers(found: TableFindings) -> list[str]:
    """The observations: id, or label in brackets, value, unit, and whether it was worked out."""
    return [
        f"{one.indicator_id or '[' + one.label_raw + ']'}"
        f" {one.value_status.value if one.value is None else format(one.value, 'f')}"
        f"{one.unit_raw or ''}"
        for one in found.observations
    ]


def row(text: str) -> list[str]:
    """What is read of a row between two others of the form of 2014 to 2018."""
    told = numbers(found_in_text(f"{HEAD}{ABOVE}{text}\n{BELOW}", 2016))
    assert told[0] == "disclosure.items 120条"
    assert told[-1] == "response.hot_topics 4次"
    return told[1:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("其中：主动公开规范性文件数\t条\t5", ["disclosure.normative_documents 5条"]),
        ("其中：主动公开规范性文件数\t\t5", ["disclosure.normative_documents 5"]),
        ("其中：主动公开规范性文件数\t条\t", ["disclosure.normative_documents blank条"]),
        ("其中：主动公开规范性文件数\t条\t——", ["disclosure.normative_documents dash条"]),
        ("其中：主动公开规范性文件数\t条\t无", ["disclosure.normative_documents 0条"]),
        ("其中：主动公开规范性文件数\t条\tXX", ["disclosure.normative_documents masked条"]),
        ("其中：主动公开规范性文件数\t条\t5条", ["disclosure.normative_documents 5条"]),
        ("其中：主动公开规范性文件数\t件\t5", ["disclosure.normative_documents 5件"]),
        (
            "其中：主动公开规范性文件数\t条\t5\t7",
            ["disclosure.normative_documents 5条", "[其中：主动公开规范性文件数] 7条"],
        ),
        ("其中：主动公开规范性文件数\t条\t见附件", ["disclosure.normative_documents blank条"]),
        ("其中：主动公开规范性文件数\t5\t条", ["disclosure.normative_documents 5条"]),
        ("其中：主动公开规范性文件数\t3\t条\t5", ["disclosure.normative_documents unreadable条"]),
        ("其中：主动公开规范性文件数（单位：件）\t\t5", ["disclosure.normative_documents 5"]),
        ("其中：主动公开规范性文件数\t条\t1,234", ["disclosure.normative_documents 1234条"]),
        ("其中：主动公开规范性文件数\t条\t1.2万", ["disclosure.normative_documents 12000.0条"]),
        ("其中：主动公开规范性文件数\t条\t约5", ["disclosure.normative_documents 5条"]),
        (
            "其中：主动公开规范性文件数\t条\t5\n某某数\t条\t7",
            ["disclosure.normative_documents 5条", "[某某数 · 统计数] 7条"],
        ),
        ("某某数\t条\t7", ["[某某数 · 统计数] 7条"]),
        (
            "其中：主动公开规范性文件数\t条\n5",
            ["disclosure.normative_documents blank条", "[其中：主动公开规范性文件数] 5"],
        ),
    ],
)
def test_a_row_of_a_table_has_unit_and_value(text: str, expected: list[str]) -> None:
    assert row(text) == expected


def running(text: str) -> list[str]:
    """The same in running text, where nothing but words and numbers tells."""
    above = "一、主动公开情况\n主动公开政府信息数 条 120\n"
    channels = (
        "政府公报公开政府信息数 条 1\n政府网站公开政府信息数 条 119\n政务微博公开政府信息数 条 2\n"
    )
    below = "二、回应解读情况\n回应公众关注热点或重大舆情数 次 4\n"
    text = f"统计指标 单位 统计数\n{above}{text}\n{channels}{below}"
    return [one for one in numbers(found_in_text(text, 2016)) if "channel." not in one][1:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("其中：主动公开规范性文件数 条 5", ["disclosure.normative_documents 5条"]),
        ("其中：主动公开规范性文件数 5", ["disclosure.normative_documents 5"]),
        (
            (
                "政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面万元 9\n"
                "的经费）"
            ),
            ["budget.special_funds 9万元"],
        ),
        ("其中：主动公开规范性文件数 条", ["disclosure.normative_documents blank条"]),
        ("其中：主动公开规范性文件数 条 5 7", ["disclosure.normative_documents unreadable条"]),
        (
            "其中：主动公开规范性文件数 条 5 某某数 条 7",
            ["disclosure.normative_documents 5条", "[某某数] 7条"],
        ),
        ("其中：主动公开规范性文件数 条 5 。2019年公开", ["disclosure.normative_documents 5条"]),
        ("其中：主动公开规范性文件数 条 5、", ["disclosure.normative_documents blank条"]),
        ("其中：主动公开规范性文件数 条 5k", ["disclosure.normative_documents unreadable条"]),
        ("其中：主动公开规范性文件数 条 5月", ["disclosure.normative_documents unreadable条"]),
        (
            "其中：主动公开规范性文件数 条 5 2、制发规范性文件总数 件 9",
            ["disclosure.normative_documents 5条", "normative_documents.issued_all 9件"],
        ),
        (
            "其中：主动公开规范性文件数 条 5 12.制发规范性文件总数 件 9",
            ["disclosure.normative_documents 5条", "normative_documents.issued_all 9件"],
        ),
        (
            "其中：主动公开规范性文件数 条 512.制发规范性文件总数 件 9",
            ["disclosure.normative_documents unreadable条", "normative_documents.issued_all 9件"],
        ),
    ],
)
def test_a_row_of_running_text_has_unit_and_value(text: str, expected: list[str]) -> None:
    assert running(text) == expected


def test_a_figure_that_its_note_says_too_is_read() -> None:
    note = "（不同渠道和方式公开相同信息计1条）"
    text = (
        f"统计指标 单位 统计数\n主动公开政府信息数{note}：1条\n制发规范性文件总数：2件\n"
        "政府公报公开政府信息数：0条\n政府网站公开政府信息数：1条\n政务微博公开政府信息数：0条\n"
    )
    assert "disclosure.items 1条" in numbers(found_in_text(text, 2016))


APPLICANTS = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"


def of_requests(text: str) -> list[str]:
    """What is read of the first row of the requests of the form since 2019, short ids."""
    text = (
        f"三、收到和处理政府信息公开申请情况\n项目\t{APPLICANTS}\n{text}\n"
        "二、上年结转政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n"
        "（一）予以公开\t1\t0\t0\t0\t0\t0\t1\n"
    )
    every = numbers(found_in_text(text, 2022))
    return [one.removeprefix("requests.received") for one in every if "requests.received" in one]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t6",
            [
                ":natural_person 5",
                ":enterprise 1",
                ":research 0",
                ":public_interest 0",
                ":legal_service 0",
                ":other_organisation 0",
                " 6",
            ],
        ),
        (
            "一、本年新收政府信息公开申请数量\t5\t1\t\t\t\t\t6",
            [
                ":natural_person 5",
                ":enterprise 1",
                ":research blank",
                ":public_interest blank",
                ":legal_service blank",
                ":other_organisation blank",
                " 6",
            ],
        ),
        (
            "一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t7",
            [
                ":natural_person 5",
                ":enterprise 1",
                ":research 0",
                ":public_interest 0",
                ":legal_service 0",
                ":other_organisation 0",
                " 7",
            ],
        ),
        (
            "一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t6",
            [
                ":natural_person unreadable",
                ":enterprise unreadable",
                ":research unreadable",
                ":public_interest unreadable",
                ":legal_service unreadable",
                ":other_organisation unreadable",
                " unreadable",
            ],
        ),
        (
            "一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t0\t6",
            [
                ":natural_person 5",
                ":enterprise 1",
                ":research 0",
                ":public_interest 0",
                ":legal_service 0",
                ":other_organisation 0",
                " 6",
            ],
        ),
        (
            "一、本年新收政府信息公开申请数量\t5\t无\t无\t无\t无\t无\t5",
            [
                ":natural_person 5",
                ":enterprise 0",
                ":research 0",
                ":public_interest 0",
                ":legal_service 0",
                ":other_organisation 0",
                " 5",
            ],
        ),
        (
            "一、本年新收政府信息公开申请数量\t5\t见附件\t0\t0\t0\t0\t6",
            [
                ":natural_person 5",
                ":enterprise unreadable",
                ":research 0",
                ":public_interest 0",
                ":legal_service 0",
                ":other_organisation 0",
                " 6",
            ],
        ),
        ("一、本年新收政府信息公开申请数量\t见附件", []),
        (
            "一、本年新收政府信息公开申请数量\t\t\t\t\t\t\t6",
            [
                ":natural_person blank",
                ":enterprise blank",
                ":research blank",
                ":public_interest blank",
                ":legal_service blank",
                ":other_organisation blank",
                " 6",
            ],
        ),
        (
            "一、本年新收政府信息公开申请数量\t6",
            [
                ":natural_person unreadable",
                ":enterprise unreadable",
                ":research unreadable",
                ":public_interest unreadable",
                ":legal_service unreadable",
                ":other_organisation unreadable",
                " unreadable",
            ],
        ),
    ],
)
def test_a_row_of_applicants_has_a_figure_for_each_kind(text: str, expected: list[str]) -> None:
    assert of_requests(text) == expected


def test_a_label_with_its_number_below_it_in_its_cell_keeps_its_figures() -> None:
    rows = [
        ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
        ["一、本年新收政府信息公开申请数量", *"2100003"],
        ["二、上年结转政府信息公开申请数量", *"0000000"],
        ["危及三安全一稳定<br>3.<br>“<br>”", *"0100102"],
        ["4.保护第三方合法权益", *"1000001"],
    ]
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    page = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    read = values(found_in(read_html(page.encode()), 2021))
    assert read["requests.processed.denied.security_stability"] == 2


# The label of 2.申请人逾期… ends behind 自然人, which is no head of a column for that.
SIX_HEADS = (
    "三、收到和处理政府信息公开申请情况\n"
    "                                            自然人 "
    "                               法人或其他组织          "
    "                       总计\n"
    "                                                "
    "         商业企业      科研机构    社会公益组织  法律服务机构      其"
    "他\n"
    "  一、本年新收政府信息公开申请数量                 13           "
    " 17            20             4            11   "
    "                       65\n"
    "  二、上年结转政府信息公开申请数量                              "
    "  1                           1             1   "
    "                        3\n"
    "  （一）予以公开                                       "
    "           3                                    "
    "                                 3\n"
    "  1.属于国家秘密\n"
    "  3.危及“三安全一稳定”                              2   "
    "                                                "
    "                                2\n"
    "  4.保护第三方合法权益                              1    "
    "                                                "
    "                               1\n"
    "  5.属于三类内部事务信息                                  "
    "                      1                         "
    "                              1\n"
    "  6.属于四类过程性信息                                   "
    "        12                           1          "
    "                              13\n"
    "  7.属于行政执法案卷                                    "
    "                                      1         "
    "    5                           6\n"
    "  8.属于行政查询事项                                    "
    "                        1             1         "
    "    3                           4\n"
    "  3.补正后申请内容仍不明确\n"
    "  3.要求提供公开出版物                                   "
    "                       5                        "
    "                               5\n"
    "  4.无正当理由大量反复申请                          1      "
    "                                                "
    " 3                           4\n"
    "  1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请  5          "
    "               2                                "
    "         7\n"
    "  2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\n"
    "  3.其他                                          "
    "                                            1   "
    "                                      1\n"
    "  （七）总计                                       12"
    "            18            19             5      "
    "      11                          65\n"
    "  四、结转下年度继续办理                            1      "
    "                     1                          "
    " 1                           3\n"
)


def test_a_row_with_as_many_figures_as_heads_is_not_told_by_that() -> None:
    read = values(found_in_text(SIX_HEADS, 2021))
    assert read.get("requests.received:enterprise") != 13
    assert read.get("requests.received:natural_person", 13) == 13


@pytest.mark.parametrize("numbers", [("2.", "（四）"), ("", "")])
def test_a_figure_beside_two_labels_in_its_cell_is_neither_ones(numbers: tuple[str, str]) -> None:
    labels = "<br>".join(
        f"{number}{label}"
        for number, label in zip(numbers, ("兼职人员数", "政府信息公开专项经费"), strict=True)
    )
    rows = [
        ("（一）政府信息公开工作专门机构数", "个", 9),
        ("（二）设置政府信息公开查阅点数", "个", 40),
        ("（三）从事政府信息公开工作人员数", "人", 14),
        ("1.专职人员数", "人", 1),
        (labels, "人", 13),
        ("（二）举办各类培训班数", "次", 4),
    ]
    written = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in rows)
    page = (
        "<p>某县教育局2018年政府信息公开情况统计表</p><table>"
        f"<tr><td>统计指标</td><td>单位</td><td>统计数</td></tr>{written}</table>"
    )
    found = found_in(read_html(page.encode()), 2018)
    own = {
        one.indicator_id: one.value_status.value
        for one in found.observations
        if one.value_raw == "13"
    }
    assert own == {
        "staff.part_time": "unreadable",
        "budget.special_funds": "unreadable",
    }
    assert values(found)["staff.full_time"] == 1
