"""Whose report it is, where title, signature, opening and page name one, several or nobody."""

import pytest

from pipeline.extract.identity.identify import identify
from pipeline.extract.identity.segmentation import Part
from pipeline.model.document import Document
from pipeline.readers.text.plain_text import blocks_of

BUREAU, FINANCE = "嘉祥县教育局", "嘉祥县财政局"
TITLE = "2020年政府信息公开工作年度报告"
BODY = (
    "一、总体情况\n全年主动公开政府信息120条。\n收到政府信息公开申请3件。\n"
    "二、存在的主要问题\n公开的内容还不够充实。\n"
)


def reporter(head: str, opening: str = "", end: str = "") -> str:
    """The agency of a report, as it is stated where that differs, and what is doubted of it."""
    text = f"{head}\n{opening}\n{BODY}{end}\n"
    document = Document(text=text, blocks=blocks_of(text), media_type="text/plain")
    found = identify(Part(1, document.blocks, 0, len(text)), document)
    name = found.agency.name_zh if found.agency else "nobody"
    stated = f" as {found.agency_stated}" if found.agency_stated not in (None, name) else ""
    doubts = [one for one in found.notices if "agency" in one or "names" in one or "placed" in one]
    return name + stated + "".join(f"; {one.partition(';')[0]}" for one in doubts)


