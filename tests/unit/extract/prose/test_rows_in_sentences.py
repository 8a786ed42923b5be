"""Rows of the form's tables that a report writes out as sentences."""

from decimal import Decimal

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.model.document import Document
from pipeline.parsing import parse_part
from pipeline.readers.text.plain_text import read_text

_TITLE = "石门县水务局2022年政府信息公开工作年度报告"
_REQUESTS = "三、收到和处理政府信息公开申请情况"
_ROWS = (
    "一、本年新收政府信息公开申请数量：{}",
    "二、上年结转政府信息公开申请数量：{}",
    "三、本年度办理结果：",
    "（一）予以公开：{}",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）：{}",
    "（三）不予公开：1.属于国家秘密：{}",
    "（六）其他处理：1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请：{}",
    "3.其他：{}",
    "（七）总计：{}",
)
_WHO = (
    "自然人{}件，法人或其他组织中，商业企业1件、科研机构0件、社会公益组织0件、"
    "法律服务机构0件、其他2件，总计{}件。"
)
_EACH = [_WHO.format(n, n + 3) for n in (7, 1, 2, 1, 1, 3, 0, 5)]


def facts(lines: str) -> dict[str, Decimal]:
    document = read_text(f"{_TITLE}\n{_REQUESTS}\n{lines}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    return {fact.indicator_id: fact.value for fact in parse_part(document, part).facts}


def rows(*said: str) -> str:
    told = iter(said)
    return "\n".join(row.format(next(told)) if "{}" in row else row for row in _ROWS)


def test_each_row_tells_who_asked() -> None:
    told = facts(rows(*_EACH))
    for row, natural in (
        ("requests.received", 7),
        ("requests.carried_in", 1),
        ("requests.processed.granted", 2),
        ("requests.processed.partly_granted", 1),
        ("requests.processed.denied.state_secret", 1),
        ("requests.processed.other.not_amended", 3),
        ("requests.processed.other.residual", 0),
        ("requests.processed", 5),
    ):
        assert told[f"{row}:natural_person"] == natural
        assert told[f"{row}:other_organisation"] == 2
        assert told[row] == natural + 3


def test_a_row_tells_its_sum_and_some_who_asked() -> None:
    some = ["9件，其中自然人4件，其他5件。", *["0件。"] * 6, "9件，其中自然人9件。"]
    told = facts(rows(*some).replace("：9件", "9件").replace("：0件", "0件"))
    assert told["requests.received"] == 9
    assert told["requests.received:other_organisation"] == 5
    assert "requests.received:research" not in told
    assert told["requests.processed.other.residual"] == 0
    assert told["requests.processed:natural_person"] == 9


@pytest.mark.parametrize("rest", ["其余均为0", "其他各项均为0件", "其余申请人都为0件"])
def test_the_rest_of_a_row_is_none_where_it_says_so(rest: str) -> None:
    told = facts(rows(*_EACH[:2], f"自然人2件，{rest}。", *_EACH[3:]))
    granted = "requests.processed.granted"
    assert told[f"{granted}:natural_person"] == 2
    assert told[f"{granted}:other_organisation"] == 0
    assert told[f"{granted}:research"] == 0


def test_the_rest_of_a_row_is_open_where_nothing_says_so() -> None:
    told = facts(rows(*_EACH[:2], "自然人2件。", *_EACH[3:]))
    assert told["requests.processed.granted:natural_person"] == 2
    assert "requests.processed.granted:research" not in told


@pytest.mark.parametrize(
    "said",
    [
        "自然人2件，自然人3件，商业企业1件。",
        "自然人2件，较上年多1件，商业企业1件。",
        "自然人2件，个体工商户1件。",
    ],
)
def test_a_row_with_other_words_in_it_is_not_read_as_one(said: str) -> None:
    told = facts(rows(*_EACH[:2], said, *_EACH[3:]))
    assert "requests.processed.granted:natural_person" not in told
    assert told["requests.processed.partly_granted:natural_person"] == 1


def test_a_few_rows_alone_are_sentences() -> None:
    told = facts("其他：自然人2件，商业企业1件。\n总计：自然人5件，商业企业1件。")
    assert "requests.processed:natural_person" not in told
    assert "requests.processed.other.residual:natural_person" not in told


@pytest.mark.parametrize(("lines", "are_rows"), [(5, False), (6, True)])
def test_five_rows_with_numbers_are_rows(lines: int, *, are_rows: bool) -> None:
    told = facts("\n".join(rows(*_EACH).split("\n")[:lines]))
    assert ("requests.received:research" in told) == are_rows


def test_other_and_all_are_rows_only_below_their_headings() -> None:
    before = "其他：自然人8件。\n总计：自然人8件。\n"
    told = facts(before + rows(*_EACH))
    assert told["requests.processed:natural_person"] == 5
    assert told["requests.processed.other.residual:natural_person"] == 0


def test_reviews_told_by_heading_are_not_lost_to_a_table_without_numbers() -> None:
    cases = (
        "四、政府信息公开行政复议、行政诉讼情况\n"
        "行政复议：结果维持1件，结果纠正0件，其他结果2件，尚未审结0件，总计3件。\n"
        "行政诉讼（未经复议直接起诉）：结果维持0件，结果纠正1件，其他结果0件，尚未审结0件，总计1件。\n"
        "行政诉讼（复议后起诉）：结果维持0件，结果纠正0件，其他结果0件，尚未审结4件，总计4件。"
    )
    told = facts(f"{rows(*_EACH)}\n{cases}")
    assert told["reconsideration.total"] == 3
    assert told["litigation_direct.corrected"] == 1
    assert told["litigation_after_reconsideration.pending"] == 4


def test_decisions_are_told_beside_the_item_of_the_regulation() -> None:
    told = facts("第二十条第（五）项　行政许可本年处理决定数量4688件。")
    assert told["licensing.decisions"] == 4688


@pytest.mark.parametrize(
    "above", ["2021年情况如下：", "局属水文站情况如下：", "第一季度情况如下："]
)
def test_rows_announced_as_of_others_or_another_time_are_not_the_years(above: str) -> None:
    told = facts(f"{above}\n{rows(*_EACH)}")
    assert "requests.received:natural_person" not in told
    assert "requests.processed" not in told


def test_rows_announced_as_the_years_are() -> None:
    told = facts(f"2022年情况如下：\n{rows(*_EACH)}")
    assert told["requests.processed"] == 8
