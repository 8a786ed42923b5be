"""The Dagster job of the nightly schedule, run in this process."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from uuid import uuid4

import dagster as dg
from sqlalchemy.exc import DatabaseError

from pipeline.commands.failure import Failure
from pipeline.definitions import build_definitions
from pipeline.orchestration.failed import failed_run, full_disk, tell_of
from pipeline.settings import DAGSTER, Settings
from pipeline.warehouse import disk
from pipeline.warehouse.build import Build
from pipeline.warehouse.engines.arrow_alone import load_arrow_alone
from pipeline.warehouse.runs.failures import FailedRun

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_SECONDS_TO_OPEN = 60.0
_DAMAGED = ("not a database", "malformed")
"""What SQLite says of a file that will never be right again."""


def run_job(settings: Settings, opened: Callable[[], AbstractContextManager[Build]]) -> None:
    """Runs every step, and keeps a record of a run that failed.

    Raises:
        Failure: One of the steps failed; the sentence says why.
    """
    load_arrow_alone()
    job = build_definitions(settings, opened).resolve_job_def("ingest")
    run_id = str(uuid4())
    with _open_instance(settings) as instance:
        try:
            job.execute_in_process(run_config=_QUIET, instance=instance, run_id=run_id)
        except Exception as error:
            busy = next((one for one in causes(error) if isinstance(one, disk.BusyError)), None)
            if busy:  # no night has failed: another one is under way
                raise Failure(str(busy)) from error
            no_room = any(disk.is_full(one) for one in causes(error))
            # The orchestrator could not write down why, or would fail again to read it.
            failed = full_disk(run_id) if no_room else failed_run(instance, run_id)
            faults = tell_of(settings, failed)
            sentences = dict.fromkeys([_sentence(settings, error, failed), *faults])
            raise Failure("; ".join(sentences)) from error


def _sentence(settings: Settings, error: BaseException, failed: FailedRun) -> str:
    """Returns why a job stopped, from the first cause that an operator can act on."""
    for cause in causes(error):
        if isinstance(cause, disk.BuildError):
            return str(cause)
        if disk.is_full(cause):
            return str(disk.FULL)
    stays = "the published warehouse stays as it was" if settings.database.exists() else (
        "nothing is published"
    )  # fmt: skip
    where = f" ({failed.place})" if failed.place else ""
    return f"the build stopped and {stays}: {failed.cause}{where}; {failed.remedy}"


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yields an error and its causes, each once, even where the chain leads back to itself."""
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
