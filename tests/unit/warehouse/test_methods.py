"""The methods page: written from the declarations, and every question of it has an answer."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest
from stated_corpus import GAOQING, Corpus, report

from pipeline.model.agency import Level
from pipeline.model.observation import Scope
from pipeline.warehouse.queries import methods
from pipeline.warehouse.queries.methods import Language, MethodQuestion, questions

_FULL = {
    "requests.received": "30",
    "requests.carried_in": "0",
    "requests.processed": "30",
    "requests.processed.granted": "20",
    "requests.processed.denied.state_secret": "2",
    "requests.processed.denied.prohibited_by_law": "0",
    "requests.processed.denied.security_stability": "0",
    "requests.processed.denied.third_party_rights": "3",
    "requests.processed.denied.internal_affairs": "0",
    "requests.processed.denied.deliberative_process": "0",
    "requests.processed.denied.enforcement_file": "0",
    "requests.processed.denied.administrative_inquiry": "0",
    "litigation_direct.corrected": "1",
    "litigation_direct.upheld": "3",
    "litigation_direct.other": "0",
    "litigation_direct.pending": "1",
    "litigation_direct.total": "5",
    "litigation_after_reconsideration.corrected": "1",
    "litigation_after_reconsideration.upheld": "1",
    "litigation_after_reconsideration.other": "0",
    "litigation_after_reconsideration.pending": "0",
    "litigation_after_reconsideration.total": "2",
}


@pytest.fixture(scope="module")
def small(shared_corpus: Corpus) -> Corpus:
    """Governments of three tiers and a department, some years left out."""
    province = replace(
        GAOQING,
        agency_id="370000.government",
        name_zh="山东省人民政府",
        region_code="370000",
        region_name="山东省",
        level=Level.PROVINCE,
        function="government",
    )
    education = replace(
        province, agency_id="370000.education", name_zh="山东省教育厅", function="education"
    )
    county = replace(
        province,
        agency_id="370322.government",
        name_zh="高青县人民政府",
        region_code="370322",
        level=Level.COUNTY,
    )
    for number, agency in enumerate((province, education, county)):
        for year, form in ((2020, "C"), (2022, "D")):
            scope = Scope.REGION if agency.function == "government" else Scope.AGENCY
            own = {**_FULL, "requests.carried_in": str(year + 10 * number)}
            stated = replace(report(own, agency, year), template=form, scope=scope)
            shared_corpus.add(f"{agency.agency_id}.{year}.txt", stated)
    for year in (2016, 2018):
        old = {"requests.received": "9", "requests.answered": "9", "requests.answered.granted": "6"}
        shared_corpus.add(f"old{year}.txt", replace(report(old, year=year), template="B"))
    shared_corpus.build()
    return shared_corpus


@pytest.mark.parametrize("question", questions(), ids=lambda one: str(one.en))
def test_every_question_runs_and_gives_the_columns_it_tells(
    small: Corpus, question: MethodQuestion
) -> None:
    with duckdb.connect(str(small.settings.database), read_only=True) as connection:
        result = connection.execute(question.sql)
        assert [column[0] for column in result.description or []] == list(question.columns)
        rows = result.fetchall()
    if "contradictions" not in question.sql:
        assert rows


def test_fifteen_questions_are_answered() -> None:
    assert len(questions()) == 15


def test_a_rate_over_2019_and_the_losses_in_court_come_out_right(small: Corpus) -> None:
    by_question = {one.en: one for one in questions()}
    lost = small.query(by_question["How many lawsuits agencies lose"].sql)
    assert [row for row in lost if row[1] == 2022] == [
        ("agency", 2022, 2, 6, 33.3),
        ("region", 2022, 4, 12, 33.3),
    ]
    gaps = small.query(by_question["Which agencies lack a report"].sql)
    assert {gap[1:] for gap in gaps} == {
        ("山东省人民政府", 2021, "gap"),
        ("山东省教育厅", 2021, "gap"),
        ("高青县人民政府", 2021, "gap"),
        ("高青县质量技术监督局", 2017, "gap"),
    }


def test_offices_of_one_task_stand_together_whatever_else_they_do(
    corpus: Corpus,
) -> None:
    """教育局 and 教育和体育局 were no peers, and no line led from one to the other."""
    place = {"region_code": "370322", "region_name": "高青县"}
    offices = {
        2018: ("education", "高青县教育局"),
        2022: ("education_and_sports", "高青县教育和体育局"),
        2023: ("education_unit", "高青县教育局教研室"),
        2024: ("sports", "高青县体育局"),
    }
    for year, (function, name) in offices.items():
        own = replace(GAOQING, agency_id=f"370322.{function}", name_zh=name, **place)
        stated = report({"requests.received": "7"}, replace(own, function=function), year)
        corpus.add(f"{year}.txt", replace(stated, period_start=date(year - 1, 9, 1)))
    corpus.build_only("facts_main", "dim_function")
    (asked,) = (one for one in questions() if one.en.startswith("One task over the years"))
    found = corpus.query(asked.sql)
    assert [(row[1], row[2]) for row in found] == [
        (year, name) for year, (_, name) in offices.items() if year < 2023
    ]
    assert [row[6] for row in found] == [date(2017, 9, 1), date(2021, 9, 1)]
    tasks = dict(corpus.query("SELECT function, tasks FROM dim_function"))
    assert tasks["education_and_sports"] == ["education", "sports"]
    assert tasks["science_technology"] == ["science_technology"]
    assert tasks["education_unit"] == ["education_unit"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_what_the_declarations_give(language: Language) -> None:
    text = methods.FILES[language].read_text("utf-8")
    assert methods.written(text, language) == text
    for part in ("`CD-E1`", "`requests.received`", "FROM indicator_coverage", "`disputed`"):
        assert part in text
