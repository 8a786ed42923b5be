"""Rows of a query by the names of their columns."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Record = dict[str, Any]


def records(connection: "duckdb.DuckDBPyConnection", sql: str, parameters: Record) -> list[Record]:
    """Returns what a query gives, each row by the names of its columns."""
    result = connection.execute(sql, parameters)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
