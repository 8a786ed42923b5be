"""A warehouse that lost much at once, or is not as large as declared, is not shown."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from stated_corpus import Corpus, county, report

from pipeline.orchestration.next_run import ahead
from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.reviewed.expected import Loss, load

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"
RECEIVED = "requests.received"
BOTH = {ITEMS: "17", RECEIVED: "3"}
REPORTS = "SELECT count(*) FROM dim_report WHERE doc_type = 'annual_report'"


def counties(corpus: Corpus, numbers: range, *, said: dict[str, str] | None) -> None:
    """Writes a report of each of some counties; None for files that hold none."""
    for number in numbers:
        agency = county(370300 + number, f"县{number}质量技术监督局")
        reports = () if said is None else (report(said, agency),)
        corpus.add(f"{number}.txt", *reports, content=f"{number} {said}")


@pytest.fixture(scope="module")
def thirty(shared_corpus: Corpus) -> Corpus:
    counties(shared_corpus, range(1, 31), said=BOTH)
    shared_corpus.build()
    return shared_corpus


@pytest.fixture
def thirty_known(thirty: Corpus, copy_of: Callable[[Corpus], Corpus]) -> Corpus:
    """Thirty counties were published, with two numbers each."""
    return copy_of(thirty)


@pytest.mark.parametrize(
    ("gone", "known", "is_sudden"),
    [(0, 0, False), (1, 1, True), (9, 20, False), (10, 20, True), (10, 50, False), (11, 50, True)],
)
def test_a_fifth_may_go_and_nine_may_always(gone: int, known: int, is_sudden: bool) -> None:
    assert Loss().is_sudden(gone, known) is is_sudden


def test_reports_that_are_no_longer_read_unpublish_nothing(thirty_known: Corpus) -> None:
    counties(thirty_known, range(1, 11), said=None)
    with pytest.raises(disk.BuildError, match=r"10 of 30 reports .*--accept-loss"):
        thirty_known.build()
    assert thirty_known.query(REPORTS) == [(30,)]
    thirty_known.settings = replace(thirty_known.settings, accept_loss=True)
    assert thirty_known.build().facts == 40


def test_facts_that_are_no_longer_read_unpublish_nothing(thirty_known: Corpus) -> None:
    counties(thirty_known, range(1, 16), said={ITEMS: "17"})
    thirty_known.settings = replace(
        thirty_known.settings, expected=written(thirty_known, "loss: {least: 15}")
    )
    with pytest.raises(disk.BuildError, match=r"15 of 60 facts .*--accept-loss"):
        thirty_known.build()
    assert thirty_known.query("SELECT count(*) FROM fact_indicator") == [(60,)]
    thirty_known.settings = replace(thirty_known.settings, accept_loss=True)
    assert thirty_known.build().facts == 45


def test_a_few_reports_may_be_taken_back_and_files_may_move(thirty_known: Corpus) -> None:
    counties(thirty_known, range(1, 6), said=None)
    for number in range(6, 31):
        file = thirty_known.settings.raw / f"{number}.txt"
        file.rename(file.with_name(f"moved_{number}.txt"))
    record = thirty_known.build()
    assert (record.facts, record.files_retired, record.files_moved) == (50, 5, 25)


def test_a_year_holds_no_less_and_no_more_than_declared(corpus: Corpus) -> None:
    counties(corpus, range(1, 4), said={ITEMS: "17"})
    year = "years: [{year: 2018, form: B, reports: {least: 3, most: 3}, facts: {least: 4}}]"
    corpus.settings = replace(corpus.settings, expected=written(corpus, year))
    with pytest.raises(disk.BuildError, match=r"2018, form B: 3 facts where 4 or more"):
        corpus.build()
    assert not corpus.settings.database.exists()
    written(corpus, year.replace("least: 4", "most: 3"))
    assert corpus.build().facts == 3
    counties(corpus, range(4, 5), said={ITEMS: "17"})
    with pytest.raises(
        disk.BuildError, match=r"4 reports where 3 to 3 .*; .* 4 facts where 0 to 3"
    ):
        corpus.build()


def test_a_bound_that_is_not_kept_to_is_told_before_the_next_file_comes(corpus: Corpus) -> None:
    counties(corpus, range(1, 4), said={ITEMS: "17"})
    corpus.build()
    assert list(ahead(corpus.settings)) == []
    bound = written(corpus, "years: [{year: 2018, reports: {least: 4}}]")
    corpus.settings = replace(corpus.settings, expected=bound)
    (problem,) = ahead(corpus.settings)
    assert problem.kind == "settings" and "3 reports where 4 or more" in problem.sentence


def test_a_year_nobody_reports_on_is_missed(corpus: Corpus) -> None:
    counties(corpus, range(1, 4), said={ITEMS: "17"})
    corpus.settings = replace(
        corpus.settings, expected=written(corpus, "years: [{year: 2019, reports: {least: 1}}]")
    )
    with pytest.raises(disk.BuildError, match="2019: 0 reports where 1 or more"):
        corpus.build()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("loss: {share: 2}", "loss.share"),
        ("years: [{year: 2018, reports: {least: 3, most: 2}}]", "at least 3 and at most 2"),
        ("yaers: []", "yaers"),
        ("[", "expected.yml"),
    ],
)
def test_what_is_expected_is_said_as_it_must_be(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "expected.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(disk.BuildError, match=told):
        load(path)


def test_the_file_that_comes_with_the_program_asks_nothing_of_single_years() -> None:
    assert load(Settings().expected).years == ()


def written(corpus: Corpus, text: str) -> Path:
    path = corpus.settings.warehouse.parent / "expected.yml"
    path.write_text(text, "utf-8")
    return path


def test_a_publication_of_another_schema_before_is_said_and_stops_nothing(
    thirty_known: Corpus,
) -> None:
    published = Publisher(thirty_known.settings).current()
    assert published is not None
    with duckdb.connect(str(published.database)) as connection:
        connection.execute("ALTER TABLE dim_report RENAME COLUMN is_current TO is_latest")
    manifest = published.folder / "manifest.json"
    told = {"run": published.manifest["run"], "fingerprint": "", "program": "an earlier one"}
    manifest.write_text(json.dumps(told), "utf-8")
    counties(thirty_known, range(1, 11), said=None)
    record = thirty_known.build()
    assert record.facts == 40
    assert [one for one in record.notices if "cannot be told" in one] != []
