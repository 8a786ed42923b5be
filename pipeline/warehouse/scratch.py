"""A DuckDB in memory for questions about files: to open one for each takes longer than to ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb

from pipeline.storage import Remote, StoragePath
from pipeline.warehouse.attaching import attach


@contextmanager
def scratch(*places: StoragePath) -> Iterator[duckdb.DuckDBPyConnection]:
    """Gives a connection with nothing in it; whoever sets or attaches anything opens his own.

    Args:
        places: What is asked about; an object store is let in for this connection alone.
    """
    far = [place for place in places if isinstance(place, Remote)]
    with duckdb.connect() if far else _database().cursor() as connection:
        for place in far:
            attach(connection, place)
        yield connection


@cache
def _database() -> duckdb.DuckDBPyConnection:
    # What a file held is not what it holds, even where its time and size are the same.
    return duckdb.connect(config={"enable_external_file_cache": False})
