"""``gongkai build``: builds what is new, and prints what came of it."""

from contextlib import nullcontext

import click
import duckdb
from rich.console import Console
from rich.table import Table

from pipeline.commands.failure import Failure
from pipeline.commands.progress_bar import progress
from pipeline.declared import StatedError
from pipeline.orchestration.afterwards import after
from pipeline.settings import Settings
from pipeline.sources.listing import load
from pipeline.warehouse import disk
from pipeline.warehouse.build import Build, open_build
from pipeline.warehouse.intake.raw import keep_apart
from pipeline.warehouse.progress import Progress
from pipeline.warehouse.runs import summary
from pipeline.warehouse.runs.record import RunLog


def run(settings: Settings) -> None:
    """Builds and publishes, then prints the summary.

    Raises:
        click.UsageError: A cluster is named and not the engine that runs on it.
        Failure: Another build is under way, a blocking check failed, or the disk refused.
    """
    if settings.ray and settings.engine != "daft":
        raise click.UsageError("--ray goes with --engine daft")
    try:
        keep_apart(settings.raw, settings.warehouse)  # before anything is written
        with progress() as report:
            _build(settings, report)
    except disk.BusyError as error:  # no night has failed: another one is under way
        raise Failure(str(error)) from error
    except disk.BuildError as error:
        raise refused(settings, error) from error
    except OSError as error:
        raise refused(settings, disk.explained(error)) from error
    _print_summary(settings)


def refused(settings: Settings, error: Exception) -> Failure:
    """Records a run that could not begin, sends the alert, and returns the failure to print."""
    from pipeline.orchestration.failed import refused_run, tell_of

    faults = tell_of(settings, refused_run(error))
    return Failure("; ".join([str(error), *faults]))


def _build(settings: Settings, report: Progress) -> None:
    """Ends at once where nothing is new: the orchestrator takes seconds to start."""
    with open_build(settings, report) as build:
        if _is_something_listed(settings) or _has_news(build):
            build.load_ahead()
            from pipeline.commands.job import run_job

            run_job(settings, lambda: nullcontext(build))
        else:
            after(settings, build.publish())


def _is_something_listed(settings: Settings) -> bool:
    """Whether there are sources to ask first; a list that cannot be read is told by the job."""
    try:
        return bool(load(settings.sources).sources)
    except StatedError:
        return True


def _has_news(build: Build) -> bool:
    """Whether there is anything to do; what goes wrong here the job meets again, and records."""
    try:
        return build.has_news()
    except (disk.BuildError, OSError, duckdb.Error):
        return True


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
