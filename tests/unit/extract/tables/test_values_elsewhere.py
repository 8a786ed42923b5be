"""Values that do not stand behind their labels: below them, beside heads, in a grid of their own.

A grid is written line by line, cells apart by blanks; ``_`` is an empty cell and ``字*2x3`` spans
two columns and three rows. A value is written behind its row
and the first letter of its column.
"""

import pytest
from found_tables import found_in

from pipeline.model.observation import Status
from pipeline.readers.html.html_reader import read_html

TITLE = "<p>三、收到和处理政府信息公开申请情况</p>"
KINDS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
NEW, OLD, ON = "本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "结转下年度继续办理"
GRANTED, PARTLY, REST = "（一）予以公开", "（二）部分公开", "（六）其他处理"
FIVE = f"_ {NEW} {OLD} {GRANTED} {PARTLY} {REST}"
SIX = f"{FIVE} {ON}"
SIDE = f"{NEW} {OLD} {ON}"
TITLE_B = "<p>嘉祥县财政局2016年政府信息公开情况统计表</p>"
TITLE_2 = "<p>二、主动公开政府信息情况</p>"
TWO = "主动公开政府信息数 制发规范性文件总数"
NONE = "_ " * 7


def cell(printed: str) -> str:
    text, _, size = printed.partition("*")
    cols, _, rows = size.partition("x")
    return f'<td colspan="{cols or 1}" rowspan="{rows or 1}">{text.strip("_")}</td>'


def grid(rows: str) -> str:
    lines = "".join(f"<tr>{''.join(map(cell, row.split()))}</tr>" for row in rows.split(" / "))
    return f"<table>{lines}</table>"


def told(body: str, title: str = TITLE, year: int = 2020) -> list[str]:
    """The numbers of every row, each behind the first letter of its column, and how many lack."""
    found = found_in(read_html(f"<html><body>{title}{body}</body></html>".encode()), year)
    rows: dict[str, list[str]] = {}
    for one in found.observations:
        row, _, column = (one.indicator_id or "?").partition(".")[2].partition(":")
        if one.value is not None:
            rows.setdefault(row or "?", []).append(f"{column[:1]}{one.value}")
    read = [" ".join([row, *numbers]) for row, numbers in rows.items()]
    unread = sum(one.value_status is Status.UNREADABLE for one in found.observations)
    return [*read, *([f"{unread} unread"] if unread else [])]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            f"{SIX} / 自然人 9 1 4 3 2 1 / 商业企业 8 1 4 3 1 1 / 总计 17 2 8 6 3 2",
            [
                "received n9 e8 17",
                "carried_in n1 e1 2",
                "processed.granted n4 e4 8",
                "processed.partly_granted n3 e3 6",
                "processed.other n2 e1 3",
                "carried_out n1 e1 2",
            ],
        ),
        (
            f"{FIVE} / 自然人 9 1 4 3 2 / 商业企业 8 1 4 3 1 / 总计 17 2 8 6 3",
            [
                "received n9 e8 17",
                "carried_in n1 e1 2",
                "processed.granted n4 e4 8",
                "processed.partly_granted n3 e3 6",
                "processed.other n2 e1 3",
            ],
        ),
        (
            f"{SIX} / 自然人 9 1 4 3 2 1 / 总计 17 2 8 6 3 2",
            [
                "received n9 17",
                "carried_in n1 2",
                "processed.granted n4 8",
                "processed.partly_granted n3 6",
                "processed.other n2 3",
                "carried_out n1 2",
            ],
        ),
        (
            f"{SIX} / 自然人 9 1 4 3 2 1 / 商业企业 8 1 4 3 1 / 总计 17 2 8 6 3 2",
            ["? 9 1 4 3 2 1 8 1 4 3 1 17 2 8 6 3 2"],
        ),
        (
            f"{SIX} / 自然人 9 1 4*2 2 1 / 商业企业 8 1 4 3 1 1 / 总计 17 2 8 6 3 2",
            [
                "received n9 e8 17",
                "carried_in n1 e1 2",
                "? 4",
                "processed.other n2 e1 3",
                "carried_out n1 e1 2",
                "processed.granted e4 8",
                "processed.partly_granted e3 6",
            ],
        ),
        (
            (
                f"_ {NEW} {OLD} {GRANTED}*2 {PARTLY} {REST} {ON} / 自然人 9 1 4*2 3 2 1 / "
                "商业企业 8 1 4 5 3 1 1 / 总计 17 2 8*2 6 3 2"
            ),
            [
                "received n9 e8 17",
                "carried_in n1 e1 2",
                "processed.granted n4 8",
                "processed.partly_granted n3 e3 6",
                "processed.other n2 e1 3",
                "carried_out n1 e1 2",
                "? 4 5",
            ],
        ),
        (
            (
                f"{SIX} / 自然人 9 1 4 3 2 1 / 企业组织 8 1 4 3 1 1 / "
                "商业企业组织 7 1 4 3 1 1 / 总计 17 2 8 6 3 2"
            ),
            [
                "received n9 e7 17",
                "carried_in n1 e1 2",
                "processed.granted n4 e4 8",
                "processed.partly_granted n3 e3 6",
                "processed.other n2 e1 3",
                "carried_out n1 e1 2",
                "? 8 1 4 3 1 1",
            ],
        ),
        (
            (
                f"_ {NEW} {OLD} {GRANTED} / 自然人 9 1 4 / 商业企业 8 1 4 / 总计 17 2 8 / "
                f"_ {PARTLY} {REST} {ON} / 自然人 3 2 1 / 商业企业 3 1 1 / 总计 6 3 2"
            ),
            [
                "received n9 e8 17",
                "carried_in n1 e1 2",
                "processed.granted n4 e4 8",
                "processed.partly_granted n3 e3 6",
                "processed.other n2 e1 3",
                "carried_out n1 e1 2",
            ],
        ),
        (f"{NEW} 自然人 9 {OLD} 自然人 1", ["received n9", "carried_in n1"]),
    ],
)
def test_labels_side_by_side_have_the_values_below_them(rows: str, expected: list[str]) -> None:
    assert told(grid(rows)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "信息内容 _ 2021年 2022年 / 行政许可 处理决定数量 5 6 / 行政处罚 处理决定数量 7 8",
            ["4 unread"],
        ),
        (
            "信息内容 _ 2021年 2022年 / 行政许可 本年处理决定数量 5 6",
            ["decisions 5 6"],
        ),
    ],
)
def test_below_years_a_row_has_the_column_that_is_named_beside_it(
    rows: str, expected: list[str]
) -> None:
    assert told(grid(rows), TITLE_2, 2022) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (f"{TWO} / 140 5", ["items 140", "issued_all 5"]),
        (f"{TWO} / 条 件 / 140 5", ["items 140", "issued_all 5"]),
        (
            f"{TWO} / 140 5 / 收到申请数 申请办结数 / 9 8",
            ["items 140", "issued_all 5", "received 9", "closed 8"],
        ),
        (f"{TWO} / 140 5 / 9 8", ["? 140 5 9 8", "2 unread"]),
        (f"{TWO} / 其他 其他 / 140 5", ["? 140 5", "2 unread"]),
        (f"{TWO} / 嘉祥县 140 / _ 5", ["? 140 5", "2 unread"]),
        (f"{TWO} / 140 无", ["? 140", "2 unread"]),
        ("主动公开政府信息数*2 制发规范性文件总数 / 140 3 5", ["? 140 3", "issued_all 5"]),
        ("主动公开政府信息数 / 140", ["items 140"]),
    ],
)
def test_a_figure_below_a_label_is_its_own_where_rows_of_figures_follow(
    rows: str, expected: list[str]
) -> None:
    assert told(grid(rows), TITLE_B, 2016) == expected


