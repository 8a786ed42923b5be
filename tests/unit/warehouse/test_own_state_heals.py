"""Whatever of the warehouse's own state is damaged is set aside, made again, and told."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stated_corpus import Corpus, report

from pipeline.warehouse.disk import DAMAGED
from pipeline.warehouse.verification import verify

pytestmark = pytest.mark.around

ITEMS = "disclosure.items"
FACTS = "SELECT year, value FROM fact_indicator ORDER BY year"


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
