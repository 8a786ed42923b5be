"""Everything Dagster knows about: assets, checks, jobs, schedules, sensor, resource."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from pipeline.orchestration.automation import ingest, ingest_new_files, new_files_sensor, nightly
from pipeline.orchestration.checks import asset_checks
from pipeline.orchestration.fetched import fetched_files
from pipeline.orchestration.maintenance import maintenance, maintenance_schedule
from pipeline.orchestration.parsed import parsed_documents
from pipeline.orchestration.published import publication
from pipeline.orchestration.raw import raw_files
from pipeline.orchestration.tables import warehouse_tables
from pipeline.orchestration.views import warehouse_views
from pipeline.settings import Settings
from pipeline.warehouse.build import Build, Progress, open_build, quiet


def build_definitions(settings: Settings, progress: Progress = quiet) -> dg.Definitions:
    """Returns the definitions for one warehouse.

    Args:
        settings: Folders and limits.
        progress: Told how far a build is.
    """

    @dg.resource(description="The build under way; holds the warehouse's lock.")
    @contextmanager
    def build(_context: dg.InitResourceContext) -> Iterator[Build]:
        with open_build(settings, progress) as under_way:
            yield under_way

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
        sensors=[new_files_sensor(settings)],
        resources={"build": build},
        executor=dg.in_process_executor,
    )


defs = build_definitions(Settings.from_environment())
