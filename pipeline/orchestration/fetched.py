"""What the operator lists, fetched into the raw folder, as an asset."""

import dagster as dg

from pipeline.orchestration.figures import as_table
from pipeline.orchestration.under_way import UnderWay
from pipeline.sources.harvest import FOLDER, harvest


@dg.asset(group_name="raw", kinds={"file"})
def fetched_files(under_way: UnderWay) -> dg.MaterializeResult[None]:
    """Pages and files listed as sources; asks for nothing while none is listed."""
    brought = harvest(under_way.build.settings.sources, under_way.build.settings.raw)
    under_way.build.note(brought.notices)
    under_way.build.count_silent(brought.silent)
    return dg.MaterializeResult(
        metadata={
            "listed": brought.listed,
            "new": brought.new,
            "failed": len(brought.failures),
            "failures": as_table([{"failure": line} for line in brought.failures]),
            "folder": str(under_way.build.settings.raw / FOLDER),
        }
    )
