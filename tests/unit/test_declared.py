"""Declared data: what a file of a room may not say is said with the file's name."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.declared import Texts, declared, declared_rows, parsed


class Word(BaseModel):
    model_config = ConfigDict(extra="forbid")

    word: str
    weight: int


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    data = tmp_path / "room_of_test" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").touch()
    (data / "word.yml").write_text("word: 收到\nweight: 2\n", "utf-8")
    (data / "mistyped.yml").write_text("word: 收到\nwieght: 2\n", "utf-8")
    (data / "words.csv").write_text("word,weight\n收到,2\n受理,\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "room_of_test"
    del sys.modules["room_of_test"]  # the next test has a folder of its own


def test_a_file_gives_what_it_says(room: str) -> None:
    assert declared(room, "word", Word) == Word(word="收到", weight=2)
    assert declared_rows(room, "words", Texts)[1] == {"word": "受理", "weight": ""}


def test_a_key_that_stands_twice_is_refused_and_one_that_overrides_is_not() -> None:
    with pytest.raises(yaml.YAMLError, match=r"b stands twice[\s\S]*line 2"):
        parsed("a:\n  - {b: 1, b: 2}\n", dict[str, Any])
    said = parsed("a: &x {b: 1}\nc: {<<: *x, b: 2}\n", dict[str, Any])
    assert said == {"a": {"b": 1}, "c": {"b": 2}}


def test_a_mistyped_key_is_told_with_its_file(room: str) -> None:
    with pytest.raises(ValidationError, match="wieght") as error:
        declared(room, "mistyped", Word)
    assert error.value.__notes__ == ["in room_of_test/data/mistyped.yml"]


def test_a_cell_of_another_kind_is_told_with_its_file_and_row(room: str) -> None:
    with pytest.raises(ValidationError, match=r"1\.weight") as error:
        declared_rows(room, "words", Word)
    assert error.value.__notes__ == ["in room_of_test/data/words.csv"]
