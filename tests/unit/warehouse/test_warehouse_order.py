"""Files that come, go and change in any order: what holds, and what is history."""

import json
import os
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from stated_corpus import GAOQING, Corpus, report

from pipeline.cli import cli
from pipeline.model.observation import Source
from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.publishing import fingerprints as module
from pipeline.warehouse.publishing.fingerprints import fingerprint, program_digest
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.runs import metrics
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.tasks import Unread

ITEMS, RECEIVED = "disclosure.items", "requests.received"
FACTS = "SELECT indicator_id, value FROM fact_indicator ORDER BY 1"


@pytest.mark.around
def test_a_publication_that_is_taken_away_leaves_no_history_beside_the_other(
    published: Corpus,
) -> None:
    published.add("b.txt", replace(report({ITEMS: "18"}), is_correction=True))
    published.build()
    assert published.query("SELECT value FROM fact_history") == [(Decimal(17),)]
    (published.settings.raw / "a.txt").unlink()
    published.build()
    assert published.query(FACTS) == [(ITEMS, Decimal(18))]
    assert published.query("SELECT value FROM fact_history") == []
    assert published.query("SELECT source_path FROM dim_report") == [("b.txt",)]


def test_a_draft_found_later_than_the_corrected_report_does_not_replace_it(corpus: Corpus) -> None:
    corpus.add("corrected.txt", report({ITEMS: "18"}, published_on=date(2019, 3, 1)))
    corpus.build()
    corpus.add("first.txt", report({ITEMS: "17"}, published_on=date(2019, 1, 20)))
    corpus.build()
    assert corpus.query(FACTS) == [(ITEMS, Decimal(18))]
    assert corpus.query("SELECT value, valid_to FROM fact_history") == [
        (Decimal(17), date(2019, 3, 1))
    ]
    named = "SELECT name_zh, year, indicator_id, value, unit, source_path FROM facts_replaced"
    assert corpus.query(named) == [(GAOQING.name_zh, 2018, ITEMS, Decimal(17), "条", "first.txt")]
    assert corpus.query("FROM facts_replaced WHERE label_zh IS NULL OR path_zh IS NULL") == []


def test_no_value_ends_before_it_began(corpus: Corpus) -> None:
    """What was replaced by a report that is older, but was put up again after it."""
    ids = (ITEMS, RECEIVED, "meetings.held", "training.sessions", "staff.total")
    first, other = dict.fromkeys(ids, "17"), dict.fromkeys(ids, "18")
    corpus.add("first.txt", report(first, published_on=date(2019, 1, 20)))
    corpus.add("other.txt", report(other, published_on=date(2019, 3, 1)))
    corpus.add("again.txt", report(first, published_on=date(2019, 4, 10)))
    corpus.build_only("fact_indicator", "fact_history")
    assert corpus.query("SELECT DISTINCT value, valid_from, valid_to FROM fact_history") == [
        (Decimal(18), date(2019, 3, 1), date(2019, 3, 1))
    ]


def test_a_sentence_answers_where_the_table_of_its_file_was_overwritten(published: Corpus) -> None:
    """A table beats a sentence among what is there; one that was taken away beats nothing."""
    published.add("a.txt", report({ITEMS: "18"}, source=Source.NARRATIVE))
    published.build()
    assert published.query(FACTS) == [(ITEMS, Decimal(18))]


def test_what_a_file_said_alone_before_it_was_overwritten_is_no_fact(corpus: Corpus) -> None:
    corpus.add("a.txt", report({ITEMS: "17", RECEIVED: "3"}, source=Source.NARRATIVE))
    corpus.parse()
    corpus.add("a.txt", report({ITEMS: "18"}))
    corpus.build_only("fact_indicator")
    assert corpus.query(FACTS) == [(ITEMS, Decimal(18))]


@pytest.mark.parametrize(
    ("source", "history"), [(Source.NARRATIVE, []), (Source.TABLE, [(Decimal(33),)])]
)
def test_a_sentence_is_no_earlier_value_of_a_table(
    corpus: Corpus, source: Source, history: list[tuple[Decimal]]
) -> None:
    corpus.add("a.txt", report({ITEMS: "33"}, published_on=date(2019, 1, 1), source=source))
    corpus.add("b.txt", report({ITEMS: "17"}, published_on=date(2019, 2, 1)))
    corpus.build_only("fact_indicator", "fact_history")
    assert corpus.query(FACTS) == [(ITEMS, Decimal(17))]
    assert corpus.query("SELECT value FROM fact_history") == history


def test_an_agency_existed_as_long_as_its_latest_report_says(corpus: Corpus) -> None:
    for year, first, last in ((2016, 2001, 2030), (2018, 1999, 2019), (2017, 1998, 2031)):
        agency = replace(GAOQING, valid_from=first, valid_to=last)
        corpus.add(f"{year}.txt", report({ITEMS: "17"}, agency=agency, year=year))
    corpus.build_only("dim_agency")
    assert corpus.query("SELECT valid_from, valid_to FROM dim_agency") == [(1999, 2019)]


def test_an_agency_goes_by_the_name_its_latest_report_gives(corpus: Corpus) -> None:
    for year, name in (
        (2016, "高青县质监局"),
        (2018, "高青县质量技术监督局"),
        (2017, "高青质监局"),
    ):
        agency = replace(GAOQING, name_zh=name)
        corpus.add(f"{year}.txt", report({ITEMS: "17"}, agency=agency, year=year))
    corpus.build_only("dim_agency")
    assert corpus.query("SELECT name_zh FROM dim_agency") == [("高青县质量技术监督局",)]


