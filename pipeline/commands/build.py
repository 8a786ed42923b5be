"""``gongkai build``: runs the Dagster job in process and prints what came of it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import dagster as dg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from sqlalchemy.exc import DatabaseError

from pipeline.commands.failure import Failure
from pipeline.definitions import build_definitions
from pipeline.orchestration.failed import failed_run, tell_of
from pipeline.settings import DAGSTER, Settings
from pipeline.warehouse import disk, summary
from pipeline.warehouse.build import Progress as Report
from pipeline.warehouse.failures import FailedRun
from pipeline.warehouse.runs import RunLog

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_SECONDS_BETWEEN_LINES = 5.0
_SECONDS_TO_OPEN = 60.0
_DAMAGED = ("not a database", "malformed")
"""What SQLite says of a file that will never be right again."""


def run(settings: Settings) -> None:
    """Builds and publishes, then prints the summary.

    Raises:
        Failure: Another build is under way, a blocking check failed, or the disk refused.
    """
    try:
        with _progress() as report:
            _run_job(settings, report)
    except disk.BuildError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(str(disk.explained(error))) from error
    _print_summary(settings)


def _run_job(settings: Settings, report: Report) -> None:
    job = build_definitions(settings, report).resolve_job_def("ingest")
    run_id = str(uuid4())
    with _open_instance(settings) as instance:
        try:
            job.execute_in_process(run_config=_QUIET, instance=instance, run_id=run_id)
        except Exception as error:
            busy = next((one for one in causes(error) if isinstance(one, disk.BusyError)), None)
            if busy:  # no night has failed: another one is under way
                raise Failure(str(busy)) from error
            failed = failed_run(instance, run_id)
            faults = tell_of(settings, failed)
            raise Failure("; ".join([_sentence(error, failed), *faults])) from error


def _sentence(error: BaseException, failed: FailedRun) -> str:
    """Returns why a job stopped, from the first cause that an operator can act on."""
    for cause in causes(error):
        if isinstance(cause, disk.BuildError):
            return str(cause)
        if disk.is_full(cause):
            return str(disk.FULL)
    where = f" ({failed.place})" if failed.place else ""
    return (
        f"the build stopped and the published warehouse stays as it was: {failed.cause}{where}; "
        f"{failed.remedy}"
    )


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yields an error and what led to it; a chain may lead back to itself."""
    met: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in met:
        met.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _open_instance(settings: Settings) -> dg.DagsterInstance:
    """Opens the orchestrator's storage; of two builds at once only one may create it."""
    disk.cleared(settings.dagster_home)
    with disk.only_build(settings.dagster_home, _SECONDS_TO_OPEN):
        try:
            return _opened(settings)
        except DatabaseError as error:
            if not any(words in str(error) for words in _DAMAGED):
                raise
            for name in ("storage", "history", "schedules"):
                if (settings.dagster_home / name).exists():
                    disk.set_aside(settings.dagster_home / name)
            return _opened(settings)


def _opened(settings: Settings) -> dg.DagsterInstance:
    _prepare_home(settings)
    instance = dg.DagsterInstance.from_config(str(settings.dagster_home))
    instance.get_runs_count()
    return instance


def _prepare_home(settings: Settings) -> None:
    """Gives the orchestrator its settings, so that the runs show in its web page too."""
    target = settings.dagster_home / "dagster.yaml"
    wanted = DAGSTER.read_text("utf-8")
    if not target.exists() or target.read_text("utf-8") != wanted:
        disk.write_file(target, wanted)
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)


@contextmanager
def _progress() -> Iterator[Report]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("starting", total=None)
        yield lambda what, done, total: bars.update(
            task, description=what, completed=done, total=total or None
        )


class _Lines:
    """Reports progress as plain lines, a few a minute."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._what = ""
        self._next = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        is_due = what != self._what or done == total or time.monotonic() >= self._next
        if is_due:
            self._what = what
            self._next = time.monotonic() + _SECONDS_BETWEEN_LINES
            counts = f" {done}/{total}" if total else ""
            self._console.print(f"{what}{counts}", highlight=False)


def _print_summary(settings: Settings) -> None:
    record = RunLog(settings).last()
    if record is None:
        raise Failure("the job ended without a record; look at it with `make dev`")
    console = Console()
    table = Table.grid(padding=(0, 2))
    for label, text in summary.lines(record):
        table.add_row(label, text)
    table.add_row("warehouse", str(settings.database))
    console.print(table, soft_wrap=True)
    for detail in summary.details(record):
        console.print(f"- {detail}", markup=False, highlight=False, soft_wrap=True)
