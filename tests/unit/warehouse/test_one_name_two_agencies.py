"""A name that two agencies bore one after the other: the year tells which of them is meant."""

from dataclasses import replace

import pytest
from stated_corpus import GAOQING, Corpus, report

from pipeline.model.agency import Agency
from pipeline.model.observation import Scope
from pipeline.notebook.opened import Warehouse
from pipeline.warehouse.queries.claim_verdicts import ClaimFinding, verify
from pipeline.warehouse.queries.methods import questions
from pipeline.warehouse.queries.name_lookup import NotFoundError, find_agency, find_key

NAME = "南通市崇川区人民政府"


def government(code: str, region: str, name: str, **years: int) -> Agency:
    return replace(
        GAOQING,
        agency_id=f"{code}.government",
        name_zh=name,
        region_code=code,
        region_name=region,
        province="江苏省",
        function="government",
        **years,
    )


BEFORE = government("320602", "崇川区", NAME, valid_from=1991, valid_to=2020)
AFTER = government("320613", "崇川区", NAME, valid_from=2020)
JOINED = government("320611", "港闸区", "南通市港闸区人民政府", valid_from=1991, valid_to=2020)
APART = [government(code, "鼓楼区", "鼓楼区人民政府") for code in ("320106", "320302")]


@pytest.fixture(scope="module")
def published(shared_corpus: Corpus) -> Corpus:
    corpus = shared_corpus
    for agency, years in (
        (BEFORE, (2018, 2019)),
        (AFTER, (2020, 2021)),
        (JOINED, (2019,)),
        (APART[0], (2019,)),
        (APART[1], (2018,)),
    ):
        for year in years:
            stated = report({"requests.received": str(year - 1900)}, agency, year)
            stated = replace(stated, scope=Scope.REGION, template="C")
            corpus.add(f"{agency.agency_id}.{year}.txt", stated)
    corpus.build()
    return corpus


@pytest.mark.parametrize(
    ("year", "meant"),
    [(2018, BEFORE), (2019, BEFORE), (2020, AFTER), (2021, AFTER)],
)
@pytest.mark.parametrize("name", [NAME, "崇川区人民政府"])
def test_the_agency_that_bore_a_name_in_a_year_is_meant(
    published: Corpus, name: str, year: int, meant: Agency
) -> None:
    with published.asked() as connection:
        assert find_key(connection, name, year, "requests.received")["agency"] == meant.agency_id


def test_a_county_alone_is_its_government_where_one_is_asked_for(published: Corpus) -> None:
    with published.asked() as connection:
        assert find_agency(connection, "崇川区", 2021) == AFTER.agency_id
        with pytest.raises(NotFoundError):
            find_agency(connection, "鼓楼区", 2019)
        with pytest.raises(NotFoundError):
            find_agency(connection, "安吉县", 2019)


@pytest.mark.parametrize("year", [2019, 2021])
def test_a_sentence_with_such_a_name_is_judged_by_the_report_of_its_year(
    published: Corpus, year: int
) -> None:
    with published.asked() as connection:
        (verdict,) = verify(connection, [f"崇川区{year}年收到政府信息公开申请{year - 1900}件"])
    assert verdict.finding is ClaimFinding.VERIFIED, verdict.reason


def test_numbers_under_such_a_name_are_those_of_both(published: Corpus) -> None:
    with published.asked() as connection:
        warehouse = Warehouse(connection, published.settings.database)
        found = warehouse.facts(agency=NAME, indicator="requests.received")
        assert found["year"].tolist() == [2018, 2019, 2020, 2021]
        found = warehouse.facts(agency=NAME, indicator="requests.received", year=2021)
        assert found["agency_id"].tolist() == [AFTER.agency_id]


def test_two_places_of_one_name_are_not_told_apart_by_who_reported(published: Corpus) -> None:
    """Of two 鼓楼区 the one with a report on the year is not the one that is meant for that."""
    with published.asked() as connection:
        for year in (None, 2018, 2019):
            with pytest.raises(NotFoundError, match="give the id"):
                find_agency(connection, "鼓楼区人民政府", year)


def test_numbers_before_and_after_a_merger_are_one_line(published: Corpus) -> None:
    (question,) = (one for one in questions() if one.en == "One line through renamings and mergers")
    found = [row[2:5] for row in published.query(question.sql) if row[0] == AFTER.agency_id]
    assert found == [(2018, 118, 1), (2019, 238, 2), (2020, 120, 1), (2021, 121, 1)]
    assert published.query("SELECT DISTINCT relation FROM agency_succession") == [("merged",)]
