"""Parses many files in worker processes, so that a bad document costs only itself."""

import logging
import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from typing import Self

from pebble import ProcessExpired, ProcessPool

from pipeline.model.document import Reason
from pipeline.settings import Settings
from pipeline.warehouse.store.tasks import Parsed, Task, grouped

FILES_A_CHUNK = 16
BYTES_A_CHUNK = 1 << 20
CHUNKS_A_WORKER = 250
"""A worker is replaced after so many chunks: leaks of native libraries stay bounded."""

_BYTES_A_TIMEOUT = 4 << 20

_PRELOAD = "pipeline.warehouse.engines.preload"

Chunk = tuple[Task, ...]

_log = logging.getLogger(__name__)


class Workers:
    """A pool of worker processes; leaving it ends them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool = ProcessPool(
            max_workers=settings.jobs,
            max_tasks=CHUNKS_A_WORKER,
            initializer=start,
            initargs=(settings.memory,),
            context=_context(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        # Else the server lives as long as this process, with the dictionaries of all rooms.
        forkserver._forkserver._stop()  # type: ignore[attr-defined]

    def parse(self, tasks: Iterable[Task]) -> Iterator[Parsed]:
        """Parses files in parallel and yields outcomes as they come, in no certain order.

        A chunk whose worker crashes, hangs or runs out of memory is parsed again file by
        file; a file that does so alone the second time is handed back as rejected. Only a
        few chunks are under way at a time, so memory does not grow with the number of files.
        """
        chunks = grouped(tasks, lambda _: FILES_A_CHUNK, BYTES_A_CHUNK)
        return _drive(self._pool, chunks, self._settings)


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOAD])
    return context


def load_ahead() -> None:
    """Starts the server that workers are forked from, which loads the readers meanwhile.

    Whoever is going to parse has seconds of his own to load first, the orchestrator above all.
    """
    _context()
    forkserver.ensure_running()


def start(memory: int) -> None:
    """Prepares a worker process; the readers are loaded there, and not by who hands out."""
    from pipeline.warehouse.engines import worker

    worker.start(memory)


def parse(tasks: Chunk) -> Parsed:
    """Parses files within a worker process."""
    from pipeline.warehouse.engines import worker

    return worker.parse(tasks)


def parse_all(tasks: Iterable[Task], settings: Settings) -> Iterator[Parsed]:
    """Parses files in worker processes of their own, see ``Workers.parse``."""
    with Workers(settings) as workers:
        yield from workers.parse(tasks)


def _drive(pool: ProcessPool, chunks: Iterator[Chunk], settings: Settings) -> Iterator[Parsed]:
    under_way: dict[Future[Parsed], Chunk] = {}
    retries: list[Chunk] = []
    retried: set[Task] = set()
    window = 4 * settings.jobs
    while True:
        while len(under_way) < window:
            chunk = retries.pop() if retries else next(chunks, None)
            if chunk is None:
                break
            timeout = _seconds(chunk, settings)
            under_way[pool.schedule(parse, (chunk,), timeout=timeout)] = chunk
        if not under_way:
            return
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            chunk = under_way.pop(future)
            failure = _failure(future, chunk, settings)
            if failure is None:
                yield future.result()
            elif chunk[0] not in retried:
                retried.update(chunk)
                retries.extend((task,) for task in chunk)
                _tell("tried again alone", chunk, *failure)
            else:
                _tell("given up", chunk, *failure)
                from pipeline.warehouse.engines.worker import rejected

                yield rejected(chunk[0], *failure)


def _tell(what: str, chunk: Chunk, reason: Reason, detail: str) -> None:
    for task in chunk:
        _log.warning("%s: %s: %s", what, reason, detail, extra={"document": task.source_path})


def _seconds(chunk: Chunk, settings: Settings) -> float:
    """Returns how long a chunk may take: an archive or a crawl holds many documents."""
    return settings.timeout * (1 + sum(task.size for task in chunk) // _BYTES_A_TIMEOUT)


def _failure(
    future: "Future[Parsed]", chunk: Chunk, settings: Settings
) -> tuple[Reason, str] | None:
    error = future.exception()
    match error:
        case None:
            return None
        case TimeoutError():
            detail = f"parsing took more than {_seconds(chunk, settings):g} s and was stopped"
            return Reason.TIMEOUT, detail
        case MemoryError():
            detail = (
                f"parsing needed more than {settings.memory >> 20} MiB; save what is of the "
                "report in a file of its own, or in several"
            )
            return Reason.OUT_OF_MEMORY, detail
        case ProcessExpired():
            detail = f"the process that parsed it died with exit code {error.exitcode}"
            return Reason.CRASHED, detail
    # Whatever one file does costs that file: the chunk is tried again file by file.
    message = f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
    return (
        Reason.CRASHED,
        f"{message[:300]}; a defect of the program, please report it with the file",
    )
