"""The views as assets, one each."""

from collections.abc import Iterator

import dagster as dg

from pipeline.orchestration.tables import look, warehouse_tables
from pipeline.warehouse.build import Build
from pipeline.warehouse.schema import tables
from pipeline.warehouse.views import View, views


def _spec(view: View) -> dg.AssetSpec:
    columns = [dg.TableColumn(name, description=comment) for name, comment in view.columns.items()]
    return dg.AssetSpec(
        view.name,
        deps=list(tables()),
        group_name="views",
        description=f"{view.comment}\n\n```sql\n{view.example}\n```",
        kinds={"duckdb", "view"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(specs=[_spec(view) for view in views()])
def warehouse_views(build: dg.ResourceParam[Build]) -> Iterator[dg.MaterializeResult[None]]:
    """Every view of ``sql/``, created in the draft of the warehouse."""
    with build.build_views().read() as connection:
        for view in views():
            yield dg.MaterializeResult(asset_key=view.name, metadata=look(connection, view.name))


__all__ = ["warehouse_tables", "warehouse_views"]
