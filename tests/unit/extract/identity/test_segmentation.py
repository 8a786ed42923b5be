"""One page to its reports, and no report to pieces."""

import csv
import time
from pathlib import Path

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document, Paragraph, Table
from pipeline.readers.text.plain_text import read_text
from tests.some import some

ROOT = Path(__file__).parents[4]
SEEDS = {path.name[:3]: path for path in sorted((ROOT / "data" / "raw").glob("*/00*.txt"))}
GOLD = ROOT / "tests" / "golden" / "narrative"

BODY = (
    "根据《中华人民共和国政府信息公开条例》规定，编制本年度报告。数据统计期限自1月1日至12月31日。\n"
    "一、概述\n"
    + "全局认真做好主动公开工作，完善制度，畅通渠道，接受群众监督。" * 8
    + "\n二、主动公开情况\n"
    + "通过网站公开各类信息，内容涵盖机构职能、政策文件、工作动态。" * 8
    + "\n三、存在的问题\n公开内容有待丰富。\n"
)

IN_PARTS = (
    BODY.replace("一、", "第一部分 ").replace("二、", "第二部分 ").replace("三、", "第三部分 ")
)
REST = "四、改进措施\n" + "加强培训，完善制度。" * 40 + "\n五、其他事项\n无。\n"


def read(text: str) -> Document:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    return document


def seed(number: str) -> Document:
    return read(SEEDS[number].read_text(encoding="utf-8"))


def line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_a_report_stays_whole_with_its_annex(number: str) -> None:
    document = seed(number)
    (part,) = split(document)
    assert part.number == 1
    assert part.blocks == document.blocks
    assert part.notices == ()


def test_the_collection_becomes_its_six_reports() -> None:
    document = seed("003")
    with (GOLD / "003_parts.csv").open(encoding="utf-8") as file:
        gold = [(int(row["line_from"]), int(row["line_to"])) for row in csv.DictReader(file)]
    parts = split(document)
    found = [(line(document.text, part.start), line(document.text, part.end)) for part in parts]
    assert found == gold
    assert [part.number for part in parts] == [1, 2, 3, 4, 5, 6]


def test_advertising_is_dropped_and_logged() -> None:
    first = split(seed("003"))[0]
    kept = "".join(block.text for block in first.blocks if isinstance(block, Paragraph))
    assert "写作" not in kept
    assert "4000121855" not in kept
    assert kept.startswith("2018年我局电子政务建设工作")
    assert any("advertising" in notice for notice in first.notices)


def test_every_paragraph_is_its_stretch_of_the_text() -> None:
    document = seed("003")
    for part in some(split(document)):
        for block in some(part.blocks):
            assert isinstance(block, Paragraph)
            assert document.text[block.place.start : block.place.end] == block.text
            assert part.start <= block.place.start < block.place.end <= part.end


def test_a_page_on_one_line_is_parted_too() -> None:
    text = " ".join(SEEDS["003"].read_text(encoding="utf-8").split("\n"))
    parts = split(read(text))
    assert len(parts) == 6
    assert [part.blocks[0].text[:4] for part in parts if isinstance(part.blocks[0], Paragraph)] == [
        "2018",
        "今年以来",
        "为了进一",
        "今年以来",
        "2018",
        "今年以来",
    ]


def test_joined_reports_with_titles_are_parted_at_the_titles() -> None:
    text = "".join(f"甲县{name}局2019年政府信息公开工作年度报告\n{BODY}" for name in "教水文")
    parts = split(read(text))
    assert [text[part.start : part.start + 4] for part in parts] == [
        "甲县教局",
        "甲县水局",
        "甲县文局",
    ]


def test_the_name_on_the_line_above_belongs_to_the_title() -> None:
    text = "".join(f"甲县{name}利局\n2019年政府信息公开工作年度报告\n{BODY}" for name in "水福")
    assert [text[part.start :][:5] for part in split(read(text))] == ["甲县水利局", "甲县福利局"]


def test_joined_crawler_pages_are_parted_at_their_headers() -> None:
    page = "标题: 某局年报\n发布时间: 2020-01-02\n栏目: 年报\n======= 正文 =======\n正文内容。\n"
    parts = split(read(page * 3))
    assert len(parts) == 3
    assert all("header" in part.notices[0] for part in parts[1:])


