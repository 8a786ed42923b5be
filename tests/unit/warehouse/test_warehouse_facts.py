"""Which value holds where several reports speak about the same thing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from stated_corpus import GAOQING, Corpus, report

from pipeline.model.observation import Source
from pipeline.model.report import DocType

ITEMS = "disclosure.items"
FACTS = "SELECT indicator_id, value FROM fact_indicator ORDER BY indicator_id"


def test_a_report_becomes_facts(corpus: Corpus) -> None:
    corpus.add("a.txt", report({ITEMS: "17", "requests.received": "0"}))
    record = corpus.build()
    assert corpus.query(FACTS) == [(ITEMS, Decimal(17)), ("requests.received", Decimal(0))]
    assert (record.facts, record.reports, record.files_new) == (2, 1, 1)


def test_what_was_doubted_while_reading_is_published(corpus: Corpus) -> None:
    doubted = replace(report({ITEMS: "1"}), notices=("two agencies are named", "a row was cut"))
    corpus.add("a.txt", doubted)
    corpus.add("b.txt", report({ITEMS: "2"}, year=2017))
    corpus.build_only("dim_report")
    assert corpus.query("SELECT year, notices FROM dim_report ORDER BY year") == [
        (2017, []),
        (2018, ["two agencies are named", "a row was cut"]),
    ]


def test_only_annual_reports_of_known_agencies_feed_facts(corpus: Corpus) -> None:
    lost = replace(GAOQING, agency_id="unresolved.0a1b2c3d", region_code=None)
    corpus.add("summary.txt", report({ITEMS: "1"}, doc_type=DocType.WORK_SUMMARY))
    corpus.add("unsigned.txt", report({ITEMS: "2"}, agency=None))
    corpus.add("unresolved.txt", report({ITEMS: "3"}, agency=lost))
    corpus.add("undated.txt", report({ITEMS: "4"}, year=None))
    corpus.build_only("fact_indicator", "observation", "dim_report")
    assert corpus.query("SELECT count(*) FROM fact_indicator") == [(0,)]
    assert corpus.query("SELECT count(*) FROM observation") == [(4,)]
    assert corpus.query("SELECT count(*) FROM dim_report WHERE is_current") == [(4,)]


def test_the_latest_publication_wins_and_the_earlier_value_is_kept(corpus: Corpus) -> None:
    corpus.add("z_first.txt", report({ITEMS: "17"}, published_on=date(2019, 1, 20)))
    corpus.add("a_corrected.txt", report({ITEMS: "18"}, published_on=date(2019, 3, 1)))
    corpus.build_only("fact_history", "dim_report", "fact_indicator")
    assert corpus.query(FACTS) == [(ITEMS, Decimal(18))]
    assert corpus.query("SELECT value, valid_from, valid_to FROM fact_history") == [
        (Decimal(17), date(2019, 1, 20), date(2019, 3, 1))
    ]
    assert corpus.query(
        "SELECT source_path, is_current, superseded_by IS NULL FROM dim_report ORDER BY 1"
    ) == [("a_corrected.txt", True, True), ("z_first.txt", False, False)]


def test_a_value_only_the_earlier_publication_gives_still_holds(published: Corpus) -> None:
    published.add("b.txt", report({"requests.received": "3"}))
    published.build()
    assert published.query(FACTS) == [(ITEMS, Decimal(17)), ("requests.received", Decimal(3))]


def test_a_table_beats_a_later_sentence(corpus: Corpus) -> None:
    corpus.add("table.txt", report({ITEMS: "17"}, published_on=date(2019, 1, 1)))
    corpus.add(
        "sentence.txt",
        report({ITEMS: "33"}, published_on=date(2019, 2, 1), source=Source.NARRATIVE),
    )
    corpus.build_only("fact_history", "fact_indicator")
    assert corpus.query(FACTS) == [(ITEMS, Decimal(17))]
    assert corpus.query("SELECT count(*) FROM fact_history") == [(0,)]


def test_a_repeated_value_is_no_history(corpus: Corpus) -> None:
    for day, value in enumerate(["5", "5", "6", "5"], 1):
        corpus.add(f"{day}.txt", report({ITEMS: value}, published_on=date(2019, 1, day)))
    corpus.build_only("fact_history")
    assert corpus.query("SELECT value, valid_from, valid_to FROM fact_history ORDER BY 2") == [
        (Decimal(5), date(2019, 1, 1), date(2019, 1, 3)),
        (Decimal(6), date(2019, 1, 3), date(2019, 1, 4)),
    ]


def test_a_file_overwritten_by_a_correction_leaves_its_value_in_the_history(
    published: Corpus,
) -> None:
    published.add("a.txt", report({ITEMS: "18"}))
    record = published.build()
    assert published.query(FACTS) == [(ITEMS, Decimal(18))]
    assert published.query("SELECT value FROM fact_history") == [(Decimal(17),)]
    assert record.files_retired == 1


def test_a_file_overwritten_by_another_report_takes_its_facts_along(published: Corpus) -> None:
    published.add("a.txt", report({ITEMS: "18"}, year=2017))
    published.build()
    assert published.query("SELECT year, value FROM fact_indicator") == [(2017, Decimal(18))]
    assert published.query("SELECT count(*) FROM dim_report") == [(1,)]


@pytest.mark.around
def test_a_deleted_file_is_retired_and_comes_back_unparsed(corpus: Corpus) -> None:
    file = corpus.add("a.txt", report({ITEMS: "17"}))
    corpus.add("b.txt", report({ITEMS: "4"}, year=2017))
    corpus.build()
    content = file.read_bytes()
    file.unlink()
    assert corpus.build().facts == 1
    file.write_bytes(content)
    assert corpus.build().facts == 2
    assert sorted(corpus.parsed) == ["a.txt", "b.txt"]


def test_copies_count_once_and_a_move_parses_nothing(corpus: Corpus) -> None:
    file = corpus.add("a.txt", report({ITEMS: "17"}))
    corpus.add("copy/a.txt", report({ITEMS: "17"}))
    assert corpus.build().reports == 1
    file.rename(file.with_name("moved.txt"))
    record = corpus.build()
    assert (record.reports, record.files_new, record.files_seen) == (1, 0, 2)
    assert corpus.parsed == ["a.txt"]


@pytest.mark.around
def test_running_twice_parses_nothing_and_publishes_nothing(published: Corpus) -> None:
    before = published.settings.database.resolve()
    second = published.build()
    assert (second.files_new, second.is_published) == (0, False)
    assert (second.facts, second.reports) == (1, 1)
    assert published.settings.database.resolve() == before


@pytest.mark.around
def test_where_nothing_was_published_there_is_something_to_do(corpus: Corpus) -> None:
    with corpus.open() as build:
        assert build.has_news()


@pytest.mark.around
def test_a_look_tells_whether_there_is_anything_to_do_and_the_build_goes_on_from_it(
    published: Corpus,
) -> None:
    with published.open() as build:
        assert not build.has_news()
        record = build.publish()
    assert (record.files_seen, record.files_new, record.is_published) == (1, 0, False)
    (published.settings.raw / "a.txt").unlink()
    published.add("b.txt", report({ITEMS: "18"}))
    published.settings = replace(published.settings, accept_loss=True)
    with published.open() as build:
        assert build.has_news()
        build.survey()
        assert build.parse() == 1
        build.build_views()
        record = build.publish()
    assert (record.files_seen, record.files_retired, record.is_published) == (1, 1, True)
    assert published.query("SELECT value FROM facts") == [(18,)]


def test_a_run_tells_which_values_changed_and_why(corpus: Corpus) -> None:
    corpus.add("a.txt", report({ITEMS: "17", "staff.total": "3"}))
    corpus.add("b.txt", report({ITEMS: "5"}, year=2017))
    assert corpus.build().changes is None
    corpus.add("c.txt", report({ITEMS: "18", "requests.closed": "1"}))
    (corpus.settings.raw / "b.txt").unlink()
    record = corpus.build()
    changes = record.changes
    assert changes is not None
    assert (changes.facts_added, changes.facts_removed, changes.facts_changed) == (1, 1, 1)
    (fact,) = changes.facts
    assert (fact.old, fact.new, fact.why, fact.source_path) == (17, 18, "corrected report", "c.txt")
    letter = (corpus.settings.warehouse / "runs" / f"{record.run_id}.md").read_text("utf-8")
    assert "17 → 18 (corrected report: c.txt)" in letter
    assert corpus.query("SELECT facts_changed FROM ingest_run ORDER BY run_id") == [(None,), (1,)]


SAME = {
    ITEMS: "17",
    "requests.received": "3",
    "requests.closed": "3",
    "requests.closed.on_time": "2",
    "requests.closed.extended": "1",
}


def test_of_two_copies_the_better_read_is_current(corpus: Corpus) -> None:
    """A later copy from which less could be read does not take the place of the first."""
    whole = {**SAME, "complaints.total": "1"}
    corpus.add("cells.txt", report(whole, published_on=date(2019, 1, 20)))
    corpus.add("glued.txt", report(SAME, published_on=date(2019, 3, 1)))
    corpus.build_only("dim_report")
    assert corpus.query("SELECT source_path FROM dim_report WHERE is_current") == [("cells.txt",)]


def test_a_later_publication_with_another_value_is_no_copy(corpus: Corpus) -> None:
    whole = {**SAME, "complaints.total": "1"}
    corpus.add("first.txt", report(whole, published_on=date(2019, 1, 20)))
    corpus.add("later.txt", report({**SAME, ITEMS: "18"}, published_on=date(2019, 3, 1)))
    corpus.build_only("dim_report", "fact_indicator")
    assert corpus.query("SELECT source_path FROM dim_report WHERE is_current") == [("later.txt",)]
    assert (ITEMS, Decimal(18)) in corpus.query(FACTS)


def test_a_document_is_told_where_it_is_and_not_where_another_took_its_place(
    published: Corpus,
) -> None:
    published.add("a.txt", report({ITEMS: "18"}, year=2017))
    published.add("b.txt", report({ITEMS: "17"}))
    published.build()
    assert published.query("SELECT year, source_path FROM dim_report ORDER BY year") == [
        (2017, "a.txt"),
        (2018, "b.txt"),
    ]
