"""The views as assets, one each, as built beside what readers see."""

from collections.abc import Iterator

import dagster as dg

from pipeline.orchestration.figures import look_at_view
from pipeline.orchestration.tables import BUILT
from pipeline.orchestration.under_way import UnderWay
from pipeline.warehouse.publishing.views import View, views


def _spec(view: View) -> dg.AssetSpec:
    columns = [dg.TableColumn(name, description=comment) for name, comment in view.columns.items()]
    return dg.AssetSpec(
        view.name,
        deps=sorted(view.reads),
        group_name=BUILT,
        description=f"{view.comment}\n\n```sql\n{view.example}\n```",
        kinds={"duckdb", "view"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(specs=[_spec(view) for view in views()], can_subset=True)
def warehouse_views(
    context: dg.AssetExecutionContext, under_way: UnderWay
) -> Iterator[dg.MaterializeResult[None]]:
    """Views of ``sql/``, created in the draft of the warehouse."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    wanted = [view.name for view in views() if view.name in selected]
    every = len(wanted) == len(views())
    with under_way.build.build_views(None if every else wanted).read() as connection:
        for view in views():
            if view.name in wanted:
                yield dg.MaterializeResult(
                    asset_key=view.name, metadata=look_at_view(connection, view)
                )
