"""Lets DuckDB read and write where the store is kept."""

from typing import TYPE_CHECKING

from pipeline.storage import Remote, StoragePath, filesystem

if TYPE_CHECKING:
    import duckdb


def attach(connection: "duckdb.DuckDBPyConnection", used: StoragePath) -> None:
    """Lets a connection read and write the object store that a place is in, if it is in one.

    To attach two places of one store is harmless.
    """
    if not isinstance(used, Remote):
        return
    from fsspec.implementations.arrow import ArrowFSWrapper

    store = ArrowFSWrapper(filesystem(used))
    if store.protocol not in connection.list_filesystems():
        connection.register_filesystem(store)
