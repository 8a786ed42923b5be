"""Parquet files that a night patches say what files written from the table would."""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from stated_corpus import FAILED, Corpus, county, report

from pipeline.warehouse.publishing.parts import WrittenFile
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.verification import verify

pytestmark = pytest.mark.around

PEER = county(370401, "第一县质量技术监督局")
ITEMS, STAFF = "disclosure.items", "staff.total"
RECEIVED, OF_CITIZENS = "requests.received", "requests.received:natural_person"
PATCHED = ("fact_indicator", "check_result")


@pytest.fixture(scope="module")
def evening(shared_corpus: Corpus) -> Corpus:
    shared_corpus.add("a.txt", report({ITEMS: "17", STAFF: "3"}, checks=(FAILED,)))
    shared_corpus.add("b.txt", report({ITEMS: "18", STAFF: "4"}, PEER, checks=(FAILED,)))
    shared_corpus.build()
    return shared_corpus


@pytest.fixture
def night(evening: Corpus, copy_of: Callable[[Corpus], Corpus]) -> Corpus:
    """Two agencies in one year, of which one is corrected and checked otherwise."""
    corpus = copy_of(evening)
    corpus.add("b.txt", report({ITEMS: "19", STAFF: "4"}, PEER))
    return corpus


def twin(corpus: Corpus, table: str) -> Path:
    (file,) = (corpus.settings.warehouse / "parquet" / table).glob("2018-*.parquet")
    return file


def test_a_night_writes_from_the_table_only_what_is_new(
    night: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    write = WrittenFile.write

    def noting(self: WrittenFile, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        written.append(self.table.name)
        write(self, connection, folder)

    monkeypatch.setattr(WrittenFile, "write", noting)
    night.build()
    assert not {*PATCHED} & {*written}
    assert "observation" in written
    facts = duckdb.sql(f"SELECT value FROM '{twin(night, 'fact_indicator')}' ORDER BY ALL")
    assert facts.fetchall() == [(3,), (4,), (17,), (19,)]


@pytest.mark.parametrize("table", PATCHED)
def test_a_patched_file_has_the_columns_of_one_written_from_the_table(
    night: Corpus, table: str
) -> None:
    described = f"DESCRIBE FROM '{twin(night, table)}'"
    types = {}
    for built in ("whole", "patched"):
        read = pq.read_metadata(twin(night, table))
        types[built] = duckdb.sql(described).fetchall(), read.metadata[b"schema_version"]
        as_arrow = [str(kind) for kind in pq.read_schema(twin(night, table)).types]
        assert not [kind for kind in as_arrow if "dictionary" in kind]
        night.build()
    assert types["whole"] == types["patched"]


def test_a_file_does_not_break_up_from_night_to_night(night: Corpus) -> None:
    for items in ("20", "21"):
        night.build()
        night.add("b.txt", report({ITEMS: items, STAFF: "4"}, PEER))
    night.build()
    for table in PATCHED:
        assert pq.read_metadata(twin(night, table)).num_row_groups == 1


def test_a_file_that_is_not_what_was_written_is_not_sealed_anew(night: Corpus) -> None:
    """Its hash was looked at lately, and so it is believed until it is patched."""
    night.build()
    file = twin(night, "fact_indicator").resolve()
    seen, data = file.stat(), bytearray(file.read_bytes())
    data[len(data) // 3] ^= 0xFF
    file.write_bytes(bytes(data))
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    night.add("b.txt", report({ITEMS: "20", STAFF: "4"}, PEER))
    night.build()
    current = Publisher(night.settings).current()
    assert current and current.manifest["run"]["facts"] == 4
    assert [one for one in verify(night.settings) if current.folder.name in str(one)] == []


def test_a_night_leaves_files_alone_in_which_another_year_has_no_say(corpus: Corpus) -> None:
    """What is usual moves with a year that is corrected, and another year is far from it then."""

    def say(year: int, received: str) -> None:
        values = {RECEIVED: received, OF_CITIZENS: received}
        corpus.add(f"{year}.txt", report(values, year=year, checks=(FAILED,)))

    def twins() -> dict[str, int]:
        folder = corpus.settings.warehouse / "parquet"
        files = folder.rglob("2015*.parquet")
        return {file.relative_to(folder).as_posix(): file.stat().st_ino for file in files}

    for year, received in enumerate(("40", "52", "400", "45", "150", "90"), 2013):
        say(year, received)
    corpus.build()
    before = twins()
    say(2017, "41")
    corpus.build()
    far = "SELECT indicator_id FROM fact_indicator WHERE year = 2015 AND warnings_failing > 0"
    assert corpus.query(far) == [(RECEIVED,)]
    assert before.items() & twins().items() == {
        (name, before[name])
        for name in ("fact_indicator/2015-breakdowns.parquet", "check_result/2015-reports.parquet")
    }
    assert [*verify(corpus.settings)] == []
