"""The parse store as an asset."""

import dagster as dg

from pipeline.orchestration.raw_asset import raw_files
from pipeline.orchestration.under_way import UnderWay


@dg.asset(group_name="extract", deps=[raw_files], kinds={"parquet"})
def parsed_documents(under_way: UnderWay) -> dg.MaterializeResult[None]:
    """Reports, observations, facts and checks of every document, parsed once a content."""
    build = under_way.build
    parsed = build.parse()
    return dg.MaterializeResult(metadata={"parsed": parsed, "folder": str(build.settings.store)})
