"""Who parses: worker processes of this machine, or Daft on one machine or many.

An engine takes tasks and fills the parse store; a document that crashes, hangs or eats memory
costs itself alone in each of them, and each leaves the same rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from pipeline.settings import Settings
from pipeline.warehouse.disk import BuildError
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.tasks import Task, TasksOutcome

Engine = Callable[[Iterable[Task], ParseStore, Settings], Iterator[TasksOutcome]]
"""Parses tasks into the store and yields what came of them, as it comes, in no certain order."""


def engine(settings: Settings) -> Engine:
    """Returns the engine that the settings name.

    Raises:
        BuildError: There is none of that name, or what it needs is not installed.
    """
    if settings.engine not in _ENGINES:
        known = " or ".join(_ENGINES)
        raise BuildError(f"there is no engine {settings.engine!r}: name {known}")
    return _ENGINES[settings.engine]()


def load_ahead(settings: Settings) -> None:
    """Lets what parses on this machine load while the caller is busy with something else."""
    if settings.engine == "local":
        from pipeline.warehouse.engines import workers

        workers.load_ahead()


def _local() -> Engine:
    from pipeline.warehouse.engines.workers import parse_all

    return lambda tasks, store, settings: store.add(parse_all(tasks, settings))


def _daft() -> Engine:
    try:
        from pipeline.warehouse.engines.scale import parse_with_daft
    except ModuleNotFoundError as error:
        raise BuildError(
            f"the engine daft needs {error.name}, which is not installed: "
            "install the extra with .venv/bin/pip install -c constraints.txt -e '.[scale]'"
        ) from error
    return parse_with_daft


_ENGINES: Mapping[str, Callable[[], Engine]] = {"local": _local, "daft": _daft}

__all__ = ["Engine", "engine", "load_ahead"]