def test_a_report_without_a_title_before_one_with_a_title() -> None:
    text = f"{BODY}甲县水利局2019年政府信息公开工作年度报告\n{BODY}"
    assert len(split(read(text))) == 2


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (
            "numbers begin again in a plan",
            BODY + "2020年，我局将继续做好政务公开工作：\n一、加强领导。\n二、完善制度。\n",
        ),
        (
            "numbers begin again in every part",
            "第一部分 工作情况\n" + BODY + "第二部分 工作打算\n" + BODY.replace("根据", "为了根据"),
        ),
        (
            "numbers begin again in an annex without a lead",
            BODY + "附件：政府信息公开目录\n一、机构职能\n二、政策文件\n",
        ),
        (
            "a page header repeats the title",
            f"甲县水利局2019年政府信息公开工作年度报告\n{BODY}"
            f"甲县水利局2019年政府信息公开工作年度报告\n{REST}",
        ),
        (
            "a page header repeats the title without the agency",
            f"甲县水利局2019年政府信息公开工作年度报告\n{BODY}2019年政府信息公开工作年度报告\n{REST}",
        ),
        (
            "the title stands again without the agency above the text that goes on",
            f"甲县水利局2019年政府信息公开工作年度报告\n{IN_PARTS}"
            f"2019年政府信息公开工作年度报告\n{IN_PARTS}",
        ),
        (
            "links to other years' reports",
            f"甲县水利局2019年政府信息公开工作年度报告\n{BODY}"
            "甲县水利局2018年政府信息公开工作年度报告\n甲县水利局2017年政府信息公开工作年度报告\n",
        ),
        (
            "a table numbers its rows again",
            BODY + "附件\n统计指标\t单位\t统计数\n一、主动公开情况\t\t\n（一）公开数\t条\t5\n"
            "二、依申请公开情况\t\t\n（一）收到申请数\t件\t2\n",
        ),
    ],
)
def test_what_must_not_part_a_report(what: str, text: str) -> None:
    assert len(split(read(text))) == 1, what


def test_share_bars_go_and_the_sentence_beside_them_stays() -> None:
    text = "甲县水利局年报 --> 微信 微博 QQ空间 全真版 2019年，我局共公开信息5条。"
    (part,) = split(read(text))
    kept = [block.text for block in part.blocks if not isinstance(block, Table)]
    assert kept == ["甲县水利局年报", "2019年，我局共公开信息5条。"]
    assert part.notices == ("dropped page furniture: --> 微信 微博 QQ空间 全真版",)


def test_a_document_without_prose_is_one_part() -> None:
    (part,) = split(read("指标\t单位\t数\n甲\t件\t1\n乙\t件\t2\n"))
    assert part.number == 1


@pytest.mark.parametrize("gap", ["\n", "\n\n\n"], ids=["lines", "paragraphs"])
def test_section_numbers_that_begin_again_thousands_of_times_cost_no_minutes(gap: str) -> None:
    text = f"一、主动公开情况{gap}二、依申请公开{gap}" * 6000
    document = read(text)
    started = time.process_time()
    assert len(split(document)) == 1
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("lead", "reports"),
    [
        ("今年以来，在县委领导下，各项工作取得良好成效。", 2),
        ("今年以来，在县委领导下，全力推进各项工作。", 1),
        ("今年以来，各项工作取得良好成效。", 1),
    ],
)
def test_a_sentence_opens_another_report_only_with_three_signs_of_it(
    lead: str, reports: int
) -> None:
    sections = (
        "\n一、概述\n" + "认真做好主动公开工作，完善制度，畅通渠道。" * 12 + "\n二、主动公开情况\n"
        "" + "通过网站公开各类信息，内容涵盖机构职能。" * 12 + "\n"
    )
    text = f"2018年，单位认真做好政务公开工作，现将情况汇报如下:{sections}{lead}{sections}"
    assert len(split(read(text))) == reports


@pytest.mark.parametrize(("letters", "reports"), [(0, 2), (300, 2), (1200, 2), (1700, 1)])
def test_a_report_opens_so_far_above_its_first_section(letters: int, reports: int) -> None:
    sections = (
        "\n一、概述\n" + "认真做好主动公开工作，完善制度，畅通渠道。" * 12 + "\n二、主动公开情况\n"
        "" + "通过网站公开各类信息，内容涵盖机构职能。" * 12 + "\n"
    )
    lead = "今年以来，在县委领导下，各项工作取得良好成效。" + ("\n各科室密切配合。" * 200)[:letters]
    text = f"2018年，单位认真做好政务公开工作，现将情况汇报如下:{sections}{lead}{sections}"
    assert len(split(read(text))) == reports


