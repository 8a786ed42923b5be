"""Builds in this process: without the orchestrator, and documents are read here.

The command costs five times the processor time: it loads the program, the orchestrator and the
readers anew. It is what tests of the command, of workers and of the orchestrator run; whoever
asks what a build publishes builds here.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from pipeline.settings import Settings
from pipeline.warehouse.build import open_build
from pipeline.warehouse.engines import local, worker
from pipeline.warehouse.runs.record import RunRecord
from pipeline.warehouse.store.tasks import Parsed, Task


def build(settings: Settings) -> RunRecord:
    """Builds and publishes, and returns the record of the run."""
    with reading_here(), open_build(settings) as one:
        one.survey()
        one.parse()
        one.build_tables()
        one.build_views()
        return one.publish()


@contextmanager
def reading_here() -> Iterator[None]:
    """Lets builds of this process read documents themselves, as a worker would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "parse_all", _parse_all)
        yield


def _parse_all(tasks: Iterable[Task], _settings: Settings) -> Iterator[Parsed]:
    for task in tasks:
        yield worker.parse((task,))
