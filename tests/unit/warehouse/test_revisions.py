"""What a publication changed is written down with its cause, and outlives rebuilds."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from stated_corpus import GAOQING, Corpus, county, report
from test_warehouse_worth import failing

from pipeline.commands import explain, fact_history
from pipeline.declared import parsed
from pipeline.settings import ROOT
from pipeline.warehouse import build
from pipeline.warehouse.checksums import digest, sealed
from pipeline.warehouse.disk import DAMAGED
from pipeline.warehouse.history.as_of import NotKnownError, opened
from pipeline.warehouse.history.earlier_values import changes_of
from pipeline.warehouse.history.vintages import FOLDER
from pipeline.warehouse.publishing import seeds
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.queries.methods import questions
from pipeline.warehouse.queries.name_lookup import NotFoundError, find_agency
from pipeline.warehouse.reviewed.corrections import CorrectionsFile
from pipeline.warehouse.verification import verify

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"
RECEIVED = "requests.received"
ENTRY = """
corrections:
  - {{report: {report}, indicator: disclosure.items, expect: 17, reason: 机关来函说明误填,
     decided_on: 2026-01-02}}
"""
VIEWS = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
REVISIONS = """
SELECT year, indicator_id, old_value::INT, new_value::INT, cause
FROM revision WHERE vintage = (SELECT max(vintage) FROM vintage) ORDER BY ALL
"""


@pytest.fixture(scope="module")
def built(shared_corpus: Corpus) -> Corpus:
    dated = report({ITEMS: "17", RECEIVED: "3"}, published_on=date(2019, 1, 1))
    shared_corpus.add("a.txt", dated)
    shared_corpus.add("b.txt", report({ITEMS: "4"}, year=2017))
    shared_corpus.build()
    return shared_corpus


@pytest.fixture
def first(built: Corpus, copy_of: Callable[[Corpus], Corpus]) -> Corpus:
    return copy_of(built)


def test_the_first_publication_lists_nothing(first: Corpus) -> None:
    assert first.query(REVISIONS) == []
    assert first.query("SELECT vintage, previous, facts_added FROM vintage") == [(1, None, 0)]


def test_each_change_has_its_cause(first: Corpus) -> None:
    first.add("new.txt", report({ITEMS: "5"}, year=2016))
    first.add("corrected.txt", report({ITEMS: "18"}, published_on=date(2019, 2, 1)))
    (first.settings.raw / "b.txt").unlink()
    record = first.build()
    assert first.query(REVISIONS) == [
        (2016, ITEMS, None, 5, "new report"),
        (2017, ITEMS, 4, None, "file gone"),
        (2018, ITEMS, 17, 18, "corrected report"),
    ]
    letter = (first.settings.warehouse / "runs" / f"{record.run_id}.md").read_text("utf-8")
    assert "1 corrected report, 1 file gone, 1 new report" in letter
    assert re.search(r"^- went: \S+ 2017 1 fact \(file gone: b\.txt\)$", letter, re.MULTILINE)
    assert record.facts_added == record.facts_removed == record.facts_changed == 1
    assert first.query(
        "SELECT facts_added, facts_changed, facts_dropped FROM vintage WHERE vintage = 2"
    ) == [(1, 1, 1)]
    assert first.query(
        "SELECT agency_id IS NOT NULL, value, vintage, until FROM fact_past ORDER BY value"
    ) == [(True, Decimal(4), 1, 2), (True, Decimal(17), 1, 2)]


def test_a_third_report_takes_the_place_of_a_table_of_the_first(first: Corpus) -> None:
    """The first had been replaced before, by one without that table."""
    days = (date(2019, 2, 1), date(2019, 3, 1))
    first.add("second.txt", report({"staff.total": "3"}, published_on=days[0]))
    first.build()
    first.add("third.txt", report({"requests.answered": "4"}, published_on=days[1]))
    first.build()
    assert first.query(REVISIONS) == [
        (2018, "requests.answered", None, 4, "corrected report"),
        (2018, RECEIVED, 3, None, "corrected report"),
    ]


def test_a_number_that_came_to_be_disputed_is_among_what_a_night_changed(first: Corpus) -> None:
    """Whoever followed the revisions alone kept it as undisputed for ever."""
    changed = report({ITEMS: "18", RECEIVED: "3"}, published_on=date(2019, 1, 1))
    first.add("a.txt", replace(changed, checks=(failing(changed, RECEIVED),)), content="anew")
    first.build()
    assert [row[:4] for row in first.query(REVISIONS)] == [(2018, ITEMS, 17, 18)]
    asked = "Every fact that the last publication changed, its worth included"
    (question,) = (one for one in questions() if one.en == asked)
    assert [row[1:] for row in first.query(question.sql)] == [
        (2018, ITEMS, 17, 18, "undisputed", "undisputed"),
        (2018, RECEIVED, 3, 3, "undisputed", "disputed"),
    ]
    assert question.sql.strip() in (ROOT / "docs" / "history.md").read_text("utf-8")
    assert first.query("SELECT DISTINCT year FROM facts WHERE vintage = 2") == [(2018,)]


def test_what_was_published_of_an_agency_is_told_after_its_file_is_gone(first: Corpus) -> None:
    gone = county(370321, "桓台县质量技术监督局")
    first.add("c.txt", report({ITEMS: "6"}, gone))
    first.build()
    (first.settings.raw / "c.txt").unlink()
    first.build()
    with first.asked() as connection:
        for name in (gone.agency_id, gone.name_zh, "桓台县质监局"):
            found = changes_of(connection, name, 2018, ITEMS)
            assert found.name_zh == gone.name_zh
            assert [(one.value, one.cause) for one in found.changes] == [
                (Decimal(6), "new report"),
                (None, "file gone"),
            ]
        with pytest.raises(NotFoundError):
            find_agency(connection, gone.agency_id)


def test_explain_tells_what_was_published_as_history_does(
    first: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    first.add("corrected.txt", report({ITEMS: "18"}, published_on=date(2019, 2, 1)))
    first.build()
    key = (first.settings, GAOQING.agency_id, 2018, ITEMS, "en")
    fact_history.run(*key)
    told = capsys.readouterr().out.splitlines()[1:]
    assert [line.split("  ")[2] for line in told] == ["17", "18"]
    explain.run(*key)
    explained = capsys.readouterr().out.splitlines()
    assert [line for line in explained if line in told] == told
    explain.run(first.settings, GAOQING.agency_id, 2018, RECEIVED)
    assert "不是现行报告" in capsys.readouterr().out


def test_a_site_that_changed_a_page_is_told_apart_from_a_correction(first: Corpus) -> None:
    changed = report({ITEMS: "18"}, published_on=date(2019, 3, 1))
    first.add("a.txt", changed)
    first.build()
    assert first.query(REVISIONS) == [
        (2018, ITEMS, 17, 18, "file changed"),
        (2018, RECEIVED, 3, None, "file changed"),
    ]
    corrected = report({ITEMS: "19"}, published_on=date(2019, 4, 1))
    first.add("a.txt", replace(corrected, is_correction=True))
    first.build()
    assert first.query(REVISIONS) == [(2018, ITEMS, 18, 19, "corrected report")]


def test_a_file_overwritten_by_a_copy_of_a_known_one_is_not_told_as_gone(first: Corpus) -> None:
    other = report({ITEMS: "5"}, county(370323, "沂源县质量技术监督局"))
    first.add("b.txt", other, content="b")
    first.build()
    first.add("a.txt", other, content="b")
    first.build()
    assert first.query(REVISIONS) == [
        (2018, ITEMS, 17, None, "file changed"),
        (2018, RECEIVED, 3, None, "file changed"),
    ]


@pytest.mark.slow
def test_a_withheld_number_and_another_program_are_causes_of_their_own(
    first: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((report_id,),) = first.query("SELECT report_id FROM dim_report WHERE year = 2018")
    text = ENTRY.format(report=report_id)
    monkeypatch.setattr(seeds, "corrections", lambda: parsed(text, CorrectionsFile).corrections)
    monkeypatch.setattr(build, "program_digest", lambda *_: "after the decision")
    first.build()
    assert first.query(REVISIONS) == [(2018, ITEMS, 17, None, "withheld")]
    monkeypatch.setattr(seeds, "corrections", lambda: ())
    monkeypatch.setattr(build, "program_digest", lambda *_: "after another")
    first.build()
    assert first.query(REVISIONS) == [(2018, ITEMS, None, 17, "program changed")]


def test_readers_led_back_are_a_revision_and_the_day_before_is_still_told(first: Corpus) -> None:
    first.add("a.txt", report({ITEMS: "99"}, published_on=date(2019, 2, 1)))
    first.build()
    Publisher(first.settings).roll_back()
    first.add("a.txt", report({ITEMS: "18"}, published_on=date(2019, 2, 2)))
    first.build()
    assert first.query(
        "SELECT vintage, old_value::INT, new_value::INT, cause FROM revision "
        f"WHERE indicator_id = '{ITEMS}' ORDER BY vintage"
    ) == [
        (2, 17, 99, "file changed"),
        (3, 99, 17, "rolled back"),
        (4, 17, 18, "file changed"),
    ]
    days = [day for (day,) in first.query("SELECT published_at FROM vintage ORDER BY vintage")]
    assert [value_on(first, day) for day in days] == [17, 99, 17, 18]


def value_on(corpus: Corpus, day: object) -> int:
    assert isinstance(day, datetime)
    with opened(corpus.settings.database, day) as connection:
        query = f"SELECT value::INT FROM facts WHERE year = 2018 AND indicator_id = '{ITEMS}'"
        ((value,),) = connection.execute(query).fetchall()
    return int(value)


def history_of(corpus: Corpus) -> list[Path]:
    return sorted((corpus.settings.warehouse / FOLDER).rglob("batch-*"))


def test_damaged_history_is_written_again_from_the_published_file(first: Corpus) -> None:
    first.add("new.txt", report({ITEMS: "5"}, year=2016))
    first.build()
    damaged = history_of(first)[1] / "revision.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-9])
    assert any("not what was written" in one.fault for one in verify(first.settings))
    first.add("newer.txt", report({ITEMS: "5"}, year=2015))
    assert any(DAMAGED in notice for notice in first.build().notices)
    assert first.query("SELECT vintage, year FROM revision ORDER BY 1") == [(2, 2016), (3, 2015)]
    assert not list(verify(first.settings))


def test_a_damaged_publication_leaves_days_that_are_refused_and_none_is_invented(
    first: Corpus,
) -> None:
    first.add("a.txt", report({ITEMS: "99"}, published_on=date(2019, 2, 1)))
    first.build()
    current = Publisher(first.settings).current()
    assert current is not None
    current.database.write_bytes(current.database.read_bytes()[:-9])
    first.add("b.txt", report({ITEMS: "7"}, year=2017))
    record = first.build()
    assert any("is not there any more" in notice for notice in record.notices)
    days = [day for (day,) in first.query("SELECT published_at FROM vintage ORDER BY vintage")]
    assert value_on(first, days[0]) == 17
    with pytest.raises(NotKnownError, match="damaged"):
        value_on(first, days[1])
    assert value_on(first, days[3]) == 99
    assert first.query(
        "SELECT vintage, old_value::INT, new_value::INT, cause FROM revision "
        f"WHERE indicator_id = '{ITEMS}' AND year = 2018 ORDER BY vintage"
    ) == [
        (2, 17, 99, "file changed"),
        (3, 99, 17, "rolled back"),
        (4, 17, 99, "file changed"),
    ]


def test_what_a_program_without_a_history_published_is_where_it_begins(first: Corpus) -> None:
    shutil.rmtree(first.settings.warehouse / FOLDER)
    current = Publisher(first.settings).current()
    assert current is not None
    with duckdb.connect(str(current.database)) as connection:
        for table in ("vintage", "revision", "fact_past", "report_past", "agency_past"):
            connection.execute(f"DROP TABLE {table}")
        for view in [name for (name,) in connection.execute(VIEWS).fetchall()]:
            connection.execute(f"DROP VIEW {view}")
        for table in ("fact_indicator", "dim_report", "dim_agency"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN vintage")
    manifest = json.loads((current.folder / "manifest.json").read_bytes())
    manifest["program"] = "an earlier one"
    manifest["sha256"]["gongkai.duckdb"] = digest(current.database)
    (current.folder / "manifest.json").write_text(sealed(manifest), "utf-8")
    first.add("new.txt", report({ITEMS: "5"}, year=2016))
    assert first.build().notices == ()
    assert first.query("SELECT vintage, publication, previous FROM vintage ORDER BY 1")[0] == (
        1,
        current.folder.name,
        None,
    )
    assert first.query(REVISIONS) == [(2016, ITEMS, None, 5, "new report")]