@pytest.mark.parametrize("largest", ["99999999999999", "12345678901234567890"])
def test_a_number_beyond_any_column_costs_itself_alone(corpus: Corpus, largest: str) -> None:
    corpus.add("a.txt", report({ITEMS: largest, RECEIVED: "3"}))
    corpus.build_only("fact_indicator", "observation")
    fits = len(largest) <= 14
    expected = [(ITEMS, Decimal(largest))] if fits else []
    assert corpus.query(FACTS) == [*expected, (RECEIVED, Decimal(3))]
    assert corpus.query(f"SELECT value_raw FROM observation WHERE indicator_id = '{ITEMS}'") == [
        (largest,)
    ]


@pytest.mark.around
def test_a_file_rewritten_within_the_same_tick_is_read_again(corpus: Corpus) -> None:
    file = corpus.add("a.txt", report({ITEMS: "17"}), content="the first")
    seen = file.stat()
    corpus.build()
    corpus.add("a.txt", report({ITEMS: "18"}), content="a second!")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert file.stat().st_size == seen.st_size
    corpus.build()
    assert corpus.query(FACTS) == [(ITEMS, Decimal(18))]


@pytest.mark.around
def test_a_file_that_lay_long_and_did_not_change_is_not_hashed_again(settings: Settings) -> None:
    assert isinstance(settings.raw, Path)
    file = settings.raw / "a.txt"
    file.write_text("the first", "utf-8")
    os.utime(file, (1_600_000_000, 1_600_000_000))
    Inventory(settings.store).update(settings.raw)
    file.write_text("a second!", "utf-8")
    os.utime(file, (1_600_000_000, 1_600_000_000))
    Inventory(settings.store).update(settings.raw)
    assert len(known(settings)) == 1


def known(settings: Settings) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(
            "SELECT source_path, file_id IS NOT NULL, retired_at IS NOT NULL "
            f"FROM {Inventory(settings.store).relation()} ORDER BY first_seen"
        ).fetchall()


def test_a_file_that_can_no_longer_be_read_keeps_what_it_once_said(settings: Settings) -> None:
    assert isinstance(settings.raw, Path)
    inventory = Inventory(settings.store)
    for content in ("first", "the second"):
        (settings.raw / "a.txt").write_text(content, "utf-8")
        inventory.update(settings.raw)
    inventory.mark_unread([Unread("a.txt", "the disk is gone")])
    assert known(settings) == [("a.txt", True, True), ("a.txt", False, False)]


@pytest.mark.around
@pytest.mark.parametrize(
    "name",
    [
        "data/corrections.yml",
        "data/overrides.yml",
        "data/standing.yml",
        "transforms/01_origin.sql",
        "store/rows.py",
        "publishing/filling.py",
        "build.py",
    ],
)
def test_what_shapes_a_publication_publishes_when_it_alone_is_edited(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert isinstance(settings.raw, Path)
    inventory = Inventory(settings.store)
    inventory.update(settings.raw)
    copy = tmp_path / "copy"
    shutil.copytree(Path(module.__file__).parents[1], copy)
    monkeypatch.setattr(module, "__file__", str(copy / "publishing" / "fingerprints.py"))
    store = ParseStore(settings.store)
    before = fingerprint(inventory, store, program_digest("version"))
    assert fingerprint(inventory, store, program_digest("version")) == before
    with (copy / name).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert fingerprint(inventory, store, program_digest("version")) != before


@pytest.mark.around
def test_a_roll_back_goes_to_the_publication_before_and_not_to_itself(published: Corpus) -> None:
    published.add("b.txt", report({RECEIVED: "3"}, year=2017))
    published.build()
    assert len(published.query(FACTS)) == 2
    Publisher(published.settings).roll_back()
    with duckdb.connect(str(published.settings.database.resolve()), read_only=True) as reader:
        assert reader.execute(FACTS).fetchall() == [(ITEMS, Decimal(17))]


@pytest.mark.around
def test_after_a_roll_back_the_status_gives_the_figures_that_readers_see(
    published: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settings, "from_environment", lambda: published.settings)

    def gongkai(*words: str) -> str:
        return CliRunner().invoke(cli, list(words), catch_exceptions=False).stdout

    published.add("b.txt", report({RECEIVED: "3"}, year=2017))
    published.build()
    assert "led back" not in gongkai("status")
    newest = json.loads(gongkai("status", "--format", "json"))["publication"]
    gongkai("rollback")
    assert f"led back to it from {newest}" in gongkai("status")
    told = json.loads(gongkai("status", "--format", "json"))
    assert (told["led_back_from"], told["shown"]["facts"]) == (newest, 1)
    figures = (published.settings.warehouse / metrics.FILE).read_text("utf-8").splitlines()
    assert {"gongkai_facts 1", "gongkai_led_back 1"} <= set(figures)
    published.add("c.txt", report({RECEIVED: "4"}, year=2016))
    published.build()
    told = json.loads(gongkai("status", "--format", "json"))
    assert (told["led_back_from"], told["shown"]["facts"]) == (None, 3)


@pytest.mark.around
def test_a_roll_back_waits_for_a_build_as_long_as_it_may(
    published: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settings, "from_environment", lambda: published.settings)
    published.add("b.txt", report({RECEIVED: "3"}, year=2017))
    published.build()
    with disk.only_build(published.settings.warehouse):
        refused = CliRunner().invoke(cli, ["rollback", "--wait", "0.2"])
    assert refused.exit_code == 1
    assert "--wait SECONDS" in refused.stderr
    assert "readers now see" in CliRunner().invoke(cli, ["rollback", "--wait", "0.2"]).stdout
