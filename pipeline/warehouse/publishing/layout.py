"""The empty warehouse that a whole build begins from: all tables, views and comments.

To declare them takes as long as to fill a small one. One process declares them once.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.schema import tables

DATABASE = "gongkai.duckdb"
STORAGE_VERSION = "v1.3.0"
"""The newest format that every DuckDB client from 1.3 (May 2025) on opens."""


def statements() -> Iterator[str]:
    """Yields what creates every table and view, and says what they hold."""
    for table in tables().values():
        yield table.ddl
        yield from table.comments()
    for view in views():
        yield view.ddl
        yield from view.comments()


def write_empty(file: Path) -> None:
    """Writes a DuckDB file that holds all tables, without rows, and all views."""
    file.write_bytes(_empty(tuple(statements())))


@lru_cache(maxsize=1)
def _empty(declared: tuple[str, ...]) -> bytes:
    with TemporaryDirectory(prefix="gongkai-") as folder:
        file = Path(folder) / DATABASE  # DuckDB calls what is in it by this name
        with duckdb.connect(
            str(file), config={"storage_compatibility_version": STORAGE_VERSION}
        ) as connection:
            connection.execute("BEGIN")
            for statement in declared:
                connection.execute(statement)
            connection.execute("COMMIT")
        return file.read_bytes()
