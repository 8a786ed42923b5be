"""What is passed over without trying must never have been a match."""

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from pipeline.extract.prose.absences import may_deny
from pipeline.extract.prose.quantities import may_count, quantities
from pipeline.extract.prose.vocabulary import Topic, vocabulary
from pipeline.extract.prose.whose import BodyWord, bodies
from tests.some import some

ROOT = Path(__file__).parents[4]
GOLD = ROOT / "tests" / "golden" / "narrative"
# What only these match.
NOWHERE_ELSE = (
    "办结率上升3.5个百分点",
    "未发生安全事故",
    "11—30件部分每件100元",
    "作出税务行政处罚3件",
    "政府信息公开工作机构收到申请3件",
)


@cache
def texts() -> list[str]:
    reports = [
        path.read_text(encoding="utf-8") for path in (ROOT / "data" / "raw").glob("*/00*.txt")
    ]
    with (GOLD / "not_facts.csv").open(encoding="utf-8") as file:
        quotes = [cell for row in csv.DictReader(file) for cell in row.values() if cell]
    written = yaml.load((GOLD / "sentences.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [*reports, *quotes, *(case["text"] for case in written), *NOWHERE_ELSE]


@pytest.mark.parametrize("name", sorted(vocabulary().exclusions))
def test_exclusions_begin_as_declared(name: str) -> None:
    pattern = re.compile(vocabulary().exclusions[name])
    begin = re.compile(f"[{vocabulary().exclusions_begin}]")
    found = [match.group() for text in texts() for match in pattern.finditer(text)]
    assert all(begin.match(match) for match in some(found))


@pytest.mark.parametrize("topic", vocabulary().topics, ids=lambda topic: topic.pattern[:12])
def test_topics_begin_as_declared(topic: Topic) -> None:
    pattern = re.compile(topic.pattern)
    begin = re.compile(f"[{vocabulary().topics_begin}]")
    found = [match.group() for text in texts() for match in pattern.finditer(text)]
    assert all(begin.match(match) for match in some(found))


@pytest.mark.parametrize("body", bodies(), ids=lambda body: body.what)
def test_a_word_stands_in_every_mention_of_a_body(body: BodyWord) -> None:
    found = [match.group() for text in texts() for match in body.pattern.finditer(text)]
    assert found
    assert all(any(word in match for word in body.words) for match in found)


@pytest.mark.parametrize(
    "text",
    [
        "7件",
        "1,234 件",
        "2.4万份",
        "3 余条",
        "XX件",
        "**份",
        "X%",
        "百分之五",
        "召开三次",
        "召开二十余场",
        "发生一起",
    ],
)
def test_what_may_count(text: str) -> None:
    assert may_count(text)


@pytest.mark.parametrize(
    "text", ["一是加强领导", "第一", ",一次", "依法公开", "7", "2018年", "X市", "十分重视"]
)
def test_what_counts_nothing(text: str) -> None:
    assert not may_count(text)


@pytest.mark.parametrize("text", ["未收到", "没有", "不存在", "均为 0", "不收取", " 0", "零"])
def test_what_may_deny(text: str) -> None:
    assert may_deny(text)


@pytest.mark.parametrize("text", ["不断加强", "没收", "10", "为10件", "是指"])
def test_what_denies_nothing(text: str) -> None:
    assert not may_deny(text)


@pytest.mark.parametrize(
    "text", ["公开信息100000000000000条", "共公开100万亿条", "收到٣件", "共٣件"]
)
def test_what_no_report_counts_is_passed_over(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize("text", ["公开信息99999999999999条", "公开信息99,999,999,999,999条"])
def test_the_most_that_is_counted_has_fourteen_digits(text: str) -> None:
    assert [one.value for one in quantities(text)] == [99_999_999_999_999]


def test_a_large_amount_is_kept() -> None:
    assert [one.value for one in quantities("投入1,234,567,890.12元")] == [Decimal("1234567890.12")]


@pytest.mark.parametrize(
    ("text", "lead"),
    [("最近5次", 2), ("约5次", 0), ("不少于5次", 0), ("临接近5次", 2), ("高达5次", 0)],
)
def test_what_leads_a_number(text: str, lead: int) -> None:
    assert [one.lead for one in quantities(text)] == [lead]
