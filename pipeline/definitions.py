"""Everything Dagster knows about: assets, checks, jobs, schedules, sensor, resource."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import dagster as dg

from pipeline.orchestration.assets import (
    fetched_files,
    parsed_documents,
    publication,
    raw_files,
    warehouse_tables,
    warehouse_views,
)
from pipeline.orchestration.automation import ingest, ingest_new_files, new_files_sensor, nightly
from pipeline.orchestration.check_assets import asset_checks
from pipeline.orchestration.failed import failed_nights, what_is_wrong
from pipeline.orchestration.maintenance import maintenance, maintenance_schedule
from pipeline.settings import Settings
from pipeline.warehouse.build import Build, open_build


def build_definitions(
    settings: Settings, opened: Callable[[], AbstractContextManager[Build]] | None = None
) -> dg.Definitions:
    """Returns the definitions for one warehouse."""
    return dg.Definitions(
        assets=[
            fetched_files,
            raw_files,
            parsed_documents,
            warehouse_tables,
            warehouse_views,
            publication,
        ],
        asset_checks=asset_checks,
        jobs=[ingest, ingest_new_files, maintenance],
        schedules=[nightly, maintenance_schedule],
        sensors=[
            new_files_sensor(settings),
            failed_nights(settings),
            what_is_wrong(settings),
        ],
        resources={"build": _under_way(opened or (lambda: open_build(settings)))},
        executor=dg.in_process_executor,
    )


def _under_way(opened: Callable[[], AbstractContextManager[Build]]) -> dg.ResourceDefinition:
    """The build of a run, open as long as the run is."""

    @dg.resource
    def build(_context: dg.InitResourceContext) -> Iterator[Build]:
        with opened() as one:
            yield one

    return build


NIGHT_WAITS = 7200.0
"""Seconds that a run of the daemon waits for a build that somebody started by hand."""

defs = build_definitions(replace(Settings.from_environment(), wait=NIGHT_WAITS))
