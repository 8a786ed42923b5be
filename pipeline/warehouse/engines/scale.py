"""The engine for many machines: Daft hands out groups of tasks, on Ray where there is a cluster.

Whoever takes a group parses it in an isolated process of its own and writes what was found
into the store as one batch, so rows never pass through the machine that hands out. What a
worker that died had not written is handed out again.
"""

import contextvars
import logging
import os
import pickle
import socket
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

# Read when the libraries are imported; neither may tell anybody that it was used.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

import daft

from pipeline.settings import Settings
from pipeline.stages import parser_version
from pipeline.warehouse.disk import BuildError
from pipeline.warehouse.engines.workers import Workers
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.tasks import Task, TasksOutcome, grouped

FEWEST_FILES = 50
MOST_FILES = 400
GROUPS_ALIKE = 16
"""Groups begin small, so that everybody has work at once, and double after so many."""

BYTES_A_GROUP = 64 << 20

GROUPS_A_QUERY = 400
"""So many groups are listed at a time, so that a list of millions of files never is."""

ATTEMPTS = 3
"""So often a query that failed is asked again for what it has not brought."""

Group = tuple[Task, ...]

_log = logging.getLogger(__name__)


def parse_with_daft(
    tasks: Iterable[Task], store: ParseStore, settings: Settings
) -> Iterator[TasksOutcome]:
    """Parses tasks wherever Daft has room; workers write into the store themselves.

    Raises:
        BuildError: Workers died again and again, or the cluster cannot be reached.
    """
    room = _connect(settings)
    groups = grouped(tasks, _most, BYTES_A_GROUP)
    while some := list(islice(groups, GROUPS_A_QUERY)):
        yield from _parsed(some, store, settings, room)


def _parsed(
    groups: list[Group], store: ParseStore, settings: Settings, room: int
) -> Iterator[TasksOutcome]:
    waiting = dict(enumerate(groups))
    for _attempt in range(ATTEMPTS):
        try:
            for number, outcome in _query(waiting, store, settings, room):
                del waiting[number]
                yield outcome
            return
        except BuildError:
            raise
        except Exception as error:  # Daft and Ray each have errors of their own.
            _log.warning("workers were lost, %d groups left: %s", len(waiting), error)
            cause = error
    raise BuildError(
        f"workers of the engine daft were lost {ATTEMPTS} times; what they wrote is kept, "
        f"build again for the rest: {_last_line(cause)}"
    ) from cause


def _last_line(error: Exception) -> str:
    """What a traceback that came as text ends with: what went wrong."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1][:300]


def _query(
    waiting: Mapping[int, Group], store: ParseStore, settings: Settings, room: int
) -> Iterator[tuple[int, TasksOutcome]]:
    parser = daft.cls(Parser, use_process=True, max_concurrency=room)
    groups = {"number": list(waiting), "tasks": [pickle.dumps(one) for one in waiting.values()]}
    parsed = parser(store, settings, parser_version()).parse(daft.col("tasks"))
    # Without a size a frame this short is one piece of work.
    frame = daft.from_pydict(groups).into_batches(1).select("number", parsed.alias("outcome"))
    rows = iter(frame.iter_rows(results_buffer_size=room))
    # Daft keeps the context it is called in to the end of the program; ours holds the build.
    context = contextvars.Context()
    while (row := context.run(next, rows, None)) is not None:
        yield row["number"], pickle.loads(row["outcome"])


class Parser:
    """Lives in a worker of Daft, with one isolated process for the documents."""

    def __init__(self, store: ParseStore, settings: Settings, version: str) -> None:
        """Looks whether this machine reads documents as the others do.

        Raises:
            RuntimeError: It has another version of the program.
        """
        if parser_version() != version:
            raise RuntimeError(
                f"{socket.gethostname()} has version {parser_version()} of the parser, not "
                f"{version}: install the same gongkai with the same constraints on all machines"
            )
        self._store = store
        self._workers = Workers(replace(settings, jobs=1))

    @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=1)  # type: ignore[untyped-decorator]
    def parse(self, groups: daft.Series) -> list[bytes]:
        """Parses groups of tasks into the store and returns what came of each."""
        return [pickle.dumps(self._parse(pickle.loads(group))) for group in groups.to_pylist()]

    def _parse(self, group: Group) -> TasksOutcome:
        parsed = list(self._workers.parse(group))
        self._store.write(parsed)
        outcomes = [one.outcome for one in parsed]
        return TasksOutcome(
            files=sum(one.files for one in outcomes),
            unread=tuple(unread for one in outcomes for unread in one.unread),
            pages_skipped=sum(one.pages_skipped for one in outcomes),
        )


def _most(given: int) -> int:
    """How many files a group holds, by how many groups were given before it."""
    return min(MOST_FILES, FEWEST_FILES << min(given // GROUPS_ALIKE, 8))


def _connect(settings: Settings) -> int:
    """Chooses where Daft runs and returns how many workers there is room for.

    Raises:
        BuildError: There is no cluster at the address.
    """
    if settings.ray is None:
        daft.set_runner_native()
        return settings.jobs
    try:
        import ray
    except ModuleNotFoundError as error:
        raise BuildError(
            "--ray needs ray, which is not installed: install the extra with "
            ".venv/bin/pip install -c constraints.txt -e '.[ray]'"
        ) from error
    try:
        ray.init(
            settings.ray, ignore_reinit_error=True, log_to_driver=False, logging_level=logging.ERROR
        )
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise BuildError(f"no Ray cluster answers at {settings.ray}: {error}") from error
    daft.set_runner_ray(noop_if_initialized=True)
    return max(1, int(ray.cluster_resources().get("CPU", 1)))
