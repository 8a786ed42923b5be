"""What a notebook and a model's client are handed of a small warehouse."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs
from stated_corpus import FAILED, Corpus, county, report

import gongkai
from pipeline.assistant import answers
from pipeline.assistant.numbers import plain

ITEMS, RECEIVED = "disclosure.items", "requests.received"
AGENCIES = answers.MOST + 1
LAST = 370300 + AGENCIES - 1
ASKED: dict[str, Any] = dict.fromkeys(
    ("agency", "indicator", "year", "province", "level", "function", "standing")
)


@pytest.fixture(scope="module")
def opened(shared_corpus: Corpus) -> gongkai.Warehouse:
    """One agency more than an answer holds; the last is disputed and told of two years more."""
    disputed = structs.replace(FAILED, indicator_ids=(ITEMS,))
    for code in range(370300, LAST + 1):
        agency = county(code, f"第{code}县质量技术监督局")
        checks = (disputed,) if code == LAST else ()
        own = report({ITEMS: str(code - 370000)}, agency=agency, checks=checks)
        shared_corpus.add(f"{code}.txt", own)
    for year in (2016, 2017):
        own = report({RECEIVED: "3"}, agency=agency, year=year)
        shared_corpus.add(f"{year}.txt", own)
    shared_corpus.build()
    return gongkai.open(shared_corpus.settings.warehouse)


def test_a_disputed_number_stands_behind_those_that_have_a_rank(opened: gongkai.Warehouse) -> None:
    found = opened.compare(ITEMS, 2018)
    assert found["rank"].head(2).tolist() == [1, 2]
    assert found["agency_id"].tolist()[-1] == f"{LAST}.quality_supervision"
    assert found["rank"].isna().tolist() == [False] * (AGENCIES - 1) + [True]


def test_an_answer_that_was_cut_says_so_and_a_whole_one_does_not(
    opened: gongkai.Warehouse,
) -> None:
    every = answers.facts(opened, **ASKED | {"indicator": ITEMS, "year": 2018})
    assert (len(every["numbers"]), every["is_cut"]) == (answers.MOST, True)
    sound = answers.facts(opened, **ASKED | {"indicator": ITEMS, "standing": "undisputed"})
    assert (len(sound["numbers"]), sound["is_cut"]) == (answers.MOST, False)


def test_an_agency_counts_once_among_those_without_a_number(opened: gongkai.Warehouse) -> None:
    found = answers.facts(opened, **ASKED | {"indicator": ITEMS, "year": [2016, 2017]})
    assert found["without_a_number"] == {"no_report": AGENCIES - 1, "not_printed": 1}


@pytest.mark.parametrize(
    ("value", "text"), [("100", "100"), ("100.000000", "100"), ("100.500000", "100.5"), ("0", "0")]
)
def test_only_idle_noughts_behind_the_point_are_left_out(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_only_what_is_called_alike_is_offered(opened: gongkai.Warehouse) -> None:
    assert "disclosure.items" in opened.near("主动公开条数")["id"].tolist()
    assert opened.near("交通事故数").empty
