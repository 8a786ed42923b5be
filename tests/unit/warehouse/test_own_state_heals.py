"""Whatever of the warehouse's own state is damaged is set aside, made again, and told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from stated_corpus import Corpus, report

from pipeline.warehouse.disk import DAMAGED

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


DAMAGES: list[tuple[str, Callable[[Path], None]]] = [
    ("store/**/fact.parquet", cut),
    ("store/**/file.parquet", change),
    ("store/**/observation.parquet", zero),
    ("store/**/report.parquet", remove),
    ("store/**/batch.json", cut),
    ("inventory.parquet", cut),
    ("inventory.parquet", zero),
    ("runs/*.json", zero),
    ("manifest.json", cut),
    ("publications/*/gongkai.duckdb", zero),
    ("publications/*/gongkai.duckdb", remove),
]


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "damage"), DAMAGES)
def test_a_build_heals_what_is_damaged_and_the_next_one_is_clean(
    corpus: Corpus, pattern: str, damage: Callable[[Path], None]
) -> None:
    corpus.add("a.txt", report({ITEMS: "17"}))
    corpus.build()
    damage(one(corpus, pattern))
    corpus.add("b.txt", report({ITEMS: "4"}, year=2017))
    record = corpus.build()
    assert corpus.query(FACTS) == [(2017, 4), (2018, 17)]
    if pattern != "manifest.json":
        told = " ".join(record.notices)
        assert DAMAGED in told or "made again" in told, told
    corpus.add("c.txt", report({ITEMS: "5"}, year=2016))
    after = corpus.build()
    assert not [notice for notice in after.notices if DAMAGED in notice]
    assert len(corpus.query(FACTS)) == 3


def test_a_stray_file_among_the_records_of_runs_stops_nothing(corpus: Corpus) -> None:
    corpus.add("a.txt", report({ITEMS: "17"}))
    corpus.build()
    (corpus.settings.warehouse / "runs" / "notes.json").write_text(json.dumps(["mine"]), "utf-8")
    corpus.add("b.txt", report({ITEMS: "4"}, year=2017))
    assert any("notes.json" in notice for notice in corpus.build().notices)