@pytest.mark.parametrize(
    ("annex", "lead", "reports"),
    [
        ("", "今年以来，在县委领导下，各项工作取得良好成效。", 2),
        ("附件：政务公开工作要点\n", "今年以来，在县委领导下，各项工作取得良好成效。", 1),
        ("附件1\n", "根据《中华人民共和国政府信息公开条例》规定，编制本年度报告。", 2),
    ],
)
def test_what_is_annexed_is_another_report_only_where_it_opens_as_nothing_else_does(
    annex: str, lead: str, reports: int
) -> None:
    sections = (
        "\n一、概述\n" + "认真做好主动公开工作，完善制度，畅通渠道。" * 12 + "\n二、主动公开情况\n"
        "" + "通过网站公开各类信息，内容涵盖机构职能。" * 12 + "\n"
    )
    text = f"2018年，单位认真做好政务公开工作，现将情况汇报如下:{sections}{annex}{lead}{sections}"
    assert len(split(read(text))) == reports


@pytest.mark.parametrize(("letters", "reports"), [(299, 1), (300, 2)])
def test_what_follows_a_title_is_a_report_from_three_hundred_letters(
    letters: int, reports: int
) -> None:
    opening = "\n根据《中华人民共和国政府信息公开条例》规定，编制本年度报告。\n第一部分 概述\n"
    end = "\n第二部分 主动公开情况\n无。"
    body = f"{opening}{'公' * (letters - len(opening + end))}{end}"
    title = "县教育局2019年政府信息公开年度报告\n"
    text = f"甲{title}{IN_PARTS}乙{title.strip()}{body}"
    assert len(split(read(text))) == reports


SECTIONS = "\n一、概述\n{}\n二、主动公开情况\n通过网站公开各类信息。\n"
OPENING = "2018年，单位认真做好政务公开工作，现将情况汇报如下:"
LEAD = "今年以来，在县委领导下，各项工作取得良好成效。"


@pytest.mark.parametrize(("letters", "reports"), [(299, 1), (300, 2)])
def test_what_stands_before_a_lead_is_a_report_from_three_hundred_letters(
    letters: int, reports: int
) -> None:
    before = f"{OPENING}{SECTIONS}"
    filled = before.format("认" * (letters - len(before) + 2))
    assert len(split(read(f"{filled}{LEAD}{SECTIONS.format('认' * 300)}"))) == reports


@pytest.mark.parametrize(("letters", "reports"), [(299, 2), (300, 3)])
def test_a_lead_near_below_a_title_opens_the_same_report(letters: int, reports: int) -> None:
    sections = SECTIONS.format("认" * 300)
    title = "甲县教育局2019年政府信息公开年度报告\n"
    between = f"{title}{'文' * (letters - len(title) - 1)}\n"
    assert len(split(read(f"{OPENING}{sections}{between}{LEAD}{sections}"))) == reports


@pytest.mark.parametrize(
    ("before", "behind", "kept"),
    [(194, 0, 0), (195, 0, 195), (300, 195, 300), (300, 196, 300 + 196)],
)
def test_a_footer_takes_two_hundred_letters_of_its_line_at_most(
    before: int, behind: int, kept: int
) -> None:
    (part,) = split(read(f"{BODY}{'甲' * before}，版权所有，{'乙' * behind}"))
    printed = "".join(block.text for block in part.blocks if isinstance(block, Paragraph))
    assert printed.count("甲") + printed.count("乙") == kept


@pytest.mark.parametrize(("letters", "kept"), [(39, 0), (40, 40)])
def test_the_name_of_a_site_stands_within_forty_letters_of_its_footer(
    letters: int, kept: int
) -> None:
    for footer in (f"{'丙' * letters}版权所有", f"版权所有{'丙' * letters}"):
        (part,) = split(read(f"{BODY}{'甲' * 250}，{footer}，{'乙' * 250}"))
        printed = "".join(block.text for block in part.blocks if isinstance(block, Paragraph))
        assert printed.count("丙") == kept
