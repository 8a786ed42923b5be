"""A page around a report: its titles, what it says of itself, when it was put there, its pieces.

A title is written with its year behind it, and ``?`` where the page around prints it.
"""

from dataclasses import replace

import pytest

from pipeline.extract.identity.boilerplate import crop, pieces
from pipeline.extract.identity.errata import notices
from pipeline.extract.identity.page_header import page_of, published
from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document, Locator, Paragraph
from pipeline.readers.text.plain_text import read_text


def read(text: str, title: str = "") -> Document:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    return replace(document, title=title or None)


def titles(text: str, title: str = "") -> list[str]:
    document = read(text, title)
    (part,) = split(document)
    found = page_of(part, document)
    said = [
        f"{one.text} {one.year or ''}{'' if one.is_own else '?'}".strip() for one in found.titles
    ]
    return [*said, *(["a list"] if found.is_list else [])]


def put_there(text: str) -> str:
    document = read(text)
    (part,) = split(document)
    return str(published(page_of(part, document)) or "")


def fields(text: str) -> dict[str, str]:
    document = read(text)
    return dict(page_of(split(document)[-1], document).fields)


def cropped(text: str, start: int, end: int) -> str:
    """What is left of a paragraph that stands from the tenth character on."""
    own = crop(Paragraph(text, Locator(10, 10 + len(text))), start, end)
    return f"{own.place.start}-{own.place.end} {own.text}"


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (
            "嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021"],
        ),
        (
            "嘉祥县水利局2021年政府信息公开工作年度报告\n嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021"],
        ),
        (
            "嘉祥县水利局2020年政府信息公开工作年度报告\n嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021"],
        ),
        (
            "嘉祥县水利局2020年政府信息公开工作年度报告\n嘉祥县水利局2021年政府信息公开工作年度报告",
            "",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021", "a list"],
        ),
        (
            "嘉祥县水利局2021年政府信息公开工作年度报告\n嘉祥县财政局2020年政府信息公开工作年度报告\n正文。",
            "",
            [
                "嘉祥县水利局2021年政府信息公开工作年度报告 2021",
                "嘉祥县财政局2020年政府信息公开工作年度报告 2020",
            ],
        ),
        (
            "2020年政府信息公开工作年度报告\n嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "",
            [
                "2020年政府信息公开工作年度报告 2020",
                "嘉祥县水利局2021年政府信息公开工作年度报告 2021",
            ],
        ),
        (
            "正文。",
            "嘉祥县水利局2021年政府信息公开工作年度报告",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021"],
        ),
        ("正文。", "嘉祥县水利局", ["嘉祥县水利局"]),
        (
            "嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "嘉祥县水利局",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021"],
        ),
        (
            "2021年政府信息公开工作年度报告\n正文。",
            "嘉祥县水利局2021年政府信息公开工作年度报告",
            [
                "嘉祥县水利局2021年政府信息公开工作年度报告 2021",
                "2021年政府信息公开工作年度报告 2021",
            ],
        ),
        (
            "2021年政府信息公开工作年度报告\n正文。",
            "嘉祥县水利局2020年政府信息公开工作年度报告",
            [
                "2021年政府信息公开工作年度报告 2021",
                "嘉祥县水利局2020年政府信息公开工作年度报告 2020?",
            ],
        ),
        (
            "嘉祥县水利局2021年政府信息公开工作年度报告\n嘉祥县财政局2021年政府信息公开工作年度报告\n正文。",
            "嘉祥县水利局2021年政府信息公开工作年度报告",
            [
                "嘉祥县水利局2021年政府信息公开工作年度报告 2021",
                "嘉祥县财政局2021年政府信息公开工作年度报告 2021",
            ],
        ),
        (
            "政府信息公开工作年度报告\n正文。",
            "嘉祥县水利局2021年政府信息公开工作年度报告",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021", "政府信息公开工作年度报告"],
        ),
        (
            "嘉祥县水利局政府信息公开\n嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021", "嘉祥县水利局政府信息公开 ?"],
        ),
        (
            "嘉祥县信息公开\n嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021"],
        ),
        ("嘉祥县水利局政府信息公开\n正文。", "", ["嘉祥县水利局政府信息公开"]),
        (
            "政府信息公开年报\n嘉祥县水利局2021年政府信息公开工作年度报告\n正文。",
            "",
            ["嘉祥县水利局2021年政府信息公开工作年度报告 2021"],
        ),
    ],
)
def test_titles_are_those_of_the_report_and_not_of_the_list_beside_it(
    text: str, title: str, expected: list[str]
) -> None:
    assert titles(text, title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布时间：2022-01-15\n正文。", "2022-01-15"),
        ("发布日期：2022年1月15日\n正文。", "2022-01-15"),
        ("发布时间2022-01-15 正文。", "2022-01-15"),
        ("公开时间：2022-01-15\n正文。", "2022-01-15"),
        ("时间：2022-01-15\n正文。", "2022-01-15"),
        ("日期：2022-01-15\n正文。", "2022-01-15"),
        ("生效日期：2022-01-15\n正文。", ""),
        ("废止日期：2022-01-15\n正文。", ""),
        ("失效时间：2022-01-15\n正文。", ""),
        ("生效日期：2022-01-10\n日期：2022-01-15\n正文。", "2022-01-15"),
        ("日期：2022-01-10\n发布日期：2022-01-15\n正文。", "2022-01-15"),
        ("时间2022-01-15\n正文。", ""),
        ("发布时间：|2022-01-15\n正文。", "2022-01-15"),
        ("发布时间：近日\n日期：2022-01-15\n正文。", "2022-01-15"),
        ("正文。", ""),
    ],
)
def test_the_day_a_page_was_put_there_is_never_the_day_it_ceases_to_hold(
    text: str, expected: str
) -> None:
    assert put_there(text) == expected


