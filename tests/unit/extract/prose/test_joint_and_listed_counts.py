"""What one number counts of two things, and what stands beside others of its kind."""

from decimal import Decimal

import pytest

from pipeline.parsing import parse_file

HEADS = {
    year: f"石门县水务局{year}年政府信息公开工作年度报告\n一、主动公开政府信息情况\n"
    for year in (2015, 2021)
}


def facts(text: str, year: int = 2021) -> dict[str, Decimal]:
    (document,) = parse_file("report.txt", f"{HEADS[year]}{text}\n".encode())
    (report,) = document.reports
    return {fact.indicator_id: fact.value for fact in report.facts}


@pytest.mark.parametrize(
    "text",
    [
        "因政府信息公开引发的行政复议、行政诉讼共4件。",
        "全年发生因信息公开而被申请行政复议、提起行政诉讼的案件4件。",
        "全年发生因信息公开而被提起行政诉讼、申请行政复议的案件4件。",
        "收到涉及政府信息公开的行政诉讼和行政复议案件4件。",
    ],
)
def test_reviews_and_lawsuits_counted_together_are_neither(text: str) -> None:
    assert facts(text) == {}
    none = facts(text.replace("4", "0"))
    assert none == {"reconsideration.total": 0, "litigation.total": 0}


def test_both_told_apart_behind_their_sum_are_read() -> None:
    text = "收到政府信息公开行政复议和行政诉讼案件4件，其中行政复议3件，行政诉讼1件。"
    assert facts(text) == {"reconsideration.total": 3, "litigation.total": 1}


@pytest.mark.parametrize(
    "text",
    [
        "全年未因政府信息公开引发行政复议、行政诉讼案件。",
        "全年均未发生政府信息公开行政复议、行政诉讼。",
        "全年及历年均未接到涉及政府信息公开的行政复议或行政诉讼。",
    ],
)
def test_none_all_year_is_no_mean_and_no_stretch_of_years(text: str) -> None:
    assert facts(text) == {"reconsideration.total": 0, "litigation.total": 0}
    assert facts("年均收到政府信息公开申请7件。") == {}


def test_the_second_of_kinds_side_by_side_is_not_all_information() -> None:
    text = "发挥门户网站平台作用，全年共发布各类新闻信息930条、各类政务信息1.4万余条。"
    assert "disclosure.items" not in facts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "通过“石门水务”微博推送信息37条，“石门水务”微信推送信息26条。",
            {"disclosure.channel.weibo": 37, "disclosure.channel.wechat": 26},
        ),
        ("微信公众号“石门水务”发布信息256条，订阅1900个。", {"disclosure.channel.wechat": 256}),
        ("全年通过局门户网站发布主动公开信息213条。", {"disclosure.channel.website": 213}),
        ("我局在政府门户网站上主动公开信息数量为46件。", {"disclosure.channel.website": 46}),
        ("积极主动在局门户网站公开各类信息63条。", {"disclosure.channel.website": 63}),
        ("我局经审核主动公开信息56条。", {"disclosure.items": 56}),
        ("全年累计公开政府信息287项，其中政策文件29项。", {"disclosure.items": 287}),
        (
            "我局通过网站、公告栏等方式，及时公开政策法规、办事指南等政府信息共16条。",
            {"disclosure.items": 16},
        ),
        (
            "主动公开工作动态、预算决算、水利建设以及其他信息共计54条。",
            {"disclosure.items": 54},
        ),
        ("公开财政预算、决算等政府信息16条。", {}),
        ("在县政府网站主动公开政务信息252条次。", {}),
        (
            "依托县政府网站和微信公众号“石门发布”等新媒体，主动公开信息26条。",
            {"disclosure.items": 26},
        ),
        ("全年没有单位或个人向我局提出申请信息公开事项。", {"requests.received": 0}),
    ],
)
def test_what_was_published_and_asked_is_read(text: str, expected: dict[str, int]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "本局2015年主动公开政府信息11条，历年累计234条。",
            {"disclosure.items": 11, "disclosure.items:cumulative": 234},
        ),
        (
            "本局2015年受理政府信息公开申请0条，历年累计6条。",
            {"requests.received": 0, "requests.received:cumulative": 6},
        ),
        ("在局门户网站上发布信息100条（2015年新增14条）。", {}),
        ("2015年度更新、新增主动公开政府信息33条。", {"disclosure.items": 33}),
        ("设立了1个申请受理点，并开辟了3个公共查阅点。", {"reading_points.total": 3}),
        (
            "局领导高度重视，及时调整领导小组，并在办公室配备了2名兼职工作人员。",
            {"staff.part_time": 2},
        ),
    ],
)
def test_what_older_reports_add_up_and_have_is_read(text: str, expected: dict[str, int]) -> None:
    assert facts(text, 2015) == expected


@pytest.mark.parametrize(
    "text",
    [
        "主动公开信息186条，其中提案9条。通过网站及时发布预决算，其中预算15条，决算15条。",
        "利用内网发布信息95条，其中文件2件，利用电子屏发布信息108条。",
        "本局2015年受理政府信息公开申请0条，历年累计6条。",
    ],
)
def test_what_is_no_part_is_not_held_against_a_whole(text: str) -> None:
    (document,) = parse_file("report.txt", f"{HEADS[2015]}{text}\n".encode())
    (report,) = document.reports
    assert not [check for check in report.checks if check.outcome == "fail"]
