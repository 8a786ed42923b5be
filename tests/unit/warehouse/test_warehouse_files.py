"""The raw folder and the parse store, whatever lies in them."""

import hashlib
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from stated_corpus import Corpus, report

from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.intake.raw import walk
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.store.batches import SMALL_BATCHES, seal

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"


def test_a_broken_sidecar_is_told_and_costs_nothing(corpus: Corpus) -> None:
    file = corpus.add("a.txt", report({ITEMS: "17"}))
    corpus.add("b.txt", report({ITEMS: "4"}, year=2017))
    corpus.add("c.txt", report({ITEMS: "4"}, year=2016))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (corpus.settings.raw / "a.txt.origin.yml").write_text(f"sha256: {digest}\nmine: x\n", "utf-8")
    (corpus.settings.raw / "b.txt.origin.yml").write_text("sha256: 0a\n", "utf-8")
    (corpus.settings.raw / "c.txt.origin.yml").write_text("- [no: map", "utf-8")
    record = corpus.build()
    assert (record.facts, record.files_seen) == (3, 3)
    assert sorted(notice.split()[0] for notice in record.notices) == [
        "b.txt.origin.yml",
        "c.txt.origin.yml",
    ]


def test_a_paper_that_is_gone_is_told_no_more(corpus: Corpus) -> None:
    for year in range(2009, 2019):
        corpus.add(f"{year}.txt", report({ITEMS: "17"}, year=year))
    other = corpus.add("other.txt")
    corpus.build_only("quarantine")
    assert corpus.query("SELECT source_path FROM quarantine") == [("other.txt",)]
    other.unlink()
    corpus.build_only("quarantine")
    assert corpus.query("SELECT source_path FROM quarantine") == []


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "deep" / "er").mkdir(parents=True)
    (raw / "deep" / "er" / "a.txt").write_text("a", "utf-8")
    (tmp_path / "out.txt").write_text("secret", "utf-8")
    (raw / "inside.txt").symlink_to("deep/er/a.txt")
    (raw / "outside.txt").symlink_to(tmp_path / "out.txt")
    (raw / "loop").symlink_to(raw)
    (raw / "elsewhere").symlink_to(tmp_path)
    (raw / "gone.txt").symlink_to("nothing")
    found = {seen.source_path: seen.reason for seen in walk(raw)}
    assert found == {
        "deep/er/a.txt": None,
        "inside.txt": None,
        "outside.txt": "outside_raw",
        "elsewhere": "outside_raw",
        "gone.txt": "not_readable",
    }


@pytest.mark.slow
def test_small_batches_are_merged_and_nothing_is_lost(corpus: Corpus) -> None:
    for number in range(SMALL_BATCHES + 2):
        corpus.add(f"{number}.txt", report({ITEMS: f"{number}"}, year=2000 + number))
        corpus.parse()
    corpus.build()
    batches = list(corpus.settings.store.rglob("batch-*"))
    assert len(batches) < SMALL_BATCHES
    rows = sum(pq.read_metadata(batch / "file.parquet").num_rows for batch in batches)
    assert rows == SMALL_BATCHES + 2
    assert corpus.query("SELECT count(*) FROM fact_indicator") == [(SMALL_BATCHES + 2,)]


def test_a_merged_batch_and_those_it_replaces_count_once(published: Corpus) -> None:
    """As after a power cut between writing the merged batch and deleting the others."""
    (batch,) = published.settings.store.rglob("batch-*")
    merged = batch.with_name("batch-000009")
    merged.mkdir()
    for file in batch.glob("*.parquet"):
        (merged / file.name).write_bytes(file.read_bytes())
    seal(merged, [batch.name])
    published.add("b.txt", report({ITEMS: "1"}, year=2017))
    assert published.build().facts == 2
    assert not batch.exists()


def test_a_failed_folder_never_appears(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), disk.new_folder(tmp_path / "whole") as folder:
        (folder / "half.txt").write_text("half", "utf-8")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_second_build_is_told_who_holds_the_warehouse(settings: Settings) -> None:
    with (
        disk.only_build(settings.warehouse),
        pytest.raises(disk.BusyError, match="process"),
        disk.only_build(settings.warehouse),
    ):
        pass
    with disk.only_build(settings.warehouse):
        pass


def test_a_folder_that_is_empty_all_of_a_sudden_stops_the_build(corpus: Corpus) -> None:
    files = [corpus.add(f"{n}.txt", report({ITEMS: "1"}, year=2000 + n)) for n in range(10)]
    corpus.build()
    for file in files:
        file.unlink()
    with pytest.raises(disk.BuildError, match="is it mounted"):
        corpus.build()
    assert corpus.query("SELECT count(*) FROM fact_indicator") == [(10,)]


def test_as_many_publications_are_kept_as_the_settings_say(published: Corpus) -> None:
    published.settings = replace(published.settings, keep=2)
    (before,) = Publisher(published.settings).all()
    published.add("2010.txt", report({ITEMS: "1"}, year=2010))
    assert published.build().is_published
    kept = Publisher(published.settings).all()
    assert [one.folder for one in kept[:-1]] == [before.folder]


@pytest.mark.slow
def test_a_reader_keeps_what_it_opened_when_its_publication_is_pruned(published: Corpus) -> None:
    count = "SELECT count(*), sum(value) FROM facts"
    years = range(2008, 2008 + published.settings.keep)
    with duckdb.connect(str(published.settings.database), read_only=True) as reader:
        before = reader.execute(count).fetchall()
        for year in years:
            published.add(f"{year}.txt", report({ITEMS: "1"}, year=year))
            assert published.build().is_published
        assert len(Publisher(published.settings).all()) == published.settings.keep
        assert reader.execute(count).fetchall() == before
    # Another path to the same file, as DuckDB shares what one process opened under a name.
    anew = published.settings.warehouse / "current" / "gongkai.duckdb"
    with duckdb.connect(str(anew.resolve()), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM facts").fetchall() == [(1 + len(years),)]
