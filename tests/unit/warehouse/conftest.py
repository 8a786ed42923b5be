from pathlib import Path

import pytest
from stated_corpus import Corpus

from pipeline.settings import Settings
from pipeline.warehouse.engines import local


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    raw = tmp_path / "raw"
    raw.mkdir()
    return Settings(raw=raw, warehouse=tmp_path / "warehouse", jobs=2, keep=3)


@pytest.fixture
def corpus(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """The rooms of the warehouse are real; only reading the documents is stated."""
    stated = Corpus(settings)
    monkeypatch.setattr(local, "parse_all", stated.parse_all)
    return stated
