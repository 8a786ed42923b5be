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
    links: str = "", heading: str = "永嘉县旅游局2017年度政府信息公开工作年度报告"
) -> Report:
    page = _PAGE.format(links=links, heading=heading)
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