@pytest.mark.parametrize(
    ("head", "end", "expected"),
    [
        (BUREAU + TITLE, "", BUREAU),
        (BUREAU + TITLE, f"{BUREAU}\n2021年1月5日", BUREAU),
        (
            BUREAU + TITLE,
            f"{FINANCE}\n2021年1月5日",
            ("嘉祥县教育局; the title names 嘉祥县教育局, but the signature names 嘉祥县财政局"),
        ),
        (
            f"{FINANCE}\n{BUREAU}{TITLE}",
            "",
            f"{BUREAU}; the title names {BUREAU}, but the title names 嘉祥县财政局",
        ),
        (TITLE, f"{BUREAU}\n2021年1月5日", BUREAU),
        (TITLE, "", "nobody"),
        (
            f"教育局{TITLE}",
            f"{BUREAU}\n2021年1月5日",
            ("嘉祥县教育局; 教育局 was not placed by its name alone: 教育局 in 嘉祥县 (370829)"),
        ),
        (
            f"县教育局{TITLE}",
            "嘉祥县人民政府\n2021年1月5日",
            (
                "嘉祥县教育局 as 县教育局; the title names 嘉祥县教育局, but the signature "
                "names 嘉祥县人民政府; 县教育局 was not placed by its name alone: 县教育局 in "
                "嘉祥县 (370829)"
            ),
        ),
        (
            f"某某县教育局{TITLE}",
            "",
            (
                "nobody as 某某县教育局2020年政府信息公开工作年度报告; the agency is masked: "
                "某某县教育局2020年政府信息公开工作年度报告"
            ),
        ),
        (
            f"嘉祥县*局{TITLE}",
            f"{BUREAU}\n2021年1月5日",
            (
                "nobody as 嘉祥县*局2020年政府信息公开工作年度报告; the agency is masked: "
                "嘉祥县*局2020年政府信息公开工作年度报告"
            ),
        ),
        (f"嘉祥县人民政府{TITLE}", "嘉祥县人民政府办公室\n2021年1月5日", "嘉祥县人民政府"),
        (f"嘉祥县人民政府办公室{TITLE}", "嘉祥县人民政府\n2021年1月5日", "嘉祥县人民政府办公室"),
        (f"嘉祥县人民政府\n{TITLE}", "", "嘉祥县人民政府"),
        (
            f"嘉祥县人民政府\n{TITLE}",
            f"{BUREAU}\n2021年1月5日",
            ("嘉祥县教育局; the signature names 嘉祥县教育局, but the title names 嘉祥县人民政府"),
        ),
        (
            f"鼓楼区教育局{TITLE}",
            "",
            (
                "鼓楼区教育局; the agency 鼓楼区教育局 could not be placed (ambiguous): the "
                "name does not say which region it means: 鼓楼区 320106, 鼓楼区 320302, 鼓楼区 "
                "350102, 鼓楼区 410204"
            ),
        ),
        (
            f"鼓楼区教育局{TITLE}",
            "南京市鼓楼区教育局\n2021年1月5日",
            (
                "南京市鼓楼区教育局; 鼓楼区教育局 was not placed by its name alone: "
                "鼓楼区教育局 in 鼓楼区 (320106)"
            ),
        ),
        (
            f"{BUREAU}、{FINANCE}{TITLE}",
            "",
            (
                "嘉祥县教育局、嘉祥县财政局; the agency 嘉祥县教育局、嘉祥县财政局 could not "
                "be placed (joint): several agencies together"
            ),
        ),
        (
            f"洋洋新城{TITLE}",
            "",
            (
                "洋洋新城; the agency 洋洋新城 could not be placed (unknown_name): nothing in "
                "the name is known"
            ),
        ),
        (f"嘉祥县{TITLE}", "", "嘉祥县人民政府 as 嘉祥县"),
    ],
)
def test_the_title_names_the_reporter_and_others_are_doubts(
    head: str, end: str, expected: str
) -> None:
    assert reporter(head, end=end) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (f"本报告由{BUREAU}编制。", BUREAU),
        (f"请与{BUREAU}联系。", BUREAU),
        (f"请与{BUREAU}办公室联系。", BUREAU),
        (f"本报告由{BUREAU}编制，请与{FINANCE}联系。", BUREAU),
        ("本报告由嘉祥县人民政府办公室编制。", "嘉祥县人民政府办公室"),
        ("本报告由嘉祥县人民政府办公室编制。我县重视公开。", "嘉祥县人民政府"),
        ("本报告由嘉祥县人民政府办公室编制。我办重视公开。", "嘉祥县人民政府办公室"),
        ("本报告由嘉祥县人民政府办公室综合各乡镇、各部门年度报告编制。", "嘉祥县人民政府"),
        ("本报告由嘉祥县政务服务中心编制。", "嘉祥县政务服务中心"),
        (
            "本报告由嘉祥县政务服务中心综合各乡镇、各部门年度报告编制。全县重视公开。",
            "嘉祥县人民政府",
        ),
        ("编写嘉祥县2020年度报告。请与嘉祥县教育局联系。", BUREAU),
        (
            "现公布嘉祥县2020年政府信息公开工作年度报告。请与嘉祥县政务公开领导小组办公室联系。",
            "嘉祥县人民政府",
        ),
        (f"2020年，{BUREAU}认真落实条例。", BUREAU),
        ("2020年，嘉祥县全面落实条例。", "嘉祥县人民政府 as 嘉祥县"),
        ("2020年，嘉祥县全面落实条例。我局重视公开。", "nobody"),
        (f"{BUREAU}全面推进公开。", BUREAU),
        ("在嘉祥县委、县政府的正确领导下，我局重视公开。", "nobody"),
        (f"本局印发了《{BUREAU}公开制度》。", BUREAU),
        (f"发布机构：{BUREAU}", BUREAU),
        ("本报告由嘉祥县编制。", "嘉祥县人民政府 as 嘉祥县"),
        (
            "我县重视公开，通过嘉祥县政府网站公开。",
            "嘉祥县人民政府; 嘉祥县人民政府 was not placed by its name alone: site 嘉祥县",
        ),
        ("我县重视公开，通过嘉祥县政府网站、泗水县政府网站公开。", "nobody"),
        ("我局重视公开，通过嘉祥县政府网站公开。", "nobody"),
        ("我镇重视公开。嘉祥县金屯镇人民政府全面落实。", "嘉祥县金屯镇人民政府"),
        ("请与张**联系。", "nobody as 张**; the agency is masked: 张**"),
        (f"本报告由{BUREAU}（以下简称本局）编制。", BUREAU),
    ],
)
def test_whoever_compiles_or_answers_is_the_reporter_of_a_title_without_a_name(
    opening: str, expected: str
) -> None:
    assert reporter(TITLE, opening) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("我县通过嘉祥县人民政府门户网站公开信息。", "嘉祥县人民政府"),
        (
            "我县通过嘉祥县人民政府门户网站、济宁市人民政府门户网站公开信息。",
            "嘉祥县人民政府",
        ),
        ("我县通过嘉祥县人民政府门户网站、金乡县人民政府门户网站公开信息。", "nobody"),
        ("我局通过嘉祥县人民政府门户网站公开信息。", "nobody"),
        ("我市通过嘉祥县人民政府门户网站公开信息。", "nobody"),
        ("我县通过县人民政府门户网站公开信息。", "nobody"),
        (f"我局制定了《{BUREAU}政府信息公开制度》。", BUREAU),
        ("我局制定了《嘉祥县人民政府信息公开制度》。", "nobody"),
        (f"我县认真落实条例，本单位制定了《{BUREAU}政府信息公开制度》。", BUREAU),
        ("我局在教育部的指导下，通过教育部网站公开信息。", "nobody"),
        (f"2020年，{BUREAU}认真落实条例，{FINANCE}积极配合，我局公开信息。", BUREAU),
    ],
)
def test_whom_a_report_names_aside_is_its_own_where_it_can_be_no_other(
    opening: str, expected: str
) -> None:
    assert reporter(TITLE, opening).partition(";")[0] == expected
