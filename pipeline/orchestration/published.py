"""The publication as an asset: what readers see."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from pipeline.orchestration.afterwards import after
from pipeline.orchestration.figures import as_table, look
from pipeline.orchestration.tables import spec
from pipeline.orchestration.under_way import UnderWay
from pipeline.warehouse.publishing.publication import WRITTEN_LAST
from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.runs.summary import markdown
from pipeline.warehouse.schema import rows_counted, tables

_STALE_AFTER = timedelta(hours=36)
_GROUP = "published"
_WRITTEN = sorted(WRITTEN_LAST)
_FIGURES = {
    "files_seen",
    "files_new",
    "files_quarantined",
    "reports",
    "facts",
    "checks_failed",
    "unmapped_labels",
    "unresolved_agencies",
}
_TABLES = [name for name in tables() if name not in WRITTEN_LAST]
_VIEWS = [view.name for view in views()]


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "publication",
            deps=[*_TABLES, *_VIEWS],
            group_name=_GROUP,
            description="The DuckDB file and the Parquet folder that readers follow, swapped in "
            "one step. What was built in a run that failed before this stays unseen.",
            freshness_policy=dg.FreshnessPolicy.time_window(fail_window=_STALE_AFTER),
            kinds={"duckdb", "parquet"},
        ),
        *(spec(tables()[name]).replace_attributes(group_name=_GROUP) for name in _WRITTEN),
    ]
)
def publication(under_way: UnderWay) -> Iterator[dg.MaterializeResult[None]]:
    """Makes what was built what readers see, and says how many rows of each table."""
    record = under_way.build.publish()
    after(under_way.build.settings, record)
    with under_way.build.candidate().read() as connection:
        counts = connection.execute(rows_counted()).fetchall()
        seen = {name: look(connection, name) for name in _WRITTEN}
    for name in _WRITTEN:
        yield dg.MaterializeResult(asset_key=name, metadata=seen[name])
    figures = record.model_dump(include=_FIGURES)
    rows = [{"relation": name, "rows": count} for name, count in counts]
    yield dg.MaterializeResult(
        asset_key="publication",
        metadata={
            "summary": dg.MetadataValue.md(markdown(record)),
            "what readers see": as_table(rows),
            "published anew": record.is_published,
            "database": dg.MetadataValue.path(under_way.build.settings.database),
            **figures,
        },
    )
