"""Answers are remembered with the publication they come from, never beyond it."""

from pathlib import Path

import duckdb

from pipeline.explorer.context import Answers
from pipeline.explorer.opening import Published

ASKED = "SELECT value FROM fact WHERE value > $least"


def publish(folder: Path, value: int) -> None:
    """Puts another publication in the place of the one before, as publishing does."""
    made = folder / f"{value}.duckdb"
    with duckdb.connect(str(made)) as connection:
        connection.execute(f"CREATE TABLE fact AS SELECT {value} AS value")
    link = folder / "next"
    link.symlink_to(made)
    link.replace(folder / "gongkai.duckdb")


def test_a_new_publication_answers_with_its_own_numbers(tmp_path: Path) -> None:
    publish(tmp_path, 5)
    published, answers = Published(tmp_path / "gongkai.duckdb"), Answers()
    before = published.current()
    assert answers.get(before, ASKED, {"least": 1}) == [{"value": 5}]
    publish(tmp_path, 7)
    after = published.current()
    assert answers.get(after, ASKED, {"least": 1}) == [{"value": 7}]
    assert answers.get(before, ASKED, {"least": 1}) == [{"value": 5}]
    assert answers.get(after, ASKED, {"least": 6}) == [{"value": 7}]
    assert answers.get(after, ASKED, {"least": 7}) == []
    before.connection.close()
    after.connection.close()
