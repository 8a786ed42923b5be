"""Columns of running text in another order than the form's: what heads say and sums bear out.

A number is written behind the first letter of its column; behind ``?`` those of none.
"""

import pytest
from found_tables import found_in_text

ITEM = "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容"
MADE = (
    "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数"
)
TITLE = "三、收到和处理政府信息公开申请情况"
PARTS = "商业企业 科研机构 社会公益组织 法律服务机构 其他"
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
)


def told(text: str, year: int = 2022) -> list[str]:
    """The numbers of every row, each behind the first letter of its column."""
    rows: dict[str, list[str]] = {}
    for one in found_in_text(
        f"{text}\n四、其他需要报告的事项\n没有其他事项。\n", year
    ).observations:
        name, _, column = (one.indicator_id or "?").partition(":")
        if one.value is not None:
            rows.setdefault(name.rpartition(".")[2], []).append(f"{column[:1]}{one.value}")
    return [" ".join([row, *numbers]) for row, numbers in rows.items()]


def requests(heads: str, *rows: str) -> list[str]:
    lines = [f"{label} {row}" for label, row in zip(LABELS, rows, strict=False)]
    return told("\n".join([TITLE, f"申请人情况 {heads}", *lines]))


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        (
            f"自然人 {PARTS} 总计",
            "6 2 0 0 1 0 9 / 1 0 0 0 0 0 1 / 4 1 0 0 0 0 5",
            [
                "received n6 e2 r0 p0 l1 o0 9",
                "carried_in n1 e0 r0 p0 l0 o0 1",
                "granted n4 e1 r0 p0 l0 o0 5",
            ],
        ),
        (
            f"总计 自然人 {PARTS}",
            "9 6 2 0 0 1 0 / 1 1 0 0 0 0 0 / 5 4 1 0 0 0 0",
            [
                "received 9 n6 e2 r0 p0 l1 o0",
                "carried_in 1 n1 e0 r0 p0 l0 o0",
                "granted 5 n4 e1 r0 p0 l0 o0",
            ],
        ),
        (
            f"总计 自然人 {PARTS}",
            "6 2 0 0 1 0 9 / 1 0 0 0 0 0 1 / 4 1 0 0 0 0 5",
            [
                "received n6 e2 r0 p0 l1 o0 9",
                "carried_in n1 e0 r0 p0 l0 o0 1",
                "granted n4 e1 r0 p0 l0 o0 5",
            ],
        ),
        (
            f"总计 自然人 {PARTS}",
            "6 2 0 0 1 0 8 / 1 0 0 0 0 0 2 / 4 1 0 0 0 0 6",
            ["? 6 2 0 0 1 0 8 1 0 0 0 0 0 2 4 1 0 0 0 0 6"],
        ),
        (
            f"总计 自然人 {PARTS}",
            "9 6 2 0 0 1 0 / 1 0 0 0 0 0 1",
            ["received 9 n6 e2 r0 p0 l1 o0", "carried_in 1 n0 e0 r0 p0 l0 o1"],
        ),
        (
            f"总计 自然人 {PARTS}",
            "9 6 2 0 0 1 0 / 1 0 0 0 0 0 1 / 5 4 1 0 0 0 0",
            [
                "received 9 n6 e2 r0 p0 l1 o0",
                "carried_in 1 n0 e0 r0 p0 l0 o1",
                "granted 5 n4 e1 r0 p0 l0 o0",
            ],
        ),
        (
            f"总计 自然人 {PARTS}",
            "0 0 0 0 0 0 0 / 0 0 0 0 0 0 0",
            ["received n0 e0 r0 p0 l0 o0 0", "carried_in n0 e0 r0 p0 l0 o0 0"],
        ),
        (
            f"自然人 {PARTS} 总计",
            "9 6 2 0 0 1 0 / 1 1 0 0 0 0 0 / 5 4 1 0 0 0 0",
            [
                "received n9 e6 r2 p0 l0 o1 0",
                "carried_in n1 e1 r0 p0 l0 o0 0",
                "granted n5 e4 r1 p0 l0 o0 0",
            ],
        ),
        (
            "",
            "9 6 2 0 0 1 0 / 1 1 0 0 0 0 0 / 5 4 1 0 0 0 0",
            ["? 9 6 2 0 0 1 0 1 1 0 0 0 0 0 5 4 1 0 0 0 0"],
        ),
        (
            "",
            "9 6 2 0 0 1 0 / 1 1 0 0 0 0 0",
            ["received n9 e6 r2 p0 l0 o1 0", "carried_in n1 e1 r0 p0 l0 o0 0"],
        ),
        (
            "",
            "6 2 0 0 1 0 9 / 1 1 0 0 0 0 0 / 5 4 1 0 0 0 0 / 2 2 0 0 0 0 0",
            [
                "received n6 e2 r0 p0 l1 o0 9",
                "carried_in n1 e1 r0 p0 l0 o0 0",
                "granted n5 e4 r1 p0 l0 o0 0",
                "partly_granted n2 e2 r0 p0 l0 o0 0",
            ],
        ),
        (
            f"{PARTS} 自然人 总计",
            "6 2 0 0 1 0 9 / 1 0 0 0 0 0 1",
            ["? 6 2 0 0 1 0 9 1 0 0 0 0 0 1"],
        ),
        (
            f"总计 法人或其他组织 自然人 {PARTS}",
            "9 6 2 0 0 1 0 / 1 1 0 0 0 0 0",
            ["received 9 n6 e2 r0 p0 l1 o0", "carried_in 1 n1 e0 r0 p0 l0 o0"],
        ),
        (
            f"总计 自然人 法人或其它组织 {PARTS}",
            "9 6 2 0 0 1 0 / 1 1 0 0 0 0 0",
            ["received 9 n6 e2 r0 p0 l1 o0", "carried_in 1 n1 e0 r0 p0 l0 o0"],
        ),
        (
            f"自然人 合计 {PARTS}",
            "9 6 2 0 0 1 0 / 1 1 0 0 0 0 0 / 5 4 1 0 0 0 0",
            [
                "received n9 e6 r2 p0 l0 o1 0",
                "carried_in n1 e1 r0 p0 l0 o0 0",
                "granted n5 e4 r1 p0 l0 o0 0",
            ],
        ),
    ],
)
def test_the_total_is_first_only_where_heads_say_so_and_sums_do_not_deny_it(
    heads: str, rows: str, expected: list[str]
) -> None:
    assert requests(heads, *rows.split(" / ")) == expected


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (
            "上一年项目数量 本年增/减 处理决定数量",
            "5 6 7",
            ["items_last_year 5", "items_change 6", "decisions 7"],
        ),
        (
            "处理决定数量 上一年项目数量 本年增/减",
            "5 6 7",
            ["decisions 5", "items_last_year 6", "items_change 7"],
        ),
        (
            "本年增/减 上一年项目数量 处理决定数量",
            "5 6 7",
            ["items_change 5", "items_last_year 6", "decisions 7"],
        ),
        (
            "处理决定数量 上一年项目数量 处理决定数量 本年增/减",
            "5 6 7",
            ["items_last_year 5", "decisions 6", "items_change 7"],
        ),
        ("", "5 6 7", ["items_last_year 5", "items_change 6", "decisions 7"]),
    ],
)
def test_columns_without_a_total_take_the_order_of_their_heads(
    heads: str, row: str, expected: list[str]
) -> None:
    assert told(f"{ITEM} {heads}\n行政许可 {row}", 2020) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章 5 6 7\n行政规范性文件 8 9 1", ["issued 5 8", "repealed 6 9", "in_force 7 1"]),
        ("5 6 7\n规章\n8 9 1\n行政规范性文件", ["? 5 6 7 8 9 1"]),
        ("5 6\n规章\n8 9 1\n行政规范性文件", ["? 5 6 8 9 1"]),
        ("5\n规章\n8 9 1\n行政规范性文件", ["? 5", "issued 8", "repealed 9", "in_force 1"]),
        ("1 2 3\n规章\n8 9 1\n行政规范性文件", ["? 1 2 3", "issued 8", "repealed 9", "in_force 1"]),
    ],
)
def test_values_printed_before_their_labels_are_nobodys(text: str, expected: list[str]) -> None:
    assert told(f"{MADE}\n{text}") == expected
