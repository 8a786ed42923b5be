"""What Dagster shows of an asset or a check: figures it can plot over runs, and rows as tables."""

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb

from pipeline.warehouse.publishing.views import View
from pipeline.warehouse.records import records

_PREVIEW_ROWS = 5
_LONGEST_CELL = 200


def as_table(rows: Sequence[Mapping[str, Any]]) -> dg.TableMetadataValue:
    """Returns rows as a table."""
    names = list(rows[0]) if rows else []
    return dg.MetadataValue.table(
        records=[dg.TableRecord({name: _cell(row[name]) for name in names}) for row in rows],
        schema=dg.TableSchema([dg.TableColumn(name) for name in names]),
    )


def look(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, dg.MetadataValue]:
    """Returns row count and a preview of a table."""
    (count,) = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()[0]
    preview = records(connection, f"FROM {relation} LIMIT {_PREVIEW_ROWS}", {})
    return {"dagster/row_count": dg.MetadataValue.int(count), "preview": as_table(preview)}


def look_at_view(connection: duckdb.DuckDBPyConnection, view: View) -> dict[str, dg.MetadataValue]:
    """Returns the first rows of a view's example.

    To count all that a view could give, or to begin with any of it, takes longer than to publish.
    """
    shown = f"FROM ({view.example.rstrip(';')}) LIMIT {_PREVIEW_ROWS}"
    return {"preview": as_table(records(connection, shown, {}))}


def _cell(value: Any) -> str | int | float | bool:
    if isinstance(value, str | int | float):
        return value[:_LONGEST_CELL] if isinstance(value, str) else value
    return "" if value is None else str(value)[:_LONGEST_CELL]
