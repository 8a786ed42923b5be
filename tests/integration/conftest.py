"""What starts programs, servers or whole builds is slow, all of it."""

from pathlib import Path

import pytest
import samples as sample_reports
from drawn_store import draw, publish

import gongkai
from pipeline.settings import Settings

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small drawn warehouse for who only reads."""
    return publish(draw(60, seed=11), tmp_path_factory.mktemp("drawn"))


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> sample_reports.Samples:
    """The five sample reports and their warehouse; whoever changes them takes a copy."""
    return sample_reports.build(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def warehouse(settings: Settings) -> gongkai.Warehouse:
    return gongkai.open(settings.warehouse)
