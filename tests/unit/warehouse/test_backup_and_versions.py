"""A copy restored elsewhere goes on where it was; another version finds nothing of its own."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from stated_corpus import Corpus, report

from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.store.batches import Batches
from pipeline.warehouse.verification import verify

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"
FACTS = "SELECT year, value FROM fact_indicator ORDER BY year"


def test_a_restored_copy_is_whole_and_the_next_build_parses_nothing(
    published: Corpus, tmp_path: Path
) -> None:
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    published.build()
    shutil.copytree(published.settings.warehouse, tmp_path / "backup", symlinks=True)
    shutil.rmtree(published.settings.warehouse)
    shutil.copytree(tmp_path / "backup", tmp_path / "elsewhere", symlinks=True)
    published.settings = replace(published.settings, warehouse=tmp_path / "elsewhere")
    assert list(verify(published.settings)) == []
    parsed = list(published.parsed)
    record = published.build()
    assert published.parsed == parsed
    assert record.notices == ()
    assert published.query(FACTS) == [(2017, 4), (2018, 17)]
    Publisher(published.settings).roll_back()
    assert published.query(FACTS) == [(2018, 17)]


@pytest.mark.slow
def test_an_upgrade_and_the_way_back_publish_the_same_facts(
    published: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version has other folders; what it left is deleted when it has published."""
    reports = published.settings.warehouse / "store" / "reports"
    first = {path.name for path in reports.iterdir()}
    for version in ("newer", "older"):
        made = Batches.__init__

        def other(self, folder, tables, files, made=made, version=version):  # type: ignore[no-untyped-def]
            made(self, folder.parent / f"{version}-{folder.name[-13:]}", tables, files)

        monkeypatch.setattr(Batches, "__init__", other)
        monkeypatch.setattr("pipeline.warehouse.build.parser_version", lambda name=version: name)
        record = published.build()
        assert record.files_new == 1
        assert published.query(FACTS) == [(2018, 17)]
        assert list(verify(published.settings)) == []
        assert not {path.name for path in reports.iterdir()} & first
        monkeypatch.undo()
        monkeypatch.setattr("pipeline.warehouse.engines.workers.parse_all", published.parse_all)


@pytest.mark.slow
def test_a_clock_set_back_hid_the_newest_run_and_its_predecessor(published: Corpus) -> None:
    (newest,) = (published.settings.warehouse / "runs").glob("*.json")
    later = "29990101T000000000000Z-abcdef"
    newest.rename(newest.with_name(f"{later}.json"))
    newest.with_suffix(".md").rename(newest.with_name(f"{later}.md"))
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    assert published.build().run_id > later
