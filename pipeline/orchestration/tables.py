"""The tables as assets, one each, as built beside what readers see."""

from collections.abc import Iterator

import dagster as dg

from pipeline.orchestration.figures import look
from pipeline.orchestration.parsed import parsed_documents
from pipeline.orchestration.raw_asset import raw_files
from pipeline.orchestration.under_way import UnderWay
from pipeline.warehouse.publishing.publication import WRITTEN_LAST
from pipeline.warehouse.publishing.steps import direct_sources, steps
from pipeline.warehouse.schema import TableSchema, tables

BUILT = "built"
"""Group of what a run has built: readers see it once ``publication`` is materialised."""


def spec(table: TableSchema) -> dg.AssetSpec:
    """Returns a table as an asset that comes from what its SQL reads."""
    columns = [
        dg.TableColumn(
            column.name,
            column.type,
            column.comment,
            dg.TableColumnConstraints(nullable=column.optional, unique=table.key == (column.name,)),
        )
        for column in table.columns
    ]
    return dg.AssetSpec(
        table.name,
        deps=sorted(_comes_from(table.name)),
        group_name=BUILT,
        description=table.comment,
        kinds={"duckdb", "table"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


def _comes_from(name: str) -> set[str]:
    """Assets that a table reads; what is declared in the code is none."""
    sources = direct_sources(name)
    found = {source for source in sources if source in tables()}
    if any(source.startswith("store_") for source in sources):
        found.add(parsed_documents.key.to_user_string())
    if "inventory" in sources:
        found.add(raw_files.key.to_user_string())
    return found


_FILLED = [table for name, table in tables().items() if name not in WRITTEN_LAST]


@dg.multi_asset(specs=[spec(table) for table in _FILLED], can_subset=True)
def warehouse_tables(
    context: dg.AssetExecutionContext, under_way: UnderWay
) -> Iterator[dg.MaterializeResult[None]]:
    """Tables, built beside the published warehouse from the parse store."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    wanted = [step.name for step in steps() if step.kind == "table" and step.name in selected]
    every = len(wanted) == len(_FILLED)
    with under_way.build.build_tables(None if every else wanted).read() as connection:
        for name in wanted:
            yield dg.MaterializeResult(asset_key=name, metadata=look(connection, name))
