"""What is asked of an earlier day: by SQL, as an export, of one number, from a notebook."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from stated_corpus import GAOQING, Corpus, report

import gongkai
from pipeline.commands import explain, export_tables, fact_history, query
from pipeline.commands.failure import Failure
from pipeline.warehouse.history.as_of import moment_of, opened
from pipeline.warehouse.history.earlier_values import changes_of
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.schema import tables

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"
KEY = (GAOQING.name_zh, 2018, ITEMS)


@pytest.fixture(scope="module")
def twice(shared_corpus: Corpus) -> Corpus:
    """Published twice: a value was corrected, a file went and one came."""
    shared_corpus.add("a.txt", report({ITEMS: "17"}, published_on=date(2019, 1, 1)))
    shared_corpus.add("b.txt", report({ITEMS: "4"}, year=2017))
    shared_corpus.build()
    shared_corpus.add("corrected.txt", report({ITEMS: "18"}, published_on=date(2019, 2, 1)))
    shared_corpus.add("new.txt", report({ITEMS: "5"}, year=2016))
    (shared_corpus.settings.raw / "b.txt").unlink()
    shared_corpus.build()
    return shared_corpus


@pytest.fixture(scope="module")
def day(twice: Corpus) -> datetime:
    ((first,),) = twice.query("SELECT published_at FROM vintage WHERE vintage = 1")
    assert isinstance(first, datetime)
    return first


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2018, [(17, "first", "a.txt"), (18, "corrected report", "corrected.txt")]),
        (2017, [(4, "first", "b.txt"), (None, "file gone", "b.txt")]),
        (2016, [(5, "new report", "new.txt")]),
    ],
)
def test_a_number_is_told_from_its_first_publication_on(
    twice: Corpus, year: int, expected: list[tuple[object, ...]]
) -> None:
    with duckdb.connect(str(twice.settings.database), read_only=True) as connection:
        found = changes_of(connection, GAOQING.name_zh, year, ITEMS).changes
    assert [(one.value, one.cause, one.source_path) for one in found] == expected


@pytest.mark.parametrize(
    "name", ["observation", "coverage", "contradictions", "quarantine", "indicator_coverage"]
)
@pytest.mark.parametrize("asked", ["SELECT count(*) FROM {}", "FROM {}", "SELECT 1 FROM {}"])
def test_what_is_not_kept_is_refused_and_never_answered_with_what_is_there_today(
    twice: Corpus, day: datetime, name: str, asked: str
) -> None:
    with opened(twice.settings.database, day) as connection:
        with pytest.raises(duckdb.Error, match=f"{name} cannot be asked as of a day"):
            connection.execute(asked.format(name)).fetchall()
        assert connection.execute("SELECT count(*) FROM main.facts").fetchall() == [(2,)]


def test_as_of_the_day_that_replaced_a_value_it_is_gone(twice: Corpus) -> None:
    ((last,),) = twice.query("SELECT max(published_at) FROM vintage")
    assert isinstance(last, datetime)
    asked = "SELECT year, value::INTEGER FROM facts ORDER BY ALL"
    with opened(twice.settings.database, last) as connection:
        assert connection.execute(asked).fetchall() == twice.query(asked) == [(2016, 5), (2018, 18)]


def test_a_query_answers_as_of_the_day_and_a_day_too_early_is_told(
    twice: Corpus, day: datetime, tmp_path: Path
) -> None:
    out = tmp_path / "facts.csv"
    asked = "SELECT year, value::INT AS value FROM facts ORDER BY year"
    query.run(twice.settings, sql=asked, out=out, as_of=day)
    assert pd.read_csv(out)["value"].tolist() == [4, 17]
    with pytest.raises(Failure, match="first publication that can be asked for"):
        query.run(twice.settings, sql=asked, out=out, as_of=moment_of("2001-01-01"))
    with pytest.raises(Failure, match="only a SELECT"):
        query.run(twice.settings, sql="CREATE TABLE mine (a INT)", out=out, as_of=day)


def test_an_export_holds_what_can_be_told_of_the_day_and_says_which_day(
    twice: Corpus, day: datetime, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export_tables.run(twice.settings, out=out, form="csv", as_of=day)
    assert sorted(pd.read_csv(out / "facts.csv")["value"].tolist()) == [4, 17]
    assert not (out / "observation.csv").exists()
    described = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert described["as_of"] == day.isoformat()
    with pytest.raises(Failure, match="observation cannot be asked as of a day"):
        export_tables.run(twice.settings, out=out, form="csv", tables=("observation",), as_of=day)


def test_a_notebook_opens_the_day(twice: Corpus, day: datetime) -> None:
    with gongkai.open(twice.settings.warehouse, as_of=day) as warehouse:
        assert [int(value) for value in warehouse.facts()["value"]] == [4, 17]
        assert (warehouse.publication,) == twice.query(
            "SELECT publication FROM vintage WHERE vintage = 1"
        )[0]


def test_a_number_of_the_day_is_explained_and_its_history_told(
    twice: Corpus, day: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    explain.run(twice.settings, *KEY, "en", day)
    told = capsys.readouterr().out
    assert "17 条" in told
    assert "corrected" not in told
    fact_history.run(twice.settings, *KEY, "zh")
    told = capsys.readouterr().out
    assert told.index("  17  ") < told.index("  18  ")
    assert "同一机关同一年度另有报告" in told


def test_days_since_a_publication_that_was_taken_back_are_refused(published: Corpus) -> None:
    """By everybody: the file that readers were led back to knows nothing of them."""
    published.add("a.txt", report({ITEMS: "18"}))
    published.build()
    ((last,),) = published.query("SELECT max(published_at) FROM vintage")
    assert isinstance(last, datetime)
    Publisher(published.settings).roll_back()
    with pytest.raises(gongkai.NotFoundError, match="led back to an earlier publication"):
        gongkai.open(published.settings.warehouse, as_of=last)
    with pytest.raises(Failure, match="led back to an earlier publication"):
        query.run(published.settings, sql="FROM facts", form="json", as_of=last)
    with gongkai.open(published.settings.warehouse, as_of=last - timedelta(microseconds=1)) as then:
        assert then.facts()["value"].tolist() == [17]


def test_every_table_is_either_kept_or_refused() -> None:
    from pipeline.warehouse.history.as_of import askable

    assert askable() <= set(tables())
    assert set(tables()) - askable() == {
        "observation",
        "decision",
        "fact_gap",
        "correction",
        "fact_history",
        "check_result",
        "agency_year",
        "quarantine",
    }
