"""A file in the place of a warehouse that another program made, or another version of this one."""

from pathlib import Path

import duckdb

_CORE = ("dim_agency", "dim_report", "fact_indicator")


def is_foreign(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a database lacks what every version of this program publishes."""
    return not _there(connection).issuperset(_CORE)


def is_of_another_version(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a database lacks a table that this version publishes."""
    from pipeline.warehouse.schema import tables  # takes longer to load than to ask

    return not _there(connection).issuperset(tables())


def foreign_message(path: Path) -> str:
    """Returns what is said of such a file."""
    return (
        f"{path} was made by another program, or by another version of this one: run `gongkai "
        "build`, or name another folder"
    )


def _there(connection: duckdb.DuckDBPyConnection) -> set[str]:
    query = "SELECT table_name FROM duckdb_tables()"
    return {name for (name,) in connection.execute(query).fetchall()}
