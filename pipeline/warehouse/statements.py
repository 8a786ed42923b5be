"""SQL as text: how names and strings are written in it, and what a SELECT reads and gives."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

from pipeline.warehouse.scratch import scratch


@cache
def statement(module: str, name: str) -> str:
    """Returns a long statement, which stands in a file of its own."""
    return (files(module.rpartition(".")[0]) / f"{name}.sql").read_text("utf-8")


def quoted(text: str) -> str:
    """Returns ``text`` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def listed(names: Iterable[str]) -> str:
    """Returns names of columns as SQL lists them."""
    return ", ".join(f'"{name}"' for name in names)


def few_of(table: str, holds: str, columns: str = "*") -> str:
    """Returns the SELECT of those few rows of a table that a condition holds for.

    They are found by the columns of the condition and then fetched by their numbers: a condition
    alone reads every column of all rows, which takes twice as long.
    """
    found = f"SELECT rowid FROM {table} WHERE {holds}"
    return f"SELECT {columns} FROM {table} WHERE rowid IN ({found})"


def columns_of(connection: duckdb.DuckDBPyConnection, relation: str) -> frozenset[str]:
    """Returns what columns a relation has, whichever version of the program made it.

    Raises:
        duckdb.CatalogException: There is none of that name.
    """
    return frozenset(name for name, *_ in connection.execute(f"DESCRIBE {relation}").fetchall())


@cache
def tables_read(select: str) -> frozenset[str]:
    """Returns the tables that a SELECT names, as DuckDB's own parser sees them.

    Raises:
        ValueError: It is no SELECT.
    """
    nodes: list[dict[str, Any]] = []

    def met(node: dict[str, Any]) -> dict[str, Any]:
        nodes.append(node)
        return node

    _parsed(select, met)
    named = {node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"}
    own = {entry["key"] for node in nodes if "cte_map" in node for entry in node["cte_map"]["map"]}
    return frozenset(named - own)


@cache
def columns_given(select: str) -> tuple[str, ...]:
    """Returns the names of the columns that a SELECT gives, each of which it names."""
    columns = _parsed(select)["statements"][0]["node"]["select_list"]
    return tuple(one["alias"] or one["column_names"][-1] for one in columns)


def _parsed(select: str, met: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """Returns the parse tree of a SELECT, each of whose nodes is handed to ``met``."""
    asked = f"SELECT json_serialize_sql({quoted(select)})"
    with scratch() as connection:
        (text,) = connection.execute(asked).fetchall()[0]
    tree = json.loads(text, object_hook=met)
    if tree["error"]:
        raise ValueError(f"no SELECT: {tree['error_message']}")
    return tree
