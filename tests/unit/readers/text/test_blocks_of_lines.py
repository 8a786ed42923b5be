"""Lines of a text as blocks of a table: where a run begins and ends, and what heads which rows.

A run is written by its first line and the one behind it; a row by its label, a bar and its figures.
"""

import pytest

from pipeline.readers.text.aligned_blocks import (
    BlockOfLines,
    blocks_of,
    without_index,
    zones_of,
)
from pipeline.readers.text.aligned_labels import LineOfWords, ends_numbered, labelled_rows
from pipeline.readers.text.display_words import DisplayWord, lines_on_pages
from pipeline.readers.text.text_lines import width
from pipeline.readers.text.wrapped_labels import beginnings


def runs(text: str) -> list[tuple[int, int]]:
    return list(zones_of(lines_on_pages(text.split("\n"))))


def line(own: LineOfWords) -> str:
    label = " ".join(word.text for word in own.label)
    return f"{label} | {' '.join(word.text for word in own.figures)}" if own.figures else label


def shown(block: BlockOfLines) -> str:
    heads, rows = (" / ".join(map(line, lines)) for lines in (block.heads, block.rows))
    return f"[{heads}] {rows}"


def blocks(text: str) -> list[str]:
    lines = lines_on_pages(text.split("\n"))
    return [shown(block) for block in blocks_of(lines, 0, len(lines), width)]


def uncounted(text: str) -> list[str]:
    lines = lines_on_pages(text.split("\n"))
    found = list(blocks_of(lines, 0, len(lines), width))
    for block in found:
        without_index(block)
    return list(map(shown, found))


