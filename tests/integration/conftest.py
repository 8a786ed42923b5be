"""What starts programs, servers or whole builds is slow, all of it."""

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import panel as drawn_panel
import pytest
import samples as sample_reports
from drawn_store import draw, publish

import gongkai
from pipeline.settings import Settings

HERE = Path(__file__).parent
Made = TypeVar("Made")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are slow."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """Makes something in a folder, or waits for the test process that is making it."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    told = root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            folder = root / name
            folder.mkdir()
            told.write_bytes(pickle.dumps(make(folder)))
        return pickle.loads(told.read_bytes())


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small drawn warehouse for who only reads."""
    return once_a_run(tmp_path_factory, "drawn", lambda at: publish(draw(60, seed=11), at))


@pytest.fixture(scope="session")
def panel(tmp_path_factory: pytest.TempPathFactory) -> tuple[drawn_panel.Panel, Settings]:
    """Governments and bureaus of one province over eight years, for who only reads."""
    return once_a_run(tmp_path_factory, "panel", lambda at: drawn_panel.publish(at, seed=7))


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> sample_reports.Samples:
    """The five sample reports and their warehouse; whoever changes them takes a copy."""
    return once_a_run(tmp_path_factory, "samples", sample_reports.build)


@pytest.fixture(scope="module")
def warehouse(settings: Settings) -> gongkai.Warehouse:
    return gongkai.open(settings.warehouse)
