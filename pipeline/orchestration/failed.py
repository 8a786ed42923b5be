"""Handles a failed run: its record, its summary, and the alert."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import dagster as dg
from dagster import DagsterEventType

from pipeline.alerts.sending import Message, tell
from pipeline.orchestration.afterwards import bounds_of, write_metrics
from pipeline.orchestration.automation import ingest, ingest_new_files
from pipeline.orchestration.next_run import ahead
from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.intake.raw import keep_apart
from pipeline.warehouse.runs.failures import FailedRun, FailureLog
from pipeline.warehouse.runs.health import health

_LOOK = "look at the journal in the folder runs of the warehouse, and at the run with `make dev`"
_BUILD_ERRORS = {error.__name__ for error in (disk.BuildError, disk.BusyError)}
_EVENTS = {
    DagsterEventType.STEP_FAILURE,
    DagsterEventType.RUN_FAILURE,
    DagsterEventType.ASSET_CHECK_EVALUATION,
}
_BETWEEN = timedelta(hours=24)


def failed_run(instance: dg.DagsterInstance, run_id: str) -> FailedRun:
    """Returns why a run failed, from what the orchestrator wrote down of it."""
    events = [one.dagster_event for one in instance.all_logs(run_id, _EVENTS) if one.dagster_event]
    found = next(_causes(run_id, events), None)
    return found or _failed(run_id, "the run ended without a word, as if it was killed", _LOOK)


def refused_run(error: Exception) -> FailedRun:
    """Returns the failure of a run that was refused before the orchestrator knew of it."""
    return _said(str(uuid4()), str(error))


def full_disk(run_id: str, step: str | None = None) -> FailedRun:
    """Returns the failure of a run for which there was no room, its own records included."""
    what, _, remedy = str(disk.FULL).partition(": ")
    return _failed(run_id, what, remedy, step)


def tell_of(settings: Settings, failed: FailedRun) -> list[str]:
    """Keeps the record of a failed run and tells whoever is to be told, once.

    Returns:
        Why no record was kept or somebody could not be told, a sentence each.
    """
    log = FailureLog(settings)
    if log.holds(failed.run_id):
        return []
    faults = []
    try:
        keep_apart(settings.raw, settings.warehouse)  # or the record would be taken for a report
        log.write(failed)
        write_metrics(settings)
    except (OSError, disk.BuildError) as error:  # whoever is to mend it is told all the same
        said = disk.explained(error) if isinstance(error, OSError) else error
        if said != disk.FULL and str(said) != failed.cause:  # which are told already
            faults.append(f"no record of it was kept: {said}")
    subject = f"gongkai: a run failed: {failed.cause}"
    return [*faults, *tell(settings.alerts, Message("failed", subject, failed.letter))]


def failed_nights(settings: Settings) -> dg.SensorDefinition:
    """Returns a sensor that tells of each run that failed in the daemon's care."""

    @dg.run_failure_sensor(
        name="failed_nights",
        monitored_jobs=[ingest, ingest_new_files],
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def sensor(context: dg.RunFailureSensorContext) -> None:
        """Writes record and letter of a failed run and sends them."""
        failed = failed_run(context.instance, context.dagster_run.run_id)
        for fault in tell_of(settings, failed):
            context.log.error(fault)

    return sensor


def what_is_wrong(settings: Settings) -> dg.SensorDefinition:
    """Returns a sensor that tells, once a day, that nothing goes well any more."""

    @dg.sensor(
        name="what_is_wrong",
        minimum_interval_seconds=3600,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Looks at all that is not told at once, and at what would stop the next run."""
        write_metrics(settings)
        found = health(settings, bounds_of(settings), ahead=ahead(settings))
        reported = {"stale", "settings", "sources", "disk", "unpublished"}
        sentences = [one.sentence for one in found.problems if one.kind in reported]
        if not sentences or found.last is None:
            return dg.SkipReason("well, or nothing was ever built")
        told = datetime.fromisoformat(context.cursor) if context.cursor else None
        if told and datetime.now(UTC) - told < _BETWEEN:
            return dg.SkipReason("told already today")
        tell(settings.alerts, Message("stale", f"gongkai: {sentences[0]}", "\n".join(sentences)))
        return dg.SensorResult(cursor=datetime.now(UTC).isoformat())

    return sensor


def _causes(run_id: str, events: list[dg.DagsterEvent]) -> Iterator[FailedRun]:
    """Failures that can be acted on, the best told first."""
    errors = [
        (event.step_key, error)
        for event in events
        if (error := getattr(event.event_specific_data, "error", None)) is not None
    ]
    for step, error in errors:
        for cause in _chain(error):
            if cause.cls_name in _BUILD_ERRORS:
                yield _said(run_id, cause.message.partition(": ")[2].strip(), step)
            elif disk.is_full(OSError(cause.message)):
                yield full_disk(run_id, step)
    for event in events:
        if event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION:
            yield from _of_check(run_id, event)
    for step, error in errors:
        said = " ".join(list(_chain(error))[-1].message.split())[:400]
        yield _failed(run_id, said, _LOOK, step)


def _of_check(run_id: str, event: dg.DagsterEvent) -> Iterator[FailedRun]:
    check = event.asset_check_evaluation_data
    if check.passed or not check.blocking:
        return
    table = check.metadata.get("failures")
    rows = [dict(record.data) for record in table.records] if table else []  # type: ignore[attr-defined]
    yield _failed(
        run_id,
        f"the check {check.check_name} of {check.asset_key.to_user_string()} failed",
        "nothing was published; the rows named are made by the file they name, or by the program",
        event.step_key,
        "; ".join(str(row) for row in rows[:3]) or None,
    )


def _chain(error: Any) -> Iterator[Any]:
    """An error as the orchestrator keeps it, and what led to it."""
    while error is not None:
        yield error
        error = error.cause or error.context


def _said(run_id: str, said: str, step: str | None = None) -> FailedRun:
    """A failure whose sentence says behind a semicolon what to do."""
    what, _, remedy = said.partition("; ")
    return _failed(run_id, what, remedy or "do what it says and build again", step)


def _failed(
    run_id: str, cause: str, remedy: str, step: str | None = None, place: str | None = None
) -> FailedRun:
    return FailedRun(
        run_id=run_id, at=datetime.now(UTC), cause=cause, remedy=remedy, step=step, place=place
    )
