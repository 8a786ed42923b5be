"""Opens the published warehouse for commands that only read."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipeline.commands.failure import Failure
from pipeline.settings import Settings


@contextmanager
def warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Gives a connection that can neither write nor touch other files.

    Raises:
        Failure: There is no warehouse, or the SQL is wrong.
    """
    path = settings.database
    if not path.exists():
        raise Failure(f"no warehouse at {path}: run `gongkai build` first")
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("SET enable_external_access = false")
            yield connection
    except duckdb.Error as error:
        raise Failure(str(error)) from error