@pytest.mark.parametrize(
    ("fill", "expected"),
    [(597, "2022-01-15"), (598, "")],
)
def test_the_day_is_looked_for_at_the_head(fill: int, expected: str) -> None:
    assert put_there("字" * fill + "。\n发布时间：2022-01-15\n正文。") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("标题: 嘉祥县水利局年报\n来源: 嘉祥县\n正文:\n本局收到申请。", {}),
        ("标题：嘉祥县水利局年报\n发布日期：2022-01-15\n正文：\n本局收到申请。", {}),
        ("本局收到申请。", {}),
    ],
)
def test_a_crawlers_header_says_what_the_page_says_of_itself(text: str, expected: object) -> None:
    assert fields(text) == expected


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("收到申请", 0, 99, "10-14 收到申请"),
        ("收到申请", 10, 14, "10-14 收到申请"),
        ("收到申请", 11, 14, "11-14 到申请"),
        ("收到申请", 10, 13, "10-13 收到申"),
        ("收到申请", 11, 13, "11-13 到申"),
        (" 收到申请 ", 0, 99, "11-15 收到申请"),
        (" 收到 申请 ", 12, 15, "12-15 到 申"),
        ("收到申请", 14, 99, "14-14 "),
        ("收到申请", 0, 10, "10-10 "),
    ],
)
def test_a_paragraph_is_cut_to_a_range_without_blanks_at_its_ends(
    text: str, start: int, end: int, expected: str
) -> None:
    assert cropped(text, start, end) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("代写报告  2021年我局", ["代写报告", "  2021年我局"]),
        ("代写报告 2021年我局", ["代写报告", " 2021年我局"]),
        ("代写报告 我局", ["代写报告 我局"]),
        ("代写报告 一、概述", ["代写报告", " 一、概述"]),
        ("代写报告 今年以来", ["代写报告", " 今年以来"]),
        ("代写报告 现将情况", ["代写报告", " 现将情况"]),
        ("代写报告 根据条例", ["代写报告", " 根据条例"]),
        ("  代写报告", ["  代写报告"]),
        ("代写报告\n\n我局", ["代写报告", "\n\n我局"]),
    ],
)
def test_a_line_falls_into_pieces_at_wide_gaps_and_before_openings(
    text: str, expected: list[str]
) -> None:
    assert [piece for _, piece in pieces(text)] == expected


@pytest.mark.parametrize(
    ("above", "letters", "told"), [(4, 40, 2), (5, 40, 1), (0, 60, 2), (0, 61, 1)]
)
def test_a_notice_of_correction_is_told_by_a_short_line_of_the_first_five(
    above: int, letters: int, told: int
) -> None:
    head = "水利局政府信息公开年度报告的更正"
    lines = ["正文。"] * above + ["县" * (letters - len(head)) + head, "正文。"]
    document = read("\n".join(lines))
    (part,) = split(document)
    assert len(notices(page_of(part, document))) == told
