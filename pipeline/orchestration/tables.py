"""The published tables as assets, one each."""

from collections.abc import Iterator

import dagster as dg
import duckdb

from pipeline.orchestration.parsed import parsed_documents
from pipeline.warehouse.build import Build
from pipeline.warehouse.schema import Table, tables

_PREVIEW_ROWS = 5


def _spec(table: Table) -> dg.AssetSpec:
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
        deps=[parsed_documents],
        group_name="warehouse",
        description=table.comment,
        kinds={"duckdb", "table"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(specs=[_spec(table) for table in tables().values()])
def warehouse_tables(build: dg.ResourceParam[Build]) -> Iterator[dg.MaterializeResult[None]]:
    """Every table, built beside the published warehouse from the parse store."""
    with build.build_tables().read() as connection:
        for name in tables():
            yield dg.MaterializeResult(asset_key=name, metadata=look(connection, name))


def look(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, dg.MetadataValue]:
    """Returns row count and a preview of a table or view."""
    (count,) = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()[0]
    preview = connection.execute(f"FROM {relation} LIMIT {_PREVIEW_ROWS}")
    names = [column[0] for column in preview.description or []]
    rows = [[_cell(value) for value in row] for row in preview.fetchall()]
    lines = [names, ["---"] * len(names), *rows]
    return {
        "dagster/row_count": dg.MetadataValue.int(count),
        "preview": dg.MetadataValue.md("\n".join(f"| {' | '.join(line)} |" for line in lines)),
    }


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text.replace("|", "\\|").replace("\n", " ")[:80]
