"""A warehouse read back: whatever is not what was written is found, whole or byte by byte."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from click.testing import CliRunner
from stated_corpus import Corpus, report

from benchmarks.flips import flip, held
from pipeline.cli import cli
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import SealError, digest, sealed, unsealed
from pipeline.warehouse.publishing.increments import Rewritten
from pipeline.warehouse.publishing.publication import Draft, Publication, Publisher
from pipeline.warehouse.publishing.twin_comparison import differing
from pipeline.warehouse.publishing.twin_files import DraftFiles
from pipeline.warehouse.verification import verify

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"


@pytest.fixture(scope="module")
def built(shared_corpus: Corpus) -> Corpus:
    shared_corpus.add("a.txt", report({ITEMS: "17"}))
    shared_corpus.build()
    shared_corpus.add("b.txt", report({ITEMS: "4"}, year=2017))
    shared_corpus.build()
    return shared_corpus


def current(corpus: Corpus) -> Publication:
    found = Publisher(corpus.settings).current()
    assert found
    return found


def test_what_was_just_built_is_as_it_was_written(built: Corpus) -> None:
    assert list(verify(built.settings)) == []


def test_every_flipped_byte_is_found(built: Corpus) -> None:
    dice = random.Random(22)
    files = list(held(built.settings.warehouse))
    assert {path.suffix for path in files} == {".parquet", ".json", ".duckdb", ".md"}
    for path in files:
        place, bit = dice.randrange(path.stat().st_size), dice.randrange(8)
        flip(path, place, bit)
        found = list(verify(built.settings, with_rows=False))
        flip(path, place, bit)
        assert found, f"{path} byte {place}"
    assert list(verify(built.settings, with_rows=False)) == []


@pytest.mark.parametrize("side", ["duckdb", "parquet"])
def test_a_value_that_differs_from_its_twin_is_found_whatever_the_hashes_say(
    built: Corpus, tmp_path: Path, side: str
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(current(built).folder, folder)
    copy = Publication(folder)
    assert differing(copy) == []
    twin = folder / "parquet" / "fact_indicator" / "2017-wholes.parquet"
    with duckdb.connect(str(copy.database)) as connection:
        connection.execute("UPDATE fact_indicator SET value = value + 1 WHERE year = 2017")
        if side == "parquet":
            rows = "FROM fact_indicator WHERE year = 2017"
            connection.execute(f"COPY ({rows}) TO '{twin}' (FORMAT parquet)")
            connection.execute("UPDATE fact_indicator SET value = value - 1 WHERE year = 2017")
    (told,) = differing(copy)
    assert "table fact_indicator differs" in told and "2017" in told


def test_a_missing_twin_is_found(built: Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(current(built).folder, folder)
    (folder / "parquet" / "dim_report" / "dim_report.parquet").unlink()
    (told,) = differing(Publication(folder))
    assert "table dim_report cannot be read back" in told


def test_a_publication_of_an_earlier_version_is_not_called_damaged(
    built: Corpus, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(current(built).folder, folder)
    (twin,) = (folder / "parquet" / "dim_report").iterdir()
    with duckdb.connect(str(Publication(folder).database)) as connection:
        connection.execute("ALTER TABLE dim_report DROP COLUMN other_kind")
        connection.execute(f"COPY (FROM dim_report) TO '{twin}' (FORMAT parquet)")
    assert differing(Publication(folder)) == []
    with duckdb.connect(str(Publication(folder).database)) as connection:
        connection.execute("ALTER TABLE dim_report DROP COLUMN is_correction")
    (told,) = differing(Publication(folder))
    assert "table dim_report cannot be read back" in told


def change_in_memory(draft: Draft) -> None:
    """As from a disk or a memory that changes what it keeps."""
    with draft.write() as connection:
        connection.execute("UPDATE fact_indicator SET value = 5 WHERE value = 4")


def scratch_the_disk(draft: Draft) -> None:
    """What was written is read back from the disk and not from memory."""
    data = bytearray(draft.database.read_bytes())
    data[len(data) // 4 :: 512] = bytes(len(data[len(data) // 4 :: 512]))
    draft.database.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (change_in_memory, "does not read back the same"),
        (scratch_the_disk, r"read back|checksum|corrupt|serializ"),
    ],
)
def test_nothing_is_published_that_does_not_read_back(
    published: Corpus, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Draft], None], told: str
) -> None:
    before = current(published)
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    wrote = Publisher.write_out

    def spoilt(
        self: Publisher, draft: Draft, runs: pa.Table, rewritten: Rewritten | None
    ) -> DraftFiles:
        written = wrote(self, draft, runs, rewritten)
        spoil(draft)
        return written

    monkeypatch.setattr(Publisher, "write_out", spoilt)
    with pytest.raises(Exception, match=told):
        published.build()
    assert current(published) == before
    assert list(verify(published.settings)) == []


def test_an_unchanged_file_is_hashed_once_a_week_only(
    published: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.build()
    hashed: list[str] = []

    def counted(file: Path) -> str:
        hashed.append(file.name)
        return digest(file)

    monkeypatch.setattr("pipeline.warehouse.checksums.digest", counted)
    published.build()
    assert hashed == []
    (published.settings.warehouse / "looks.json").unlink()
    published.build()
    assert {"fact.parquet", "gongkai.duckdb"} <= set(hashed)


def test_a_seal_holds_every_character() -> None:
    text = sealed({"a": 1, "b": ["名", 2.5]})
    assert unsealed(text.encode()) == {"a": 1, "b": ["名", 2.5]}
    for spoilt in (text.replace(" ", "  ", 1), text.replace("2.5", "2.6"), "{}", "[", text + " "):
        with pytest.raises(SealError):
            unsealed(spoilt.encode())


def test_a_folder_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["verify", "--warehouse", str(tmp_path / "none")])
    assert done.exit_code == 1 and "no warehouse at" in done.output
    assert list(tmp_path.iterdir()) == []


def test_reading_a_warehouse_back_writes_nothing_and_needs_no_leave_to_write(
    built: Corpus, tmp_path: Path
) -> None:
    warehouse = tmp_path / "w"
    shutil.copytree(built.settings.warehouse, warehouse, symlinks=True)
    (warehouse / ".lock").unlink(missing_ok=True)
    with disk.only_build(warehouse):
        busy = CliRunner().invoke(cli, ["verify", "--warehouse", str(warehouse)])
        assert busy.exit_code == 1 and "is being built" in busy.output
    for lock in (warehouse / ".lock", None):
        if lock is None:
            (warehouse / ".lock").unlink()
        there = {path: path.lstat().st_mtime_ns for path in sorted(warehouse.rglob("*"))}
        done = CliRunner().invoke(cli, ["verify", "--warehouse", str(warehouse)])
        assert done.exit_code == 0, done.output
        assert {path: path.lstat().st_mtime_ns for path in sorted(warehouse.rglob("*"))} == there


def test_the_command_tells_what_is_damaged_by_its_exit_code(built: Corpus, tmp_path: Path) -> None:
    shutil.copytree(built.settings.warehouse, tmp_path / "w", symlinks=True)
    assert CliRunner().invoke(cli, ["verify", "--warehouse", str(tmp_path / "w")]).exit_code == 0
    (tmp_path / "w" / "current" / "gongkai.duckdb").write_bytes(b"x")
    done = CliRunner().invoke(cli, ["verify", "--warehouse", str(tmp_path / "w")])
    assert done.exit_code == 1 and "gongkai.duckdb is not what was written" in done.output
