"""What a notebook, an assistant and a page are told of the numbers of a warehouse."""

from dataclasses import replace

import duckdb
import pytest
from stated_corpus import GAOQING, Corpus, report

import gongkai
from pipeline.assistant.numbers import gaps
from pipeline.explorer import measures

ITEMS, RECEIVED, REVIEWS = "disclosure.items", "requests.received", "reconsideration.total"
NOBODY = {"level": "", "function": "", "province": "", "city": "", "agencies": []}


def test_a_printed_zero_is_no_gap_and_what_is_not_printed_is_one(corpus: Corpus) -> None:
    corpus.add("a.txt", report({ITEMS: "17", RECEIVED: "0"}))
    corpus.build()
    keys = [(GAOQING.agency_id, 2018, one) for one in (ITEMS, RECEIVED, REVIEWS)]
    with gongkai.open(corpus.settings.warehouse) as warehouse:
        told = gaps(warehouse, [*keys, (GAOQING.agency_id, 2003, ITEMS)])
    assert [(one["indicator_id"], one["year"], one["status"]) for one in told] == [
        (REVIEWS, 2018, "not_printed"),
        (ITEMS, 2003, "no_report"),
    ]


@pytest.mark.parametrize("provinces", ["火星省", ["火星省"], ["山东省", "火星省"]])
def test_a_province_that_is_not_there_is_refused_beside_one_that_is(
    one_report: Corpus, provinces: str | list[str]
) -> None:
    with gongkai.open(one_report.settings.warehouse) as warehouse:
        assert len(warehouse.facts(province=["山东省"])) == 1
        with pytest.raises(gongkai.NotFoundError, match="no agency here is in the province 火星省"):
            warehouse.facts(province=provinces)


@pytest.mark.parametrize("levels", ["village", ["village"], ["county", "village"]])
def test_a_level_that_is_not_there_is_refused_beside_one_that_is(
    one_report: Corpus, levels: str | list[str]
) -> None:
    with gongkai.open(one_report.settings.warehouse) as warehouse:
        assert len(warehouse.facts(level=["county"])) == 1
        with pytest.raises(gongkai.NotFoundError, match="no level village; there are"):
            warehouse.facts(level=levels)


@pytest.fixture(scope="module")
def three_years(shared_corpus: Corpus) -> Corpus:
    for year, form in ((2018, "B"), (2019, "C"), (2020, "C")):
        stated = report({REVIEWS: str(year - 2015)}, year=year)
        shared_corpus.add(f"{year}.txt", replace(stated, template=form))
    shared_corpus.build()
    return shared_corpus


@pytest.mark.parametrize(
    ("since", "is_broken"), [(2018, True), (2019, False)], ids=["across", "from the break on"]
)
def test_a_change_is_broken_only_by_a_break_behind_its_first_year(
    three_years: Corpus, since: int, *, is_broken: bool
) -> None:
    changed = measures._CHANGES.format(table=f"({measures._OF_AN_INDICATOR})")
    asked = {"id": REVIEWS, "since": since, "until": 2020, **NOBODY}
    with duckdb.connect(str(three_years.settings.database), read_only=True) as connection:
        found = connection.execute(changed, asked).fetchall()
    assert found == [(GAOQING.agency_id, since - 2015, "undisputed", is_broken)]
