"""A government that prints a form for its whole region and for its own office, too."""

from collections.abc import Iterable

import pytest

from pipeline.model.check import Outcome
from pipeline.model.observation import Scope
from pipeline.model.report import Report
from pipeline.parsing import parse_file

_REQUESTS, _REVIEWS = "三、收到和处理政府信息公开申请情况", "四、行政复议、行政诉讼情况"
_LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（七）总计",
    "四、结转下年度继续办理",
)


def cells(texts: Iterable[object]) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def requests(received: int) -> str:
    values = (received, 2, received - 10, received + 2, 0)
    rows = "".join(
        f"<tr>{cells((label, value, 0, 0, 0, 0, 0, value))}</tr>"
        for label, value in zip(_LABELS, values, strict=True)
    )
    heads = cells(("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
    return (
        "<table><tr><td rowspan=3>项目</td><td colspan=7>申请人情况</td></tr>"
        "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td>"
        f"<td rowspan=2>总计</td></tr><tr>{heads}</tr>{rows}</table>"
    )


def reviews(upheld: int) -> str:
    heads = cells(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    return (
        "<table><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
        "<tr><td colspan=5></td><td colspan=5>未经复议直接起诉</td>"
        f"<td colspan=5>复议后起诉</td></tr><tr>{heads * 3}</tr>"
        f"<tr>{cells((upheld, 0, 0, 0, upheld) * 3)}</tr></table>"
    )


def report(*body: str, name: str = "济南市人民政府") -> Report:
    blocks = (one if one.startswith("<") else f"<p>{one}</p>" for one in body)
    head = f"<h1>{name}2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>全面公开。</p>"
    (document,) = parse_file("a.html", (head + "".join(blocks)).encode())
    (found,) = document.reports
    return found


def facts(found: Report) -> tuple[int | None, int | None]:
    said = {one.indicator_id: int(one.value) for one in found.facts}
    return said.get("requests.received"), said.get("reconsideration.total")


@pytest.mark.parametrize(
    "body",
    [
        (
            *(_REQUESTS, "（一）全市", requests(320), "（二）市政府本级", requests(41)),
            *(_REVIEWS, "（一）全市", reviews(9), "（二）市政府本级", reviews(2)),
        ),
        (
            _REQUESTS,
            "（一）市本级",
            requests(41),
            "（二）全市",
            requests(320),
            _REVIEWS,
            reviews(9),
        ),
        (
            *("一、全市政府信息公开情况", _REQUESTS, requests(320), _REVIEWS, reviews(9)),
            *("二、市本级政府信息公开情况", _REQUESTS, requests(41), _REVIEWS, reviews(2)),
        ),
        (_REQUESTS, "全市情况", requests(320), "市直部门情况", requests(41), _REVIEWS, reviews(9)),
    ],
)
def test_the_whole_regions_tables_give_the_facts(body: tuple[str, ...]) -> None:
    found = report(*body)
    assert (found.scope, *facts(found)) == (Scope.REGION, 320, 9)
    aside = [one for one in found.observations if "caption.part" in one.why]
    assert {"41"} <= {one.value_raw for one in aside}
    assert all(one.indicator_id is None for one in aside)
    failing = {one.rule_id for one in found.checks if one.outcome is Outcome.FAIL}
    assert "P-T1" not in failing
    assert any("is on a part of the region" in notice for notice in found.notices)


@pytest.mark.parametrize(
    "headings",
    [
        ("（一）市本级", "（二）各县区"),
        ("（一）市本级", "（二）市直部门"),
        ("（一）全市市直部门", "（二）市本级"),
        ("", "（二）市本级"),
    ],
)
def test_of_parts_alone_none_is_taken_for_the_region(headings: tuple[str, str]) -> None:
    one, other = headings
    found = report(_REQUESTS, one, requests(320), other, requests(41), _REVIEWS, reviews(9))
    assert facts(found) == (None, 9)


def test_a_bureau_that_prints_its_field_and_its_own_is_not_guessed_at() -> None:
    body = (_REQUESTS, "（一）全市", requests(320), "（二）市局本级", requests(41))
    assert facts(report(*body, name="济南市公安局")) == (None, None)


@pytest.mark.parametrize("heading", ["本级政府收到申请情况", "全市收到申请情况"])
def test_a_table_printed_once_stays_whatever_its_heading(heading: str) -> None:
    found = report(_REQUESTS, heading, requests(320), _REVIEWS, reviews(9))
    assert facts(found) == (320, 9)
