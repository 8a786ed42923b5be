"""Whose numbers a whole report gives: what sentences about its numbers say, and what not."""

import pytest

from pipeline.extract.prose.whose import scope_said

COUNTY, OFFICE, BUREAU = "嘉祥县人民政府", "嘉祥县人民政府办公室", "嘉祥县财政局"
NOTHING = ""


def said(name: str, text: str, *titles: str) -> str:
    found = scope_said(name, titles, text)
    return found.value if found else NOTHING


@pytest.mark.parametrize(
    ("name", "text", "scope"),
    [
        (COUNTY, "本报告数据统计范围为县政府及县政府办公室。", "agency"),
        (COUNTY, "本报告数据仅为县政府本级数据，不含各部门。", "agency"),
        (COUNTY, "本报告统计数据不含乡镇和部门。", "agency"),
        (OFFICE, "本报告数据不包括各部门、乡镇。", "agency"),
        (COUNTY, "本报告数据包括县政府各部门，不包括乡镇。", "system"),
        (BUREAU, "本报告数据包括局机关及所属学校、事业单位数据。", "system"),
        (COUNTY, "本报告统计范围包括县政府各部门、各乡镇。", "region"),
        (COUNTY, "统计对象为县直部门及乡镇政府，垂直管理部门未列入统计。", "region"),
        (COUNTY, "各乡镇单独编制年度报告，本报告数据为全县汇总数。", "region"),
        (COUNTY, "以上统计数据包括县级机关、派出机构和基层站所。", "region"),
        (COUNTY, "本年度统计范围为县级各部门。", "system"),
        (COUNTY, "所列数据的统计期限为全年，统计范围为县政府办公室。", "agency"),
        (COUNTY, "本报告由六部分组成。统计范围为县政府办公室。", "agency"),
        (COUNTY, "需要说明的是，统计范围为县级部门。", "system"),
        (COUNTY, "三、申请情况（统计范围：全县各级行政机关）", "region"),
        (COUNTY, "说明：1.数据仅限县级部门。", "system"),
        (COUNTY, "本年度统计范围不包括乡镇。", "agency"),
        (COUNTY, "本年数据仅县政府本级。", "agency"),
    ],
)
def test_a_report_says_whose_numbers_it_gives(name: str, text: str, scope: str) -> None:
    assert said(name, text) == scope


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            COUNTY,
            "本报告中所列数据的统计期限自2022年1月1日起至12月31日止，如对本报告有疑问，"
            "请与嘉祥县人民政府办公室联系。",
        ),
        (COUNTY, "表中数据统计期限为全年，请与县政府办公室联系。"),
        (COUNTY, "以上数据来源于县政府办公室。"),
        (COUNTY, "本报告全部数据均由各单位报送，向多个部门提出的重复申请未计入。"),
        (COUNTY, "以上数据仅限县政府门户网站公开的信息数量。"),
        (COUNTY, "本报告数据与县级各部门年度报告数据之和一致。"),
        (COUNTY, "本报告数据由县级部门和镇村报送。"),
        (COUNTY, "推进统计数据、统计范围、统计口径公开，县级部门公开率100%。"),
        (COUNTY, "数据统计只增不减，县政府本级公开率提升。"),
        (COUNTY, "本报告所列数据仅供参考，以县政府办公室公布为准。"),
        ("嘉祥县统计局", "公开统计数据120条，统计范围覆盖和辐射各县区。"),
        (OFFICE, "本报告的统计数据包括指导各镇街公开工作的情况。"),
        (OFFICE, "本报告数据与各镇（街道）数据不重复。"),
        (OFFICE, "本报告数据包括各镇街报送至县政府办公室的信息。"),
        (BUREAU, "本报告数据由局机关各股室和下属单位报送。"),
        (BUREAU, "以上数据及下属单位数据一并公布。"),
    ],
)
def test_whom_to_ask_and_who_sent_them_in_says_nothing_of_whose_they_are(
    name: str, text: str
) -> None:
    """Whole counties were filed as their offices by the sentence that most reports begin with."""
    assert said(name, text) in {NOTHING, "region" if name == COUNTY else NOTHING}


@pytest.mark.parametrize(
    "text",
    [
        "扩大统计数据公开范围，统计范围包括县级部门12个。",
        "加强政务数据归集。统计范围包括县级部门12个。",
        "开展营商环境监测，统计对象为县级部门和企业。",
        "政务公开考核统计范围为县级部门。",
        "县统计局公布统计调查制度，数据仅限县级部门。",
        "本年度数据只增不减，县级部门主动公开信息120条。",
        "2022年数据仅县级部门就增长一倍。",
        "上述统计范围内的县级部门均已公开。",
        "本年度统计口径有调整，县级部门不再单独编制。",
    ],
)
def test_what_is_reported_on_covers_something_else_than_the_report(text: str) -> None:
    assert said(COUNTY, text) == NOTHING


@pytest.mark.parametrize(
    ("added", "scope"),
    [
        ("（本级）", "agency"),
        ("（县本级）", "agency"),
        ("（县政府办公室汇编）", NOTHING),
        ("（市政府办公室）", NOTHING),
        ("（县政府办公室2023年1月）", NOTHING),
    ],
)
def test_who_signs_in_the_brackets_of_a_title_is_not_whose_numbers_follow(
    added: str, scope: str
) -> None:
    assert said(COUNTY, "", f"{COUNTY}2022年政府信息公开工作年度报告{added}") == scope
