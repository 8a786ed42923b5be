from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stated_corpus import Corpus, report

from pipeline.settings import Settings
from pipeline.warehouse.engines import workers


def settings_in(folder: Path) -> Settings:
    raw = folder / "raw"
    raw.mkdir()
    return Settings(raw=raw, warehouse=folder / "warehouse", jobs=2, keep=3)


def corpus_in(folder: Path, patch: pytest.MonkeyPatch) -> Corpus:
    """The rooms of the warehouse are real; only reading the documents is stated."""
    stated = Corpus(settings_in(folder))
    patch.setattr(workers, "parse_all", stated.parse_all)
    return stated


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    return corpus_in(tmp_path, monkeypatch)


@pytest.fixture
def copy_of(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[Corpus], Corpus]:
    """Gives a test a corpus as another one was built, which it may change."""

    def copied(built: Corpus) -> Corpus:
        stated = built.copied(settings)
        monkeypatch.setattr(workers, "parse_all", stated.parse_all)
        return stated

    return copied


@pytest.fixture(scope="session")
def one_report(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Published once, from `a.txt`: 17 items in 2018. Nobody changes it."""
    with pytest.MonkeyPatch.context() as patch:
        built = corpus_in(tmp_path_factory.mktemp("one_report"), patch)
        built.add("a.txt", report({"disclosure.items": "17"}))
        built.build()
    return built


@pytest.fixture
def published(one_report: Corpus, copy_of: Callable[[Corpus], Corpus]) -> Corpus:
    """The same for whoever goes on from it."""
    return copy_of(one_report)


@pytest.fixture(scope="module")
def shared_corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """For tests that only look: a module builds once."""
    with pytest.MonkeyPatch.context() as patch:
        yield corpus_in(tmp_path_factory.mktemp("shared"), patch)
