"""The job and what starts it: every night, and when raw files come or change."""

import hashlib
from datetime import UTC, datetime

import dagster as dg

from pipeline.orchestration.assets import fetched_files
from pipeline.settings import Settings
from pipeline.warehouse.intake.raw import walk

ingest = dg.define_asset_job(
    name="ingest",
    description="From the raw files to a published warehouse; safe to run at any time.",
    selection=dg.AssetSelection.all(),
    tags={"writes": "warehouse"},
)

ingest_new_files = dg.define_asset_job(
    name="ingest_new_files",
    description="As ingest, but fetches nothing: what a fetch puts down starts this job.",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets(fetched_files),
    tags={"writes": "warehouse"},
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=ingest,
    cron_schedule="30 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


def new_files_sensor(settings: Settings) -> dg.SensorDefinition:
    """Returns a sensor that asks for a run when the listing of the raw folder changed."""

    @dg.sensor(
        name="new_raw_files",
        job=ingest_new_files,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Compares names, sizes and times of change with those of the last look."""
        listing = _listing(settings)
        if listing == context.cursor:
            return dg.SkipReason("the raw folder is as it was")
        # A key is honoured once for ever, and a folder may come back to what it was.
        moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        return dg.SensorResult([dg.RunRequest(run_key=f"{listing}-{moment}")], cursor=listing)

    return sensor


def _listing(settings: Settings) -> str:
    total = 0
    for seen in walk(settings.raw):
        key = f"{seen.source_path}\0{seen.size}\0{seen.mtime_ns}".encode("utf-8", "replace")
        # A sum does not depend on the order in which the folder is walked.
        total += int.from_bytes(hashlib.blake2b(key, digest_size=16).digest(), "big")
    return f"{total:x}"
