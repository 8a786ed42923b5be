"""The raw files as an asset."""

import dagster as dg

from pipeline.orchestration.fetched import fetched_files
from pipeline.warehouse.build import Build


@dg.asset(group_name="raw", deps=[fetched_files], kinds={"file"})
def raw_files(build: dg.ResourceParam[Build]) -> dg.MaterializeResult[None]:
    """Every file below the raw folder, by content: what came, what changed, what went."""
    survey = build.survey()
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": survey.files,
            "added": survey.added,
            "retired": survey.retired,
            "folder": str(build.settings.raw),
        }
    )
