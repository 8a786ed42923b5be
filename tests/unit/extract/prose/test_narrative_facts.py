"""What prose may feed the warehouse: nothing but what it says beyond doubt."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.document import Document
from pipeline.model.observation import Scope
from pipeline.readers.text.plain_text import read_text

BANK = Path(__file__).parents[3] / "golden" / "narrative" / "facts.yml"
Case = dict[str, Any]
LEAST_FOUND = 0.85
ROUND_OF_REAL_PAGES = 5


@cache
def cases() -> list[Case]:
    loaded: list[Case] = yaml.load(BANK.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def chosen(case: Case) -> dict[str, Decimal]:
    document = read_text(f"{case['heading']}\n{case['text']}\n".encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    seen = observe_narrative(
        sentences(part.blocks),
        case["year"],
        template=case.get("template", "none"),
        reporter=case.get("reporter", ""),
    )
    scope = Scope(case.get("scope", "agency"))
    facts = choose_facts(seen, settled(seen, case["year"], scope))
    return {fact.indicator_id: fact.value for fact in facts}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("主动公开政府信息较去年的265条增长两成，达到318条。", 318),
        ("主动公开政府信息比上年增加53条，达到318条。", 318),
        ("主动公开政府信息由265条增至318条。", 318),
    ],
)
def test_what_a_number_grew_to_is_the_years_and_not_what_it_was(text: str, items: int) -> None:
    assert chosen({"heading": "一、总体情况", "text": text, "year": 2023}) == {
        "disclosure.items": Decimal(items)
    }


@pytest.mark.parametrize(
    ("came", "carried", "reviews", "counts"),
    [(30, 20, 50, True), (30, 20, 51, False), (3, 2, 10, True), (3, 2, 11, False)],
)
def test_reviews_that_outnumber_all_that_was_due_are_those_of_anything(
    came: int, carried: int, reviews: int, counts: bool
) -> None:
    text = f"新收政府信息公开申请{came}件，上年结转{carried}件。发生行政复议{reviews}件。"
    found = chosen({"heading": "一、总体情况", "text": text, "year": 2023})
    assert ("reconsideration.total" in found) is counts
    assert found["requests.received"] == came


@pytest.mark.parametrize("number", range(len(cases())))
def test_no_wrong_fact_is_taken_from_a_paragraph(number: int) -> None:
    case = cases()[number]
    right = {**case["facts"], **case.get("may", {})}
    wrong = {
        name: value
        for name, value in chosen(case).items()
        if name not in right or (right[name] is not None and value != Decimal(str(right[name])))
    }
    assert wrong == {}, case["text"]


def test_most_of_what_a_reader_would_take_is_taken() -> None:
    wanted = [(case, name) for case in cases() for name in case["facts"]]
    found = sum(name in chosen(case) for case, name in wanted)
    print(f"{found} of {len(wanted)} facts of the paragraphs found")
    assert found >= LEAST_FOUND * len(wanted)


def test_what_real_pages_say_in_their_own_way_is_taken_in_full() -> None:
    wanted = [
        (case["text"], name, chosen(case).get(name))
        for case in cases()
        if case["round"] == ROUND_OF_REAL_PAGES
        for name in case["facts"]
    ]
    assert [(text, name) for text, name, value in wanted if value is None] == []
