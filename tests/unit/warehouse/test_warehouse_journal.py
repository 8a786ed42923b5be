"""What a build logs, and that it says nothing elsewhere."""

import json
from typing import Any

import pytest
from stated_corpus import Corpus, report

from pipeline.warehouse.runs.journal import KEPT

pytestmark = pytest.mark.around


def lines(corpus: Corpus, run_id: str) -> list[dict[str, Any]]:
    path = corpus.settings.warehouse / "runs" / f"{run_id}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_line_names_run_and_document(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    corpus.add("甲/a.txt", report({"disclosure.items": "17"}))
    (corpus.settings.raw / "甲" / "a.txt.origin.yml").write_text("sha256: 0a\n", "utf-8")
    record = corpus.build()
    found = lines(corpus, record.run_id)
    assert {line["run_id"] for line in found} == {record.run_id}
    (about,) = [line for line in found if "document" in line]
    assert (about["document"], about["level"]) == ("甲/a.txt", "warning")
    assert [line["event"] for line in found if line["level"] == "info"] == [
        "1 files seen, 0 retired",
        "1 files parsed",
        "building tables",
        "all tables are built: none are published",
        "published",
    ]
    assert capsys.readouterr() == ("", "")


def test_a_build_that_fails_leaves_its_journal(corpus: Corpus) -> None:
    with pytest.raises(ZeroDivisionError), corpus.open() as build:
        build.survey()
        raise ZeroDivisionError
    assert lines(corpus, build.run_id)


def test_journals_do_not_pile_up(corpus: Corpus) -> None:
    runs = corpus.settings.warehouse / "runs"
    runs.mkdir(parents=True)
    for number in range(KEPT + 5):
        (runs / f"2019-{number:03}.jsonl").touch()
    corpus.build()
    kept = sorted(path.name for path in runs.glob("*.jsonl"))
    assert len(kept) == KEPT
    assert kept[0] == "2019-006.jsonl"
