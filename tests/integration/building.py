"""Builds in this process or one that can be killed: no orchestrator, documents are read here.

The command costs five times the processor time: it loads the program, the orchestrator and the
readers anew. It is what tests of the command, of workers and of the orchestrator run; whoever
asks what a build publishes builds here.
"""

import multiprocessing
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

import pytest

from pipeline.settings import Settings
from pipeline.warehouse.build import open_build
from pipeline.warehouse.engines import worker, workers
from pipeline.warehouse.runs.record import RunRecord
from pipeline.warehouse.store.tasks import Parsed, Task

_LOADED = ["pipeline.warehouse.engines.preload", "pipeline.warehouse.build"]
"""Not the orchestrator: it asks DuckDB as it is loaded, whose threads no fork takes along."""


def build(settings: Settings) -> RunRecord:
    """Builds and publishes, and returns the record of the run."""
    with reading_here(), open_build(settings) as one:
        one.survey()
        one.parse()
        one.build_tables()
        one.build_views()
        return one.publish()


def begun(settings: Settings) -> BaseProcess:
    """Begins a build in a process of its own, which finds the program loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    process = context.Process(target=build, args=(settings,))
    process.start()
    return process


@contextmanager
def reading_here() -> Iterator[None]:
    """Lets builds of this process read documents themselves, as a worker would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "parse_all", _parse_all)
        yield


def _parse_all(tasks: Iterable[Task], _settings: Settings) -> Iterator[Parsed]:
    for task in tasks:
        yield worker.parse((task,))
