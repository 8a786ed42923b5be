"""The raw files as an asset."""

import dagster as dg

from pipeline.orchestration.fetched import fetched_files
from pipeline.orchestration.under_way import UnderWay


@dg.asset(group_name="raw", deps=[fetched_files], kinds={"file"})
def raw_files(under_way: UnderWay) -> dg.MaterializeResult[None]:
    """Every file below the raw folder, by content: what came, what changed, what went."""
    survey = under_way.build.survey()
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": survey.files,
            "added": survey.added,
            "retired": survey.retired,
            "folder": str(under_way.build.settings.raw),
        }
    )
