"""Links to a site's reports on other years are no headings of the report on the page."""

import pytest

from pipeline.model.check import Outcome
from pipeline.model.report import Report
from pipeline.parsing import parse_file

_PAGE = """<html><head><title>永嘉县旅游局2017年度政府信息公开工作年度报告_永嘉县</title></head>
<body><div class="side"><h3>历年年报</h3><ul>{links}</ul></div>
<h1>{heading}</h1>
<p>根据《中华人民共和国政府信息公开条例》编制本报告，统计期限自2017年1月1日起至2017年12月31日止。</p>
<p>一、概述</p><p>2017年，我局主动公开政府信息7条。</p>
<p>二、主动公开政府信息的情况</p><p>三、依申请公开情况</p><p>收到申请2件。</p></body></html>"""


def _report(
    links: str = "",
    heading: str = "永嘉县旅游局2017年度政府信息公开工作年度报告",
    title: str = "永嘉县旅游局2017年度政府信息公开工作年度报告_永嘉县",
) -> Report:
    page = _PAGE.replace("永嘉县旅游局2017年度政府信息公开工作年度报告_永嘉县", title)
    page = page.format(links=links, heading=heading)
    (document,) = parse_file("page.html", page.encode())
    return document.reports[0]


def _other_years(report: Report) -> list[str]:
    return [
        check.message_en
        for check in report.checks
        if check.rule_id == "I-Y1" and check.outcome is Outcome.FAIL
    ]


@pytest.mark.parametrize(
    "link",
    [
        "永嘉县旅游局{year}年政府信息公开工作年度报告",
        "永嘉县旅游局{year}年度政府信息公开年报",
        "{year}年政府信息公开工作年度报告",
    ],
)
def test_links_to_other_years_are_no_headings_of_the_report(link: str) -> None:
    years = (2015, 2020, 2014)
    links = "".join(
        f'<li><a href="t{year}.html">{link.format(year=year)}</a><span>{year + 1}-01-26</span></li>'
        for year in years
    )
    report = _report(links)
    assert report.year == 2017
    assert _other_years(report) == []


def test_a_heading_with_another_year_is_still_told() -> None:
    report = _report(heading="永嘉县旅游局2015年度政府信息公开工作年度报告")
    assert report.year == 2017
    assert _other_years(report) == ["the year is read as 2017, but the title says 2015"]


@pytest.mark.parametrize("day", ["", "<p>发布时间：2018-01-24</p>"])
@pytest.mark.parametrize("years", [(2015, 2020, 2014), (2018, 2019), (2020, 2018)])
def test_a_heading_without_a_year_leaves_it_to_the_period(years: tuple[int, ...], day: str) -> None:
    links = "".join(f"<li>永嘉县旅游局{year}年政府信息公开工作年度报告</li>" for year in years)
    report = _report(links, f"政府信息公开工作年度报告</h1>{day}<h1>", "信息公开年报_永嘉县")
    assert (report.year, _other_years(report)) == (2017, [])


@pytest.mark.parametrize(
    ("day", "year"),
    [("2018-01-24", 2017), ("2019-01-20", 2018), ("2018-12-20", 2018)],
)
def test_no_title_is_of_a_year_that_was_not_over_when_the_page_was_put_there(
    day: str, year: int
) -> None:
    """Of a year that was over, the title's wins over a misprinted period."""
    title = "永嘉县旅游局2018年度政府信息公开工作年度报告"
    report = _report("", f"{title}</h1><p>发布时间：{day}</p><h1>", f"{title}_永嘉县")
    assert report.year == year
    assert _other_years(report) != []
