"""A government's table that prints its own office's requests is not of the whole region."""

import pytest

from pipeline.model.observation import Scope
from pipeline.model.report import Report
from pipeline.parsing import parse_file

_ROWS = (
    ("一、本年新收政府信息公开申请数量", 41),
    ("二、上年结转政府信息公开申请数量", 2),
    ("（一）予以公开", 30),
    ("（七）总计", 43),
    ("四、结转下年度继续办理", 0),
)


def report(said: str, name: str = "莱阳市人民政府") -> Report:
    rows = "".join(
        f"<tr><td>{label}</td><td>{n}</td>{'<td>0</td>' * 5}<td>{n}</td></tr>" for label, n in _ROWS
    )
    heads = "".join(f"<td>{head}</td>" for head in ("商业企业", "科研机构", "社会公益组织"))
    heads += "<td>法律服务机构</td><td>其他</td>"
    page = (
        f"<h1>{name}2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>{said}</p>"
        "<p>三、收到和处理政府信息公开申请情况</p><table><tr><td rowspan=3>项目</td>"
        "<td colspan=7>申请人情况</td></tr><tr><td rowspan=2>自然人</td>"
        "<td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>"
        f"<tr>{heads}</tr>{rows}</table>"
    )
    (document,) = parse_file("a.html", page.encode())
    (found,) = document.reports
    return found


def received(found: Report) -> set[str]:
    return {str(one.value) for one in found.facts if one.indicator_id == "requests.received"}


@pytest.mark.parametrize(
    "said",
    [
        "2022年，莱阳市人民政府本级共收到政府信息公开申请41件。",
        "2022年，市政府本级收到政府信息公开申请41件。",
        "2022年，市本级收到政府信息公开申请41件。",
        "2022年，市政府办公室共收到政府信息公开申请41件。",
        "2022年，全市共收到政府信息公开申请208件，其中市政府本级收到41件。",
        "2022年，市政府本级收到政府信息公开申请41件，各部门、镇街收到112件。",
    ],
)
def test_a_table_that_prints_what_the_office_alone_received_is_the_offices(said: str) -> None:
    found = report(said)
    assert found.scope is Scope.AGENCY
    assert received(found) == {"41"}


@pytest.mark.parametrize(
    "said",
    [
        "2022年，市本级（含市直部门）收到政府信息公开申请41件。",
        "2022年，市政府本级（包括市直各部门、单位）共收到政府信息公开申请41件。",
    ],
)
def test_a_level_that_counts_its_departments_in_is_no_single_office(said: str) -> None:
    found = report(said)
    assert found.scope is Scope.SYSTEM
    assert received(found) == {"41"}


@pytest.mark.parametrize(
    "said",
    [
        "2022年，全市共收到政府信息公开申请41件。",
        "2022年，市政府本级收到政府信息公开申请12件。",
        "2022年，全市共收到政府信息公开申请41件，其中市政府本级收到12件。",
        "2022年，全市共收到政府信息公开申请41件，其中市政府本级收到41件。",
        "市政府本级收到政府信息公开申请41件。全市各级行政机关收到政府信息公开申请41件。",
        "2022年，共收到政府信息公开申请41件，其中市政府本级收到41件。",
        "2021年，市政府本级收到政府信息公开申请41件。",
        "本报告汇总全市数据。2022年，市政府本级收到政府信息公开申请41件。",
        "2022年，市政府本级收到政府信息公开申请41件，各镇街未收到政府信息公开申请。",
        "2022年，市政府办公室收到政府信息公开申请41件，均转交责任单位办理答复。",
        "截至目前，市政府办公室累计收到政府信息公开申请41件。",
        "",
    ],
)
def test_a_sentence_on_the_office_takes_no_table_from_the_region(said: str) -> None:
    found = report(said)
    assert found.scope is Scope.REGION
    assert received(found) == {"41"}


def test_a_bureau_has_no_region_to_lose() -> None:
    found = report("2022年，局机关收到政府信息公开申请41件。", "莱阳市水利局")
    assert found.scope is Scope.AGENCY
