"""``gongkai build``: builds what is new, and prints what came of it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import duckdb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.commands.failure import Failure
from pipeline.orchestration.afterwards import after
from pipeline.settings import Settings
from pipeline.sources.listing import ListingError, load
from pipeline.warehouse import disk, summary
from pipeline.warehouse.build import Build, open_build
from pipeline.warehouse.build import Progress as Report
from pipeline.warehouse.runs import RunLog

_SECONDS_BETWEEN_LINES = 5.0


def run(settings: Settings) -> None:
    """Builds and publishes, then prints the summary.

    Raises:
        Failure: Another build is under way, a blocking check failed, or the disk refused.
    """
    try:
        with _progress() as report:
            _build(settings, report)
    except disk.BuildError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(str(disk.explained(error))) from error
    _print_summary(settings)


def _build(settings: Settings, report: Report) -> None:
    """Ends at once where nothing is new: the orchestrator takes seconds to start."""
    with open_build(settings, report) as build:
        if _is_something_listed(settings) or _has_news(build):
            from pipeline.commands.job import run_job

            run_job(settings, lambda: nullcontext(build))
        else:
            after(settings, build.publish())


def _is_something_listed(settings: Settings) -> bool:
    """Whether there are sources to ask first; a list that cannot be read is told by the job."""
    try:
        return bool(load(settings.sources).sources)
    except ListingError:
        return True


def _has_news(build: Build) -> bool:
    """Whether there is anything to do; what goes wrong here the job meets again, and records."""
    try:
        return build.has_news()
    except (disk.BuildError, OSError, duckdb.Error):
        return True


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
