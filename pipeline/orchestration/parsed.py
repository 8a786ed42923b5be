"""The parse store as an asset."""

import dagster as dg

from pipeline.orchestration.raw import raw_files
from pipeline.warehouse.build import Build


@dg.asset(group_name="extract", deps=[raw_files], kinds={"parquet"})
def parsed_documents(build: dg.ResourceParam[Build]) -> dg.MaterializeResult[None]:
    """Reports, observations, facts and checks of every document, parsed once a content."""
    parsed = build.parse()
    return dg.MaterializeResult(metadata={"parsed": parsed, "folder": str(build.settings.store)})
