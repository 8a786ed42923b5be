"""Whatever of the warehouse's own state is damaged is set aside, made again, and told."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from stated_corpus import Corpus, report

from pipeline.warehouse import build
from pipeline.warehouse.disk import DAMAGED, BuildError
from pipeline.warehouse.history.vintages import Vintages
from pipeline.warehouse.runs.counts import counted
from pipeline.warehouse.verification import verify

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"
FACTS = "SELECT year, value FROM fact_indicator ORDER BY year"
PAGE = 1 << 16


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def zero(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def change(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(bytes(data))


def remove(file: Path) -> None:
    file.unlink()


def one(corpus: Corpus, pattern: str) -> Path:
    return next(path for path in sorted(corpus.settings.warehouse.rglob(pattern)) if path.is_file())


def becomes_a_folder(file: Path) -> None:
    file.unlink(missing_ok=True)
    file.mkdir()


def becomes_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not mine", "utf-8")


SAID_NOTHING_OF = {".lock"}


DAMAGES: list[tuple[str, Callable[[Path], None]]] = [
    ("store/reports/**/fact.parquet", change),
    ("store/reports/**/batch.json", cut),
    ("store/inventory.parquet", zero),
    ("runs/*.json", zero),
    ("publications/*/manifest.json", cut),
    ("publications/*/gongkai.duckdb", remove),
    ("publications/*/basis.parquet", zero),
    ("publications/*/parquet/fact_indicator/2018-wholes.parquet", change),
    ("current", becomes_a_folder),
    (".lock", becomes_a_folder),
    ("store", becomes_a_file),
]
"""A way for each kind of file; four ways of every file were gone through once by hand."""


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "damage"), DAMAGES)
def test_a_build_heals_what_is_damaged_and_the_next_one_is_clean(
    published: Corpus, pattern: str, damage: Callable[[Path], None]
) -> None:
    warehouse = published.settings.warehouse
    place = warehouse / pattern if "/" not in pattern else one(published, pattern)
    damage(place)
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    record = published.build()
    assert published.query(FACTS) == [(2017, 4), (2018, 17)]
    if place.name not in SAID_NOTHING_OF:
        told = " ".join(record.notices)
        assert DAMAGED in told, told
    assert not list(verify(published.settings))
    after = published.build()
    assert not [notice for notice in after.notices if DAMAGED in notice]
    assert not after.is_published


def test_a_stray_file_among_the_records_of_runs_stops_nothing(published: Corpus) -> None:
    stray = published.settings.warehouse / "runs" / "notes.json"
    stray.write_text(json.dumps(["mine"]), "utf-8")
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    assert any("notes.json" in notice for notice in published.build().notices)


def damage_what_opening_reads(database: Path) -> None:
    """Damages a page without which the history cannot be read; size and time stay."""
    whole, seen = database.read_bytes(), database.stat()
    for place in range(4096 * 3, len(whole), len(whole) // 60):
        data = bytearray(whole)
        data[place : place + PAGE] = bytes(byte ^ 0xFF for byte in data[place : place + PAGE])
        database.write_bytes(data)
        os.utime(database, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        try:
            with duckdb.connect(str(database), read_only=True) as connection:
                connection.execute("FROM vintage").fetchall()
        except duckdb.Error:
            return
    pytest.fail("no page is read by whoever asks for the history")


def test_a_believed_publication_that_does_not_open_is_hashed_and_healed(
    published: Corpus,
) -> None:
    """The build ended with the database's error, each night for a week."""
    published.build()  # which looks at every hash, believed from now on
    damage_what_opening_reads(published.settings.database.resolve())
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    record = published.build()
    assert published.query(FACTS) == [(2017, 4), (2018, 17)]
    assert any(DAMAGED_FILE in told for told in record.notices)
    assert not list(verify(published.settings))
    after = published.build()
    assert not [notice for notice in after.notices if DAMAGED in notice]
    assert not after.is_published


DAMAGED_FILE = "gongkai.duckdb is not what was written"


def damage_believed(database: Path) -> None:
    """Changes a byte; size and time stay, so that nobody hashes the file before a week."""
    seen = database.stat()
    change(database)
    os.utime(database, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def test_damage_that_only_the_counts_of_a_quiet_night_meet_is_healed(
    published: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build ended with the database's error, each night for a week."""
    published.build()
    damaged = published.settings.database.resolve()
    damage_believed(damaged)

    def unreadable_while_damaged(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
        if damaged.exists():
            raise duckdb.IOException("Corrupt block")
        return counted(connection)

    monkeypatch.setattr(build, "counted", unreadable_while_damaged)
    record = published.build()
    assert any(DAMAGED_FILE in told for told in record.notices)
    assert record.is_published
    assert published.query(FACTS) == [(2018, 17)]
    assert not list(verify(published.settings))
    assert not published.build().is_published


def test_a_damaged_publication_that_cannot_be_copied_is_not_kept_to_roll_back_to(
    published: Corpus,
) -> None:
    """It stayed among those kept, believed, for a week."""
    published.build()
    database = published.settings.database.resolve()
    damage_believed(database)
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    record = published.build()
    assert any(DAMAGED_FILE in told for told in record.notices)
    assert not database.exists()
    assert published.query(FACTS) == [(2017, 4), (2018, 17)]
    assert not list(verify(published.settings))


def test_a_history_that_stays_unread_is_told_in_one_line_and_nothing_is_published(
    published: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise duckdb.IOException("Corrupt block\nand what follows")

    seen = published.settings.database.resolve()
    published.add("b.txt", report({ITEMS: "4"}, year=2017))
    monkeypatch.setattr(Vintages, "keep", unreadable)
    with pytest.raises(BuildError, match=r"(?s)\A[^\n]*Corrupt block\)[^\n]*build again\Z"):
        published.build()
    assert published.settings.database.resolve() == seen
    assert published.query(FACTS) == [(2018, 17)]
