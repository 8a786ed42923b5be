"""A number of several years is none of the report's year, however the years are said."""

import pytest

from pipeline.parsing import parse_file
from tests.generator.corpus import AGENCY

RECEIVED = "requests.received"


def facts(sentence: str) -> dict[str, int]:
    text = (
        f"{AGENCY}2018年政府信息公开工作年度报告\n\n本报告依据条例编制。\n"
        f"三、依申请公开情况\n{sentence}\n{AGENCY}\n2019年1月20日\n"
    )
    (document,) = parse_file("a.txt", text.encode())
    (report,) = document.reports
    assert any(one.value == 120 for one in report.observations)
    return {fact.indicator_id: int(fact.value) for fact in report.facts}


@pytest.mark.parametrize(
    "when",
    [
        "2018年",
        "2018年1月1日至2018年12月31日",
        "自2018年1月1日至2018年12月31日",
        "2018年1月至12月",
        "自2018年以来",
    ],
)
def test_a_number_of_the_year_is_its_fact(when: str) -> None:
    assert facts(f"{when}，共收到政府信息公开申请120件。") == {RECEIVED: 120}


@pytest.mark.parametrize(
    "when",
    [
        "自2008年以来",
        "自2008年5月1日以来",
        "自2008年以来至2018年",
        "自2008年5月1日起至2018年",
        "自2008年施行、2018年修订的条例实施以来",
    ],
)
def test_a_number_since_an_earlier_year_is_of_all_years_though_it_names_this_one(when: str) -> None:
    assert facts(f"{when}，共收到政府信息公开申请120件。") == {f"{RECEIVED}:cumulative": 120}


@pytest.mark.parametrize(
    "when",
    [
        "自2008年5月1日至2018年12月31日",
        "2008年5月1日至2018年12月31日",
        "2016年1月至2018年12月",
        "从2008年到2018年",
        "2008年以来",
        "2017年11月1日至2018年10月31日",
    ],
)
def test_a_stretch_from_one_year_into_another_gives_no_fact(when: str) -> None:
    assert facts(f"{when}，共收到政府信息公开申请120件。") == {}


@pytest.mark.parametrize("compared", ["较2017年的98件有所增加", "比2017年度增长较快"])
def test_a_year_that_is_only_compared_with_holds_to_the_end_of_its_clause(compared: str) -> None:
    assert facts(f"{compared}，共收到政府信息公开申请120件。") == {RECEIVED: 120}


@pytest.mark.parametrize("when", ["2018年上半年", "2018年1至6月", "2018年第一季度", "平均每月"])
def test_a_number_of_a_part_of_the_year_gives_no_fact(when: str) -> None:
    assert facts(f"{when}，共收到政府信息公开申请120件。") == {}


@pytest.mark.parametrize(
    "each",
    [
        "平均每个季度里",
        "平均每个工作日",
        "按季度平均计算",
        "平均下来每个季度",
        "每个季度里",
        "平均每个自然月内",
        "月均来看",
    ],
)
def test_a_mean_that_the_clause_before_tells_gives_no_fact_however_long_it_is(each: str) -> None:
    assert facts(f"{each}，收到政府信息公开申请120件。") == {}


@pytest.mark.parametrize("other", ["平均办理时间缩短", "月均点击量提高", "人均面积增加"])
def test_a_mean_of_something_else_holds_to_the_end_of_its_clause(other: str) -> None:
    assert facts(f"{other}，收到政府信息公开申请120件。") == {RECEIVED: 120}


@pytest.mark.parametrize("comma", ["", "，"])
@pytest.mark.parametrize("since", ["目前", "截至目前", "截至2018年底", "到2018年末", "近三年来"])
def test_what_has_added_up_by_now_gives_no_fact_with_a_comma_and_without(
    since: str, comma: str
) -> None:
    assert facts(f"{since}{comma}累计收到政府信息公开申请120件。") == {}


def test_a_year_in_brackets_at_the_head_of_a_sentence_ends_with_them() -> None:
    said = "（2017年收到政府信息公开申请41件）本年收到政府信息公开申请120件。"
    assert facts(said) == {RECEIVED: 120}


def test_none_of_the_year_stands_beside_some_of_the_year_before() -> None:
    told = "2017年收到政府信息公开申请120件并均已办结，2018年未收到政府信息公开申请。"
    assert facts(told)[RECEIVED] == 0


def test_nothing_carried_over_from_last_year_is_told_of_this_year() -> None:
    told = "上年度无结转，2018年收到政府信息公开申请120件。"
    assert facts(told)[RECEIVED] == 120
