"""Lets DuckDB read and write where the store is kept."""

import duckdb
from fsspec.implementations.arrow import ArrowFSWrapper

from pipeline.storage import Remote, StoragePath, filesystem


def attach(connection: duckdb.DuckDBPyConnection, used: StoragePath) -> None:
    """Lets a connection read and write the object store that a place is in, if it is in one."""
    if isinstance(used, Remote):
        connection.register_filesystem(ArrowFSWrapper(filesystem(used)))