@pytest.mark.parametrize(
    ("labels", "rows", "between", "expected"),
    [
        (
            SIDE,
            f"{KINDS} / 5 1 0 2 0 3 11 / 1 0 0 0 0 1 2 / 4 1 0 2 0 3 10",
            "",
            [
                "received n5 e1 r0 p2 l0 o3 11",
                "carried_in n1 e0 r0 p0 l0 o1 2",
                "carried_out n4 e1 r0 p2 l0 o3 10",
            ],
        ),
        (
            SIDE,
            "5 1 0 2 0 3 11 / 1 0 0 0 0 1 2 / 4 1 0 2 0 3 10",
            "",
            [
                "received n5 e1 r0 p2 l0 o3 11",
                "carried_in n1 e0 r0 p0 l0 o1 2",
                "carried_out n4 e1 r0 p2 l0 o3 10",
            ],
        ),
        (SIDE, f"{KINDS} / 5 1 0 2 0 3 11 / 1 0 0 0 0 1 2", "", ["? 5 1 0 2 0 3 11 1 0 0 0 0 1 2"]),
        (
            SIDE,
            f"{KINDS} / 5 1 0 2 0 3 11 / 1 0 0 0 0 1 2 / 4 1 0 2 0 3 10 / 说明*7",
            "",
            ["? 5 1 0 2 0 3 11 1 0 0 0 0 1 2 4 1 0 2 0 3 10"],
        ),
        (
            SIDE,
            f"{KINDS} / 5 1 0 2 0 3 11 / 1 0 0 0 0 2 / 4 1 0 2 0 3 10",
            "",
            ["? 5 1 0 2 0 3 11 1 0 0 0 0 2 4 1 0 2 0 3 10"],
        ),
        (
            SIDE,
            f"{KINDS} / 5 1 0 2 0 3 11 / 1 0 0 0 0*2 2 / 4 1 0 2 0 3 10",
            "",
            ["? 5 1 0 2 0 3 11 1 0 0 0 0 2 4 1 0 2 0 3 10"],
        ),
        (
            SIDE,
            f"{KINDS} / 5 1 0 2 0 3 11 / 1 0 0 0 0 1 2 / 4 1 0 2 0 3 10",
            "<p>说明说明说明说明</p>",
            [
                "received n5 e1 r0 p2 l0 o3 11",
                "carried_in n1 e0 r0 p0 l0 o1 2",
                "carried_out n4 e1 r0 p2 l0 o3 10",
            ],
        ),
        (
            SIDE,
            f"{KINDS} / 5 1 0 2 0 3 11 / 1 0 0 0 0 1 2 / 4 1 0 2 0 3 10",
            "<p>说明说明说明说明说</p>",
            ["? 5 1 0 2 0 3 11 1 0 0 0 0 1 2 4 1 0 2 0 3 10"],
        ),
    ],
)
def test_a_grid_of_figures_alone_belongs_to_as_many_labels_before_it(
    labels: str, rows: str, between: str, expected: list[str]
) -> None:
    assert (
        told("".join(f"<p>{label}</p>" for label in labels.split()) + between + grid(rows))
        == expected
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (f"{NEW} {NONE}/ {OLD} {NONE}/ 说明 5 _ _ _ _ _ _", ["? 5", "14 unread"]),
        (f"{NEW} {NONE}/ {OLD} {NONE}", []),
        (f"{NEW} 5 _ _ _ _ _ 5 / {OLD} {NONE}/ 说明 5 _ _ _ _ _ _", ["received n5 5", "? 5"]),
    ],
)
def test_a_table_that_holds_numbers_and_none_behind_a_label_is_unread(
    rows: str, expected: list[str]
) -> None:
    assert told(grid(rows)) == expected
