"""What the operator lists, fetched into the raw folder, as an asset."""

import dagster as dg

from pipeline.sources.harvest import FOLDER, harvest
from pipeline.warehouse.build import Build


@dg.asset(group_name="raw", kinds={"file"})
def fetched_files(build: dg.ResourceParam[Build]) -> dg.MaterializeResult[None]:
    """Pages and files listed as sources; asks for nothing while none is listed."""
    brought = harvest(build.settings.sources, build.settings.raw)
    build.note(brought.notices)
    return dg.MaterializeResult(
        metadata={
            "listed": brought.listed,
            "new": brought.new,
            "failed": len(brought.failures),
            "failures": dg.MetadataValue.md("\n".join(f"- {line}" for line in brought.failures)),
            "folder": str(build.settings.raw / FOLDER),
        }
    )
