"""The engine of one machine: worker processes, and nothing to install."""

from collections.abc import Iterable, Iterator

from pipeline.settings import Settings
from pipeline.warehouse.engines.workers import parse_all
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.tasks import Task, TasksOutcome


def parse_here(
    tasks: Iterable[Task], store: ParseStore, settings: Settings
) -> Iterator[TasksOutcome]:
    """Parses tasks in worker processes and writes what they hand back into the store."""
    return store.add(parse_all(tasks, settings))
