"""Keeps the run storage small: Dagster itself only prunes ticks, never runs."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

KEEP = timedelta(days=60)
KEEP_AT_LEAST = 20
KEEP_AT_MOST = 200
_PAGE = 200


@dg.op
def prune_runs(context: dg.OpExecutionContext) -> None:
    """Deletes finished runs older than 60 days or beyond the newest 200, with their files."""
    before = datetime.now(UTC) - KEEP
    deleted = prune(context.instance, before, KEEP_AT_LEAST, KEEP_AT_MOST)
    context.log.info("%d old runs deleted", deleted)


@dg.job(executor_def=dg.in_process_executor)
def maintenance() -> None:
    """Prunes the run storage."""
    prune_runs()


maintenance_schedule = dg.ScheduleDefinition(
    name="nightly_maintenance",
    job=maintenance,
    cron_schedule="0 5 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


def prune(instance: dg.DagsterInstance, before: datetime, keep: int, most: int) -> int:
    """Deletes finished runs that are too old or too many and returns how many.

    Args:
        instance: Whose runs.
        before: Runs created before this moment are too old.
        keep: So many of the newest runs stay whatever their age.
        most: No more than so many stay, however young.
    """
    records = instance.get_run_records(limit=most)
    newest = {record.dagster_run.run_id for record in records[:keep]}
    if len(records) == most:
        before = max(before, records[-1].create_timestamp)
    finished = [
        dg.DagsterRunStatus.SUCCESS,
        dg.DagsterRunStatus.FAILURE,
        dg.DagsterRunStatus.CANCELED,
    ]
    old = dg.RunsFilter(statuses=finished, created_before=before)
    deleted = 0
    while True:
        page = instance.get_run_records(old, limit=_PAGE + keep, ascending=True)
        doomed = [run.dagster_run.run_id for run in page if run.dagster_run.run_id not in newest]
        for run_id in doomed:
            instance.delete_run(run_id)
            _delete_files(instance, run_id)
        deleted += len(doomed)
        if not doomed:
            return deleted


def _delete_files(instance: dg.DagsterInstance, run_id: str) -> None:
    """Deletes what ``delete_run`` leaves: the run's event database and its logs."""
    root = Path(instance.root_directory)
    shutil.rmtree(root / "storage" / run_id, ignore_errors=True)
    for path in (root / "history" / "runs").glob(f"{run_id}.db*"):
        path.unlink()
