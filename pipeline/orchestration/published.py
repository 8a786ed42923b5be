"""The publication as an asset: what readers see."""

from datetime import timedelta

import dagster as dg

from pipeline.warehouse.build import Build
from pipeline.warehouse.schema import tables
from pipeline.warehouse.summary import markdown
from pipeline.warehouse.views import views

_STALE_AFTER = timedelta(hours=36)


@dg.asset(
    group_name="publication",
    deps=[*tables(), *(view.name for view in views())],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=_STALE_AFTER),
    kinds={"duckdb", "parquet"},
)
def publication(build: dg.ResourceParam[Build]) -> dg.MaterializeResult[None]:
    """The DuckDB file and the Parquet folder readers follow, swapped in one step."""
    record = build.publish()
    return dg.MaterializeResult(
        metadata={
            "summary": dg.MetadataValue.md(markdown(record)),
            "facts": record.facts,
            "reports": record.reports,
            "published": record.is_published,
            "database": dg.MetadataValue.path(build.settings.database),
        }
    )