def labelled(text: str) -> list[str]:
    """The rows of a text with the figures that their labels are given."""
    lines = lines_on_pages(text.split("\n"))
    return [
        line(row)
        for block in blocks_of(lines, 0, len(lines), width)
        for row in labelled_rows(block.rows)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到数  1  2", [(0, 1)]),
        ("收到数  1", []),
        ("收到", []),
        ("收到数  1\n办结数  2", []),
        ("收到数  1  2\n办结数  3  4", [(0, 2)]),
        ("收到数  1  2\n\n办结数  3  4", [(0, 3)]),
        ("收到数  1  2\n收到申请。\n办结数  3  4", [(0, 1), (2, 3)]),
        ("收到数  1  2；\n办结数  3  4", [(1, 2)]),
        ("收到数  1  2\n收到|申请\n办结数  3  4", [(0, 1), (2, 3)]),
        ("收到数  1  2\n收到\t申请\n办结数  3  4", [(0, 1), (2, 3)]),
        ("说明\n收到数  1  2", [(0, 2)]),
        ("收到数  1  2\n说明", [(0, 2)]),
        ("收到数  —  /", [(0, 1)]),
        ("收到数  1  2  件", [(0, 1)]),
        ("收到数  1  2  条数", [(0, 1)]),
        ("收到数  1  2  申请件数", []),
        ("1  2  申请件数", [(0, 1)]),
        ("1  收到数  2", [(0, 1)]),
        ("1  2 申请件数", []),
        ("收到数  1  申请件数  2", []),
        ("2022 年收到 1 件申请 2 件", []),
        ("字" * 60 + "  1  2", [(0, 1)]),
        ("字" * 61 + "  1  2", []),
        ("字" * 40 + "  " + "字" * 40 + "  1  2", [(0, 1)]),
        ("-" * 70 + "\n收到数  1  2", [(0, 2)]),
        ("--- ---\n收到数  1  2", [(0, 2)]),
    ],
)
def test_a_run_of_lines_is_a_table_only_with_figures_set_apart(
    text: str, expected: list[tuple[int, ...]]
) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "类别  自然人  总计\n收到数  1  2\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2 / 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n类别  企业  总计\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2", "[类别 企业 总计] 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n二、其他情况\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2 / 二、其他情况 / 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n\n二、其他情况\n\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2 / 二、其他情况 / 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n\n类别  企业  总计\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2", "[类别 企业 总计] 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2 / 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n其中\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2 / 其中 / 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n- 3 -\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2 / 办结数 | 3 4"],
        ),
        (
            "类别  自然人  总计\n收到数  1  2\n---  ---\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2 / 办结数 | 3 4"],
        ),
        ("类别  自然人  总计\n收到数  1  2\n说明", ["[类别 自然人 总计] 收到数 | 1 2"]),
        (
            "类别  自然人  总计\n收到数  1  2\n（一）申请情况\n（二）其他",
            ["[类别 自然人 总计] 收到数 | 1 2"],
        ),
        ("一、收到申请\n  类别  自然人  总计\n收到数  1  2", ["[类别 自然人 总计] 收到数 | 1 2"]),
        ("  类别  自然人  总计\n一、收到申请\n收到数  1  2", ["[] 收到数 | 1 2"]),
        ("  类别  自然人  总计\n一、收到申请\n办理数\n收到数  1  2", ["[办理数] 收到数 | 1 2"]),
        (
            "  类别  自然人  总计\n（一）收到申请\n办理数\n收到数  1  2",
            ["[类别 自然人 总计 / （一）收到申请] 办理数 / 收到数 | 1 2"],
        ),
        (
            "  类别  自然人  总计\n一、收到申请的\n1  2\n收到数  1  2",
            ["[类别 自然人 总计 / 一、收到申请的]  | 1 2 / 收到数 | 1 2"],
        ),
        ("标题\n\n类别  自然人  总计\n收到数  1  2", ["[类别 自然人 总计] 收到数 | 1 2"]),
        ("标题\n类别  自然人  总计\n收到数  1  2", ["[标题 / 类别 自然人 总计] 收到数 | 1 2"]),
        ("收到数  1  2\n办结数  3  4", ["[] 收到数 | 1 2 / 办结数 | 3 4"]),
        ("收到 件 1  2\n办结 件 3  4", ["[] 收到 件 | 1 2 / 办结 件 | 3 4"]),
        ("收到 情况 1  2\n办结 1 情况 3", ["[] 收到 情况 | 1 2 / 办结 | 1 情况 3"]),
        (
            "1  2  收到申请\n3  4  办结申请\n5  6  结转申请",
            ["[] 收到申请 | 1 2 / 办结申请 | 3 4 / 结转申请 | 5 6"],
        ),
        ("1  2  收到申请\n3  4  办结申请", []),
        ("1  收到申请\n3  办结申请\n5  结转申请", []),
        ("收到数  1  2\n\f办结数  3  4", ["[] 收到数 | 1 2 / 办结数 | 3 4"]),
        (
            "类别  自然人  总计\n收到数  1  2\n\f类别  自然人  总计\n办结数  3  4",
            ["[类别 自然人 总计] 收到数 | 1 2", "[类别 自然人 总计] 办结数 | 3 4"],
        ),
    ],
)
def test_heads_stand_above_their_rows_and_begin_another_block_below_some(
    text: str, expected: list[str]
) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1  收到数  5  6\n2  办结数  7  8\n3  结转数  9  9",
            ["[] 收到数 | 5 6 / 办结数 | 7 8 / 结转数 | 9 9"],
        ),
        (
            "3  收到数  5  6\n4  办结数  7  8\n5  结转数  9  9",
            ["[] 收到数 | 5 6 / 办结数 | 7 8 / 结转数 | 9 9"],
        ),
        ("1  收到数  5  6\n2  办结数  7  8", ["[] 1 收到数 | 5 6 / 2 办结数 | 7 8"]),
        (
            "1  收到数  5  6\n2  办结数  7  8\n4  结转数  9  9",
            ["[] 1 收到数 | 5 6 / 2 办结数 | 7 8 / 4 结转数 | 9 9"],
        ),
        (
            "1  类别  自然人  总计\n2  收到数  5  6\n3  办结数  7  8",
            ["[类别 自然人 总计] 收到数 | 5 6 / 办结数 | 7 8"],
        ),
        (
            "一  收到数  5  6\n二  办结数  7  8\n三  结转数  9  9",
            ["[] 一 收到数 | 5 6 / 二 办结数 | 7 8 / 三 结转数 | 9 9"],
        ),
        ("1  5  6\n2  7  8\n3  9  9", ["[]  | 5 6 /  | 7 8 /  | 9 9"]),
        ("1\n2  收到数  5  6\n3  办结数  7  8", ["[] 收到数 | 5 6 / 办结数 | 7 8"]),
    ],
)
def test_numbers_that_count_all_lines_are_taken_out(text: str, expected: list[str]) -> None:
    assert uncounted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "零、前数  9  9\n一、本年新收政府信息  1  2\n公开申请数量\n二、办结数  3  4",
            ["零、前数 | 9 9", "一、本年新收政府信息公开申请数量 | 1 2", "二、办结数 | 3 4"],
        ),
        (
            "零、前数  9  9\n一、本年新收政府信息\n公开申请数量  1  2\n二、办结数  3  4",
            ["零、前数 | 9 9", "一、本年新收政府信息公开申请数量 | 1 2", "二、办结数 | 3 4"],
        ),
        (
            (
                "零、前数  9  9\n一、本年新收政府信息\n                      1  2\n"
                "公开申请数量\n二、办结数  3  4"
            ),
            ["零、前数 | 9 9", "一、本年新收政府信息公开申请数量 | 1 2", "二、办结数 | 3 4"],
        ),
        (
            "零、前数  9  9\n一、本年\n公开申请数量  1  2\n二、办结申请数量合计  3  4",
            ["零、前数 | 9 9", "一、本年", "公开申请数量 | 1 2", "二、办结申请数量合计 | 3 4"],
        ),
        (
            "零、前数  9  9\n一、本年新收政府信息  1  2\n二、公开申请数量\n三、办结数  3  4",
            [
                "零、前数 | 9 9",
                "一、本年新收政府信息 | 1 2",
                "二、公开申请数量",
                "三、办结数 | 3 4",
            ],
        ),
        (
            "零、前数  9  9\n一、本年新收政府信息  1  2\n公开申请数量  5  6\n二、办结数  3  4",
            [
                "零、前数 | 9 9",
                "一、本年新收政府信息 | 1 2",
                "公开申请数量 | 5 6",
                "二、办结数 | 3 4",
            ],
        ),
        (
            "零、前数  9  9\n一、本年新收数\n              1  2\n\n二、办结数\n三、结转数  3  4",
            ["零、前数 | 9 9", "一、本年新收数", " | 1 2", "二、办结数", "三、结转数 | 3 4"],
        ),
        (
            "零、前数  9  9\n一、本年新收数\n\n              1  2\n二、办结数\n三、结转数  3  4",
            ["零、前数 | 9 9", "一、本年新收数", "二、办结数 | 1 2", "三、结转数 | 3 4"],
        ),
        (
            "零、前数  9  9\n一、本年新收数\n              1  2\n二、办结数\n三、结转数  3  4",
            ["零、前数 | 9 9", "一、本年新收数", " | 1 2", "二、办结数", "三、结转数 | 3 4"],
        ),
        (
            "零、前数  9  9\n申请情况  一、本年新收数  1  2\n          二、办结数  3  4",
            ["零、前数 | 9 9", "申请情况", "一、本年新收数 | 1 2", "二、办结数 | 3 4"],
        ),
        (
            "零、前数  9  9\n申请情况 一、本年新收数  1  2\n          二、办结数  3  4",
            ["零、前数 | 9 9", "申请情况 一、本年新收数 | 1 2", "二、办结数 | 3 4"],
        ),
        (
            "零、前数  9  9\n申请情况  本年新收数  1  2\n          办结数  3  4",
            ["零、前数 | 9 9", "申请情况 本年新收数 | 1 2", "办结数 | 3 4"],
        ),
        (
            "零、前数  9  9\n一、本年新收政府信息  1  2\n\f公开申请数量\n二、办结数  3  4",
            ["零、前数 | 9 9", "一、本年新收政府信息公开申请数量 | 1 2", "二、办结数 | 3 4"],
        ),
        (
            (
                "零、前数  9  9\n一、甲乙丙丁戊己庚辛壬  1  2\n甲乙丙丁戊己庚辛壬癸子\n"
                "甲乙丙丁戊己庚辛壬癸子\n甲乙丙\n二、办结数  3  4"
            ),
            [
                "零、前数 | 9 9",
                "一、甲乙丙丁戊己庚辛壬甲乙丙丁戊己庚辛壬癸子甲乙丙丁戊己庚辛壬癸子甲乙丙 | 1 2",
                "二、办结数 | 3 4",
            ],
        ),
        (
            "零、前数  9  9\n本年新收政府信息公开  1  2\n申请数量\n办结数  3  4",
            ["零、前数 | 9 9", "本年新收政府信息公开申请数量 | 1 2", "办结数 | 3 4"],
        ),
    ],
)
def test_figures_beside_any_line_of_a_label_stand_where_it_begins(
    text: str, expected: list[str]
) -> None:
    assert labelled(text) == expected


@pytest.mark.parametrize(
    ("labels", "is_one"),
    [
        (["1.申请内容不符合", "法律规定行政机关", "不予处理"], True),
        (["1.申请内容不符", "规定行政机关的", "不予处理"], False),
    ],
)
def test_lines_of_eight_characters_are_those_of_a_label_that_is_wrapped(
    labels: list[str], *, is_one: bool
) -> None:
    assert list(beginnings(labels, [False, True, False])) == ([(1, 0)] if is_one else [])


@pytest.mark.parametrize(("lines", "is_one"), [(6, True), (7, False)])
def test_a_numbered_label_is_of_six_lines_at_most(lines: int, *, is_one: bool) -> None:
    labels = ["1.申请内容不", *["合法律规定的"] * (lines - 1)]
    rows = [
        LineOfWords(n, 0, (DisplayWord(label, 0, 12, False),)) for n, label in enumerate(labels)
    ]
    assert ends_numbered(rows) is is_one
